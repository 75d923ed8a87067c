#!/usr/bin/env bash
# A recorded person's motion drives the participant: a small skeleton that reaches forward twice.
set -euo pipefail
tactus=$1 out=$2
mkdir -p "$out"
python3 - "$out/reach.bvh" <<'PYTHON'
import math, sys
# A standing figure of 170 cm, arms hanging; shoulders and elbows turn so that the hands reach.
joints = [("Hips", None, (0, 95, 0)), ("Spine", "Hips", (0, 25, 0)), ("Neck", "Spine", (0, 25, 0)),
          ("Head", "Neck", (0, 10, 0))]
for side, x in (("Left", 1), ("Right", -1)):
    joints += [(f"{side}Shoulder", "Spine", (6 * x, 20, 0)), (f"{side}Arm", f"{side}Shoulder", (12 * x, 0, 0)),
               (f"{side}ForeArm", f"{side}Arm", (0, -29, 0)), (f"{side}Hand", f"{side}ForeArm", (0, -25, 0)),
               (f"{side}UpLeg", "Hips", (9 * x, 0, 0)), (f"{side}Leg", f"{side}UpLeg", (0, -43, 0)),
               (f"{side}Foot", f"{side}Leg", (0, -43, 0))]
ends = {"Head": (0, 20, 0), "LeftHand": (0, -18, 0), "RightHand": (0, -18, 0), "LeftFoot": (0, -9, 12), "RightFoot": (0, -9, 12)}
order, lines = [], []
def write(name, depth):
    offset = next(o for n, p, o in joints if n == name)
    root = depth == 0
    pad = "  " * depth
    lines.append(f"{pad}{'ROOT' if root else 'JOINT'} {name}\n{pad}{{\n{pad}  OFFSET {offset[0]} {offset[1]} {offset[2]}")
    lines.append(f"{pad}  CHANNELS " + ("6 Xposition Yposition Zposition " if root else "3 ") + "Zrotation Xrotation Yrotation")
    order.append(name)
    for child, parent, _ in joints:
        if parent == name:
            write(child, depth + 1)
    if name in ends:
        e = ends[name]
        lines.append(f"{pad}  End Site\n{pad}  {{\n{pad}    OFFSET {e[0]} {e[1]} {e[2]}\n{pad}  }}")
    lines.append(f"{pad}}}")
write("Hips", 0)
frames = 240
lines = ["HIERARCHY", *lines, "MOTION", f"Frames: {frames}", "Frame Time: 0.0333333"]
for k in range(frames):
    t = k / 30
    reach = 0.5 - 0.5 * math.cos(2 * math.pi * t / 4)
    values = []
    for name in order:
        if name == "Hips":
            values += [0, 95, 0]
        angle = {"Arm": -62 * reach, "ForeArm": -18 - 10 * reach}.get(name.replace("Left", "").replace("Right", ""), 0)
        sway = 3 * math.sin(2 * math.pi * t / 5) if name == "Spine" else 0
        values += [0, angle, sway]
    lines.append(" ".join(f"{v:.4f}" for v in values))
open(sys.argv[1], "w").write("\n".join(lines) + "\n")
PYTHON
"$tactus" demo --seed 1 --picture-every 200 --motion "$out/reach.bvh" --out "$out/demo"
