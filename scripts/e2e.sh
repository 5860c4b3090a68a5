#!/bin/bash
# Drives the portal in a browser; arguments go to the test runner.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
scripts/site.sh
cargo build --quiet --package server
CC_BINARY=$PWD/target/debug/customer-center
export CC_BINARY
cd end2end
exec npx --no-install playwright test "$@"
