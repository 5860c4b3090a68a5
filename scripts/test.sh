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

rust_tests() {
    if cargo nextest --version > /dev/null 2>&1; then
        cargo nextest run --workspace --exclude frontend --no-fail-fast
    else
        cargo test --quiet --workspace --exclude frontend --no-fail-fast
    fi
}

scripts/setup.sh test || exit 1

folder=$(mktemp -d)
chmod 755 "$folder"
stop_postgres() { if [ -d "$folder/postgres/data" ]; then scripts/postgres.sh stop "$folder/postgres"; fi; rm -rf "$folder"; }
trap stop_postgres EXIT
trap 'exit 130' INT TERM
CC_TEST_POSTGRES_URL=$(scripts/postgres.sh start "$folder/postgres") || exit 1
export CC_TEST_POSTGRES_URL

step 'form and style of the code' scripts/lint.sh
step 'site' scripts/site.sh
step 'size of the site' node scripts/size.mjs
step 'code, on SQLite and PostgreSQL' rust_tests
step 'demo data' python3 -m unittest demo/test_convert.py
step 'style' npm run --silent test:style
if [ -f end2end/package.json ]; then step 'portal in a browser' scripts/e2e.sh; fi

printf '\n'
for name in ${failed[@]+"${failed[@]}"}; do echo "failed: $name"; done
echo "steps: $passed passed, ${#failed[@]} failed"
[ "${#failed[@]}" -eq 0 ]
