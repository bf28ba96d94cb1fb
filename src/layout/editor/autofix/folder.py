"""Applies fixes to the files of an issue in memory. A change is kept only if the issue then has fewer problems and
prints the same except for the intended change. Comments and formatting of the files are not changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from ...errors import Problem, SourceLocation
from ...importing.manuscript import ArticleError, ImportLog
from ...importing.text.encodings import decode
from ...issue.body import Block
from ...issue.model import Issue
from ...issue.reader import ISSUE_FILE, examine
from ...proofreading import proofread
from ...proofreading.copy import proof_texts
from ...records.nodes import YamlSource, compose_yaml
from ...rules.severities import apply_severities
from ...runtime.files import write_bytes
from ...runtime.gate import Gate, Outside, lies_outside, place_in
from ...runtime.limits import ISSUE_FILE_BYTES
from ...runtime.resources import displayed_path
from .emoji import missing_signs, of_signs
from .fixes import FileFix, of_hygiene, of_names, of_problems, other_spellings

ROUNDS = 12  # each may reveal problems that others hid
# Pictures are not copied; the trial copy is read without them.
_PICTURES = frozenset({"no-file", "corrupt-picture", "picture-kind"})


class FolderFixes(Struct):
    """The result of `layout fix`. `data` are the files as found, `before` and `after` their texts; `changes` were
    made, `left` are the problems that the editor must solve."""

    folder: Path
    data: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    changes: list[FileFix] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)

    @property
    def changed(self) -> dict[str, str]:
        return {name: text for name, text in self.after.items() if text.encode() != self._plain(name)}

    @property
    def _gate(self) -> Gate:
        return Gate((self.folder,))

    def _plain(self, name: str) -> bytes:
        return self.data[name].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def read_in(self, name: str) -> None:
        """Reads a file; one in another encoding is converted to UTF-8 if the encoding is certain."""
        try:
            data = self._gate.read(self.folder / name, ISSUE_FILE_BYTES)
        except Outside:
            raise ArticleError([lies_outside(name, SourceLocation(name))]) from None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            notes = ImportLog(name)
            text = decode(data, Path(name), notes)  # ArticleError where it is not text
            if len(notes.problems) > 1:
                raise ArticleError(notes.problems) from None
            self.changes.append(FileFix(SourceLocation(name), "GB18030", "UTF-8", "not-utf8"))
        self.data[name] = data
        self.before[name] = self.after[name] = text.replace("\r\n", "\n").replace("\r", "\n")

    def save(self) -> list[Path]:
        """Writes the changed files atomically with their original line ends, except files that were changed on disk
        in the meantime."""
        written = []
        for name, text in self.changed.items():
            path, data = self._gate.find(self.folder / name), self.data[name]
            if self._gate.read(path, ISSUE_FILE_BYTES) == data:
                write_bytes(path, (text.replace("\n", "\r\n") if b"\r\n" in data else text).encode())
                written.append(self.folder / name)
        return written


def autofix(folder: Path, *, emoji: bool = False) -> FolderFixes:
    """Fixes the issue of a folder that has an `issue.yaml`, in memory; `emoji` also removes signs that no face has.

    Raises:
        ArticleError: a file is no text.
        StyleError: the style cannot be read, where `emoji` has to look at its faces.
        OSError: a file cannot be read.
    """
    fixes = FolderFixes(folder)
    fixes.read_in(ISSUE_FILE)
    _fix_yaml(fixes)
    with tempfile.TemporaryDirectory(prefix="layout-") as place:
        trial = _TrialCopy(fixes, Path(place))
        trial.run()
        if emoji and trial.issue is not None:
            trial.take_out(missing_signs(replace(trial.issue, folder=folder)))
    return fixes


def _fix_yaml(fixes: FolderFixes) -> None:
    """Corrects syntax errors of YAML one by one; a correction is kept if the parser then gets further."""
    for _ in range(fixes.after[ISSUE_FILE].count("\n") + 1):
        problems = _syntax(fixes.after[ISSUE_FILE])
        if not problems or not _fix_yaml_line(fixes, problems[0]):
            return


def _fix_yaml_line(fixes: FolderFixes, problem: Problem) -> bool:
    here = problem.mark or SourceLocation(ISSUE_FILE)
    lines = fixes.after[ISSUE_FILE].split("\n")
    for at in (here.line - 1, here.line - 2):
        if not 0 <= at < len(lines):
            continue
        best = here
        for old, new, column in other_spellings(lines[at], *(["", *lines, ""][at : at + 3 : 2])):
            line = lines[at][:column] + new + lines[at][column + len(old) :]
            text = "\n".join([*lines[:at], line, *lines[at + 1 :]])
            rest = _syntax(text)
            reached = (rest[0].mark or here) if rest else SourceLocation(ISSUE_FILE, len(lines) + 1)
            if reached > best:
                best, fixes.after[ISSUE_FILE] = reached, text
                change = FileFix(SourceLocation(ISSUE_FILE, at + 1, column + 1), old, new, problem.rule)
        if best > here:
            fixes.changes.append(change)
            return True
    return False


def _syntax(text: str) -> list[Problem]:
    source = YamlSource(ISSUE_FILE, text)
    compose_yaml(source)
    return source.problems


class _TrialCopy:
    """A copy of the text files in a temporary folder, where each change is tried."""

    def __init__(self, fixes: FolderFixes, shadow: Path) -> None:
        self.fixes, self.shadow = fixes, shadow
        self.prefix = displayed_path(shadow / ISSUE_FILE).removesuffix(ISSUE_FILE)
        self.rejected: set[FileFix] = set()
        self.issue: Issue | None = None
        self.problems: list[Problem] = []
        self.tried_fixes: list[Problem] = []
        self.before: tuple[Issue | None, list[Problem], list[Problem]] = (None, [], [])

    def run(self) -> None:
        self.reread()
        for _ in range(ROUNDS):
            made = [self.try_changes([change], self.is_better) for change in self.fixes_of_problems()]
            if self.issue is not None:
                names = self.from_folder(of_names(self.issue, self.files()))
                made.append(self.try_changes(names, lambda: self.issue is not None))
            if self.issue is not None:
                made += self.try_all(self.from_folder(of_hygiene(self.issue, self.files())))
            if not any(made):
                break
        checks = self.issue.checks if self.issue else {}
        self.fixes.left = apply_severities(self.problems + self.tried_fixes, checks)

    def take_out(self, signs: frozenset[str]) -> None:
        """Takes these signs out of all texts, where the issue can be read afterwards."""
        if signs and self.issue is not None:
            wanted = self.from_folder(of_signs(self.issue, signs, self.files()))
            if self.try_changes(wanted, lambda: self.issue is not None):
                self.fixes.left = self.problems + self.tried_fixes

    def files(self) -> dict[str, str]:
        """The texts by the file names of locations in them."""
        return {self.prefix + name: text for name, text in self.fixes.after.items()}

    def from_folder(self, changes: Iterable[FileFix]) -> list[FileFix]:
        """The changes with files relative to the issue's folder, sorted, without rejected ones."""
        return _without_overlaps([change._replace(mark=self.mark(change.mark)) for change in changes], self.rejected)

    def fixes_of_problems(self) -> list[FileFix]:
        return _without_overlaps(of_problems([*self.problems, *self.tried_fixes], self.fixes.after), self.rejected)

    def try_all(self, changes: list[FileFix]) -> list[bool]:
        """Makes the changes together or, where that would change the printed text, line by line."""
        if self.try_changes(changes, self.prints_the_same, forgive=True):
            return [True]
        lines = groupby(changes, key=lambda change: change.mark[:2])
        return [self.try_changes(list(group), self.prints_the_same) for _, group in lines]

    def try_changes(self, changes: list[FileFix], good: Callable[[], bool], *, forgive: bool = False) -> bool:
        """Makes the changes; if the result is not `good` they are undone and, unless `forgive`, not tried again."""
        if not changes:
            return False
        after = dict(self.fixes.after)
        self.before = state = self.issue, self.problems, self.tried_fixes
        if _apply_changes(self.fixes.after, changes):
            self.reread()
            if good():
                self.fixes.changes += changes
                return True
        self.fixes.after = after
        self.issue, self.problems, self.tried_fixes = state
        if not forgive:
            self.rejected |= set(changes)
        return False

    def is_better(self) -> bool:
        issue, problems, tried_fixes = self.before
        if issue is not None and self.issue is None:
            return False
        if len(self.problems) + len(self.tried_fixes) < len(problems) + len(tried_fixes):
            return True
        # A corrected key may have an invalid value, which could not be reported before.
        return sum(p.fix is not None for p in self.problems) < sum(p.fix is not None for p in problems)

    def prints_the_same(self) -> bool:
        issue = self.before[0]
        return self.issue is not None and issue is not None and _printed_texts(self.issue) == _printed_texts(issue)

    def reread(self) -> None:
        """Reads the issue from its files as changed; files that it names for the first time are read in."""
        fixes = self.fixes
        while True:
            for name, text in fixes.after.items():
                (self.shadow / name).parent.mkdir(parents=True, exist_ok=True)
                (self.shadow / name).write_text(text, encoding="utf-8")
            issue, problems = examine(self.shadow, drafts=True)
            named = [article.body_file for article in issue.articles.values()] if issue else []
            new = [name for name in dict.fromkeys(named) if name and name not in fixes.after and self._there(name)]
            if not new:
                break
            for name in new:
                fixes.read_in(name)
        self.issue = issue
        self.problems = [problem for problem in self.named(problems) if problem.rule not in _PICTURES]
        # Without a readable publication there are no terms for proofreading.
        self.tried_fixes = self.named(proofread(issue)) if issue is not None and issue.publication is not None else []

    def _there(self, name: str) -> bool:
        """Whether a name is that of a file of the issue."""
        path = place_in(self.fixes.folder, name)
        return path is not None and path.is_file()

    def named(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with files relative to the issue's folder."""
        return [replace(p, mark=self.mark(p.mark)) if p.mark else p for p in problems]

    def mark(self, mark: SourceLocation) -> SourceLocation:
        return mark._replace(file=mark.file.removeprefix(self.prefix))


def _without_overlaps(changes: Iterable[FileFix], rejected: set[FileFix]) -> list[FileFix]:
    """The changes in order, without those that overlap another or were rejected."""
    found: list[FileFix] = []
    for change in sorted(set(changes) - rejected):
        last = found[-1] if found else None
        if last and last.mark[:2] == change.mark[:2] and change.mark.column < last.mark.column + len(last.old):
            continue
        found.append(change)
    return found


def _apply_changes(files: dict[str, str], changes: list[FileFix]) -> bool:
    """Makes the changes in the texts; returns False, with some of them made, where one does not find its text."""
    for name in {change.mark.file for change in changes}:
        lines = files[name].split("\n")
        for change in sorted((c for c in changes if c.mark.file == name), reverse=True):
            at, line = change.mark.column - 1, lines[change.mark.line - 1]
            if not line.startswith(change.old, at):
                return False
            lines[change.mark.line - 1] = line[:at] + change.new + line[at + len(change.old) :]
        files[name] = "\n".join(lines)
    return True


def _printed_texts(issue: Issue) -> list[tuple[str, str, object]]:
    """All texts with emphasis, links and ruby."""
    return [(c.article, c.role, c.source.runs if isinstance(c.source, Block) else c.text) for c in proof_texts(issue)]
