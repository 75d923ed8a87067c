#!/usr/bin/env python3
"""Applies one-line faults, one at a time, to a copy of the tree; each must be killed by its test.

tests/checks/faults.txt holds them as blocks:

    name: the hands are swapped
    file: core/src/pipeline.cc
    test: pipeline_test
    - the line as it is
    + the line with the fault
"""
import pathlib
import subprocess
import sys


def read_faults(path):
    faults, fault = [], None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("name: "):
            fault = {"name": line[6:], "line": number}
            faults.append(fault)
        elif line.startswith(("file: ", "test: ")):
            fault[line[:4]] = line[6:]
        elif line.startswith("- "):
            fault["old"] = line[2:]
        elif line.startswith("+ ") or line == "+":
            fault["new"] = line[2:]
        else:
            sys.exit(f"{path}:{number}: not a line of a fault: {line}")
    return faults


def run(command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def build(tree, target):
    return run(["cmake", "--build", "build/dev", "--target", *target.split(",")], tree)


def targets_of(test):
    return "tactus,tactus_scene,openxr_tactus_desktop,XrApiLayer_tactus_touch,avatar_assets" \
        if test.startswith("demo") else test


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    only = sys.argv[2:]
    faults = [fault for fault in read_faults(root / "tests/checks/faults.txt")
              if not only or any(word in fault["name"] for word in only)]
    tree = root / "build/faults/tree"
    tree.mkdir(parents=True, exist_ok=True)
    # By content, with new times: a source that a fault had touched must be newer than its object.
    copy = run(["rsync", "-rlp", "--checksum", "--delete", "--exclude", "/build", "--exclude", "/out", "--exclude", "/.git",
                f"{root}/", f"{tree}/"], root)
    if copy.returncode != 0:
        sys.exit(copy.stderr)
    if run(["cmake", "--preset", "dev"], tree).returncode != 0:
        sys.exit("the copy does not configure")

    clean = {}
    for test in sorted({f["test"] for f in faults}):
        made = build(tree, targets_of(test))
        if made.returncode != 0:
            sys.exit(f"{test} does not build without a fault:\n{made.stdout[-3000:]}")
        clean[test] = run(["ctest", "--test-dir", "build/dev", "-R", f"^{test}$", "--no-tests=error"], tree)
        if clean[test].returncode != 0:
            sys.exit(f"{test} fails without a fault:\n{clean[test].stdout[-3000:]}")

    killed = total = 0
    for fault in faults:
        total += 1
        file = tree / fault["file"]
        text = file.read_text()
        lines = [line.strip() for line in text.splitlines()]
        if lines.count(fault["old"].strip()) != 1:
            print(f"STALE   {fault['name']}: its line stands {lines.count(fault['old'].strip())} times in {fault['file']}")
            continue
        file.write_text("\n".join(fault["new"] if line.strip() == fault["old"].strip() else line
                                  for line in text.splitlines()) + "\n")
        made = build(tree, targets_of(fault["test"]))
        if made.returncode != 0:
            print(f"INVALID {fault['name']}: does not compile")
        else:
            tested = run(["ctest", "--test-dir", "build/dev", "-R", f"^{fault['test']}$", "--no-tests=error"], tree)
            if tested.returncode != 0:
                killed += 1
                print(f"killed  {fault['name']} by {fault['test']}")
            else:
                print(f"ALIVE   {fault['name']}: {fault['test']} does not see it")
        file.write_text(text)
        sys.stdout.flush()
    print(f"metric check.faults_killed {killed} count\nmetric check.faults_total {total} count")
    print(f"{killed} of {total} faults killed")
    return 0 if total >= 1 and killed == total else 1


if __name__ == "__main__":
    sys.exit(main())
