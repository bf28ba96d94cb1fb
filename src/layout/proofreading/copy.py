"""The copy: all printed texts of an issue, with their articles and the location of each character."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ..errors import Fix, Message, Problem, Severity, SourceLocation, source_line
from ..issue import hygiene
from ..issue.body import Block
from ..issue.model import Article, Issue, floats_of
from ..issue.texts import Byline, HeadlineText, Text
from ..records import Record
from ..text.language import DEFAULT_LANGUAGE

TextRole = Literal["body", "crosshead", "list", "verse", "headline", "caption", "byline", "furniture"]
_ROLES: dict[str, TextRole] = {"crosshead": "crosshead", "item_head": "crosshead", "list": "list", "verse": "verse"}


class ProofText(Struct, frozen=True):
    """A printed text, one paragraph or one field; `article` is the name of its article, empty for furniture."""

    article: str
    role: TextRole
    text: str
    source: Block | tuple[SourceLocation, str]  # a block, or the location of a field and its text as typed
    language: str = DEFAULT_LANGUAGE

    def in_chinese(self) -> ProofText | None:
        """The same text with letters in place of what is not Chinese (rule L14); None where none of it is."""
        runs = self.source.runs if isinstance(self.source, Block) else ()
        if not any(run.lang for run in runs):
            return self if self.language.startswith("zh") else None
        languages = [run.lang or self.language for run in runs]
        if not any(language.startswith("zh") for language in languages):
            return None
        parts = [
            run.text if language.startswith("zh") else "x" * len(run.text)
            for run, language in zip(runs, languages, strict=True)
        ]
        return replace(self, text="".join(parts))

    def place(self, at: int) -> SourceLocation:
        """The location of a character of `text`."""
        if isinstance(self.source, Block):
            return self.source.place(at)
        mark, typed = self.source
        if "\n" in typed:
            return mark
        edits = hygiene.edits(typed, headline=self.role in ("headline", "byline"), language=self.language)
        offsets = hygiene.typed_offsets(typed, edits)
        offset = offsets[min(at, len(offsets) - 1)]
        line = source_line(mark)
        quoted = line[mark.column - 1 : mark.column] in ("'", '"')
        return mark._replace(column=mark.column + offset + quoted)

    def question(self, rule: str, at: int, what: Message, remedy: Message, fix: Fix | None = None) -> Problem:
        """A query about the character at an offset."""
        return Problem(rule, what, remedy, self.place(at), Severity.WARNING, fix=fix)


def proof_texts(issue: Issue) -> Iterator[ProofText]:
    """The texts of the articles in order, then those of the furniture."""
    for article in issue.articles.values():
        yield from _in_language(_article(article), issue.language_of(article.id))
    yield from _in_language(_furniture(issue), issue.language_of(""))


def _in_language(copies: Iterator[ProofText], language: str) -> Iterator[ProofText]:
    return copies if language == DEFAULT_LANGUAGE else (replace(copy, language=language) for copy in copies)


def _furniture(issue: Issue) -> Iterator[ProofText]:
    for record in (issue.publication, issue.colophon, issue.bulletin_head, issue.bulletin_foot, *issue.teasers):
        if record is not None:  # unreadable records are None while `layout fix` works on an issue with errors
            yield from _fields("", "furniture", record)
    for post, names in issue.staff_box.items():
        yield from _field("", "furniture", names, issue.place(f"staff_box.{post}"))


def _article(article: Article) -> Iterator[ProofText]:
    name = article.id
    for field in ("department", "kicker", "headline", "short_head", "deck", "summary"):
        yield from _field(name, "headline", getattr(article, field), article.place(field))
    yield from _field(name, "byline", article.dateline, article.place("dateline"))
    if isinstance(article.byline, Byline):
        yield from _field(name, "byline", article.byline, article.place("byline"))
    else:
        for person in article.byline:
            yield from _fields(name, "byline", person)
    for block in (*article.editors_note.blocks, *article.body.blocks):
        if block.kind == "item_byline":
            yield ProofText(name, "byline", block.text, block)
        elif block.table:
            yield from _fields(name, "caption", block.table)
        elif block.runs:
            yield ProofText(name, _ROLES.get(block.kind, "body"), block.text, block)
    for float_ in floats_of(article):
        yield from _fields(name, "caption", float_)


def _fields(article: str, role: TextRole, record: Record) -> Iterator[ProofText]:
    """All texts of a record, in its lists and inner records too: no field need be named here."""
    for field in record.__struct_fields__:
        if field not in ("mark", "marks"):
            yield from _texts(article, role, record, field, getattr(record, field))


def _texts(article: str, role: TextRole, record: Record, field: str, value: object) -> Iterator[ProofText]:
    if isinstance(value, Text):
        yield from _field(article, role, value, record.place(field))
    elif isinstance(value, Record):
        yield from _fields(article, role, value)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            inner = f"{field}.{index}"
            yield from _texts(article, role, record, inner if inner in record.marks else field, item)


def _field(article: str, role: TextRole, text: str, mark: SourceLocation) -> Iterator[ProofText]:
    if not text:
        return
    printed = text.whole if isinstance(text, HeadlineText) else str(text)
    yield ProofText(article, role, printed, (mark, text.typed if isinstance(text, Text) else printed))
