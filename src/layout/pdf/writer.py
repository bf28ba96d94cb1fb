"""Writes a PDF object by object; only the offsets stay in memory (ISO 32000-1 7.5)."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from hashlib import blake2b
from typing import BinaryIO

_OBJECTS_A_STREAM = 200
_ROW = struct.Struct(">BIH")


class Writer:
    """Numbers objects, writes streams at once and everything else in object streams (7.5.7).

    Everything is hashed as it is written: the file's identifier is the hash of its content.
    """

    def __init__(self, file: BinaryIO, version: str = "1.6") -> None:
        self._file = file
        self._at = 0
        self._rows: list[bytes] = [_ROW.pack(0, 0, 65535)]
        self._waiting: list[tuple[int, bytes]] = []
        self._hash = blake2b(digest_size=16)
        self._cache: dict[bytes, int] = {}
        self._put(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version.encode())

    @property
    def identifier(self) -> str:
        """The hash of everything written so far, in hexadecimal."""
        return self._hash.hexdigest()

    def reserve(self) -> int:
        """The number of an object that comes later."""
        self._rows.append(b"")
        return len(self._rows) - 1

    def add(self, body: bytes, number: int = 0) -> int:
        """An object that is no stream."""
        number = number or self.reserve()
        self._waiting.append((number, body))
        if len(self._waiting) >= _OBJECTS_A_STREAM:
            self._flush()
        return number

    def stream(self, head: bytes, data: bytes, number: int = 0, *, level: int = 6) -> int:
        """A stream; `head` is its dictionary without brackets and Length. Deflated, unless it names a filter."""
        number = number or self.reserve()
        if b"/Filter" not in head and level:
            data = zlib.compress(data, level)
            head += b"/Filter/FlateDecode"
        self._rows[number] = _ROW.pack(1, self._at, 0)
        self._put(b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, head, len(data)))
        self._put(data)
        self._put(b"\nendstream\nendobj\n")
        return number

    def once(self, body: bytes, data: bytes | None = None) -> int:
        """The number of the object that has this content, written at the first call."""
        digest = blake2b(body, digest_size=16)
        if data is not None:
            digest.update(b"\0stream\0")
            digest.update(data)
        key = digest.digest()
        if key not in self._cache:
            self._cache[key] = self.add(body) if data is None else self.stream(body, data)
        return self._cache[key]

    def close(self, root: int, info: int) -> None:
        """Writes the last object stream, the cross-reference stream (7.5.8) and the trailer."""
        self._flush()
        identifier = self.identifier.encode()
        number = self.reserve()
        self._rows[number] = _ROW.pack(1, self._at, 0)
        rows = zlib.compress(b"".join(row or self._rows[0] for row in self._rows), 6)
        start = self._at
        self._put(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]"
            b"/Filter/FlateDecode/Length %d>>\nstream\n"
            % (number, len(self._rows), root, info, identifier, identifier, len(rows))
        )
        self._put(rows)
        self._put(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        number = self.reserve()
        offsets, bodies, at = [], [], 0
        for index, (member, body) in enumerate(waiting):
            self._rows[member] = _ROW.pack(2, number, index)
            offsets.append(b"%d %d" % (member, at))
            bodies.append(body)
            at += len(body) + 1
        first = b" ".join(offsets) + b"\n"
        head = b"/Type/ObjStm/N %d/First %d" % (len(waiting), len(first))
        self.stream(head, first + b"\n".join(bodies), number)

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._at += len(data)


def text_string(text: str) -> bytes:
    """A text string (7.9.2.2): in UTF-16 where ASCII does not do."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def name(text: str) -> bytes:
    """A name object (7.3.5) of any text."""
    return b"/" + b"".join(
        bytes([byte]) if 33 <= byte <= 126 and byte not in b"#()<>[]{}/%" else b"#%02X" % byte for byte in text.encode()
    )


def numbers(*values: float) -> bytes:
    """Numbers with a blank between, to a ten-thousandth."""
    return b" ".join(number(value) for value in values)


@lru_cache(4096)
def number(value: float) -> bytes:
    value = round(value, 4)
    return b"%d" % value if value == int(value) else (b"%.4f" % value).rstrip(b"0")
