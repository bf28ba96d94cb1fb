"""Value shapes: what a field of a record may contain, made from its annotation.

Each shape reads a node and reports its errors, has a JSON Schema, and describes in words what it expects.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from ..errors import Fix, Message, SourceLocation, counted
from .nodes import PLAIN, QUOTED, YamlNode, YamlSource
from .scalars import Prose

INVALID: Final = object()  # a value that could not be read; the reason is in the source's problems
NULLS = ("", "~", "null", "Null", "NULL")


class FieldLimits(Struct, frozen=True):
    """The limits of a field, which apply to the scalars inside its value."""

    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    least: int = 0  # least length of a list


class RecordPath(Struct):
    """The path of a value in a record; `marks` receives the locations of it and its parts."""

    path: str
    marks: dict[str, SourceLocation]

    def part(self, name: object) -> RecordPath:
        return RecordPath(f"{self.path}.{name}", self.marks)


def is_null(node: YamlNode) -> bool:
    """Whether the node is empty: a key without a value counts as left out."""
    return bool(node.id == "scalar" and node.tag == PLAIN and node.value in NULLS)


def has_no_tag(node: YamlNode, source: YamlSource) -> bool:
    """Whether a node has no explicit YAML tag; one that has is reported."""
    if node.tag in (PLAIN, QUOTED):
        return True
    source.add_error(
        "yaml-tag",
        source.mark(node),
        Message(f"不接受 YAML 标签 {node.tag}", f"the YAML tag {node.tag} is not taken"),
        Message("删去以 ! 开头的标签", "delete the tag that begins with !"),
    )
    return False


_ALIKE = 0.62  # of 1: `weather` is not taken for `ear`


def nearest_match(word: str, known: Mapping[str, Any] | list[str]) -> str:
    """The name most similar to a word, or ""; one that has it among its own words goes first."""
    whole = _names_with(word.lower(), list(known))
    if len(whole) == 1:
        return whole[0]
    names = list(known)
    found = difflib.get_close_matches(word, names, 1, _ALIKE) or difflib.get_close_matches(
        word.lower().replace("-", "_"), names, 1, _ALIKE
    )
    return found[0] if found else ""


def _names_with(word: str, known: list[str]) -> list[str]:
    """The names of several words of which one is this."""
    return [name for name in known if word != name and word in name.split("_")]


def sure_match(word: str, known: list[str]) -> str:
    """The name that a word certainly misspells; "" where there is none or there are two."""
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in known:
        return plain
    if _names_with(plain, known):  # `mark` is sooner end_mark than rank
        return ""
    found = difflib.get_close_matches(plain, known, 2, 0.6)
    near = [difflib.SequenceMatcher(None, plain, name).ratio() for name in found]
    return found[0] if near and near[0] >= 0.75 and (len(near) == 1 or near[0] - near[1] >= 0.1) else ""


class ValueShape:
    """The base class of shapes; `kind` is the kind of YAML node of its values."""

    kind: str = "scalar"
    expects: Message

    def read(self, node: YamlNode, source: YamlSource, place: RecordPath, base: Any = None) -> Any:
        raise NotImplementedError

    def schema(self, define: Callable[[type], str]) -> dict[str, Any]:
        """JSON Schema; `define` returns the reference to the schema of a record."""
        raise NotImplementedError

    def records(self) -> Iterator[type]:
        """The records inside."""
        return iter(())

    def fits(self, node: YamlNode, source: YamlSource) -> bool:
        """Whether the node is of the shape's kind; reports it if not."""
        if not has_no_tag(node, source):
            return False
        if node.id == self.kind and not (self.kind == "scalar" and is_null(node)):
            return True
        self.wrong(node, source)
        return False

    def wrong(self, node: YamlNode, source: YamlSource, remedy: Message | None = None, fix: Fix | None = None) -> Any:
        found = {"sequence": Message("一个列表", "a list"), "mapping": Message("一组“键: 值”", "a mapping")}.get(
            node.id
        )
        if found is None:
            text = node.value if len(node.value) <= 30 else node.value[:30] + "…"
            found = Message(f"“{text}”", f"“{text}”") if node.value else Message("空的", "nothing")
        source.add_error(
            "wrong-type",
            source.mark(node),
            Message(f"应写：{self.expects.zh}；写的是{found.zh}", f"wants {self.expects.en}; has {found.en}"),
            remedy or Message(f"改成：{self.expects.zh}", f"write {self.expects.en}"),
            fix,
        )
        return INVALID


