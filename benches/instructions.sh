#!/usr/bin/env bash
# Counts the instructions of finding rooms, of a home, a release, a release with its key and a refit on six made-up homes,
# under valgrind, and fails where one takes more than 3 % more than in benches/instructions/baseline.txt. A minute.
#     benches/instructions.sh [--renew]
#
# --renew writes the baseline; it belongs into the commit that changes what a stage costs. Another compiler makes other code:
# the baseline names its own, and under another one the table is printed and nothing fails.
set -euo pipefail
source "$(dirname "$0")/counting.sh"
baseline=benches/instructions/baseline.txt
program=$(program_of instructions)
for home in 0 1 2 3 4 5; do
    valgrind --tool=callgrind --collect-atstart=no --toggle-collect='*instructions*counted_*' \
        --callgrind-out-file="$out/counts" "$program" "$home" 2>/dev/null
    callgrind_annotate --inclusive=yes --threshold=100 "$out/counts" | awk -v home="$home" '
        match($0, /instructions::counted_[a-z_]+/) {
            stage = substr($0, RSTART + 22, RLENGTH - 22)
            gsub(",", "", $1)
            if ($1 > most[stage]) most[stage] = $1
        }
        END { for (stage in most) print stage, "home-" home, most[stage] }'
done | sort >"$out/table"
awk '$3 < 1000 { exit 1 }' "$out/table" || { echo "nothing was counted"; exit 1; }
[ "$(wc -l <"$out/table")" -eq 30 ] || { echo "something was not counted"; exit 1; }
{ echo "# $(rustc --version)"; cat "$out/table"; } >"$out/new"
if [ "${1:-}" = --renew ]; then
    cp "$out/new" "$baseline"
    echo "$baseline is written"
    exit 0
fi
awk '
    NR == FNR { if (/^#/) compiler = $0; else before[$1 " " $2] = $3; next }
    /^#/ { gated = $0 == compiler; if (!gated) print "counted with another compiler than the baseline: nothing fails"; next }
    {
        was = before[$1 " " $2]
        change = was ? 100 * ($3 - was) / was : 0
        printf "%-16s %-8s %12d %+7.1f %%\n", $1, $2, $3, change
        if (!was) { print "  is not in the baseline"; failed = gated }
        if (change > 3) { print "  takes more than 3 % more"; failed = gated }
        if (change < -3) less = 1
    }
    END {
        if (less) print "some take less: benches/instructions.sh --renew"
        exit failed
    }
' "$baseline" "$out/new"
