#!/usr/bin/env bash
# Random lives of a device, ten years each, with power cuts, updates, moves and wrong clocks: 10,000 by default. The quick
# form is in `cargo test`.
#     tests/lives.sh [LIVES]
set -euo pipefail
cd "$(dirname "$0")/.."
HOMEVEIL_CASES="${1:-10000}" exec cargo test --release --test integration keeper::
