#include "webhook.h"

#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

static const char WHSEC[] = "whsec_";

enum { KEY_MOST = 66, KEY_TEXT_MOST = 88, DIGEST = 32, DIGEST_TEXT = 45 };

bool webhook_read(const char *json, struct webhook *w)
{
	cJSON *object = cJSON_Parse(json != NULL ? json : "");
	const cJSON *payload = cJSON_GetObjectItemCaseSensitive(object, "payload");
	char *text = cJSON_IsObject(payload) ? cJSON_PrintUnformatted(payload) : NULL;

	buf_add(&w->url, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "url")));
	buf_add(&w->id, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "id")));
	buf_add(&w->payload, text);
	cJSON_free(text);
	cJSON_Delete(object);
	return w->url.len > 0 && w->id.len > 0 && w->payload.len > 0;
}

void webhook_done(struct webhook *w)
{
	buf_done(&w->url);
	buf_done(&w->id);
	buf_done(&w->payload);
}

/* How long it is; 0: it is no base64. */
static int key_of(const char *secret, unsigned char key[KEY_MOST])
{
	const char *text = secret + strlen(WHSEC);
	size_t len;
	int n;

	if (strncmp(secret, WHSEC, strlen(WHSEC)) != 0)
		return 0;
	len = strlen(text);
	if (len == 0 || len % 4 != 0 || len > KEY_TEXT_MOST)
		return 0;
	n = EVP_DecodeBlock(key, (const unsigned char *)text, (int)len);
	/* It counts the bytes that stand for the signs at the end. */
	return n < 0 ? 0 : n - (text[len - 1] == '=') - (text[len - 2] == '=');
}

bool webhook_sign(
	struct buf *to, const char *secret, const char *id, int64_t seconds, const char *payload)
{
	unsigned char key[KEY_MOST], digest[DIGEST], text[DIGEST_TEXT];
	struct buf all = { 0 };
	int len = key_of(secret, key);
	bool is_signed;

	buf_printf(&all, "%s.%" PRId64 ".%s", id, seconds, payload);
	is_signed = len > 0 &&
		HMAC(EVP_sha256(), key, len, (const unsigned char *)all.text, all.len, digest,
			NULL) != NULL;
	OPENSSL_cleanse(key, sizeof(key));
	buf_done(&all);
	if (!is_signed)
		return false;
	(void)EVP_EncodeBlock(text, digest, DIGEST); /* 44 characters */
	buf_printf(to, "v1,%s", (const char *)text);
	return true;
}

static void add_header(struct curl_slist **to, const char *name, const char *value)
{
	struct buf line = { 0 };
	struct curl_slist *all;

	buf_printf(&line, "%s:%s%s", name, *value != '\0' ? " " : "", value);
	all = curl_slist_append(*to, line.text);
	if (all == NULL)
		abort();
	*to = all;
	buf_done(&line);
}

bool webhook_headers(struct curl_slist **to, const char *secret, const struct webhook *w)
{
	int64_t now_s = clock_wall_us() / 1000000;
	struct buf text = { 0 };
	bool is_signed =
		secret != NULL && webhook_sign(&text, secret, w->id.text, now_s, w->payload.text);

	if (is_signed) {
		add_header(to, "Expect", "");
		add_header(to, "Content-Type", "application/json");
		add_header(to, "webhook-id", w->id.text);
		add_header(to, "webhook-signature", text.text);
		buf_empty(&text);
		buf_printf(&text, "%" PRId64, now_s);
		add_header(to, "webhook-timestamp", text.text);
	}
	buf_done(&text);
	return is_signed;
}

static bool is_passing(int status)
{
	return status >= 500 || status == 408 || status == 425 || status == 429;
}

/* A redirect is not followed: who allows one host allows no other. */
void webhook_translate(struct buf *body, int *status)
{
	bool done = *status >= 200 && *status < 300;

	buf_empty(body);
	if (is_passing(*status))
		return;
	if (done)
		buf_add(body, "{\"ok\":true}");
	else
		buf_printf(body, "{\"ok\":false,\"error\":\"HTTP %d\"}", *status);
	*status = 200;
}
