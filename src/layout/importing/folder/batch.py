"""Many manuscripts go into an issue at once, and again when their authors send new versions.

What an article was imported as stands in `import-log.json`. A manuscript that did not change does nothing; one that
did replaces an article that nobody touched, and is merged into one that the editor changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ...errors import Message, Problem, Severity, SourceLocation
from ...runtime.files import unwritable, whole_files
from ...runtime.gate import Gate, lies_outside, place_in
from ...runtime.limits import ISSUE_FILE_BYTES
from ..article import import_article, make_article
from ..issue_file import IssueText, entry, id_of, picture_names, renamed, yaml_of
from ..manuscript import ArticleError, Imported, SourceParagraph, SourcePicture, reject
from ..sources import read_manuscript
from .entries import entries_of, set_entry
from .import_record import RECORD_FILE, ImportedArticle, ImportRecord, read_import_record, record_bytes
from .manuscript_folder import SourceFile
from .merging import Conflict, merge_entries, merge_lines

_ALIKE = 0.2  # share of the old text's triples of characters that a new version has, at least


class Outcome(Enum):
    """What became of a manuscript."""

    NEW = Message("新稿", "new")
    UNCHANGED = Message("没变", "unchanged")
    REPLACED = Message("换成新版", "replaced")
    MERGED = Message("合并", "merged")
    CONFLICT = Message("有冲突", "conflict")
    REMOVED = Message("已删，不再收", "removed")
    REFUSED = Message("没有导入", "refused")
    SHOWN = Message("看看", "shown")


class ImportedManuscript(Struct):
    """A line of the table: a manuscript, the article that it is, and what was said of it."""

    file: str
    article: str
    outcome: Outcome
    headline: str = ""
    byline: str = ""
    kind: str = ""
    characters: int = 0
    pictures: int = 0
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    data: frozenset[str] = frozenset()  # SHA-256 of its pictures

    @property
    def doubts(self) -> int:
        """How many places someone should look at."""
        return sum(p.severity is not Severity.NOTE for p in self.problems)


class ImportedBatch(Struct):
    """What an import of many did: a line for each manuscript, and the files that it wrote."""

    manuscripts: list[ImportedManuscript]
    written: list[Path] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)  # articles that stand in no area map yet


ImportProgress = Callable[[int, int, str], None]  # done, of how many, the file


def read_all(
    sources: Iterable[SourceFile], id: str | None = None, progress: ImportProgress | None = None
) -> list[ImportedManuscript]:
    """The manuscripts without an issue to go into, for a look at them."""
    found = []
    for number, source in enumerate(files := list(sources), 1):
        if progress:
            progress(number, len(files), source.name)
        try:
            found.append(_line(source, id or id_of(source.path), Outcome.SHOWN, _read(source)))
        except ArticleError as error:
            found.append(ImportedManuscript(source.name, "", Outcome.REFUSED, problems=list(error.problems)))
    return found


def import_all(
    issue: str | Path, sources: Iterable[SourceFile], id: str | None = None, progress: ImportProgress | None = None
) -> ImportedBatch:
    """Brings manuscripts into an issue, each as a new article or as a new version of the one that it was before.

    A manuscript that cannot be read is a line of the table and stops no other; the files of all others are written
    together or not at all. `id` names the article of a single manuscript.

    Raises:
        ArticleError: no issue there, `issue.yaml` or `import-log.json` that cannot be read, files that cannot be
            written.
    """
    files = list(sources)
    text = IssueText(issue)
    update = _Update(text, read_import_record(text.folder), {source.name for source in files})
    before = text.text, record_bytes(update.record)
    lines = []
    try:
        with whole_files() as draft_of:
            for number, source in enumerate(files, 1):
                if progress:
                    progress(number, len(files), source.name)
                lines.append(update.bring(source, id))
                for name, data in update.take_files():
                    draft_of(text.folder / name).write_bytes(data)
            if text.text != before[0]:
                draft_of(text.path).write_bytes(text.text.encode())
            record = record_bytes(update.record)
            if record != before[1]:
                draft_of(text.folder / RECORD_FILE).write_bytes(record)
    except OSError as error:
        raise ArticleError([unwritable(text.folder, error)]) from error
    written = [text.folder / name for name in update.written]
    if text.text != before[0]:
        written.insert(0, text.path)
    unplaced = [line.article for line in lines if line.outcome is Outcome.NEW] if text.all_drawn() else []
    return ImportedBatch(lines, written, unplaced)


class _Update:
    """One run: the issue's text and the record as they will be, and the files to be written."""

    def __init__(self, issue: IssueText, record: ImportRecord, present: Collection[str]) -> None:
        self.issue = issue
        self.record = record
        self.present = present
        self.gate = Gate((issue.folder,))
        self.waiting: dict[str, bytes] = {}
        self.written: list[str] = []
        self.name = ""  # of the article at work
        self._body_edited = False
        self.done: set[str] = set()

    def take_files(self) -> list[tuple[str, bytes]]:
        """The files of the article that was brought last."""
        taken = list(self.waiting.items())
        self.written += self.waiting
        self.waiting = {}
        return taken

    def bring(self, source: SourceFile, id: str | None) -> ImportedManuscript:
        """One manuscript into the issue; what is wrong with it is in its line, and then nothing was changed."""
        text, articles = self.issue.text, dict(self.record.articles)
        self.name = id or ""
        try:
            return self._bring(source, id)
        except ArticleError as error:
            self.issue.text, self.record.articles, self.waiting = text, articles, {}
            return ImportedManuscript(source.name, self.name, Outcome.REFUSED, problems=list(error.problems))

    def _bring(self, source: SourceFile, id: str | None) -> ImportedManuscript:
        digest = source.digest()
        name = self._recorded(source, digest, id)
        if name is not None and self.record.articles[name].digest == digest:
            self.done.add(name)
            old = self.record.articles[name]
            if old.source != source.name:
                self.record.articles[name] = replace(old, source=source.name)
            return self._unchanged(source, name)
        imported = _read(source)
        if name is not None and not _is_version_of(imported, self.record.articles[name]):
            zh = f"和以前导入的 {name} 不像同一篇，当作新稿"
            en = f"it is hardly a new version of {name}, which was imported before; taken for a new manuscript"
            imported = _with_note(imported, "new-manuscript", Message(zh, en))
            name = None
        if name is None:
            return self._add(source, digest, imported, id)
        self.done.add(name)
        self.name = name
        return self._renew(source, digest, imported, name)

    def _recorded(self, source: SourceFile, digest: str, id: str | None) -> str | None:
        """The article that a manuscript was imported as: of the same name, the same content, or a name alike of which
        no other manuscript is left."""
        left = {name: old for name, old in self.record.articles.items() if name not in self.done}
        if id is not None:
            return id if id in left else None
        gone = {name: old for name, old in left.items() if old.source not in self.present}
        same = [name for name, old in left.items() if old.source == source.name]
        same += [name for name, old in gone.items() if old.digest == digest]
        same += [name for name, old in gone.items() if id_of(Path(old.source)) == id_of(source.path)]
        return same[0] if same else None

    def _unchanged(self, source: SourceFile, name: str) -> ImportedManuscript:
        old = self.record.articles[name]
        there = entries_of(self.issue.text, self.issue.path).get(name)
        found = there if isinstance(there, dict) else _entry_of(old, self.issue.path)
        return ImportedManuscript(
            source.name,
            name,
            Outcome.UNCHANGED,
            str(found.get("headline", "")),
            str(found.get("byline", "")),
            str(found.get("kind", "")),
            characters=_characters(old.body, found),
            pictures=len(old.pictures),
            data=frozenset(digest for _, digest in old.pictures),
        )

    def _add(self, source: SourceFile, digest: str, imported: Imported, id: str | None) -> ImportedManuscript:
        name = id or id_of(source.path)
        taken = {**self.record.articles}  # an article beside the record is the editor's own: refused, not renamed
        number = 2
        while id is None and name in taken:
            name = f"{id_of(source.path)}-{number}"
            number += 1
        imported = renamed(imported, name)
        addition = self.issue.add(imported, name)
        self.waiting |= addition.files
        pictures = tuple((n, _sha(p.data)) for n, p in zip(addition.pictures, imported.pictures, strict=True))
        self.record.articles[name] = ImportedArticle(
            source.name, digest, yaml_of(addition.entry), imported.body, pictures
        )
        self.done.add(name)
        return _line(source, name, Outcome.NEW, imported)

    def _renew(self, source: SourceFile, digest: str, imported: Imported, name: str) -> ImportedManuscript:
        """A new version of an article: its entry, its body and its pictures, each merged with the editor's."""
        old = self.record.articles[name]
        edited = entries_of(self.issue.text, self.issue.path).get(name)
        if not isinstance(edited, dict):
            line = _line(source, name, Outcome.REMOVED, imported)
            what = Message(
                f"{name} 已从 issue.yaml 里删去，新版没有导入",
                f"{name} was deleted from issue.yaml; not imported again",
            )
            remedy = Message(
                f"要它就从 {RECORD_FILE} 里删去 {name}，再导入",
                f"to have it, delete {name} from {RECORD_FILE} and import again",
            )
            line.problems = [Problem("removed", what, remedy, SourceLocation(source.name), Severity.WARNING)]
            return line
        imported = renamed(imported, name)
        base = _entry_of(old, self.issue.path)
        names = picture_names_again(imported.pictures, name, old.pictures)
        body_file = str(base.get("body_file") or (edited.get("body_file") if imported.body else "") or "")
        if imported.body and not body_file:
            body_file = self.issue.body_file(name)
        sent = _with_ids_of_files(entry(imported, name, body_file if imported.body else "", names))
        merged, conflicts = merge_entries(
            base, edited, entries_of(yaml_of({"articles": {name: sent}}), self.issue.path)[name]
        )
        self._merge_body(old.body, imported.body, base, edited, body_file, conflicts)
        self._merge_pictures(imported.pictures, names, dict(old.pictures), conflicts)
        if merged != edited:
            self.issue.text = set_entry(self.issue.text, name, edited, merged, self.issue.path)
        pictures = tuple((file, _sha(picture.data)) for file, picture in zip(names, imported.pictures, strict=True))
        self.record.articles[name] = ImportedArticle(source.name, digest, yaml_of(sent), imported.body, pictures)
        touched = edited != base or self._body_edited
        outcome = Outcome.CONFLICT if conflicts else Outcome.MERGED if touched else Outcome.REPLACED
        line = _line(source, name, outcome, imported)
        line.conflicts = conflicts
        line.problems += [self._conflict(name, conflict, body_file) for conflict in conflicts]
        return line

    def _merge_body(
        self,
        base: str,
        sent: str,
        base_entry: dict[str, Any],
        edited_entry: dict[str, Any],
        file: str,
        conflicts: list[Conflict],
    ) -> None:
        self._body_edited = False
        if not file:
            return
        if edited_entry.get("body_file") != base_entry.get("body_file"):
            self._body_edited = True
            if sent != base:  # the editor moved the text elsewhere
                conflicts.append(Conflict("body", str(edited_entry.get("body", "")), sent))
            return
        try:
            typed = self.gate.read(self.issue.folder / file, ISSUE_FILE_BYTES).decode("utf-8-sig") if base else ""
        except (OSError, ValueError) as error:
            what = Message(f"{file} 读不出来：{error}", f"{file} cannot be read: {error}")
            raise reject(file, "unreadable", what, Message("补上这个文件", "put the file back")) from error
        edited = typed.replace("\r\n", "\n")
        self._body_edited = edited != base
        merged, found = merge_lines(base, edited, sent)
        conflicts += found
        if merged != edited:
            self._put(file, (merged.replace("\n", "\r\n") if "\r\n" in typed else merged).encode())

    def _merge_pictures(
        self, pictures: Iterable[SourcePicture], names: Iterable[str], base: dict[str, str], conflicts: list[Conflict]
    ) -> None:
        for picture, name in zip(pictures, names, strict=True):
            sent = _sha(picture.data)
            try:
                there = _sha(self.gate.read(self.issue.folder / name))
            except FileNotFoundError:
                there = ""
            except OSError as error:
                raise ArticleError([unwritable(name, error)]) from error
            if sent in (there, base.get(name)):  # there already, or not changed by the author
                if not there:
                    self._put(name, picture.data)
            elif there in ("", base.get(name)):
                self._put(name, picture.data)
            else:
                conflicts.append(Conflict("pictures", f"{name} (SHA-256 {there[:12]})", f"SHA-256 {sent[:12]}"))

    def _put(self, name: str, data: bytes) -> None:
        if place_in(self.issue.folder, name) is None:
            raise ArticleError([lies_outside(name, SourceLocation(str(self.issue.path)))])
        self.waiting[name] = data

    def _conflict(self, name: str, conflict: Conflict, body_file: str) -> Problem:
        where = SourceLocation(str(self.issue.path))
        if conflict.line:
            where = SourceLocation(str(self.issue.folder / body_file), conflict.line)
        mine, theirs = conflict.edited.strip() or "∅", conflict.sent.strip() or "∅"
        what = Message(
            f"{name} 的 {conflict.where} 两边都改了。编辑：{mine}　作者：{theirs}",
            f"{conflict.where} of {name} was changed by both. Editor: {mine}  Author: {theirs}",
        )
        remedy = Message(
            "留的是编辑的；要作者的就照上面改", "the editor's form was kept; to have the author's, type it there"
        )
        return Problem("import-conflict", what, remedy, where, Severity.WARNING)


