#!/usr/bin/env python3
"""The Debian package: built, unpacked, compiled against, loaded, switched on and off, installed and removed."""
import os
import pathlib
import subprocess
import sys
import tempfile

LAYER = "XR_APILAYER_TACTUS_touch"
# Of openxr_loader_test: fails without the layer; passes only if the switch took the layer away.
LOADED, SWITCHED = "Loader.HandsBodiesAndContactsWork", "Loader.SwitchTakesTheLayerAway"


def run(*command, **options):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit code {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


def check(holds, what):
    if not holds:
        raise SystemExit(f"FAILED: {what}")
    print(f"ok: {what}")


def loads(program, environment, test=LOADED):
    """Whether an application of that test runs under the real loader."""
    result = subprocess.run([program, f"--gtest_filter={test}"], env=environment, capture_output=True, text=True,
                            check=False)
    return result.returncode == 0 and f"[       OK ] {test}" in result.stdout


def check_depends(package):
    depends = run("dpkg-deb", "-f", package, "Depends")
    check("libc6" in depends and "libfmt" in depends, f"depends on what its libraries need: {depends.strip()}")


def check_application(root, source, place):
    """Both ways in which an application's build finds the header."""
    example = source / "openxr-layer/example/print_contacts.c"
    run("cmake", "-S", source / "tests/package/consumer", "-B", place / "consumer", f"-DEXAMPLE={example}",
        f"-DCMAKE_PREFIX_PATH={root}/usr")
    run("cmake", "--build", place / "consumer")
    check((place / "consumer/consumer").exists(), "find_package(Tactus) builds the example")
    [folder] = root.rglob("pkgconfig")
    flags = run("pkg-config", "--cflags", "--libs", "tactus", env={**os.environ, "PKG_CONFIG_PATH": str(folder)}).split()
    folders = [pathlib.Path(flag[2:]).resolve() for flag in flags if flag.startswith("-I")]
    check((root / "usr/include").resolve() in folders, "pkg-config names the include folder")
    run("cc", "-std=c11", example, *flags, "-lm", "-o", place / "by_pkg_config")
    check((place / "by_pkg_config").exists(), "pkg-config builds the example")


def check_layer(root, build, home):
    program = build / "bin/openxr_loader_test"
    environment = {"HOME": str(home), "PATH": os.environ["PATH"],
                   "XR_RUNTIME_JSON": f"{root}/usr/share/tactus/openxr_tactus_desktop.json"}
    asked = {**environment, "XR_ENABLE_API_LAYERS": LAYER,
             "XR_API_LAYER_PATH": f"{root}/usr/share/openxr/1/api_layers/explicit.d"}
    tactus = root / "usr/bin/tactus"
    check(loads(program, asked), "the loader finds layer and runtime of the package")
    check(not loads(program, environment), "nobody has the layer unasked")
    check("disabled" in run(tactus, "layer", "status", env=environment), "status says disabled")
    run(tactus, "layer", "enable", env=environment)
    check("enabled: " in run(tactus, "layer", "status", env=environment), "status says enabled")
    check(loads(program, environment), "enabled, every application has it")
    check(loads(program, {**environment, "TACTUS_LAYER_DISABLE": "1"}, SWITCHED), "the switch spares one")
    run(tactus, "layer", "disable", env=environment)
    check(not loads(program, environment), "disabled, nobody has it")
    check(not [path for path in home.rglob("*") if path.is_file()], "no file is left at home")


def dpkg(root, *action):
    run("fakeroot", "dpkg", f"--root={root}", "--force-not-root", "--force-depends", "--log=/dev/null", *action)


def check_removal(package, root):
    for folder in ("info", "updates", "triggers"):
        (root / "var/lib/dpkg" / folder).mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()
    dpkg(root, "-i", package)
    check((root / "usr/bin/tactus").exists(), "dpkg installs it")
    dpkg(root, "-P", "tactus")
    left = [path for path in root.rglob("*") if not path.is_dir() and root / "var" not in path.parents]
    check(not left and not (root / "usr").exists(), f"dpkg removes all of it {left}")


def main():
    build, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        run("cpack", "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", place / "made")
        [package] = (place / "made").glob("*.deb")
        print(f"{package.name}: {package.stat().st_size} bytes")
        check_depends(package)
        root, home = place / "root", place / "home"
        home.mkdir()
        run("dpkg-deb", "-x", package, root)
        check_application(root, source, place)
        check_layer(root, build, home)
        check_removal(package, place / "machine")


if __name__ == "__main__":
    main()
