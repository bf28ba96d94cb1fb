"""Rules H1–H16 and what else concerns whole pages (I4, I8, I11, J3, J8), on finished pages read back from their PDFs."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pymupdf
import pytest
from finished import EM, ISSUES, LEADING, LEFT, TOP, PressLine, pressed

import layout
from issues import article, copy, issue, write
from layout.composition import Composition
from layout.page.composed_lines import setting_of
from layout.page.flow.filling import fill_columns
from layout.page.map.columns import Column
from layout.page.parts.flow_block import FlowBlock
from layout.style.texts import ResolvedTextStyle
from layout.text.fonts.faces import Faces
from layout.text.paragraph import Paragraph, TextRun
from layout.units import GRADES, MM

ASCENT = 0.88  # em from the top of a body line's em box to its baseline
HAIR = 0.01


class Sample(NamedTuple):
    """The sample issue: its composition, the lines of its body, and its PDF."""

    pages: Composition
    columns: list[list[PressLine]]
    pdf: Path


class Character(NamedTuple):
    text: str
    x: float
    y: float
    size: float


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    pdf = tmp_path_factory.mktemp("sample") / "out.pdf"
    return Sample(*pressed(ISSUES / "2026-11", pdf), pdf)


@pytest.fixture(scope="module")
def characters(sample: Sample) -> list[list[Character]]:
    """Every character of each page, pt from the trim's top left corner."""
    found = []
    with pymupdf.open(sample.pdf) as pdf:
        for page in pdf:
            left, top = page.trimbox.x0, page.trimbox.y0
            found.append(
                [
                    Character(char["c"], char["origin"][0] - left, char["origin"][1] - top, round(span["size"], 2))
                    for block in page.get_text("rawdict")["blocks"]
                    for line in block.get("lines", ())
                    for span in line["spans"]
                    for char in span["chars"]
                    if not char["c"].isspace()
                ]
            )
    return found


