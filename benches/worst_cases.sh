#!/usr/bin/env bash
# Counts the instructions of the worst maps (benches/worst_cases) with 64 and with 128 cells a side, under valgrind, and
# fails where four times the cells take more than five and a half times the instructions. Some minutes for all of them.
#     [SIDE=64] benches/worst_cases.sh [NAME]...
set -euo pipefail
source "$(dirname "$0")/counting.sh"
side="${SIDE:-64}"
program=$(program_of worst_cases)
if [ $# -eq 0 ]; then
    mapfile -t names < <("$program" 16 | sed -n '3,$s/  .*//p')
    set -- "${names[@]}"
fi
[ $# -gt 0 ] || { echo "there are no maps"; exit 1; }
failed=0
for name in "$@"; do
    count() {
        valgrind --tool=callgrind --callgrind-out-file="$out/counts" "$program" "$1" "$name" >/dev/null 2>&1
        awk '/^summary:/ { print $2 }' "$out/counts"
    }
    awk -v name="$name" -v few="$(count "$side")" -v many="$(count $((2 * side)))" 'BEGIN {
        printf "%-32s %14.0f %14.0f %6.2f\n", name, few, many, many / few
        exit few < 1000000 || many > 5.5 * few
    }' || failed=1
done
[ $failed = 0 ] || echo "some take more than 5.5 times as much, or nothing was counted"
exit $failed
