#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "delivery.h"
#include "link.h"

struct fault_asked {
	const char *kind, *method, *error;
	int count, ms, retry_after_s, status;
	unsigned connection;
	double probability;
	bool on;
	size_t bytes;
};

struct api_row {
	const char *kind;
	enum api_fault fault;
};

/* clang-format off */
static const struct api_row API_FAULTS[] = {
	{ "api_429",     API_429     },
	{ "api_500",     API_500     },
	{ "api_502",     API_502     },
	{ "api_timeout", API_TIMEOUT },
	{ "api_lost",    API_LOST    },
	{ "api_slow",    API_SLOW    },
};
/* clang-format on */

static double asked_number(const cJSON *what, const char *name, double otherwise)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(what, name);

	return cJSON_IsNumber(item) ? item->valuedouble : otherwise;
}

static bool fault_api(struct box *box, const struct fault_asked *asked)
{
	struct faults *f = &box->faults;

	for (size_t i = 0; i < sizeof API_FAULTS / sizeof API_FAULTS[0]; i++) {
		if (strcmp(API_FAULTS[i].kind, asked->kind) != 0)
			continue;
		f->api = API_FAULTS[i].fault;
		f->api_left = asked->count;
		f->api_ms = asked->ms;
		f->retry_after_s = asked->retry_after_s;
		return snprintf(f->api_method, sizeof f->api_method, "%s",
			       asked->method != NULL ? asked->method : "") >= 0;
	}
	return false;
}

static void fault_long_frame(struct box *box, size_t bytes)
{
	static const char HEAD[] = "{\"type\":\"slackbox_padding\",\"padding\":\"", TAIL[] = "\"}";
	struct buf frame = { 0 };

	buf_add(&frame, HEAD);
	while (frame.len + sizeof TAIL - 1 < bytes)
		buf_add(&frame, "x");
	buf_add(&frame, TAIL);
	delivery_raw(box, frame.text, frame.len);
	buf_done(&frame);
}

static bool fault_socket(struct box *box, const struct fault_asked *asked)
{
	struct faults *f = &box->faults;

	if (strcmp(asked->kind, "no_hello") == 0) {
		f->hello_withheld = asked->count;
	} else if (strcmp(asked->kind, "upgrade_refused") == 0) {
		f->upgrade_refused = asked->count;
		f->upgrade_status = asked->status;
	} else if (strcmp(asked->kind, "open_error") == 0) {
		f->open_failed = asked->count;
		return snprintf(f->open_error, sizeof f->open_error, "%s",
			       asked->error != NULL ? asked->error : "internal_error") >= 0;
	} else if (strcmp(asked->kind, "link_disabled") == 0) {
		f->link_disabled = asked->on;
		return !asked->on || link_trouble(box->link, "link_disabled", 0);
	} else if (strcmp(asked->kind, "duplicates") == 0) {
		f->duplicates = asked->probability;
	} else if (strcmp(asked->kind, "reorder") == 0) {
		f->reorder = asked->probability;
	} else if (strcmp(asked->kind, "long_frame") == 0) {
		fault_long_frame(box, asked->bytes);
	} else {
		return false;
	}
	return true;
}

const char *fault_request(struct box *box, const cJSON *what)
{
	const cJSON *on = cJSON_GetObjectItemCaseSensitive(what, "on");
	struct fault_asked asked = { .kind = tree_text(what, "kind"),
		.method = tree_text(what, "method"),
		.error = tree_text(what, "error"),
		.count = (int)asked_number(what, "count", 1),
		.ms = (int)asked_number(what, "ms", 1000),
		.retry_after_s = (int)asked_number(what, "retry_after", 1),
		.status = (int)asked_number(what, "status", 503),
		.connection = (unsigned)asked_number(what, "connection", 0),
		.probability = asked_number(what, "probability", 0),
		.on = on == NULL || cJSON_IsTrue(on),
		.bytes = (size_t)asked_number(what, "bytes", 100000) };

	if (asked.kind == NULL)
		return "no_kind";
	if (strcmp(asked.kind, "none") == 0) {
		box->faults = (struct faults){ 0 };
		return NULL;
	}
	if (fault_api(box, &asked) || fault_socket(box, &asked))
		return NULL;
	return link_trouble(box->link, asked.kind, asked.connection) ? NULL : "unknown_kind";
}
