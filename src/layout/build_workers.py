"""The processes that work beside a build: preflight imports what it needs, and WeasyPrint draws furniture, while the
issue is composed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from .errors import LayoutError
from .press.preflight.worker import PreflightWorker, start_preflight_worker
from .runtime.processes.worker import runs_in_a_pool

if TYPE_CHECKING:
    from .composition import Page
    from .issue import Issue
    from .page.makeup import EarlyPages
    from .pdf.target import Target
    from .pdf.weasyprint.worker import WeasyPrintWorker
    from .text.fonts.faces import Faces

_has_built = False  # a build has begun in this process


class BuildWorkers:
    """The subprocess workers of one build. To be entered; all of them end when it is left.

    Workers are started by the first build of a process alone. A process that builds more issues, or is one of a pool,
    imports preflight and WeasyPrint itself, once; there `preflight` works in this process and `weasyprint` is None.
    """

    def __init__(self, cache: Path | None, *, preflight: bool) -> None:
        """`cache` is the folder of artifacts; `preflight` is whether the file will be preflighted."""
        global _has_built
        self._cache = cache
        self._is_alone, _has_built = not _has_built and not runs_in_a_pool(), True
        self._stack = ExitStack()
        self._wants_preflight = preflight
        self.preflight = PreflightWorker(None)
        self.weasyprint: WeasyPrintWorker | None = None

    def __enter__(self) -> BuildWorkers:
        if not self._is_alone:
            return self
        if self._wants_preflight:
            self.preflight = self._stack.enter_context(closing(start_preflight_worker()))
        if "weasyprint" not in sys.modules:
            from .pdf.weasyprint.worker import is_empty_cache, start_worker

            if is_empty_cache(self._cache):
                self.weasyprint = start_worker(self._stack)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def draw_early(self, issue: Issue, target: Callable[[], Target]) -> EarlyPages | None:
        """Starts drawing the furniture of an issue that is new to the cache, while its text is composed.

        Returns what `makeup.compose` calls with the pages that it expects; None where no worker draws. `target` raises
        LayoutError where the printer's profile cannot be read; then nothing is drawn early.
        """
        if self._is_alone and "weasyprint" not in sys.modules:
            from .pdf.weasyprint.worker import is_new_to_cache, start_worker

            if is_new_to_cache(self._cache, _likely_furniture(issue)):
                self.weasyprint = self.weasyprint or start_worker(self._stack)
        return self._order(self.weasyprint, target) if self.weasyprint else None

    def _order(self, worker: WeasyPrintWorker, target: Callable[[], Target]) -> EarlyPages:
        def order(faces: Faces, pages: Sequence[Page], folders: tuple[str, ...]) -> None:
            from .pdf.furniture_forms import FurnitureForms
            from .pdf.inks import Inks
            from .pdf.xobjects import order_fragments
            from .runtime.store import ArtifactStore

            try:
                chosen = target()
            except LayoutError:
                return  # it is reported when the file is written
            furniture = FurnitureForms(faces, chosen, Inks(chosen), ArtifactStore(self._cache), worker)
            for page in pages:
                order_fragments(page, furniture, chosen.bleed, folders)

        return order


def _likely_furniture(issue: Issue) -> bytes:
    """What an issue's furniture is most likely drawn from; other furniture is drawn when the file is written."""
    pages = [(page.name, page.editor) for page in issue.pages]
    state = (
        issue.style,
        issue.chosen_style,
        issue.publication,
        issue.number,
        issue.date,
        issue.staff_box,
        issue.colophon,
        pages,
    )
    return repr(state).encode()
