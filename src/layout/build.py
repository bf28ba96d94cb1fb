"""The whole way: an issue folder in, a print-ready PDF and a report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from .composition import Composition, Fit
from .errors import LayoutError, Problem, Severity, has_errors

Progress = Callable[[str], None]


@dataclass(slots=True)
class Report:
    """What a build did: the PDF (None where none was written), every problem, how full each article's frames are."""

    pdf: Path | None = None
    problems: list[Problem] = field(default_factory=list)
    fit: tuple[Fit, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the print shop can have this."""
        return self.pdf is not None and not has_errors(self.problems)

    @contextmanager
    def step(self, name: str, progress: Progress | None) -> Iterator[None]:
        if progress:
            progress(name)
        start = perf_counter()
        try:
            yield
        finally:
            self.timings[name] = self.timings.get(name, 0.0) + perf_counter() - start


def compose_issue(path: str | Path, report: Report, progress: Progress | None = None) -> Composition | None:
    """Reads and composes; what is wrong goes into the report. None where nothing could be composed."""
    from .issue.reader import load
    from .page.makeup import compose

    try:
        with report.step("read", progress):
            issue = load(path)
        report.problems.extend(issue.problems)
        with report.step("compose", progress):
            composition = compose(issue)
    except LayoutError as error:
        report.problems.extend(error.problems)
        return None
    report.problems.extend(composition.problems)
    report.fit = composition.fit
    return composition


def build(
    path: str | Path,
    output: str | Path | None = None,
    *,
    allow_overset: bool = False,
    cache: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Builds the print PDF of an issue folder, or of its `issue.yaml`.

    The PDF is written whole or not at all: where the content has errors the last good file stays as it was.
    `allow_overset` writes it although text is left over (which stays an error in the report).
    """
    report = Report()
    composition = compose_issue(path, report, progress)
    if composition is None:
        return report
    forgiven = {"overset"} if allow_overset else set()
    if any(p.severity is Severity.ERROR and p.rule not in forgiven for p in report.problems):
        return report
    from .pdf.document import write_pdf
    from .pdf.target import print_target
    from .text.faces import load_faces

    target = Path(output) if output is not None else default_output(path)
    with report.step("write", progress):
        problems = write_pdf(
            composition, target, faces=load_faces(), target=print_target(), cache=cache_folder() if cache else None
        )
    report.problems.extend(problems)
    if not has_errors(problems):
        report.pdf = target
    return report


def default_output(path: str | Path) -> Path:
    """`out/NAME.pdf` in the current folder, NAME being the issue folder's."""
    folder = Path(path)
    folder = folder.parent if folder.suffix in {".yaml", ".yml"} else folder
    return Path("out") / f"{folder.resolve().name}.pdf"


def cache_folder() -> Path:
    """Where finished pieces are kept between builds: `LAYOUT_CACHE`, else the user's cache folder."""
    if chosen := os.environ.get("LAYOUT_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newsletter-layout"
