"""Random issues of many pages in the styles that have columns: threads, jumps, double trucks, teasers, all elements.

What must hold of each: all that was typed is printed, once; nothing overlaps or leaves its frame or the type area; the
body stands on the grid; numbers in jump lines and teasers are those of the pages; what is read first comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from elements import drawing, png
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_elements_together import ON_THE_GRID, apart, articles, bare, rectangle, told_of

import layout
from issues import copy, issue, write
from layout.composition import Composition, Frame, Page
from layout.issue.model import Article, Issue
from layout.style.grid import Grid
from layout.style.reader import load_style

FRONT = {"name": "要闻", "areas": [{7: "nameplate"}, {26: "a a b"}, {10: "a a teasers"}, {7: "c.headline c c"}]}
INSIDE = {"name": "民生", "areas": [{18: "d d d-map"}, {14: "d d d"}, {18: "a"}]}
BACK = {"name": "文化", "areas": [{16: "e f"}, {15: "e g"}, {15: "g.2 g.2"}, {4: "staff_box"}]}
TRUCK = {
    "name": "专题",
    "spread": True,
    "areas": [{6: "h.headline h.headline"}, {22: "h-map h-map"}, {22: "h h h.2 h.2"}],
}
COLUMNS = {"a": 2, "b": 1, "c": 2, "d": 3, "e": 1, "f": 1, "g": 1, "g.2": 2, "h": 3, "h.2": 3}
BOXED = "cf"  # whose areas are one rectangle
ORDER = ("kicker", "headline", "deck", "summary", "editors_note", "body")


@st.composite
def whole_issues(draw: st.DrawFn) -> dict:
    inside = draw(st.permutations([INSIDE, BACK]))
    pages = [FRONT, *([TRUCK, *inside] if draw(st.booleans()) else [*inside, TRUCK])]
    made = {}
    for name in "abcdefgh":
        made[name] = draw(articles(name)) | {"headline": f"第{name}篇的标题"}
        if name not in BOXED:
            made[name].pop("box", None)
            if made[name]["kind"] == "filler":
                made[name]["kind"] = "story"
    made["a"]["kind"], made["a"]["body"] = "story", "\n\n".join(copy(draw(st.integers(60, 130))) for _ in range(14))
    made["a"].pop("items", None)
    made["c"]["headline_direction"] = draw(st.sampled_from(["horizontal", "vertical"]))
    for name in "dh":
        picture = {"id": f"{name}-map", "file": "photo.png", "alt": "白", "caption": "图说", "credit": "供图"}
        made[name].setdefault("pictures", []).append(picture)
    teasers = [{"article": name} for name in draw(st.lists(st.sampled_from("deg"), min_size=1, unique=True))]
    for page in pages:
        cells = {cell for row in page["areas"] for cells in row.values() for cell in cells.split()}
        page["columns"] = {name: count for name, count in COLUMNS.items() if name in cells}
    style = draw(st.sampled_from(["town", "campus"]))
    return issue(made, [], pages=pages, style=style, teasers=teasers, staff_box={"主编": "周怡"})


def words_of(article: Article) -> Counter[str]:
    """Every character that an article typed for print, but for its text, in whatever element."""
    typed = [article.kicker, article.headline, article.deck, article.summary, article.editors_note.text]
    typed += [article.department] if not article.standing_head else []
    for picture in article.pictures:
        typed += [picture.caption, picture.credit]
    for group in article.groups:
        typed += [group.caption, group.credit]
    for chart in article.charts:
        typed += [chart.title, chart.note, *(row[0] for row in chart.data)]
    for table in article.tables:
        typed += [table.title, table.note, *(cell for row in (*table.rows, table.total) for cell in row)]
    for names in article.names:
        typed += [names.heading, *(one if isinstance(one, str) else one.name for one in names.names)]
    for quote in article.pull_quotes:
        typed += [quote.text, quote.speaker]
    return Counter(bare("".join(typed)).replace("|", ""))


def printed(pages: Composition, id: str, *, text: bool) -> Counter[str]:
    """The characters of an article's frames, of its text or of all the rest."""
    roles = ON_THE_GRID - {"byline", "editors_note", "jump_line", "continuation_line"}
    frames = [frame for page in pages.pages for frame in page.frames if frame.article == id]
    return Counter(
        bare("".join(line.text for frame in frames if (frame.role in roles) == text for line in frame.lines))
    )


def check_words(loaded: Issue, pages: Composition) -> None:
    over = {one.article for one in pages.overset}
    for id, article in loaded.articles.items():
        if id in over:
            continue
        missing = Counter(bare("".join(block.text for block in article.body.blocks))) - printed(pages, id, text=True)
        assert not missing - printed(pages, id, text=False), (id, missing)
        if not told_of(pages) and not any(problem.rule == "fit" for problem in pages.problems):
            lost = words_of(article) - printed(pages, id, text=False)
            assert not lost, (id, lost)


