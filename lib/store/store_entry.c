#include "private.h"

bool store_said_add(struct store *s, int64_t incident, const struct said *m,
	const struct teller *by, int64_t *entry, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_SAID_ADD,
		    ARGS(NUMBER(incident), TEXT(m->kind), TEXT(m->ts), NUMBER(by->received_at),
			    TEXT(m->author.id), TEXT(m->author.name),
			    TEXT(m->sight.text != NULL ? m->sight.text : ""), TEXT(m->sight.rich),
			    TEXT(m->channel), TEXT(m->thread), TEXT(by->provenance),
			    TEXT(m->subtype), BOOL(m->broadcast), TEXT(by->source),
			    NUMBER(m->sight.edition), NUMBER(m->sight.moment),
			    BOOL(m->sight.before), NUMBER(m->edited_at), NUMBER(m->deleted_at),
			    TEXT(m->deleted_how), BOOL(m->pinned), NUMBER(m->pinned_at),
			    BOOL(m->closed)),
		    &rows, why))
		return false;
	*entry = rows.count == 1 ? row_int(&rows, 0, "id") : 0;
	rows_done(&rows);
	return true;
}

static struct said said_from_row(const struct rows *r, struct arena *a)
{
	int64_t edition = row_int(r, 0, "text_edition");

	return (struct said){
		.kind = row_text(r, 0, "kind", a),
		.channel = row_text(r, 0, "channel", a),
		.ts = row_text(r, 0, "ts", a),
		.subtype = row_text(r, 0, "subtype", a),
		.thread = row_text(r, 0, "thread_ts", a),
		.author = { row_text(r, 0, "author", a), row_text(r, 0, "author_name", a) },
		.sight = { edition, row_int(r, 0, "text_moment"), row_bool(r, 0, "text_before"),
			edition != 0 ? row_text(r, 0, "text", a) : NULL,
			row_text(r, 0, "rich", a) },
		.edited_at = row_int(r, 0, "edited_at"),
		.deleted_at = row_int(r, 0, "deleted_at"),
		.deleted_how = row_text(r, 0, "deleted_how", a),
		.pinned_at = row_int(r, 0, "pinned_at"),
		.pinned = row_bool(r, 0, "pinned"),
		.broadcast = row_bool(r, 0, "broadcast"),
		.revised = row_bool(r, 0, "revised"),
		.edit_recovered = row_bool(r, 0, "edit_recovered"),
		.closed = row_bool(r, 0, "closed"),
	};
}

bool store_said_get(struct store *s, struct arena *a, int64_t incident, const char *channel,
	const char *ts, struct said_row *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_SAID_GET, ARGS(NUMBER(incident), TEXT(channel), TEXT(ts)), &rows,
		    why))
		return false;
	*out = (struct said_row){ 0 };
	if (rows.count == 1) {
		out->entry = row_int(&rows, 0, "id");
		out->reactions_at = row_int(&rows, 0, "reactions_at");
		out->said = said_from_row(&rows, a);
	}
	rows_done(&rows);
	return true;
}

bool store_said_save(
	struct store *s, int64_t incident, int64_t entry, const struct said *m, struct fail *why)
{
	return store_change(s, STMT_SAID_SAVE,
		ARGS(NUMBER(incident), NUMBER(entry), TEXT(m->kind), TEXT(m->subtype),
			TEXT(m->thread), TEXT(m->author.id), TEXT(m->author.name),
			BOOL(m->broadcast), TEXT(m->sight.text != NULL ? m->sight.text : ""),
			TEXT(m->sight.rich), NUMBER(m->sight.edition), NUMBER(m->sight.moment),
			BOOL(m->sight.before), NUMBER(m->edited_at), NUMBER(m->deleted_at),
			TEXT(m->deleted_how), BOOL(m->pinned), NUMBER(m->pinned_at),
			BOOL(m->closed), BOOL(m->revised), BOOL(m->edit_recovered)),
		why);
}

