"""Writes the source page as an issue folder: python tests/source_page.py ARTICLES_FOLDER OUT_FOLDER

ARTICLES_FOLDER holds `articles.yaml`: four articles as their editor typed them. The folder written sets them on
two A4 pages in the way of the printed page: first-fit, marks full width and pairs kept, a line-end mark halved
only where room is short, no widow or orphan rule. No break is written by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

STYLE = {
    "name": "source",
    "extends": "town",
    "text": {
        "body": {
            "breaking": "first-fit",
            "pairs": "keep",
            "line_end": "needed",
            "digits": 0.5,
            "widows": 0,
            "orphans": 0,
        },
    },
}
RANKS = {"lead": "lead", "safety": "minor", "deputies": "major", "branch": "lead"}
PAGES = [
    {
        "name": "要闻",
        "areas": [
            {7: "nameplate"},
            {7: "lead.headline"},
            {12: "lead"},
            {17: "lead lead safety safety safety safety.headline"},
            {7: "teasers"},
        ],
        "columns": {"lead": 3},
    },
    {
        "name": "综合",
        "areas": [
            {5: "branch.headline"},
            {16: "branch"},
            {17: "branch.2 deputies"},
            {10: "staff_box deputies"},
        ],
        "columns": {"branch": [2, 1]},
    },
]


def write_issue(articles_folder: Path, out_folder: Path) -> None:
    source = yaml.safe_load((articles_folder / "articles.yaml").read_text(encoding="utf-8"))
    articles = {
        article["id"]: {
            "rank": RANKS[article["id"]],
            "headline": article["headline"],
            "byline": article["byline"].strip("()（）") if article["byline"].startswith("(") else article["byline"],
            "body": "\n\n".join(article["paragraphs"]),
        }
        for article in source["articles"]
    }
    issue = {
        "publication": {"title": "源页", "sponsor": "复刻", "publisher": "复刻"},
        "number": 1,
        "date": "2023-11-20",
        "style": "style",
        "articles": articles,
        "pages": PAGES,
    }
    (out_folder / "style").mkdir(parents=True, exist_ok=True)
    for name, data in ((out_folder / "issue.yaml", issue), (out_folder / "style" / "style.yaml", STYLE)):
        name.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write_issue(Path(sys.argv[1]), Path(sys.argv[2]))
