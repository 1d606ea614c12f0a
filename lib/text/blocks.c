#include <string.h>

#include "rich.h"

typedef void block_reader(struct builder *, const struct cJSON *block);

/* Text as it comes with blocks: an object that says whether it is mrkdwn, or a string. It goes on in the open block. */
static void put_text(struct builder *b, unsigned styles, const struct cJSON *text)
{
	const char *words = NULL;

	if (json_str(text, &words))
		read_plain(b, styles, words);
	else if (type_is(text, "mrkdwn"))
		read_mrkdwn(b, member_text(text, "text"));
	else
		read_plain(b, styles, member_text(text, "text"));
}

static void put_linked(struct builder *b, const char *address, const char *label, unsigned styles)
{
	if (address != NULL)
		build_run(b, RUN_LINK, styles, address, label);
	else
		build_text(b, styles, label);
}

/* An image says what is written beside it, and leads to itself. */
static void read_image(struct builder *b, const struct cJSON *image)
{
	const char *title = member_text(json_at(image, "title", NULL), "text");

	build_block(b, BLOCK_PARAGRAPH);
	put_linked(b, member_text(image, "image_url"),
		title != NULL ? title : member_text(image, "alt_text"), 0);
}

/* Buttons do nothing here; that they were there is told. */
static void put_button(struct builder *b, const struct cJSON *button)
{
	const char *label = member_text(json_at(button, "text", NULL), "text");
	bool was_quiet = b->quiet;

	if (!type_is(button, "button") || label == NULL)
		return;
	b->quiet = true;
	build_text(b, 0, "[");
	read_plain(b, 0, label);
	build_text(b, 0, "] ");
	b->quiet = was_quiet;
}

static void read_actions(struct builder *b, const struct cJSON *block)
{
	const struct cJSON *e = json_first(json_at(block, "elements", NULL));

	build_block(b, BLOCK_PARAGRAPH);
	for (; e != NULL; e = json_next(e))
		put_button(b, e);
}

static void read_section(struct builder *b, const struct cJSON *block)
{
	const struct cJSON *field = json_first(json_at(block, "fields", NULL));
	const struct cJSON *beside = json_at(block, "accessory", NULL);

	build_block(b, BLOCK_PARAGRAPH);
	put_text(b, 0, json_at(block, "text", NULL));
	for (; field != NULL; field = json_next(field)) {
		build_block(b, BLOCK_PARAGRAPH);
		put_text(b, 0, field);
	}
	if (type_is(beside, "image")) {
		read_image(b, beside);
	} else if (beside != NULL) {
		build_block(b, BLOCK_PARAGRAPH);
		put_button(b, beside);
	}
}

static void read_header(struct builder *b, const struct cJSON *block)
{
	build_block(b, BLOCK_PARAGRAPH);
	put_text(b, BOLD, json_at(block, "text", NULL));
}

static void read_context(struct builder *b, const struct cJSON *block)
{
	const struct cJSON *e = json_first(json_at(block, "elements", NULL));

	build_block(b, BLOCK_PARAGRAPH);
	for (bool first = true; e != NULL; e = json_next(e), first = false) {
		if (!first)
			build_text(b, 0, " ");
		if (type_is(e, "image"))
			build_text(b, 0, member_text(e, "alt_text"));
		else
			put_text(b, 0, e);
	}
}

static void read_divider(struct builder *b, const struct cJSON *block)
{
	(void)block; /* it has nothing to say */
	build_block(b, BLOCK_RULE);
}

static void read_video(struct builder *b, const struct cJSON *block)
{
	build_block(b, BLOCK_PARAGRAPH);
	put_linked(b, member_text(block, "title_url"),
		member_text(json_at(block, "title", NULL), "text"), BOLD);
	build_block(b, BLOCK_PARAGRAPH);
	put_text(b, 0, json_at(block, "description", NULL));
}

/* A row is a line, its cells stand behind one another. */
static void read_table(struct builder *b, const struct cJSON *block)
{
	const struct cJSON *row = json_first(json_at(block, "rows", NULL));

	for (; row != NULL && !b->cut; row = json_next(row)) {
		const struct cJSON *cell = json_first(row);

		build_block(b, BLOCK_PARAGRAPH);
		for (bool first = true; cell != NULL; cell = json_next(cell), first = false) {
			if (!first)
				build_text(b, 0, " | ");
			read_elements(b, cell);
		}
	}
}

