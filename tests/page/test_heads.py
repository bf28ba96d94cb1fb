"""The headline block: what it holds, in which order, on whole lines; across, on colour, and vertical (rules I4, I12, H5)."""

from __future__ import annotations

import pytest
from elements import boxes, compose, drawing, frames, lines, pictures, problem, texts

from issues import copy

EM, LEADING, TOP, LEFT = 9.0, 15.0, 50.0, 36.6
FULL = {
    "rank": "lead",
    "department": "民生",
    "kicker": "全镇晚稻收割完毕",
    "headline": "湿谷当晚进烘房 晒粮不再看天色",
    "deck": "三台烘干机，一夜二十吨",
    "summary": copy(80),
    "body": copy(200),
}


def test_standing_head_kicker_headline_deck_and_summary_stand_one_under_the_other(tmp_path):
    pages = compose(tmp_path, FULL, columns=3)
    tops = [frames(pages, role)[0].y for role in ("department", "kicker", "headline", "deck", "summary", "body")]
    assert tops == sorted(tops)
    assert [frame.role for frame in pages.pages[0].frames][:6] == [
        "department", "kicker", "headline", "deck", "summary", "body",
    ]  # fmt: skip


def test_H5_the_block_takes_whole_lines_whatever_it_holds(tmp_path):
    for number, left_out in enumerate(([], ["summary"], ["department", "deck"], ["kicker", "summary", "deck"])):
        article = {key: value for key, value in FULL.items() if key not in left_out}
        pages = compose(tmp_path / str(number), article, columns=3)
        baseline = lines(pages, "body")[0].baseline
        assert (baseline - TOP - 3 - 0.88 * EM) / LEADING == pytest.approx(
            round((baseline - TOP - 3 - 0.88 * EM) / LEADING)
        )


def test_a_standing_head_is_reversed_out_of_its_label_over_a_rule(tmp_path):
    pages = compose(tmp_path, FULL, columns=3)
    (label,), (rule,), (words,) = (
        boxes(pages, "department"),
        boxes(pages, "department_rule"),
        lines(pages, "department"),
    )
    assert words.spans[0].colour.k == words.spans[0].colour.m == 0
    assert label.x < words.x
    assert words.x + words.width < label.x + label.width
    assert rule.y == pytest.approx(label.y + label.height)
    assert rule.width == pytest.approx(58 * EM)


def test_an_article_may_have_nothing_but_a_standing_head(tmp_path):
    pages = compose(tmp_path, {"headline": "", "department": "便民", "body": copy(40)}, columns=3)
    assert texts(pages, "department") == ["便民"]
    assert lines(pages, "body")[0].baseline > lines(pages, "department")[0].baseline


def test_a_headpiece_stands_at_the_left_of_the_headline(tmp_path):
    article = {"headline": "题花占三行", "headpiece": drawing(tmp_path), "body": copy(40)}
    pages = compose(tmp_path, article, columns=3)
    (ornament,), (head,) = pictures(pages), lines(pages, "headline")
    assert ornament.height == 3 * LEADING
    assert ornament.width == 2 * ornament.height
    assert head.x >= ornament.x + ornament.width + EM - 1


def test_a_drawn_standing_head_takes_the_place_of_the_words(tmp_path):
    article = {"department": "灯下", "standing_head": drawing(tmp_path), "headline": "一问一答", "body": copy(40)}
    pages = compose(tmp_path, article, columns=3)
    assert texts(pages, "department") == []
    assert pictures(pages)[0].height == 2 * LEADING
    assert pictures(pages)[0].y < lines(pages, "headline")[0].baseline


@pytest.mark.parametrize("area", [True, False])
def test_a_reversed_headline_is_light_on_its_box_and_an_em_inside(tmp_path, area):
    article = {"headline": "反白的标题", "headline_box": "reversed", "body": copy(40)}
    more = {"units": "a.headline", "rows": [{20: "a"}], "lines": 4} if area else {}
    pages = compose(tmp_path, article, columns=3, **more)
    box = next(box for box in boxes(pages) if box.kind == "frame")
    (line,) = lines(pages, "headline")
    assert box.fill.m == 1
    assert all(span.colour.m == span.colour.k == 0 for span in line.spans)
    assert line.x >= box.x + EM - 0.1
    assert box.y + EM <= line.baseline - 0.7 * line.size
    assert line.baseline <= box.y + box.height - 0.5 * EM
    assert lines(pages, "body")[0].baseline - 0.88 * EM > box.y + box.height


def test_a_headline_may_cover_some_of_its_columns(tmp_path):
    article = {"headline": "标题只盖住两栏", "body": copy(640)}
    pages = compose(tmp_path, article, columns=3, lines=14, pages=[
        {"areas": [{14: "a"}], "columns": {"a": 3}, "head_spans": {"a": 2}}
    ])  # fmt: skip
    head = frames(pages, "headline")[0]
    assert head.width == pytest.approx(38 * EM)
    first, second, third = (frame.y for frame in frames(pages, "body"))
    assert first == second > third == TOP


SIDE = {
    "rank": "major",
    "headline_direction": "vertical",
    "kicker": "竖的引题",
    "headline": "竖题从右往左读",
    "deck": "12月起——每周三",
    "body": copy(80),
}


def side(folder, article=SIDE, height=18):
    return compose(folder, article, lines=height, units="a a a.headline", columns=1)


