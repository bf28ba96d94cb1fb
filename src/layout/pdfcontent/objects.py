"""Objects of an untrusted PDF, read with their types checked: an object of another type is damage of the file.

Only what these functions and the PDF library raise is the file's fault. Any other exception is a fault of this program
and is left to rise.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pikepdf

from ..runtime.limits import PDF_OBJECT_STREAM_BYTES, STREAM_INFLATED_BYTES, LimitError, over


class Damaged(ValueError):
    """The file has an object that PDF does not allow at this place."""


# The exceptions of reading a damaged file: `Damaged`, and those of pikepdf for what it cannot parse or decode.
FAULTS = (Damaged, pikepdf.PdfError, pikepdf.PasswordError, pikepdf.ForeignObjectError, pikepdf.DeletedObjectError)
# What the library raises besides where the tree of pages is none; caught only around the library's own calls.
TREE_FAULTS = (*FAULTS, RuntimeError, LookupError, TypeError, ValueError)

_LZW_GROWTH = 1400  # bytes that a byte of LZW can become: a code of 12 bits stands for up to 4096
_FLATE_GROWTH = 1040
_MOST_ITEMS = 2_000_000  # of an array or a dictionary; more would be gigabytes when they are parsed
_MOST_WARNINGS = 10_000

_limits = threading.RLock()
_readers = 0
_before: dict[str, Any] = {}


def real(value: Any) -> float:
    """A finite number."""
    if not isinstance(value, int | float | Decimal):
        raise Damaged("no number")
    try:
        found = float(value)
    except OverflowError as error:
        raise Damaged("a number out of range") from error
    if not math.isfinite(found):
        raise Damaged("a number out of range")
    return found


def integer(value: Any) -> int:
    return int(real(value))


def number_array(value: Any, count: int) -> tuple[float, ...]:
    """An array of so many numbers."""
    if not isinstance(value, pikepdf.Array) or len(value) != count:
        raise Damaged(f"no array of {count} numbers")
    return tuple(real(item) for item in value)


def dictionary(value: Any) -> Any:
    """A dictionary, or that of a stream."""
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        raise Damaged("no dictionary")
    return value


def items(value: Any) -> Any:
    """An array, to be run through; nothing where there is none."""
    if value is None:
        return ()
    if not isinstance(value, pikepdf.Array):
        raise Damaged("no array")
    return value


def item(value: Any, index: int) -> Any:
    """One item of an array."""
    if not isinstance(value, pikepdf.Array) or not len(value) > index:
        raise Damaged("an array is too short")
    return value[index]


def text(value: Any) -> str:
    """A string or a name; what is no text is none."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("gb18030", "replace")


@contextmanager
def bounded() -> Iterator[None]:
    """Within the block pikepdf inflates and parses no more than the limits allow.

    pikepdf's limits belong to the process: the first block sets them, the last one restores them.
    """
    global _readers
    with _limits:
        _readers += 1
        if _readers == 1:
            _before.update(
                pikepdf.settings.set_qpdf_limits(
                    flate_max_memory=PDF_OBJECT_STREAM_BYTES.most,
                    png_max_memory=STREAM_INFLATED_BYTES.most,
                    tiff_max_memory=STREAM_INFLATED_BYTES.most,
                    run_length_max_memory=STREAM_INFLATED_BYTES.most,
                    parser_max_container_size=_MOST_ITEMS,
                    doc_max_warnings=_MOST_WARNINGS,
                )
            )
    try:
        yield
    finally:
        with _limits:
            _readers -= 1
            if not _readers:
                pikepdf.settings.set_qpdf_limits(**_before)


def inflated(stream: Any, most: int | None = None) -> bytes:
    """The bytes of a stream without its filters.

    Raises Damaged where it has none that can be undone, LimitError where it becomes more than `most` bytes, which is at
    most the limit for streams.
    """
    if not isinstance(stream, pikepdf.Stream):
        raise Damaged("no stream")
    most = STREAM_INFLATED_BYTES.most if most is None else min(most, STREAM_INFLATED_BYTES.most)
    if _may_reach(stream) <= PDF_OBJECT_STREAM_BYTES.most:
        data = _read(stream)
    else:
        if _lzw_reaches(stream, most):
            raise LimitError([over(STREAM_INFLATED_BYTES)])
        with _limits:
            before: dict[str, Any] = pikepdf.settings.set_qpdf_limits(flate_max_memory=max(most, 1))
            try:
                data = _read(stream)
            finally:
                pikepdf.settings.set_qpdf_limits(**before)
    if len(data) > most:
        raise LimitError([over(STREAM_INFLATED_BYTES, found=len(data))])
    return data


def _read(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError as error:
        if "memory limit" in str(error):
            raise LimitError([over(STREAM_INFLATED_BYTES)]) from error
        raise


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    return [text(name).removeprefix("/") for name in (found if isinstance(found, pikepdf.Array) else [found])]


def _may_reach(stream: Any) -> int:
    """How long a stream may be at most when its filters are undone."""
    length = stream.get("/Length", 0)
    most = int(length) if isinstance(length, int) else 0
    for name in _filters(stream):
        if name in ("FlateDecode", "Fl"):
            most *= _FLATE_GROWTH
        elif name in ("LZWDecode", "LZW"):
            most *= _LZW_GROWTH
        elif name in ("RunLengthDecode", "RL"):
            most *= 64
    return most


def _lzw_reaches(stream: Any, most: int) -> bool:
    """Whether LZW, which the library does not bound, becomes more than `most` bytes. Behind another filter it is not
    undone to see, but taken to."""
    filters = _filters(stream)
    if "LZWDecode" not in filters and "LZW" not in filters:
        return False
    if filters[0] not in ("LZWDecode", "LZW"):
        return _may_reach(stream) > most
    parameters = stream.get("/DecodeParms", stream.get("/DP"))
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[0] if len(parameters) else None
    early = parameters.get("/EarlyChange", 1) if isinstance(parameters, pikepdf.Dictionary) else 1
    return _lzw_length(stream.read_raw_bytes(), 0 if early == 0 else 1, most) > most


def _lzw_length(data: bytes, early: int, most: int) -> int:
    """The length of LZW data when it is undone (ISO 32000-1 7.4.4), or something over `most`."""
    lengths = [1] * 258
    total = held = bits = last = 0
    width = 9
    for byte in data:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & ((1 << bits) - 1)
        if code == 257:
            break
        if code == 256:
            lengths, width, last = [1] * 258, 9, 0
            continue
        length = lengths[code] if code < len(lengths) else last + 1
        if last and len(lengths) < 4096:
            lengths.append(last + 1)
            if len(lengths) + early in (512, 1024, 2048):
                width += 1
        total, last = total + length, length
        if total > most:
            break
    return total
