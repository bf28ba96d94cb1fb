"""References inside a style: names of colours, faces, rules, boxes, text and headline styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self, get_args

from ..errors import Message, SourceLocation
from ..records import Record
from ..records.record import annotation_of, hint_of


class StyleReference(str):
    """A name of something defined elsewhere in the style."""

    __slots__ = ()
    expects: ClassVar[Message]
    thing: ClassVar[Message]  # what the name refers to
    schema: ClassVar[dict[str, object]] = {"type": "string"}

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(text)


class ColourName(StyleReference):
    __slots__ = ()
    expects, thing = Message("颜色名", "name of a colour"), Message("颜色", "colour")


class FaceName(StyleReference):
    __slots__ = ()
    expects, thing = Message("字体名", "name of a face"), Message("字体", "face")


class RuleName(StyleReference):
    __slots__ = ()
    expects, thing = Message("线条名", "name of a rule"), Message("线条", "rule")


class BoxName(StyleReference):
    __slots__ = ()
    expects, thing = Message("框名", "name of a box"), Message("框", "box")


class TextName(StyleReference):
    __slots__ = ()
    expects, thing = Message("文字样式名", "name of a text style"), Message("文字样式", "text style")


class HeadlineName(StyleReference):
    __slots__ = ()
    expects, thing = Message("标题样式名", "name of a headline style"), Message("标题样式", "headline style")


def referenced_names(record: Record) -> Iterator[tuple[type[StyleReference], str, SourceLocation]]:
    """All references in a record and the records inside it, with kind and location."""
    for field, kind in _fields(type(record)):
        value = getattr(record, field)
        if kind is not None:
            yield from _written(kind, value, field, record.marks)
        elif isinstance(value, Record):
            yield from referenced_names(value)
        elif isinstance(value, dict):
            for part in value.values():
                if isinstance(part, Record):
                    yield from referenced_names(part)


def _written(
    kind: type[StyleReference], value: Any, field: str, marks: Mapping[str, SourceLocation]
) -> Iterator[tuple[type[StyleReference], str, SourceLocation]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _written(kind, part, f"{field}.{name}", marks)
    elif isinstance(value, tuple):
        for index, name in enumerate(value):
            if f"{field}.{index}" in marks:
                yield kind, name, marks[f"{field}.{index}"]
    elif isinstance(value, dict):
        for key, part in value.items():
            place = f"{field}.{key}"
            yield from _written(kind, part, place, marks if place in marks else {**marks, place: marks[field]})
    elif value and field in marks:
        yield kind, value, marks[field]


def _fields(record: type[Record]) -> list[tuple[str, type[StyleReference] | None]]:
    """The fields of a record, each with its kind of reference."""
    if record not in _FIELDS_WITH_REFERENCES:
        kinds = [kind.__name__ for kind in StyleReference.__subclasses__()]
        _FIELDS_WITH_REFERENCES[record] = [
            (name, _kind(hint_of(record, name)) if any(kind in annotation_of(record, name) for kind in kinds) else None)
            for name in record.__struct_fields__
        ]
    return _FIELDS_WITH_REFERENCES[record]


_FIELDS_WITH_REFERENCES: dict[type[Record], list[tuple[str, type[StyleReference] | None]]] = {}


def _kind(hint: Any) -> type[StyleReference] | None:
    """The kind of reference in an annotation: alone, in a list, or optional."""
    if isinstance(hint, type) and not get_args(hint):
        return hint if issubclass(hint, StyleReference) else None
    return next((kind for part in get_args(hint) if (kind := _kind(part))), None)
