"""More hands: other processes pour the last stories of a large issue while the first are set, and tell how."""

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
from typing import Any

from msgspec.structs import replace

from .dummy import Dummy
from .stories import let_go, pour_story
from .threads import Story
from .ways import KnownWays

WORTH_IT = 8_000  # characters: less is set before another hand has begun
NEW = 2  # stories that the last build did not have
MOST = 7
_LENGTH = struct.Struct(">I")


def with_more_hands(dummy: Dummy, stories: Sequence[Story]) -> Iterator[Story]:
    """The stories, from the first on. Meanwhile every processor that is free pours them from the last on.

    What it tells in time need not be found here; what it tells is the same as would be found, so the pages are.
    Nobody is called while the last build knew most of it.
    """
    ways = dummy.ways
    assert isinstance(ways, KnownWays)
    hands: list[_Hand] = []
    new, found = 0, ways.found
    try:
        for at, story in enumerate(stories):
            for told, heads in (message for hand in hands for message in hand.heard()):
                ways.hear(told)
                dummy.kept.update(heads)
            yield story
            new, found = new + (ways.found > found), ways.found
            if new == NEW and not hands:
                rest = stories[:at:-1]
                count = _hands(rest)
                hands = [_Hand(dummy, rest[number::count]) for number in range(count)]
    finally:
        for hand in hands:
            hand.dismiss()


def _hands(stories: Sequence[Story]) -> int:
    """How many help: none where the process has threads, which a forked one would not have, or is itself a helper."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    if "multiprocessing" in sys.modules and sys.modules["multiprocessing"].parent_process():
        return 0
    if sum(story.article.body.characters for story in stories) < WORTH_IT:
        return 0
    return min(len(os.sched_getaffinity(0)) - 1, MOST, len(stories) - 1)


class _Hand:
    """A copy of this process that pours stories and tells how."""

    def __init__(self, dummy: Dummy, stories: Sequence[Story]) -> None:
        self._ear, mouth = os.pipe()
        self._heard = b""
        self._process = os.fork()
        if not self._process:
            try:
                os.close(self._ear)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                gc.disable()
                _pour(dummy, stories, mouth)
            finally:
                os._exit(0)
        os.close(mouth)

    def heard(self) -> Iterator[Any]:
        """What was told since the last time."""
        while select.select([self._ear], [], [], 0)[0] and (data := os.read(self._ear, 1 << 20)):
            self._heard += data
        start = 0
        while len(self._heard) >= start + _LENGTH.size:
            end = start + _LENGTH.size + _LENGTH.unpack_from(self._heard, start)[0]
            if len(self._heard) < end:
                break
            yield pickle.loads(self._heard[start + _LENGTH.size : end])  # of a process that we forked
            start = end
        self._heard = self._heard[start:]

    def dismiss(self) -> None:
        os.close(self._ear)
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _pour(dummy: Dummy, stories: Sequence[Story], mouth: int) -> None:
    ways = dummy.ways
    assert isinstance(ways, KnownWays)
    told = set(ways.asked)
    for story in stories:
        fresh = replace(dummy, problems=[], frames={}, boxes={}, pictures={}, overset=[], fit=[])
        if poured := pour_story(fresh, story, 0):
            heads = {
                key: head
                for key, head in dummy.kept.items()
                if isinstance(key, tuple) and key[:2] == ("head", story.id)
            }
            data = pickle.dumps((ways.tell(poured.flow, told), heads), pickle.HIGHEST_PROTOCOL)
            data = _LENGTH.pack(len(data)) + data
            while data:
                data = data[os.write(mouth, data) :]
        let_go(dummy, story)
