"""Builds one after another in one process: the memory of the process stays as it is, and so do the bytes of a file."""

from __future__ import annotations

import gc
import tempfile
import threading
from hashlib import sha256
from pathlib import Path
from random import Random

import layout

from . import commands, oracles
from .case import BUILT, Input, Kind
from .watch import Fault

ISSUES = 25  # different ones, again and again
SETTLED, GROWTH = 200, 40 << 20  # builds after which memory is taken to be at its height; bytes that it may grow
_seen: dict[int, str] = {}
_state = {"builds": 0, "settled": 0, "threads": 0}


def generate(random: Random) -> Input:
    number = random.randrange(ISSUES)
    return Input(
        "builds", commands.plain_issue(Random(number)), {}, {"number": number, "screen": random.random() < 0.1}
    )


def resident() -> int:
    """Bytes of this process that are in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def attempt(given: Input, folder: Path) -> str:
    out, number, screen = (
        folder.parent / "out" / "a.pdf",
        int(given.options["number"]),
        bool(given.options.get("screen")),
    )
    usual = gc.get_threshold()
    report = layout.build(Path(folder.name), out, screen=screen)
    oracles.check_problems(report.problems, folder)
    if not report.pdf or not report.ok:
        raise Fault("not-built", [problem.in_language() for problem in report.problems][:1])
    if gc.get_threshold() != usual:
        raise Fault("gc-threshold", gc.get_threshold())
    made = sha256(out.read_bytes()).hexdigest()
    if _seen.setdefault(2 * number + screen, made) != made:
        raise Fault("two-files", number)
    _state["builds"] += 1
    left = sum(1 for _ in Path(tempfile.gettempdir()).iterdir())
    if left:
        raise Fault("temporary-files", left)
    if _state["builds"] == SETTLED:
        gc.collect()
        _state.update(settled=resident(), threads=threading.active_count())
    if _state["settled"] and _state["builds"] % 50 == 0:
        gc.collect()
        if (grown := resident() - _state["settled"]) > GROWTH:
            raise Fault("memory", f"{grown >> 20} MB more after {_state['builds'] - SETTLED} builds")
        if threading.active_count() > _state["threads"] + 2:
            raise Fault("threads", threading.active_count())
    return BUILT


KIND = Kind("builds", generate, attempt, weight=3, full=1_000, each=1_000)
