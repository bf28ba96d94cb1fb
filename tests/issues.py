"""Small issues for tests: a folder written from a few words, and the text of any length to fill it."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

CHARACTERS = "稻谷满仓灯火照桥河水东流行人往来春种秋收书声入户"


def copy(characters: int, start: int = 0) -> str:
    """Neutral text of so many characters, a full stop at its end."""
    return "".join(islice(cycle(CHARACTERS), start, start + characters - 1)) + "。"


def article(characters: int = 200, **fields: Any) -> dict[str, Any]:
    return {"headline": "秋收过半晒谷场上灯火通明", "body": copy(characters)} | fields


def issue(articles: dict[str, Any], areas: list[dict[Any, str]], columns: dict[str, Any] | None = None, **fields: Any):
    """An issue of one page."""
    page = {"name": "要闻", "areas": areas, "columns": columns or {}}
    publication = {"title": "试刊", "sponsor": "试刊社", "publisher": "试刊社"}
    data = {"publication": publication, "number": 1, "date": "2026-11-20", "style": "town", "articles": articles}
    return data | {"pages": [page]} | fields


def write(folder: Path, data: Any) -> Path:
    """Writes `issue.yaml`; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return folder
