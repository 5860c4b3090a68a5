#!/bin/bash
# The demo, rebuilt and reloaded on every change. Names carry no hashes, so that the host finds
# each new build under the old name.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
npm run --silent style
LEPTOS_HASH_FILES=false exec cargo leptos watch --split -- demo
