#include "world_scene.h"

#include "check.h"

static const int64_t DAY = INT64_C(1790000000000);

static void hear(void *ctx, cJSON *event)
{
	struct scene *s = ctx;

	cJSON_AddItemToArray(s->events, event);
}

const char *text(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

void add(struct scene *s, const char *(*to)(struct world *, const cJSON *), const char *json)
{
	cJSON *what = cJSON_Parse(json);

	CHECK(what != NULL);
	CHECK(to(s->w, what) == NULL);
	cJSON_Delete(what);
}

/* Begins in place: the world keeps a pointer to it. */
void scene_begin(struct scene *s)
{
	*s = (struct scene){ .now_ms = DAY };
	s->events = cJSON_CreateArray();
	s->w = world_new(hear, s, 7);
	add(s, world_add_person, "{\"id\":\"U01ANN\",\"name\":\"ann\",\"real_name\":\"Ann A\"}");
	add(s, world_add_person, "{\"id\":\"U01BEN\",\"name\":\"ben\"}");
	add(s, world_add_person, "{\"id\":\"U01OLD\",\"name\":\"old\",\"deleted\":true}");
	add(s, world_add_channel,
		"{\"id\":\"C01OPS\",\"name\":\"ops\",\"members\":[\"ann\",\"U0INCIDENTD\"]}");
	add(s, world_add_channel, "{\"id\":\"C01TEA\",\"name\":\"tea\",\"members\":[\"ben\"]}");
	add(s, world_add_channel,
		"{\"id\":\"C01HID\",\"name\":\"hidden\",\"private\":true,\"members\":[\"ben\"]}");
	CHECK(cJSON_GetArraySize(s->events) == 0); /* furnishing is quiet */
}

void scene_end(struct scene *s)
{
	world_free(s->w);
	cJSON_Delete(s->events);
	cJSON_Delete(s->last);
}

/* Returns the error word, or NULL. */
const char *call_as(struct scene *s, const char *token, const char *method, const char *json)
{
	cJSON *args = cJSON_Parse(json);
	struct api_request r = { .method = method, .token = token, .args = args };
	struct api_reply reply;
	const char *error;

	CHECK(args != NULL);
	r.now_ms = s->now_ms;
	world_call(s->w, &r, &reply);
	cJSON_Delete(args);
	cJSON_Delete(s->last);
	s->last = reply.body;
	s->status = reply.status;
	s->retry_after = reply.retry_after;
	error = text(s->last, "error");
	CHECK(cJSON_IsTrue(member(s->last, "ok")) == (error == NULL));
	return error;
}

const char *call(struct scene *s, const char *method, const char *json)
{
	return call_as(s, "xoxb-slackbox", method, json);
}

void answers(struct scene *s, const char *method, const char *json, const char *error)
{
	const char *got = call(s, method, json);

	if (error == NULL && got != NULL) {
		char *body = cJSON_Print(s->last);

		fprintf(stderr, "%s %s: %s\n", method, json, body);
		free(body);
		exit(1);
	}
	if (error != NULL)
		CHECK_TEXT(got, error);
}

void say(struct scene *s, const char *json, char ts[32])
{
	cJSON *what = cJSON_Parse(json);

	CHECK(what != NULL);
	CHECK(world_say(s->w, what, s->now_ms, ts) == NULL);
	cJSON_Delete(what);
}

const char *act(struct scene *s, const char *verb, const char *json)
{
	cJSON *what = cJSON_Parse(json);
	const char *wrong;

	CHECK(what != NULL);
	wrong = world_act(s->w, verb, what, s->now_ms);
	cJSON_Delete(what);
	return wrong;
}

void forget_events(struct scene *s)
{
	cJSON_Delete(s->events);
	s->events = cJSON_CreateArray();
}

/* The first event of this type and subtype ("" for none), or NULL. */
const cJSON *heard(const struct scene *s, const char *type, const char *subtype)
{
	const cJSON *event;

	cJSON_ArrayForEach(event, s->events)
	{
		const char *sub = text(event, "subtype");

		if (strcmp(text(event, "type"), type) == 0 &&
			strcmp(sub != NULL ? sub : "", subtype) == 0)
			return event;
	}
	return NULL;
}

int findings(const struct scene *s)
{
	cJSON *dump = world_dump(s->w);
	int n = cJSON_GetArraySize(member(dump, "findings"));

	cJSON_Delete(dump);
	return n;
}

const char *json_with(char *room, size_t size, const char *fmt, const char *a, const char *b)
{
	const char *at = fmt;
	size_t len = 0;

	for (int i = 0; *at != '\0'; at++) {
		const char *value = i == 0 ? a : b;

		if (*at != '$') {
			CHECK(len + 1 < size);
			room[len++] = *at;
			continue;
		}
		CHECK(len + strlen(value) < size);
		memcpy(room + len, value, strlen(value));
		len += strlen(value);
		i++;
	}
	room[len] = '\0';
	return room;
}

static bool list_has(const cJSON *got, const cJSON *wanted)
{
	const cJSON *item = wanted->child, *of = got->child;

	for (; item != NULL && of != NULL && tree_like(of, item); item = item->next)
		of = of->next;
	return item == NULL && of == NULL;
}

bool tree_like(const cJSON *got, const cJSON *wanted)
{
	const cJSON *item;

	if (cJSON_IsArray(wanted))
		return cJSON_IsArray(got) && list_has(got, wanted);
	if (!cJSON_IsObject(wanted))
		return cJSON_Compare(got, wanted, true);
	cJSON_ArrayForEach(item, wanted)
	{
		const cJSON *of = member(got, item->string);

		if (cJSON_IsNull(item) ? of != NULL : !tree_like(of, item))
			return false;
	}
	return cJSON_IsObject(got);
}

void shows(const cJSON *got, const char *json)
{
	cJSON *wanted = cJSON_Parse(json);

	CHECK(wanted != NULL);
	if (!tree_like(got, wanted)) {
		char *printed = cJSON_Print(got);

		fprintf(stderr, "wanted %s\ngot %s\n", json, printed != NULL ? printed : "nothing");
		exit(1);
	}
	cJSON_Delete(wanted);
}