class ScalarShape(ValueShape):
    """A scalar; `parse` raises ValueError for an invalid one."""

    def __init__(
        self,
        expects: Message,
        schema: Mapping[str, Any],
        parse: Callable[[str], Any],
        limits: FieldLimits,
        *,
        plain: bool = True,
        choices: tuple[str, ...] = (),
    ) -> None:
        self.expects, self._schema, self.limits, self.choices = expects, dict(schema), limits, choices
        self._parse, self._plain = parse, plain

    def parse(self, node: YamlNode) -> Any:
        if self._plain and node.tag != PLAIN:
            raise ValueError(node.value)
        return self._parse(node.value)

    def read(self, node: YamlNode, source: YamlSource, place: RecordPath, base: Any = None) -> Any:
        if not self.fits(node, source):
            return INVALID
        try:
            value = self.parse(node)
        except (ValueError, OverflowError):
            near = nearest_match(node.value, list(self.choices)) if self.choices else ""
            sure = sure_match(node.value, list(self.choices)) if node.tag == PLAIN else ""
            remedy = Message(f"是 {near} 吗？", f"do you mean {near}?") if near else None
            return self.wrong(node, source, remedy, Fix(node.value, sure) if sure else None)
        if isinstance(value, str):
            source.check_lost_text(node)
        return value if self.within(value, node, source) else INVALID

    def within(self, value: Any, node: YamlNode, source: YamlSource) -> bool:
        low, high = self.limits.minimum, self.limits.maximum
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if low is not None and value < low:
                return self._beyond(node, source, Message(f"最小是 {low:g}", f"the least is {low:g}"))
            if high is not None and value > high:
                return self._beyond(node, source, Message(f"最大是 {high:g}", f"the most is {high:g}"))
        elif self.limits.pattern and isinstance(value, str) and not re.search(self.limits.pattern, value):
            pattern = self.limits.pattern
            return self._beyond(node, source, Message(f"要合乎 {pattern}", f"it must match {pattern}"))
        return True

    def _beyond(self, node: YamlNode, source: YamlSource, remedy: Message) -> bool:
        what = Message(f"“{node.value}”超出范围", f"“{node.value}” is out of range")
        source.add_error("out-of-range", source.mark(node), what, remedy)
        return False

    def schema(self, define: Callable[[type], str]) -> dict[str, Any]:
        schema = dict(self._schema)
        if schema.get("type") in ("integer", "number"):
            bounds = {"minimum": self.limits.minimum, "maximum": self.limits.maximum}
            schema |= {name: bound for name, bound in bounds.items() if bound is not None}
        elif self.limits.pattern:
            schema["pattern"] = self.limits.pattern
        return schema


class ProseShape(ScalarShape):
    """Text with the location of each of its lines."""

    def read(self, node: YamlNode, source: YamlSource, place: RecordPath, base: Any = None) -> Any:
        if not self.fits(node, source):
            return INVALID
        source.check_lost_text(node)
        return Prose.of(node, source)


class ListShape(ValueShape):
    """A list: one shape for each item of `items`, then any number of the shape `rest`."""

    kind = "sequence"

    def __init__(self, items: tuple[ValueShape, ...], rest: ValueShape | None, limits: FieldLimits) -> None:
        self.items, self.rest, self.limits = items, rest, limits
        if rest and not items:
            self.expects = Message(f"列表，每项是{rest.expects.zh}", f"a list, each {rest.expects.en}")
        else:
            zh, en = "、".join(i.expects.zh for i in items), ", ".join(i.expects.en for i in items)
            if rest:
                self.expects = Message(
                    f"列表（{zh}，然后是{rest.expects.zh}…）", f"a list ({en}, then {rest.expects.en} …)"
                )
            else:
                self.expects = Message(f"{len(items)} 项的列表（{zh}）", f"a list of {len(items)} ({en})")

    def read(self, node: YamlNode, source: YamlSource, place: RecordPath, base: Any = None) -> Any:
        if not self.fits(node, source):
            return INVALID
        count = len(node.value)
        if count < len(self.items) or (count > len(self.items) and not self.rest):
            return self.wrong(node, source)
        if len(node.value) < self.limits.least:
            least = self.limits.least
            what = Message(f"列表至少要有 {least} 项", f"the list must have at least {counted(least, 'item')}")
            source.add_error("out-of-range", source.mark(node), what, Message("补上", "add to it"))
            return INVALID
        values = []
        for index, item in enumerate(node.value):
            shape, part = (self.items[index] if index < len(self.items) else self.rest), place.part(index)
            assert shape is not None
            place.marks[part.path] = source.mark(item)
            values.append(shape.read(item, source, part))
        if self.items and any(value is INVALID for value in values):
            return INVALID
        return tuple(value for value in values if value is not INVALID)

    def schema(self, define: Callable[[type], str]) -> dict[str, Any]:
        count = len(self.items)
        schema: dict[str, Any] = {"type": "array"}
        if count:
            schema["prefixItems"] = [item.schema(define) for item in self.items]
        schema["items"] = self.rest.schema(define) if self.rest else False
        if least := max(count, self.limits.least):
            schema["minItems"] = least
        return schema

    def records(self) -> Iterator[type]:
        for item in (*self.items, *([self.rest] if self.rest else [])):
            yield from item.records()


