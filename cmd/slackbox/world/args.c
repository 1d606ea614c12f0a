#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

/* Arguments, checked against the method's table and brought to one form. */

struct arg {
	char name[40];
	bool must;
	char type;   /* t text, b yes or no, n number, j JSON */
	size_t most; /* 0: no limit */
};

/* Reads one word of the table. Returns what follows it. */
static const char *next_arg(const char *at, struct arg *out)
{
	struct arg a = { .type = 't' };
	size_t n;

	at += strspn(at, " ");
	if (*at == '!') {
		a.must = true;
		at++;
	}
	n = strcspn(at, " :");
	if (n >= sizeof(a.name))
		abort();
	memcpy(a.name, at, n);
	at += n;
	if (*at == ':') {
		at++;
		if (*at >= '0' && *at <= '9')
			a.most = strtoul(at, NULL, 10);
		else
			a.type = *at;
		at += strcspn(at, " ");
	}
	*out = a;
	return at;
}

static bool arg_find(const char *table, const char *name, struct arg *out)
{
	struct arg a;

	for (const char *at = table + strspn(table, " "); *at != '\0'; at += strspn(at, " ")) {
		at = next_arg(at, &a);
		if (strcmp(a.name, name) == 0) {
			*out = a;
			return true;
		}
	}
	return false;
}

bool ts_right(const char *ts)
{
	size_t n;

	if (ts == NULL)
		return false;
	n = strspn(ts, "0123456789");
	return n == 10 && ts[n] == '.' && strspn(ts + n + 1, "0123456789") == 6 &&
		ts[n + 7] == '\0';
}

static cJSON *read_yes(const cJSON *value)
{
	const char *text = cJSON_GetStringValue(value);

	if (cJSON_IsBool(value))
		return cJSON_CreateBool(cJSON_IsTrue(value));
	if (text == NULL)
		return NULL;
	if (strcmp(text, "true") == 0 || strcmp(text, "1") == 0)
		return cJSON_CreateTrue();
	if (strcmp(text, "false") == 0 || strcmp(text, "0") == 0)
		return cJSON_CreateFalse();
	return NULL;
}

static cJSON *read_number(const cJSON *value)
{
	const char *text = cJSON_GetStringValue(value);

	if (cJSON_IsNumber(value))
		return cJSON_CreateNumber(value->valuedouble);
	if (text == NULL || *text == '\0' || strspn(text, "0123456789") != strlen(text) ||
		strlen(text) > 9)
		return NULL;
	return cJSON_CreateNumber((double)strtol(text, NULL, 10));
}

static cJSON *read_tree(const cJSON *value)
{
	cJSON *tree;

	if (cJSON_IsObject(value) || cJSON_IsArray(value))
		return cJSON_Duplicate(value, true);
	if (!cJSON_IsString(value))
		return NULL;
	tree = cJSON_Parse(value->valuestring);
	if (cJSON_IsObject(tree) || cJSON_IsArray(tree))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static cJSON *read_value(const struct arg *a, const cJSON *value)
{
	switch (a->type) {
	case 'b': return read_yes(value);
	case 'n': return read_number(value);
	case 'j': return read_tree(value);
	default: return cJSON_IsString(value) ? cJSON_CreateString(value->valuestring) : NULL;
	}
}

static const char *error_of_tree(const char *name)
{
	if (strcmp(name, "blocks") == 0)
		return "invalid_blocks_format";
	if (strcmp(name, "metadata") == 0)
		return "invalid_metadata_format";
	return strcmp(name, "attachments") == 0 ? "invalid_attachments" : "invalid_arguments";
}

static bool take_arg(struct call *c, const struct arg *a, const cJSON *value)
{
	cJSON *read;

	if (cJSON_IsNull(value))
		return true;
	/* An empty structured argument in a form is as good as none. */
	if (a->type == 'j' && cJSON_IsString(value) && *value->valuestring == '\0')
		return true;
	read = read_value(a, value);
	if (read == NULL) {
		call_complain(c, "[ERROR] invalid value [json-pointer:/%s]", a->name);
		world_finding(c->w, "%s: argument '%s' is of the wrong type", c->m->name, a->name);
		return call_fail(c, a->type == 'j' ? error_of_tree(a->name) : "invalid_arguments");
	}
	tree_set(c->args, a->name, read);
	if (a->most > 0 && tree_units(read->valuestring) > a->most) {
		call_complain(c, "[ERROR] must be less than %zu characters [json-pointer:/%s]",
			a->most + 1, a->name);
		return call_fail(c, "invalid_arguments");
	}
	return true;
}

static bool nothing_lacks(struct call *c)
{
	const char *table = c->m->args;
	struct arg a;

	for (const char *at = table + strspn(table, " "); *at != '\0'; at += strspn(at, " ")) {
		at = next_arg(at, &a);
		if (a.must && cJSON_GetObjectItemCaseSensitive(c->args, a.name) == NULL) {
			call_complain(c, "[ERROR] missing required field: %s", a.name);
			call_fail(c, "invalid_arguments");
		}
	}
	return c->error == NULL;
}

bool call_read_args(struct call *c, const struct api_request *r)
{
	const cJSON *value;
	struct arg a;

	if (r->json_body && !c->m->json) {
		if (r->args != NULL && r->args->child != NULL)
			world_finding(c->w, "%s: takes no JSON body, it was ignored", c->m->name);
		return nothing_lacks(c);
	}
	if (r->args != NULL && !cJSON_IsObject(r->args)) {
		world_finding(c->w, "%s: the body is no JSON object", c->m->name);
		return call_fail(c, "json_not_object");
	}
	cJSON_ArrayForEach(value, r->args)
	{
		if (strcmp(value->string, "token") == 0 || strcmp(value->string, "pretty") == 0)
			continue;
		if (!arg_find(c->m->args, value->string, &a)) {
			call_complain(c, "[ERROR] unknown argument: %s", value->string);
			world_finding(c->w, "%s: unknown argument '%s'", c->m->name, value->string);
			call_fail(c, "invalid_arguments");
			continue;
		}
		if (!take_arg(c, &a, value))
			return false;
	}
	return c->error == NULL && nothing_lacks(c);
}
