#!/usr/bin/env bash
# The same bytes on ARM: release and key of the sample home and of the maps given, made under qemu, compared with this machine's.
#
#   capi/tests/arm.sh [MAP...]
#
# Needs, and says which is missing: cargo-zigbuild and zig (PyPI: cargo-zigbuild, ziglang), qemu-user (qemu-aarch64-static,
# qemu-arm-static), and for each target either its standard library (rustup target add TARGET) or a nightly toolchain with
# rust-src, named by HOMEVEIL_ARM_TOOLCHAIN (+NAME), with which the standard library is built too. A C library of the target lies
# in /usr/TARGET_TRIPLE, as Debian's libc6-dev-arm64-cross has it, or where QEMU_LD_PREFIX says.
set -euo pipefail
cd "$(dirname "$0")/../.."
toolchain=${HOMEVEIL_ARM_TOOLCHAIN:-}
std=${toolchain:+-Zbuild-std=std,panic_abort}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

command -v cargo-zigbuild >/dev/null || { echo "skipped: cargo-zigbuild is not installed"; exit 0; }

draw() { # FOLDER COMMAND...
    local out=$1 map
    shift
    "$@" --seed 7 --out "$out/sample" >/dev/null
    for map in "${maps[@]}"; do
        "$@" "$map" --seed 7 --unlabelled keep --out "$out/$(basename "$map")" >/dev/null || true
    done
}

maps=("$@")
cargo build --quiet --release -p homeveil-examples --example anonymize
draw "$work/here" "${CARGO_TARGET_DIR:-target}/release/examples/anonymize"
for pair in aarch64-unknown-linux-gnu:qemu-aarch64-static armv7-unknown-linux-gnueabihf:qemu-arm-static; do
    target=${pair%%:*}
    qemu=${pair##*:}
    command -v "$qemu" >/dev/null || { echo "$target skipped: $qemu is not installed"; continue; }
    # shellcheck disable=SC2086
    cargo $toolchain zigbuild --quiet --release $std --target "$target.2.17" -p homeveil-examples --example anonymize
    draw "$work/$target" "$qemu" "${CARGO_TARGET_DIR:-target}/$target/release/examples/anonymize"
    diff -r "$work/here" "$work/$target"
    echo "$target: $(find "$work/$target" -type f | wc -l) files, all as here"
done
