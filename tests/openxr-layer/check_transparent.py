#!/usr/bin/env python3
"""Without a service the runtime sees the same calls with the layer as without: api_dump below both tells."""
import os
import re
import subprocess
import sys
import tempfile

OURS, DUMP = "XR_APILAYER_TACTUS_touch", "XR_APILAYER_LUNARG_api_dump"
TEST = "Loader.ApplicationOfItsOwnRuns"
ADDRESS = re.compile(r"0x0*[0-9a-f]{5,}")


def trace(program, library_folder, layers):
    """The calls, with addresses and times, which differ from run to run, numbered in order of appearance."""
    with tempfile.TemporaryDirectory() as empty:
        environment = {
            "HOME": empty, "XDG_RUNTIME_DIR": empty, "PATH": os.environ["PATH"],
            "XR_RUNTIME_JSON": f"{library_folder}/openxr_tactus_desktop.json",
            "XR_API_LAYER_PATH": f"{library_folder}/share/openxr/1/api_layers/explicit.d:"
                                 "/usr/share/openxr/1/api_layers/explicit.d",
            "XR_ENABLE_API_LAYERS": ":".join(layers),
        } | {name: value for name, value in os.environ.items() if name == "LSAN_OPTIONS"}
        run = subprocess.run([program, f"--gtest_filter={TEST}"], env=environment, capture_output=True, text=True,
                             check=False)
    if run.returncode != 0 or "1 test from" not in run.stdout:
        raise SystemExit(f"{layers}: the program failed\n{run.stdout}{run.stderr}")
    names = {}
    lines = []
    for line in run.stdout.splitlines():
        if not line.startswith(("XrResult", "    ")) or " ms" in line or "TACTUS" in line:
            continue
        if re.search(r"\bXr(Time|Duration)\b", line):
            line = re.sub(r"= \S+$", "= time", line)
        lines.append(ADDRESS.sub(lambda m: names.setdefault(m[0], f"#{len(names)}"), line))
    return lines


def main() -> int:
    program, library_folder = sys.argv[1:3]
    without = trace(program, library_folder, [DUMP])
    with_layer = trace(program, library_folder, [OURS, DUMP])
    calls = sum(line.startswith("XrResult") for line in without)
    print(f"{calls} calls reach the runtime")
    for number, (a, b) in enumerate(zip(without, with_layer)):
        if a != b:
            print(f"line {number} differs:\n  without: {a}\n  with:    {b}")
            break
    same = without == with_layer
    if len(without) != len(with_layer):
        print(f"{len(without)} lines without, {len(with_layer)} with")
    return 0 if same and calls >= 20 else 1


if __name__ == "__main__":
    sys.exit(main())
