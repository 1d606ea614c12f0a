#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "settings.h"

enum { BIGGEST = 64 * 1024 };

/* What tokens are made of. */
#define WORD "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"

/* A copy without the ends of line, or NULL. what is where it came from; the secret itself is never told. */
static char *keep(const char *text, size_t len, const char *what, struct fail *why)
{
	char *kept = NULL;

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	if (len == 0)
		(void)fail_set(why, FAIL_REFUSED, "%s is empty", what);
	else if (len > BIGGEST)
		(void)fail_set(why, FAIL_REFUSED, "%s is bigger than %d bytes", what, BIGGEST);
	else if (memchr(text, '\0', len) != NULL)
		(void)fail_set(why, FAIL_REFUSED, "%s holds a NUL byte", what);
	else if ((kept = strndup(text, len)) == NULL)
		abort();
	return kept;
}

const char *settings_api_url(struct fail *why)
{
	static const char OURS[] = "https://slack.com/api/", HTTPS[] = "https://";
	const char *url = getenv("SLACK_API_URL");
	size_t len = url != NULL ? strlen(url) : 0;

	if (len == 0)
		return OURS;
	if (strncmp(url, HTTPS, strlen(HTTPS)) == 0 && url[strlen(HTTPS)] != '/' &&
		url[len - 1] == '/' && url[strcspn(url, " ?#@\"\n\r\t")] == '\0')
		return url;
	(void)fail_set(why, FAIL_REFUSED,
		"SLACK_API_URL must begin with https:// and end with a slash, like %s, not '%.200s'",
		OURS,
		url[strcspn(url, "@\n\r")] == '\0' ? url : "something with an @ or more lines");
	return NULL;
}

static char *read_stream(FILE *f, const char *path, struct fail *why)
{
	char *text = malloc(BIGGEST + 2), *kept = NULL;
	size_t len;

	if (text == NULL)
		abort();
	len = fread(text, 1, BIGGEST + 2, f);
	if (ferror(f))
		(void)fail_set(why, FAIL_REFUSED, "%s cannot be read: %s", path, strerror(errno));
	else
		kept = keep(text, len, path, why);
	explicit_bzero(text, BIGGEST + 2);
	free(text);
	return kept;
}

static char *read_file(const char *path, struct fail *why)
{
	FILE *f = fopen(path, "re");
	char *kept;

	if (f == NULL) {
		(void)fail_set(why, FAIL_REFUSED, "%s cannot be read: %s", path, strerror(errno));
		return NULL;
	}
	(void)setvbuf(f, NULL, _IONBF, 0); /* so that no second copy stays behind */
	kept = read_stream(f, path, why);
	(void)fclose(f); /* it was only read */
	return kept;
}

/* The tokens that Slack gives out, by how they begin. The first that fits counts. */
static const struct {
	const char *begins, *what;
} TOKENS[] = {
	{ "xapp-", "an app-level token (xapp-)" },
	{ "xoxb-", "a bot token (xoxb-)" },
	{ "xoxe", "a token of token rotation (xoxe), which ends after 12 hours" },
	{ "xoxp-", "a user token (xoxp-)" },
	{ "xoxa-", "a legacy workspace token (xoxa-)" },
	{ "xoxr-", "a legacy refresh token (xoxr-)" },
	{ "xox", "another kind of token" },
};

static const struct {
	const char *name, *begins, *wanted;
} WANTED[] = {
	{ "SLACK_APP_TOKEN", "xapp-",
		"an app-level token (xapp-, with the scope connections:write)" },
	{ "SLACK_BOT_TOKEN", "xoxb-", "a bot token (xoxb-, from Install App)" },
};

static const char *what_is(const char *secret)
{
	if (secret[strspn(secret, WORD)] != '\0')
		return "text with a blank, a quotation mark or another character that no token has";
	for (size_t i = 0; i < sizeof(TOKENS) / sizeof(TOKENS[0]); i++)
		if (strncmp(secret, TOKENS[i].begins, strlen(TOKENS[i].begins)) == 0)
			return TOKENS[i].what;
	return "no token of Slack's";
}

static bool is_token(const char *secret, const char *begins)
{
	size_t len = strlen(begins);

	return strncmp(secret, begins, len) == 0 && secret[len] != '\0' &&
		secret[strspn(secret, WORD)] == '\0';
}

/* "whsec_" and the base64 of 24 to 64 bytes. */
static bool is_webhook_secret(const char *secret)
{
	static const char BEGINS[] = "whsec_";
	enum { LEAST = 32, MOST = 88 };
	const char *text = secret + strlen(BEGINS);
	size_t len, signs;

	if (strncmp(secret, BEGINS, strlen(BEGINS)) != 0)
		return false;
	len = strlen(text);
	signs = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
	return len % 4 == 0 && len >= LEAST && len <= MOST && len - signs <= 2 &&
		strspn(text + signs, "=") == len - signs;
}

/* What is no token of Slack's may be anything. What it holds is never told, only what kind it is. */
static bool is_of_its_kind(const char *name, const char *secret, struct fail *why)
{
	for (size_t i = 0; i < sizeof(WANTED) / sizeof(WANTED[0]); i++) {
		if (strcmp(name, WANTED[i].name) != 0 || is_token(secret, WANTED[i].begins))
			continue;
		return fail_set(why, FAIL_REFUSED, "%s must be %s, not %s", name, WANTED[i].wanted,
			strcmp(secret, WANTED[i].begins) == 0 ? "only the beginning of one"
							      : what_is(secret));
	}
	if (strcmp(name, "WEBHOOK_SECRET") == 0 && !is_webhook_secret(secret))
		return fail_set(why, FAIL_REFUSED,
			"%s must be whsec_ and the base64 of 24 to 64 bytes", name);
	return true;
}

/* systemd's folder may hold other secrets and not this one. */
static bool is_credential(const char *name, struct buf *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	if (folder == NULL || folder[0] == '\0')
		return false;
	buf_printf(path, "%s/%s", folder, name);
	return access(path->text, F_OK) == 0 || errno != ENOENT;
}

/* The file that should hold it. */
static bool is_in_file(const char *name, struct buf *path)
{
	const char *file;

	if (is_credential(name, path))
		return true;
	buf_empty(path);
	buf_printf(path, "%s_FILE", name);
	file = getenv(path->text);
	buf_empty(path);
	buf_add(path, file);
	return file != NULL && file[0] != '\0';
}

bool settings_secret_given(const char *name)
{
	struct buf path = { 0 };
	const char *text = getenv(name);
	bool given = is_in_file(name, &path) || text != NULL;

	buf_done(&path);
	return given;
}

char *settings_secret(const char *name, struct fail *why)
{
	struct buf path = { 0 };
	const char *text = getenv(name);
	char *kept = NULL;

	if (is_in_file(name, &path))
		kept = read_file(path.text, why);
	else if (text != NULL)
		kept = keep(text, strlen(text), name, why);
	else
		(void)fail_set(why, FAIL_REFUSED,
			"no %s: set it, or %s_FILE to a file that holds it", name, name);
	buf_done(&path);
	if (kept == NULL || is_of_its_kind(name, kept, why))
		return kept;
	free(kept);
	return NULL;
}

bool settings_need_webhook_secret(const struct settings *s)
{
	bool pages = false;

	for (int i = 0; i < s->levels.count; i++)
		pages = pages || s->levels.list[i].page != NULL;
	return pages || s->webhook_urls[0] != '\0';
}
