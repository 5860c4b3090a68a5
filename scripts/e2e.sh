#!/bin/bash
# Drives the portal in a browser; arguments go to the test runner. With CC_TEST_POSTGRES_URL set,
# on PostgreSQL too.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
scripts/site.sh
cargo build --package server
cd end2end
exec npx --no-install playwright test "$@"
