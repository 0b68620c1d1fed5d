#!/usr/bin/env bash
# Builds the pages into the folder given; installs what they need from npm first, as package-lock.json says. Called by CMake.
set -euo pipefail
out=$(realpath -m "$1")
cd "$(dirname "$0")/../web"
# Two builds at once (release and dev) share node_modules.
exec 9>node_modules.lock
flock 9
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error >&2
fi
WEB_OUT="$out" npm run --silent build >&2
