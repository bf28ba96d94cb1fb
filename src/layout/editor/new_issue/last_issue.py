"""The last issue of a publication, and the text that a new one carries over from it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ...errors import IssueError, Message, Problem, SourceLocation
from ...issue.model import Issue
from ...issue.reader import ISSUE_FILE
from ...records import read_record, read_utf8
from ...records.nodes import YamlSource, compose_yaml
from ...runtime.gate import Gate, files_below, place_in

# Keys that each issue has of its own; all others are carried over.
OWN = frozenset({"number", "total_number", "date", "articles", "pages", "teasers"})
_PRINT_DATE = re.compile(r"(print_date:\s*[\"']?)(\d{4}-\d\d-\d\d)")


class LastIssue(Struct, frozen=True):
    """The preceding issue: folder, text, and what was read from it."""

    folder: Path
    text: str
    issue: Issue

    @property
    def title(self) -> str:
        return str(self.issue.publication.title)

    @property
    def total(self) -> int:
        """The whole number, 0 where it has none."""
        return self.issue.total_number or 0

    def carried_over(self, print_date: datetime.date | None = None) -> dict[str, str]:
        """The text of each key to carry over, with its comments; the date of printing is replaced."""
        blocks = {name: block for name, block in _blocks(self.text) if name not in OWN}
        if "colophon" in blocks and print_date:
            blocks["colophon"] = _PRINT_DATE.sub(rf"\g<1>{print_date.isoformat()}", blocks["colophon"])
        return blocks

    def files(self) -> list[Path]:
        """Files in the issue's folder that the carried over text names: emblem, logotype, the issue's own style."""
        publication, style = self.issue.publication, self.issue.style
        found = [place_in(self.folder, name) for name in (publication.emblem, publication.logotype) if name]
        own = place_in(self.folder, style)
        if own and place_in(own, "style.yaml") and (own / "style.yaml").is_file() and own != self.folder:
            found += files_below(own)
        return [path for path in found if path and path.is_file()]

    def print_date(self, date: datetime.date) -> datetime.date | None:
        """The date of printing: as many days before the new date as it was before the old one."""
        printed = self.issue.colophon.print_date
        return date - (self.issue.date - printed) if printed else None


def read_last(folder: Path) -> LastIssue:
    """The issue of a folder, or of its `issue.yaml`; errors in its articles are ignored.

    Raises:
        IssueError: It cannot be read, or has no publication, number and date.
    """
    file = folder / ISSUE_FILE if folder.is_dir() or not folder.suffix else folder
    text, problems = read_utf8(file, file.as_posix(), Gate((file.parent,)))
    if problems:
        raise IssueError(problems)
    issue, problems = read_record(Issue, text, file.as_posix())
    if issue is None or not issue.publication or not issue.number or not issue.date or not issue.publication.title:
        raise IssueError(problems)
    if text.lstrip().startswith("{"):
        what = Message("上一期的 issue.yaml 不是一行一键的写法", "the last issue.yaml is not written key by key")
        remedy = Message("用 --publication 另起，或改成样例的写法", "use --publication, or write it as the samples do")
        raise IssueError([Problem("yaml-shape", what, remedy, SourceLocation(file.as_posix()))])
    return LastIssue(file.parent, text, issue)


def issues_beside(folder: Path) -> list[LastIssue]:
    """The readable issues beside a folder, the latest first."""
    found = []
    for file in sorted(folder.resolve().parent.glob(f"*/{ISSUE_FILE}")):
        if file.parent == folder.resolve():
            continue
        try:
            found.append(read_last(file.parent))
        except IssueError:
            continue
    return sorted(found, key=lambda last: (last.issue.date, last.total), reverse=True)


def issues_to_follow(folder: Path, source: str | Path | None = None) -> list[LastIssue]:
    """The earlier issues that one in `folder` follows, the last one first: `source`, if given, else all beside the folder.

    Raises:
        IssueError: `source` cannot be read.
    """
    beside = issues_beside(folder)
    if not source:
        return beside
    chosen = read_last(Path(source))
    return [chosen, *(one for one in beside if one.issue.date < chosen.issue.date)]


def next_date(issues: Sequence[LastIssue]) -> datetime.date:
    """The date of the next issue, by the interval of the last two, else a month later."""
    last = issues[0].issue.date
    before = next(
        (one.issue.date for one in issues[1:] if one.title == issues[0].title and one.issue.date < last), None
    )
    days = (last - before).days if before else 30
    if days < 25:
        return last + datetime.timedelta(days)
    return _months_later(last, max(1, round(days / 30.44)))


def next_number(last: Issue, date: datetime.date) -> int:
    """The number of the next issue; numbers start again each year."""
    return last.number + 1 if date.year == last.date.year else 1


def _months_later(date: datetime.date, months: int) -> datetime.date:
    """The same day some months later; the last day of a shorter month."""
    month = date.year * 12 + date.month - 1 + months
    following = datetime.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(
        date.replace(day=1, year=month // 12, month=month % 12 + 1) + datetime.timedelta(date.day - 1),
        following - datetime.timedelta(1),
    )


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each top-level key with its lines; the comment above belongs to it, the modeline to none."""
    source = YamlSource(ISSUE_FILE, text)
    root = compose_yaml(source)
    if root is None or root.id != "mapping":
        return
    lines = source.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = []
    for key, _ in root.value:
        at = key.start_mark.line
        while at and lines[at - 1].startswith("#") and "yaml-language-server" not in lines[at - 1]:
            at -= 1
        starts.append((key.value, at))
    for (name, start), (_, end) in zip(starts, [*starts[1:], ("", len(lines))], strict=True):
        yield name, "".join(lines[start:end]).rstrip() + "\n"
