#!/usr/bin/env python3
"""Fails when a file includes what its place in the tree may not see. The order is the data's path."""
import pathlib
import re
import sys

# Within core each stage may include what stands to its left.
STAGES = ["base", "sense", "pose", "contact", "touch", "pipeline"]

# Which of our own include roots each folder may use (tactus/ROOT/… in the include line).
CORE = set(STAGES) | {"record"}
ALLOWED = {
    "core": CORE,
    "drivers": {"base", "sense", "touch", "drivers"},
    "calibration": {"base", "sense", "pose", "touch", "calibration"},
    "avatar": {"base", "contact", "avatar"},
    "patterns": {"base", "touch", "patterns"},
    "ipc": {"base", "pose", "contact", "ipc"},
    "openxr-layer": {"base", "pose", "contact", "touch", "ipc", "XR_TACTUSX_touch_preview.h"},
    "simulator": CORE | {"drivers", "ipc", "simulator"},
    "service": CORE | {"drivers", "ipc", "service"},
    "scene": {"XR_TACTUSX_touch_preview.h"},
}
# The truth is independent: it may share nothing with the engine but plain vocabulary.
TRUTH = {"base", "simulator"}

# Foreign headers, and the only places that may see them.
FOREIGN = [
    (r"hidapi", ["drivers/transport/", "tests/drivers/"]),
    (r"libusb", ["drivers/transport/"]),
    (r"openxr/", ["openxr-layer/", "scene/", "simulator/runtime/", "tests/openxr-layer/",
                  "tests/simulator/runtime/", "tests/scene/"]),
    (r"boost/lockfree", ["core/include/tactus/base/ring.h"]),
    (r"(thread|mutex|condition_variable|fstream|iostream|filesystem|future)>", ["!core/", "!ipc/include/"]),
    (r"(unistd\.h|sys/|fcntl\.h|poll\.h|linux/)", ["!core/", "!ipc/include/", "!ipc/src/"]),
]


def may_include_stage(here: str, there: str) -> bool:
    if there == "record" or here == "record":
        return here == "record" and there in {"base", "record"} or here == "pipeline"
    return STAGES.index(there) <= STAGES.index(here)


def own_error(path: str, there: str):
    top = path.split("/")[0]
    if top not in ALLOWED:
        return None
    if there not in ALLOWED[top]:
        return f"{top} may not include {there}"
    if path.startswith("simulator/truth/") and there not in TRUTH:
        return f"the truth may not include {there}: it must share nothing with the engine"
    if top == "core" and there in CORE:
        match = re.match(r"core/(?:src|include/tactus)/([a-z]+)", path)
        here = match[1] if match and match[1] in CORE else "pipeline"
        if not may_include_stage(here, there):
            return f"{here} may not include {there}"
    return None


def foreign_error(path: str, header: str):
    for pattern, places in FOREIGN:
        if not re.match(pattern, header):
            continue
        denied = [p[1:] for p in places if p.startswith("!")]
        if denied:
            if any(path.startswith(p) for p in denied):
                return f"<{header} may not be included under {path.split('/')[0]}"
        elif not any(path.startswith(p) for p in places):
            return f"<{header} may be included only under {', '.join(places)}"
    return None


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    bad = files = 0
    for folder in [*ALLOWED, "tools", "tests", "bench"]:
        for file in sorted((root / folder).rglob("*.[hc]*")):
            if file.suffix not in {".h", ".cc", ".c"}:
                continue
            files += 1
            path = file.relative_to(root).as_posix()
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                found = re.match(r'\s*#\s*include\s*([<"])([^>"]+[>"])', line)
                if not found:
                    continue
                header = found[2]
                own = re.match(r"tactus/([^/>\"]+)", header)
                error = own_error(path, re.sub(r"^pipeline\.h$", "pipeline", own[1])) if own else \
                    foreign_error(path, header)
                if error:
                    print(f"{path}:{number}: {error}")
                    bad += 1
    print(f"{files} files, {bad} includes in the wrong direction")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main())