def test_I12_a_vertical_block_is_read_from_right_to_left(tmp_path):
    pages = side(tmp_path)
    kicker, head, deck = (lines(pages, role)[0] for role in ("kicker", "headline", "deck"))
    assert all(line.vertical for line in (kicker, head, deck) if line.text[0] not in "12")
    assert kicker.x > head.x > frames(pages, "deck")[0].x
    area = LEFT + 40 * EM, LEFT + 58 * EM
    for role in ("kicker", "headline", "deck"):
        frame = frames(pages, role)[0]
        assert area[0] <= frame.x
        assert frame.x + frame.width <= area[1] + 0.1
        assert TOP <= frame.y < frame.y + frame.height <= TOP + 18 * LEADING


def test_I12_figures_stand_side_by_side_dashes_lie_down(tmp_path):
    deck = lines(side(tmp_path), "deck")
    figures, words = deck[0], deck[1]
    assert (figures.text, figures.vertical) == ("12", False)
    assert words.vertical
    dashes = next(span for span in words.spans if "—" in span.text)
    assert dashes.turned
    assert "".join(line.text for line in deck) == "12月起——每周三"


def test_a_vertical_headline_takes_the_largest_size_that_its_area_holds(tmp_path):
    long = SIDE | {"headline": copy(24)[:-1]}
    tall, low = (lines(side(tmp_path / str(h), long, height=h), "headline")[0].size for h in (18, 11))
    assert tall > low


def test_a_vertical_headline_too_long_for_its_area_is_reported(tmp_path):
    found = problem(side(tmp_path, SIDE | {"headline": copy(60)}, height=8), "headline-long")
    assert found.mark.line > 1


def test_standing_head_headpiece_and_summary_lie_across_over_and_under_a_vertical_headline(tmp_path):
    article = SIDE | {"department": "灯下", "headpiece": drawing(tmp_path), "summary": copy(30)}
    pages = side(tmp_path, article)
    (label,), (piece,), summary = lines(pages, "department"), pictures(pages), frames(pages, "summary")[0]
    heads = [line for role in ("kicker", "headline", "deck") for line in lines(pages, role)]
    assert label.text == "灯下"
    assert TOP < label.baseline < piece.y < piece.y + piece.height < min(line.baseline for line in heads) - 1
    assert max(frames(pages, role)[0].y + frames(pages, role)[0].height for role in ("kicker", "headline", "deck")) < (
        summary.y
    )
    assert summary.y + summary.height <= TOP + 18 * LEADING
    roles = list(dict.fromkeys(frame.role for frame in pages.pages[0].frames))
    assert roles == ["department", "kicker", "headline", "deck", "summary", "body"]


@pytest.mark.parametrize("direction", ["vertical", "horizontal"])
def test_a_standing_head_too_long_for_its_headline_is_reported(direction, tmp_path):
    article = SIDE | {"headline_direction": direction, "department": copy(25)}
    assert problem(side(tmp_path, article), "headline-long").mark.line > 1


def test_a_vertical_headline_without_an_area_is_reported_and_set_across(tmp_path):
    pages = compose(tmp_path, SIDE, columns=3)
    assert problem(pages, "vertical-headline").remedy.en == "write a.headline beside its text in the map"
    assert not any(line.vertical for line in lines(pages, "headline"))


def test_a_kind_of_article_may_have_a_headline_style_of_its_own(tmp_path):
    style = (
        "name: own\nextends: town\nkinds: {opinion: {headline: comment}}\n"
        "headlines: {comment: {face: Kai-Regular, sizes: [17pt]}}\n"
    )
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "style.yaml").write_text(style, encoding="utf-8")
    pages = compose(tmp_path, {"kind": "opinion", "headline": "渡口歇了", "body": copy(40)}, columns=3, style="own")
    (line,) = lines(pages, "headline")
    assert (line.size, line.face) == (17, "Kai-Regular")


def test_drawings_of_the_block_are_reported_to_those_who_cannot_see_them(tmp_path):
    article = {
        "department": "灯下",
        "standing_head": drawing(tmp_path),
        "headpiece": drawing(tmp_path),
        "body": copy(40),
    }
    pages = compose(tmp_path, article | {"headline": "一问一答"}, columns=3)
    assert [picture.alt for picture in pictures(pages)] == ["灯下", "题花"]


def test_a_vertical_headline_stands_in_the_middle_of_its_box_with_its_padding_round_it(tmp_path):
    pages = side(tmp_path, SIDE | {"headline": copy(24)[:-1], "headline_box": "tint", "kicker": "", "deck": ""})
    (box,) = [box for box in boxes(pages) if box.kind == "frame" and not box.name]
    frame = frames(pages, "headline")[0]
    over, under = frame.y - box.y, box.y + box.height - frame.y - frame.height
    left, right = frame.x - box.x, box.x + box.width - frame.x - frame.width
    assert over == pytest.approx(under)
    assert left == pytest.approx(right)
    assert min(over, left) >= EM - 0.01


def test_a_vertical_headline_without_a_box_begins_level_with_its_text(tmp_path):
    pages = side(tmp_path, SIDE | {"kicker": "", "deck": ""})
    assert frames(pages, "headline")[0].y == pytest.approx(lines(pages, "body")[0].baseline - 0.88 * EM)
