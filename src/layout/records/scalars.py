"""Values that are one scalar in YAML: lengths with units, measures in em, prose with locations.

A class for fields needs `expects`, `schema` and a classmethod `parse(text)` that raises ValueError.
"""

from __future__ import annotations

import re
from typing import ClassVar, Protocol, Self, runtime_checkable

from ..errors import Message, SourceLocation
from ..units import GRADES, MM
from .nodes import YamlNode, YamlSource


@runtime_checkable
class Scalar(Protocol):
    """The protocol of types that are written as one scalar."""

    expects: ClassVar[Message]
    schema: ClassVar[dict[str, object]]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value of a scalar as typed; raises ValueError for an invalid one."""
        ...


_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)"
_UNITS = {"mm": MM, "cm": 10 * MM, "in": 72.0, "pt": 1.0}
_LENGTH = re.compile(rf"({_NUMBER})\s*({'|'.join(_UNITS)})")
_EM = re.compile(rf"({_NUMBER})\s*(?:em|字)?")


class Length(float):
    """A length in pt, written `3mm`, `1.5cm`, `9pt`, `0.5in`, or as a Chinese type size such as `小五` (rule H3)."""

    expects: ClassVar[Message] = Message("长度，如 3mm、9pt、小五", "a length such as 3mm, 9pt or 小五")
    schema: ClassVar[dict[str, object]] = {
        "type": ["string", "number"],
        "pattern": rf"^({_NUMBER}\s*({'|'.join(_UNITS)})|{'|'.join(GRADES)}|0)$",
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        if text in GRADES:
            return cls(GRADES[text])
        if found := _LENGTH.fullmatch(text):
            return cls(float(found[1]) * _UNITS[found[2]])
        if text == "0":
            return cls(0)
        raise ValueError(text)

    def __str__(self) -> str:
        return f"{float(self):g}pt"


class Em(float):
    """A measure in em of the text it belongs to, written `2`, `2em` or `2字`."""

    expects: ClassVar[Message] = Message("字数，如 2 或 2em", "a measure in em, such as 2 or 2em")
    schema: ClassVar[dict[str, object]] = {"type": ["string", "number"], "pattern": rf"^{_NUMBER}\s*(em|字)?$"}

    @classmethod
    def parse(cls, text: str) -> Self:
        if found := _EM.fullmatch(text):
            return cls(float(found[1]))
        raise ValueError(text)

    def __str__(self) -> str:
        return f"{float(self):g}em"


class Prose(str):
    """Text of one or more lines; `places` has the location of each line."""

    __slots__ = ("places",)
    places: tuple[SourceLocation, ...]

    @classmethod
    def of(cls, node: YamlNode, source: YamlSource) -> Self:
        if lines := _typed_lines(node, source):
            prose = cls("\n".join([text for text, _ in lines]))
            prose.places = tuple([place for _, place in lines])
            return prose
        prose = cls(node.value)
        prose.places = tuple(_places(node, source))
        return prose

    @classmethod
    def of_file(cls, text: str, file: str) -> Self:
        """The text of a whole file."""
        prose = cls(text)
        prose.places = tuple(SourceLocation(file, line) for line in range(1, text.count("\n") + 2))
        return prose

    def place(self, line: int, column: int = 0) -> SourceLocation:
        """The location of a line and column of the text, both counted from 0."""
        mark = self.places[min(line, len(self.places) - 1)]
        return mark._replace(column=mark.column + column)


def _typed_lines(node: YamlNode, source: YamlSource) -> list[tuple[str, SourceLocation]]:
    """The lines of a folded block (`>`), or of a plain value of several lines, as they were typed, each with its place.

    YAML would make a space of a line's end, also between Han, and a line's end of an empty line, which parts
    paragraphs. Empty where the value is written another way.
    """
    first, last = node.start_mark.line, node.end_mark.line
    if node.style not in (None, "", ">") or first == last:
        return []
    lines = source.lines[first : last + 1]
    if node.style == ">":
        lines, first = lines[1:], first + 1
        margin = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
        while lines and (not lines[-1].strip() or not lines[-1].startswith(" " * margin)):
            lines.pop()
        typed = [(line[margin:].rstrip(), margin + 1) for line in lines]
    else:
        begin = node.start_mark.column
        lines[-1] = lines[-1][: node.end_mark.column]
        heads = [lines[0][begin:], *[line.lstrip() for line in lines[1:]]]
        typed = [(text.rstrip(), len(line) - len(text) + 1) for line, text in zip(lines, heads, strict=True)]
    text = "\n".join([text for text, _ in typed])
    folded = re.sub(r"\n+", lambda ends: "\n" * (len(ends[0]) - 1) or " ", text)
    if folded.strip() != node.value.strip():  # lines indented further are not folded
        return []
    file = source.mark(node).file
    return [(text, SourceLocation(file, first + 1 + index, column)) for index, (text, column) in enumerate(typed)]


def _places(node: YamlNode, source: YamlSource) -> list[SourceLocation]:
    """The location of each line of the value. A literal block has one source line a line; in the other styles a line
    of the value is several source lines and begins after an empty one."""
    first = source.mark(node)
    count = node.value.count("\n") + 1
    lines = source.lines[node.start_mark.line : node.end_mark.line + 1]
    if node.style == "|":
        body = lines[1:]
        indent = next((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), 0)
        return [SourceLocation(first.file, first.line + 1 + index, indent + 1) for index in range(count)]
    marks: list[SourceLocation] = []
    empty = True
    for index, line in enumerate(lines):
        if node.style == ">" and not index:
            continue
        text = line.lstrip()
        if not text and (empty or not marks):
            marks.append(SourceLocation(first.file, first.line + index, 1))
        elif text and empty:
            column = len(line) - len(text) + 1 if index else first.column + (node.style in {"'", '"'})
            marks.append(SourceLocation(first.file, first.line + index, column))
        empty = not text
    return (marks + [marks[-1] if marks else first] * count)[:count]
