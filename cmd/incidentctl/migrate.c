#include <stdio.h>

#include "ctl.h"

/* migrate: brings the schema up to date; the daemon does the same when it starts */
int ctl_migrate(int argc, char **argv)
{
	struct ctl_place p;
	struct fail why;
	int made = 0;
	bool ok;

	(void)argv;
	if (argc != 1)
		return CTL_MISUSED;
	if (!ctl_place_open(&p))
		return CTL_FAILED;
	ok = store_migrate(p.conninfo, MIGRATE_PATIENT, &made, &why);
	ctl_place_close(&p);
	if (!ok)
		return ctl_fail("migrate", &why);
	(void)printf("ok: %d files applied\n", made); /* the exit code says it too */
	return CTL_DONE;
}
