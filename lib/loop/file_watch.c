#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "loop.h"

enum { ASK_MS = 1000, SETTLED_MS = 1000 };

struct file_watch {
	uv_loop_t *loop;
	uv_fs_poll_t poll;
	uv_timer_t settled;
	uv_work_t work;
	loop_file_read *read; /* NULL: not wanted any more */
	void *ctx;
	char *path;
	size_t most;
	int open; /* handles that libuv still holds */
	bool reading, again;
	/* the pool's as long as it reads */
	char *text; /* NULL: it cannot be read */
	size_t len;
	const char *error;
};

/* Freed by whoever lets it go last: the handles, or the pool. */
static void file_watch_let_go(struct file_watch *w)
{
	if (w->open > 0 || w->reading)
		return;
	free(w->text);
	free(w->path);
	free(w);
}

static bool is_file(int fd, const char **error)
{
	struct stat about;

	*error = "it is not a file";
	if (fstat(fd, &about) == 0)
		return S_ISREG(about.st_mode);
	*error = strerror(errno);
	return false;
}

/* Until its end, or until there is no room for more. */
static bool read_whole(struct file_watch *w, int fd)
{
	ssize_t got = 1;

	while (w->len < w->most && got > 0) {
		got = read(fd, w->text + w->len, w->most - w->len);
		if (got > 0)
			w->len += (size_t)got;
		if (got < 0 && errno == EINTR)
			got = 1;
	}
	if (got < 0)
		w->error = strerror(errno);
	return got >= 0;
}

/* On a thread of the pool. What is no file might never let us go. */
static void file_watch_on_work(uv_work_t *work)
{
	struct file_watch *w = work->data;
	int fd = open(w->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	free(w->text);
	w->text = NULL;
	w->len = 0;
	if (fd < 0) {
		w->error = strerror(errno);
		return;
	}
	if (is_file(fd, &w->error)) {
		w->text = calloc(1, w->most + 1);
		if (w->text == NULL)
			abort();
		if (!read_whole(w, fd)) {
			free(w->text);
			w->text = NULL;
		}
	}
	(void)close(fd); /* it was only read */
}

static void file_watch_on_read(uv_work_t *work, int status)
{
	struct file_watch *w = work->data;

	(void)status; /* it is never cancelled */
	w->reading = false;
	if (w->read == NULL) {
		file_watch_let_go(w);
		return;
	}
	if (w->again) {
		file_watch_look(w);
		return;
	}
	w->read(w->ctx, w->text, w->len, w->text != NULL ? NULL : w->error);
	free(w->text);
	w->text = NULL;
}

void file_watch_look(struct file_watch *w)
{
	w->again = w->reading;
	if (w->reading)
		return;
	w->reading = true;
	if (uv_queue_work(w->loop, &w->work, file_watch_on_work, file_watch_on_read) != 0)
		abort();
}

static void file_watch_on_settled(uv_timer_t *t)
{
	file_watch_look(t->data);
}

static void file_watch_on_change(
	uv_fs_poll_t *poll, int status, const uv_stat_t *was, const uv_stat_t *is)
{
	struct file_watch *w = poll->data;

	(void)status, (void)was, (void)is; /* reading it tells what it is now */
	(void)uv_timer_start(&w->settled, file_watch_on_settled, SETTLED_MS, 0);
}

static void file_watch_on_closed(uv_handle_t *h)
{
	struct file_watch *w = h->data;

	w->open--;
	file_watch_let_go(w);
}

struct file_watch *file_watch_new(
	struct loop *loop, const char *path, size_t most, loop_file_read *read, void *ctx)
{
	struct file_watch *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	*w = (struct file_watch){ .loop = loop_uv(loop),
		.read = read,
		.ctx = ctx,
		.path = strdup(path),
		.most = most,
		.open = 2 };
	w->poll.data = w->settled.data = w->work.data = w;
	/* These fail only without memory. */
	if (w->path == NULL || uv_timer_init(w->loop, &w->settled) != 0 ||
		uv_fs_poll_init(w->loop, &w->poll) != 0 ||
		uv_fs_poll_start(&w->poll, file_watch_on_change, w->path, ASK_MS) != 0 ||
		uv_timer_start(&w->settled, file_watch_on_settled, 0, 0) != 0)
		abort();
	return w;
}

void file_watch_free(struct file_watch *w)
{
	if (w == NULL)
		return;
	w->read = NULL;
	uv_close((uv_handle_t *)&w->poll, file_watch_on_closed);
	uv_close((uv_handle_t *)&w->settled, file_watch_on_closed);
}