def rectangles(sample: Sample, kind: str) -> list[list[tuple[float, float, float, float]]]:
    """Pictures, or filled rectangles, of each page: left, top, right, bottom."""
    found = []
    with pymupdf.open(sample.pdf) as pdf:
        for page in pdf:
            left, top = page.trimbox.x0, page.trimbox.y0
            boxes = (
                [picture["bbox"] for picture in page.get_image_info()]
                if kind == "picture"
                else [drawing["rect"] for drawing in page.get_drawings() if drawing["type"] == "f"]
            )
            found.append([(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in boxes])
    return found


def whole(value: float) -> bool:
    return abs(value - round(value)) < HAIR


def lefts(sample: Sample) -> dict[tuple[str, float], set[float]]:
    """Where the columns of each article begin, in em from the type area's left edge, by their measure."""
    found = defaultdict(set)
    for page in sample.pages.pages:
        for frame in page.frames:
            if frame.role == "body":
                found[frame.article, round(frame.width / EM, 3)].add(round((frame.x - LEFT) / EM, 3))
    return found


def test_G8_of_two_faults_the_lesser_is_chosen_a_first_line_alone_before_a_last_one(square: Faces) -> None:
    def cost(*lines: int) -> float:
        """Of paragraphs of so many lines in two columns of five, which they fill."""
        style = ResolvedTextStyle(face="Square", indent=0, widows=2, orphans=2)
        blocks = [
            FlowBlock(
                "body", style, Paragraph([TextRun("田" * 10 * count, "Square")], setting_of(style), square), number
            )
            for number, count in enumerate(lines, 1)
        ]
        columns = [Column(0, number, number * 12, 10, 0, 5) for number in (1, 2)]
        return fill_columns(blocks, columns, EM).cost

    parted_well, orphan, widow = cost(3, 4, 3), cost(4, 3, 3), cost(3, 3, 4)
    assert parted_well < orphan < widow


def test_H1_measures_are_whole_em_and_columns_of_a_story_are_alike(sample: Sample) -> None:
    for column in sample.columns:
        assert whole(column[0].measure)
    for (_, measure), starts in lefts(sample).items():
        assert all(whole(start) for start in starts)
        for one, next_one in pairwise(sorted(starts)):
            gutter = (next_one - one - measure) % (measure + 2)
            assert whole(gutter)
    edges = [line.glyphs[-1].x + 0.5 for column in sample.columns for line in column if line.text[-1] == "，"]
    assert edges
    assert all(whole(edge) for edge in edges)  # what the columns are in print


def test_H2_the_body_is_9_pt_and_nothing_that_is_read_on_is_under_6_hao(
    sample: Sample, characters: list[list[Character]]
) -> None:
    sizes = Counter(character.size for page in characters for character in page)
    assert sizes.most_common(1)[0][0] == GRADES["小五"] == EM
    captions = {
        line.size for page in sample.pages.pages for f in page.frames if f.role == "caption" for line in f.lines
    }
    assert captions
    assert min(captions) >= GRADES["六号"]
    assert sum(count for size, count in sizes.items() if size < GRADES["六号"]) < 0.03 * sum(sizes.values())


@pytest.mark.parametrize(
    ("grade", "points"),
    [("初号", 42), ("一号", 27.5), ("小一", 24), ("二号", 21), ("小二", 18), ("三号", 15.75), ("四号", 13.75),
     ("小四", 12), ("五号", 10.5), ("小五", 9), ("六号", 7.875), ("七号", 5.25)],
)  # fmt: skip
def test_H3_sizes_may_be_named_by_the_trade_s_grades(grade: str, points: float, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "style.yaml").write_text(
        f"name: own\nextends: town\ntext: {{crosshead: {{size: {grade}, leading: 45pt}}}}\n", encoding="utf-8"
    )
    body = f"{copy(60)}\n\n## 小标题\n\n{copy(60)}"
    folder = write(tmp_path, issue({"a": article(body=body)}, [{30: "a"}], {"a": 1}, style="own"))
    pages = layout.compose(layout.load(folder))
    assert [line.size for f in pages.pages[0].frames if f.role == "crosshead" for line in f.lines] == [points]


def test_H4_lines_stand_half_an_em_to_an_em_apart_and_always_the_same(sample: Sample) -> None:
    steps = {
        round(after.y - before.y, 1)
        for column in sample.columns
        for before, after in pairwise(column)
        if after.y - before.y < 2 * LEADING - 1
    }
    assert steps == {LEADING}
    assert 0.5 <= LEADING / EM - 1 <= 1


def test_H5_every_body_baseline_of_every_page_stands_on_one_grid(sample: Sample) -> None:
    baselines = [line.y for column in sample.columns for line in column]
    assert len(baselines) > 200
    first = TOP + (LEADING - EM) / 2 + ASCENT * EM
    assert all(abs((y - first + 1) % LEADING - 1) < 0.11 for y in baselines)


def test_H6_pictures_are_whole_columns_wide_and_stand_on_the_grid(sample: Sample) -> None:
    pictures = [box for page in rectangles(sample, "picture") for box in page]
    assert len(pictures) >= 4
    for left, top, right, _ in pictures:
        assert whole((left - LEFT) / EM)
        assert (right - left) / EM in (pytest.approx(width) for width in (8, 18, 28, 38, 48, 58))
        assert whole((top - TOP - (LEADING - EM) / 2) / LEADING)


def test_H7_measures_are_such_as_can_be_justified(sample: Sample) -> None:
    assert {column[0].measure for column in sample.columns} <= {18.0, 28.0}


def test_H7_H13_a_measure_under_eight_em_is_reported(tmp_path: Path) -> None:
    data = issue({"a": article(400), "b": article(400)}, [{40: "a b b"}], {"a": 3, "b": 2})
    pages = layout.compose(layout.load(write(tmp_path, data)), check_pages=True)
    assert "bastard-measure" in {problem.rule for problem in pages.problems}


def test_H8_H9_column_rules_are_hairlines_an_em_from_the_text_of_one_story(sample: Sample) -> None:
    seen = 0
    for page, boxes in zip(sample.pages.pages, rectangles(sample, "rule"), strict=True):
        upright = [box for box in boxes if box[2] - box[0] < 1 and box[3] - box[1] > 3 * LEADING]
        for left, top, right, bottom in upright:
            seen += 1
            assert right - left <= 0.25 * MM
            beside = [
                frame
                for frame in page.frames
                if frame.role == "body" and frame.y < bottom - 1 and frame.y + frame.height > top + 1
                and min(abs(frame.x - right), abs(left - frame.x - frame.width)) < 2 * EM
            ]  # fmt: skip
            assert len({frame.article for frame in beside}) == 1
            for frame in beside:
                apart = max(frame.x - right, left - frame.x - frame.width)
                assert apart >= EM - 0.25
            heads = [frame for frame in page.frames if frame.role in ("headline", "deck", "kicker")]
            assert not any(h.x < left < h.x + h.width and h.y < bottom - 1 and top + 1 < h.y + h.height for h in heads)
    assert seen >= 5


@pytest.mark.parametrize(
    ("units", "count", "measure"), [("a a a a b b", 3, 11), ("a a a a a b", 4, 10), ("a a a", 2, 28)]
)
def test_H10_a_width_divided_anew_has_whole_em_and_fills_it(
    units: str, count: int, measure: float, tmp_path: Path
) -> None:
    articles = {"a": article(900), "b": article(200)} if "b" in units else {"a": article(900)}
    data = issue(articles, [{4: "a.headline"}, {30: units}], {"a": count} | ({"b": 1} if "b" in units else {}))
    _, columns = pressed(write(tmp_path, data), tmp_path / "out.pdf")
    story = [column for column in columns if column[0].article == "a"]
    assert len(story) == count
    assert {column[0].measure for column in story} == {measure}


@pytest.mark.parametrize("length", [1040, 1200, 1440])
def test_H11_columns_of_a_story_that_does_not_fill_them_are_level_to_a_line(length: int, tmp_path: Path) -> None:
    body = "\n\n".join(copy(80, start) for start in range(0, length, 80))
    data = issue({"a": article(body=body)}, [{40: "a"}], {"a": 3})
    _, columns = pressed(write(tmp_path, data), tmp_path / "out.pdf")
    heights = [len(column) for column in columns]
    assert len(heights) == 3
    assert max(heights) - min(heights) <= 1


def test_H12_a_gutter_through_the_page_and_headlines_side_by_side_are_reported(tmp_path: Path) -> None:
    def told(areas: list[dict[int, str]], length: int) -> set[str]:
        data = issue({"a": article(length), "b": article(length)}, areas, {"a": 1, "b": 1})
        pages = layout.compose(layout.load(write(tmp_path, data)), check_pages=True)
        return {problem.rule for problem in pages.problems}

    assert {"through-gutter", "tombstone"} <= told([{50: "a b"}], 1100)
    assert not {"through-gutter", "tombstone"} & told([{20: "a"}, {30: "b"}], 800)


def test_H14_pages_that_are_no_multiple_of_four_are_reported(tmp_path: Path) -> None:
    four = layout.build(ISSUES / "2026-11", tmp_path / "four.pdf")
    two = layout.build(ISSUES / "bulletin-12", tmp_path / "two.pdf")
    assert "S10" not in {problem.rule for problem in four.problems}
    assert "S10" in {problem.rule for problem in two.problems}


def test_H15_three_millimetres_bleed_and_nothing_is_read_within_five_of_the_trim(
    sample: Sample, characters: list[list[Character]]
) -> None:
    with pymupdf.open(sample.pdf) as pdf:
        for page in pdf:
            assert page.trimbox.x0 - page.bleedbox.x0 == pytest.approx(3 * MM, abs=0.01)
            assert page.trimbox.width == pytest.approx(210 * MM, abs=0.01)
    for page in characters:
        assert min(c.x for c in page) >= 5 * MM
        assert max(c.x for c in page) <= 205 * MM
        assert min(c.y - c.size for c in page) >= 5 * MM
        assert max(c.y for c in page) <= 292 * MM


def test_H16_the_type_area_and_the_folio_line_are_at_the_same_place_on_every_page(
    sample: Sample, characters: list[list[Character]]
) -> None:
    folios = []
    for page in sample.pages.pages:
        body = [frame for frame in page.frames if frame.role == "body"]
        assert min(frame.x for frame in body) == pytest.approx(LEFT)
        assert max(frame.x + frame.width for frame in body) == pytest.approx(LEFT + 58 * EM)
    for page in characters[1:]:
        folios.append(sorted({round(c.y, 1) for c in page if c.y < TOP - 3}))
    assert folios[0]
    assert folios == [folios[0]] * len(folios)


def test_I4_kicker_headline_and_deck_stand_in_order_and_are_two_grades_apart(tmp_path: Path) -> None:
    a = article(300, rank="lead", kicker="全镇晚稻收割完毕", deck="三台烘干机，一夜二十吨")
    pressed(write(tmp_path, issue({"a": a}, [{40: "a"}], {"a": 3})), tmp_path / "out.pdf")
    with pymupdf.open(tmp_path / "out.pdf") as pdf:
        spans = [
            span
            for block in pdf[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    kicker, head, deck = (next(s for s in spans if s["text"].startswith(text)) for text in ("全镇", "秋收", "三台"))
    assert kicker["origin"][1] < head["origin"][1] < deck["origin"][1]
    grades = sorted(GRADES.values())

    def grade(size: float) -> int:
        return sum(points <= size + HAIR for points in grades)

    assert grade(head["size"]) - grade(kicker["size"]) >= 2
    assert grade(head["size"]) - grade(deck["size"]) >= 2


def test_I8_a_crosshead_has_two_lines_of_text_under_it_in_its_column(sample: Sample) -> None:
    seen = 0
    for page in sample.pages.pages:
        for head in (frame for frame in page.frames if frame.role == "crosshead"):
            seen += 1
            below = [
                line
                for frame in page.frames
                if frame.role == "body" and abs(frame.x - head.x) < 1 and frame.article == head.article
                for line in frame.lines
                if head.y < line.baseline <= head.y + head.height + 2 * LEADING + 1
            ]
            assert len(below) >= 2
    assert seen >= 3


def test_I11_every_headline_covers_its_text(sample: Sample, tmp_path: Path) -> None:
    looked = layout.compose(layout.load(ISSUES / "2026-11"), check_pages=True)
    assert "head-cover" not in {problem.rule for problem in looked.problems}
    articles = {"a": article(600), "b": article(60, headline="")}
    areas = [{5: "a.headline b b"}, {15: "a a a"}]
    narrow = layout.compose(layout.load(write(tmp_path, issue(articles, areas, {"a": 3, "b": 1}))), check_pages=True)
    assert "head-cover" in {problem.rule for problem in narrow.problems}


def test_J8_a_caption_is_no_wider_than_its_picture_and_a_grade_smaller_than_the_text(sample: Sample) -> None:
    seen = 0
    for page, pictures in zip(sample.pages.pages, rectangles(sample, "picture"), strict=True):
        for caption in (frame for frame in page.frames if frame.role == "caption"):
            over = [box for box in pictures if abs(box[3] - caption.y) < LEADING and box[0] - 1 < caption.x < box[2]]
            for left, _, right, _ in over:
                seen += 1
                for line in caption.lines:
                    assert left - 0.5 * line.size - HAIR <= line.x
                    assert line.x + line.width <= right + HAIR
                    assert line.size < EM
                    assert line.spans[0].face.startswith(("Kai", "Hei"))
    assert seen >= 3
