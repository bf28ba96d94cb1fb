"""The value shape of an annotation; the scalars of YAML as numbers, dates and booleans."""

from __future__ import annotations

import datetime
import math
import re
import types
from collections.abc import Callable
from typing import Any, Literal, Union, get_args, get_origin

from ..errors import Message
from .scalars import Prose, Scalar
from .shapes import EitherShape, FieldLimits, ListShape, NamedShape, ProseShape, ScalarShape, ValueShape

# The core schema of YAML 1.2: `no` and `12:30` are text, `010` is ten.
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def shape_of(annotation: Any, limits: FieldLimits, nested: Callable[[type], ValueShape | None]) -> ValueShape:
    """The shape of an annotation; `nested` returns the shape of a record class, None for other classes.

    Raises:
        TypeError: A record may not have such an annotation.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        alternatives = [a for a in arguments if a is not type(None)]
        shapes = tuple(shape_of(a, limits, nested) for a in alternatives)
        return shapes[0] if len(shapes) == 1 else EitherShape(shapes)
    if origin is Literal:
        return _choice(arguments, limits)
    if origin is tuple:
        last = arguments[-1]
        if last is Ellipsis:
            return ListShape((), shape_of(arguments[0], limits, nested), limits)
        if getattr(last, "__unpacked__", False):
            items = tuple(shape_of(a, limits, nested) for a in arguments[:-1])
            return ListShape(items, shape_of(get_args(last)[0], limits, nested), limits)
        return ListShape(tuple(shape_of(a, limits, nested) for a in arguments), None, limits)
    if origin is dict and arguments[0] is str:
        return NamedShape(shape_of(arguments[1], limits, nested))
    if isinstance(annotation, type):
        if shape := nested(annotation):
            return shape
        if annotation is Prose:
            return ProseShape(_STRING[0], _STRING[1], str, limits, plain=False)
        if annotation in _BASIC:
            expects, schema, parse, plain = _BASIC[annotation]
            return ScalarShape(expects, schema, parse, limits, plain=plain)
        if isinstance(annotation, Scalar):
            return ScalarShape(annotation.expects, annotation.schema, annotation.parse, limits, plain=False)
    raise TypeError(f"a record's field cannot be {annotation!r}")


def _choice(values: tuple[Any, ...], limits: FieldLimits) -> ValueShape:
    by_text = {str(value): value for value in values}

    def parse(text: str) -> Any:
        try:
            return by_text[text]
        except KeyError:
            raise ValueError(text) from None

    zh, en = "、".join(filter(None, by_text)), ", ".join(filter(None, by_text))
    expects = Message(f"{zh} 之一", f"one of {en}") if len(values) > 1 else Message(zh, en)
    return ScalarShape(expects, {"enum": list(values)}, parse, limits, plain=False, choices=tuple(by_text))


def _integer(text: str) -> int:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    raise ValueError(text)


def _number(text: str) -> float:
    value = float(text) if _FLOAT.fullmatch(text) else float(_integer(text))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _truth(text: str) -> bool:
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    raise ValueError(text)


def _date(text: str) -> datetime.date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


_STRING = (Message("文字", "text"), {"type": ["string", "number"]})  # 2026 is accepted as text
_BASIC: dict[type, tuple[Message, dict[str, Any], Callable[[str], Any], bool]] = {
    str: (*_STRING, str, False),
    int: (Message("整数", "a whole number"), {"type": "integer"}, _integer, True),
    float: (Message("数", "a number"), {"type": "number"}, _number, True),
    bool: (Message("true 或 false", "true or false"), {"type": "boolean"}, _truth, True),
    datetime.date: (
        Message("日期，如 2026-11-20", "a date such as 2026-11-20"),
        {"type": "string", "format": "date"},
        _date,
        False,
    ),
}
