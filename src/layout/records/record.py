"""Records: frozen structs read from YAML field by field, with the source locations of their fields."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar, dataclass_transform

from msgspec import NODEFAULT, Struct, StructMeta, field

from ..errors import NO_MESSAGE, Fix, Message, Problem, SourceLocation
from .annotations import shape_of
from .nodes import PLAIN, YamlNode, YamlSource, compose_yaml, read_utf8
from .shapes import (
    INVALID,
    FieldLimits,
    RecordPath,
    RecordShape,
    ValueShape,
    has_no_tag,
    is_null,
    mapping_entries,
    nearest_match,
    sure_match,
)

ENOUGH = 100  # problems of a file, after which similar names are no longer searched
_T = TypeVar("_T", bound="Record")


class FieldDescription(Struct, frozen=True):
    """The description of a field; `default` and `factory` are NODEFAULT where it has none."""

    words: Message
    limits: FieldLimits
    default: Any
    factory: Any
    example: str
    key: str

    @property
    def required(self) -> bool:
        return self.default is NODEFAULT and self.factory is NODEFAULT

    def as_field(self) -> Any:
        return field(default=self.default) if self.factory is NODEFAULT else field(default_factory=self.factory)


def described(
    *,
    zh: str,
    en: str,
    default: Any = NODEFAULT,
    default_factory: Any = NODEFAULT,
    minimum: float | None = None,
    maximum: float | None = None,
    pattern: str = "",
    least: int = 0,
    example: str = "",
    key: str = "",
) -> Any:
    """Defines a field that YAML may set; without a default it is required.

    `minimum`, `maximum` and `pattern` apply to the value or, in a list or mapping, to each; `least` is the least
    length of a list. `example` is shown in the documentation. `key` is the field's name in YAML where it differs. A
    field that is not defined by this function cannot be set in YAML.
    """
    return FieldDescription(
        Message(zh, en), FieldLimits(minimum, maximum, pattern, least), default, default_factory, example, key
    )


@dataclass_transform(field_specifiers=(described, field))
class _RecordMeta(StructMeta):
    """Collects the descriptions of the fields, and sets the struct's defaults."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any) -> _RecordMeta:
        about = {key: value for key, value in namespace.items() if isinstance(value, FieldDescription)}
        for key, value in about.items():
            if value.required:
                del namespace[key]
            else:
                namespace[key] = value.as_field()
        module = namespace["__module__"]
        hints = {key: (hint, module) for key, hint in namespace.get("__annotations__", {}).items()}
        for base in reversed(bases):
            about = {**about, **getattr(base, "_described", {}), **about}  # its own fields come first
            hints = {**getattr(base, "_hints", {}), **hints}
        namespace["_described"], namespace["_hints"] = about, hints
        return super().__new__(cls, name, bases, namespace, **config)


class Record(Struct, metaclass=_RecordMeta, frozen=True, kw_only=True):
    """The base class of everything that is read from YAML.

    `mark` is the location of the record, `marks["headline"]` that of a field, `marks["columns.harvest"]` and
    `marks["focus.0"]` that of a name or an item of it: for scalars that of the value, else that of the key. Neither
    is compared by `==`, nor are the fields that a class lists in `beside`. A record that was not read has an empty
    location.
    """

    beside: ClassVar[frozenset[str]] = frozenset()
    _described: ClassVar[Mapping[str, FieldDescription]]
    _hints: ClassVar[Mapping[str, tuple[Any, str]]]  # field → its annotation as written, and the module it is read in

    mark: SourceLocation = SourceLocation("")
    marks: Mapping[str, SourceLocation] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _compared(self) == _compared(other)

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in _names_compared(type(self)))
        return f"{type(self).__name__}({', '.join(shown)})"

    def place(self, name: str) -> SourceLocation:
        """The location of a field, or else of the record."""
        return self.marks.get(name, self.mark)


class Entry(Record):
    """A mapping with one key, `12: harvest safety`: the first field has the key, the second the value."""


class RecordField(Struct, frozen=True, dict=True):
    """A field of a record: `name` is its key in YAML, `attribute` its name in the record."""

    name: str
    attribute: str
    record: type[Record]
    words: Message
    limits: FieldLimits
    required: bool
    default: Any
    example: str

    @cached_property
    def shape(self) -> ValueShape:
        """The shape of its values, made on first use: a style has hundreds of fields and sets few."""
        return shape_of(hint_of(self.record, self.attribute), self.limits, _nested)


@cache
def _names_compared(cls: type[Record]) -> tuple[str, ...]:
    return tuple(name for name in cls.__struct_fields__ if name not in {"mark", "marks", *cls.beside})


def _compared(record: Record) -> tuple[Any, ...]:
    return tuple([getattr(record, name) for name in _names_compared(type(record))])


def fields_of(cls: type[Any]) -> Mapping[str, RecordField]:
    """The described fields of a record, by their key in YAML, in order; those of its base come last."""
    if cls in _FIELDS_OF:
        return _FIELDS_OF[cls]
    fields: dict[str, RecordField] = {}
    for attribute, about in cls._described.items():
        default = None if about.default is NODEFAULT else about.default
        name = about.key or attribute
        fields[name] = RecordField(
            name, attribute, cls, about.words, about.limits, about.required, default, about.example
        )
    return _FIELDS_OF.setdefault(cls, fields)


_FIELDS_OF: dict[type, Mapping[str, RecordField]] = {}


def annotation_of(cls: type[Record], attribute: str) -> str:
    """The annotation of a field as source text."""
    return str(cls._hints[attribute][0])


def hint_of(cls: type[Record], attribute: str) -> Any:
    """The evaluated annotation of one field; `typing.get_type_hints` would evaluate all."""
    hint, module = cls._hints[attribute]
    return eval(hint, vars(sys.modules[module])) if isinstance(hint, str) else hint


