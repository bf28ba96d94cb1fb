"""Charts: true to their numbers, in the style's inks and the issue's faces, the same every time."""

from __future__ import annotations

import json
import re

import pytest
from elements import boxes, compose, frames, lines, problem, texts
from msgspec.structs import replace

import layout
from issues import article, copy, issue, write
from layout.page.elements.charts.plot import TINTS

EM = 9.0
TREES = [["香樟", 612], ["银杏", 306], ["水杉", 153]]
SEASONS = [["一季度", 32, 36], ["二季度", 41, 44]]


def chart(kind="bar", data=TREES, **more):
    return {"id": "c", "kind": kind, "data": data, "title": "全校树木", "unit": "棵"} | more


def drawn(folder, height=14, **fields):
    article = {"body": copy(40), "charts": [chart(**fields)]}
    return compose(folder, article, lines=10, units="a", rows=[{height: "c c ."}], columns=1)


def shapes(pages, filled=True):
    (box,) = boxes(pages, "chart")
    return [shape for shape in box.shapes if (shape.fill is not None) is filled]


def extent(shape):
    points = [float(value) for step in shape.path for value in step[1:]]
    xs, ys = points[::2], points[1::2]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def test_bars_are_as_long_as_their_numbers_say(tmp_path):
    bars = [extent(shape) for shape in shapes(drawn(tmp_path))]
    lengths = [bar[2] for bar in bars]
    assert lengths == pytest.approx([lengths[0], lengths[0] / 2, lengths[0] / 4])
    assert len({round(bar[0], 3) for bar in bars}) == 1
    assert [bar[1] for bar in bars] == sorted(bar[1] for bar in bars)  # the first at the top


def test_columns_are_as_high_as_their_numbers_say_and_stand_on_one_line(tmp_path):
    pages = drawn(tmp_path, kind="column", data=SEASONS, series=["去年", "今年"])
    columns = [extent(shape) for shape in shapes(pages)]
    legend, columns = columns[-2:], columns[:-2]
    feet = {round(column[1] + column[3], 3) for column in columns}
    assert len(feet) == 1
    heights = [column[3] for column in columns]  # series after series
    assert [height / heights[0] for height in heights] == pytest.approx([1, 41 / 32, 36 / 32, 44 / 32])
    assert all(swatch[2] == pytest.approx(swatch[3]) for swatch in legend)


def test_a_number_below_nothing_lies_on_the_other_side_of_the_axis(tmp_path):
    pages = drawn(tmp_path, kind="column", data=[["甲", 4.0], ["乙", -2.0]])
    up, down = (extent(shape) for shape in shapes(pages))
    assert up[1] + up[3] == pytest.approx(down[1])
    assert up[3] == pytest.approx(2 * down[3])


def test_the_parts_of_a_pie_are_shares_of_its_circle_from_twelve_oclock_on(tmp_path):
    pages = drawn(tmp_path, kind="pie", data=[["步行", 50], ["公交", 25], ["自行车", 25]])
    half, *quarters = [shape for shape in shapes(pages) if any(step[0] == "c" for step in shape.path)]
    left, top, width, height = extent(half)
    assert width == pytest.approx(height / 2)
    for quarter in quarters:
        x, _, across, down = extent(quarter)
        assert (x + across, across, down) == (pytest.approx(left), pytest.approx(width), pytest.approx(width))
    assert [extent(quarter)[1] for quarter in quarters] == pytest.approx([top + width, top])  # the lower comes first


def test_a_line_runs_through_its_numbers(tmp_path):
    pages = drawn(tmp_path, kind="line", data=[["1月", 3.0], ["2月", 5.0], ["3月", 9.0]])
    stroke = next(shape for shape in shapes(pages, filled=False) if len(shape.path) == 3)
    (_, x0, y0), (_, x1, y1), (_, x2, y2) = stroke.path
    assert x1 - x0 == pytest.approx(x2 - x1)
    assert (y1 - y2) / (y0 - y1) == pytest.approx(2)


@pytest.mark.parametrize("kind", ["bar", "column", "line", "pie"])
def test_every_label_and_number_is_reported_in_the_issues_face(tmp_path, kind):
    pages = drawn(tmp_path, kind=kind)
    words = texts(pages, "chart")
    assert words[:2] == ["全校树木", "单位：棵"]
    for label, number in TREES:
        assert label in words
        assert f"{number}" in words
    assert {span.face for line in lines(pages, "chart") for span in line.spans} <= {"Hei-Regular", "Hei-Bold"}


@pytest.mark.parametrize("kind", ["bar", "column", "line", "pie"])
def test_nothing_of_a_chart_leaves_its_place(tmp_path, kind):
    pages = drawn(tmp_path, kind=kind, note="注：" + copy(30), credit="林业站")
    (box,), (frame,) = boxes(pages, "chart"), frames(pages, "chart")
    for line in frame.lines:
        assert frame.x - 0.1 <= line.x
        assert line.x + line.width <= frame.x + frame.width + 0.1
        assert frame.y <= line.baseline - 0.7 * line.size
        assert line.baseline <= frame.y + frame.height
    for shape in box.shapes:
        x, y, width, height = extent(shape)
        assert x >= -0.7
        assert y >= -0.7
        assert x + width <= box.width + 0.7
        assert y + height <= box.height + 0.7
    assert box.y >= frame.y
    assert box.y + box.height <= frame.y + frame.height


