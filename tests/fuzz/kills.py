"""Builds that are killed at any moment: no half file, no draft that stays, no process left, and the next build is good."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from random import Random

from . import commands
from .case import BUILT, Input, Kind
from .watch import Fault

SIGNALS = ("SIGKILL", "SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")


def generate(random: Random) -> Input:
    command = ["build", "issue", "-o", "out/a.pdf"]
    command += random.choice(([], [], ["--no-cache"], ["--screen"], ["--for-print", "out/shop"], ["-j", "2", "issue"]))
    if "-j" in command:
        command = ["build", "issue", "issue/issue.yaml", "--folder", "out", "-j", "2"]
    options = {
        "command": command,
        "after": round(random.choice((random.uniform(0, 0.2), random.uniform(0.1, 1.2), random.uniform(0.3, 3))), 3),
        "signal": random.choice(SIGNALS),
        "last": random.random() < 0.3,  # a good file of an earlier build lies there
    }
    return Input("kills", commands.plain_issue(random), {}, options)


def attempt(given: Input, folder: Path) -> str:
    root, out = folder.parents[1], folder.parent / "out"
    command = [str(part) for part in given.options["command"]]
    if given.options["last"]:
        _build(command, root)
        before = {path: path.read_bytes() for path in out.rglob("*.pdf")}
        text = (folder / "issue.yaml").read_text(encoding="utf-8")
        (folder / "issue.yaml").write_text(text.replace("添了新船", "又添新船"), encoding="utf-8")
    process = commands.start(
        command, root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(given.options["after"])
    process.send_signal(signal.Signals[given.options["signal"]])
    try:
        status = process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise Fault("hang", given.options["signal"]) from None
    commands.check_left(out, root, strays=False)
    if given.options["last"] and status < 0:
        for path in before:
            if not path.is_file():
                raise Fault("last-file-lost", path.name)
    _build(command, root)
    commands.check_left(out, root, strays=True)
    return BUILT


def _build(command: list[str], root: Path) -> None:
    process = commands.start(command, root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        said = process.communicate(timeout=90)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        raise Fault("hang", "the next build") from None
    if process.returncode != 0:
        raise Fault("next-build", said.decode(errors="replace")[-300:])


KIND = Kind("kills", generate, attempt, weight=8, full=200, writes=True, seconds=120, watched=False)
