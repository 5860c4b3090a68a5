#!/bin/bash
# Form and style of the code, for the host and for the browser. "lint.sh rest" leaves out what the
# builds of the tests lint.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh build
cargo fmt --all --check
if [ "${1:-}" != rest ]; then
    # `frontend` exists only for the browser; the two builds must never share their features.
    cargo clippy --quiet --workspace --exclude frontend --all-targets -- -D warnings
    cargo clippy --quiet --package frontend --target wasm32-unknown-unknown -- -D warnings
fi
npm run --silent lint:style
if cargo deny --version > /dev/null 2>&1; then
    cargo deny --log-level error check --hide-inclusion-graph bans licenses sources
else
    echo 'lint: cargo-deny is not installed; dependencies are not checked'
fi
