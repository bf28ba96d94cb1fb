"""Random issues with vertical articles: text in is text out, nothing overlaps, every line stands in its tier."""

from __future__ import annotations

import pytest
from elements import drawing, png
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_elements_together import articles, check_order, check_text, told_of

import layout
from issues import issue, write

MAPS = [
    [{30: "a a a"}, {20: "b b c"}],
    [{16: "a a a"}, {14: "b b a"}, {20: "c a a"}],
    [{25: "a a.headline b"}, {25: "c a.2 a.2"}],
    [{8: "a.headline a.headline b"}, {22: "a a b"}, {20: "c c c"}],
]


@st.composite
def issues(draw):
    made = {name: draw(articles(name)) for name in "abc"}
    areas = draw(st.sampled_from(MAPS))
    for name in "abc":
        if name == "a" or draw(st.booleans()):
            made[name]["direction"] = "vertical"
        if made[name]["kind"] == "picture_news":
            made[name]["kind"] = "story"
        if name == "a":
            made[name].pop("box", None)
        if areas is not MAPS[0] and made[name]["kind"] == "filler":
            made[name]["kind"] = "story"
    columns = {"a": draw(st.integers(1, 3)), "b": 1, "c": draw(st.integers(1, 2))}
    if draw(st.booleans()):
        return issue(made, areas, columns)
    pages = [{"areas": areas, "columns": columns}, {"areas": [{draw(st.integers(10, 40)): "a"}], "columns": {"a": 2}}]
    return issue(made, [], pages=pages)


def rectangle(line):
    half = line.size / 2
    return line.x - half, line.baseline, line.x + half, line.baseline + line.width


def check_lines(pages):
    for page in pages.pages:
        lines = [
            (frame, line)
            for frame in page.frames
            for line in frame.lines
            if line.vertical and frame.role not in ("headline", "kicker", "deck")
        ]
        pictures = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in page.pictures]
        for frame, line in lines:
            x0, y0, x1, y1 = rectangle(line)
            assert frame.x - 0.1 <= x0, line.text
            assert x1 <= frame.x + frame.width + 0.1, line.text
            assert frame.y - 4.6 <= y0, line.text
            assert y1 <= frame.y + frame.height + 0.6, line.text
            for left, top, right, foot in pictures:
                assert right <= x0 + 0.6 or left >= x1 - 0.6 or foot <= y0 + 0.6 or top >= y1 - 0.6, line.text
        shapes = sorted((rectangle(line), line.text) for _, line in lines)
        for index, ((_, y0, x1, y1), text) in enumerate(shapes):
            for (left, top, _, foot), other in shapes[index + 1 :]:
                assert left >= x1 - 0.1 or top >= y1 - 0.6 or foot <= y0 + 0.6, (text, other)


@pytest.mark.slow
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=issues())
def test_text_of_vertical_articles_is_whole_and_nothing_overlaps(data, tmp_path):
    if not (tmp_path / "photo.png").exists():
        png(tmp_path, width=2400, height=1600)
    drawing(tmp_path)
    loaded = layout.load(write(tmp_path, data))
    pages = layout.compose(loaded)
    check_text(loaded, pages)
    if not (pages.overset or told_of(pages) or any(p.rule == "headline-long" for p in pages.problems)):
        check_lines(pages)
    check_order(pages)
