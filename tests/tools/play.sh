#!/usr/bin/env bash
# `tactus play` as a designer runs it: checks, converts, draws, and says what is wrong.
set -uo pipefail
tactus=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
check() { if ! eval "$2"; then echo "FAILED: $1"; failed=1; fi; }

cat >"$dir/a.haptic" <<'JSON'
{"version":{"major":1},"signals":{"continuous":{"envelopes":{"amplitude":[{"time":0,"amplitude":0.2},
{"time":0.5,"amplitude":0.4,"emphasis":{"amplitude":0.9,"frequency":0.5}},{"time":1,"amplitude":0}]}}}}
JSON
check "says what is in it" '"$tactus" play "$dir/a.haptic" --check | grep -q "1 notes, 1 taps, 1.000 s"'
for ending in hjif haptic ahap tact haps; do
  check "writes $ending" '"$tactus" play "$dir/a.haptic" --write "$dir/b.$ending" >/dev/null'
  check "$ending is read again" '"$tactus" play "$dir/b.$ending" --write "$dir/c.$ending" >/dev/null'
  check "$ending is the same again" 'cmp -s "$dir/b.$ending" "$dir/c.$ending"'
done
check "writes what applications play" '"$tactus" play "$dir/a.haptic" --on palm --write "$dir/a.tpattern" >/dev/null && head -c 4 "$dir/a.tpattern" | grep -q PAT1'
check "draws SVG" '"$tactus" play "$dir/b.hjif" --picture "$dir/p.svg" >/dev/null && grep -q "</svg>" "$dir/p.svg"'
check "draws PNG" '"$tactus" play "$dir/b.hjif" --picture "$dir/p.png" >/dev/null && head -c 4 "$dir/p.png" | grep -q PNG'
sed 's/"time":1,/"time":0.1,/' "$dir/a.haptic" >"$dir/wrong.haptic"
check "a wrong file is an error" '! "$tactus" play "$dir/wrong.haptic" --check 2>"$dir/said"'
check "which names the place" 'grep -qF "amplitude[2].time: is 0.1 s, before" "$dir/said"'
check "and the remedy" 'grep -q "; put the points in order" "$dir/said"'
check "a missing file is an error" '! "$tactus" play "$dir/none.ahap" --check 2>/dev/null'
"$tactus" play "$dir/a.wav" --check 2>/dev/null; check "an unknown kind is an error" "[ $? -eq 1 ]"
"$tactus" play 2>/dev/null; check "no file is wrong usage" "[ $? -eq 2 ]"
"$tactus" play "$dir/a.haptic" --picture "$dir/p.bmp" 2>/dev/null; check "no such picture" "[ $? -eq 2 ]"
"$tactus" play "$dir/a.haptic" --on elbow 2>"$dir/said"; check "no such joint" "[ $? -eq 2 ]"
check "and the joints are named" 'grep -q "index_tip" "$dir/said"'
"$tactus" play "$dir/a.haptic" --along index_tip,elbow 2>/dev/null; check "no such stop" "[ $? -eq 2 ]"
"$tactus" play "$dir/a.haptic" --along index_tip,palm --on file 2>/dev/null; check "not both" "[ $? -eq 2 ]"
stops=$(printf 'index_tip,palm,%.0s' {1..15})palm
"$tactus" play "$dir/a.haptic" --along "$stops" 2>"$dir/said" >/dev/null; check "too fast a stroke" "[ $? -eq 1 ]"
check "and how slow it must be" 'grep -q "no less than 1.419 s" "$dir/said"'
TACTUS_SOCKET=$dir/none "$tactus" play "$dir/a.haptic" 2>"$dir/said" >/dev/null; check "no service" "[ $? -eq 1 ]"
check "and the remedy is named" 'grep -q "tactus serve" "$dir/said"'
[ $failed -eq 0 ] && echo "play: all checks held"
exit $failed
