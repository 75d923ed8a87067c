#!/usr/bin/env python3
"""Fails when a header's Proof line names a test that is not there."""
import pathlib
import re
import sys

SKIPPED = {"build", "out", ".git"}
TEST = re.compile(r"\b(tests/[\w/.-]+\.(?:cc|py|sh|txt))\b")


def proof_of(text):
    """The Proof entry of a header's opening comment, with the lines that go on with it."""
    entry = re.search(r"^(?://|\s*\*)   Proof .*\n(?:(?://|\s*\*) {8,}.*\n)*", text, re.MULTILINE)
    return entry[0] if entry else ""


def main():
    root = pathlib.Path(sys.argv[1])
    headers = [h for h in root.rglob("*.h")
               if not SKIPPED & set(h.relative_to(root).parts)]
    named, missing = 0, []
    for header in sorted(headers):
        for test in TEST.findall(proof_of(header.read_text())):
            named += 1
            if not (root / test).exists():
                missing.append(f"{header.relative_to(root)}: {test} is not there")
    print("\n".join(missing))
    print(f"{len(headers)} headers name {named} tests, {len(missing)} of which are not there")
    return 1 if missing or named == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
