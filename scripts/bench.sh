#!/bin/bash
# Measures how fast the portal answers: a release build with the demo's data, asked over loopback.
# Seconds of measuring per page: bench.sh [10]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh build
scripts/site.sh
cargo build --release --package server
folder=$(mktemp -d)
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
target/release/customer-center demo --listen "127.0.0.1:$port" --database-url "sqlite:$folder/demo.sqlite" \
    --mail-dir "$folder/mail" > "$folder/log" 2>&1 &
portal=$!
trap 'kill -INT $portal 2> /dev/null || true; wait $portal 2> /dev/null || true; rm -rf "$folder"' EXIT
node scripts/bench.mjs "http://127.0.0.1:$port" "${1:-10}" || { cat "$folder/log" >&2; exit 1; }
