#!/usr/bin/env bash
# A recentre of the runtime's space in the middle of a stroke: the demo passes all its limits, and
# neither hands nor touch notice: as many onsets, the same recall, the same error of the hands.
set -euo pipefail
tactus=$1 out=$2
"$tactus" demo --seed 1 --picture-every 0 --out "$out/without" >"$out.log" 2>&1 || true
"$tactus" demo --seed 1 --picture-every 0 --out "$out/with" --recentre 6.5 >>"$out.log" 2>&1 || true
python3 - "$out" <<'PYTHON'
import json, sys
names = ["demo.onsets", "demo.touch_recall_percent", "demo.wrong_actuator_frames",
         "demo.free_air_output_frames", "demo.hand_error_mm", "demo.hand_error_deg",
         "demo.output_violations"]
tolerance = {"demo.touch_recall_percent": 0.05, "demo.hand_error_mm": 0.01, "demo.hand_error_deg": 0.01}
a, b = (json.load(open(f"{sys.argv[1]}/{run}/summary.json"))["metrics"] for run in ("without", "with"))
moved = json.load(open(f"{sys.argv[1]}/with/summary.json"))["recentred"]
bad = [f"{n}: {a[n]} without, {b[n]} with" for n in names if abs(a[n] - b[n]) > tolerance.get(n, 0)]
if not moved:
    bad.append("no recentre happened")
print("\n".join(bad) or "a recentre changed nothing that a hand can feel")
sys.exit(1 if bad else 0)
PYTHON
