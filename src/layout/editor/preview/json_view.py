"""The JSON view of a build for the browser; lengths in pt from the trim's top left corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...capacity import slots_of, wrong_lengths
from ...composition import Page
from ...errors import Problem, Severity, SourceLocation
from ...page.checks.lines import is_loose
from ...press.preflight.findings import Finding
from ...roles import Role
from ...rules.severities import apply_severities
from ...units import MM
from ..build import Build
from ..changes import changes_of_articles, changes_on_pages
from ..hit_testing import PageBox, find_printed_line, line_rectangle


def preview_state(build: Build, previous: Build | None, findings: Sequence[Problem]) -> dict[str, Any]:
    """Pages, slots, problems with their places on the pages, and changes since the previous build."""
    slots = slots_of(build.issue, build.composition)
    checks = build.composition.checks
    problems = apply_severities(
        [*build.problems, *wrong_lengths(build.issue, build.composition, slots), *findings], checks
    )
    pages = [_page(page, build) for page in build.composition.pages]
    return {
        "build": build.number,
        "previous": previous.number if previous else None,
        "seconds": round(build.seconds, 3),
        "title": build.composition.metadata.get("title", ""),
        "pages": pages,
        "slots": [
            {
                "article": slot.article,
                "title": build.issue.articles[slot.article].title,
                "page": slot.page,
                "holds": slot.holds,
                "has": slot.has,
                "room": slot.room,
                "lines": slot.lines,
                "length": slot.length,
                "place": location_to_dict(build.issue.articles[slot.article].mark),
            }
            for slot in slots
        ],
        "problems": [problem_on_page(problem, build) for problem in sorted(problems, key=_severity_order)],
        "changes": _changes(previous, build),
    }


def _page(page: Page, build: Build) -> dict[str, Any]:
    return {
        "number": page.number,
        "name": page.name,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "digest": build.digests[page.number],
    }


def _severity_order(problem: Problem) -> int:
    return (Severity.ERROR, Severity.WARNING, Severity.NOTE).index(problem.severity)


def _changes(previous: Build | None, build: Build) -> dict[str, Any]:
    if previous is None:
        return {"articles": [], "pages": []}
    old, new = previous.composition, build.composition
    return {
        "articles": [
            {"article": change.article, "page": change.page, "words": change.words._asdict()}
            for change in changes_of_articles(old, new)
        ],
        "pages": [
            {"kind": change.kind, "page": change.page, "rectangle": rectangle_to_dict(change.rectangle)}
            for change in changes_on_pages(old, new)
        ],
    }


def problem_to_dict(problem: Problem) -> dict[str, Any]:
    """A problem in both languages, with its source location."""
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "what": problem.what._asdict(),
        "remedy": problem.remedy._asdict(),
        "place": location_to_dict(problem.mark),
        "page": problem.page,
        "rectangles": [],
    }


def problem_on_page(problem: Problem, build: Build) -> dict[str, Any]:
    """A problem with its rectangle on a page."""
    page, rectangles = _problem_rectangle(problem, build)
    return problem_to_dict(problem) | {"page": page, "rectangles": [rectangle_to_dict(one) for one in rectangles]}


def _problem_rectangle(problem: Problem, build: Build) -> tuple[int | None, list[PageBox]]:
    places = problem.places if isinstance(problem, Finding) else ()
    if places or problem.place:
        mm = places or (problem.place,)
        return problem.page, [PageBox(*(value * MM for value in one)) for one in mm if one]
    if problem.rule == "overset":
        return next(_overset_rectangle(problem, build), (problem.page, []))
    if problem.mark is None:
        return problem.page, []
    if problem.rule == "E12":
        return problem.page, [
            line_rectangle(line)
            for page in build.composition.pages
            if page.number == problem.page
            for frame in page.frames
            for line in frame.lines
            if line.mark == problem.mark and is_loose(line, frame)
        ]
    printed = find_printed_line(build, problem.mark)
    within = printed is not None and printed.first <= problem.mark <= printed.last
    drawn = None if within else next(_picture_rectangle(problem.mark, build), None)
    if drawn:
        return drawn
    return (printed.page, [printed.rectangle]) if printed else (problem.page, [])


def _overset_rectangle(problem: Problem, build: Build) -> Iterator[tuple[int, list[PageBox]]]:
    """The rectangle of the last line before the overset text."""
    for over in build.composition.overset:
        if over.mark != problem.mark:
            continue
        for page in reversed(build.composition.pages):
            frames = [f for f in page.frames if f.article == over.article and f.role is Role.BODY and f.lines]
            if frames:
                yield page.number, [line_rectangle(frames[-1].lines[-1])]
                return


def _picture_rectangle(mark: SourceLocation, build: Build) -> Iterator[tuple[int, list[PageBox]]]:
    for page in build.composition.pages:
        for picture in page.pictures:
            if picture.mark and picture.mark[:2] == mark[:2]:
                yield page.number, [PageBox(picture.x, picture.y, picture.width, picture.height)]


def location_to_dict(mark: SourceLocation | None) -> dict[str, Any] | None:
    return mark._asdict() if mark and mark.file else None


def rectangle_to_dict(one: PageBox) -> list[float]:
    return [round(value, 2) for value in (one.x, one.y, one.width, one.height)]
