#!/bin/bash
# Measures a release build: size, start, memory, Lighthouse, and how fast the list of users of a company of
# 100,000 in a database of 1,000,000 answers on one processor, beside a bare axum handler. Writes what it
# found into docs/quality.md. bench.sh [seconds of each measurement] [users]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test
scripts/site.sh
cargo build --release --package server --bins --example bare_users
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
node scripts/bench.mjs "$folder" "${1:-10}" "${2:-1000000}"
