"""Production: from an issue's folder to a print-ready PDF and a report, in steps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct, field

from .build_workers import BuildWorkers
from .composition import Composition, Fit
from .errors import IssueError, LayoutError, Message, Problem, Severity, has_errors
from .rules.severities import apply_severities
from .runtime.cache import cache_folder
from .runtime.files import draft_for, put, unwritable
from .runtime.garbage import rare_collection
from .runtime.ownership import who_else_writes

if TYPE_CHECKING:
    from .issue import Issue
    from .page.flow.solution_cache import FlowSolutionCache
    from .page.makeup import EarlyPages
    from .pdf.target import Target
    from .pdf.weasyprint.worker import WeasyPrintWorker
    from .press.preflight.worker import PreflightWorker
    from .press.printer import Printer
    from .rules.rule import Weight
    from .style.model import Style
    from .text.fonts.faces import Faces

Progress = Callable[[str], None]


class BuildStopped(Exception):
    """A step reported errors after which no other step is possible."""


class Report(Struct):
    """What a build did: the PDF (None where none was written), every problem, how full each article's frames are.

    `timings` are seconds by step: read, compose, write, preflight.
    """

    pdf: Path | None = None
    problems: list[Problem] = field(default_factory=list)
    fit: tuple[Fit, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the print shop can have this."""
        return self.pdf is not None and not has_errors(self.problems)

    def add(self, problems: Iterable[Problem], checks: Mapping[str, Weight]) -> list[Problem]:
        """Adds problems with their severities by `checks`; returns those problems."""
        added = apply_severities(problems, checks)
        self.problems = apply_severities([*self.problems, *added])  # one note of what is silenced
        return added


class Destination:
    """Where the PDF goes, and for whom it is written. The printer's profile is read when it is first needed."""

    def __init__(
        self, issue: str | Path, output: str | Path | None, printer: str | Path, *, marks: bool, screen: bool
    ) -> None:
        """`issue` is the issue's path, for which a file is named where `output` is None."""
        self.file = Path(output) if output is not None else default_output(issue, screen=screen)
        self.is_screen = screen
        self._usual = default_output(issue)
        self._printer = printer
        self._marks = marks

    @cached_property
    def profile(self) -> Printer:
        """Raises StyleError where there is no such printer, or its profile cannot be read."""
        from .press.printer import load_printer

        return load_printer(self._printer)

    @cached_property
    def target(self) -> Target:
        """Raises StyleError as `profile` does, for the screen edition too."""
        from .pdf.target import print_target, screen_target

        profile = self.profile
        return screen_target() if self.is_screen else print_target(profile, marks=self._marks)

    def refused_file(self) -> Path:
        """The file that fails preflight: NAME.refused.pdf beside the last good one, never beside a device."""
        beside = self.file if self.file.is_file() or not self.file.exists() else self._usual
        return beside.with_name(f"{beside.stem}.refused.pdf")


class Production:
    """The production of one issue in steps, and its report.

    A step after which no other is possible reports why and raises BuildStopped. `cache` is the folder of artifacts of
    earlier builds; the pages and the bytes are the same without it.
    """

    def __init__(self, progress: Progress | None = None, cache: Path | None = None) -> None:
        self.report = Report()
        self._progress = progress
        self._cache = cache

    def read(self, path: str | Path, style: str | Path | None = None) -> Issue:
        """Reads the issue and, where it names a profile of rules, checks it by them; `style` replaces its style."""
        with self._step("read"):
            from .issue.reader import load

            issue = load(path, style=style)
        self.report.problems.extend(issue.problems)
        if issue.profile:
            from .proofreading.regulation import check_regulation

            self.report.problems.extend(check_regulation(issue))
        return issue

    def proofread(self, issue: Issue) -> None:
        """Reports the proofreader's questions about the text."""
        from .proofreading import proofread

        self.report.problems.extend(proofread(issue))

    def compose(self, issue: Issue, *, check_pages: bool = False, order: EarlyPages | None = None) -> Composition:
        """Composes the pages; see `compose` below."""
        with self._step("compose"):
            from .composition_cache import open_composition_cache

            with open_composition_cache(self._cache, issue.folder) as (result_cache, solutions):
                composition = compose(
                    issue, result_cache=result_cache, solutions=solutions, check_pages=check_pages, order=order
                )
        problems = [*self.report.problems, *composition.problems]
        self.report.problems = apply_severities(problems, composition.checks)
        self.report.fit = composition.fit
        return composition

    def check(self, forgiven: Collection[str] = ()) -> None:
        """Stops where an error was reported, but for the rules `forgiven`: no file is written then."""
        problems = self.report.problems
        if any(problem.severity is Severity.ERROR and problem.rule not in forgiven for problem in problems):
            raise BuildStopped

    @contextmanager
    def draft(self, destination: Destination) -> Iterator[Path]:
        """A file beside the destination's, to be written first; what the file system does not allow is reported."""
        try:
            _ = destination.target  # reads the profile before a draft is opened
        except LayoutError as error:
            self._stop(error.problems)
        try:
            with draft_for(destination.file) as draft:
                yield draft
        except OSError as error:
            self._stop([unwritable(destination.file, error)])

    def write_pdf(
        self, composition: Composition, draft: Path, destination: Destination, worker: WeasyPrintWorker | None
    ) -> None:
        """Writes the PDF into the draft; `worker` draws the furniture that is in no cache. Raises OSError."""
        with self._step("write"), draft.open("wb") as file:
            from .pdf.document import write_draft

            problems = write_draft(
                composition, file, faces=composition.faces, target=destination.target, cache=self._cache, worker=worker
            )
        if has_errors(self.report.add(problems, composition.checks)):
            raise BuildStopped

    def preflight(
        self, draft: Path, destination: Destination, worker: PreflightWorker, checks: Mapping[str, Weight]
    ) -> Sequence[Problem]:
        """Holds the draft to the printer's rules, with the severities of `checks`; none for the screen edition."""
        if destination.is_screen:
            return ()
        profile = destination.profile
        with self._step("preflight"):
            findings = worker.inspect(draft, profile, ink=_is_ink_an_error(profile), name=destination.file.name)
        return self.report.add(findings, checks)

    def publish(self, draft: Path, destination: Destination, findings: Sequence[Problem]) -> None:
        """Puts the draft in the place of the last good file; beside it where preflight found errors. Raises OSError."""
        if not has_errors(findings):
            put(draft, destination.file)
            self.report.pdf = destination.file
            return
        refused = destination.refused_file()
        refused.parent.mkdir(parents=True, exist_ok=True)
        put(draft, refused)
        what = Message(
            f"印前检查没有通过，文件另存为 {refused}", f"the preflight refuses the file, which is kept as {refused}"
        )
        remedy = Message("按上面各条改好再排", "mend what is said above and build again")
        self.report.problems.append(Problem("refused", what, remedy, severity=Severity.NOTE))

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """Times a step and shows its name; LayoutError is reported, and the build stops."""
        if self._progress:
            self._progress(name)
        start = perf_counter()
        try:
            yield
        except LayoutError as error:
            self._stop(error.problems)
        finally:
            self.report.timings[name] = perf_counter() - start

    def _stop(self, problems: Iterable[Problem]) -> NoReturn:
        self.report.problems.extend(problems)
        raise BuildStopped


