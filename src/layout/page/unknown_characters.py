"""Characters that no face has: where each stands in an issue, and one message for each article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..errors import NO_MESSAGE, Message, Problem, SourceLocation, character_location, counted, source_line
from ..issue.body import Block
from ..issue.model import Article, Issue, floats_of
from ..issue.texts import HeadlineText, Text
from ..records import Record

_MANY = 12  # characters that a message names one by one
_FIRST = 8  # lines


class Occurrence(NamedTuple):
    """A character of an article, and where it was typed."""

    article: str
    character: str
    mark: SourceLocation


def article_texts(article: Article) -> Iterator[tuple[str, Callable[[int], SourceLocation]]]:
    """Every text of an article that is printed, with what tells the place of a character of it."""
    for block in (*article.editors_note.blocks, *article.body.blocks):
        if block.runs:
            yield block.text, _block_place(block)
        if block.table:
            yield from _record_texts(block.table)
    records: list[Record] = [article, *floats_of(article)]
    if not isinstance(article.byline, Text):
        records += article.byline
    for record in records:
        yield from _record_texts(record)


def _record_texts(record: Record) -> Iterator[tuple[str, Callable[[int], SourceLocation]]]:
    """The texts of a record; those of an article that stand in lists are found elsewhere."""
    for name in record.__struct_fields__:
        if name not in ("mark", "marks"):
            yield from _texts(record, name, getattr(record, name), within=not isinstance(record, Article))


def _texts(
    record: Record, name: str, value: object, *, within: bool
) -> Iterator[tuple[str, Callable[[int], SourceLocation]]]:
    if isinstance(value, Text):
        yield _printed(value), _field_place(value, record.place(name))
    elif within and isinstance(value, Record):
        yield from _record_texts(value)
    elif within and isinstance(value, tuple):
        for index, item in enumerate(value):
            inner = f"{name}.{index}"
            yield from _texts(record, inner if inner in record.marks else name, item, within=True)


def _printed(text: Text) -> str:
    return text.whole if isinstance(text, HeadlineText) else str(text)


def _block_place(block: Block) -> Callable[[int], SourceLocation]:
    return lambda at: character_location(block.text[at], block.place(at))


def _field_place(text: Text, mark: SourceLocation) -> Callable[[int], SourceLocation]:
    """The place of a character that stands in a field as it was typed; the field's own where it was changed."""
    printed = _printed(text)

    def place(at: int) -> SourceLocation:
        line = source_line(mark)
        column, count = mark.column - 1, printed[: at + 1].count(printed[at])
        for _ in range(count):
            column = line.find(printed[at], column) + 1
            if not column:
                return mark
        return mark._replace(column=column)

    return place


def occurrences(issue: Issue, missing: Collection[str]) -> Iterator[Occurrence]:
    """Where these characters stand in the articles of an issue, in order."""
    wanted = set(missing)
    for article in issue.articles.values():
        for text, place in article_texts(article) if wanted else ():
            for at, character in enumerate(text):
                if character in wanted:
                    yield Occurrence(article.id, character, place(at))


def unknown_characters(issue: Issue, missing: Mapping[str, SourceLocation | None]) -> list[Problem]:
    """One problem for each article, at the first of its characters that no face has; one for each character that
    stands in no article, at the place in `missing`."""
    found = list(occurrences(issue, missing))
    problems = []
    for id in dict.fromkeys(one.article for one in found):
        own = [one for one in found if one.article == id]
        title = issue.articles[id].title
        zh, en = _listed(Counter(one.character for one in own))
        where = _places([one.mark for one in own])
        what = Message(f"任何字体里都没有{zh}，在《{title}》里{where.zh}", f"no face has {en}, in “{title}”{where.en}")
        problems.append(Problem("unknown-character", what, _REMEDY, own[0].mark))
    in_articles = {one.character for one in found}
    for character, mark in missing.items():
        if character not in in_articles:
            what = Message(
                f"任何字体里都没有“{character}”（{_code(character)}）",
                f"no face has “{character}” ({_code(character)})",
            )
            problems.append(Problem("unknown-character", what, _REMEDY, mark))
    return problems


def _places(marks: Sequence[SourceLocation]) -> Message:
    """How many places there are, and the lines of the first of them; nothing of a single one."""
    if len(marks) < 2:
        return NO_MESSAGE
    lines = list(dict.fromkeys((mark.file, mark.line) for mark in marks))
    shown = [str(line) if file == marks[0].file else f"{file}:{line}" for file, line in lines[:_FIRST]]
    more = len(lines) > _FIRST
    return Message(
        f"，共 {len(marks)} 处：第 {'、'.join(shown)} 行{'等' if more else ''}",
        f", {counted(len(marks), 'place')}: {'line' if len(lines) == 1 else 'lines'} {', '.join(shown)}{' …' if more else ''}",
    )


_REMEDY = Message(
    "表情符号用 layout fix --emoji 删去；别的换一个字，或在样式的 fonts 里加一个有它的字体",
    "take emoji out with layout fix --emoji; else use another character, or name a font that has it under fonts in the "
    "style",
)


def _listed(counts: Counter[str]) -> tuple[str, str]:
    shown = [
        f"“{character}”（{_code(character)}）" + (f"×{count}" if count > 1 else "")
        for character, count in list(counts.items())[:_MANY]
    ]
    zh, en = "、".join(shown), ", ".join(part.replace("（", " (").replace("）", ")") for part in shown)
    rest = len(counts) - len(shown)
    return (f"{zh} 等 {len(counts)} 种", f"{en} and {rest} more kinds") if rest else (zh, en)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
