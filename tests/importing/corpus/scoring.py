"""What importing made of a manuscript beside what an editor expects: right, wrong and missing, field by field."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from layout.importing import Imported, import_article
from layout.importing.issue_file import entry
from layout.issue.hygiene import clean
from layout.issue.markdown import parse
from layout.records import Prose

from .writers import INDENT, Line, lines_of

ALIKE = ("headline", "kicker", "deck", "byline", "dateline", "kind")
# The least precision and recall of a field.
LEAST = {"open": 0.99, "aside": 0.97, "fresh": 0.97}
TEXTS = ("gb", "plain", "notepad", "site")  # forms without pictures
FIELDS = (*ALIKE, "crossheads", "captions", "table", "names", "items", "stanzas", "text", "told")


class Score(Struct):
    right: int = 0
    wrong: int = 0
    missing: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0


def table(count: int, scores: dict[str, Score]) -> str:
    """The scores as the manual has them."""
    rows = [f"{count} 个文件：", "", "| 项 | 查准率 | 查全率 | 对 | 错 | 漏 |", "|--|--:|--:|--:|--:|--:|"]
    for name in FIELDS:
        one = scores[name]
        rows.append(
            f"| `{name}` | {one.precision:.1%} | {one.recall:.1%} | {one.right} | {one.wrong} | {one.missing} |"
        )
    return "\n".join(rows) + "\n"


def score(original: dict[str, Any], path: Path, scores: dict[str, Score]) -> None:
    """Adds what importing a file of an original came to."""
    form = path.stem.rpartition("-")[2]
    wanted, found = expected(original, form), made(import_article(path))
    for name in FIELDS:
        one = scores.setdefault(name, Score())
        want, have = Counter(wanted.get(name, ())), Counter(found.get(name, ()))
        if name == "told":
            have &= want  # what else was reported is no fault
            have += Counter(w for w in want - have if any(w in told for told in found["told"]))
        one.right += (want & have).total()
        one.wrong += (have - want).total()
        one.missing += (want - have).total()
        if want != have:
            one.misses.append(
                f"{path.name}: wanted {list((want - have).elements())} found {list((have - want).elements())}"
            )


def plain(text: str) -> str:
    """A text as it is printed, in one line."""
    return clean(re.sub(r"[\s|]+", " ", text).strip())


def expected(original: dict[str, Any], form: str) -> dict[str, list[str]]:
    """The items of each field; the text is what the lines hold that is no field."""
    wish = {**original["expect"], **original["expect"].get(form, {})}
    found: dict[str, list[str]] = {name: [plain(str(wish[name]))] for name in ALIKE if name in wish}
    found.setdefault("kind", ["story"])
    for name in ("crossheads", "items"):
        found[name] = [plain(text) for text in wish.get(name, ())]
    lines = lines_of(original)
    if any(line.kind == "I" for line in lines) and form not in TEXTS:
        found["captions"] = wish.get("captions", [])
    found["table"] = _rows(wish["table"]) if "table" in wish else []
    found["names"] = [f"{group}:{name}" for group, names in wish.get("names", {}).items() for name in names]
    found["stanzas"] = [str(wish["stanzas"])] if "stanzas" in wish else []
    left_out = [plain(text) for text in wish.get("left_out", ())]
    found["told"] = left_out + (["点击上方蓝字关注我们", "END", "长按识别二维码关注我们"] if form == "page" else [])
    pictures = form not in TEXTS and any(line.kind == "I" for line in lines)
    text = [_own(line) for line in lines if line.kind in "PHVE#" or (line.kind == "A" and not pictures)]
    dateline = wish.get("dateline", "")
    text = [re.sub(rf"^{dateline}(?:（[^）]*）)?\s*", "", line) if dateline else line for line in text]
    text = [wish.get("replaced", {}).get(line, line) for line in text] + [plain(t) for t in wish.get("text_more", ())]
    found["text"] = [line for line in text if plain(line) not in (*left_out, *found["items"])]
    if "names" in wish:
        found["text"] = [line for line in found["text"] if line]
    return found


def _own(line: Line) -> str:
    return line.text.rstrip() if line.kind == "V" else plain(line.text.strip(INDENT))


def _rows(table: dict[str, Any]) -> list[str]:
    rows = ["head:" + "|".join(table["head"]), f"rows:{table['rows']}"]
    return [*rows, "total:" + "|".join(map(str, table["total"]))] if "total" in table else rows


def made(imported: Imported) -> dict[str, list[str]]:
    """The same of what was imported, read as the issue's reader does."""
    data = entry(imported, "a", "a.md", [f"pictures/{n}" for n, _ in enumerate(imported.pictures)])
    found: dict[str, list[str]] = {name: [plain(str(data[name]))] for name in ALIKE if data.get(name)}
    found.setdefault("kind", ["story"])
    kind = found["kind"][0]
    body, problems = parse(Prose.of_file(imported.body, "a.md"), verse=kind == "verse")
    assert not problems, problems
    blocks = body.blocks
    items = data.get("items", [])
    found["items"] = [plain(item.get("headline", "")) for item in items]
    found["crossheads"] = [plain(block.text) for block in blocks if block.kind == "crosshead"]
    found["captions"] = [picture["caption"] for picture in data.get("pictures", []) if picture.get("caption")]
    tables = [
        {"head": [str(c.title) for c in block.table.columns], "rows": len(block.table.rows)}
        for block in blocks
        if block.table
    ]
    for table in data.get("tables", []):
        known = {"head": [column["title"] for column in table["columns"]], "rows": len(table["rows"])}
        tables.append(known | ({"total": table["total"]} if table.get("total") else {}))
    found["table"] = [row for table in tables for row in _rows(table)]
    found["names"] = [
        f"{group.get('heading', '')}:{name}" for group in data.get("names", []) for name in group["names"]
    ]
    stanzas = {block.number for block in blocks if block.kind == "verse"}
    found["stanzas"] = [str(len(stanzas))] if stanzas else []
    text = [block.text if block.kind == "verse" else plain(_labelled(block)) for block in blocks if block.runs]
    for item in items:
        text += [plain(part) for part in item["body"].split("\n\n")]
    found["text"] = text
    found["told"] = [plain(problem.what.zh) for problem in imported.notes]
    return found


def _labelled(block: Any) -> str:
    return f"{block.label} {block.text}" if block.label.rstrip(".)").isdigit() else block.text
