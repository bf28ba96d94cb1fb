"""JSON Schema of records, for editors that complete and check while typing, and tables for the manual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from ..errors import Message
from .record import Entry, RecordField, fields_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(cls: type, title: str = "", *, whole: bool = True) -> dict[str, Any]:
    """JSON Schema 2020-12 of a record, described in Chinese, and in both languages for editors that show Markdown.

    Not `whole`: no key is required, for files that may extend another.
    """
    definitions: dict[str, dict[str, Any]] = {}

    def define(record: type) -> str:
        name = record.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name].update(_object(record))
        return f"#/$defs/{name}"

    def _object(record: type) -> dict[str, Any]:
        fields = fields_of(record)
        if issubclass(record, Entry):
            key, value = fields.values()
            entry = value.shape.schema(define) | _words(value)
            one = {"minProperties": 1, "maxProperties": 1, "additionalProperties": entry}
            return {"type": "object", **one, **_words(key)}
        properties = {name: item.shape.schema(define) | _words(item) | _default(item) for name, item in fields.items()}
        required = [name for name, item in fields.items() if item.required and whole]
        return {
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }

    body = _object(cls)
    return {
        "$schema": DIALECT,
        **({"title": title} if title else {}),
        **body,
        **({"$defs": dict(sorted(definitions.items()))} if definitions else {}),
    }


def _words(item: RecordField) -> dict[str, str]:
    return {"description": item.words.zh, "markdownDescription": f"{item.words.zh}\n\n{item.words.en}"}


def _default(item: RecordField) -> dict[str, Any]:
    value = as_yaml_value(item.default)
    return {} if value is None or value == "" else {"default": value}


def as_yaml_value(value: Any) -> Any:
    """A default as JSON and YAML represent it; None where there is none to show."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if type(value) in (int, float):
        return value
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, tuple) and value and all(type(v) in (int, float, str) for v in value):
        return list(value)
    return None


class FieldRow(Struct, frozen=True):
    """One line of a table of fields. `record` names the class that the field belongs to, `kind` is the kind of its value."""

    record: str
    name: str
    kind: Message
    required: bool
    default: str
    words: Message
    example: str


def field_table(cls: type) -> Iterator[FieldRow]:
    """All fields of a record and then of the records inside it, each record once."""
    waiting, seen = [cls], {cls}
    while waiting:
        record = waiting.pop(0)
        fields: Mapping[str, RecordField] = fields_of(record)
        for name, item in fields.items():
            default = as_yaml_value(item.default)
            shown = "" if default is None else str(default)
            yield FieldRow(record.__name__, name, item.shape.expects, item.required, shown, item.words, item.example)
            for inner in item.shape.records():
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)
