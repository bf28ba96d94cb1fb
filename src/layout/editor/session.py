"""The editing session: the last successful build, the one before it, and the current problems."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from ..errors import LayoutError, Problem
from ..runtime import faults
from .build import Build, make_build
from .page_images import PageImages
from .preview.json_view import preview_state, problem_to_dict

_T = TypeVar("_T")
QUIET = 0.6  # seconds without a change before proofreading and preflight run


class EditingSession:
    """Rebuilds an issue on request, and sends its state to all subscribers.

    Composing and rendering have a thread each, so a page can be rendered while the next build is composed.
    """

    def __init__(
        self, path: str | Path, printer: str | Path, cache: Path | None, style: str | Path | None = None
    ) -> None:
        self.path = Path(path)
        self._style = style
        self.build: Build | None = None
        self.previous: Build | None = None
        self.errors: Sequence[Problem] = ()
        self._printer = printer
        self._cache = cache
        self._findings: Sequence[Problem] = ()
        self._checked = False
        self._view: dict[str, Any] = {}
        self._pictures = PageImages(cache)
        self._composing = ThreadPoolExecutor(1, "composing")
        self._drawing = ThreadPoolExecutor(1, "drawing")
        self._listeners: set[asyncio.Event] = set()
        self._checking: asyncio.Task[None] | None = None
        self._number = 0
        self._latency = 0.0

    # --- building

    async def rebuild(self) -> None:
        """Builds; if that fails the last successful build is kept, and the errors are reported with it."""
        start = perf_counter()
        if self._checking:
            self._checking.cancel()
        try:
            await self._run(self._composing, self._rebuild)
        except LayoutError as error:
            self.errors = error.problems
        except Exception as error:  # an internal error must not end the session
            self.errors = [faults.fault(error, self._cache)]
        self._latency = perf_counter() - start
        self._notify()
        if not self.errors:
            self._checking = asyncio.create_task(self._check_later())

    def _rebuild(self) -> None:
        made = make_build(self.path, self._number + 1, self._cache, self._style)
        self._number = made.number
        # After a save without changes the previous build is kept for comparison.
        previous = self.previous if self.build and self.build.digests == made.digests else self.build
        described = preview_state(made, previous, [])
        self.previous, self.build, self._view = previous, made, described
        self.errors, self._findings, self._checked = (), (), False

    async def _check_later(self) -> None:
        """Runs proofreading and preflight once no change has come for `QUIET` seconds."""
        await asyncio.sleep(QUIET)
        build = self.build
        if build is None:
            return
        findings = await self._run(self._composing, lambda: review_text(build, self._printer, self._cache))
        described = await self._run(self._composing, lambda: preview_state(build, self.previous, findings))
        if self.build is build:
            self._findings, self._checked, self._view = findings, True, described
            self._notify()

    async def _run(self, executor: ThreadPoolExecutor, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(executor, work)

    # --- state

    def state(self) -> dict[str, Any]:
        """The state that the browser shows, as values for JSON."""
        return {
            "view": self._view or None,
            "folder": str(self.path if self.path.is_dir() else self.path.parent),
            "errors": [problem_to_dict(problem) for problem in self.errors],
            "checked": self._checked,
            "latency": round(self._latency, 3),
        }

    async def states(self) -> AsyncIterator[dict[str, Any]]:
        """The state now and after each change; changes faster than the subscriber reads are merged."""
        changed = asyncio.Event()
        changed.set()
        self._listeners.add(changed)
        try:
            while True:
                await changed.wait()
                changed.clear()
                yield self.state()
        finally:
            self._listeners.discard(changed)

    def _notify(self) -> None:
        for listener in self._listeners:
            listener.set()

    # --- pictures

    def build_numbered(self, number: int) -> Build | None:
        """The build of that number, if it is the last one or the one before."""
        return next((build for build in (self.build, self.previous) if build and build.number == number), None)

    async def picture(self, build: Build, page: int, scale: float) -> bytes:
        """A page as JPEG.

        Raises:
            LayoutError: The page cannot be drawn.
            LookupError: There is no such page.
        """
        found = next(each for each in build.composition.pages if each.number == page)
        return await self._run(
            self._drawing,
            lambda: self._pictures.jpeg(build.composition, found, build.digests[page], scale),
        )

    def close(self) -> None:
        if self._checking:
            self._checking.cancel()
        for executor in (self._composing, self._drawing):
            executor.shutdown(wait=False, cancel_futures=True)


def review_text(build: Build, printer: str | Path, cache: Path | None) -> list[Problem]:
    """The problems that `layout check` and `layout build` would report of text, regulation and file."""
    from ..proofreading import proofread
    from ..proofreading.regulation import check_regulation

    issue = build.issue
    return [
        *(check_regulation(issue) if issue.profile else ()),
        *proofread(issue),
        *preflight_of(build, printer, cache),
    ]


def preflight_of(build: Build, printer: str | Path, cache: Path | None) -> list[Problem]:
    """Writes a temporary print file; returns the problems of writing and preflight, as `layout build` would."""
    import tempfile

    from ..errors import has_errors
    from ..pdf.document import write_pdf
    from ..pdf.target import print_target
    from ..press.preflight.preflight import preflight
    from ..press.printer import load_printer

    try:
        profile = load_printer(printer)
    except LayoutError as error:
        return list(error.problems)
    composition = build.composition
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "issue.pdf"
        target = print_target(profile)
        problems = write_pdf(composition, file, faces=composition.faces, target=target, cache=cache)
        if has_errors(problems):
            return problems
        return [*problems, *preflight(file, profile, ink=False)]
