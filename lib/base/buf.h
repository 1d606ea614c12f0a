#ifndef BUF_H
#define BUF_H

#include <stddef.h>

/* Text that grows. { 0 } is an empty one; text is always ended by a NUL once something was added. */
struct buf {
	char *text; /* NULL as long as nothing was added */
	size_t len, room;
};

void buf_add(struct buf *, const char *text); /* NULL adds nothing */
void buf_add_bytes(struct buf *, const void *bytes, size_t len);
void buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_empty(struct buf *); /* keeps the memory */
void buf_done(struct buf *);

#endif