def _nested(cls: type) -> ValueShape | None:
    return RecordShape(cls, _read) if issubclass(cls, Record) else None


def read_record(cls: type[_T], text: str, file: str, base: _T | None = None) -> tuple[_T | None, list[Problem]]:
    """Reads a record from YAML text.

    Args:
        cls: A record class.
        text: The YAML.
        file: Name of the file in locations.
        base: Values for keys that the text leaves out (for a style the one that it extends); names of a mapping are
            merged. Else the defaults are used.

    Returns:
        The record, None where the text is not YAML, and all problems. Where there are any, wrong and missing values
        have their default or None, so the record serves only to find further problems.
    """
    source = YamlSource(file, text)
    node = compose_yaml(source)
    if node is None or is_null(node):
        if not source.problems:
            source.add_error(
                "empty-file", SourceLocation(file), Message("文件是空的", "the file is empty"), _at_least(cls)
            )
        return None, source.problems
    if node.id != "mapping":
        what = Message("文件应是一组“键: 值”", "the file should be a mapping, “key: value”")
        source.add_error("wrong-type", source.mark(node), what, _at_least(cls))
        return None, source.problems
    mark = source.mark(node)
    record = _read(cls, node, source, mark, base) if has_no_tag(node, source) else None
    return record, sorted(source.problems, key=lambda problem: problem.mark or mark)


def read_record_file(cls: type[_T], path: Path, file: str, base: _T | None = None) -> tuple[_T | None, list[Problem]]:
    """Reads a record from a YAML file in UTF-8; see `read_record`."""
    text, problems = read_utf8(path, file)
    return (None, problems) if problems else read_record(cls, text, file, base)


def _read(cls: type[Any], node: YamlNode, source: YamlSource, mark: SourceLocation, base: Any = None) -> Any:
    """The record of a node; `mark` is the location of its key."""
    if issubclass(cls, Entry):
        return _read_entry(cls, node, source, mark)
    base = base if isinstance(base, cls) else None  # a mapping may replace a value of another type
    fields, values, marks = fields_of(cls), {}, {}
    entries = [] if is_null(node) else list(mapping_entries(node, source))
    seen = set()
    for name, key, value in entries:
        item = fields.get(name)
        if item is None:
            _unknown(name, key, fields, source, {one for one, _, _ in entries})
            continue
        seen.add(name)
        if is_null(value):
            seen.discard(name) if item.required else None
            continue
        marks[name] = source.mark(value if value.id == "scalar" else key)
        found = item.shape.read(value, source, RecordPath(name, marks), getattr(base, item.attribute, None))
        if found is not INVALID:
            values[item.attribute] = found
    for name, item in fields.items():
        if item.attribute in values:
            continue
        if base is not None:
            values[item.attribute] = getattr(base, item.attribute)
            marks.update({k: v for k, v in base.marks.items() if k == name or k.startswith(f"{name}.")})
        elif item.required:
            values[item.attribute] = None
            if name not in seen:
                _missing(item, source, mark)
    return cls(**values, mark=mark, marks=marks)


def _read_entry(cls: type[Any], node: YamlNode, source: YamlSource, mark: SourceLocation) -> Any:
    first, second = fields_of(cls).values()
    entries = [] if is_null(node) else list(mapping_entries(node, source))
    if len(entries) != 1:
        what = Message("这里要一个“键: 值”", "one “key: value” is wanted here")
        source.add_error(
            "wrong-type", source.mark(node), what, Message(f"写成 {first.example}", f"write {first.example}")
        )
        return INVALID
    _, key, value = entries[0]
    mark = source.mark(key)
    marks = {first.name: mark, second.name: source.mark(value)}
    left = first.shape.read(key, source, RecordPath(first.name, marks))
    right = second.shape.read(value, source, RecordPath(second.name, marks))
    return INVALID if left is INVALID or right is INVALID else cls(left, right, mark=mark, marks=marks)


def _unknown(
    name: str, key: YamlNode, fields: Mapping[str, RecordField], source: YamlSource, entries: set[str]
) -> None:
    if len(source.problems) >= ENOUGH:  # after so many problems names are no longer compared
        what = Message(f"不认识“{name[:30]}”", f"“{name[:30]}” is not known here")
        source.add_error("unknown-key", source.mark(key), what, Message("删去", "delete it"))
        return
    in_chinese = [k for k, f in fields.items() if name and re.match(rf"{re.escape(name)}(?:\W|$)", f.words.zh)]
    certain = in_chinese[0] if len(in_chinese) == 1 else sure_match(name, list(fields))
    near = nearest_match(name, list(fields)) or next(
        (k for k, f in fields.items() if name and f.words.zh.startswith(name)), ""
    )
    names = ", ".join(fields)
    remedy = Message(f"可用的有：{names}", f"known are: {names}")
    if near:
        remedy = Message(f"是 {near} 吗？", f"do you mean {near}?")
    source.add_error(
        "unknown-key",
        source.mark(key),
        Message(f"不认识“{name}”", f"“{name}” is not known here"),
        remedy,
        Fix(name, certain) if certain and certain not in entries and key.tag == PLAIN else None,
    )


def _missing(item: RecordField, source: YamlSource, mark: SourceLocation) -> None:
    source.add_error(
        "missing-key",
        mark,
        Message(f"缺 {item.name}（{item.words.zh}）", f"{item.name} is missing ({item.words.en})"),
        Message(f"补上 {item.name}: …", f"add {item.name}: …"),
    )


def _at_least(cls: type) -> Message:
    names = ", ".join(name for name, item in fields_of(cls).items() if item.required)
    return Message(f"至少写：{names}", f"write at least: {names}") if names else NO_MESSAGE
