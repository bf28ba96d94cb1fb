"""What a remedy says in so many words, done: its own numbers, names and commands and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from issue_folder import IssueFolder

from layout.cli.main import main
from layout.errors import Problem

TYPE_AREA = 50  # lines, of the style of the bases
Edit = Callable[[IssueFolder], None]


def said_remedies(problem: Problem) -> dict[str, Edit]:
    """Each change that the remedy of a problem names, by its words."""
    return {words: edit for pattern, edits in _FORMS for words, edit in _read(pattern, edits, problem)}


def _read(pattern: str, edits: Callable[..., object], problem: Problem) -> Iterator[tuple[str, Edit]]:
    for found in re.finditer(pattern, problem.remedy.en):
        made = edits(problem, *found.groups())
        if isinstance(made, dict):
            yield from made.items()
        elif made is not None:
            yield found.group(), made  # type: ignore[misc]


def _story(problem: Problem) -> tuple[str, int]:
    """The article and the page that a message names at its end: `page 1 harvest`."""
    found = re.search(r"page (\d+) (\S+)$", problem.what.en)
    assert found, problem.what.en
    return found[2], int(found[1])


def _fix(problem: Problem, flags: str) -> Edit:
    return lambda issue: _run(issue, flags.split())


def _run(issue: IssueFolder, flags: list[str]) -> None:
    main(["fix", str(issue.folder), *flags])


def _mean(problem: Problem, name: str) -> Edit:
    if problem.rule == "name":  # a name stands in the midst of other Han
        written = re.match("“(.+?)”", problem.what.en)
        assert written
        return lambda issue: issue.replace(problem.mark, written[1], name)
    if problem.rule == "area-name":  # an area is as many words as it has cells
        return lambda issue: issue.replace_everywhere(problem.mark, name)
    return lambda issue: issue.replace_word(problem.mark, name)


def _cut(problem: Problem, count: str) -> Edit:
    if problem.rule == "plan-over":
        return lambda issue: issue.cut(issue.article_at(problem.mark), int(count))
    return lambda issue: issue.cut(_story(problem)[0], int(count))


def _higher(problem: Problem, count: str) -> Edit:
    name, page = _story(problem)
    return lambda issue: issue.heighten(name, page, int(count))


def _last_higher(problem: Problem, page: str, count: str) -> Edit:
    return lambda issue: issue.heighten(_story(problem)[0], int(page), int(count), last=True)


def _cells(problem: Problem, counts: str) -> dict[str, Edit]:
    """A row with each of these numbers of cells: its last cell is repeated, or its last cells are left out."""

    def edit(issue: IssueFolder, count: int) -> None:
        name = issue.name_of(problem.mark)
        lines = issue.lines(name)
        head, _, cells = lines[problem.mark.line - 1].partition(": ")
        names = cells.split()
        lines[problem.mark.line - 1] = f"{head}: {' '.join((names + names[-1:] * count)[:count])}"
        issue.write(name, lines)

    return {f"{count} cells": lambda issue, count=int(count): edit(issue, count) for count in counts.split(", ")}


def _columns(problem: Problem, counts: str) -> dict[str, Edit]:
    """Each of these numbers of columns, for the area that the message is about."""
    found = re.search("“(.+?)”", problem.what.en)
    assert found

    def edit(issue: IssueFolder, count: int) -> None:
        lines = [re.sub(rf"\b{found[1]}: \d+", f"{found[1]}: {count}", line) for line in issue.lines("issue.yaml")]
        assert lines != issue.lines("issue.yaml")
        issue.write("issue.yaml", lines)

    return {f"{count} columns": lambda issue, count=int(count): edit(issue, count) for count in counts.split(", ")}


def _lower(problem: Problem, count: str) -> Edit:
    """So many lines less in the row that the message points at."""

    def edit(issue: IssueFolder) -> None:
        line = issue.lines("issue.yaml")[problem.mark.line - 1]
        height = re.search(r"- ([\d/]+):", line)
        assert height
        parts = height[1].split("/")
        lines = int(parts[0]) if len(parts) == 1 else round(TYPE_AREA * int(parts[0]) / int(parts[1]))
        issue.set_height(problem.mark, str(lines - int(count)))

    return edit


def _auto(problem: Problem) -> Edit:
    return lambda issue: issue.set_height(problem.mark, "auto")


def _shorter(problem: Problem, count: str) -> Edit:
    """So many characters less at the end of the headline that the message points at."""
    return lambda issue: issue.replace_word(problem.mark, issue.word_at(problem.mark)[: -int(count)])


def _at_most(problem: Problem, count: str) -> Edit:
    return lambda issue: issue.replace_word(problem.mark, issue.word_at(problem.mark)[: int(count)])


def _write_more(problem: Problem, count: str) -> Edit:
    return lambda issue: issue.write_more(issue.article_at(problem.mark), int(count))


def _area_lower(problem: Problem, count: str) -> Edit:
    return lambda issue: issue.heighten(issue.article_at(problem.mark), problem.page or 1, -int(count))


_FORMS: tuple[tuple[str, Callable[..., object]], ...] = (
    (r"do you mean “?(.+?)”?\?", _mean),
    (r"layout fix((?: --\w+)*)", _fix),
    (r"write one of ([\d, ]+) cells", _cells),
    (r"take ([\d, ]+) columns", _columns),
    (r"take (\d+) lines? away", _lower),
    (r"or write auto", _auto),
    (r"shorten it by (?:about )?(\d+) characters?", _shorter),
    (r"cut it to at most (\d+)", _at_most),
    (r"write about (\d+) characters? more", _write_more),
    (r"make its area (\d+) lines? lower", _area_lower),
    (r"cut (?:about )?(\d+) characters?", _cut),
    (r"make its area (\d+) lines? higher", _higher),
    (r"make the last of its areas \(page (\d+)\) (\d+) lines? higher, no other", _last_higher),
)
