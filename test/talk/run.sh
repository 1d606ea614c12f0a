#!/bin/sh
# Plays talks: run.sh PLAYER [FILE.talk ...]. One throw-away Postgres, a new database for each; nothing is left behind.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
player=$1; shift
[ $# -gt 0 ] || set -- "$here"/*.talk
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
PATH=${bin:+$bin:}$PATH
dir=$(mktemp -d /tmp/talk.XXXXXX)

# Postgres does not run as root.
owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
	chown postgres "$dir"
	owner() { runuser -u postgres -- "$@"; }
fi
cd "$dir"
end() {
	owner pg_ctl -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
	cd /
	rm -rf "$dir"
}
trap end EXIT
trap 'exit 1' INT TERM

owner initdb -D "$dir/data" -A trust -U talk -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 ||
	{ cat "$dir/log"; exit 1; }
owner pg_ctl -D "$dir/data" -w -l "$dir/data/log" \
	-o "-c listen_addresses= -c unix_socket_directories=$dir -c fsync=off" start >>"$dir/log" 2>&1 ||
	{ cat "$dir/log"; exit 1; }
chmod 755 "$dir"
bad=0 n=0
for file in "$@"; do
	n=$((n + 1))
	psql -qX -h "$dir" -U talk -d postgres -c "create database talk_$n template template0"
	"$player" "host=$dir user=talk dbname=talk_$n" "$here/../../config/incidentd.yml" "$file" || bad=1
done
exit $bad
