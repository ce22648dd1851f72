#!/usr/bin/env bash
# Power cuts, faults, small disks and other hands on a keeper's folder: minutes. The quick form is in `cargo test`.
#     tests/crashes.sh [KILLS [FAULTS]]
set -euo pipefail
cd "$(dirname "$0")/.."
HOMEVEIL_KILLS="${1:-5000}" HOMEVEIL_FAULTS="${2:-200}" exec cargo test --release --test crashes
