"""Rule I12: vertical headlines. Han are 1 em, figures and letters ½ em; the size is 10 pt."""

from __future__ import annotations

import pytest

from layout.text.fonts.faces import Face, Faces, load_faces
from layout.text.headline.vertical import VerticalHeadline, VerticalPart, set_vertical


@pytest.fixture(scope="module")
def face(square: Faces) -> Face:
    return square["Square"]


def vertical(face: Face, text: str, height: float = 300, **more: object) -> VerticalHeadline:
    return set_vertical(text, height_pt=height, size=10, face=face, **more)  # type: ignore[arg-type]


def parts(face: Face, text: str) -> tuple[VerticalPart, ...]:
    return vertical(face, text).lines[0].parts


def test_I12_characters_run_down_and_lines_from_right_to_left(face: Face) -> None:
    made = vertical(face, "一件民生小事，一场三级会商", 70)
    assert [line.text for line in made.lines] == ["一件民生小事", "一场三级会商"]
    assert made.width == 22.5
    assert [line.x for line in made.lines] == [17.5, 5.0]
    assert made.lines[0].parts[0].ys == (0, 10, 20, 30, 40, 50)


def test_I12_quotation_marks_become_corners_the_double_first(face: Face) -> None:
    assert vertical(face, "“心桥‘一号’”通车").lines[0].text == "『心桥「一号」』通车"


def test_I12_marks_give_their_blank_half_above_or_below(face: Face) -> None:
    (part,) = parts(face, "读《河》、看海")
    tops = dict(zip(part.text, part.ys, strict=True))
    assert tops["《"] == 5  # the cell begins half an em higher: its upper half is blank
    assert tops["河"] == 15
    assert tops["》"] == 25
    assert tops["、"] == 30
    assert tops["看"] == 35


def test_I12_the_ink_of_colons_question_and_exclamation_marks_needs_the_whole_cell(face: Face) -> None:
    (part,) = parts(face, "谁来？我：来！")
    assert part.ys == (0, 10, 20, 30, 40, 50, 60)


@pytest.mark.parametrize("name", ["Song-Black", "Song-Bold", "Hei-Bold", "Kai-Regular"])
def test_I12_no_vertical_form_reaches_into_its_neighbour(name: str) -> None:
    """Read from the fonts: ink of the form, from the cell's top, stays in the part of the cell that the mark gets."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    shipped = load_faces()[name]
    font = TTFont(shipped.path)
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    text = "『连「心」桥』《河》（村）、：！？"
    made = set_vertical(text, height_pt=1000, size=1000, face=shipped)
    (part,) = made.lines[0].parts
    ends = [*part.ys[1:], part.ys[-1] + 1000]
    for char, top, end in zip(part.text, part.ys, ends, strict=True):
        pen = BoundsPen(glyphs)
        glyphs[order[shipped.vertical[char]]].draw(pen)
        _, low, _, high = pen.bounds
        begins = top + 500 if char in "『「《（" else top
        after = begins + (500 if char in "『「」』《》（）、" else 1000)
        assert begins - 30 <= top + 880 - high, char
        assert top + 880 - low <= after + 30, char
        assert end >= top


@pytest.mark.parametrize("digits", ["26", "365"])
def test_I12_two_or_three_figures_stand_side_by_side_in_one_cell(face: Face, digits: str) -> None:
    first, across, last = parts(face, f"等了{digits}天")
    assert (across.text, across.orientation, set(across.ys)) == (digits, "across", {20.0})
    assert last.ys == (30.0,)
    widths = [5 * across.scale] * len(digits)
    assert across.xs[0] == pytest.approx(-sum(widths) / 2)
    assert across.xs[-1] + widths[-1] == pytest.approx(sum(widths) / 2)
    assert sum(widths) <= 11
    assert first.orientation == last.orientation == "upright"


def test_I12_one_figure_stands_upright_and_four_lie_on_their_side(face: Face) -> None:
    assert [(part.text, part.orientation) for part in parts(face, "第5天")] == [("第5天", "upright")]
    assert [(part.text, part.orientation) for part in parts(face, "到2026年")] == [
        ("到", "upright"),
        ("2026", "turned"),
        ("年", "upright"),
    ]


def test_I12_a_percentage_has_its_sign_in_a_cell_of_its_own(face: Face) -> None:
    assert [(part.text, part.orientation) for part in parts(face, "达98%了")] == [
        ("达", "upright"),
        ("98", "across"),
        ("%了", "upright"),
    ]


def test_I12_acronyms_stand_upright_and_other_words_lie_on_their_side(face: Face) -> None:
    (part,) = parts(face, "用好AI助手")
    assert part.ys == (0, 10, 20, 30, 40, 50)
    before, word, after = parts(face, "教你Vlog吧")
    assert (word.text, word.orientation) == ("Vlog", "turned")
    assert word.ys == pytest.approx((21.25, 26.25, 31.25, 36.25))  # after a gap of ⅛ em, ½ em a letter
    assert after.ys == pytest.approx((42.5,))
    assert before.orientation == after.orientation == "upright"


@pytest.mark.parametrize("unit", ["——", "……"])
def test_I12_dashes_and_ellipses_are_turned_as_one_unit(face: Face, unit: str) -> None:
    before, turned, after = parts(face, f"通车{unit}盼")
    assert (turned.text, turned.orientation, turned.ys) == (unit, "turned", (20, 30))
    assert after.ys == (40,)
    assert before.orientation == "upright"


def test_a_vertical_headline_is_broken_by_sense_and_its_lines_begin_where_asked(face: Face) -> None:
    made = vertical(face, "镇中心小学举办第三届读书节", 90, align="bottom")
    assert [line.text for line in made.lines] == ["镇中心小学", "举办第三届读书节"]
    assert [line.top for line in made.lines] == [40, 10]
    assert [(line.start, line.end) for line in made.lines] == [(0, 5), (5, 13)]


def test_a_vertical_headline_that_is_too_long_says_so(face: Face) -> None:
    made = vertical(face, "镇中心小学举办第三届读书节", 40, max_lines=2)
    assert made.over == 5
    assert made.problems[0].rule == "headline-too-long"
    assert not vertical(face, "。").lines
