#include "check.h"
#include "fail.h"
#include "places.h"

static void check_same(const char *got, const char *want)
{
	CHECK((got == NULL) == (want == NULL));
	if (want != NULL)
		CHECK_TEXT(got, want);
}

/* "host:port" of each, and how long each may take. */
static void check_places(const char *conninfo, int count, const char *const want[][2], int ms)
{
	struct places p;
	struct fail why;

	CHECK(places_read(conninfo, &p, &why));
	CHECK(p.count == count && p.patience_ms == ms);
	for (int i = 0; i < count; i++) {
		check_same(p.list[i].host, want[i][0]);
		check_same(p.list[i].port, want[i][1]);
	}
	places_done(&p);
}

static void several_hosts_are_places_of_their_own(void)
{
	check_places("postgresql://u:p@a:1,b:2,c/name?connect_timeout=7", 3,
		(const char *const[][2]){ { "a", "1" }, { "b", "2" }, { "c", "5432" } }, 7000);
	check_places("postgresql://a,[::1]/name", 2,
		(const char *const[][2]){ { "a", "5432" }, { "::1", "5432" } }, 3000);
	check_places("host=a,/run port=6000 connect_timeout=0", 2,
		(const char *const[][2]){ { "a", "6000" }, { "/run", "6000" } }, 3000);
	check_places("host=a,b connect_timeout=600", 2,
		(const char *const[][2]){ { "a", NULL }, { "b", NULL } }, 10000);
}

static void one_host_is_left_to_libpq(void)
{
	const char *const none[][2] = { { NULL, NULL } };

	check_places("postgresql://a:1/name", 1, none, 3000);
	check_places("host=a,b hostaddr=127.0.0.1,127.0.0.2", 1, none, 3000);
	check_places("dbname=x", 1, none, 3000);
	check_places("", 1, none, 3000);
}

static void what_cannot_be_read_is_refused_without_its_secrets(void)
{
	static const char *const bad[] = { "postgrse://me:secret@host/name", "host=a secret",
		"postgresql://me:se%cret@host/name", "postgresql://me:secret@[::1/name", "secret" };
	struct places p;
	struct fail why;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		CHECK(!places_read(bad[i], &p, &why));
		CHECK(why.kind == FAIL_REFUSED);
		CHECK(strstr(why.text, "DATABASE_URL") != NULL);
		CHECK(strstr(why.text, "cret") == NULL);
	}
	CHECK(!places_read("postgresql://me:secret@a/b?sslmod=on", &p, &why));
	CHECK(strstr(why.text, "sslmod") != NULL && strstr(why.text, "secret") == NULL);
}

int main(void)
{
	several_hosts_are_places_of_their_own();
	one_host_is_left_to_libpq();
	what_cannot_be_read_is_refused_without_its_secrets();
	return 0;
}