def check_room(pages: Composition, grid: Grid) -> None:
    for page in pages.pages:
        truck = page.name == "专题"
        lines = [(frame, line) for frame in page.frames for line in frame.lines]
        shapes = sorted((rectangle(line)[1], rectangle(line), line.text) for _, line in lines)
        for index, (_, one, text) in enumerate(shapes):
            for top, other, other_text in shapes[index + 1 :]:
                if top > one[3]:
                    break
                assert apart(one, other), (page.number, text, other_text)
        pictures = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in page.pictures]
        pictures += [(b.x, b.y, b.x + b.width, b.y + b.height) for b in page.boxes if b.name == "chart"]
        for one, other in pairwise(sorted(pictures)):
            assert apart(one, other)
        for frame, line in lines:
            for picture in pictures:
                assert frame.role == "chart" or apart(picture, rectangle(line)), (page.number, line.text)
            check_line(frame, line, grid, truck=truck)


def check_line(frame: Frame, line, grid: Grid, *, truck: bool) -> None:  # type: ignore[no-untyped-def]
    x0, y0, x1, y1 = rectangle(line)
    half = grid.em / 2 + 0.1  # an opening mark stands half an em outside, its ink flush
    assert frame.x - half <= x0, line.text
    assert frame.y - 0.1 <= y0, line.text
    assert x1 <= frame.x + frame.width + 0.6, line.text
    assert line.vertical or y1 <= frame.y + frame.height + 0.1, line.text
    if not truck or frame.role in ON_THE_GRID:  # a headline and a picture of a double truck cross the fold
        assert grid.left - half <= x0, line.text
        assert x1 <= grid.left + grid.width + 0.6, line.text
    assert grid.top - 0.1 <= y0, line.text
    assert y1 <= grid.top + grid.height + 0.1, line.text
    if frame.role in ON_THE_GRID and not (frame.role == "byline" and not line.text):
        rows = (line.baseline - grid.baseline(0)) / grid.leading
        assert abs(rows - round(rows)) < 1e-6, line.text


def check_numbers(loaded: Issue, pages: Composition) -> None:
    """Jump lines and teasers say the pages on which the stories are."""
    on: dict[str, list[int]] = {}
    for page in pages.pages:
        for frame in page.frames:
            if frame.role in ON_THE_GRID and page.number not in on.setdefault(frame.article, []):
                on[frame.article].append(page.number)
    for page in pages.pages:
        for frame in page.frames:
            if frame.role == "jump_line":
                (number,) = re.findall(r"\d+", frame.lines[0].text)
                assert int(number) == min(n for n in on[frame.article] if n > page.number)
            if frame.role == "continuation_line":
                (number,) = re.findall(r"上接第(\d+)版", frame.lines[0].text)
                assert int(number) == max(n for n in on[frame.article] if n < page.number)
    jumping = {id for id, numbers in on.items() if len(numbers) > 1 and id != "h"}
    told = [frame.article for page in pages.pages for frame in page.frames if frame.role == "jump_line"]
    assert set(told) == jumping
    assert len(told) == len(jumping)
    (box,) = [box for box in pages.pages[0].boxes if box.name == "teasers"]
    heads = {article.short_title: id for id, article in loaded.articles.items()}
    said = re.sub(r"<[^>]+>|\s", "", box.html)
    for teaser in loaded.teasers:
        title = loaded.articles[teaser.article].short_title
        (number,) = re.findall(rf"(\d+)版{title}", said)
        starts = min(page.number for page in pages.pages for frame in page.frames if frame.article == heads[title])
        assert int(number) == starts


def check_reading(pages: Composition) -> None:
    """On a page each article is read whole, its headline first, its paragraphs in order, column after column."""
    paragraphs: dict[str, int] = {}
    for page in pages.pages:
        owners = [frame.article for frame in page.frames]
        runs = [owner for index, owner in enumerate(owners) if index == 0 or owners[index - 1] != owner]
        assert len(runs) == len(set(runs)), runs
        for owner in runs:
            check_article(page, owner, paragraphs)


def check_article(page: Page, owner: str, paragraphs: dict[str, int]) -> None:
    frames = [frame for frame in page.frames if frame.article == owner]
    roles = [frame.role for frame in frames if frame.role in ORDER]
    first = [roles.index(role) for role in ORDER if role in roles]
    assert first == sorted(first), (owner, roles)
    for frame in frames:
        if frame.role in ("body", "crosshead", "quote", "list", "verse"):
            for line in frame.lines:
                assert line.paragraph >= paragraphs.get(owner, 0), (owner, line.text)
                paragraphs[owner] = line.paragraph


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=whole_issues())
def test_whole_issues_hold_what_was_typed_in_its_place_and_order(data, tmp_path):
    if not (tmp_path / "photo.png").exists():
        png(tmp_path, width=3600, height=2400)
        drawing(tmp_path)
    loaded = layout.load(write(tmp_path, data))
    pages = layout.compose(loaded)
    style = load_style(data["style"])
    check_words(loaded, pages)
    if not (pages.overset or told_of(pages) or any(p.rule == "headline-long" for p in pages.problems)):
        check_room(pages, style.grid.grid(style.sheet))
    check_numbers(loaded, pages)
    check_reading(pages)
