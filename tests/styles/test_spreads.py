"""A double truck: one map for two facing pages; nothing of the text stands in the fold."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

import layout
from issues import article, issue, write
from layout.composition import Composition, Page
from layout.errors import IssueError, Problem
from layout.page.map.areas import MapRow, read_spread
from layout.production import build
from layout.style.reader import load_style

pytestmark = pytest.mark.slow  # whole spreads are drawn

MM = 72 / 25.4
WIDTH, BLEED = 210 * MM, 3 * MM
MARGIN = (WIDTH - 58 * 9) / 2
PIXELS = 4800


def photo(folder: Path) -> dict[str, str]:
    """A picture whose colour tells how far across it is."""
    folder.mkdir(parents=True, exist_ok=True)
    row = bytes(value for x in range(PIXELS) for value in (x * 255 // PIXELS, 0, 255 - x * 255 // PIXELS))
    picture = Image.frombytes("RGB", (PIXELS, PIXELS // 4), row * (PIXELS // 4))
    picture.save(folder / "wide.png")
    return {"id": "wide", "file": "wide.png", "caption": "一张横跨两版的图。"}


def compose(folder: Path, areas: list[dict], columns: dict | None = None, style: str = "town", **fields) -> Composition:
    """Page 1, and a double truck on pages 2 and 3 with an article of a picture."""
    story = article(1740, headline="全校三千棵树，一棵一棵数过来", pictures=[photo(folder)], **fields)
    data = issue({"front": article(100), "trees": story, "side": article(150)}, [{30: "front"}], style=style)
    data["pages"].append({"name": "跨版", "editor": "某人", "spread": True, "areas": areas, "columns": columns or {}})
    return layout.compose(layout.load(write(folder, data)))


ACROSS = [
    {8: "trees.headline"},
    {16: "wide"},
    {26: "trees trees trees trees trees trees trees trees side side side side"},
]


def refused(folder: Path, areas: list[dict], columns: dict | None = None) -> list[Problem]:
    with pytest.raises(IssueError) as told:
        compose(folder, areas, columns)
    return list(told.value.problems)


def placed(page: Page, article: str, role: str) -> list:
    return [frame for frame in page.frames if frame.article == article and frame.role == role]


def test_one_map_becomes_two_pages(tmp_path: Path) -> None:
    pages = compose(tmp_path, ACROSS, {"trees": 4}).pages
    assert [(page.number, page.name) for page in pages] == [(1, "要闻"), (2, "跨版"), (3, "跨版")]
    assert [box.name for page in pages[1:] for box in page.boxes if box.kind == "furniture"] == ["folio_line"] * 2


def test_no_line_stands_in_the_fold(tmp_path: Path) -> None:
    for page in compose(tmp_path, ACROSS, {"trees": 4}).pages[1:]:
        for frame in page.frames:
            for line in frame.lines:
                assert line.x >= MARGIN - 0.01, (page.number, frame.role, line.text)
                assert line.x + line.width <= WIDTH - MARGIN + 0.01, (page.number, frame.role, line.text)


def test_columns_stand_on_both_sides_in_proportion(tmp_path: Path) -> None:
    _, left, right = compose(tmp_path, ACROSS, {"trees": 4, "side": 1}).pages
    assert {frame.column for frame in placed(left, "trees", "body")} == {1, 2, 3}
    (rest,) = {round(frame.x, 2) for frame in placed(right, "trees", "body")}
    assert rest == pytest.approx(MARGIN, abs=0.01)
    measures = {round(frame.width) for page in (left, right) for frame in placed(page, "trees", "body")}
    assert measures == {162}, "18 em on both"


def test_text_goes_on_beyond_the_fold_without_a_jump(tmp_path: Path) -> None:
    pages = compose(tmp_path, ACROSS, {"trees": 4})
    roles = {frame.role for page in pages.pages for frame in page.frames}
    assert not roles & {"jump_line", "continuation_line"}
    assert not pages.overset
    (fit,) = [fit for fit in pages.fit if fit.article == "trees"]
    assert fit.pages == (2, 3)


def test_a_column_in_the_fold_is_refused_by_name(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, ACROSS, {"trees": 3})
    assert problem.rule == "fold"
    assert "“trees”分成 3 栏" in problem.what.zh
    assert problem.remedy.zh.startswith("分成 4 栏")


def test_what_holds_text_may_not_lie_in_the_fold(tmp_path: Path) -> None:
    areas = [*ACROSS[:2], {22: ACROSS[2][26]}, {4: "staff_box"}]
    (problem,) = refused(tmp_path, areas, {"trees": 4})
    assert (problem.rule, problem.mark.line > 0) == ("fold", True)
    assert "staff_box" in problem.what.zh


def test_pages_back_to_back_are_no_double_truck(tmp_path: Path) -> None:
    data = issue({"a": article(300)}, [{30: "a"}])
    data["pages"][0] |= {"spread": True, "areas": [{30: "a"}], "columns": {"a": 6}}
    with pytest.raises(IssueError) as told:
        layout.compose(layout.load(write(tmp_path, data)))
    (problem,) = told.value.problems
    assert (problem.rule, problem.remedy.zh) == ("spread-page", "移到第 2 版")


def test_rows_are_divided_by_the_units_of_both_pages(tmp_path: Path) -> None:
    assert "12 个单位" in refused(tmp_path, [{8: "trees.headline"}, {30: "trees " * 5}])[0].what.zh


def test_a_picture_is_cut_at_the_fold_and_its_parts_meet(tmp_path: Path) -> None:
    _, left, right = compose(tmp_path, ACROSS, {"trees": 4}).pages
    (first,), (second,) = left.pictures, right.pictures
    assert first.x == pytest.approx(MARGIN, abs=0.01)
    assert second.x + second.width == pytest.approx(WIDTH - MARGIN, abs=0.01)
    assert (first.y, first.height) == (second.y, second.height)
    # where the trim cuts, both show the same place of the picture
    at = first.crop[0] + (first.crop[2] - first.crop[0]) * (WIDTH - first.x) / first.width
    beyond = second.crop[0] + (second.crop[2] - second.crop[0]) * -second.x / second.width
    assert at == pytest.approx(beyond, abs=1e-9)
    assert first.x + first.width >= WIDTH + BLEED - 0.01, "and each bleeds"
    assert second.x <= -BLEED + 0.01
    for edge in (*first.crop[::2], *second.crop[::2]):
        assert edge * PIXELS == pytest.approx(round(edge * PIXELS), abs=1e-6), "cut between pixels"


def test_its_caption_stands_under_the_left_part(tmp_path: Path) -> None:
    _, left, right = compose(tmp_path, ACROSS, {"trees": 4}).pages
    assert [line.text for frame in placed(left, "trees", "caption") for line in frame.lines] == ["一张横跨两版的图。"]
    assert not placed(right, "trees", "caption")


def test_a_headline_is_parted_by_sense_at_the_fold(tmp_path: Path) -> None:
    _, left, right = compose(tmp_path, ACROSS, {"trees": 4}, style="campus", kicker="跨版专题").pages
    (first,), (second,) = placed(left, "trees", "headline"), placed(right, "trees", "headline")
    assert [line.text for line in (*first.lines, *second.lines)] == ["全校三千棵树", "一棵一棵数过来"]
    assert first.lines[0].baseline == second.lines[0].baseline
    assert first.lines[0].size == second.lines[0].size
    assert first.lines[0].x + first.lines[0].width == pytest.approx(WIDTH - MARGIN, abs=0.1), "close to the fold"
    assert second.lines[0].x == pytest.approx(MARGIN, abs=0.1)
    assert (first.lines[0].ends_paragraph, second.lines[0].ends_paragraph) == (False, True)
    (kicker,) = placed(left, "trees", "kicker")
    assert kicker.lines[0].x == pytest.approx(first.lines[0].x, abs=0.1), "begins where the headline begins"
    assert not placed(right, "trees", "kicker")


def test_where_a_style_keeps_left_both_parts_do(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "style.yaml").write_text("extends: town\nheadlines:\n  spread: {align: left}\n")
    _, left, right = compose(tmp_path, ACROSS, {"trees": 4}, style="mine").pages
    for page in (left, right):
        (frame,) = placed(page, "trees", "headline")
        assert frame.lines[0].x == pytest.approx(MARGIN, abs=0.1)


def test_a_headline_too_short_to_be_parted_stays_on_the_left(tmp_path: Path) -> None:
    data = issue({"a": article(100, headline="归舟"), "b": article(900)}, [{30: "a"}])
    data["pages"] = [
        {"areas": [{30: "a"}]},
        {"spread": True, "areas": [{6: "b.headline"}, {30: "b"}], "columns": {"b": 6}},
    ]
    data["articles"]["b"]["headline"] = "归舟"
    _, left, right = layout.compose(layout.load(write(tmp_path, data))).pages
    assert [line.text for frame in placed(left, "b", "headline") for line in frame.lines] == ["归舟"]
    assert not placed(right, "b", "headline")


def test_a_headline_too_high_for_its_area_takes_a_smaller_size_or_is_reported(tmp_path: Path) -> None:
    low = [{4: "trees.headline"}, *ACROSS[1:]]
    pages = compose(tmp_path, low, {"trees": 4}, style="campus")
    (frame,) = placed(pages.pages[1], "trees", "headline")
    assert frame.lines[0].size < 60
    assert frame.height <= 4 * 15
    pages = compose(tmp_path, [{2: "trees.headline"}, *ACROSS[1:]], {"trees": 4}, style="campus", kicker="跨版专题")
    assert "headline-long" in {problem.rule for problem in pages.problems}


def test_the_left_page_is_read_before_the_right_one(tmp_path: Path) -> None:
    pages = compose(tmp_path, ACROSS, {"trees": 4})
    read = [line for page in pages.pages for frame in page.frames if frame.article == "trees" for line in frame.lines
            if frame.role == "body"]  # fmt: skip
    assert [(line.paragraph, line.start) for line in read] == sorted((line.paragraph, line.start) for line in read)


def test_areas_on_either_side_know_nothing_of_the_fold() -> None:
    grid = load_style("town").grid.grid(load_style("town").sheet)
    cells = tuple("aaaaaabbbbbb")
    left, right, problems = read_spread([MapRow(10, cells, None)], grid, ["a", "b"])
    assert not problems
    assert [(area.name, area.unit, area.units, area.beyond) for area in (*left, *right)] == [
        ("a", 0, 6, None),
        ("b", 0, 6, None),
    ]


def test_the_parts_meet_in_print(tmp_path: Path) -> None:
    """The picture's colour tells how far across it is: at the fold both pages show the same, and nothing is rejected."""
    compose(tmp_path, ACROSS, {"trees": 4})
    report = build(tmp_path, tmp_path / "out.pdf", cache=False)
    assert report.pdf, [problem.in_language() for problem in report.problems]
    assert "S2" not in {problem.rule for problem in report.problems}, "it reaches into the bleed"
    with pdfium.PdfDocument(report.pdf) as pdf:
        left, right = (pdf[number].render(scale=4).to_pil() for number in (1, 2))
    middle = round((BLEED + 50 + 15 * 15) * 4)
    trim = BLEED * 4
    before = left.getpixel((round(WIDTH * 4 + trim) - 2, middle))
    after = right.getpixel((round(trim) + 2, middle))
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 3, (before, after)
    assert before[0] > 60, "and it is the picture"
    assert before[2] > 60