bool store_said_put_by(struct store *s, int64_t incident, const char *channel, const char *ts,
	const char *person, struct fail *why)
{
	return store_change(s, STMT_SAID_PUT_BY,
		ARGS(NUMBER(incident), TEXT(channel), TEXT(ts), TEXT(person)), why);
}

bool store_said_incident(struct store *s, const char *channel, const char *ts, int64_t after,
	int64_t *incident, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_SAID_INCIDENT, ARGS(TEXT(channel), TEXT(ts), NUMBER(after)), &rows,
		    why))
		return false;
	*incident = rows.count == 1 ? row_int(&rows, 0, "id") : 0;
	rows_done(&rows);
	return true;
}

bool store_said_taken_out(
	struct store *s, const char *channel, const char *ts, bool *so, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_SAID_TAKEN_OUT, ARGS(TEXT(channel), TEXT(ts)), &rows, why))
		return false;
	*so = row_bool(&rows, 0, "so");
	rows_done(&rows);
	return true;
}

bool store_revision_add(struct store *s, int64_t incident, int64_t entry, const struct sight *t,
	const char *provenance, struct fail *why)
{
	return store_change(s, STMT_REVISION_ADD,
		ARGS(NUMBER(incident), NUMBER(entry), NUMBER(t->edition), NUMBER(t->moment),
			BOOL(t->before), TEXT(t->text), TEXT(t->rich), TEXT(provenance)),
		why);
}

bool store_heard_add(
	struct store *s, int64_t incident, int64_t entry, const char *source, struct fail *why)
{
	return store_change(
		s, STMT_HEARD_ADD, ARGS(NUMBER(incident), NUMBER(entry), TEXT(source)), why);
}

bool store_reaction_put(struct store *s, int64_t incident, int64_t entry, const struct given *g,
	int64_t reactions_at, const char *provenance, struct fail *why)
{
	return store_change(s, STMT_REACTION_PUT,
		ARGS(NUMBER(incident), NUMBER(entry), TEXT(g->name), TEXT(g->person),
			BOOL(g->given), NUMBER(g->at), NUMBER(reactions_at), TEXT(provenance)),
		why);
}

bool store_reactions_read(struct store *s, int64_t incident, int64_t entry,
	const struct given_all *all, struct fail *why)
{
	return store_change(s, STMT_REACTIONS_GONE,
		       ARGS(NUMBER(incident), NUMBER(entry), TEXT(all->list), NUMBER(all->at),
			       TEXT(all->provenance), NUMBER(all->asked_at)),
		       why) &&
		(*all->list == '\0' ||
			store_change(s, STMT_REACTIONS_READ,
				ARGS(NUMBER(incident), NUMBER(entry), NUMBER(all->at)), why));
}

bool store_said_mark(
	struct store *s, int64_t incident, int64_t entry, const char *marks, struct fail *why)
{
	return store_change(
		s, STMT_SAID_MARK, ARGS(NUMBER(incident), NUMBER(entry), TEXT(marks)), why);
}

bool store_file_put(struct store *s, int64_t incident, int64_t entry, const struct file_facts *f,
	struct fail *why)
{
	return store_change(s, STMT_FILE_PUT,
		ARGS(TEXT(f->id), TEXT(f->name), TEXT(f->permalink), TEXT(f->mimetype),
			NUMBER(f->bytes), NUMBER(f->deleted_at), NUMBER(f->known_at),
			NUMBER(incident), NUMBER(entry)),
		why);
}

bool store_file_known(struct store *s, const char *id, bool *known, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_FILE_KNOWN, ARGS(TEXT(id)), &rows, why))
		return false;
	*known = rows.count == 1;
	rows_done(&rows);
	return true;
}

bool store_file_of(
	struct store *s, int64_t incident, int64_t entry, const char *file, struct fail *why)
{
	return store_change(
		s, STMT_FILE_OF, ARGS(NUMBER(incident), NUMBER(entry), TEXT(file)), why);
}