def picture_names_again(pictures: tuple[SourcePicture, ...], id: str, old: Collection[tuple[str, str]]) -> list[str]:
    """A file for each picture of a new version: the same picture keeps its file, another in its place takes that."""
    if not old:
        return picture_names(pictures, id)
    by_digest: dict[str, str] = {}
    for file, digest in old:
        by_digest.setdefault(digest, file)
    digests = [_sha(picture.data) for picture in pictures]
    kept = {by_digest[digest] for digest in digests if digest in by_digest}
    files = [file for file, _ in old]
    numbers = [int(part) for file in files if (part := Path(file).stem.rpartition("-")[2]).isdecimal()]
    following = max(numbers, default=len(files)) + 1
    names: dict[str, str] = {}
    for index, (picture, digest) in enumerate(zip(pictures, digests, strict=True)):
        if digest in by_digest:
            names[digest] = by_digest[digest]
        elif digest not in names:
            stem = Path(files[index]).with_suffix("").as_posix() if index < len(files) else ""
            if stem and files[index] not in kept:
                kept.add(files[index])
            else:
                stem, following = f"pictures/{id}-{following}", following + 1
            names[digest] = stem + picture.suffix
    return [names[digest] for digest in digests]


def _with_ids_of_files(article: dict[str, Any]) -> dict[str, Any]:
    """An entry whose pictures are called after their files, so that one keeps its name when others come before it."""
    if "pictures" not in article:
        return article
    stems = [Path(picture["file"]).stem for picture in article["pictures"]]
    if len(set(stems)) < len(stems):  # the same picture twice
        return article
    return article | {"pictures": [p | {"id": stem} for p, stem in zip(article["pictures"], stems, strict=True)]}


