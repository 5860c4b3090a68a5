#!/bin/bash
# setup.sh build   installs what building and running need
# setup.sh test    and what the tests need
# Installs only what is missing, so a second call is quick.
set -euo pipefail
cd "$(dirname "$0")/.."

CARGO_LEPTOS=0.3.11
# The crate and the command have to be of the very same version.
WASM_BINDGEN=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
TOOLCHAIN=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)

say() { printf 'setup: %s\n' "$*"; }
missing() { ! command -v "$1" > /dev/null; }
version_is() { [ "$("$@" --version 2> /dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1)" = "$WANTED" ]; }

# Packages of the system, as Debian names them, by a command or file that shows they are there.
packages=()
need() { if ! eval "$1" > /dev/null 2>&1; then packages+=("${@:2}"); fi; }
need 'command -v cc' build-essential
need 'command -v node && command -v npm' nodejs npm
if [ "$1" = test ]; then
    need 'command -v chromium-headless-shell' chromium-headless-shell fonts-liberation
    need 'ls /usr/lib/postgresql/*/bin/initdb' postgresql
    need 'command -v openssl' openssl
    need 'python3 -c "import ensurepip, venv"' python3 python3-venv
fi
if [ "${#packages[@]}" -gt 0 ]; then
    if [ "$(id -u)" = 0 ] && ! missing apt-get; then
        say "installs ${packages[*]}"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
    else
        say "needs ${packages[*]}; install them with the system's package manager" >&2
        exit 1
    fi
fi

if ! { missing node || node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)'; }; then
    say "needs Node 20.19 or newer; this is $(node --version)" >&2
    exit 1
fi
if missing rustup; then
    say 'needs rustup, the installer of Rust' >&2
    exit 1
fi
if ! rustup run "$TOOLCHAIN" rustc --print target-libdir --target wasm32-unknown-unknown 2> /dev/null | xargs -r test -d ||
    ! rustup run "$TOOLCHAIN" cargo clippy --version > /dev/null 2>&1; then
    say "installs Rust $TOOLCHAIN"
    rustup toolchain install "$TOOLCHAIN" --profile minimal --component clippy,rustfmt --target wasm32-unknown-unknown
fi

# Built fast rather than to be fast; but what is not optimised at all takes minutes for the program's wasm.
install_tool() {
    say "installs $1 $2"
    if cargo binstall -V > /dev/null 2>&1; then
        cargo binstall --no-confirm "$1@$2" && return
    fi
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        cargo install "$1" --version "$2" "${@:3}"
}
WANTED=$CARGO_LEPTOS version_is cargo leptos ||
    install_tool cargo-leptos "$CARGO_LEPTOS" --no-default-features --features no_downloads --locked
WANTED=$WASM_BINDGEN version_is wasm-bindgen ||
    install_tool wasm-bindgen-cli "$WASM_BINDGEN"

packages_of() {
    if [ ! -f "$1/node_modules/.package-lock.json" ] || [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then
        say "installs the packages of $1/package.json"
        (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error)
    fi
}
packages_of .
if [ "$1" = test ] && [ -f end2end/package.json ]; then packages_of end2end; fi
