"""Forked workers fill the last stories of a large issue while this process fills the first, and send back the results."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ...composition import Box, Fit, Frame, Overset, PlacedPicture
from ...errors import Message, Problem
from ...runtime.processes.worker import runs_in_a_pool
from ...runtime.progress import count_progress
from ..canvas import Canvas
from ..elements.boxes import enclose
from ..glyphs import Fallen, GlyphFallback, Missing, Unshaped
from ..map.threads import Story
from .solution_cache import FlowSolutionCache
from .stories import clear_analysis, set_story

if TYPE_CHECKING:
    from ...runtime.processes.forked_worker import Send

LEAST_CHARACTERS = 8_000  # characters: fewer are set before a worker has begun
NEW_STORIES = 2  # stories that the last build did not have
MOST_WORKERS = 7
STORIES = Message("篇", "stories")
BOOK_STORIES = 200  # stories: of more, no lines are cached for the next build

NumberedStory = tuple[int, Story]


class StoryResult(Struct):
    """Everything that filling one story adds: to its pages, to the report and to the caches."""

    frames: dict[int, list[Frame]]
    boxes: dict[int, list[Box]]
    pictures: dict[int, list[PlacedPicture]]
    problems: list[Problem]
    overset: list[Overset]
    fit: list[Fit]
    glyphs: tuple[Fallen, Missing, Unshaped]
    result_cache: dict[str, Any]
    solutions: dict[str, Any]


def set_stories(canvas: Canvas, stories: Sequence[Story]) -> None:
    """Fills all stories, from the first on; at the same time a worker on every free processor fills them from the last on.

    A story whose result has arrived is not filled here; results are the same in either process. No worker is started
    if the cache has nearly all stories.
    """
    solutions = canvas.caches.solutions
    assert isinstance(solutions, FlowSolutionCache)
    if len(stories) > BOOK_STORIES:
        solutions.lines = None
    workers: list[_StoryWorker] = []
    received: dict[int, bytes] = {}
    new, found = 0, solutions.found
    try:
        for number, story in enumerate(stories):
            count_progress(number, len(stories), STORIES)
            for worker in workers:
                received.update(worker.results())
            if number in received:
                _add_result(canvas, story, pickle.loads(received.pop(number)))  # of a process forked by this one
            else:
                set_story(canvas, story, _order(number))
            clear_analysis(canvas, story)
            new, found = new + (solutions.found > found), solutions.found
            if new == NEW_STORIES and not workers:
                rest = [*enumerate(stories)][:number:-1]
                count = _worker_count([story for _, story in rest])
                workers = [_StoryWorker(canvas, rest[first::count]) for first in range(count)]
    finally:
        for worker in workers:
            worker.stop()


def _order(number: int) -> int:
    """A story's rank among the others for reading."""
    return 10 * (number + 1)


def _worker_count(stories: Sequence[Story]) -> int:
    """How many workers: none where the process has threads, which a forked one would not have, or is itself a worker."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    if runs_in_a_pool():
        return 0
    if sum(story.article.body.characters for story in stories) < LEAST_CHARACTERS:
        return 0
    return min(len(os.sched_getaffinity(0)) - 1, MOST_WORKERS, len(stories) - 1)


class _StoryWorker:
    """A forked copy of this process that fills stories, one after another, and sends back their results."""

    def __init__(self, canvas: Canvas, stories: Sequence[NumberedStory]) -> None:
        from ...runtime.processes.forked_worker import ForkedWorker

        self._numbers = [number for number, _ in reversed(stories)]  # the results to come, the next one last
        self._process = ForkedWorker(partial(_set_and_send, canvas, stories))

    @property
    def has_more(self) -> bool:
        """Whether results may still come."""
        return self._process.has_more

    def results(self) -> Iterator[tuple[int, bytes]]:
        """The pickled results that have come since the last call, by the numbers of their stories."""
        for data in self._process.messages():
            number = self._numbers.pop()
            if data:
                yield number, data

    def stop(self) -> None:
        self._process.stop()


def _set_and_send(canvas: Canvas, stories: Sequence[NumberedStory], send: Send) -> None:
    """Runs in the worker: one message a story, empty where the story has to be set by the main process."""
    solutions = canvas.caches.solutions
    assert isinstance(solutions, FlowSolutionCache)
    solutions.changes_since_last()
    solutions.lines = None  # the lines are in the frames, which are sent
    result_cache = {**canvas.caches.results}
    for number, story in stories:
        before = len(result_cache)
        glyphs = GlyphFallback(canvas.faces, canvas.style.fallback, canvas.style.faces)
        caches = replace(canvas.caches, glyphs=glyphs, results=result_cache)
        fresh = replace(canvas, caches=caches, problems=[], frames={}, boxes={}, pictures={}, overset=[], fit=[])
        set_story(fresh, story, _order(number))
        clear_analysis(canvas, story)
        received = solutions.changes_since_last()
        if any(problem.rule == "unknown-box" for problem in fresh.problems):
            send(b"")  # it is reported once, with the first story that it is wrong in
            continue
        data = pickle.dumps(
            StoryResult(
                fresh.frames,
                fresh.boxes,
                fresh.pictures,
                fresh.problems,
                fresh.overset,
                fresh.fit,
                (glyphs.fallen, glyphs.missing, glyphs.unshaped),
                dict(islice(reversed(result_cache.items()), len(result_cache) - before)),
                received,
            ),
            pickle.HIGHEST_PROTOCOL,
        )
        send(data)


def _add_result(canvas: Canvas, story: Story, result: StoryResult) -> None:
    """Adds a result to the canvas, as if the story had been set here."""
    enclose(replace(canvas, problems=[], boxes={}), story)  # the space that its box reserves is computed later
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
