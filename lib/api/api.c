#include "api.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "buf.h"
#include "form.h"
#include "log.h"
#include "pump.h"
#include "respond.h"
#include "webhook.h"

static const long CONNECT_MS = 10000, TOTAL_MS = 15000;
enum { AIR_MOST = 20 }; /* the rest waits its turn */
enum { LARGEST_BODY = 16 * 1024 * 1024, LONGEST_RETRY_AFTER = 24 * 3600 };

/* To be asked for again it would be as large: who asked is told, and may ask for less. */
static const char TOO_LARGE[] = "{\"ok\":false,\"error\":\"" API_TOO_LARGE "\"}";

struct call {
	struct call *next, *before;
	struct api *api;
	int64_t id;
	CURL *easy; /* NULL: never sent, see wrong */
	struct buf form, body;
	size_t sent; /* of form */
	bool too_large, started;
	bool unanswered;              /* the form had left when a kept-alive connection ended */
	bool responds;                /* to a response_url: see respond.h */
	struct curl_slist *signature; /* a webhook's own headers: see webhook.h */
	const char *wrong;            /* never sent: why not; */
	const char *instead;          /* or what is answered all the same */
	char words[CURL_ERROR_SIZE];
};

struct api {
	struct loop *loop;
	struct pump *pump;
	struct timer *soon; /* answers what was never sent */
	struct curl_slist *headers, *json_headers;
	char *base_url;
	const char *webhook_hosts, *webhook_secret; /* NULL: none */
	bool loopback;
	api_answered *answered;
	void *ctx;
	struct call *first;
	int in_the_air, started; /* calls without an answer; of them, those with curl */
};

static void call_free(struct call *c)
{
	if (c->before != NULL)
		c->before->next = c->next;
	else
		c->api->first = c->next;
	if (c->next != NULL)
		c->next->before = c->before;
	c->api->in_the_air--;
	c->api->started -= c->started;
	curl_easy_cleanup(c->easy);
	curl_slist_free_all(c->signature);
	buf_done(&c->form);
	buf_done(&c->body);
	free(c);
}

static struct call *call_new(struct api *a, int64_t id)
{
	struct call *c = calloc(1, sizeof(*c));

	if (c == NULL)
		abort();
	c->api = a;
	c->id = id;
	c->next = a->first;
	if (c->next != NULL)
		c->next->before = c;
	a->first = c;
	a->in_the_air++;
	return c;
}

/* --- the answer -------------------------------------------------------------------------------- */

static size_t call_on_body(char *bytes, size_t one, size_t len, void *ctx)
{
	struct call *c = ctx;

	(void)one; /* always 1 */
	if (c->signature != NULL)
		return len; /* a webhook's receiver has nothing to say but its status */
	c->too_large = len > LARGEST_BODY - c->body.len;
	if (c->too_large)
		return 0;
	buf_add_bytes(&c->body, bytes, len);
	return len;
}

static int call_retry_after(CURL *easy)
{
	struct curl_header *h;
	char *end;
	long seconds;

	if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
		return 0;
	seconds = strtol(h->value, &end, 10);
	if (end == h->value || seconds < 0)
		return 0; /* a date: nobody has seen Slack send one */
	return seconds < LONGEST_RETRY_AFTER ? (int)seconds : LONGEST_RETRY_AFTER;
}

static const char *call_scopes(CURL *easy)
{
	struct curl_header *h;

	return curl_easy_header(easy, "X-OAuth-Scopes", 0, CURLH_HEADER, -1, &h) == CURLHE_OK
		? h->value
		: NULL;
}

/* Once curl had a good connection, bytes of the request may have left; before that they cannot have. */
static bool call_may_have_left(CURL *easy)
{
	curl_off_t ready = 0;
	long bytes = 0;

	(void)curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &ready); /* 0 stays 0 */
	(void)curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &bytes);
	return ready > 0 || bytes > 0;
}

