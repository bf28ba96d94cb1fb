"""Names by which parts of a style refer to others: of a colour, a face, a rule, a box, a text or headline style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self, get_args

from ..errors import Mark, Words
from ..records import Record
from ..records.record import annotation_of, hint_of


class Name(str):
    """A word that stands for something defined elsewhere in the style."""

    __slots__ = ()
    expects: ClassVar[Words]
    thing: ClassVar[Words]  # what it is the name of
    schema: ClassVar[dict[str, object]] = {"type": "string"}

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(text)


class ColourName(Name):
    __slots__ = ()
    expects, thing = Words("颜色名", "name of a colour"), Words("颜色", "colour")


class FaceName(Name):
    __slots__ = ()
    expects, thing = Words("字体名", "name of a face"), Words("字体", "face")


class RuleName(Name):
    __slots__ = ()
    expects, thing = Words("线条名", "name of a rule"), Words("线条", "rule")


class BoxName(Name):
    __slots__ = ()
    expects, thing = Words("框名", "name of a box"), Words("框", "box")


class TextName(Name):
    __slots__ = ()
    expects, thing = Words("文字样式名", "name of a text style"), Words("文字样式", "text style")


class HeadlineName(Name):
    __slots__ = ()
    expects, thing = Words("标题样式名", "name of a headline style"), Words("标题样式", "headline style")


def names_in(record: Record) -> Iterator[tuple[type[Name], str, Mark]]:
    """Every name in a record and the records inside it that was written, with its kind and where it stands."""
    for field, kind in _fields(type(record)):
        value = getattr(record, field)
        if kind is not None:
            yield from _written(kind, value, field, record.marks)
        elif isinstance(value, Record):
            yield from names_in(value)
        elif isinstance(value, dict):
            for part in value.values():
                if isinstance(part, Record):
                    yield from names_in(part)


def _written(
    kind: type[Name], value: Any, field: str, marks: Mapping[str, Mark]
) -> Iterator[tuple[type[Name], str, Mark]]:
    if isinstance(value, tuple):
        for index, name in enumerate(value):
            if f"{field}.{index}" in marks:
                yield kind, name, marks[f"{field}.{index}"]
    elif value and field in marks:
        yield kind, value, marks[field]


def _fields(record: type[Record]) -> list[tuple[str, type[Name] | None]]:
    """The fields of a record, each with the kind of name that it holds."""
    if record not in _KNOWN:
        kinds = [kind.__name__ for kind in Name.__subclasses__()]
        _KNOWN[record] = [
            (name, _kind(hint_of(record, name)) if any(kind in annotation_of(record, name) for kind in kinds) else None)
            for name in record.__struct_fields__
        ]
    return _KNOWN[record]


_KNOWN: dict[type[Record], list[tuple[str, type[Name] | None]]] = {}


def _kind(hint: Any) -> type[Name] | None:
    """The kind of name that an annotation holds: alone, in a list, or as something that may be left out."""
    if isinstance(hint, type) and not get_args(hint):
        return hint if issubclass(hint, Name) else None
    return next((kind for part in get_args(hint) if (kind := _kind(part))), None)
