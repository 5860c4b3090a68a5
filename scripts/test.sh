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

# The compiler that also lints saves compiling everything twice, and a warning is an error. The site is
# optimised as one piece, which keeps one processor busy for minutes: the host's code is built beside it.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver CARGO_BUILD_WARNINGS=deny
scripts/site.sh > "$folder/site.log" 2>&1 &
site=$!
site_is_built() { wait "$site"; local answer=$?; cat "$folder/site.log"; return "$answer"; }
code() { cargo test --quiet --workspace --exclude frontend --no-fail-fast "$@"; }
step 'building the code' code --no-run
step 'site' site_is_built
step 'size of the site' node scripts/size.mjs
# The browser drives the program that was built for these.
step 'code, on SQLite and PostgreSQL' code
step 'killed on the way' env CUSTOMER_CENTER="$PWD/target/debug/customer-center" python3 scripts/kill.py 3
step 'demo data' python3 -m unittest demo/test_convert.py
step 'style' npm run --silent test:style
step 'portal in a browser' env CUSTOMER_CENTER="$PWD/target/debug/customer-center" scripts/e2e.sh
# As released and as developers build it: the site within the binary, and the gallery of components.
gallery() {
    code --no-run --features server/embed,server/gallery &&
        env CC_GALLERY=1 CUSTOMER_CENTER="$PWD/target/debug/customer-center" scripts/e2e.sh --project=gallery
}
step 'gallery, in the program with the site inside' gallery
step 'lints' scripts/lint.sh rest

printf '\n'
for name in ${failed[@]+"${failed[@]}"}; do echo "failed: $name"; done
echo "steps: $passed passed, ${#failed[@]} failed"
[ "${#failed[@]}" -eq 0 ]
