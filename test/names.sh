#!/bin/sh
# names.sh PROGRAM ARCHIVE...   The rooms share one space of names with each other and with the libraries that the program
#                               loads: of two that define the same name one wins, and the other is called wrongly.
set -eu
program=$1
shift
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

for archive in "$@"; do
	nm -g --defined-only "$archive" | awk -v room="$(basename "$archive" .a)" 'NF == 3 && $3 !~ /^__/ { print $3, room }'
done | LC_ALL=C sort -u >"$dir/ours"
for library in $(ldd "$program" | awk '$3 ~ /^\// { print $3 }'); do
	nm -D --defined-only "$library" | awk -v of="$(basename "$library")" 'NF == 3 { sub(/@.*/, "", $3); print $3, of }'
done | LC_ALL=C sort -u >"$dir/below"
for side in ours below; do
	[ -s "$dir/$side" ] || { echo "no names found: $side"; exit 1; }
done

twice=$(
	awk '$1 == name { print name ": " room ", " $2 } { name = $1; room = $2 }' "$dir/ours"
	LC_ALL=C join "$dir/ours" "$dir/below" | awk '{ print $1 ": " $2 ", " $3 }'
)
[ -z "$twice" ] || { echo "$twice"; exit 1; }
