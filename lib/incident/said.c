#include "said.h"

#include <string.h>

/* Slack's history may lag behind, but not for so long. */
static const int64_t APART_US = 60 * 1000000LL;

/* Two words for the same thing should agree; if they do not, the same one wins in whatever order they came. */
static bool learn_word(const char **known, const char *told)
{
	if (told == NULL || (*known != NULL && strcmp(*known, told) >= 0))
		return false;
	*known = told;
	return true;
}

static bool learn_flag(bool *known, bool told)
{
	bool is_new = told && !*known;

	*known = *known || told;
	return is_new;
}

static bool learn_author(struct person *known, const struct person *told)
{
	bool is_new = learn_word(&known->id, told->id);

	if (known->name != NULL || told->name == NULL)
		return is_new;
	known->name = told->name;
	return true;
}

static bool learn_kind(const char **known, const char *told)
{
	return strcmp(told, "message") != 0 &&
		(strcmp(*known, "message") == 0 || strcmp(*known, told) < 0) &&
		(*known = told, true);
}

/* The same sight twice: what the one lacks the other may have. */
static bool learn_more(struct sight *known, const struct sight *told)
{
	if (strcmp(told->text, known->text) <= 0)
		return learn_word(&known->rich, told->rich);
	*known = *told;
	return true;
}

static bool learn_sight(struct said *known, const struct sight *told, struct sight *older)
{
	int order;

	if (told->text == NULL || known->closed)
		return false;
	order = known->sight.text == NULL ? 1 : sight_compare(told, &known->sight);
	if (order == 0)
		return learn_more(&known->sight, told);
	*older = order > 0 ? known->sight : *told;
	if (order > 0)
		known->sight = *told;
	return order > 0;
}

/* Only a reading found it missing: it may be there all the same. */
static bool is_missed(const struct said *m)
{
	return m->deleted_at != 0 && m->deleted_how != NULL &&
		strcmp(m->deleted_how, "recovered") == 0;
}

bool said_is_gone(const struct said *known, const struct said *told)
{
	if (told->surely || (known->deleted_at != 0 && !is_missed(known)))
		return true;
	return told->deleted_at != 0 && known->deleted_at != 0 &&
		told->deleted_at - known->deleted_at >= APART_US;
}

/* An event knows better than a reading; of two of a kind the earlier counts. */
static bool learn_deletion(struct said *known, const struct said *told)
{
	if (told->deleted_at == 0 ||
		(known->deleted_at != 0 &&
			(is_missed(known) == is_missed(told) ? known->deleted_at <= told->deleted_at
							     : is_missed(told))))
		return false;
	known->deleted_at = told->deleted_at;
	known->deleted_how = told->deleted_how;
	return true;
}

/* What was only missing from a page, and stands on a later one, was not deleted. */
static bool learn_presence(struct said *known, const struct said *told)
{
	if (!is_missed(known) || told->shown_at <= known->deleted_at)
		return false;
	known->deleted_at = 0;
	known->deleted_how = NULL;
	return true;
}

static bool learn_pin(struct said *known, const struct said *told)
{
	if (told->pinned_at == 0 || told->pinned_at < known->pinned_at ||
		(told->pinned_at == known->pinned_at && (told->pinned || !known->pinned)))
		return false;
	known->pinned_at = told->pinned_at;
	known->pinned = told->pinned;
	return true;
}

/* A text that is newer, and that no event had told of when a reading did. */
static bool is_edit_found(const struct said *known, const struct said *told)
{
	return told->edit_recovered && !known->closed && known->sight.text != NULL &&
		told->sight.text != NULL && (told->revised || told->edited_at > known->edited_at) &&
		sight_compare(&told->sight, &known->sight) > 0;
}

bool said_learn(struct said *known, const struct said *told, struct sight *older)
{
	bool changed = false;

	*older = (struct sight){ 0 };
	changed |= learn_flag(&known->edit_recovered, is_edit_found(known, told));
	changed |= learn_kind(&known->kind, told->kind);
	changed |= learn_word(&known->subtype, told->subtype);
	changed |= learn_word(&known->thread, told->thread);
	changed |= learn_author(&known->author, &told->author);
	changed |= learn_sight(known, &told->sight, older);
	changed |= learn_deletion(known, told);
	changed |= learn_presence(known, told);
	changed |= learn_pin(known, told);
	changed |= learn_flag(&known->broadcast, told->broadcast);
	changed |= learn_flag(&known->closed, told->closed);
	changed |= learn_flag(&known->revised, told->revised);
	if (told->edited_at > known->edited_at) {
		known->edited_at = told->edited_at;
		changed = true;
	}
	return changed;
}
