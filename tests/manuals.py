"""The examples of the manuals of the issue and of the area map, completed so that they can be made up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

import layout
from issues import copy, write
from layout.composition import Composition

DOCS = Path(__file__).parents[1] / "docs"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"><rect width="40" height="40"/></svg>'
FURNITURE = ("nameplate", "teasers", "staff_box", "bulletin_head", "bulletin_foot")
HEADS = {
    "harvest": "三十台收割机下了田",
    "safety": "渡口每天点一遍救生衣",
    "clinic": "巡诊车开进村",
    "bridge": "石桥修好了",
}


def examples(manual: str) -> list[dict[str, Any]]:
    """The blocks of YAML in a manual, each with the line that it begins in as `line`."""
    text = (DOCS / manual).read_text(encoding="utf-8")
    found = re.finditer(r"```yaml\n(.*?)```", text, re.DOTALL)
    return [{"line": text.count("\n", 0, one.start()) + 1, "data": yaml.safe_load(one[1])} for one in found]


def made_up(example: dict[str, Any], folder: Path) -> Composition:
    """An example with what it leaves out: a publication, the files it names, a page for each article or text for each
    area."""
    data = dict(example["data"])
    publication = {"title": "柳渡月报", "sponsor": "柳渡镇", "publisher": "柳渡镇"}
    data = {"publication": publication, "number": 7, "date": "2026-07-15"} | data
    filled = "articles" not in data
    if filled:
        data["articles"] = _articles(data["pages"])
    data.setdefault("pages", [{"areas": [{50: name}]} for name in data["articles"]])
    _draw_files(data, folder)
    if not filled:
        return layout.compose(layout.load(write(folder, data)))
    room = {fit.article: fit.capacity for fit in layout.compose(layout.load(write(folder, data))).fit}
    for name, article in data["articles"].items():
        article["body"] = "\n\n".join(copy(70) for _ in range(max(2, int(room[name] * 0.8) // 75)))
    return layout.compose(layout.load(write(folder, data)))


def _articles(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """An article for each name in the maps, with the pictures, charts and tables named there."""
    cells = [
        cell for page in pages for row in page.get("areas", []) for cells in row.values() for cell in cells.split()
    ]
    names = dict.fromkeys(cell.split(".")[0] for cell in cells if cell != ".")
    articles: dict[str, Any] = {}
    for name in names:
        if name in FURNITURE:
            continue
        owner, *beside = name.split("-")
        article = articles.setdefault(owner, {"headline": HEADS[owner], "rank": "major", "body": copy(150)})
        if beside and beside[0].isdigit():
            article.setdefault("pictures", []).append({"file": "photo.png", "alt": "空白", "caption": "柳渡渡口"})
        elif beside == ["chart", "1"]:
            article["charts"] = [
                {"kind": "bar", "title": "产量", "data": [["东圩", 6], ["南荡", 3]], "alt": "东圩多。"}
            ]
        elif beside == ["table", "1"]:
            columns = [{"title": "村名"}, {"title": "亩数"}]
            article["tables"] = [{"title": "面积", "columns": columns, "rows": [["东圩", 612], ["南荡", 437]]}]
    if any("areas" not in page for page in pages):
        articles["drill"] = {"headline": "雾中练救生", "section": "民生", "body": copy(900), "rank": "lead"}
    return articles


def _draw_files(data: Any, folder: Path) -> None:
    """The pictures that an example names."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in values:
        if isinstance(value, str) and value.endswith((".jpg", ".png", ".svg")):
            (folder / value).parent.mkdir(parents=True, exist_ok=True)
            if value.endswith(".svg"):
                (folder / value).write_text(SVG, encoding="utf-8")
            elif not (folder / value).exists():
                Image.new("L", (3600, 2400), 200).save(folder / value)
        else:
            _draw_files(value, folder)