def _read(source: SourceFile) -> Imported:
    if not source.pictures:
        return import_article(source.path)
    manuscript = read_manuscript(source.path)
    last = max((b.number for b in manuscript.blocks if isinstance(b, SourceParagraph)), default=0)
    inside = {
        _sha(block.data)
        for block in manuscript.blocks
        if not isinstance(block, SourceParagraph) and hasattr(block, "data")
    }
    figures = [figure for figure in source.figures(last) if _sha(figure.data) not in inside]
    if figures:
        names = "、".join(figure.name for figure in figures)
        zh, en = f"旁边的图片照名字归到这篇：{names}", f"pictures beside it that are named after it: {names}"
        if inside:
            zh, en = f"{zh}；稿子里也有图，看看是不是同一张", f"{en}; it holds pictures of its own: are they the same?"
        manuscript.notes.report("picture-beside", zh, en, needs_review=bool(inside))
    manuscript.blocks += figures
    return make_article(manuscript)


def _line(source: SourceFile, name: str, outcome: Outcome, imported: Imported) -> ImportedManuscript:
    fields = imported.fields
    return ImportedManuscript(
        source.name,
        name,
        outcome,
        fields.get("headline", ""),
        fields.get("byline", ""),
        fields.get("kind", "") or ("names" if "names" in imported.parts else ""),
        _characters(imported.body, imported.parts),
        len(imported.pictures),
        list(imported.notes),
        data=frozenset(_sha(picture.data) for picture in imported.pictures),
    )


