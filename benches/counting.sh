# What the scripts next to it share; they source it from their first lines. Goes to the root of the repository, ends
# where valgrind is missing, makes a folder that is gone in the end, and knows how to build a benchmark.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! command -v valgrind >/dev/null; then
    echo "valgrind is not installed: instructions were not counted"
    exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# The program of a benchmark, in the profile of the tests, whose build is there already; parts compiled one by one would
# be other code.
program_of() {
    local program
    program=$(CARGO_INCREMENTAL=0 cargo test --no-run --bench "$1" --message-format=json 2>/dev/null |
        sed -n "s/.*\"name\":\"$1\".*\"executable\":\"\([^\"]*\)\".*/\1/p" | tail -1) || true
    [ -n "$program" ] || { echo "benches/$1 does not build" >&2; return 1; }
    echo "$program"
}
