"""Finds certain corrections in the files of an issue, each with its location; `folder` applies them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ...errors import Problem, SourceLocation
from ...issue import hygiene
from ...issue.body import LEAD_IN_GAP, Block
from ...issue.model import FURNITURE, Issue
from ...issue.reader import ISSUE_FILE
from ...proofreading.copy import ProofText, proof_texts
from ...records.record import fields_of
from ...records.shapes import sure_match

HYGIENE = "J12"
INDENT = "G1"
_INDENT = re.compile("^[ \t]*[\u3000\u2002\u2003\xa0][\u3000\u2002\u2003\xa0 \t]*(?=\\S)")
_ADDRESS = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*\)|\]\{[^{}]*\}")  # the target of a link, or ruby
_LOOKAHEAD = 8  # how many marks of Markdown may stand between two characters of a text


class FileFix(NamedTuple):
    """The replacement of `old` by `new` at `mark`, whose file is relative to the issue's folder, by `rule`."""

    mark: SourceLocation
    old: str
    new: str
    rule: str


def line_of(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""


def other_spellings(line: str, before: str, after: str) -> Iterator[tuple[str, str, int]]:
    """Possible corrections of a line of YAML that does not parse: (text, replacement, column from 0).

    Tabs that indent, a full-width colon or no space after a known key, a colon inside a Chinese text.
    """
    indent = re.match(r"[ \t]*", line)
    if indent and "\t" in indent.group():
        beside = [other[: len(other) - len(other.lstrip())] for other in (after, before)]
        for spaces in dict.fromkeys((*beside, indent.group().expandtabs(2), indent.group().expandtabs(4))):
            if "\t" not in spaces:
                yield indent.group(), spaces, 0
    key = re.match(r"( *(?:- )?)([a-z_]+)\s*(：\s*|:(?=[^\s:/]))", line)
    if key and key[2] in _keys():
        yield key[3], ": ", key.start(3)
    value = re.match(r" *(?:- )?[^\s:'\"\[{|>#][^:]*: +[^\s'\"\[{|>#]", line)
    if value:
        for found in re.finditer("(?<=[\u3400-\u9fff）”》])(?:: +|:$)", line[value.end() - 1 :]):
            yield found.group(), "：", value.end() - 1 + found.start()


@cache
def _keys() -> frozenset[str]:
    """All keys of the issue format."""
    found: set[str] = set()
    waiting: list[type] = [Issue]
    seen: set[type] = set()
    while waiting:
        record = waiting.pop()
        seen.add(record)
        for name, item in fields_of(record).items():
            found.add(name)
            waiting += [inner for inner in item.shape.records() if inner not in seen]
    return frozenset(found)


def of_problems(problems: Iterable[Problem], files: dict[str, str]) -> Iterator[FileFix]:
    """The fixes of problems whose text is found in the file."""
    for problem in problems:
        if not (problem.fix and problem.mark and problem.mark.file in files):
            continue
        line = line_of(files[problem.mark.file], problem.mark.line)
        start = problem.mark.column - 1
        at = line.find(problem.fix.old, start)
        # Markdown syntax before a place shifts it to the right; farther matches are other text.
        if at >= 0 and at - start <= len(re.findall(r"[*#\[\]!]", line[:at])) + 1:
            yield FileFix(problem.mark._replace(column=at + 1), *problem.fix, problem.rule)


def of_names(issue: Issue, files: dict[str, str]) -> Iterator[FileFix]:
    """Misspelt names in area maps and under `columns` with one possible correction."""
    possible = [*issue.articles, *issue.floats(), *FURNITURE]
    for page in issue.pages:
        places: list[tuple[SourceLocation, tuple[str, ...]]] = [(row.mark, row.cells) for row in page.areas]
        places += [(page.place(f"columns.{name}"), (name,)) for name in page.columns]
        for mark, names in places:
            line = line_of(files.get(mark.file, ""), mark.line)
            for name in {cell.partition(".")[0] for cell in names} - {""}:
                meant = sure_match(name, possible) if name not in possible else ""
                for found in re.finditer(rf"(?<=[\s:{{,]){re.escape(name)}(?=[\s.:]|$)", line) if meant else ():
                    yield FileFix(mark._replace(column=found.start() + 1), name, meant, "area-name")


def of_hygiene(issue: Issue, files: dict[str, str]) -> Iterator[FileFix]:
    """The edits of hygiene, for the file, and typed indents."""
    for copy in proof_texts(issue):
        if isinstance(copy.source, Block):
            pieces = _lines_of(copy.source)
            edits = _named(copy.source, copy.language)
        else:
            mark, typed = copy.source
            pieces = [] if "\n" in typed else [(0, typed, mark)]
            edits = hygiene.named_edits(typed, headline=copy.role in ("headline", "byline"), language=copy.language)
        for start, typed, mark in pieces:
            if mark.file in files:
                line = line_of(files[mark.file], mark.line)
                if not start:
                    yield from _typed_indent(copy, line, mark)
                yield from _edits_in(line, start, typed, mark, edits)


def _named(block: Block, language: str) -> list[hygiene.Named]:
    """The edits of a block with their rules, except the space after a bold lead-in, which is the syntax for it."""
    named = hygiene.named_edits(block.source, verse=block.kind == "verse", language=language)
    return [
        hygiene.Named(edit, next((rules for other, rules in named if other == edit), ()))
        for edit in block.edits
        if not (edit.new == LEAD_IN_GAP and block.source[edit.start : edit.end] == " ")
    ]


def _lines_of(block: Block) -> list[tuple[int, str, SourceLocation]]:
    """Each line of a block: offset in the source, text without the line end, location."""
    ends = [start for start, _ in block.lines[1:]] + [len(block.source) + 1]
    return [(start, block.source[start : end - 1], mark) for (start, mark), end in zip(block.lines, ends, strict=True)]


def _typed_indent(copy: ProofText, line: str, mark: SourceLocation) -> Iterator[FileFix]:
    """Typed spaces before a paragraph, as the style indents."""
    found = _INDENT.match(line)
    if (
        found
        and not mark.file.endswith(ISSUE_FILE)
        and copy.role in ("body", "crosshead")
        and mark.column <= found.end() + 1
    ):
        yield FileFix(mark._replace(column=1), found.group(), "", INDENT)


def _edits_in(line: str, start: int, typed: str, mark: SourceLocation, edits: list[hygiene.Named]) -> Iterator[FileFix]:
    """The edits in a line, at the columns of their characters in the file."""
    inside = [named for named in edits if start <= named.edit.start < named.edit.end <= start + len(typed)]
    columns = _align(typed, line, mark.column - 1) if inside else None
    if columns is None:
        return
    for edit, rules in inside:
        at, end = columns[edit.start - start], columns[edit.end - 1 - start] + 1
        if end - at == edit.end - edit.start:  # no Markdown syntax between
            yield FileFix(mark._replace(column=at + 1), line[at:end], edit.new, " ".join((HYGIENE, *rules)))


def _align(typed: str, line: str, column: int) -> list[int] | None:
    """The column in the line of each character of a text, skipping Markdown syntax and quotes."""
    columns: list[int] = []
    at = column
    spans = {found.start(): found.end() for found in _ADDRESS.finditer(line)}
    for character in typed:
        ahead = 0
        while at < len(line) and line[at] != character:
            at, ahead = spans.get(at, at + 1), ahead + 1
        if at == len(line) or ahead > _LOOKAHEAD:
            return None
        columns.append(at)
        at += 1
    return columns
