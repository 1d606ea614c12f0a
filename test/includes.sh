#!/bin/sh
# A header of a room that is not named in CMakeLists.txt does not compile; one that is named does.
#   includes.sh COMPILER ROOM "DIR;DIR..." ALLOWED.h FORBIDDEN.h...
set -eu
compiler=$1 room=$2 dirs=$3 allowed=$4
shift 4
flags=
for dir in $(echo "$dirs" | tr ';' ' '); do
	flags="$flags -I$dir"
done
compiles() {
	# The flags are words, one a folder.
	# shellcheck disable=SC2086
	echo "#include \"$1\"" | "$compiler" -std=c17 -fsyntax-only $flags -x c - 2>/dev/null
}
if ! compiles "$allowed"; then
	echo "$room cannot include $allowed, which it may"
	exit 1
fi
for header in "$@"; do
	if compiles "$header"; then
		echo "$room can include $header, which it must not see"
		exit 1
	fi
done
