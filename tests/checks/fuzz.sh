#!/usr/bin/env bash
# Runs every fuzzer of a build for some seconds each; a crash is a failure and its input is kept.
set -uo pipefail
build=$1 seconds=$2
mkdir -p "$build/corpus" "$build/crashes"
failed=0 count=0
for fuzzer in "$build"/bin/*_fuzz; do
  name=$(basename "$fuzzer")
  mkdir -p "$build/corpus/$name"
  count=$((count + 1))
  if "$fuzzer" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
      -artifact_prefix="$build/crashes/$name-" "$build/corpus/$name" >"$build/$name.log" 2>&1; then
    echo "$name: $(grep -m1 number_of_executed_units "$build/$name.log" | grep -oE '[0-9]+') inputs"
  else
    echo "$name: FAILED"; tail -n 20 "$build/$name.log"; failed=$((failed + 1))
  fi
done
echo "$count fuzzers, $failed failed"
[ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
