#!/bin/bash
# Drives the portal in a browser; arguments go to the test runner. With CC_TEST_POSTGRES_URL set,
# on PostgreSQL too. CUSTOMER_CENTER names a program that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
scripts/site.sh
if [ -z "${CUSTOMER_CENTER:-}" ]; then cargo build --package server; fi
cd end2end
exec npx --no-install playwright test "$@"
