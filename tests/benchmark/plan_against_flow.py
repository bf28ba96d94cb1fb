"""Planned pages beside a plain flow of columns by Typst, the same articles: python tests/benchmark/plan_against_flow.py

Needs `pip install typst pymupdf`. Typst sets the articles of each sample one after the other in three columns of 18 em,
headlines in their sizes by rank, pictures as wide as a column. Counted are: pages; white space left at the feet of
columns, in parts of the type area, with and without the last page; articles that go on on another page; headlines
parted from their text (fewer than two lines of it under them); paragraphs whose last line is one character; paragraphs
with a single line at a column's head or foot.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pymupdf
import typst
from msgspec import Struct

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from plan_samples import SAMPLES, without_pages  # noqa: E402  (beside the tests)

import layout  # noqa: E402
from layout.issue.model import Issue  # noqa: E402
from layout.page.checks.inspection import white_space, widows_and_orphans  # noqa: E402
from layout.page.map.threads import read_pages  # noqa: E402
from layout.planning import plan_issue  # noqa: E402
from layout.runtime.resources import data_folder  # noqa: E402
from layout.style.model import Style  # noqa: E402
from layout.style.reader import load_style  # noqa: E402
from layout.text.fonts.faces import load_faces  # noqa: E402
from layout.text.headline.printed import is_han_ideograph  # noqa: E402

NAMES = ("2026-11", "campus-autumn")
LEFT, TOP, MEASURE, GUTTER, LEADING, EM, LINES = 36.6, 50.0, 162.0, 18.0, 15.0, 9.0, 50
FLOW = """
#let issue = json(sys.inputs.at("data"))
#set page(paper: "a4", margin: (x: 36.6pt, top: 50pt, bottom: 41.9pt), columns: 3)
#set columns(gutter: 18pt)
#set text(font: "Newsletter Song", size: 9pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: 6pt, spacing: 6pt, first-line-indent: (amount: 2em, all: true))
#for article in issue {
  block(above: 12pt, below: 9pt, sticky: true, par(justify: false, first-line-indent: 0pt,
    text(font: "Newsletter Hei", weight: "bold", size: article.size * 1pt, article.title)))
  for file in article.pictures { image(file, width: 100%) }
  for paragraph in article.paragraphs { par(paragraph) }
  if article.byline != "" { par(first-line-indent: 0pt, { h(1fr); article.byline }) }
}
"""


class Row(Struct, dict=True):
    name: str
    pages: int
    white: float
    white_before_last: float
    jumps: int
    parted_heads: int
    runts: int
    parted: int

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.pages} | {100 * self.white:.1f} % | {100 * self.white_before_last:.1f} % | "
            f"{self.jumps} | {self.parted_heads} | {self.runts} | {self.parted} |"
        )


def main() -> None:
    print(
        "| | pages | white | without the last page | goes on elsewhere | parted headlines | runts | widows, orphans |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name in NAMES:
        with tempfile.TemporaryDirectory() as place:
            folder = without_pages(SAMPLES / name, Path(place) / name)
            issue = layout.load(folder)
            style = load_style(issue.style, issue.folder, issue.place("style"))
            print(planned(name, issue, style))
            print(flowed(name, issue, style, Path(place)))


def planned(name: str, issue: Issue, style: Style) -> Row:
    faces = load_faces(style.font_files())
    issue = plan_issue(issue, style, faces)[0].of(issue)
    pages = layout.compose(issue, style, faces)
    plans, _ = read_pages(issue, style, {})
    white = white_space(pages, plans, issue, style)
    frames = [frame for page in pages.pages for frame in page.frames]
    lines = [line for frame in frames if frame.role == "body" for line in frame.lines]
    runts = sum(line.ends_paragraph and line.start > 0 and sum(map(is_han_ideograph, line.text)) < 2 for line in lines)
    heads = {frame.article for frame in frames if frame.role == "headline"}
    parted = sum(len(widows_and_orphans(page.frames, style)) for page in pages.pages)
    bare = sum(
        sum(len(f.lines) for f in frames if f.article == one and f.role not in ("headline", "deck")) < 2
        for one in heads
    )
    jumps = sum(frame.role == "jump_line" for frame in frames)
    return Row(
        f"{name}, planned",
        len(white),
        sum(white) / len(white),
        sum(white[:-1]) / len(white[:-1]),
        jumps,
        bare,
        runts,
        parted,
    )


def flowed(name: str, issue: Issue, style: Style, place: Path) -> Row:
    data = [
        {
            "title": one.title,
            "size": float(style.headline(one.rank, one.kind).sizes[0]) * 0.75,
            "pictures": [str(picture.path) for picture in one.pictures],
            "paragraphs": [block.text for block in one.body.blocks if block.text],
            "byline": f"（{one.signature}）" if one.signature else "",
        }
        for one in issue.articles.values()
    ]
    source, articles, pdf = place / "flow.typ", place / "flow.json", place / "flow.pdf"
    source.write_text(FLOW, encoding="utf-8")
    articles.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    typst.compile(
        source,
        output=pdf,
        root="/",
        font_paths=[data_folder("fonts")],
        sys_inputs={"data": str(articles)},
        ignore_system_fonts=True,
    )
    columns = [column for page in pymupdf.open(pdf) for column in columns_of(page)]
    return counted(f"{name}, flow by Typst", columns)


def columns_of(page: Any) -> list[dict[str, Any]]:
    """The three columns of a page: their lines (text, left edge, whether of a headline), and where each ends."""
    found = [{"lines": [], "foot": TOP} for _ in range(3)]
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            text = "".join(span["text"] for span in line["spans"]).strip()
            if not text:
                continue
            x0, _, _, y1 = line["bbox"]
            at = min(2, max(0, int((x0 - LEFT + 1) // (MEASURE + GUTTER))))
            head = line["spans"][0]["size"] > EM + 0.5
            found[at]["lines"].append((line["spans"][0]["origin"][1], x0, text, head))
            found[at]["foot"] = max(found[at]["foot"], y1)
    for picture in page.get_image_info():
        x0, _, _, y1 = picture["bbox"]
        at = min(2, max(0, int((x0 - LEFT + 1) // (MEASURE + GUTTER))))
        found[at]["foot"] = max(found[at]["foot"], y1)
    for at, column in enumerate(found):
        column["page"] = page.number
        column["left"] = LEFT + at * (MEASURE + GUTTER)
        joined: dict[int, tuple[float, float, str, bool]] = {}
        for y, x, text, head in sorted(column["lines"]):
            known = joined.get(round(y))
            joined[round(y)] = (y, min(x, known[1]), known[2] + text, head) if known else (y, x, text, head)
        column["lines"] = [joined[key] for key in sorted(joined)]
    return found


def counted(name: str, columns: list[dict[str, Any]]) -> Row:
    foot = TOP + LINES * LEADING
    empty = [max(0.0, foot - column["foot"] - LEADING / 2) / (LINES * LEADING) for column in columns]
    pages = len(columns) // 3
    by_page = [sum(empty[3 * page : 3 * page + 3]) / 3 for page in range(pages)]
    jumps = parted_heads = runts = parted = 0
    for before, column in zip([None, *columns], columns, strict=False):
        lines = column["lines"]
        starts = [head or x > column["left"] + 1.5 * EM for _, x, _, head in lines]
        for at, (_, _, text, head) in enumerate(lines):
            if (
                head
                and sum(not one[3] for one in lines[at + 1 : at + 3]) < 2
                and not any(one[3] for one in lines[at + 1 : at + 3])
            ):
                parted_heads += 1
            ends = at + 1 == len(lines) or starts[at + 1]
            if not head and ends and not starts[at] and sum(map(is_han_ideograph, text)) < 2:
                runts += 1
        if not lines or before is None or not before["lines"]:
            continue
        goes_on = not lines[0][3] and not starts[0]
        jumps += goes_on and column["page"] != before["page"]
        parted += goes_on and (len(lines) == 1 or starts[1])
        last = before["lines"]
        first_alone = last[-1][1] > before["left"] + 1.5 * EM and last[-1][1] < before["left"] + 3 * EM
        parted += goes_on and first_alone
    return Row(
        name, pages, sum(by_page) / pages, sum(by_page[:-1]) / max(1, pages - 1), jumps, parted_heads, runts, parted
    )


if __name__ == "__main__":
    main()
