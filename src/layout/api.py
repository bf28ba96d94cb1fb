"""The library for other programs: every public function. `import layout` has them under its own name.

Each loads what it needs when it is called, so that a program which only sets lines loads no PDF library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .batch import Done
    from .composition import Composition
    from .errors import Problem
    from .importing import Imported
    from .issue import Issue
    from .page.flow.solution_cache import FlowSolutionCache
    from .planning import Plan
    from .press.preflight.findings import Finding
    from .press.printer import Printer
    from .production import Progress, Report
    from .style.model import Style
    from .text.fonts.faces import Faces
    from .text.paragraph import ComposerFace, LineSetting
    from .text.plain_lines import GlyphLine
    from .text.setting import Breaking, Level, Scheme


def load(path: str | Path, *, drafts: bool = False, style: str | Path | None = None) -> Issue:
    """Reads an issue's folder, or its `issue.yaml`; `Issue.problems` holds what is worth a look.

    Args:
        path: the folder or the file.
        drafts: an article may still be without text, as it is while an issue is planned.
        style: the name or the folder of a style that takes the place of the one that the issue names. It may lie
            anywhere; the issue's own may not.

    Raises:
        IssueError: with every problem of the YAML, the bodies and the pictures.
    """
    from .issue.reader import load

    return load(path, drafts=drafts, style=style)


def compose(
    issue: Issue,
    style: Style | None = None,
    faces: Faces | None = None,
    *,
    result_cache: dict[str, Any] | None = None,
    solutions: FlowSolutionCache | None = None,
    check_pages: bool = False,
) -> Composition:
    """The pages of an issue. Pages without an area map are planned first. Text that does not fit is in `overset`.

    Args:
        issue: the issue, read by `load`.
        style: its style where it was read already.
        faces: the style's faces where they were opened already.
        result_cache: takes what was found of words and furniture, so that the next composition need not find it again.
        solutions: takes how text was flowed, for the same. The pages depend on neither.
        check_pages: checks the pages by the rules of makeup too; what they find is in `problems`.

    Raises:
        IssueError: an area map is wrong, or a character is in no face: nothing can be made up.
        StyleError: the style cannot be read.
    """
    from .production import compose

    return compose(issue, style, faces, result_cache=result_cache, solutions=solutions, check_pages=check_pages)


def write_pdf(
    composition: Composition, file: str | Path, *, printer: str | Path = "offset-coated", marks: bool = False
) -> list[Problem]:
    """Writes the print PDF (PDF/X-4) of a composition, whole or not at all; what is wrong with it is returned.

    Args:
        composition: what `compose` made.
        file: where the PDF goes.
        printer: the name of a shipped profile, or the path of one's own.
        marks: draws printer's marks.

    Raises:
        StyleError: there is no such printer, or its profile cannot be read.
    """
    from .pdf.document import write_pdf
    from .pdf.target import print_target
    from .press.printer import load_printer

    target = print_target(load_printer(printer), marks=marks)
    return write_pdf(composition, Path(file), faces=composition.faces, target=target, cache=None)


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
    """Builds the print PDF of an issue and holds it to the printer's preflight.

    The PDF is written whole or not at all: where the content has errors the last good file stays as it was. Total ink,
    which Ghostscript measures, is left to `preflight` and to delivery unless the printer's profile makes it an error.

    Args:
        path: the issue's folder, or its `issue.yaml`.
        output: where the PDF goes; default `out/NAME.pdf`, NAME being the issue folder's.
        printer: the name of a shipped profile, or the path of one's own.
        marks: draws printer's marks.
        screen: makes the edition for reading on a screen instead.
        allow_overset: writes the PDF although text is left over, which stays an error in the report.
        cache: uses and fills the cache of earlier builds; the bytes are the same without it.
        progress: is called with the name of each step as it begins: read, compose, write, preflight.
        style: the name or the folder of a style that takes the place of the issue's.
    """
    from .production import build

    return build(
        path,
        output,
        printer=printer,
        marks=marks,
        screen=screen,
        allow_overset=allow_overset,
        cache=cache,
        progress=progress,
        style=style,
    )


def build_many(
    issues: Iterable[str | Path],
    executor: Executor | None = None,
    *,
    folder: str | Path | None = None,
    done: Done | None = None,
    **options: Any,
) -> dict[Path, Report]:
    """Builds every issue; returns the reports in the order of the issues. One that fails does not stop the others.

    Args:
        issues: their folders, or their `issue.yaml`.
        executor: any of `concurrent.futures`, or Dask's `client.get_executor()`; without one the issues are built one
            after another. A worker uses its faces and caches again for its next issues.
        folder: where the PDFs go, each named for its issue's folder; default `out`.
        done: is called with each issue's path and its report as it is ready.
        options: those of `build`.
    """
    from .batch import build_many

    return build_many(issues, executor, folder=folder, done=done, **options)


def plan(issue: Issue, *, count: int = 1) -> list[Plan]:
    """Area maps for the pages of an issue that have none, `count` different ones at most, the best first.

    `Plan.of(issue)` is the issue with that plan, ready to be composed; `plan_yaml` writes it down for the editor. What
    is over or under is in `Plan.problems`, what did not fit in `Plan.held`.

    Raises:
        StyleError: the style cannot be read.
        IssueError: a page that has a map has a wrong one.
    """
    from .planning import plan_issue
    from .style.reader import style_of
    from .text.fonts.faces import load_faces

    style = style_of(issue)
    return plan_issue(issue, style, load_faces(style.font_files(), style.font_places()), count=count)


def plan_yaml(plan: Plan) -> str:
    """The `pages` of a plan as YAML to put into `issue.yaml`; heights and names stand under each other."""
    from .planning import plan_yaml

    return plan_yaml(plan)


def preflight(
    path: str | Path, printer: Printer | str | Path = "offset-coated", *, ink: bool = True, name: str = ""
) -> list[Finding]:
    """Checks a PDF by a printer's rules; returns all findings: those of the file first, then page by page.

    Each finding has the rule's number, severity, page, its places in mm from the trim's top left, what is wrong and
    the remedy. Any file may be given; one that is broken or cannot be opened is a finding, never an exception.

    Args:
        path: the PDF.
        printer: a profile, the name of a shipped one, or the path of one's own.
        ink: measures total ink, for which Ghostscript draws every page.
        name: what the findings call the file; else its path.

    Raises:
        StyleError: there is no such printer, or its profile cannot be read.
    """
    from .press.preflight.preflight import preflight

    return preflight(path, printer, ink=ink, name=name)


def proofread(issue: Issue) -> list[Problem]:
    """Every question about the issue's text, in the order of its files."""
    from .proofreading import proofread

    return proofread(issue)


