#include "box.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "clock.h"
#include "delivery.h"
#include "link.h"
#include "manifest.h"
#include "script.h"

enum { TICK_MS = 20, HOUR_MS = 60 * 60 * 1000, DISABLING_LEAST = 1000 };

int64_t box_wall_ms(void)
{
	return clock_wall_us() / 1000;
}

int64_t box_scaled(const struct box *box, int64_t ms)
{
	return (int64_t)((double)ms / box->options.time_scale);
}

/* splitmix64: the same seed makes the same choices. */
uint64_t box_random(struct box *box)
{
	uint64_t z = (box->random += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

bool box_chance(struct box *box, double probability)
{
	return probability > 0 &&
		(double)(box_random(box) >> 11) / 9007199254740992.0 < probability;
}

void box_random_text(struct box *box, char *out, size_t room)
{
	static const char LETTERS[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	size_t i;

	for (i = 0; i + 1 < room; i++)
		out[i] = LETTERS[box_random(box) % (sizeof LETTERS - 1)];
	out[i] = '\0';
}

static void box_on_event(void *ctx, cJSON *event)
{
	delivery_event(ctx, event);
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static void box_on_request(void *ctx, struct request *r)
{
	struct box *box = ctx;
	const char *path = request_path(r);
	bool post = strcmp(request_method(r), "POST") == 0;

	if (starts(path, "/_box/"))
		control_request(box, r);
	else if (starts(path, "/link/") && !post)
		link_request(box->link, r);
	else if (starts(path, "/api/"))
		api_request(box, r);
	else if (post && (starts(path, "/commands/") || starts(path, "/actions/")))
		answer_request(box, r);
	else
		request_answer(r, 404, "text/plain", "not found\n");
}

static void box_on_tick(uv_timer_t *timer)
{
	struct box *box = timer->data;
	int64_t now = clock_ms();

	server_tick(box->server, now);
	api_tick(box, now);
	link_tick(box->link, now);
	delivery_tick(box, now);
	load_pump(box);
	if (box->script != NULL)
		script_tick(box->script, now);
}

static void box_on_signal(uv_signal_t *signal, int number)
{
	(void)number;
	box_stop(signal->data, 0);
}

void box_stop(struct box *box, int exit_status)
{
	if (box->stopping)
		return;
	box->stopping = true;
	box->exit_status = exit_status;
	link_end(box->link);
	server_stop(box->server);
	uv_close((uv_handle_t *)&box->timer, NULL);
	uv_close((uv_handle_t *)&box->term, NULL);
	uv_close((uv_handle_t *)&box->interrupt, NULL);
}

static void box_furnish(struct box *box)
{
	static const char *const CHANNELS[] = {
		"{\"id\":\"C0INCIDENTS\",\"name\":\"incidents\",\"members\":[\"" BOT_USER "\"]}",
		"{\"id\":\"C0GENERAL\",\"name\":\"general\",\"members\":[]}",
	};

	for (size_t i = 0; i < sizeof CHANNELS / sizeof CHANNELS[0]; i++) {
		cJSON *what = cJSON_Parse(CHANNELS[i]);

		if (world_add_channel(box->world, what) != NULL)
			abort();
		cJSON_Delete(what);
	}
}

static void box_start_timers(struct box *box)
{
	uv_timer_init(&box->loop, &box->timer);
	uv_signal_init(&box->loop, &box->term);
	uv_signal_init(&box->loop, &box->interrupt);
	box->timer.data = box->term.data = box->interrupt.data = box;
	uv_timer_start(&box->timer, box_on_tick, TICK_MS, TICK_MS);
	uv_signal_start(&box->term, box_on_signal, SIGTERM);
	uv_signal_start(&box->interrupt, box_on_signal, SIGINT);
}

bool box_open(struct box *box, const struct box_options *options, struct fail *why)
{
	struct cert cert;
	bool kept = options->cert_dir != NULL;
	bool good = (kept ? cert_keep(&cert, options->cert_dir, why) : cert_make(&cert, why)) &&
		(options->ca_out == NULL || cert_write(&cert, options->ca_out, why));

	*box = (struct box){ .options = *options, .random = options->seed };
	uv_loop_init(&box->loop);
	if (good)
		box->server =
			server_new(&box->loop, options->listen, &cert, box_on_request, box, why);
	cert_done(&cert);
	if (box->server == NULL)
		return false;
	box->link = link_new(box);
	box->delivery = delivery_new();
	delivery_disabling(box, box_scaled(box, HOUR_MS), DISABLING_LEAST);
	box->late = cJSON_CreateArray();
	box->urls = cJSON_CreateObject();
	box->world = world_new(box_on_event, box, options->seed);
	world_limits(box->world, &(struct limits){ .scale = options->limits, .minute_ms = 60000 });
	box_furnish(box);
	box_start_timers(box);
	return true;
}

bool box_install(struct box *box, struct fail *why)
{
	struct manifest m;
	bool good = manifest_read(&m, box->options.manifest, why);

	if (good) {
		world_scopes(box->world, m.scopes.text);
		world_events(box->world, m.events.text != NULL ? m.events.text : "");
		world_has_home(box->world, m.home);
	}
	manifest_done(&m);
	return good;
}

void box_run(struct box *box)
{
	uv_run(&box->loop, UV_RUN_DEFAULT);
}

void box_done(struct box *box)
{
	script_free(box->script);
	delivery_free(box->delivery);
	link_free(box->link);
	server_free(box->server);
	world_free(box->world);
	cJSON_Delete(box->late);
	cJSON_Delete(box->urls);
	cJSON_Delete(box->load.users);
	uv_loop_close(&box->loop);
}
