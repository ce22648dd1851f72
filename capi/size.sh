#!/bin/sh
# What libhomeveil adds to a static C program: text and data, stripped. size.sh FOLDER_OF_THE_LIBRARY [CC]
set -eu
library=$1
cc=${2:-cc}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

echo 'int main(void) { return 0; }' > "$work/empty.c"
"$cc" -Os -static "$work/empty.c" -o "$work/empty"
"$cc" -Os -static -std=c99 -I "$here/include" "$here/examples/robot.c" "$library/libhomeveil.a" \
    -Wl,--gc-sections -o "$work/robot"
strip "$work/empty" "$work/robot"
sum() { size "$1" | awk 'NR == 2 { print $1 + $2 }'; }
empty=$(sum "$work/empty")
robot=$(sum "$work/robot")
echo "an empty C program: $empty bytes of text and data"
echo "examples/robot.c:   $robot bytes, $(((robot - empty) / 1024)) KiB more"
