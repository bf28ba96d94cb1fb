"""Picture files that Pillow cannot write, made byte by byte."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

from PIL import Image


def noise(width: int, height: int, seed: int = 1) -> Image.Image:
    """Grain, the same every time."""
    return Image.frombytes("L", (width, height), random.Random(seed).randbytes(width * height))


def deep_png(path: Path, channels: int, pixel: tuple[int, ...]) -> Path:
    """A PNG of 16 bits a channel, all of one colour."""
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    row = b"\0" + struct.pack(f">{channels}H", *pixel) * 400

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 400, 200, 16, kind, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(row * 200))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b""))
    return path


def deep_tiff(path: Path, photometric: int, pixel: tuple[int, ...], *, planes: bool = False) -> Path:
    """A TIFF of 16 bits a channel, all of one colour; `photometric` is its tag 262."""
    channels = len(pixel)
    size = 400 * 200 * 2
    data = (
        b"".join(struct.pack("<H", value) * 400 * 200 for value in pixel)
        if planes
        else struct.pack(f"<{channels}H", *pixel) * 400 * 200
    )
    strips = channels if planes else 1
    lists = 8 + 2 + 10 * 12 + 4
    bits, offsets, counts = lists, lists + 8, lists + 24
    start = lists + 40
    depth = struct.pack("<4H", *[16] * 4)
    places = struct.pack("<4I", *(start + size * (n if planes else 0) for n in range(4)))
    lengths = struct.pack("<4I", *[size if planes else size * channels] * 4)
    entries = [
        (256, 4, 1, 400),
        (257, 4, 1, 200),
        (258, 3, channels, bits if channels > 2 else 16),
        (259, 3, 1, 1),
        (262, 3, 1, photometric),
        (273, 4, strips, offsets if strips > 1 else start),
        (277, 3, 1, channels),
        (278, 4, 1, 200),
        (279, 4, strips, counts if strips > 1 else size * channels),
        (284, 3, 1, 2 if planes else 1),
    ]
    head = b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    path.write_bytes(head + bytes(4) + depth + places + lengths + data)
    return path


def linear_grey() -> bytes:
    """An ICC profile of a grey display whose tone curve is a straight line."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (kind + bytes(4) + data).ljust(-(-(8 + len(data)) // 4) * 4, b"\0")

    xyz = struct.pack(">3i", *(round(65536 * value) for value in (0.9642, 1.0, 0.8249)))
    parts = {b"wtpt": part(b"XYZ ", xyz), b"kTRC": part(b"curv", struct.pack(">I", 0))}
    parts[b"desc"] = part(b"desc", struct.pack(">I", 5) + b"grey\0" + bytes(12 + 67))
    parts[b"cprt"] = part(b"text", b"none\0")
    table, body = b"", b""
    start = 128 + 4 + 12 * len(parts)
    for name, data in parts.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data
    whole = start + len(body)
    head = (
        struct.pack(">I", whole)
        + bytes(4)
        + b"\x02\x40\0\0"
        + b"mntrGRAYXYZ "
        + struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    )
    head += b"acsp" + bytes(28) + xyz + bytes(48)
    return head + struct.pack(">I", len(parts)) + table + body
