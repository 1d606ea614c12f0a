#include "respond.h"

#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool respond_read(const char *json, struct buf *url, struct buf *message)
{
	cJSON *object = cJSON_Parse(json != NULL ? json : "");
	cJSON *member = cJSON_DetachItemFromObjectCaseSensitive(object, "response_url");
	const char *address = cJSON_GetStringValue(member);
	char *text = address != NULL ? cJSON_PrintUnformatted(object) : NULL;

	if (text != NULL) {
		buf_add(url, address);
		buf_add(message, text);
	}
	cJSON_free(text);
	cJSON_Delete(member);
	cJSON_Delete(object);
	return url->len > 0;
}

struct place {
	char *scheme, *host, *port;
};

static void place_done(struct place *p)
{
	curl_free(p->scheme);
	curl_free(p->host);
	curl_free(p->port);
}

/* NULL members: it is no URL, or one with a user in it. */
static struct place place_of(const char *text)
{
	struct place p = { 0 };
	CURLU *url = curl_url();

	if (url == NULL)
		abort();
	if (curl_url_set(url, CURLUPART_URL, text, CURLU_DISALLOW_USER) == CURLUE_OK) {
		(void)curl_url_get(url, CURLUPART_SCHEME, &p.scheme, 0);
		(void)curl_url_get(url, CURLUPART_HOST, &p.host, 0);
		(void)curl_url_get(url, CURLUPART_PORT, &p.port, CURLU_DEFAULT_PORT);
	}
	curl_url_cleanup(url);
	return p;
}

static bool is_hooks_of(const char *host, const char *api)
{
	static const char HOOKS[] = "hooks.";
	size_t len = strlen(HOOKS);

	return strncasecmp(host, HOOKS, len) == 0 && strcasecmp(host + len, api) == 0;
}

static bool is_at(const struct place *to, const struct place *api)
{
	if (to->scheme == NULL || to->host == NULL || to->port == NULL || api->scheme == NULL ||
		api->host == NULL || api->port == NULL)
		return false;
	return strcmp(to->scheme, api->scheme) == 0 && strcmp(to->port, api->port) == 0 &&
		(strcasecmp(to->host, api->host) == 0 || is_hooks_of(to->host, api->host));
}

bool respond_is_slacks(const char *url, const char *base_url)
{
	struct place to = place_of(url), api = place_of(base_url);
	bool is_slacks = is_at(&to, &api);

	place_done(&to);
	place_done(&api);
	return is_slacks;
}

/* "used_url", "expired_url": what is no such word is not repeated. */
static bool is_word(const struct buf *body)
{
	enum { LONGEST = 40 };

	return body->len > 0 && body->len <= LONGEST &&
		strspn(body->text, "abcdefghijklmnopqrstuvwxyz_") == body->len;
}

void respond_translate(struct buf *body, int *status)
{
	struct buf said = { 0 };

	if (*status != 200 && (*status < 400 || *status >= 500 || *status == 408 || *status == 429))
		return;
	if (*status == 200)
		buf_add(&said, "{\"ok\":true}");
	else if (is_word(body))
		buf_printf(&said, "{\"ok\":false,\"error\":\"%s\"}", body->text);
	else
		buf_printf(&said, "{\"ok\":false,\"error\":\"http_%d\"}", *status);
	buf_done(body);
	*body = said;
	*status = 200;
}
