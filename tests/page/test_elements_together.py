"""Random issues that use every element at once: text in is text out, nothing overlaps, everything is on the grid."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import get_args

import pytest
from elements import drawing, png
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import layout
from issues import copy, issue, write
from layout.issue.model import Kind

EM, LEADING, TOP, LEFT = 9.0, 15.0, 50.0, 36.6
RIGHT, FOOT = LEFT + 58 * EM, TOP + 50 * LEADING
ON_THE_GRID = {
    "body", "crosshead", "quote", "list", "verse", "item_head", "byline", "editors_note", "jump_line", "continuation_line",
}  # fmt: skip
PROSE = st.text(alphabet="春种秋收山高水长灯火通明，。；：！？、“”（）《》0123456789aK", min_size=1, max_size=160)
MAPS = [
    [{3: "a.headline"}, {17: "a"}, {15: "b b c"}, {15: "b b inset"}],
    [{20: "a a b"}, {14: "inset inset b"}, {16: "c"}],
    [{16: "a a a.headline"}, {14: "b c"}, {20: "inset c"}],
    [{25: "a b"}, {25: "c c c"}],
]


@st.composite
def bodies(draw, kind: str, placed: list[str]) -> str:
    if kind == "verse":
        return "\n\n".join(
            "\n".join(draw(st.lists(st.just("春水初生稻花开"), min_size=1, max_size=3))) for _ in range(2)
        )
    parts = ["文" + text for text in draw(st.lists(PROSE, min_size=2, max_size=6))]
    if kind == "questions":
        parts = [f"{'问答'[at % 2]}：{part}" for at, part in enumerate(parts)]
    elif kind == "letter":
        parts.insert(0, "编辑同志：")
    else:
        extra = st.sampled_from(
            [
                "## 小标题", "> 引文" + copy(30), "- 甲项" + copy(40), "1. 乙项" + copy(40), "**冒题** 正文" + copy(50),
                "要[紧]{.}的字[苇泾]{wěi jīng}，*楷体*" + copy(20),
                "| 甲 | 乙 |\n| --- | --: |\n| 春 | 1.5 |\n| 秋 | 20 |",
            ]
        )  # fmt: skip
        for part in draw(st.lists(extra, max_size=3)):
            parts.insert(draw(st.integers(1, len(parts))), part)
        for name in placed:
            parts.insert(draw(st.integers(1, len(parts))), f"![]({name})")
    return "\n\n".join(parts)


def floats(draw, name: str) -> dict[str, list]:
    """What an article may have beside its text; pictures named `NAME-1`, …"""
    found: dict[str, list] = {}
    for field in draw(st.lists(st.sampled_from(sorted(INSETS)), max_size=2, unique=True)):
        found[field] = [INSETS[field] | {"id": f"{name}-{field}"}]
    if "charts" in found:
        found["charts"][0]["kind"] = draw(st.sampled_from(CHARTS))
    if "groups" in found:
        members = [{"id": f"{name}-member-{n}", "file": "photo.png", "alt": "白"} for n in range(3)]
        found["groups"][0] = found["groups"][0] | {"pictures": [member["id"] for member in members]}
        found.setdefault("pictures", []).extend(members)
    return found


INSETS = {
    "pictures": {"file": "photo.png", "alt": "白", "caption": copy(20), "credit": "试刊社"},
    "groups": {"columns": 3, "caption": "三张"},
    "tables": {
        "title": "表",
        "columns": [{"title": "名"}, {"title": "数"}],
        "rows": [[f"第{n}", n * 1.5] for n in range(7)],
        "total": ["合计", 31.5],
        "note": "注",
    },
    "names": {"heading": "一等", "names": ["顾行简", "卫昭", {"name": "章水林", "deceased": True}] * 4},
    "charts": {"title": "图", "unit": "棵", "data": [["香樟", 6], ["银杏", 3]], "note": "注", "alt": "香樟多"},
    "pull_quotes": {"text": "灯火照桥，河水东流。", "speaker": "周怡"},
}
KINDS = ["story", "story", *get_args(Kind)]
CHARTS = ["bar", "column", "line", "pie"]


@st.composite
def articles(draw, name: str) -> dict:
    kind = draw(st.sampled_from(KINDS))
    beside = floats(draw, name)
    pictures = beside.get("pictures", [])
    for picture in pictures[:1]:
        picture["columns"] = draw(st.integers(1, 2))
    placeable = [one["id"] for field in beside.values() for one in field if "member" not in one["id"]]
    placed = draw(st.lists(st.sampled_from(placeable), unique=True, max_size=2)) if placeable else []
    made = {"kind": kind, "rank": draw(st.sampled_from(["lead", "major", "minor", "brief"]))} | beside
    if kind in ("briefs", "notices"):
        made["items"] = [
            {"headline": "小题", "body": "文" + text} for text in draw(st.lists(PROSE, min_size=1, max_size=3))
        ]
        if kind == "notices":
            made["items"][0]["byline"] = "水务站"
    else:
        made["body"] = draw(bodies(kind, placed))
    fields = {
        "headline": copy(draw(st.integers(3, 16)))[:-1],
        "kicker": "引题",
        "deck": "副题",
        "department": "栏目",
        "summary": copy(40),
        "byline": "党群办",
        "editors_note": copy(30),
        "box": draw(st.sampled_from(["tint", "frame", "oxford", "wavy", "double", "dotted"])),
        "standing_head": "flower.svg",
        "headpiece": "flower.svg",
        "headline_box": "reversed",
        "end_mark": True,
        "drop_initial": True,
        "dateline": "本镇讯",
    }
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=6))
    return made | {field: fields[field] for field in {*chosen, "headline"}}


@st.composite
def issues(draw):
    made = {name: draw(articles(name)) for name in "abc"}
    areas = draw(st.sampled_from(MAPS))
    named = {name for row in areas for cells in row.values() for name in cells.split()}
    if "inset" in named:
        made["a"].setdefault("pictures", []).append(
            {"id": "inset", "file": "photo.png", "alt": "白", "caption": "图说"}
        )
    if "a.headline" in named and areas is MAPS[2]:
        made["a"]["headline_direction"] = "vertical"
    columns = {"a": draw(st.sampled_from([1, 2])), "b": 1, "c": draw(st.sampled_from([1, 2]))}
    if areas is MAPS[0]:
        columns["a"] = draw(st.integers(1, 3))
    for name in "abc":  # a box wants a rectangle
        if (name == "b" and areas in (MAPS[0], MAPS[1])) or (name in "ac" and areas is MAPS[2]) or name == "a":
            made[name].pop("box", None)
            if made[name]["kind"] == "filler":
                made[name]["kind"] = "story"
    return issue(made, areas, columns)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def check_text(loaded, pages):
    over = {one.article: one.characters for one in pages.overset}
    lines = [(frame.article, frame.role, line) for page in pages.pages for frame in page.frames for line in frame.lines]
    for id, article in loaded.articles.items():
        printed = Counter(bare("".join(line.text for owner, _, line in lines if owner == id)))
        wanted = Counter(bare("".join(block.text for block in article.body.blocks)))
        missing = sum((wanted - printed).values())
        assert missing <= over.get(id, 0), id
        if id in over:
            continue
        by_paragraph: dict[int, str] = {}
        for owner, role, line in lines:
            if owner == id and role in ON_THE_GRID - {"byline", "editors_note", "jump_line", "continuation_line"}:
                by_paragraph[line.paragraph] = by_paragraph.get(line.paragraph, "") + line.text
        for number, block in enumerate(article.body.blocks, 1):
            if block.kind in ("paragraph", "crosshead", "quote", "list", "verse"):
                assert bare(by_paragraph[number]).removesuffix("■").endswith(bare(block.text))
        for table in (one for one in article.tables if not told_of(pages)):
            cells = [cell for row in (*table.rows, table.total) for cell in row]
            found = [line.text for owner, role, line in lines if owner == id and role == "table"]
            assert not Counter(map(str, cells)) - Counter(found)


def told_of(pages) -> bool:
    """Whether something did not fit, and was told of."""
    return any(problem.rule in ("inset-left-over", "inset-high", "table-wide") for problem in pages.problems)


def rectangle(line):
    if line.vertical:
        return line.x - line.size / 2, line.baseline, line.x + line.size / 2, line.baseline + line.size
    return line.x, line.baseline - 0.8 * line.size, line.x + line.width, line.baseline + 0.05 * line.size


def apart(one, other, slack=0.6):
    return (
        one[2] <= other[0] + slack
        or other[2] <= one[0] + slack
        or one[3] <= other[1] + slack
        or other[3] <= one[1] + slack
    )


def check_places(pages):
    for page in pages.pages:
        lines = [(frame, line) for frame in page.frames for line in frame.lines]
        shapes = sorted((rectangle(line)[1], rectangle(line), line.text) for _, line in lines)
        for index, (_, one, text) in enumerate(shapes):
            for top, other, other_text in shapes[index + 1 :]:
                if top > one[3]:
                    break
                assert apart(one, other), (text, other_text)
        pictures = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in page.pictures]
        pictures += [(b.x, b.y, b.x + b.width, b.y + b.height) for b in page.boxes if b.name == "chart"]
        for index, picture in enumerate(pictures):
            assert picture[0] >= LEFT - 0.1
            assert picture[2] <= RIGHT + 0.1
            assert picture[3] <= FOOT + 0.1
            for other in pictures[index + 1 :]:
                assert apart(picture, other)
            for frame, line in lines:
                assert frame.role == "chart" or apart(picture, rectangle(line)), line.text
        for frame, line in lines:
            x0, y0, x1, y1 = rectangle(line)
            assert x0 >= frame.x - 4.6, line.text  # an opening mark stands half an em outside, its ink flush
            assert x1 <= frame.x + frame.width + 0.6, line.text
            assert frame.y - 0.1 <= y0, line.text
            assert line.vertical or y1 <= frame.y + frame.height + 0.1, line.text
            assert x0 >= LEFT - 4.6
            assert x1 <= RIGHT + 0.6
            assert y0 >= TOP - 0.1
            assert y1 <= FOOT + 0.1
            if frame.role in ON_THE_GRID and not (frame.role == "byline" and not line.text):
                rows = (line.baseline - TOP - 3 - 0.88 * EM) / LEADING
                assert abs(rows - round(rows)) < 1e-6, line.text


def check_order(pages):
    for page in pages.pages:
        assert all(one.order <= other.order for one, other in pairwise(page.frames))
        owners = [frame.article for frame in page.frames]
        runs = [owner for index, owner in enumerate(owners) if index == 0 or owners[index - 1] != owner]
        assert len(runs) == len(set(runs)), runs
        for owner in set(owners):
            roles = [frame.role for frame in page.frames if frame.article == owner]
            if "caption" in roles and "body" in roles and "headline" in roles:
                assert roles.index("headline") < roles.index("body")


@pytest.mark.slow
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=issues())
def test_text_in_is_text_out_nothing_overlaps_and_all_text_is_on_the_grid(data, tmp_path):
    if not (tmp_path / "photo.png").exists():
        png(tmp_path, width=2400, height=1600)
    drawing(tmp_path)
    loaded = layout.load(write(tmp_path, data))
    pages = layout.compose(loaded)
    check_text(loaded, pages)
    if not (pages.overset or told_of(pages) or any(p.rule == "headline-long" for p in pages.problems)):
        check_places(pages)
    check_order(pages)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lengths=st.lists(st.integers(500, 1500), min_size=2, max_size=2), moved=st.booleans())
def test_J3_jump_lines_tell_the_page_where_the_story_goes_on(lengths, moved, tmp_path):
    first, second = lengths
    made = {"a": {"headline": "甲稿", "body": copy(first)}, "b": {"headline": "乙稿", "body": copy(second)}}
    made |= {"c": {"body": copy(60)}}
    front = {"name": "要闻", "areas": [{20: "a"}, {20: "b"}], "columns": {"a": 3, "b": 3}}
    filler = {"name": "间页", "areas": [{50: "c"}]}
    rest = {"name": "后页", "areas": [{25: "a"}, {25: "b"}], "columns": {"a": 3, "b": 3}}
    spare = [filler] if moved else []
    data = issue(made, [], pages=[front, *spare, rest] + ([] if moved else [filler]))
    pages = layout.compose(layout.load(write(tmp_path, data)))
    goes_on = 3 if moved else 2
    for id in "ab":
        on = [page.number for page in pages.pages for f in page.frames if f.article == id and f.role == "body"]
        told = {
            role: [f.lines[0].text for page in pages.pages for f in page.frames if f.article == id and f.role == role]
            for role in ("jump_line", "continuation_line")
        }
        if set(on) == {1, goes_on}:
            assert told["jump_line"] == [f"（下转第{goes_on}版）"]
            assert told["continuation_line"] == [f"（上接第1版）{made[id]['headline']}"]
        else:
            assert told == {"jump_line": [], "continuation_line": []}


@pytest.mark.parametrize("seed", range(2))
def test_composing_twice_gives_the_same_pages(seed, tmp_path):
    png(tmp_path, width=2400, height=1600)
    article = {"headline": "甲稿", "body": f"{copy(300)}\n\n![](a-charts)\n\n{copy(300)}"}
    beside = {field: [one | {"id": f"a-{field}"}] for field, one in INSETS.items() if field != "groups"}
    beside["charts"][0]["kind"] = CHARTS[seed]
    loaded = layout.load(write(tmp_path, issue({"a": article | beside}, [{50: "a"}], {"a": 3 - seed})))
    assert layout.compose(loaded) == layout.compose(loaded)