static void call_fill_answer(struct call *c, CURLcode result, struct api_answer *answer)
{
	long status = 0;

	if (c->too_large) {
		answer->status = 200;
		answer->body = TOO_LARGE;
		return;
	}
	(void)curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &status); /* 0 stays 0 */
	if (result == CURLE_OK && status != 0) {
		answer->status = (int)status;
		if (c->responds)
			respond_translate(&c->body, &answer->status);
		if (c->signature != NULL)
			webhook_translate(&c->body, &answer->status);
		answer->retry_after = call_retry_after(c->easy);
		answer->scopes = call_scopes(c->easy);
		answer->executed_unknown = status >= 500 || status == 408;
		if (c->body.text != NULL)
			answer->body = c->body.text;
		return;
	}
	answer->executed_unknown = c->unanswered || call_may_have_left(c->easy);
	answer->untrusted = result == CURLE_PEER_FAILED_VERIFICATION;
	if (c->unanswered)
		answer->error = "the connection ended before an answer came";
	else if (result == CURLE_OPERATION_TIMEDOUT)
		answer->error = "timeout";
	else
		answer->error = c->words[0] != '\0' ? c->words : curl_easy_strerror(result);
}

/* The oldest is at the end of the list. */
static void api_start_next(struct api *a)
{
	struct call *next = NULL;

	for (struct call *c = a->first; a->started < AIR_MOST && c != NULL; c = c->next)
		if (c->easy != NULL && !c->started)
			next = c;
	if (next == NULL)
		return;
	next->started = true;
	a->started++;
	pump_add(a->pump, next->easy);
}

static void call_on_ended(void *ctx, CURL *easy, CURLcode result)
{
	struct api *a = ctx;
	struct call *c = NULL;

	(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&c); /* set by call_prepare */
	struct api_answer answer = { .id = c->id, .body = "" };
	call_fill_answer(c, result, &answer);
	a->answered(a->ctx, &answer);
	call_free(c);
	api_start_next(a);
}

static void api_on_soon(void *ctx)
{
	struct api *a = ctx;
	struct call *c = a->first, *next;

	for (; c != NULL; c = next) {
		next = c->next;
		if (c->wrong == NULL && c->instead == NULL)
			continue;
		struct api_answer answer = { .id = c->id, .body = "", .error = c->wrong };
		if (c->instead != NULL) {
			answer.status = 200;
			answer.body = c->instead;
		}
		call_free(c);
		a->answered(a->ctx, &answer); /* a new call goes to the front of the list */
	}
}

/* --- the request ------------------------------------------------------------------------------- */

static size_t call_on_send(char *to, size_t one, size_t room, void *ctx)
{
	struct call *c = ctx;
	size_t left = c->form.len - c->sent, n = left < room * one ? left : room * one;

	if (n > 0)
		memcpy(to, c->form.text + c->sent, n);
	c->sent += n;
	return n;
}

/*
 * curl sends a request again by itself when a kept-alive connection ends without an answer, but asks here first if any
 * of the form had left. It must not: Slack may have executed it.
 */
static int call_on_rewind(void *ctx, curl_off_t to, int from)
{
	struct call *c = ctx;

	(void)to;
	(void)from; /* it is always the beginning */
	c->unanswered = true;
	return CURL_SEEKFUNC_FAIL;
}

