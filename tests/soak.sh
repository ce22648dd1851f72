#!/usr/bin/env bash
# The laws of the promise on many random homes: 100,000 a law by default, hours on two cores.
#     tests/soak.sh [CASES]
set -euo pipefail
cd "$(dirname "$0")/.."
HOMEVEIL_CASES="${1:-100000}" exec cargo test --release --test promise
