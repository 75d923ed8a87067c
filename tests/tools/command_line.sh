#!/usr/bin/env bash
# Every command explains itself, and wrong use ends with 2 and a reason.
set -uo pipefail
tactus=$1 failed=0
check() {  # EXPECTED-CODE WHAT COMMAND…
  local expected=$1 what=$2; shift 2
  local output code
  output=$("$@" 2>&1 </dev/null); code=$?
  if [ "$code" -ne "$expected" ] || [ -z "$output" ]; then
    echo "FAILED: $what: code $code, expected $expected; said: ${output:0:200}"; failed=1
  fi
}
check 2 "no command" "$tactus"
check 2 "unknown command" "$tactus" serv
for command in serve devices record replay stop step emulate layer doctor bake demo; do
  check 0 "$command --help" "$tactus" "$command" --help
  check 2 "$command --nonsense" "$tactus" "$command" --nonsense
done
check 1 "replay of nothing" "$tactus" replay /nonexistent.mcap
check 1 "replay of another file" "$tactus" replay "$0"
check 1 "bake of nothing" "$tactus" bake /nonexistent.glb
check 2 "layer without a verb" "$tactus" layer
check 2 "layer with an unknown verb" "$tactus" layer enabled
check 1 "layer without a home" env -u HOME -u XDG_DATA_HOME "$tactus" layer status
check 1 "demo with no motion" "$tactus" demo --motion /nonexistent.bvh --out "$(mktemp -d)"
[ "$failed" -eq 0 ] && echo "every command explains itself"
exit "$failed"