static void call_set_trust(struct call *c)
{
	bool only_https = !c->api->loopback || c->signature != NULL;
	const char *ca = loop_ca_file(c->api->loop) != NULL ? loop_ca_file(c->api->loop)
							    : getenv("SSL_CERT_FILE");

	if (ca != NULL && ca[0] != '\0')
		(void)curl_easy_setopt(c->easy, CURLOPT_CAINFO, ca);
	(void)curl_easy_setopt(c->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	(void)curl_easy_setopt(c->easy, CURLOPT_PROTOCOLS_STR, only_https ? "https" : "https,http");
	if (c->api->loopback)
		(void)curl_easy_setopt(
			c->easy, CURLOPT_PROXY, ""); /* whatever the environment says */
}

static void call_set_form(struct call *c)
{
	(void)curl_easy_setopt(c->easy, CURLOPT_POST, 1L);
	(void)curl_easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)c->form.len);
	(void)curl_easy_setopt(c->easy, CURLOPT_READFUNCTION, call_on_send);
	(void)curl_easy_setopt(c->easy, CURLOPT_READDATA, c);
	(void)curl_easy_setopt(c->easy, CURLOPT_SEEKFUNCTION, call_on_rewind);
	(void)curl_easy_setopt(c->easy, CURLOPT_SEEKDATA, c);
	(void)curl_easy_setopt(c->easy, CURLOPT_WRITEFUNCTION, call_on_body);
	(void)curl_easy_setopt(c->easy, CURLOPT_WRITEDATA, c);
	(void)curl_easy_setopt(c->easy, CURLOPT_HTTPHEADER,
		c->signature != NULL  ? c->signature
			: c->responds ? c->api->json_headers
				      : c->api->headers);
	(void)curl_easy_setopt(c->easy, CURLOPT_ACCEPT_ENCODING, "");
	(void)curl_easy_setopt(c->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	(void)curl_easy_setopt(c->easy, CURLOPT_USERAGENT, "incidentd");
}

