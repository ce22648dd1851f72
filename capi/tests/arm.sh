#!/usr/bin/env bash
# The same bytes on ARM: what a robot releases and stores (state, keys, log) on the maps given, through the C functions, made under
# qemu, compared with this machine's.
#
#   capi/tests/arm.sh MAP.json...
#
# Needs, and says which is missing: zig (PyPI: ziglang), which compiles C for each target and brings its C library, qemu-user
# (qemu-aarch64-static, qemu-arm-static), and for each target either Rust's standard library (rustup target add TARGET) or a
# nightly toolchain with rust-src, named by HOMEVEIL_ARM_TOOLCHAIN (+NAME), with which it is built too. Nothing is linked by cargo.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
toolchain=${HOMEVEIL_ARM_TOOLCHAIN:-}
zig=${HOMEVEIL_ZIG:-zig}
work=$(mktemp -d)
cd "$here/.."
trap 'rm -r "$work"' EXIT
maps=("$@")
target_dir=${CARGO_TARGET_DIR:-$here/../target}

[ $# -gt 0 ] || { echo "usage: capi/tests/arm.sh MAP.json..."; exit 2; }
$zig version >/dev/null 2>&1 || { echo "skipped: zig is not installed"; exit 0; }

live() { # FOLDER LIBRARY C_COMPILER RUN...: what a robot stores and prints, on each map
    local out=$1 library=$2 cc=$3 map name
    shift 3
    $cc -std=c99 -O1 -I "$here/include" "$here/tests/year.c" "$library" -lpthread -lm $unwinding -o "$out.year"
    for map in "${maps[@]}"; do
        name=$(basename "$map" .json)
        mkdir -p "$out/$name/store"
        "$@" "$out.year" "$out/$name/store" "$map" 3 >"$out/$name/printed.txt" 2>/dev/null
    done
}

cargo rustc --quiet --release -p homeveil-capi --crate-type staticlib
unwinding="-ldl -lrt -lgcc_s"
live "$work/here" "$target_dir/release/libhomeveil.a" "${CC:-cc}" env
for pair in aarch64-unknown-linux-musl:qemu-aarch64-static armv7-unknown-linux-musleabihf:qemu-arm-static; do
    target=${pair%%:*}
    qemu=${pair##*:}
    command -v "$qemu" >/dev/null || { echo "$target skipped: $qemu is not installed"; continue; }
    if [ -z "$toolchain" ] && [ ! -d "$(rustc --print target-libdir --target "$target")" ]; then
        echo "$target skipped: rustup target add $target, or HOMEVEIL_ARM_TOOLCHAIN"
        continue
    fi
    # shellcheck disable=SC2086
    cargo $toolchain rustc --quiet --release ${toolchain:+-Zbuild-std=std,panic_abort} --target "$target" \
        -p homeveil-capi --crate-type staticlib
    unwinding=-lunwind
    # As zig names it: aarch64-linux-musl, arm-linux-musleabihf.
    named=$(sed 's/armv7/arm/; s/-unknown//' <<<"$target")
    live "$work/$target" "$target_dir/$target/release/libhomeveil.a" "$zig cc -target $named -static" "$qemu"
    diff -r "$work/here" "$work/$target"
    echo "$target: $(find "$work/$target" -type f | wc -l) files, all as here"
done
