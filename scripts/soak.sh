#!/bin/bash
# What takes long: a hundred rounds of every race, ten thousand users switched off, how long answers take, fifty kills,
# and two companies under load for SOAK_MINUTES (30). SOAK_ROUNDS and SOAK_KILLS change the first and the fourth.
# CUSTOMER_CENTER names a program that is built already. Wants a machine that does nothing else.
set -uo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test || exit 1
scripts/site.sh || exit 1
if [ -z "${CUSTOMER_CENTER:-}" ]; then cargo build --quiet --package server || exit 1; fi

folder=$(mktemp -d)
chmod 755 "$folder"
stop_postgres() { if [ -d "$folder/postgres/data" ]; then scripts/postgres.sh stop "$folder/postgres"; fi; rm -rf "$folder"; }
trap stop_postgres EXIT
trap 'exit 130' INT TERM
CC_TEST_POSTGRES_URL=$(scripts/postgres.sh start "$folder/postgres") || exit 1
export CC_TEST_POSTGRES_URL

failed=0
step() {
    local name=$1
    shift
    local started=$SECONDS
    if "$@"; then echo "== $name: passed in $((SECONDS - started)) s"; else echo "== $name: FAILED after $((SECONDS - started)) s"; failed=1; fi
}

step "races, ${SOAK_ROUNDS:-100} rounds" env CC_TEST_ROUNDS="${SOAK_ROUNDS:-100}" cargo test --quiet --package center --test portal -- --test-threads 1 races::
step '10,000 users switched off' env CC_TEST_ROUNDS=100 cargo test --quiet --package center --test portal -- --nocapture matching::more_than_a_step
step 'times' env CC_TEST_TIMES=1 cargo test --quiet --package center --test portal -- --nocapture timing::known
step "${SOAK_KILLS:-50} kills" python3 scripts/kill.py "${SOAK_KILLS:-50}"
step 'two companies' python3 scripts/soak.py "${SOAK_MINUTES:-30}"
exit "$failed"
