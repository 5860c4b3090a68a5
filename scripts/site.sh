#!/bin/bash
# Builds the site into target/site: style, script and wasm with the hash of their content in their
# names, each also as brotli and gzip. Does nothing when nothing has changed since.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

STAMP=target/site.stamp
sources=(app frontend style assets Cargo.toml Cargo.lock rust-toolchain.toml package-lock.json scripts/site.sh)
if [ -f "$STAMP" ] && [ -d target/site/pkg ] && [ -z "$(find "${sources[@]}" -newer "$STAMP" -print -quit)" ]; then
    exit 0
fi
rm -f "$STAMP"
started=$(mktemp)
trap 'rm -f "$started"' EXIT
npm run --silent style
cargo leptos build --frontend-only --release --precompress --split
# A file that changed while the build ran is newer than its beginning.
touch -r "$started" "$STAMP"
