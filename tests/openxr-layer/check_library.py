#!/usr/bin/env python3
"""What the layer brings into a stranger's program: one symbol, the C library, nothing newer than 2.31."""
import re
import subprocess
import sys

ALLOWED = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"}
NEWEST_GLIBC = (2, 31)  # of the game containers (docs: Steam's sniper runtime)
LARGEST_BYTES = 500_000


def readelf(*arguments):
    return subprocess.run(["readelf", "-W", *arguments], check=True, capture_output=True, text=True).stdout


def main() -> int:
    library = sys.argv[1]
    wrong = []
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", readelf("-d", library)))
    if not needed or needed - ALLOWED:
        wrong.append(f"needs {sorted(needed)}, may need {sorted(ALLOWED)}")
    defined, newest = [], (0, 0)
    for line in readelf("--dyn-syms", library).splitlines():
        fields = line.split()
        if len(fields) >= 8 and fields[0].rstrip(":").isdigit() and fields[6] not in ("UND", "Ndx"):
            defined.append(fields[7])
        for version in re.findall(r"@+GLIBC_(\d+)\.(\d+)", line):
            newest = max(newest, (int(version[0]), int(version[1])))
    if defined != ["xrNegotiateLoaderApiLayerInterface"]:
        wrong.append(f"exports {defined}")
    if newest == (0, 0) or newest > NEWEST_GLIBC:
        wrong.append(f"wants glibc {newest}")
    sizes = [int(field, 16) for field in re.findall(r"^\s+LOAD\s+\S+\s+\S+\s+\S+\s+\S+\s+(\S+)", readelf("-l", library), re.M)]
    if not 0 < sum(sizes) <= LARGEST_BYTES:
        wrong.append(f"occupies {sum(sizes)} bytes")
    for line in wrong:
        print(f"{library}: {line}")
    print(f"metric layer.library_kb {sum(sizes) / 1000:.0f} kB\nmetric layer.exported_symbols {len(defined)} count")
    print(f"needs {' '.join(sorted(needed))}; glibc {newest[0]}.{newest[1]}; {sum(sizes)} bytes in memory")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
