#!/usr/bin/env bash
# clang-tidy over all sources (not the tests); the compilers' own warnings are the builds'. Results are remembered by content, so a second
# run only looks at what changed.
#   --deep   with the analyzer, too, which takes as long as all other checks together (`./test --long`)
set -euo pipefail
cd "$(dirname "$0")/.."
remembered=build/tidy
mkdir -p "$remembered"
checks=-clang-analyzer-*
[ "${1:-}" = --deep ] && checks=
# A source is judged again when it, any header, or the checks changed.
headers=$(cat .clang-tidy src/*/*.h src/*/*/*.h build/release/CMakeCache.txt <(echo "$checks") | sha256sum)
export headers remembered checks
judge() {
  local key
  key=$(printf '%s' "$headers" | cat - "$1" | sha256sum | cut -c1-32)
  [ -f "$remembered/$key" ] && exit 0
  clang-tidy-14 --quiet -p build/release --checks="$checks" --extra-arg=-w "$1" 2>/dev/null && touch "$remembered/$key"
}
export -f judge
# clang 14 cannot read the coroutines of libstdc++ 12, so the two sources that use them are left to the compiler.
git ls-files 'src/*.cpp' | grep -v '_test\.cpp$' | grep -vx -e src/server/server.cpp -e src/server/fetch.cpp | xargs -P "$(nproc)" -I{} bash -c 'judge {} || { echo "clang-tidy: {}"; exit 1; }'
echo "clang-tidy: keine Befunde"
