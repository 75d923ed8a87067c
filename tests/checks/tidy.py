#!/usr/bin/env python3
"""clang-tidy over our own sources, with the compile commands of a build."""
import json
import pathlib
import re
import subprocess
import sys

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def main():
    build = pathlib.Path(sys.argv[1])
    root = pathlib.Path.cwd()
    only = sys.argv[2:]
    commands = json.loads((build / "compile_commands.json").read_text())
    files = sorted({c["file"] for c in commands
                    if str(build.resolve()) not in c["file"] and c["file"].endswith(".cc")
                    and not pathlib.Path(c["file"]).relative_to(root).parts[0] in {"tests", "bench"}})
    files = [f for f in files if not only or any(word in f for word in only)]
    result = subprocess.run(["run-clang-tidy-14", "-quiet", "-p", str(build), "-j", "2", *files],
                            capture_output=True, text=True, check=False)
    lines = COLOUR.sub("", result.stdout).replace(f"{root}/", "").splitlines()
    findings = {line for line in lines if ": error:" in line or ": warning:" in line}
    print("\n".join(sorted(findings)))
    print(f"{len(files)} files, {len(findings)} findings")
    if result.returncode != 0 and not findings:
        print(result.stdout + result.stderr)
    return 1 if findings or result.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
