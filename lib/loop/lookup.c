#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <uv.h>

#include "loop.h"

struct lookup {
	uv_getaddrinfo_t request;
	loop_found *found; /* NULL once it was called or is not wanted any more */
	void *ctx;
	int nth;
	bool asked, freed;    /* asked: libuv holds it until lookup_on_answer */
	struct timer *failed; /* when libuv did not even take the question */
	const char *error;
};

static const struct addrinfo *nth_of(const struct addrinfo *first, int nth)
{
	const struct addrinfo *a;
	int n = 0;

	for (a = first; a != NULL; a = a->ai_next)
		n++;
	for (a = first, nth %= n; nth > 0; nth--)
		a = a->ai_next;
	return a;
}

static void lookup_tell(struct lookup *l, const char *address, const char *error)
{
	loop_found *found = l->found;

	l->found = NULL;
	if (found != NULL)
		found(l->ctx, address, error);
}

static void lookup_tell_answer(struct lookup *l, int status, const struct addrinfo *first)
{
	char address[NI_MAXHOST];
	const struct addrinfo *a;

	if (status != 0 || first == NULL) {
		lookup_tell(l, NULL, status != 0 ? uv_strerror(status) : "no address");
		return;
	}
	a = nth_of(first, l->nth);
	if (getnameinfo(a->ai_addr, a->ai_addrlen, address, sizeof(address), NULL, 0,
		    NI_NUMERICHOST) != 0)
		lookup_tell(l, NULL, "an address of no known family");
	else
		lookup_tell(l, address, NULL);
}

static void lookup_on_answer(uv_getaddrinfo_t *r, int status, struct addrinfo *first)
{
	struct lookup *l = r->data;

	l->asked = false;
	if (l->freed) {
		uv_freeaddrinfo(first);
		free(l);
		return;
	}
	lookup_tell_answer(l, status, first); /* may free l */
	uv_freeaddrinfo(first);
}

static void lookup_on_failed(void *ctx)
{
	struct lookup *l = ctx;

	lookup_tell(l, NULL, l->error);
}

struct lookup *lookup_new(
	struct loop *loop, const char *host, int nth, loop_found *found, void *ctx)
{
	static const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC };
	struct lookup *l = calloc(1, sizeof(*l));
	int bad;

	if (l == NULL)
		abort();
	l->found = found;
	l->ctx = ctx;
	l->nth = nth > 0 ? nth : 0;
	l->request.data = l;
	bad = uv_getaddrinfo(loop_uv(loop), &l->request, lookup_on_answer, host, NULL, &hints);
	l->asked = bad == 0;
	if (bad != 0) {
		l->error = uv_strerror(bad);
		l->failed = timer_new(loop, lookup_on_failed, l);
		timer_set(l->failed, 0);
	}
	return l;
}

void lookup_free(struct lookup *l)
{
	if (l == NULL)
		return;
	timer_free(l->failed);
	l->found = NULL;
	l->freed = true;
	if (l->asked)
		(void)uv_cancel(
			(uv_req_t *)&l->request); /* when it already runs, the answer frees it */
	else
		free(l);
}
