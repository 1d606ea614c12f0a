#ifndef CTL_H
#define CTL_H

/* A verb of incidentctl: argv[0] is the verb itself. It gives the exit code. */
typedef int verb(int argc, char **argv);

enum { CTL_DONE = 0, CTL_FAILED = 1, CTL_MISUSED = 2 };

verb ctl_check_config, ctl_report, ctl_migrate, ctl_replay;

#endif
