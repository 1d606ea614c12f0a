#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "parts.h"

/* How a child ends that never became the program. */
enum { EXIT_NOT_EXECUTED = 120, EXIT_NOT_BECOME, EXIT_NOT_REACHED, EXIT_ORPHAN };

enum { TAIL = 4096 };

static const char *const ENVIRONMENT[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8",
	"TZ=UTC", NULL };

static void forget_signals(void)
{
	struct sigaction plain = { .sa_handler = SIG_DFL };
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		(void)sigaction(number, &plain, NULL); /* KILL and STOP cannot be set */
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool become(const struct child *child)
{
	if (child->owner->user == NULL)
		return true;
	return setgroups(1, &child->owner->gid) == 0 && setgid(child->owner->gid) == 0 &&
		setuid(child->owner->uid) == 0;
}

/* Between fork and exec: nothing here may allocate, other threads may have held the heap. */
static _Noreturn void become_program(const struct child *child, int log, pid_t parent)
{
	int nothing = open("/dev/null", O_RDONLY);

	forget_signals();
	(void)setsid(); /* a Ctrl-C in the terminal is for the daemon, which stops us last */
	if (dup2(nothing, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0)
		_exit(EXIT_NOT_EXECUTED);
	(void)close_range(3, ~0U, 0);
	if (!become(child))
		_exit(EXIT_NOT_BECOME);
	/* After setuid, which clears it. */
	if (prctl(PR_SET_PDEATHSIG, child->dies_by) != 0 || getppid() != parent)
		_exit(EXIT_ORPHAN);
	if (chdir(child->dir) != 0 || chdir("/") != 0)
		_exit(EXIT_NOT_REACHED);
	(void)umask(077);
	(void)execve(child->argv[0], (char *const *)child->argv, (char *const *)ENVIRONMENT);
	_exit(EXIT_NOT_EXECUTED);
}

pid_t child_start(const struct child *child, struct fail *why)
{
	int log = open(child->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	pid_t parent = getpid(), pid;

	if (log < 0) {
		(void)fail_set(why, FAIL_BROKEN, "%s: %s", child->log, strerror(errno));
		return -1;
	}
	pid = fork();
	if (pid == 0)
		become_program(child, log, parent);
	if (pid < 0)
		(void)fail_set(why, FAIL_LATER, "fork: %s", strerror(errno));
	(void)close(log); /* the child has its own */
	return pid;
}

/* Why a process ended, as this text says: its own FATAL line, or else the last line of all. */
static const char *last_words(char *text, pid_t pid)
{
	const char *last = "";
	struct buf mark = { 0 };
	char *rest = NULL;

	buf_printf(&mark, "[%d] FATAL:", (int)pid);
	for (char *line = strtok_r(text, "\n", &rest); line != NULL;
		line = strtok_r(NULL, "\n", &rest)) {
		const char *said = strstr(line, mark.text);

		if (said != NULL) {
			last = said + mark.len + strspn(said + mark.len, " ");
			break;
		}
		last = line;
	}
	buf_done(&mark);
	return last;
}

/* Postgres says in its log what it lacks better than we could: the end of that. */
static void read_end(const char *log, char *text, size_t room)
{
	FILE *in = fopen(log, "re");
	size_t len = 0;

	if (in != NULL) {
		(void)fseek(in, 0, SEEK_END);
		if (fseek(in, -(long)(room - 1), SEEK_END) != 0)
			(void)fseek(in, 0, SEEK_SET); /* shorter than that */
		len = fread(text, 1, room - 1, in);
		(void)fclose(in); /* only read */
	}
	text[len] = '\0';
}

void child_explain(const struct child *child, pid_t pid, int status, struct fail *why)
{
	const char *slash = strrchr(child->argv[0], '/');
	const char *name = slash != NULL ? slash + 1 : child->argv[0];
	char end[TAIL];

	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NOT_REACHED) {
		(void)fail_set(why, FAIL_REFUSED,
			"the user %s cannot reach %s: make the directories above it searchable, or choose "
			"another data directory",
			child->owner->user != NULL ? child->owner->user : "we run as", child->dir);
		return;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NOT_BECOME) {
		(void)fail_set(why, FAIL_REFUSED, "cannot become the user %s to run %s",
			child->owner->user, name);
		return;
	}
	if (WIFSIGNALED(status)) {
		(void)fail_set(why, FAIL_BROKEN, "%s was ended by signal %d, see %s", name,
			WTERMSIG(status), child->log);
		return;
	}
	read_end(child->log, end, sizeof(end));
	(void)fail_set(why, FAIL_BROKEN, "%s ended with status %d: %.110s; see %s", name,
		WEXITSTATUS(status), last_words(end, pid), child->log);
}

bool child_run(const struct child *child, struct fail *why)
{
	pid_t pid = child_start(child, why);
	int status = 0;

	if (pid < 0)
		return false;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fail_set(why, FAIL_BROKEN, "waitpid: %s", strerror(errno));
	if (status == 0)
		return true;
	child_explain(child, pid, status, why);
	return false;
}