class NamedShape(ValueShape):
    """A mapping of names that the editor chooses to values of one shape."""

    kind = "mapping"

    def __init__(self, value: ValueShape) -> None:
        self.value = value
        self.expects = Message(f"一组“名字: {value.expects.zh}”", f"a mapping of names to {value.expects.en}")

    def read(self, node: YamlNode, source: YamlSource, place: RecordPath, base: Any = None) -> Any:
        known: dict[str, Any] = dict(base or {})
        if is_null(node):
            return known
        if not self.fits(node, source):
            return INVALID
        for name, key, value in mapping_entries(node, source):
            part = place.part(name)
            place.marks[part.path] = source.mark(key)
            found = self.value.read(value, source, part, known.get(name))
            if found is not INVALID:
                known[name] = found
        return known

    def schema(self, define: Callable[[type], str]) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.value.schema(define)}

    def records(self) -> Iterator[type]:
        return self.value.records()


class RecordShape(ValueShape):
    """A nested record."""

    kind = "mapping"

    def __init__(self, cls: type, read: Callable[..., Any]) -> None:
        self.cls, self._read = cls, read
        self.expects = Message("一组“键: 值”", "a mapping")

    def read(self, node: YamlNode, source: YamlSource, place: RecordPath, base: Any = None) -> Any:
        if not is_null(node) and not self.fits(node, source):
            return INVALID
        return self._read(self.cls, node, source, place.marks.get(place.path) or source.mark(node), base)

    def schema(self, define: Callable[[type], str]) -> dict[str, Any]:
        return {"$ref": define(self.cls)}

    def records(self) -> Iterator[type]:
        yield self.cls


class EitherShape(ValueShape):
    """One of several shapes: the first of the node's kind that accepts it."""

    def __init__(self, shapes: tuple[ValueShape, ...]) -> None:
        self.shapes = shapes
        self.expects = Message(
            "，或 ".join(shape.expects.zh for shape in shapes), ", or ".join(shape.expects.en for shape in shapes)
        )

    def read(self, node: YamlNode, source: YamlSource, place: RecordPath, base: Any = None) -> Any:
        if not has_no_tag(node, source):
            return INVALID
        fitting = [shape for shape in self.shapes if shape.kind == node.id]
        for shape in fitting[:-1]:
            try:
                value = shape.parse(node)  # type: ignore[attr-defined]  # several shapes of one kind are scalars
            except (ValueError, OverflowError):
                continue
            return value if shape.within(value, node, source) else INVALID  # type: ignore[attr-defined]
        if not fitting or (len(fitting) > 1 and not self._takes(fitting[-1], node)):
            return self.wrong(node, source)
        return fitting[-1].read(node, source, place, base)

    @staticmethod
    def _takes(shape: Any, node: YamlNode) -> bool:
        try:
            shape.parse(node)
        except (ValueError, OverflowError):
            return False
        return True

    def schema(self, define: Callable[[type], str]) -> dict[str, Any]:
        return {"anyOf": [shape.schema(define) for shape in self.shapes]}

    def records(self) -> Iterator[type]:
        for shape in self.shapes:
            yield from shape.records()


def mapping_entries(node: YamlNode, source: YamlSource) -> Iterator[tuple[str, YamlNode, YamlNode]]:
    """Name, key and value of a mapping's entries; a repeated key, or one that is not a scalar, is reported."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        if key.id != "scalar" or not has_no_tag(key, source) or is_null(key):
            if key.id != "scalar" or is_null(key):
                what = Message("键要是一个词", "a key must be one word")
                source.add_error("wrong-type", source.mark(key), what, Message("写成“键: 值”", "write “key: value”"))
            continue
        name, mark = str(key.value), source.mark(key)
        if name in seen:
            source.add_error(
                "duplicate-key",
                mark,
                Message(
                    f"“{name}”写了两次，第一次在第 {seen[name]} 行",
                    f"“{name}” is given twice, first in line {seen[name]}",
                ),
                Message("删去一个", "delete one of them"),
            )
            continue
        seen[name] = mark.line
        yield name, key, value
