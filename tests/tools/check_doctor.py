#!/usr/bin/env python3
"""`tactus doctor` on machines that are ill in one way each: the real loader, the real service, a fixture of files."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

TACTUS, LIB = sys.argv[1:3]
MANIFEST = "XrApiLayer_tactus_touch.json"
BELOW = "openxr/1/api_layers"


class Machine:
    """A home, a system root and an environment in a folder of their own; healthy as made."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.root = self.make("root")
        self.home = self.make("home")
        self.share = self.make("share")
        (self.make("root/etc/udev/rules.d") / "70-tactus.rules").write_text("")
        self.implicit = self.make(f"home/.local/share/{BELOW}/implicit.d") / MANIFEST
        self.explicit = self.make(f"share/{BELOW}/explicit.d") / MANIFEST
        shutil.copy(f"{LIB}/share/{BELOW}/implicit.d/{MANIFEST}", self.implicit)
        self.point(self.implicit, f"{LIB}/libXrApiLayer_tactus_touch.so")
        self.runtime = f"{LIB}/openxr_tactus_desktop.json"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_DATA_DIRS": str(self.share),
            "XDG_CONFIG_DIRS": str(self.make("etc")), "XDG_RUNTIME_DIR": str(self.make("run")),
            "XDG_STATE_HOME": str(self.make("state")), "XR_RUNTIME_JSON": self.runtime,
            "TACTUS_SOCKET": str(self.folder / "s")}
        self.arguments = []
        self.prefix = []

    def make(self, name):
        path = self.folder / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    @staticmethod
    def point(manifest, library):
        """Lets a manifest name that library."""
        text = json.loads(manifest.read_text())
        text["api_layer"]["library_path"] = str(library)
        manifest.write_text(json.dumps(text))

    def ask(self, *arguments):
        return subprocess.run([*self.prefix, TACTUS, "doctor", "--root", self.root, *self.arguments, *arguments],
                              env=self.environment, capture_output=True, text=True, timeout=60, check=False)

    def findings(self):
        answer = self.ask("--json")
        findings = json.loads(answer.stdout)["findings"]
        assert answer.returncode == (1 if findings else 0), answer
        assert all(f["what"] and f["remedy"] for f in findings), findings
        return {f["id"]: f for f in findings}


def no_runtime(m):
    del m.environment["XR_RUNTIME_JSON"]


def runtime_gone(m):
    m.environment["XR_RUNTIME_JSON"] = str(m.folder / "nothing.json")


def runtime_crashes(m):
    """A runtime that ends whatever loads it."""
    source = m.folder / "crash.c"
    source.write_text("#include <stdlib.h>\n__attribute__((constructor)) static void end(void) { abort(); }\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", m.folder / "crash.so", source], check=True)
    manifest = m.folder / "crash.json"
    manifest.write_text(json.dumps({"file_format_version": "1.0.0", "runtime": {"library_path": "./crash.so"}}))
    m.environment["XR_RUNTIME_JSON"] = str(manifest)


def layer_gone(m):
    m.implicit.unlink()


def layer_is_text(m):
    library = m.folder / "layer.so"
    library.write_text("not a library")
    m.point(m.implicit, library)


def manifest_is_text(m):
    m.implicit.write_text("{")


def layer_asked_for_too(m):
    shutil.copy(m.implicit, m.explicit)
    m.environment["XR_ENABLE_API_LAYERS"] = "XR_APILAYER_TACTUS_touch"


def layer_in_two_places(m):
    other = m.make(f"share/{BELOW}/implicit.d") / MANIFEST
    shutil.copy(m.implicit, other)


def layer_off(m):
    m.environment["TACTUS_LAYER_DISABLE"] = ""


def unknown_layer(m):
    shutil.copy(m.implicit, m.explicit)
    m.environment["XR_ENABLE_API_LAYERS"] = "XR_APILAYER_nobody"


def steam(m):
    m.make("root/run/pressure-vessel")
    m.implicit.unlink()


def set_user_id(m):
    program = m.folder / "game"
    shutil.copy("/bin/true", program)
    program.chmod(0o4755)
    m.arguments = ["--program", program]


def dead_service(m):
    m.service.kill()
    m.service.wait()


def no_service(m):
    dead_service(m)
    (m.folder / "s").unlink()


def mute_service(m):
    no_service(m)
    m.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    m.listener.bind(str(m.folder / "s"))
    m.listener.listen()


def hung_service(m):
    m.service.send_signal(19)  # SIGSTOP
    time.sleep(0.3)


def no_rule(m):
    (m.root / "etc/udev/rules.d/70-tactus.rules").unlink()


def no_real_time(m):
    m.prefix = ["prlimit", "--rtprio=0:0"]
    if os.geteuid() == 0:
        m.prefix += ["setpriv", "--bounding-set=-sys_nice", "--inh-caps=-sys_nice"]


# What each of these machines has, beside what every machine here has (no right to real time, maybe).
FIXTURES = [
    (lambda m: None, set()),
    (no_runtime, {"runtime_missing"}),
    (runtime_gone, {"runtime_broken"}),
    (runtime_crashes, {"openxr_dies"}),
    (layer_gone, {"layer_missing"}),
    (layer_is_text, {"layer_unreadable", "instance_fails"}),
    (manifest_is_text, {"layer_unreadable"}),
    (layer_asked_for_too, {"layer_twice"}),
    (layer_in_two_places, {"layer_twice"}),
    (layer_off, {"layer_off"}),
    (unknown_layer, {"layer_unknown", "instance_fails"}),
    (steam, {"container_without_layer"}),
    (set_user_id, {"environment_stripped"}),
    (dead_service, {"service_stale"}),
    (no_service, {"service_missing"}),
    (mute_service, {"service_stale"}),
    (hung_service, {"service_stale"}),
    (no_rule, {"udev_rule_missing"}),
    (no_real_time, {"real_time_refused"}),
]


def examine(spoil, expected):
    with tempfile.TemporaryDirectory(prefix="tactus-doctor-") as folder:
        machine = Machine(folder)
        machine.service = subprocess.Popen([TACTUS, "serve", "--quiet"], env=machine.environment)
        try:
            for _ in range(200):
                if "service_missing" not in (found := machine.findings()):
                    break
                time.sleep(0.05)
            usual = set(found) & {"real_time_refused"}
            spoil(machine)
            found = machine.findings()
            text = machine.ask().stdout
        finally:
            machine.service.kill()
            machine.service.wait()
    missing = [word for f in found.values() for word in (f["what"], f["remedy"]) if word not in text]
    if set(found) == expected | usual and not missing:
        return True
    print(f"{spoil.__name__}: found {found}, expected {expected | usual}; not in the text: {missing}")
    return False


def main() -> int:
    passed = sum(examine(spoil, expected) for spoil, expected in FIXTURES)
    print(f"{passed} of {len(FIXTURES)} machines judged rightly")
    return 0 if passed == len(FIXTURES) else 1


if __name__ == "__main__":
    sys.exit(main())