/* Standard Markdown, shown as it was written. */
static void read_markdown(struct builder *b, const struct cJSON *block)
{
	build_block(b, BLOCK_PARAGRAPH);
	build_text(b, 0, member_text(block, "text"));
}

/* A kind that is not known: what it may have to say. */
static void read_other(struct builder *b, const struct cJSON *block)
{
	static const char *const TEXTS[] = { "title", "label", "text", "description" };

	for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
		build_block(b, BLOCK_PARAGRAPH);
		put_text(b, 0, json_at(block, TEXTS[i], NULL));
	}
	build_block(b, BLOCK_PARAGRAPH);
	build_text(b, 0, member_text(block, "alt_text"));
	build_block(b, BLOCK_PARAGRAPH);
	build_text(b, 0, member_text(block, "fallback"));
	read_rich_text(b, block);
}

void read_blocks(struct builder *b, const struct cJSON *blocks)
{
	/* clang-format off */
	static const struct { const char *type; block_reader *read; } READERS[] = {
		{ "rich_text", read_rich_text },
		{ "section",   read_section },
		{ "header",    read_header },
		{ "context",   read_context },
		{ "divider",   read_divider },
		{ "image",     read_image },
		{ "actions",   read_actions },
		{ "video",     read_video },
		{ "table",     read_table },
		{ "markdown",  read_markdown },
	};
	/* clang-format on */
	enum { COUNT = sizeof(READERS) / sizeof(READERS[0]) };
	const struct cJSON *block = json_first(blocks);

	for (; block != NULL && !b->cut; block = json_next(block)) {
		size_t i = 0;

		while (i < COUNT && !type_is(block, READERS[i].type))
			i++;
		(i < COUNT ? READERS[i].read : read_other)(b, block);
	}
}

static void put_field(struct builder *b, const struct cJSON *field)
{
	build_block(b, BLOCK_PARAGRAPH);
	if (member_text(field, "title") != NULL) {
		read_plain(b, BOLD, member_text(field, "title"));
		build_text(b, 0, ": ");
	}
	read_mrkdwn(b, member_text(field, "value"));
}

static void put_mrkdwn(struct builder *b, const char *mrkdwn)
{
	build_block(b, BLOCK_PARAGRAPH);
	read_mrkdwn(b, mrkdwn);
}

/* A message that was passed on brings its blocks along, each in a message of its own. */
static void put_passed_on(struct builder *b, const struct cJSON *attachment)
{
	const struct cJSON *m = json_first(json_at(attachment, "message_blocks", NULL));

	for (; m != NULL && !b->cut; m = json_next(m))
		read_blocks(b, json_at(m, "message", "blocks", NULL));
}

static void put_attached(struct builder *b, const struct cJSON *a)
{
	const struct cJSON *field = json_first(json_at(a, "fields", NULL));
	bool said;

	build_block(b, BLOCK_PARAGRAPH);
	build_text(b, 0, member_text(a, "author_name"));
	build_block(b, BLOCK_PARAGRAPH);
	if (member_text(a, "title") != NULL)
		put_linked(b, member_text(a, "title_link"), member_text(a, "title"), BOLD);
	said = b->said;
	b->said = false;
	put_passed_on(b, a);
	if (!b->said)
		put_mrkdwn(b, member_text(a, "text"));
	b->said = b->said || said;
	for (; field != NULL && !b->cut; field = json_next(field))
		put_field(b, field);
	read_blocks(b, json_at(a, "blocks", NULL));
	build_block(b, BLOCK_PARAGRAPH);
	build_text(b, 0, member_text(a, "footer"));
}

/* Slack made it of a link; what somebody passed on is theirs, though it has a link as well. */
static bool is_unfurl(const struct cJSON *a)
{
	bool passed_on = false;

	(void)json_bool(json_at(a, "is_share", NULL), &passed_on); /* else not */
	return !passed_on &&
		(member_text(a, "from_url") != NULL || member_text(a, "original_url") != NULL);
}

static void put_attachment(struct builder *b, const struct cJSON *a)
{
	bool said = b->said;

	b->unfurl = is_unfurl(a);
	b->said = false;
	put_mrkdwn(b, member_text(a, "pretext"));
	b->quoted++;
	put_attached(b, a);
	if (!b->said)
		put_mrkdwn(b, member_text(a, "fallback"));
	b->quoted--;
	b->said = b->said || said;
	b->unfurl = false;
}

void read_attachments(struct builder *b, const struct cJSON *attachments)
{
	const struct cJSON *a = json_first(attachments);

	for (; a != NULL && !b->cut; a = json_next(a))
		put_attachment(b, a);
}
