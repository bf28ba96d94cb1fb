"""What each peer reads: an issue folder, Typst's JSON, or HTML."""

from __future__ import annotations

import html
import math
from pathlib import Path

import yaml
from copy_text import Articles

MEASURE, COLUMNS, LINES = 18, 3, 50
CSS = """
@page { size: A4; margin: 46pt 36.6pt }
body { margin: 0; font: 9pt/15pt "Newsletter Song" }
main { columns: 3; column-gap: 18pt; column-fill: auto }
h2 { font: bold 15pt/20pt "Newsletter Hei"; margin: 12pt 0 6pt; break-inside: avoid; break-after: avoid }
p { margin: 0; text-indent: 2em; text-align: justify }
p.byline { text-align: right }
"""


def write_issue(articles: Articles, folder: Path) -> Path:
    """The articles on pages of three columns, each in an area as high as its text needs; fills pages in order."""
    folder.mkdir(parents=True, exist_ok=True)
    entries, pages = {}, []
    room = 0
    for number, article in enumerate(articles):
        paragraphs = [str(p) for p in article["paras"]]  # type: ignore[attr-defined]
        lines = sum(math.ceil((len(p) + 2) / (MEASURE - 0.4)) for p in paragraphs) + 2
        height = math.ceil(lines / COLUMNS) + 4
        name = f"a{number}"
        entries[name] = {
            "headline": article["title"],
            "byline": str(article["byline"]).strip("（）"),
            "body": "\n\n".join(paragraphs),
        }
        if height > room:
            pages.append({"name": "要闻", "areas": [], "columns": {}})
            room = LINES
        pages[-1]["areas"].append({height: name})
        pages[-1]["columns"][name] = COLUMNS
        room -= height
    issue = {
        "publication": {"title": "比试", "sponsor": "比试", "publisher": "比试"},
        "number": 1,
        "date": "2026-11-20",
        "style": "town",
        "fit": dict.fromkeys(("headline", "deck", "crop", "spacing", "tracking"), "never"),  # as no peer fits copy
        "articles": entries,
        "pages": pages,
    }
    text = yaml.dump(issue, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return folder


def html_of(articles: Articles) -> str:
    parts = [f"<!DOCTYPE html><html lang=zh-CN><title>newsletter</title><style>{CSS}</style><main>"]
    for article in articles:
        parts.append(f"<h2>{html.escape(str(article['title']))}</h2>")
        parts += [f"<p>{html.escape(str(p))}</p>" for p in article["paras"]]  # type: ignore[attr-defined]
        parts.append(f"<p class=byline>{html.escape(str(article['byline']))}</p>")
    return "".join([*parts, "</main></html>"])
