#!/usr/bin/env bash
# Runs every fuzz target for SECONDS (default 60) on its corpus; new inputs stay in build/, a crash is left beside it and fails.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
passed=0
failed=0
for binary in build/fuzz/fuzz/fuzz_*; do
  [ -x "$binary" ] && [ -f "$binary" ] || continue
  target=${binary##*/fuzz_}
  found=build/fuzz/found/$target
  options=()
  [ -f "fuzz/words/$target" ] && options=("-dict=fuzz/words/$target")
  # Those with a store keep what they allocate: looking for leaks after each input would find it again and again; once at the end is enough.
  [[ $target =~ ^(request|changes)$ ]] && options+=(-detect_leaks=0)
  mkdir -p "$found"
  echo "fuzz $target, $seconds s"
  if "$binary" -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=25 -print_final_stats=0 -verbosity=0 -artifact_prefix="$found/crash-" \
      "${options[@]}" "$found" "fuzz/corpus/$target" >"$found.log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    tail -30 "$found.log"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
