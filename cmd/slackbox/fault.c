#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "delivery.h"
#include "link.h"

bool fault_strikes(int *left)
{
	bool now = *left != 0;

	*left -= *left > 0 ? 1 : 0;
	return now;
}

static int asked_int(const cJSON *what, const char *name, int otherwise)
{
	return (int)tree_number(what, name, otherwise);
}

static int asked_count(const cJSON *what)
{
	return asked_int(what, "count", 1);
}

static bool asked_on(const cJSON *what)
{
	const cJSON *on = cJSON_GetObjectItemCaseSensitive(what, "on");

	return on == NULL || cJSON_IsTrue(on);
}

static void asked_text(
	const cJSON *what, const char *name, const char *otherwise, char *out, size_t room)
{
	const char *text = tree_text(what, name);

	if (snprintf(out, room, "%s", text != NULL ? text : otherwise) < 0)
		abort();
}

/* --- the Web API --------------------------------------------------------------------------------- */

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
	{ "api_late",    API_LATE    },
	{ "api_slow",    API_SLOW    },
};
/* clang-format on */

static bool fault_api(struct box *box, const char *kind, const cJSON *what)
{
	struct faults *f = &box->faults;

	for (size_t i = 0; i < sizeof API_FAULTS / sizeof API_FAULTS[0]; i++) {
		if (strcmp(API_FAULTS[i].kind, kind) != 0)
			continue;
		f->api = API_FAULTS[i].fault;
		f->api_left = asked_count(what);
		f->api_ms = asked_int(what, "ms", 1000);
		f->retry_after_s = asked_int(what, "retry_after", 1);
		asked_text(what, "method", "", f->api_method, sizeof f->api_method);
		return true;
	}
	return false;
}

static const char *fault_open_error(struct box *box, const cJSON *what)
{
	struct faults *f = &box->faults;

	f->open_failed = asked_count(what);
	asked_text(what, "error", "internal_error", f->open_error, sizeof f->open_error);
	return NULL;
}

/* --- TLS and the handshake ----------------------------------------------------------------------- */

static const char *fault_trap(struct box *box, const cJSON *what, enum server_trap trap)
{
	const char *where = tree_text(what, "where");
	bool front = where != NULL && strcmp(where, "api") == 0;
	struct fail why = { 0 };
	unsigned port;

	if (where != NULL && !front && strcmp(where, "link") != 0)
		return "unknown_where";
	port = server_set_trap(box->server, trap, front, asked_count(what), &why);
	if (port == 0)
		return "no_port";
	if (!front) {
		box->faults.trap_port = port;
		box->faults.trapped = asked_count(what);
	}
	return NULL;
}

static const char *fault_tls_stall(struct box *box, const cJSON *what)
{
	return fault_trap(box, what, TRAP_SILENT);
}

static const char *fault_tls_unknown_ca(struct box *box, const cJSON *what)
{
	return fault_trap(box, what, TRAP_UNKNOWN_CA);
}

static const char *fault_upgrade_refused(struct box *box, const cJSON *what)
{
	box->faults.upgrade_refused = asked_count(what);
	box->faults.upgrade_status = asked_int(what, "status", 503);
	box->faults.upgrade_retry_after_s = asked_int(what, "retry_after", 0);
	return NULL;
}

static const char *fault_upgrade_stall(struct box *box, const cJSON *what)
{
	box->faults.upgrade_held = asked_count(what);
	box->faults.upgrade_held_ms = asked_int(what, "ms", 60 * 1000);
	return NULL;
}

static const char *fault_wrong_accept(struct box *box, const cJSON *what)
{
	box->faults.accept_wrong = asked_count(what);
	return NULL;
}

static const char *fault_no_hello(struct box *box, const cJSON *what)
{
	box->faults.hello_withheld = asked_count(what);
	return NULL;
}

/* --- frames and connections ---------------------------------------------------------------------- */

static const char *fault_fragments(struct box *box, const cJSON *what)
{
	int pieces = asked_int(what, "pieces", 3);

	if (pieces < 1)
		return "no_pieces";
	box->faults.pieces = (unsigned)pieces;
	box->faults.pieces_left = asked_count(what);
	box->faults.pieces_ping = tree_yes(what, "ping");
	return NULL;
}

