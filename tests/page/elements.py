"""Issues of one element each, and what their composition holds."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import layout
from issues import issue, write
from layout.composition import Box, Composition, Frame, PlacedLine, PlacedPicture


def png(folder: Path, name: str = "photo.png", width: int = 1200, height: int = 800) -> str:
    """A white picture of this size; its name in the issue."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\xff" * ((width + 7) // 8)) * height, 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    folder.mkdir(parents=True, exist_ok=True)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    (folder / name).write_bytes(data)
    return name


def drawing(folder: Path, name: str = "flower.svg", width: int = 60, height: int = 30) -> str:
    """A small drawing; its name in the issue."""
    folder.mkdir(parents=True, exist_ok=True)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><path d="M0 0H9V9z"/></svg>'
    (folder / name).write_text(svg, encoding="utf-8")
    return name


COLUMN: dict[str, Any] = {"units": "a . .", "columns": 1}  # one column of 18 em


def compose(folder: Path, article: dict[str, Any], *, lines: int = 30, columns: int = 1, units: str = "a", **more: Any):
    """One article in an area of `lines`; `units` is the row of the map that it stands in."""
    rows = [{lines: units}, *more.pop("rows", [])]
    return layout.compose(layout.load(write(folder, issue({"a": article}, rows, {"a": columns}, **more))))


def frames(pages: Composition, role: str) -> list[Frame]:
    return [frame for page in pages.pages for frame in page.frames if frame.role == role]


def lines(pages: Composition, role: str) -> list[PlacedLine]:
    return [line for frame in frames(pages, role) for line in frame.lines]


def texts(pages: Composition, role: str) -> list[str]:
    return [line.text for line in lines(pages, role)]


def boxes(pages: Composition, name: str = "") -> list[Box]:
    return [box for page in pages.pages for box in page.boxes if not name or box.name == name]


def pictures(pages: Composition) -> list[PlacedPicture]:
    return [picture for page in pages.pages for picture in page.pictures]


def rules(pages: Composition) -> Iterator[str]:
    """What was complained of: rule and message in English."""
    for problem in pages.problems:
        yield f"{problem.rule}: {problem.what.en}"


def problem(pages: Composition, rule: str):
    found = [problem for problem in pages.problems if problem.rule == rule]
    assert len(found) == 1, [p.in_language() for p in pages.problems]
    return found[0]