def import_article(path: str | Path) -> Imported:
    """Imports an article from a file: `.docx`, `.md`, `.txt`, `.html`, or a kind that another package reads.

    Nothing is lost without being named in `notes`; what was found by its look only is a warning there.

    Raises:
        ArticleError: the file cannot be read, or has no text; every reason with its remedy.
    """
    from .importing import import_article

    return import_article(path)


def set_lines(
    text: str,
    measure: float | Sequence[float],
    indent: float = 2,
    scheme: Scheme = "full",
    level: Level = "gb",
    breaking: Breaking = "first-fit",
    font: ComposerFace | str | None = None,
    setting: LineSetting | None = None,
) -> list[GlyphLine]:
    """Sets one paragraph of plain text in lines.

    Args:
        text: the paragraph.
        measure: the width of the lines in em; a list has one for each line, the last repeated.
        indent: the first line's indent in em.
        scheme: widths of punctuation: natural, full (全角式), kaiming (开明式), half (半角式) or line_end_half (行末半角式).
        level: marks that may not begin or end a line: none, basic, gb or strict.
        breaking: first-fit or optimum.
        font: a face, or the name of one of the library's own.
        setting: everything else; default that of body text.
    """
    from .text.paragraph import BODY_SETTING
    from .text.plain_lines import set_lines

    return set_lines(text, measure, indent, scheme, level, breaking, font, setting or BODY_SETTING)
