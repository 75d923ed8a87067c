#!/usr/bin/env python3
"""Runs the scene on the desktop runtime: frames are drawn, bones asked for, signals answered."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

SCENE, RUNTIME, ASSETS = sys.argv[1:4]
PATIENCE_s = 240  # of a busy machine; nothing is measured by it


def environment(folder):
    return dict(os.environ, XR_RUNTIME_JSON=RUNTIME, TACTUS_RUNTIME_NO_WINDOW="1",
                TACTUS_RUNTIME_VIEW_SIZE="64", TACTUS_RUNTIME_SNAPSHOTS=folder,
                TACTUS_RUNTIME_SNAPSHOT_EVERY="1", VK_INSTANCE_LAYERS="VK_LAYER_KHRONOS_validation")


def start(folder, *options):
    stats = os.path.join(folder, "stats.json")
    command = [SCENE, "--assets", ASSETS, "--stats", stats, *options]
    return stats, subprocess.Popen(command, env=environment(folder), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_for_picture(folder, process):
    until = time.monotonic() + PATIENCE_s
    while not list(pathlib.Path(folder).glob("frame_*.png")):
        assert process.poll() is None, "the scene ended: " + process.stdout.read()
        assert time.monotonic() < until, "no picture"
        time.sleep(0.05)


def leaves_after_its_frames():
    with tempfile.TemporaryDirectory() as folder:
        stats, process = start(folder, "--frames", "12")
        said, _ = process.communicate(timeout=PATIENCE_s)
        assert process.returncode == 0, said
        assert "VUID" not in said and "Validation" not in said, said
        counted = json.load(open(stats))
        assert counted["frames"] == 12, counted
        assert 0 < counted["rendered"] <= 12, counted
        assert said.count("seen, not felt") <= 1, said
        sizes = [f.stat().st_size for f in pathlib.Path(folder).glob("frame_*.png")]
        assert max(sizes) > 2000, f"64 x 64 pixels of one colour: {sizes}"


def answers_stop_and_leaves_when_asked():
    with tempfile.TemporaryDirectory() as folder:
        stats, process = start(folder)
        wait_for_picture(folder, process)
        process.send_signal(signal.SIGUSR1)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE_s)
        assert process.returncode == 0, (process.returncode, said)
        assert "STOP" in said, said
        assert json.load(open(stats))["frames"] > 0


def says_why_it_cannot_start():
    with tempfile.TemporaryDirectory() as folder:
        wrong = dict(environment(folder), XR_RUNTIME_JSON="/nonexistent.json")
        result = subprocess.run([SCENE, "--assets", ASSETS], env=wrong, capture_output=True,
                                text=True, timeout=PATIENCE_s, check=False)
        assert result.returncode == 1 and "no OpenXR runtime" in result.stderr, result.stderr


leaves_after_its_frames()
answers_stop_and_leaves_when_asked()
says_why_it_cannot_start()
print("the scene runs, stops and leaves")
