#!/bin/bash
# Form and style of the code, for the host and for the browser. "lint.sh rest" leaves out the host's
# code, which the tests' build lints.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh build
cargo fmt --all --check
# `frontend` exists only for the browser; the two builds must never share their features.
if [ "${1:-}" != rest ]; then cargo clippy --quiet --workspace --exclude frontend --all-targets -- -D warnings; fi
cargo clippy --quiet --package frontend --target wasm32-unknown-unknown -- -D warnings
npm run --silent lint:style
if cargo deny --version > /dev/null 2>&1; then
    cargo deny --log-level error check --hide-inclusion-graph bans licenses sources
else
    echo 'lint: cargo-deny is not installed; dependencies are not checked'
fi
