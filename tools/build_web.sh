#!/usr/bin/env bash
# Builds the pages into the folder given; installs what they need from npm first, as package-lock.json says. Called by CMake.
set -euo pipefail
out=$(realpath -m "$1")
cd "$(dirname "$0")/../web"
# Two builds at once (release and dev) share node_modules.
exec 9>node_modules.lock
flock 9
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  install() { npm ci --no-audit --no-fund --loglevel=error "$@" >&2; }
  if ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'; then
    # Debian 12's node is too old, and an npm that runs on it leaves out what needs a newer one. So first only the node that package.json
    # brings, then everything by it; Debian's npm has its own parts outside that node's reach.
    install --omit=dev
    own=$(mktemp -d)
    trap 'rm -rf "$own"' EXIT
    cp node_modules/node-linux-*/bin/node "$own/"
    rm node_modules/.package-lock.json  # says that all is there
    PATH="$own:$PATH" NODE_PATH=/usr/share/nodejs install
    # npm 9 forgets this link, which the scripts of package.json go by.
    (cd node_modules/.bin && ln -sf ../node-linux-*/bin/node .)
  else
    install
  fi
fi
WEB_OUT="$out" npm run --silent build >&2
