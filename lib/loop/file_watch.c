#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "loop.h"

enum { ASK_MS = 1000 };

/* Two that are the same are of one file that nobody has touched in between. */
struct mark {
	int error; /* errno; 0: it is there */
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed, written;
};

struct file_watch {
	uv_loop_t *loop;
	uv_timer_t timer;
	uv_work_t work;
	loop_file_read *read; /* NULL: not wanted any more */
	void *ctx;
	char *path;
	size_t most;
	bool open; /* libuv still holds the timer */
	bool asking, again;
	/* the pool's as long as it asks */
	bool wanted; /* to be read, changed or not */
	bool was_read;
	struct mark seen, at_read; /* when it was last asked for, and last read */
	char *text;                /* NULL: it cannot be read */
	size_t len;
	const char *error;
};

/* Freed by whoever lets it go last: the handles, or the pool. */
static void file_watch_let_go(struct file_watch *w)
{
	if (w->open || w->asking)
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

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_mark(const struct mark *a, const struct mark *b)
{
	return a->error == b->error && a->device == b->device && a->inode == b->inode &&
		a->size == b->size && same_time(a->changed, b->changed) &&
		same_time(a->written, b->written);
}

static struct mark mark_of(const char *path)
{
	struct stat about;

	if (stat(path, &about) != 0)
		return (struct mark){ .error = errno };
	return (struct mark){ .device = about.st_dev,
		.inode = about.st_ino,
		.size = about.st_size,
		.changed = about.st_ctim,
		.written = about.st_mtim };
}

/* What is no file might never let us go. */
static void read_now(struct file_watch *w)
{
	int fd = open(w->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

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

/*
 * On a thread of the pool. What has changed is read when it has been let alone from one asking to the next. The mark is
 * from before the reading: a change during it is seen.
 */
static void file_watch_on_work(uv_work_t *work)
{
	struct file_watch *w = work->data;
	struct mark now = mark_of(w->path);

	w->was_read = w->wanted || (same_mark(&now, &w->seen) && !same_mark(&now, &w->at_read));
	w->seen = now;
	if (!w->was_read)
		return;
	w->at_read = now;
	free(w->text);
	w->text = NULL;
	w->len = 0;
	read_now(w);
}

static void file_watch_on_asked(uv_work_t *work, int status);

static void ask(struct file_watch *w, bool wanted)
{
	w->again |= w->asking && wanted;
	if (w->asking)
		return;
	w->asking = true;
	w->wanted = wanted;
	if (uv_queue_work(w->loop, &w->work, file_watch_on_work, file_watch_on_asked) != 0)
		abort();
}

static void file_watch_on_asked(uv_work_t *work, int status)
{
	struct file_watch *w = work->data;
	bool again = w->again;

	(void)status; /* it is never cancelled */
	w->asking = false;
	w->again = false;
	if (w->read == NULL) {
		file_watch_let_go(w);
		return;
	}
	if (again) {
		ask(w, true);
		return;
	}
	if (!w->was_read)
		return;
	w->read(w->ctx, w->text, w->len, w->text != NULL ? NULL : w->error);
	free(w->text);
	w->text = NULL;
}

void file_watch_look(struct file_watch *w)
{
	ask(w, true);
}

static void file_watch_on_timer(uv_timer_t *t)
{
	ask(t->data, false);
}

static void file_watch_on_closed(uv_handle_t *h)
{
	struct file_watch *w = h->data;

	w->open = false;
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
		.open = true };
	w->timer.data = w->work.data = w;
	/* These fail only without memory. */
	if (w->path == NULL || uv_timer_init(w->loop, &w->timer) != 0 ||
		uv_timer_start(&w->timer, file_watch_on_timer, ASK_MS, ASK_MS) != 0)
		abort();
	ask(w, true);
	return w;
}

void file_watch_free(struct file_watch *w)
{
	if (w == NULL)
		return;
	w->read = NULL;
	uv_close((uv_handle_t *)&w->timer, file_watch_on_closed);
}
