#!/bin/sh
# A room sees its own headers and those of the rooms that CMakeLists.txt names for it, and no other room's. Each of its
# own compiles by itself.
#   includes.sh COMPILER ROOM "DIR;DIR..." "NAMED;NAMED..."
set -eu
compiler=$1 room=$2 dirs=$3 named=$4
cd "$(dirname "$0")/.."
flags=
for dir in $(echo "$dirs" | tr ';' ' '); do
	flags="$flags -I$dir"
done

compiles() { # options...
	# The flags are words, one a folder. With -std=c17 alone POSIX is hidden.
	# shellcheck disable=SC2086
	"$compiler" -std=c17 -D_GNU_SOURCE -fsyntax-only "$@" $flags -x c - 2>&1
}

# One question a header, all in one go: what is answered wrongly is an #error. The system's headers are out of it:
# it has a link.h and a form.h too.
questions() {
	for header in lib/*/*.h; do
		of=$(basename "$(dirname "$header")")
		name=$(basename "$header")
		case ";$room;$named;" in
		*";$of;"*) echo "#if !__has_include(\"$name\")" && echo "#error \"$room cannot include $name of $of\"" ;;
		*) echo "#if __has_include(\"$name\")" && echo "#error \"$room can include $name, and $of is not named for it\"" ;;
		esac
		echo "#endif"
	done
}

alone() {
	for header in lib/"$room"/*.h; do
		echo "#include \"$(basename "$header")\"" | compiles >&2 || echo "$header does not compile by itself"
	done
}

# A name is one header's, else it hides another room's.
twice=$(basename -a lib/*/*.h | sort | uniq -d)
wrong=$(questions | compiles -nostdinc | sed -n 's/.*error: \(#error \)\{0,1\}"\(.*\)"$/\2/p'; alone)
for name in $twice; do
	echo "two headers are called $name"
done
[ -z "$wrong" ] || echo "$wrong"
[ -z "$wrong$twice" ]
