"""A small good issue to begin from, and what reading a changed one says."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from layout.errors import IssueError, Problem
from layout.issue import load

GOOD = """\
publication:
  title: 柳渡月报
  publisher: 柳渡镇党群办
number: 7
date: 2026-07-15
articles:
  ferry:
    rank: lead
    headline: 渡口换了新船|过河只要四分钟
    byline: 镇村建办
    body: |
      柳渡口的新船7月1日下水,可载40人(含船员)。

      老船工说:"船快了,人不急。"
    pictures:
      - {file: pictures/boat.png, caption: 新船。, alt: 一条白色渡船靠在码头}
  fair:
    headline: 庙会迁到新街
    body_file: fair.md
pages:
  - name: 要闻
    areas:
      - 7: nameplate
      - 20: ferry ferry ferry
      - auto: ferry-1 fair fair
    columns: {ferry: 3, fair: 2}
"""
FAIR = "庙会从老街迁到新街。\n\n## 摊位\n\n共有**120**个摊位。\n"


def png(width: int = 6, height: int = 4) -> bytes:
    """A grey PNG made by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def write(folder: Path, yaml: str | bytes = GOOD, fair: str | bytes = FAIR) -> Path:
    """Writes an issue's folder and returns it."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    (folder / "pictures" / "boat.png").write_bytes(png())
    for name, text in (("issue.yaml", yaml), ("fair.md", fair)):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def problems_of(path: Path | str) -> tuple[Problem, ...]:
    with pytest.raises(IssueError) as caught:
        load(path)
    return caught.value.problems


def said(path: Path | str, language: str = "zh") -> str:
    return "\n".join(problem.in_language(language) for problem in problems_of(path))
