"""The whole way: an issue folder in, a print-ready PDF and a report out."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .composition import Composition, Fit, Page
from .errors import LayoutError, Message, Problem, Severity, has_errors
from .press.preflight.worker import PreflightWorker, start_preflight_worker
from .rules.severities import apply_severities
from .runtime.cache import cache_folder as cache_folder
from .runtime.files import draft_for, put, unwritable
from .runtime.ownership import who_else_writes
from .runtime.worker import runs_in_a_pool

if TYPE_CHECKING:
    from .issue import Issue
    from .page.makeup import EarlyPages
    from .pdf.target import Target
    from .pdf.weasyprint.worker import WeasyPrintWorker
    from .press.printer import Printer
    from .rules.rule import Weight
    from .text.fonts.faces import Faces

Progress = Callable[[str], None]
# A process that builds one issue has others import preflight and WeasyPrint beside it; one that builds more, or that
# works beside others, imports them itself, once.
_built = False
_counting = threading.Lock()
_at_work = 0  # builds that seldom look for cycles
_usual = gc.get_threshold()


class Report(Struct):
    """What a build did: the PDF (None where none was written), every problem, how full each article's frames are."""

    pdf: Path | None = None
    problems: list[Problem] = field(default_factory=list)
    fit: tuple[Fit, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the print shop can have this."""
        return self.pdf is not None and not has_errors(self.problems)

    def add(self, problems: Sequence[Problem], checks: Mapping[str, Weight]) -> list[Problem]:
        """Reports problems with the severities that `checks` give them; those problems."""
        added = apply_severities(problems, checks)
        self.problems = apply_severities([*self.problems, *added])  # one note of what is silenced
        return added

    @contextmanager
    def step(self, name: str, progress: Progress | None) -> Iterator[None]:
        if progress:
            progress(name)
        start = perf_counter()
        try:
            yield
        finally:
            self.timings[name] = self.timings.get(name, 0.0) + perf_counter() - start


def compose_issue(
    path: str | Path,
    report: Report,
    progress: Progress | None = None,
    *,
    check_pages: bool = False,
    style: str | Path | None = None,
) -> Composition | None:
    """Reads and composes; what is wrong goes into the report. None where nothing could be composed.

    `style` takes the place of the issue's. `check_pages` also reads the text as a proofreader does, and looks the pages over for what the trade forbids.
    """
    issue = _read(path, report, progress, style)
    if issue and check_pages:
        from .proofreading import proofread

        report.problems.extend(proofread(issue))
    return compose_loaded(issue, report, progress, check_pages=check_pages) if issue else None


def _read(path: str | Path, report: Report, progress: Progress | None, style: str | Path | None) -> Issue | None:
    try:
        with report.step("read", progress):
            from .issue.reader import load

            issue = load(path, style=style)
    except LayoutError as error:
        report.problems.extend(error.problems)
        return None
    report.problems.extend(issue.problems)
    if issue.profile:
        from .proofreading.regulation import check_regulation

        report.problems.extend(check_regulation(issue))
    return issue


def compose_loaded(
    issue: Issue,
    report: Report,
    progress: Progress | None = None,
    cache: Path | None = None,
    *,
    check_pages: bool = False,
    order: EarlyPages | None = None,
) -> Composition | None:
    """Composes an issue that has been read; `cache` is a folder for what later builds need not find again, `order`
    has its furniture drawn meanwhile."""
    try:
        with report.step("compose", progress):
            from .composition_cache import open_composition_cache
            from .page.makeup import compose

            with open_composition_cache(cache, issue.folder) as (result_cache, solutions):
                composition = compose(
                    issue, result_cache=result_cache, solutions=solutions, check_pages=check_pages, order=order
                )
    except LayoutError as error:
        report.problems.extend(error.problems)
        return None
    report.problems = apply_severities([*report.problems, *composition.problems], composition.checks)
    report.fit = composition.fit
    return composition


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Pages are many objects and no cycles: looking for cycles among them takes a fifth of a large build.

    It ends when they are gone, so that the first look afterwards finds few. Builds in several threads share it: the
    first begins it and the last ends it.
    """
    global _at_work, _usual
    with _counting:
        if not _at_work:
            _usual = gc.get_threshold()
            gc.set_threshold(max(_usual[0], 100_000), *_usual[1:])
        _at_work += 1
    try:
        yield
    finally:
        with _counting:
            _at_work -= 1
            if not _at_work:
                gc.set_threshold(*_usual)


@_seldom_collecting()
def build(
    path: str | Path,
    output: str | Path | None = None,
    *,
    printer: str | Path = "offset-coated",
    marks: bool = False,
    screen: bool = False,
    allow_overset: bool = False,
    cache: bool = True,
    progress: Progress | None = None,
    style: str | Path | None = None,
) -> Report:
    """Builds the print PDF of an issue folder, or of its `issue.yaml`, and holds it to the printer's preflight.

    Total ink, which Ghostscript measures, is left to `preflight` and to delivery unless the printer's profile makes
    it an error.

    The PDF is written whole or not at all: where the content has errors the last good file stays as it was.
    `printer` is the name of a shipped profile or the path of one's own; `marks` draws printer's marks; `screen` makes
    the edition for reading on a screen instead; `allow_overset` writes the PDF although text is left over (which stays
    an error in the report). `style` is the name or the folder of a style that takes the place of the issue's, which has
    to lie in its own folder or be an installed one.
    """
    global _built
    report = Report()
    folder = _own_cache(report) if cache else None
    alone, _built = not _built and not runs_in_a_pool(), True
    forgiven = {"overset"} if allow_overset else set()
    with ExitStack() as workers:
        inspector = (
            None
            if screen
            else workers.enter_context(closing(start_preflight_worker() if alone else PreflightWorker(None)))
        )
        from .pdf.weasyprint.worker import is_empty_cache, is_new_to_cache, start_worker

        hires = alone and "weasyprint" not in sys.modules
        worker = start_worker(workers) if hires and is_empty_cache(folder) else None
        issue = _read(path, report, progress, style)
        if issue is None:
            return report
        if hires and is_new_to_cache(folder, _likely_furniture(issue)):
            worker = worker or start_worker(workers)
        from .pdf.target import print_target, screen_target
        from .press.printer import load_printer

        try:
            profile = load_printer(printer)
            unknown_printer: Sequence[Problem] = ()
        except LayoutError as error:
            profile, unknown_printer = None, error.problems
        target = (screen_target() if screen else print_target(profile, marks=marks)) if profile else None
        order = _order(worker, target, folder) if worker and target else None
        composition = compose_loaded(issue, report, progress, folder, order=order)
        if composition is None:
            return report
        if any(p.severity is Severity.ERROR and p.rule not in forgiven for p in report.problems):
            return report
        if profile is None or target is None:
            report.problems.extend(unknown_printer)
            return report
        from .pdf.document import write_draft

        file = Path(output) if output is not None else default_output(path, screen=screen)
        try:
            draft = workers.enter_context(draft_for(file))
            with report.step("write", progress), draft.open("wb") as part:
                problems = write_draft(
                    composition, part, faces=composition.faces, target=target, cache=folder, worker=worker
                )
            problems = report.add(problems, composition.checks)
            if has_errors(problems):
                return report
            if inspector:
                with report.step("preflight", progress):
                    findings = inspector.inspect(draft, profile, ink=_exceeds_ink_limit(profile), name=file.name)
                if has_errors(report.add(findings, composition.checks)):
                    beside = (
                        file if file.is_file() or not file.exists() else default_output(path)
                    )  # not beside a device
                    refused = beside.with_name(f"{beside.stem}.refused.pdf")
                    refused.parent.mkdir(parents=True, exist_ok=True)
                    put(draft, refused)
                    report.problems.append(_blocks_publication(refused))
                    return report
            put(draft, file)
        except OSError as error:
            report.problems.append(unwritable(file, error))
            return report
        report.pdf = file
    return report


def _order(worker: WeasyPrintWorker, target: Target, cache: Path | None) -> EarlyPages:
    """Has a WeasyPrint backend draw what pages will probably show."""
    from .pdf.furniture_forms import FurnitureForms
    from .pdf.inks import Inks
    from .pdf.xobjects import order_fragments
    from .runtime.store import ArtifactStore

    def order(faces: Faces, pages: Sequence[Page], folders: tuple[str, ...]) -> None:
        furniture = FurnitureForms(faces, target, Inks(target), ArtifactStore(cache), worker)
        for page in pages:
            order_fragments(page, furniture, target.bleed, folders)

    return order


def _likely_furniture(issue: Issue) -> bytes:
    """What furniture is most likely to be drawn from; what else it shows is drawn when it is found to be new."""
    pages = [(page.name, page.editor) for page in issue.pages]
    look = (
        issue.style,
        issue.chosen_style,
        issue.publication,
        issue.number,
        issue.date,
        issue.staff_box,
        issue.colophon,
        pages,
    )
    return repr(look).encode()


def _exceeds_ink_limit(profile: Printer) -> bool:
    """Whether too much ink would keep the file from this printer; measuring it takes longer than all the rest."""
    return profile.severity("GWG R0026") is Severity.ERROR


def _blocks_publication(file: Path) -> Problem:
    """What the preflight refuses does not take the place of the last good file."""
    return Problem(
        "refused",
        Message(f"印前检查没有通过，文件另存为 {file}", f"the preflight refuses the file, which is kept as {file}"),
        Message("按上面各条改好再排", "mend what is said above and build again"),
        severity=Severity.NOTE,
    )


def default_output(path: str | Path, *, screen: bool = False) -> Path:
    """`out/NAME.pdf` in the current folder, NAME being the issue folder's; `NAME-screen.pdf` for the screen."""
    folder = Path(path)
    folder = folder.parent if folder.suffix in {".yaml", ".yml"} else folder
    return Path("out") / f"{folder.resolve().name}{'-screen' if screen else ''}.pdf"


def _own_cache(report: Report) -> Path | None:
    """The folder of the cache, None, which is reported, where others could put something into it."""
    folder = cache_folder()
    others = who_else_writes(folder)
    if others is None:
        return folder
    what = Message(f"没有用缓存：{others.zh}", f"the cache is not used: {others.en}")
    remedy = Message(f"见 layout doctor；缓存在 {folder}", f"see layout doctor; the cache is {folder}")
    report.problems.append(Problem("cache", what, remedy, severity=Severity.NOTE))
    return None
