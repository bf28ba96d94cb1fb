"""The text that every peer sets: four articles of the sample issue, and copies of it with 3 % of the Han changed."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

import yaml

TOP = Path(__file__).parents[3]
ISSUE = TOP / "issues" / "2026-11"
NAMES = ("bridge", "street", "harvest", "craft")
SHARE = 0.03
Articles = list[dict[str, object]]


def four_articles() -> Articles:
    """Title, paragraphs and byline of four articles, without any markup."""
    issue = yaml.safe_load((ISSUE / "issue.yaml").read_text(encoding="utf-8"))
    found: Articles = []
    for name in NAMES:
        article = issue["articles"][name]
        body = (ISSUE / article["body_file"]).read_text(encoding="utf-8")
        plain = [re.sub(r"[*#>|`\[\]]", "", block).strip() for block in re.split(r"\n\s*\n", body)]
        paragraphs = [block for block in plain if block and "\n" not in block and len(block) > 20]
        title = str(article["headline"]).replace("|", "")
        found.append({"title": title, "paras": paragraphs, "byline": f"（{article['byline']}）"})
    return found


def copies(articles: Articles, count: int, seed: int) -> Articles:
    """The articles `count` times over; nothing can be cached, and the glyphs grow as a longer issue's do."""
    common = sorted(set(re.findall(r"[\u4e00-\u9fff]", json.dumps(articles, ensure_ascii=False))))
    dice = random.Random(seed)

    def changed(text: str) -> str:
        return "".join(dice.choice(common) if "\u4e00" <= c <= "\u9fff" and dice.random() < SHARE else c for c in text)

    return [
        {"title": article["title"], "paras": [changed(str(p)) for p in article["paras"]], "byline": article["byline"]}  # type: ignore[attr-defined]
        for _ in range(count)
        for article in articles
    ]


if __name__ == "__main__":
    count, out, seed = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    out.write_text(json.dumps(copies(four_articles(), count, seed), ensure_ascii=False), encoding="utf-8")
