#!/bin/sh
# Fuzzes every target for some minutes, 15 by default: fuzz/run.sh [MINUTES] [TARGET ...]
# Ends with an error when something is found, and lists the inputs. Needs a nightly toolchain.
set -u
cd "$(dirname "$0")" || exit 2
minutes=15
case "${1:-}" in '' | *[!0-9]*) ;; *) minutes=$1; shift ;; esac
[ $# -gt 0 ] || set -- pipeline refits outbox changed_release map_file valetudo map_server_yaml png pgm drawing \
    release_json key_bytes keeper_state
command -v cargo-fuzz > /dev/null || cargo install cargo-fuzz || exit 2
failed=
for target in "$@"; do
    mkdir -p "corpus/$target"
    echo "== $target, $minutes minutes"
    cargo +nightly fuzz run "$target" "corpus/$target" "seeds/$target" -- \
        -max_total_time=$((minutes * 60)) -timeout=30 -max_len=65536 -print_final_stats=1 || failed="$failed $target"
done
if [ -n "$failed" ]; then
    echo "found something:$failed"
    find artifacts -type f
    exit 1
fi
echo "nothing found"
