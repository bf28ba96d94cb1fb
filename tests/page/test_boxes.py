"""Boxes round stories and the trade's rules: text an em inside on whole lines, rules of every kind drawn right."""

from __future__ import annotations

import pytest
from elements import boxes, compose, frames, lines, png, problem

import layout
from issues import article, copy, issue, write
from layout.page.elements.rules import rule_across, rules_around
from layout.style.elements import BoxStyle, RuleStyle
from layout.style.model import Style

EM, LEADING, TOP, LEFT = 9.0, 15.0, 50.0, 36.6


def frame_of(pages):
    (box,) = [box for box in boxes(pages) if box.kind == "frame" and box.name == ""]
    return box


@pytest.mark.parametrize("name", ["tint", "frame"])
def test_text_and_headline_stand_an_em_inside_their_box(tmp_path, name):
    pages = compose(tmp_path, article(120, box=name), units="a a .", columns=1)
    box = frame_of(pages)
    assert (box.x, box.width) == (pytest.approx(LEFT, abs=0.1), pytest.approx(38 * EM))
    assert (box.y, box.height) == (TOP + 3, 30 * LEADING - 6)
    for role in ("headline", "body"):
        for frame in frames(pages, role):
            assert frame.x >= box.x + EM - 0.01
            assert frame.x + frame.width <= box.x + box.width - EM + 0.01
            assert frame.y >= box.y + EM - 3  # the em box of its first line
            assert frame.y + frame.height <= box.y + box.height - EM + 3


def test_H5_text_in_a_box_stands_on_the_grid_of_the_page(tmp_path):
    pages = compose(tmp_path, article(300, box="frame"), columns=3)
    for line in lines(pages, "body"):
        rows = (line.baseline - TOP - 3 - 0.88 * EM) / LEADING
        assert rows == pytest.approx(round(rows))


def test_columns_in_a_box_are_whole_em_and_share_what_it_leaves(tmp_path):
    pages = compose(tmp_path, article(1200, box="frame"), columns=3)
    widths = {round(frame.width / EM, 3) for frame in frames(pages, "body")}
    assert widths == {17}  # 58 less 2, less two gutters of at least 2, by 3
    last = max(frame.x + frame.width for frame in frames(pages, "body"))
    assert last == pytest.approx(LEFT + 57 * EM, abs=0.1)


def test_a_box_holds_the_articles_headline_and_pictures(tmp_path):
    data = issue(
        {
            "a": article(
                200, box="frame", pictures=[{"id": "p", "file": png(tmp_path, width=2400, height=1600), "alt": "白"}]
            ),
            "b": article(200),
        },
        [{5: "a.headline a.headline b"}, {12: "p p b"}, {16: "a a b"}],
        {"a": 2, "b": 1},
    )
    pages = layout.compose(layout.load(write(tmp_path, data)))
    box = frame_of(pages)
    (picture,) = pages.pages[0].pictures
    assert (box.y, box.height) == (TOP + 3, 33 * LEADING - 6)
    assert picture.x == pytest.approx(box.x + EM)
    assert picture.width == pytest.approx(box.width - 2 * EM)
    assert not boxes(pages, "story_rule")  # a boxed story needs no rule over it


def test_areas_that_are_no_rectangle_together_cannot_be_boxed(tmp_path):
    data = issue({"a": article(900, box="frame"), "b": article(60)}, [{20: "a"}, {10: "a b b"}], {"a": 3, "b": 1})
    found = problem(layout.compose(layout.load(write(tmp_path, data))), "box-shape")
    assert "no rectangle" in found.what.en
    assert found.mark.line > 1


@pytest.mark.parametrize("field", ["box", "headline_box"])
def test_a_box_that_the_style_does_not_have_is_reported_with_the_nearest(tmp_path, field):
    found = problem(compose(tmp_path, article(60, **{field: "fram"})), "unknown-box")
    assert found.what.en == "the style has no box called “fram”"
    assert found.remedy.en == "do you mean frame?"
    assert found.mark.line > 1


# Rules.


def style(**fields):
    return Style(rules={"r": RuleStyle(**fields)}, colours={"black": (0, 0, 0, 100)})


def test_a_thick_thin_rule_is_two_lines_the_thick_one_above():
    drawn = rule_across(style(kind="thick_thin", width=1.5, thin=0.4, space=1.2), "r", 10, 20, 100)
    assert [(box.y, box.height) for box in drawn] == [(20, 1.5), (pytest.approx(22.7), 0.4)]
    under = rule_across(style(kind="thin_thick", width=1.5, thin=0.4, space=1.2), "r", 10, 20, 100)
    assert [(box.y, box.height) for box in under] == [(20, 0.4), (pytest.approx(21.6), 1.5)]


