"""More hands: other processes set the last stories of a large issue while the first are set here, and hand them over."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import struct
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..composition import Box, Fit, Frame, Overset, Picture
from ..errors import Problem
from ..hired import in_a_pool
from .boxes import enclose
from .dummy import Dummy
from .glyphs import Fallen, Glyphs, Missing
from .stories import let_go, set_story
from .threads import Story
from .ways import KnownWays

WORTH_IT = 8_000  # characters: less is set before another hand has begun
NEW = 2  # stories that the last build did not have
MOST = 7
BOOK = 200  # stories: of more the process keeps no lines for the next build
PIPE = 1 << 20  # bytes that wait to be heard
_HEAD = struct.Struct(">II")  # of a message: the story's number, the length of what follows

Numbered = tuple[int, Story]


class Made(Struct):
    """All that setting one story leaves: on its pages, in the report, and for what comes after."""

    frames: dict[int, list[Frame]]
    boxes: dict[int, list[Box]]
    pictures: dict[int, list[Picture]]
    problems: list[Problem]
    overset: list[Overset]
    fit: list[Fit]
    glyphs: tuple[Fallen, Missing]
    known: dict[str, Any]
    ways: dict[str, Any]


def set_stories(dummy: Dummy, stories: Sequence[Story]) -> None:
    """Sets all stories, from the first on. Meanwhile every processor that is free sets them from the last on.

    A story that was handed over in time need not be set here; it is the same as it would be, so the pages are. Nobody
    is called while the last build knew most of it.
    """
    ways = dummy.ways
    assert isinstance(ways, KnownWays)
    if len(stories) > BOOK:
        ways.lines = None
    hands: list[_Hand] = []
    told: dict[int, bytes] = {}
    new, found = 0, ways.found
    try:
        for number, story in enumerate(stories):
            for hand in hands:
                told.update(hand.heard())
            if number in told:
                _take(dummy, story, pickle.loads(told.pop(number)))  # of a process that we forked
            else:
                set_story(dummy, story, _order(number))
            let_go(dummy, story)
            new, found = new + (ways.found > found), ways.found
            if new == NEW and not hands:
                rest = [*enumerate(stories)][:number:-1]
                count = _hands([story for _, story in rest])
                hands = [_Hand(dummy, rest[first::count]) for first in range(count)]
    finally:
        for hand in hands:
            hand.dismiss()


def _order(number: int) -> int:
    """A story's rank among the others for reading."""
    return 10 * (number + 1)


def _hands(stories: Sequence[Story]) -> int:
    """How many help: none where the process has threads, which a forked one would not have, or is itself a helper."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    if in_a_pool():
        return 0
    if sum(story.article.body.characters for story in stories) < WORTH_IT:
        return 0
    return min(len(os.sched_getaffinity(0)) - 1, MOST, len(stories) - 1)


class _Hand:
    """A copy of this process that sets stories and hands them over."""

    def __init__(self, dummy: Dummy, stories: Sequence[Numbered]) -> None:
        self._ear, mouth = os.pipe()
        self._heard = b""
        self.has_gone = False  # all that was to be heard was
        self._process = os.fork()
        if not self._process:
            try:
                os.close(self._ear)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                gc.disable()
                _set(dummy, stories, mouth)
            finally:
                os._exit(0)
        os.close(mouth)

    def heard(self) -> Iterator[tuple[int, bytes]]:
        """The stories, by their numbers, that were handed over since the last time."""
        while not self.has_gone and select.select([self._ear], [], [], 0)[0]:
            data = os.read(self._ear, PIPE)
            self._heard += data
            self.has_gone = not data
        start = 0
        while len(self._heard) >= start + _HEAD.size:
            number, length = _HEAD.unpack_from(self._heard, start)
            end = start + _HEAD.size + length
            if len(self._heard) < end:
                break
            yield number, self._heard[start + _HEAD.size : end]
            start = end
        self._heard = self._heard[start:]

    def dismiss(self) -> None:
        os.close(self._ear)
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _set(dummy: Dummy, stories: Sequence[Numbered], mouth: int) -> None:
    """What a hand does."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(mouth, fcntl.F_SETPIPE_SZ, PIPE)  # Linux: so that nobody waits to be heard
    ways = dummy.ways
    assert isinstance(ways, KnownWays)
    ways.tell()
    ways.lines = None  # they are printed, and that is handed over
    known = {**dummy.known}
    for number, story in stories:
        before = len(known)
        dummy.kept["glyphs"] = glyphs = Glyphs(dummy.faces, dummy.style.fallback)
        fresh = replace(dummy, problems=[], frames={}, boxes={}, pictures={}, overset=[], fit=[], known=known)
        set_story(fresh, story, _order(number))
        let_go(dummy, story)
        told = ways.tell()
        if any(problem.rule == "unknown-box" for problem in fresh.problems):
            continue  # it is told once, with the first story that it is wrong in
        data = pickle.dumps(
            Made(
                fresh.frames,
                fresh.boxes,
                fresh.pictures,
                fresh.problems,
                fresh.overset,
                fresh.fit,
                (glyphs.fallen, glyphs.missing),
                dict(islice(reversed(known.items()), len(known) - before)),
                told,
            ),
            pickle.HIGHEST_PROTOCOL,
        )
        data = _HEAD.pack(number, len(data)) + data
        while data:
            data = data[os.write(mouth, data) :]


def _take(dummy: Dummy, story: Story, made: Made) -> None:
    """Puts in what was handed over, as if the story had been set here."""
    enclose(replace(dummy, problems=[], boxes={}), story)  # what its box keeps free is asked for later
    for page, frames in made.frames.items():
        dummy.add_frames(page, frames)
    for page, boxes in made.boxes.items():
        dummy.add_boxes(page, boxes)
    for page, pictures in made.pictures.items():
        for picture in pictures:
            dummy.add_picture(page, picture)
    dummy.problems += made.problems
    dummy.overset += made.overset
    dummy.fit += made.fit
    dummy.glyphs.hear(*made.glyphs)
    for key, value in made.known.items():
        dummy.known[key] = value
    assert isinstance(dummy.ways, KnownWays)
    dummy.ways.hear(made.ways)
