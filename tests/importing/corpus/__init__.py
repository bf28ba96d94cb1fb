"""A corpus of manuscripts as offices write them, and what an editor expects of each; see README.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .habits import save
from .scoring import Score, score
from .writers import FORMATS, write

HERE = Path(__file__).parent
OFFICE = HERE / "office"  # saved by LibreOffice once, which a test cannot wait for


def originals(half: str) -> list[dict[str, Any]]:
    return [one for path in sorted((HERE / half).glob("*.yaml")) for one in yaml.safe_load(path.read_text("utf-8"))]


def forms_of(original: dict[str, Any]) -> Iterator[str]:
    """The formats that an original is saved in: plain text has no tables, Markdown none with merged
    cells, and no kicker; of the fresh part the one habit that it names."""
    if "as" in original:
        yield original["as"]
        return
    lines = original["lines"].split("\n")
    table, merged = (any(line.startswith("= ") for line in lines), any("|<" in line for line in lines))
    kicker = any(line.startswith("K ") for line in lines)
    for form in FORMATS:
        if not (table and form == "gb") and not ((merged or kicker) and form == "pandoc"):
            yield form
    if (OFFICE / f"{original['name']}-office.docx").exists():
        yield "office"


def file_of(original: dict[str, Any], form: str, folder: Path) -> Path:
    """An original saved in a form."""
    if form == "office":
        return OFFICE / f"{original['name']}-office.docx"
    return save(original, form, folder) if "as" in original else write(original, form, folder)


def score_half(half: str, folder: Path) -> tuple[int, dict[str, Score]]:
    """How many files a part of the corpus makes, and the score of each field."""
    scores: dict[str, Score] = {}
    count = 0
    for original in originals(half):
        for form in forms_of(original):
            score(original, file_of(original, form, folder), scores)
            count += 1
    return count, scores
