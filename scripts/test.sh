#!/bin/bash
# Everything that can fail, in one command: form, code on both databases, demo data, style, size of
# the site, and the portal in a browser. Goes on after a failure and names all of them at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

passed=0
failed=()
step() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    local started=$SECONDS
    if "$@"; then passed=$((passed + 1)); else failed+=("$name"); fi
    printf '== %s: %d s\n' "$name" $((SECONDS - started))
}

scripts/setup.sh test || exit 1

folder=$(mktemp -d)
chmod 755 "$folder"
stop_postgres() { if [ -d "$folder/postgres/data" ]; then scripts/postgres.sh stop "$folder/postgres"; fi; rm -rf "$folder"; }
trap stop_postgres EXIT
trap 'exit 130' INT TERM
CC_TEST_POSTGRES_URL=$(scripts/postgres.sh start "$folder/postgres") || exit 1
export CC_TEST_POSTGRES_URL

step 'site' scripts/site.sh
step 'size of the site' node scripts/size.mjs
# This builds the program, too; the browser drives it. The compiler that also lints saves compiling
# everything twice, and a warning is an error.
step 'code, on SQLite and PostgreSQL' env RUSTC_WORKSPACE_WRAPPER=clippy-driver CARGO_BUILD_WARNINGS=deny \
    cargo test --quiet --workspace --exclude frontend --no-fail-fast
step 'killed on the way' env CUSTOMER_CENTER="$PWD/target/debug/customer-center" python3 scripts/kill.py 3
step 'demo data' python3 -m unittest demo/test_convert.py
step 'style' npm run --silent test:style
step 'portal in a browser' env CUSTOMER_CENTER="$PWD/target/debug/customer-center" scripts/e2e.sh
step 'lints' scripts/lint.sh rest

printf '\n'
for name in ${failed[@]+"${failed[@]}"}; do echo "failed: $name"; done
echo "steps: $passed passed, ${#failed[@]} failed"
[ "${#failed[@]}" -eq 0 ]
