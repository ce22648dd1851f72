#!/bin/sh
# The bill of materials (CycloneDX, JSON) of what firmware links: the C library as `make firmware` builds it.
#     capi/sbom.sh > homeveil.cdx.json
# Needs `cargo install cargo-cyclonedx`, which joins the features of all packages of a workspace: so the library is
# looked at in a workspace of its own, with the versions of the lock file.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

cp ../Cargo.lock build.rs "$work/"
cp -r src "$work/"
sed "s|path = \"..\"|path = \"$(cd .. && pwd)\"|" Cargo.toml > "$work/Cargo.toml"
echo '[workspace]' >> "$work/Cargo.toml"
cargo cyclonedx --manifest-path "$work/Cargo.toml" --no-default-features --features os-rng --format json >&2
sed "s|$(cd .. && pwd)|.|g; s|$work|capi|g" "$work/homeveil-capi.cdx.json"
