"""Random issues: any number of articles of any length, with pictures, to be planned on any number of pages."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any, Literal

from PIL import Image

CHARACTERS = "稻谷满仓灯火照桥河水东流行人往来春种秋收书声入户新渠清风老街晴雨学堂竹影山路炊烟集市早船"
HEADS = "镇里新修的水渠通了水今年晚稻又是丰收老街上的灯换成了暖色孩子们走着去上学渡口歇了榆树还在"
RANKS = ("lead", "major", "major", "minor", "minor", "minor", "brief")
LENGTHS = {"lead": (700, 1100), "major": (400, 800), "minor": (180, 400), "brief": (60, 120)}
SECTIONS = ("要闻", "民生", "教育", "文化")
SIZES = ((1800, 1200), (1800, 1350), (1350, 1800), (2400, 1350))
# What fills a page, in pages: a character, a headline, a picture; and once the nameplate with the staff box.
CHARACTER, HEAD, PICTURE, FURNITURE = 0.00045, 0.055, 0.16, 0.35

Kind = Literal["any", "sound"]


def prose(random: Random, characters: int) -> str:
    """Paragraphs of so many characters in all, with marks."""
    paragraphs, left = [], characters
    while left > 0:
        length = min(left, random.randint(50, 220))
        if left - length < 30:
            length = left
        signs: list[str] = []
        run = 0
        while len(signs) < length - 1:
            run += 1
            mark = run > random.randint(6, 16)
            signs.append(random.choice("，，。") if mark else random.choice(CHARACTERS))
            run = 0 if mark else run
        if signs and signs[-1] in "，。":
            signs[-1] = "灯"
        paragraphs.append("".join(signs) + "。")
        left -= length
    return "\n\n".join(paragraphs)


def random_issue(
    seed: int, folder: Path, *, kind: Kind = "any", articles: tuple[int, int] = (3, 40), stretch: float = 1.0
) -> dict[str, Any]:
    """The data of an issue; its pictures are written into `folder`. The same seed gives the same issue.

    `any` is 30 to 3,000 characters an article on 1 to 12 pages; `sound` what an editor would plan, as many pages as
    the articles about fill. `stretch` makes every article longer or shorter, and nothing else.
    """
    random = Random(f"{kind} {seed}")
    folder.mkdir(parents=True, exist_ok=True)
    pictures, made, characters = random.randint(0, 12), {}, 0
    for number in range(random.randint(*articles)):
        rank = "lead" if number == 0 else random.choice(RANKS)
        low, high = LENGTHS[rank] if kind == "sound" else ((30, 3000) if random.random() < 0.2 else (60, 900))
        length = random.randint(low, high)
        words = random.randint(6, 16)
        start = random.randrange(len(HEADS) - words)
        article: dict[str, Any] = {
            "rank": rank,
            "headline": HEADS[start : start + words],
            "section": random.choice(SECTIONS),
            "body": prose(Random(f"{seed} {number}"), max(30, round(length * stretch))),
        }
        if random.random() < 0.3:
            article["deck"] = "一条渠管三个村，水到田头不用等"
        if random.random() < 0.5:
            article["byline"] = "通讯员 许知夏"
        if pictures and (rank in ("lead", "major") or random.random() < 0.2):
            pictures -= 1
            caption = "新渠通水的早晨，村口的人都出来看。"
            article["pictures"] = [{"file": _picture(folder, random), "caption": caption, "alt": "渠边的人"}]
        made[f"a{number}"] = article
        characters += length
    shown = sum("pictures" in one for one in made.values())
    filled = CHARACTER * characters + HEAD * len(made) + PICTURE * shown + FURNITURE
    pages = random.randint(1, 12) if kind == "any" else max(1, round(filled))
    return {
        "publication": {"title": "试刊", "sponsor": "试刊社", "publisher": "试刊社"},
        "number": 1,
        "date": "2026-11-20",
        "style": "town",
        "articles": made,
        "pages": [{} for _ in range(pages)],
        "staff_box": {"主编": "顾行简"},
    }


def _picture(folder: Path, random: Random) -> str:
    width, height = SIZES[random.randrange(len(SIZES))]
    file = folder / f"{width}x{height}.png"
    if not file.exists():
        Image.new("1", (width, height), 1).save(file)
    return file.name
