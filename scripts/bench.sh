#!/bin/bash
# Measures a release build and writes what it found into docs/quality.md.
#   bench.sh                all of it, about an hour
#   bench.sh PART...        some of it: size, start, lighthouse, users, scale, customers, import
# Each part writes its own section and leaves the others as they are. Nothing else should run meanwhile.
# BENCH_USERS=1000000, BENCH_COMPANY=100000 and BENCH_SECONDS=10 can be set lower to try it out.
set -euo pipefail
cd "$(dirname "$0")/.."
parts=(size start lighthouse users scale customers import)
if [ "$#" -gt 0 ]; then parts=("$@"); fi
scripts/setup.sh test
scripts/site.sh
cargo build --release --package server --bins --example bare_users
folder=$(mktemp -d)
chmod 755 "$folder"
clean() {
    if [ -d "$folder/postgres" ]; then scripts/postgres.sh stop "$folder/postgres"; fi
    rm -rf "$folder"
}
trap clean EXIT
for part in "${parts[@]}"; do
    echo "bench: $part"
    node "scripts/bench/$part.mjs" "$folder"
done