def test_a_dotted_rule_begins_and_ends_with_a_whole_dot():
    (box,) = rule_across(style(kind="dotted", width=1, space=3), "r", 0, 0, 100)
    (shape,) = box.shapes
    dash, gap = shape.dash
    start, end = float(shape.path[0][1]), float(shape.path[1][1])
    assert (dash, shape.round) == (0, True)
    assert (start, end) == (0.5, 99.5)
    assert (end - start) / gap == pytest.approx(round((end - start) / gap))


def test_a_dashed_rule_begins_and_ends_with_a_whole_dash():
    (box,) = rule_across(style(kind="dashed", width=0.5, space=2), "r", 0, 0, 101)
    dash, gap = box.shapes[0].dash
    assert (101 + gap) / (dash + gap) == pytest.approx(round((101 + gap) / (dash + gap)))


def test_a_wavy_rule_has_whole_waves_and_keeps_inside_its_height():
    made = style(kind="wavy", width=0.5, space=6)
    (box,) = rule_across(made, "r", 0, 0, 100)
    path = box.shapes[0].path
    assert path[0] == ("m", 0.0, box.height / 2)
    assert path[-1][-2:] == (pytest.approx(100), box.height / 2)
    assert (len(path) - 1) % 2 == 0
    heights = [0.75 * float(step[2]) + 0.25 * box.height / 2 for step in path[1:]]  # what a cubic reaches
    assert min(heights) >= 0.25 - 1e-9
    assert max(heights) <= box.height - 0.25 + 1e-9


def test_a_rule_of_no_width_is_not_drawn():
    assert rule_across(style(width=0), "r", 0, 0, 100) == []
    assert rule_across(style(), "unknown", 0, 0, 100) == []


def test_dots_round_a_box_stand_at_its_corners_and_evenly_between_them():
    (box,) = rules_around(style(kind="dotted", width=1, space=3), BoxStyle(rule="r"), 0, 0, 100, 61)
    for shape in box.shapes:
        (_, x0, y0), (_, x1, y1) = shape.path
        gap = shape.dash[1]
        length = abs(x1 - x0) + abs(y1 - y0)
        assert length / gap == pytest.approx(round(length / gap))


def test_a_wave_round_a_box_is_one_line_that_goes_through_the_corners():
    made = style(kind="wavy", width=0.5, space=6)
    (box,) = rules_around(made, BoxStyle(rule="r"), 0, 0, 100, 60)
    (shape,) = box.shapes
    assert shape.path[-1] == ("h",)
    middle = made.rules["r"].height / 2
    ends = {(round(float(step[-2]), 6), round(float(step[-1]), 6)) for step in shape.path[:-1]}
    assert {(middle, middle), (100 - middle, middle), (100 - middle, 60 - middle), (middle, 60 - middle)} <= ends


@pytest.mark.parametrize("kind", ["solid", "double", "thick_thin", "dotted", "dashed", "wavy"])
def test_rules_round_a_box_stay_inside_it(kind):
    drawn = rules_around(style(kind=kind, width=1, space=2), BoxStyle(rule="r"), 10, 10, 100, 60)
    assert drawn
    for box in drawn:
        assert box.x >= 10
        assert box.y >= 10
        assert box.x + box.width <= 110
        assert box.y + box.height <= 70
        for shape in box.shapes:
            points = [float(value) for step in shape.path for value in step[1:]]
            assert max(points[::2]) <= 100
            assert max(points[1::2]) <= 60


def test_rules_part_stories_in_the_kind_that_the_style_says(tmp_path):
    text = "name: double\nextends: town\nrules: {story: {kind: double, width: 0.4pt, space: 1pt}}\n"
    (tmp_path / "double").mkdir()
    (tmp_path / "double" / "style.yaml").write_text(text, encoding="utf-8")
    data = issue(
        {"a": article(200), "b": {"body": copy(100)}}, [{20: "a"}, {20: "b"}], {"a": 3, "b": 3}, style="double"
    )
    rules = boxes(layout.compose(layout.load(write(tmp_path, data))), "story_rule")
    assert [box.height for box in rules] == [0.4, 0.4]


def test_one_rule_runs_under_stories_of_which_one_has_a_box(tmp_path):
    stories = {"a": article(400), "b": article(120, box="tint"), "c": article(300)}
    for boxed, widths in ((("b",), [58 * EM]), (("a", "b"), [])):
        for name in ("a", "b"):
            stories[name]["box"] = "tint" if name in boxed else None
        data = issue(stories, [{20: "a a b"}, {14: "c c c"}], {"a": 2, "b": 1, "c": 3})
        found = boxes(layout.compose(layout.load(write(tmp_path / str(len(boxed)), data))), "story_rule")
        assert [rule.width for rule in found] == [pytest.approx(width) for width in widths]