@rare_collection()
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
    """Reads, composes, checks, writes, preflights and publishes an issue; the parameters are those of `layout.api.build`."""
    untrusted: list[Problem] = []
    folder = _own_cache(untrusted) if cache else None
    job = Production(progress, folder)
    job.report.problems.extend(untrusted)
    destination = Destination(path, output, printer, marks=marks, screen=screen)
    with suppress(BuildStopped), BuildWorkers(folder, preflight=not screen) as workers:
        issue = job.read(path, style)
        early = workers.draw_early(issue, lambda: destination.target)
        composition = job.compose(issue, order=early)
        job.check(forgiven={"overset"} if allow_overset else ())
        with job.draft(destination) as draft:
            job.write_pdf(composition, draft, destination, workers.weasyprint)
            findings = job.preflight(draft, destination, workers.preflight, composition.checks)
            job.publish(draft, destination, findings)
    return job.report


def compose(
    issue: Issue,
    style: Style | None = None,
    faces: Faces | None = None,
    *,
    result_cache: dict[str, Any] | None = None,
    solutions: FlowSolutionCache | None = None,
    check_pages: bool = False,
    order: EarlyPages | None = None,
) -> Composition:
    """Plans the pages that have no area map, then makes up all of them. Text that does not fit is in `overset`.

    `style` and `faces` are the issue's where they are None. The caches are those of `open_composition_cache`; no page
    depends on them. `check_pages` also checks the pages by the rules of makeup; `order`: see `EarlyPages`.

    Raises:
        IssueError: an area map is wrong, no article is left for a page, or a character is in no face: nothing can be
            made up.
        StyleError: the style cannot be read.
    """
    from .page import makeup

    if style is None:
        from .style.reader import style_of

        style = style_of(issue)
    if faces is None:
        from .text.fonts.faces import load_faces

        faces = load_faces(style.font_files())
    planning_problems: tuple[Problem, ...] = ()
    if not issue.pages or not all(spec.areas for spec in issue.pages):
        from .planning import pages_without_content, plan_issue

        plan = plan_issue(issue, style, faces)[0]
        issue, planning_problems = plan.of(issue), plan.problems
        if empty := pages_without_content(issue):
            raise IssueError([*planning_problems, *empty])
    return makeup.compose(
        issue,
        style,
        faces,
        planning_problems=planning_problems,
        result_cache=result_cache,
        solutions=solutions,
        check_pages=check_pages,
        order=order,
    )


def _is_ink_an_error(profile: Printer) -> bool:
    """Whether too much ink would keep the file from this printer; measuring it takes longer than all other rules."""
    return profile.severity("GWG R0026") is Severity.ERROR


def default_output(path: str | Path, *, screen: bool = False) -> Path:
    """`out/NAME.pdf` in the current folder, NAME being the issue folder's; `NAME-screen.pdf` for the screen."""
    folder = Path(path)
    folder = folder.parent if folder.suffix in {".yaml", ".yml"} else folder
    return Path("out") / f"{folder.resolve().name}{'-screen' if screen else ''}.pdf"


def _own_cache(problems: list[Problem]) -> Path | None:
    """The folder of the cache, None, which is added to `problems`, where others could put something into it."""
    folder = cache_folder()
    others = who_else_writes(folder)
    if others is None:
        return folder
    what = Message(f"没有用缓存：{others.zh}", f"the cache is not used: {others.en}")
    remedy = Message(f"见 layout doctor；缓存在 {folder}", f"see layout doctor; the cache is {folder}")
    problems.append(Problem("cache", what, remedy, severity=Severity.NOTE))
    return None
