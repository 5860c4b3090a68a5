# Thin: what is more than a line lives in scripts/.
.PHONY: help setup site run dev test lint e2e soak bench release clean

# The browser's tools (wasm-opt, Playwright) are packages of the project itself.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

help: ## Lists what can be made.
	@sed -n 's/^\([a-z0-9]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: ## Installs what building and testing need.
	@scripts/setup.sh test

site: ## Builds style and wasm, hashed and compressed, into target/site; does nothing when they are up to date.
	@scripts/setup.sh build
	@scripts/site.sh

run: site ## Starts the portal with demo data and prints where to sign in and as whom.
	cargo build --package server
	target/debug/customer-center demo

dev: ## Starts the demo with the browser reloading on every change.
	@scripts/setup.sh build
	@scripts/dev.sh

test: ## Runs everything that can fail: code, style, databases, browser, size.
	@scripts/test.sh

lint: ## Checks form and style of the code.
	@scripts/lint.sh

e2e: site ## Drives the portal in a browser.
	@scripts/e2e.sh

soak: ## Races, kills and two companies under load, for about an hour (SOAK_MINUTES, SOAK_ROUNDS, SOAK_KILLS).
	@scripts/soak.sh

bench: ## Measures size, speed and memory into docs/quality.md, for about an hour.
	@scripts/bench.sh

release: ## Leaves one self-contained binary in target/release.
	@scripts/setup.sh build
	@scripts/site.sh
	cargo build --release --locked --package server --features embed
	@ls -l target/release/customer-center

clean: ## Removes everything that was built.
	cargo clean
	rm -rf node_modules end2end/node_modules