/* curl copies its strings; it refuses an option only for want of memory or when built without it. */
static void call_prepare(struct call *c, const char *url, const char *token)
{
	c->easy = curl_easy_init();
	if (c->easy == NULL)
		abort();
	(void)curl_easy_setopt(c->easy, CURLOPT_URL, url);
	(void)curl_easy_setopt(c->easy, CURLOPT_PRIVATE, c);
	(void)curl_easy_setopt(c->easy, CURLOPT_ERRORBUFFER, c->words);
	(void)curl_easy_setopt(c->easy, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(c->easy, CURLOPT_FOLLOWLOCATION, 0L);
	(void)curl_easy_setopt(c->easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	(void)curl_easy_setopt(c->easy, CURLOPT_TIMEOUT_MS, TOTAL_MS);
	if (token != NULL) {
		(void)curl_easy_setopt(c->easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
		(void)curl_easy_setopt(c->easy, CURLOPT_XOAUTH2_BEARER, token);
	}
	call_set_form(c);
	call_set_trust(c);
}

/* The token goes to Slack's methods only. */
static bool call_respond(struct call *c, const char *json_body)
{
	struct buf url = { 0 };

	c->responds = true;
	if (!respond_read(json_body, &url, &c->form)) {
		c->wrong = "the body is not a JSON object with a response_url";
	} else if (respond_is_slacks(url.text, c->api->base_url)) {
		call_prepare(c, url.text, NULL);
	} else {
		log_warn("a response_url that is not at Slack's is not used");
		c->instead = "{\"ok\":false,\"error\":\"not_slacks_address\"}";
	}
	buf_done(&url);
	return c->easy != NULL;
}

/* What the settings say now counts, not what they said when it was written. */
static bool call_webhook(struct call *c, const char *json_body)
{
	struct webhook w = { 0 };
	const struct api *a = c->api;

	if (!webhook_read(json_body, &w)) {
		c->wrong = "the body is no webhook";
	} else if (a->webhook_hosts == NULL || !address_is_at(w.url.text, a->webhook_hosts)) {
		c->instead = "{\"ok\":false,\"error\":\"webhooks.allow does not name this host\"}";
	} else if (!webhook_headers(&c->signature, a->webhook_secret, &w)) {
		c->instead = "{\"ok\":false,\"error\":\"there is no WEBHOOK_SECRET to sign it\"}";
	} else {
		buf_add(&c->form, w.payload.text);
		call_prepare(c, w.url.text, NULL);
	}
	webhook_done(&w);
	return c->easy != NULL;
}

static bool call_method(
	struct call *c, const char *method, const char *token, const char *json_body)
{
	struct buf url = { 0 };

	if (!form_from_json(json_body, &c->form)) {
		c->wrong = "the body is not a JSON object";
		return false;
	}
	buf_printf(&url, "%s%s", c->api->base_url, method);
	call_prepare(c, url.text, token);
	buf_done(&url);
	return true;
}

void api_call(
	struct api *a, int64_t id, const char *method, const char *token, const char *json_body)
{
	struct call *c = call_new(a, id);
	bool ready = strcmp(method, API_RESPOND) == 0 ? call_respond(c, json_body)
		: strcmp(method, API_WEBHOOK) == 0    ? call_webhook(c, json_body)
						      : call_method(c, method, token, json_body);

	if (ready)
		api_start_next(a);
	else
		timer_set(a->soon, 0);
}

/* --- the room ---------------------------------------------------------------------------------- */

static bool is_loopback(const char *host)
{
	struct in_addr four;

	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

static bool api_url_is_good(CURLU *url, const char *base_url, bool *loopback)
{
	char *scheme = NULL, *host = NULL;
	bool good;

	if (curl_url_set(url, CURLUPART_URL, base_url, CURLU_DISALLOW_USER) == CURLUE_OK) {
		(void)curl_url_get(url, CURLUPART_SCHEME, &scheme, 0); /* NULL: see below */
		(void)curl_url_get(url, CURLUPART_HOST, &host, 0);
	}
	*loopback = host != NULL && is_loopback(host);
	good = host != NULL && scheme != NULL && base_url[strlen(base_url) - 1] == '/' &&
		(strcmp(scheme, "https") == 0 || (*loopback && strcmp(scheme, "http") == 0));
	curl_free(scheme);
	curl_free(host);
	return good;
}

static bool api_check_url(const char *base_url, bool *loopback, struct fail *why)
{
	CURLU *url = curl_url();
	bool good;

	if (url == NULL)
		abort();
	good = api_url_is_good(url, base_url, loopback);
	curl_url_cleanup(url);
	if (good)
		return true;
	/* One with a password in it, or anything with an @, is not shown. */
	if (strchr(base_url, '@') != NULL)
		return fail_set(why, FAIL_REFUSED,
			"want an https URL with a slash at its end for Slack's API, and no user in it");
	return fail_set(why, FAIL_REFUSED,
		"want an https URL with a slash at its end for Slack's API, got '%s'", base_url);
}

struct api *api_new(struct loop *loop, const char *base_url, api_answered *answered, void *ctx,
	struct fail *why)
{
	struct api *a;
	bool loopback = false;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		(void)fail_set(why, FAIL_BROKEN, "libcurl does not start");
		return NULL;
	}
	if (!api_check_url(base_url, &loopback, why)) {
		curl_global_cleanup();
		return NULL;
	}
	a = calloc(1, sizeof(*a));
	if (a == NULL)
		abort();
	a->loop = loop;
	a->base_url = strdup(base_url);
	a->loopback = loopback;
	a->answered = answered;
	a->ctx = ctx;
	a->headers = curl_slist_append(NULL, "Expect:");
	a->json_headers = curl_slist_append(NULL, "Expect:");
	if (a->base_url == NULL || a->headers == NULL || a->json_headers == NULL ||
		curl_slist_append(a->json_headers, "Content-Type: application/json") == NULL)
		abort();
	a->pump = pump_new(loop, call_on_ended, a);
	a->soon = timer_new(loop, api_on_soon, a);
	return a;
}

void api_webhooks(struct api *a, const char *hosts, const char *secret)
{
	a->webhook_hosts = hosts;
	a->webhook_secret = secret;
}

void api_free(struct api *a)
{
	if (a == NULL)
		return;
	if (a->in_the_air > 0)
		log_info("api: %d calls dropped in the air", a->in_the_air);
	for (struct call *c = a->first, *next; c != NULL; c = next) {
		next = c->next;
		if (c->started)
			pump_take_out(a->pump, c->easy);
		call_free(c);
	}
	pump_free(a->pump);
	timer_free(a->soon);
	curl_slist_free_all(a->headers);
	curl_slist_free_all(a->json_headers);
	free(a->base_url);
	free(a);
	curl_global_cleanup();
}

int api_in_the_air(const struct api *a)
{
	return a->in_the_air;
}
