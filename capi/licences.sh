#!/bin/sh
# What firmware links, with its licences: the rows of the table in docs/firmware-duties.md. A test compares.
#     capi/licences.sh
set -eu
cd "$(dirname "$0")"
${CARGO:-cargo} tree --locked --package homeveil-capi --no-default-features --features os-rng \
    --edges normal,no-proc-macro --prefix none --format '{p}|{l}' --target x86_64-unknown-linux-gnu \
    --target aarch64-unknown-linux-musl --target armv7-unknown-linux-musleabihf |
    awk -F'|' 'NF == 2 { sub(/ \(\*\)$/, "", $2); sub(/ .*/, "", $1); print "| `" $1 "` | " $2 " |" }' |
    LC_ALL=C sort -u
