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
for command in serve devices calibrate trackers record replay stop step emulate layer doctor bake demo; do
  check 0 "$command --help" "$tactus" "$command" --help
  check 2 "$command --nonsense" "$tactus" "$command" --nonsense
done
check 1 "replay of nothing" "$tactus" replay /nonexistent.mcap
check 1 "replay of another file" "$tactus" replay "$0"
check 1 "bake of nothing" "$tactus" bake /nonexistent.glb
check 2 "calibrate of nobody" "$tactus" calibrate body --height 17
check 2 "calibrate of what there is not" "$tactus" calibrate hat --height 172
check 1 "calibrate from nothing" "$tactus" calibrate body --trackers /nonexistent.csv
check 2 "a tracker worn nowhere" "$tactus" trackers TT1-0042 hat
check 2 "a tracker without a role" "$tactus" trackers TT1-0042
check 2 "layer without a verb" "$tactus" layer
check 2 "layer with an unknown verb" "$tactus" layer enabled
check 1 "layer without a home" env -u HOME -u XDG_DATA_HOME "$tactus" layer status
folder=$(mktemp -d /tmp/tactus-command-XXXXXX)
awk 'BEGIN { print "t_s,site,px,py,pz,qx,qy,qz,qw,floor,step"
  for (i = 0; i < 120; ++i) { step = i < 60 ? "stand" : "t_pose"; x = i < 60 ? 0.2 : 0.8; y = i < 60 ? 0.8 : 1.5
    printf "%f,head,0,1.70,-0.08,0,0,0,1,0,%s\n%f,left_hand,%f,%f,0,,,,,0,%s\n%f,right_hand,%f,%f,0,,,,,0,%s\n",
      i / 30, step, i / 30, -x, y, step, i / 30, x, y, step } }' >"$folder/trackers.csv"
export XDG_STATE_HOME=$folder
check 0 "calibrate from trackers" "$tactus" calibrate body --trackers "$folder/trackers.csv"
"$tactus" calibrate body | grep -q "height  *181.6 cm" || { echo "FAILED: eyes at 1.70 m are kept as: $("$tactus" calibrate body)"; failed=1; }
grep -v t_pose "$folder/trackers.csv" >"$folder/no_t_pose.csv"
check 1 "calibrate without a T-pose" "$tactus" calibrate body --trackers "$folder/no_t_pose.csv"
rm -rf "$folder"
check 1 "demo with no motion" "$tactus" demo --motion /nonexistent.bvh --out "$(mktemp -d)"
[ "$failed" -eq 0 ] && echo "every command explains itself"
exit "$failed"
