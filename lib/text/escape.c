#include <string.h>

#include "clean.h"
#include "text.h"

void slack_text(struct buf *to, const char *plain)
{
	if (plain == NULL)
		return;
	while (*plain != '\0') {
		size_t len = strcspn(plain, "&<>");

		buf_add_bytes(to, plain, len);
		plain += len;
		if (*plain == '\0')
			return;
		buf_add(to, *plain == '&' ? "&amp;" : *plain == '<' ? "&lt;" : "&gt;");
		plain++;
	}
}

static const char *html_entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	default: return "&#39;";
	}
}

void html_text(struct buf *to, const char *plain)
{
	struct buf clean = { 0 };
	const char *at;

	if (plain == NULL)
		return;
	clean_add(&clean, plain, strlen(plain));
	for (at = clean.text; at != NULL && *at != '\0'; at++) {
		size_t len = strcspn(at, "&<>\"'");

		buf_add_bytes(to, at, len);
		at += len;
		if (*at == '\0')
			break;
		buf_add(to, html_entity(*at));
	}
	buf_done(&clean);
}