def _characters(body: str, parts: dict[str, Any]) -> int:
    """The characters of the text without white space: the body, and the items and names that stand in the entry."""
    texts = [body]
    waiting = [parts[key] for key in ("items", "names") if key in parts]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
    return sum(len("".join(text.split())) for text in texts)


def _entry_of(old: ImportedArticle, issue: Path) -> dict[str, Any]:
    """The entry that an article was imported as. Raises ArticleError where the record holds none."""
    found = entries_of(f"articles:\n  x:\n{''.join(f'    {line}' for line in old.entry.splitlines(True))}", issue).get(
        "x"
    )
    if not isinstance(found, dict):
        what = Message(f"{RECORD_FILE} 读不懂", f"{RECORD_FILE} cannot be read")
        raise reject(issue.parent / RECORD_FILE, "import-log", what, Message("换回备份", "restore it"))
    return found


def _is_version_of(imported: Imported, old: ImportedArticle) -> bool:
    """Whether two texts can be versions of one: the same headline, or enough of the same words."""
    headline = imported.fields.get("headline", "")
    if headline and headline in old.entry:
        return True
    before, after = (_triples(text) for text in (old.body, imported.body))
    return not before or len(before & after) >= _ALIKE * len(before)


def _triples(text: str) -> set[str]:
    text = "".join(text.split())
    return {text[i : i + 3] for i in range(len(text) - 2)}


def _with_note(imported: Imported, rule: str, what: Message) -> Imported:
    problem = Problem(rule, what, mark=SourceLocation(str(imported.source)), severity=Severity.WARNING)
    return replace(imported, notes=(problem, *imported.notes))


def _sha(data: bytes) -> str:
    return sha256(data).hexdigest()
