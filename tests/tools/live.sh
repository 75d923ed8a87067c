#!/usr/bin/env bash
# The live service with an emulated glove on a socket: seen, recorded, stopped, replayed.
set -euo pipefail
tactus=$1
run=$(mktemp -d /tmp/tactus-live-XXXXXX)
export XDG_RUNTIME_DIR=$run TACTUS_SOCKET=$run/service.sock XDG_STATE_HOME=$run/state
pids=()
cleanup() { kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$run"; }
trap cleanup EXIT
fail() { echo "FAILED: $*" >&2; sed 's/^/  service: /' "$run/serve.log" >&2 || true; exit 1; }
await() {  # SECONDS COMMAND…
  local deadline=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $deadline ] || return 1; sleep 0.1; done
}

"$tactus" stop >/dev/null 2>"$run/no_service" && fail "stop succeeds without a service"
grep -q "tactus serve" "$run/no_service" || fail "the remedy is not named without a service"

"$tactus" emulate tg1 --hand right --socket >"$run/emulate.log" 2>&1 &
pids+=($!)
"$tactus" serve >"$run/serve.log" 2>&1 &
serve=$!
pids+=("$serve")
await 20 bash -c "'$tactus' devices | grep -q 'TG1.*right'" || fail "the emulated glove is not listed"

"$tactus" record "$run/session.mcap" --seconds 2 >/dev/null 2>"$run/record.log" || fail "record: $(cat "$run/record.log")"
"$tactus" record "$run/session.mcap" --seconds 1 >/dev/null 2>&1 && fail "a recording was overwritten"
"$tactus" replay "$run/session.mcap" >/dev/null 2>&1 && fail "a snapshot was taken unasked"
"$tactus" replay --own "$run/session.mcap" >"$run/replay.log" || fail "replay: $(cat "$run/replay.log")"
grep -q identical "$run/replay.log" || fail "the recording does not replay to the same bytes"
grep -Eq '[1-9][0-9]{2,} reports in' "$run/replay.log" || fail "nothing was recorded: $(cat "$run/replay.log")"

cat >"$run/tap.haptic" <<'JSON'
{"version":{"major":1},"signals":{"continuous":{"envelopes":{"amplitude":[{"time":0,"amplitude":0.5},
{"time":0.5,"amplitude":0.5}]}}}}
JSON
"$tactus" record "$run/felt.mcap" --seconds 2 >/dev/null 2>&1 &
felt=$!
"$tactus" play "$run/tap.haptic" --on right_index_tip >"$run/play.log" 2>&1 || fail "play: $(cat "$run/play.log")"
wait "$felt" || fail "recording a pattern"
"$tactus" replay --own "$run/felt.mcap" >"$run/replay.log" || fail "replay: $(cat "$run/replay.log")"
grep -q identical "$run/replay.log" || fail "a played pattern does not replay to the same bytes"
grep -q "pattern/part" "$run/felt.mcap" || fail "the pattern is not in the recording"

"$tactus" devices | grep -Eq "A\(8\): left 0.0000, right 0.0*[1-9]" || fail "today's vibration: $("$tactus" devices)"

"$tactus" calibrate body --height 182 | grep -q "height  *182.0 cm" || fail "calibrate"
await 10 grep -q "182 cm tall" "$run/serve.log" || fail "the service does not take the wearer's height"
"$tactus" calibrate body | grep -q "height  *182.0 cm" || fail "the wearer's height is not kept"
echo "tactus body 2" >"$run/state/tactus/body"
await 10 grep -q "state/tactus/body: line 1: .*calibrate body" "$run/serve.log" || fail "a damaged body is not named"
"$tactus" calibrate body --height 170 >/dev/null || fail "calibrate over a damaged file"

"$tactus" record "$run/asked.mcap" --seconds 4 >/dev/null 2>&1 &
asked=$!
yes n | "$tactus" calibrate feel --hand right thumb_pulp >"$run/feel.log" 2>&1 && fail "somebody who feels nothing was calibrated"
grep -q "index finger was not found.*tactus devices" "$run/feel.log" || fail "the remedy is not named: $(cat "$run/feel.log")"
wait "$asked" || fail "recording a calibration"
grep -q "pattern/part" "$run/asked.mcap" || fail "no tone was played to ask about"
[ ! -e "$run/state/tactus/feel" ] || fail "a calibration that failed was kept"
"$tactus" calibrate feel --hand both >/dev/null 2>&1 && fail "calibrate feel takes any hand"

"$tactus" trackers TT1-0042 left_elbow | grep -qx "TT1-0042 left_elbow" || fail "trackers"
await 10 grep -q "which tracker where" "$run/serve.log" || fail "the service does not take a tracker's role"
echo "TT1-0042 hat" >>"$run/state/tactus/trackers"
await 10 grep -q "state/tactus/trackers: line 3: .*tactus trackers SERIAL ROLE" "$run/serve.log" || fail "a damaged list of trackers is not named"

"$tactus" step 3 | grep -q "step 3" || fail "step"
"$tactus" stop --soften >/dev/null || fail "soften"
"$tactus" stop --pause >/dev/null || fail "pause"
"$tactus" stop >/dev/null || fail "stop"
"$tactus" stop --resume >/dev/null || fail "resume"
kill -USR1 "$serve"
await 5 grep -q "stopped" "$run/serve.log" || fail "SIGUSR1 does not stop"
kill -INT "$serve"
wait "$serve" || fail "the service does not end well at Ctrl-C"
grep -q "^left_m2_per_s3 " "$run/state/tactus/wearer" || fail "the day's dose is not kept"
grep -Eq "^right_m2_per_s3 .*[1-9]" "$run/state/tactus/wearer" || fail "what was played is not in the day's dose"
echo broken >"$run/state/tactus/wearer"
"$tactus" serve 2>"$run/refusal" && fail "it serves though the day's dose is unknown"
grep -q "line 1: .*delete the file" "$run/refusal" || fail "the remedy is not named: $(cat "$run/refusal")"
echo "seen, recorded, replayed, stopped"
