"""Classes that depend on their neighbours: marks trimmed beside marks, spaces dropped beside marks, units of numbers.

The classes of a text are one row of bytes, so each rule is a pattern over it.
"""

from __future__ import annotations

import re

from .setting import LineSetting

# Two adjacent marks with an em of white between them: the first closing or the second opening one is trimmed (C3, C5,
# C6), none of an opening and the closing one after it (C4); where a setting allows no white between them, all are.
_PAIR = re.compile(rb"[(),.!](?:(?<!\()(?=[(),.!T])|(?<=\()\(+)")
_TIGHT = re.compile(rb"[),.!]+\(+|[),.!]{2,}|[),.!](?=T)|\({2,}")
_SLIM = bytes.maketrans(b"(),.!", b"<>;;;")
_MEASURES = re.compile(rb"NM+|O[HM]M")
_SWALLOWED = re.compile(rb"_(?:(?=[,.!;T()<>])|(?<=[,.!;T()<>]_))")
_AFTER_OPENING = re.compile(rb"(?<=[(<l/])[_zZ]+")
_HELD_SPACES = bytes.maketrans(b"_zZ", b"ooQ")
# A mark in the middle of its cell has little white beside it: of its neighbours only those with half an em are trimmed.
_BESIDE_CENTRED = re.compile(rb"[),.](?=[cK])|(?<=c)\(+")
_STOP_IN_QUOTES = re.compile(rb"[.!]>+")


def resolved_classes(shape: bytes, setting: LineSetting, slim: bytes) -> bytes:
    """The classes as they are set (rules C3–C8, B6, D4).

    Args:
        shape: The classes of the characters alone.
        setting: Its scheme and pairs decide which marks are trimmed.
        slim: Translation table of the classes that the scheme sets half width.
    """
    shape = shape.translate(slim)
    if setting.scheme == "kaiming":  # a stop before a closing quotation mark is half width, the last mark full width
        shape = _STOP_IN_QUOTES.sub(lambda found: b";" + found[0][2:] + b")", shape)
    if setting.pairs != "keep" and setting.scheme != "natural":
        shape = _PAIR.sub(_trimmed, shape) if setting.pairs == "trim" else _TIGHT.sub(_slimmed, shape)
        if b"c" in shape or b"K" in shape:
            shape = _BESIDE_CENTRED.sub(_slimmed, shape)
    if b"_" in shape:
        shape = _SWALLOWED.sub(b"z", shape)
    if b"_" in shape or b"z" in shape or b"Z" in shape:
        shape = _AFTER_OPENING.sub(lambda found: found[0].translate(_HELD_SPACES), shape)
    return _MEASURES.sub(_measures, shape) if b"M" in shape else shape


def _trimmed(found: re.Match[bytes]) -> bytes:
    return b"(" + b"<" * (len(found[0]) - 1) if found[0][0] == 40 else found[0].translate(_SLIM)


def _slimmed(found: re.Match[bytes]) -> bytes:
    return found[0].translate(_SLIM)


def _measures(found: re.Match[bytes]) -> bytes:
    return b"N" + b"m" * (len(found[0]) - 1) if found[0][0] == 78 else found[0][:2] + b"m"
