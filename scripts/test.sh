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

# The rules, the import and the mails, on both databases. The whole use cases (`--test portal`), the
# host's and the pages' own tests are run by `cargo test --workspace --exclude frontend`.
rust_tests() {
    cargo test --quiet --package model &&
        cargo test --quiet --package center --no-fail-fast --lib --test import --test mail_files --test mail_render \
            --test mail_smtp --test mail_worker
}

scripts/setup.sh test || exit 1

folder=$(mktemp -d)
chmod 755 "$folder"
stop_postgres() { if [ -d "$folder/postgres/data" ]; then scripts/postgres.sh stop "$folder/postgres"; fi; rm -rf "$folder"; }
trap stop_postgres EXIT
trap 'exit 130' INT TERM
CC_TEST_POSTGRES_URL=$(scripts/postgres.sh start "$folder/postgres") || exit 1
export CC_TEST_POSTGRES_URL

step 'form of the code' cargo fmt --all --check
step 'form of the style' npm run --silent lint:style
step 'site' scripts/site.sh
step 'size of the site' node scripts/size.mjs
step 'code, on SQLite and PostgreSQL' rust_tests
step 'demo data' python3 -m unittest demo/test_convert.py
step 'style' npm run --silent test:style
if [ -f end2end/package.json ]; then step 'portal in a browser' scripts/e2e.sh --project=no-js journey.spec.ts; fi

printf '\n'
for name in ${failed[@]+"${failed[@]}"}; do echo "failed: $name"; done
echo "steps: $passed passed, ${#failed[@]} failed"
[ "${#failed[@]}" -eq 0 ]