static const char *fault_long_frame(struct box *box, const cJSON *what)
{
	static const char HEAD[] = "{\"type\":\"slackbox_padding\",\"padding\":\"", TAIL[] = "\"}";
	size_t bytes = (size_t)tree_number(what, "bytes", 100000);
	struct buf frame = { 0 };

	buf_add(&frame, HEAD);
	while (frame.len + sizeof TAIL - 1 < bytes)
		buf_add(&frame, "x");
	buf_add(&frame, TAIL);
	delivery_raw(box, frame.text, frame.len);
	buf_done(&frame);
	return NULL;
}

static const char *fault_long_dropped(struct box *box, const cJSON *what)
{
	box->faults.long_dropped = asked_on(what);
	return NULL;
}

static const char *fault_link_disabled(struct box *box, const cJSON *what)
{
	box->faults.link_disabled = asked_on(what);
	if (box->faults.link_disabled)
		(void)link_trouble(box->link, "link_disabled", 0);
	return NULL;
}

static const char *fault_ghosts(struct box *box, const cJSON *what)
{
	box->faults.ghost_ms = asked_int(what, "ms", 0);
	if (box->faults.ghost_ms > 0)
		link_haunt(box->link, asked_int(what, "count", 0), box->faults.ghost_ms);
	else
		link_exorcise(box->link);
	return NULL;
}

/* --- delivery ------------------------------------------------------------------------------------ */

static const char *fault_duplicates(struct box *box, const cJSON *what)
{
	box->faults.duplicates = tree_number(what, "probability", 0);
	return NULL;
}

static const char *fault_reorder(struct box *box, const cJSON *what)
{
	box->faults.reorder = tree_number(what, "probability", 0);
	return NULL;
}

static const char *fault_disabling(struct box *box, const cJSON *what)
{
	delivery_disabling(
		box, asked_int(what, "ms", 60 * 60 * 1000), asked_int(what, "least", 1000));
	return NULL;
}

static const char *fault_events_off(struct box *box, const cJSON *what)
{
	delivery_enable(box, !asked_on(what));
	return NULL;
}

static const char *fault_rate_limited(struct box *box, const cJSON *what)
{
	(void)what;
	delivery_rate_limited(box);
	return NULL;
}

static const char *fault_none(struct box *box, const cJSON *what)
{
	struct fail why = { 0 };

	(void)what;
	box->faults = (struct faults){ 0 };
	link_exorcise(box->link);
	delivery_enable(box, true);
	return server_set_trap(box->server, TRAP_NONE, true, 0, &why) != 0 ? NULL : "no_port";
}

struct fault_row {
	const char *kind;
	const char *(*make)(struct box *, const cJSON *what);
};

/* clang-format off */
static const struct fault_row FAULTS[] = {
	{ "open_error",      fault_open_error      },
	{ "tls_stall",       fault_tls_stall       },
	{ "tls_unknown_ca",  fault_tls_unknown_ca  },
	{ "upgrade_refused", fault_upgrade_refused },
	{ "upgrade_stall",   fault_upgrade_stall   },
	{ "wrong_accept",    fault_wrong_accept    },
	{ "no_hello",        fault_no_hello        },
	{ "fragments",       fault_fragments       },
	{ "long_frame",      fault_long_frame      },
	{ "long_dropped",    fault_long_dropped    },
	{ "link_disabled",   fault_link_disabled   },
	{ "ghosts",          fault_ghosts          },
	{ "duplicates",      fault_duplicates      },
	{ "reorder",         fault_reorder         },
	{ "disabling",       fault_disabling       },
	{ "events_off",      fault_events_off      },
	{ "app_rate_limited", fault_rate_limited   },
	{ "none",            fault_none            },
};
/* clang-format on */

const char *fault_request(struct box *box, const cJSON *what)
{
	const char *kind = tree_text(what, "kind");

	if (kind == NULL)
		return "no_kind";
	for (size_t i = 0; i < sizeof FAULTS / sizeof FAULTS[0]; i++) {
		if (strcmp(FAULTS[i].kind, kind) == 0)
			return FAULTS[i].make(box, what);
	}
	if (fault_api(box, kind, what))
		return NULL;
	return link_trouble(box->link, kind, (unsigned)asked_int(what, "connection", 0))
		? NULL
		: "unknown_kind";
}
