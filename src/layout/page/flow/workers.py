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

from ...composition import Box, Fit, Frame, Overset, PlacedPicture
from ...errors import Problem
from ...runtime.worker import runs_in_a_pool
from ..canvas import Canvas
from ..elements.boxes import enclose
from ..glyphs import Fallen, GlyphFallback, Missing
from ..map.threads import Story
from .solution_cache import FlowSolutionCache
from .stories import forget_analysis, set_story

LEAST_CHARACTERS = 8_000  # characters: less is set before another hand has begun
NEW_STORIES = 2  # stories that the last build did not have
MOST_WORKERS = 7
BOOK_STORIES = 200  # stories: of more the process keeps no lines for the next build
PIPE_BYTES = 1 << 20  # bytes that wait to be heard
_HEAD = struct.Struct(">II")  # of a message: the story's number, the length of what follows

NumberedStory = tuple[int, Story]


class StoryResult(Struct):
    """All that setting one story leaves: on its pages, in the report, and for what comes after."""

    frames: dict[int, list[Frame]]
    boxes: dict[int, list[Box]]
    pictures: dict[int, list[PlacedPicture]]
    problems: list[Problem]
    overset: list[Overset]
    fit: list[Fit]
    glyphs: tuple[Fallen, Missing]
    result_cache: dict[str, Any]
    solutions: dict[str, Any]


def set_stories(canvas: Canvas, stories: Sequence[Story]) -> None:
    """Sets all stories, from the first on. Meanwhile every processor that is free sets them from the last on.

    A story that was handed over in time need not be set here; it is the same as it would be, so the pages are. Nobody
    is called while the last build knew most of it.
    """
    solutions = canvas.caches.solutions
    assert isinstance(solutions, FlowSolutionCache)
    if len(stories) > BOOK_STORIES:
        solutions.lines = None
    workers: list[_ForkedWorker] = []
    received: dict[int, bytes] = {}
    new, found = 0, solutions.found
    try:
        for number, story in enumerate(stories):
            for worker in workers:
                received.update(worker.results())
            if number in received:
                _add_result(canvas, story, pickle.loads(received.pop(number)))  # of a process that we forked
            else:
                set_story(canvas, story, _order(number))
            forget_analysis(canvas, story)
            new, found = new + (solutions.found > found), solutions.found
            if new == NEW_STORIES and not workers:
                rest = [*enumerate(stories)][:number:-1]
                count = _worker_count([story for _, story in rest])
                workers = [_ForkedWorker(canvas, rest[first::count]) for first in range(count)]
    finally:
        for worker in workers:
            worker.stop()


def _order(number: int) -> int:
    """A story's rank among the others for reading."""
    return 10 * (number + 1)


def _worker_count(stories: Sequence[Story]) -> int:
    """How many help: none where the process has threads, which a forked one would not have, or is itself a helper."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    if runs_in_a_pool():
        return 0
    if sum(story.article.body.characters for story in stories) < LEAST_CHARACTERS:
        return 0
    return min(len(os.sched_getaffinity(0)) - 1, MOST_WORKERS, len(stories) - 1)


class _ForkedWorker:
    """A copy of this process that sets stories and hands them over."""

    def __init__(self, canvas: Canvas, stories: Sequence[NumberedStory]) -> None:
        self._read_end, write_end = os.pipe()
        self._buffer = b""
        self.has_ended = False  # all that was to be heard was
        self._process = os.fork()
        if not self._process:
            try:
                os.close(self._read_end)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                gc.disable()
                _run_worker(canvas, stories, write_end)
            finally:
                os._exit(0)
        os.close(write_end)

    def results(self) -> Iterator[tuple[int, bytes]]:
        """The stories, by their numbers, that were handed over since the last time."""
        while not self.has_ended and select.select([self._read_end], [], [], 0)[0]:
            data = os.read(self._read_end, PIPE_BYTES)
            self._buffer += data
            self.has_ended = not data
        start = 0
        while len(self._buffer) >= start + _HEAD.size:
            number, length = _HEAD.unpack_from(self._buffer, start)
            end = start + _HEAD.size + length
            if len(self._buffer) < end:
                break
            yield number, self._buffer[start + _HEAD.size : end]
            start = end
        self._buffer = self._buffer[start:]

    def stop(self) -> None:
        os.close(self._read_end)
        with suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _run_worker(canvas: Canvas, stories: Sequence[NumberedStory], write_end: int) -> None:
    """What a hand does."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(write_end, fcntl.F_SETPIPE_SZ, PIPE_BYTES)  # Linux: so that nobody waits to be heard
    solutions = canvas.caches.solutions
    assert isinstance(solutions, FlowSolutionCache)
    solutions.changes_since_last()
    solutions.lines = None  # they are printed, and that is handed over
    result_cache = {**canvas.caches.results}
    for number, story in stories:
        before = len(result_cache)
        glyphs = GlyphFallback(canvas.faces, canvas.style.fallback)
        caches = replace(canvas.caches, glyphs=glyphs, results=result_cache)
        fresh = replace(canvas, caches=caches, problems=[], frames={}, boxes={}, pictures={}, overset=[], fit=[])
        set_story(fresh, story, _order(number))
        forget_analysis(canvas, story)
        received = solutions.changes_since_last()
        if any(problem.rule == "unknown-box" for problem in fresh.problems):
            continue  # it is reported once, with the first story that it is wrong in
        data = pickle.dumps(
            StoryResult(
                fresh.frames,
                fresh.boxes,
                fresh.pictures,
                fresh.problems,
                fresh.overset,
                fresh.fit,
                (glyphs.fallen, glyphs.missing),
                dict(islice(reversed(result_cache.items()), len(result_cache) - before)),
                received,
            ),
            pickle.HIGHEST_PROTOCOL,
        )
        data = _HEAD.pack(number, len(data)) + data
        while data:
            data = data[os.write(write_end, data) :]


def _add_result(canvas: Canvas, story: Story, result: StoryResult) -> None:
    """Puts in what was handed over, as if the story had been set here."""
    enclose(replace(canvas, problems=[], boxes={}), story)  # what its box keeps free is asked for later
    for page, frames in result.frames.items():
        canvas.add_frames(page, frames)
    for page, boxes in result.boxes.items():
        canvas.add_boxes(page, boxes)
    for page, pictures in result.pictures.items():
        for picture in pictures:
            canvas.add_picture(page, picture)
    canvas.problems += result.problems
    canvas.overset += result.overset
    canvas.fit += result.fit
    canvas.glyphs.merge(*result.glyphs)
    for key, value in result.result_cache.items():
        canvas.caches.results[key] = value
    assert isinstance(canvas.caches.solutions, FlowSolutionCache)
    canvas.caches.solutions.merge(result.solutions)