def test_words_of_a_chart_do_not_run_into_each_other(tmp_path):
    data = [["护理与康养学院", 486.5], ["师范教育", 365], ["文学与传媒学院", 338], ["信息工程", 297], ["机电工程", 231]]
    for kind in ("bar", "column", "line", "pie"):
        words = lines(drawn(tmp_path / kind, kind=kind, data=data), "chart")
        for index, one in enumerate(words):
            for other in words[index + 1 :]:
                apart = one.x + one.width <= other.x + 0.1 or other.x + other.width <= one.x + 0.1
                assert apart or abs(one.baseline - other.baseline) > 0.9 * one.size, (kind, one.text, other.text)


def test_all_colours_are_the_styles_inks(tmp_path):
    pages = drawn(tmp_path, kind="pie", data=[[f"第{n}", n + 1] for n in range(9)])
    (box,) = boxes(pages, "chart")
    fills = [(f.c, f.m, f.y, f.k) for f in (shape.fill for shape in box.shapes) if f]
    base = [(0, 1, 1, 0.15), (0, 0, 0, 0.6), (0, 0.45, 0.45, 0.05), (0, 0, 0, 0.25)]
    allowed = {tuple(round(v * part, 3) for v in colour) for colour in base for part in TINTS}
    assert {tuple(round(v, 3) for v in fill) for fill in fills} <= allowed
    assert len(set(fills)) == 9  # more parts than colours: tints of them


def test_a_chart_says_in_words_what_it_shows(tmp_path):
    (box,) = boxes(drawn(tmp_path), "chart")
    assert box.alt == "全校树木：香樟、612；银杏、306；水杉、153棵"
    (other,) = boxes(drawn(tmp_path / "b", alt="香樟最多"), "chart")
    assert other.alt == "香樟最多"


def test_a_chart_is_the_same_every_time_and_wherever_matplotlib_is_reported_otherwise(tmp_path, monkeypatch):
    import matplotlib

    first = boxes(drawn(tmp_path / "a"), "chart")[0].shapes
    with matplotlib.rc_context({"axes.linewidth": 9, "patch.linewidth": 5, "font.size": 30, "figure.dpi": 300}):
        assert boxes(drawn(tmp_path / "b"), "chart")[0].shapes == first


@pytest.mark.parametrize("kind", ["bar", "column", "line", "pie"])
def test_a_drawing_kept_from_an_earlier_build_is_the_same_to_the_last_digit(tmp_path, kind, monkeypatch):
    loaded = layout.load(write(tmp_path, issue({"a": article(900, charts=[chart(kind)])}, [{50: "a"}])))
    known: dict = {}
    fresh = layout.compose(loaded, result_cache=known)
    assert any(name.startswith("plot ") for name in known)
    monkeypatch.setattr("layout.page.elements.charts.plot.figure", None)  # nothing is plotted again
    again = layout.compose(loaded, result_cache=json.loads(json.dumps(known)))
    assert again.pages == fresh.pages
    story = loaded.articles["a"]
    (shown,) = story.charts
    changed = replace(shown, data=(*shown.data[:-1], ("水杉", 154.0)))
    other = replace(loaded, articles={"a": replace(story, charts=(changed,))})
    with pytest.raises(TypeError):  # other numbers are no known drawing
        layout.compose(other, result_cache=json.loads(json.dumps(known)))


def test_charts_of_the_text_take_whole_lines(tmp_path):
    article = {"kind": "chart", "body": copy(60), "charts": [chart("bar"), chart("line", id="d")]}
    pages = compose(tmp_path, article, columns=3, lines=40)
    assert all(frame.height % 15 == 0 for frame in frames(pages, "chart"))
    assert len(boxes(pages, "chart")) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "pie", "data": [["甲", 3], ["乙", -1]]}, "must be above 0"),
        ({"kind": "pie", "data": [["甲", 0]]}, "must be above 0"),
        ({"kind": "pie", "data": SEASONS, "series": ["一", "二"]}, "one column of numbers"),
        ({"kind": "bar", "data": SEASONS}, "2 columns of numbers and 0 names"),
    ],
)
def test_numbers_that_make_no_chart_are_reported_with_their_place(tmp_path, fields, said):
    found = problem(drawn(tmp_path, **fields), "chart")
    assert said in found.what.en
    assert found.mark.line > 1


def test_a_chart_in_too_low_an_area_is_reported(tmp_path):
    assert "too low" in problem(drawn(tmp_path, height=3, note=copy(60)), "inset-high").what.en


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_a_chart_whose_names_fill_its_area_is_reported(tmp_path, kind):
    data = [["名" * 60 + str(number), 5] for number in range(12)]
    assert "no room to draw" in problem(drawn(tmp_path, kind=kind, data=data, height=9), "inset-high").what.en


def test_without_charts_matplotlib_is_not_loaded(tmp_path):
    import subprocess
    import sys

    compose(tmp_path, {"body": copy(40)})
    code = f"import layout, sys; layout.compose(layout.load({str(tmp_path)!r})); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"False\s*", done.stdout)
