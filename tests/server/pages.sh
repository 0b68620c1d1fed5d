#!/usr/bin/env bash
# The pages: types, the linted contract, and the walks in Chromium (web/e2e). $ZIELWERK_SHOTS: a folder for pictures of every page.
set -euo pipefail
cd "$(dirname "$0")/../../web"
export PATH="$PWD/node_modules/.bin:$PATH" REDOCLY_TELEMETRY=off
svelte-check --fail-on-warnings --output machine --tsconfig tsconfig.json
redocly lint ../docs/api/openapi.json
node --test english.test.mjs
node --test --test-concurrency=1 e2e/*.test.mjs
