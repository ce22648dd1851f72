#!/usr/bin/env bash
# Counts the instructions of giving out a release on so many homes, under valgrind, and fails if two homes of one release
# differ. Minutes.
#     benches/giving_out.sh [HOMES]
#
# All instructions of the program are counted but those of the system's allocator and copying: where the allocator finds
# room, and when it gives memory back to the system (`brk`, which the table names without its library), depends on what
# else the process has freed, the key of a home among it, by up to 0.3 % of all.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v valgrind >/dev/null; then
    echo "valgrind is not installed: instructions were not counted"
    exit 0
fi
homes="${1:-100}"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
program=$(cargo test --no-run --bench giving_out --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"giving_out".*"executable":"\([^"]*\)".*/\1/p' | tail -1) || true
[ -n "$program" ] || { echo "benches/giving_out does not build"; exit 1; }
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
