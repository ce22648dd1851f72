#!/usr/bin/env bash
# Counts the instructions of giving out a release on so many homes, under valgrind, and fails if two homes of one release
# differ. Minutes.
#     benches/giving_out.sh [HOMES]
#
# All instructions of the program are counted but those of the system's allocator and copying: where the allocator finds
# room, and when it gives memory back to the system (`brk`, which the table names without its library), depends on what
# else the process has freed, the key of a home among it, by up to 0.3 % of all.
set -euo pipefail
source "$(dirname "$0")/counting.sh"
homes="${1:-100}"
program=$(program_of giving_out)
for ((home = 0; home < homes; home++)); do
    release=$(valgrind --tool=callgrind --collect-atstart=no --toggle-collect='*give_it_out*' \
        --callgrind-out-file="$out/counts" "$program" "$home" 2>"$out/errors") || {
        cat "$out/errors" >&2
        exit 1
    }
    own=$(callgrind_annotate --threshold=100 "$out/counts" | awk '
        /^ *[0-9,]+ / && !/PROGRAM TOTALS|libc\.so|ld-linux|malloc|sysdeps/ { gsub(",", "", $1); sum += $1 }
        END { print sum }')
    echo "$release $own"
done | sort | uniq -c | tee "$out/table"
releases=$(awk '{ print $2 }' "$out/table" | sort -u | wc -l)
[ "$(wc -l <"$out/table")" = "$releases" ] || { echo "homes of one release differ"; exit 1; }
awk '$3 < 1000 { exit 1 }' "$out/table" || { echo "nothing was counted"; exit 1; }
