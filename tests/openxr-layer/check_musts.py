#!/usr/bin/env python3
"""Runs the tests of every "must" of musts.txt and counts those that have both kinds and pass."""
import json
import re
import subprocess
import sys
import tempfile

KINDS = ("Positive", "Negative")


def read_table(path):
    musts = []
    with open(path, encoding="utf-8") as table:
        for line in table:
            if not line.strip() or line.startswith("#"):
                continue
            place, _, paraphrase = line.partition("|")
            extension, place = place.split()
            if not paraphrase.strip():
                raise SystemExit(f"{path}: {extension} {place} says nothing")
            musts.append((extension.removeprefix("XR_"), place.replace(".", "_")))
    if len(set(musts)) != len(musts):
        raise SystemExit(f"{path}: a must stands there twice")
    return musts


def run(program):
    """The tests that ran, as {(suite, place, kind): all passed}."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([program, "--gtest_filter=*.Must_*", f"--gtest_output=json:{report.name}", "--gtest_brief=1"],
                       check=False)
        suites = json.load(report).get("testsuites", [])
    results = {}
    for suite in suites:
        for test in suite["testsuite"]:
            match = re.fullmatch(r"Must_(\w+?)_(Positive|Negative)(_\w+)?", test["name"])
            if match is None:
                raise SystemExit(f"{suite['name']}.{test['name']}: is neither positive nor negative")
            key = (suite["name"], match[1], match[2])
            passed = test["result"] == "COMPLETED" and not test.get("failures")
            results[key] = results.get(key, True) and passed
    return results


def main() -> int:
    program, table = sys.argv[1:3]
    musts, results = read_table(table), run(program)
    wrong = [f"{s}.Must_{p}_{k} is of no must in the table" for s, p, k in results if (s, p) not in musts]
    covered = 0
    for suite, place in musts:
        lacking = [kind for kind in KINDS if not results.get((suite, place, kind))]
        covered += not lacking
        wrong += [f"{suite} {place}: no {kind.lower()} test passes" for kind in lacking]
    print("\n".join(wrong))
    print(f"metric layer.musts_covered {covered} count\nmetric layer.musts_total {len(musts)} count")
    return 1 if wrong or not musts else 0


if __name__ == "__main__":
    sys.exit(main())
