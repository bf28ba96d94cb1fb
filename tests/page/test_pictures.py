"""Pictures: cropped about their focus, captioned, in groups, as news, with text running round them (rules H6, H13, J8)."""

from __future__ import annotations

import pytest
from elements import boxes, compose, frames, lines, pictures, png, problem, rules, texts
from hypothesis import given
from hypothesis import strategies as st

from issues import copy
from layout.page.elements.pictures import crop_about

EM, LEADING, TOP = 9.0, 15.0, 50.0
UNIT = st.floats(0, 1)
RATIO = st.floats(0.2, 5)


@given(st.tuples(UNIT, UNIT), RATIO, RATIO)
def test_a_crop_has_the_shape_of_its_box_and_stays_inside_the_picture(focus, picture, box):
    left, top, right, bottom = crop_about(focus, picture, box)
    assert 0 <= left <= right <= 1 + 1e-9
    assert 0 <= top <= bottom <= 1 + 1e-9
    assert (right - left) * picture / (bottom - top) == pytest.approx(box, rel=1e-6)
    assert max(right - left, bottom - top) == pytest.approx(1)  # as large as can be


@given(st.tuples(UNIT, UNIT), RATIO, RATIO, st.tuples(UNIT, UNIT, UNIT, UNIT))
def test_a_crop_shows_what_is_to_be_kept_where_that_can_be(focus, picture, box, corners):
    x0, x1 = sorted(corners[:2])
    y0, y1 = sorted(corners[2:])
    left, top, right, bottom = crop_about(focus, picture, box, (x0, y0, x1, y1))
    if x1 - x0 <= right - left:
        assert left <= x0 + 1e-9
        assert x1 <= right + 1e-9
    if y1 - y0 <= bottom - top:
        assert top <= y0 + 1e-9
        assert y1 <= bottom + 1e-9


def with_picture(folder, lines=10, **fields):
    """An article over a picture in an area of its own, as wide as the page."""
    picture = {"id": "p", "file": png(folder, width=2400, height=1600), "alt": "空白"} | fields
    return compose(folder, {"body": copy(40), "pictures": [picture]}, lines=10, rows=[{lines: "p"}])


def test_a_picture_stands_on_the_grid_and_its_caption_under_it_is_no_wider(tmp_path):
    pages = with_picture(tmp_path, 21, caption=copy(50), credit="图　试刊社")
    (picture,), (caption,) = pictures(pages), frames(pages, "caption")
    assert picture.y == TOP + 11 * LEADING + 3  # the em box of a first line
    assert (picture.x, picture.width) == (caption.x, pytest.approx(58 * EM))
    assert picture.y + picture.height == pytest.approx(caption.y - 3)
    assert caption.y + caption.height == pytest.approx(TOP + 31 * LEADING)


def test_a_caption_of_one_line_is_centred_and_ends_in_the_credit(tmp_path):
    (line,) = lines(with_picture(tmp_path, 21, caption="三孔石拱", credit="图　试刊社"), "caption")
    assert line.text == "三孔石拱\u3000图\u3000试刊社"
    assert line.x - 36.6 == pytest.approx(36.6 + 58 * EM - line.x - line.width, abs=0.1)
    assert line.spans[0].colour != line.spans[-1].colour


def test_a_place_outside_the_range_of_crops_is_reported_with_its_place(tmp_path):
    found = problem(with_picture(tmp_path, 6, crop=[1.2, 2.0]), "crop-range")
    assert "7.57 times as wide as high, outside its crop of 1.2 to 2" in found.what.en
    assert found.mark.line > 1


def test_a_place_that_cuts_into_what_is_to_be_kept_is_reported(tmp_path):
    assert "cuts into its keep" in problem(with_picture(tmp_path, 6, keep=[0.1, 0.1, 0.9, 0.9]), "crop-keep").what.en


def test_too_few_pixels_for_the_size_are_reported_with_the_resolution(tmp_path):
    picture = {"id": "p", "file": png(tmp_path, width=600, height=400), "alt": "空白"}
    pages = compose(tmp_path, {"body": copy(40), "pictures": [picture]}, lines=10, rows=[{24: "p"}])
    found = problem(pages, "low-resolution")
    assert "prints with 83 pixels an inch" in found.what.en
    assert "37%" in found.remedy.en


def test_enough_pixels_are_no_problem(tmp_path):
    assert [told for told in rules(with_picture(tmp_path, 24)) if not told.startswith("underset")] == []


def test_a_drawing_is_shown_whole_in_the_middle_of_its_place(tmp_path):
    (tmp_path / "line.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M0 0H100"/></svg>', encoding="utf-8"
    )
    article = {"body": copy(40), "pictures": [{"id": "p", "file": "line.svg", "alt": "线"}]}
    pages = compose(tmp_path, article, lines=10, rows=[{11: "p"}])
    (picture,) = pictures(pages)
    assert picture.crop == (0, 0, 1, 1)
    assert picture.width == pytest.approx(picture.height) == pytest.approx(10 * LEADING - 6)
    assert picture.x + picture.width / 2 == pytest.approx(36.6 + 29 * EM, abs=0.1)


def test_a_picture_in_the_text_keeps_clear_of_the_line_over_it(tmp_path):
    picture = {"id": "p", "file": png(tmp_path), "alt": "空白", "lines": 8}
    pages = compose(tmp_path, {"body": f"{copy(40)}\n\n![](p)\n\n{copy(60)}", "pictures": [picture]}, columns=3)
    (placed,) = pictures(pages)
    over = max(line.baseline for line in lines(pages, "body") if line.baseline < placed.y)
    under = min(line.baseline for line in lines(pages, "body") if line.baseline > placed.y)
    assert placed.y - over > 1.2 * EM
    assert under - 0.88 * EM > placed.y + placed.height


def test_G3_text_after_a_picture_is_not_indented_anew(tmp_path):
    picture = {"id": "p", "file": png(tmp_path), "alt": "空白", "columns": 2, "lines": 8}
    body = f"{copy(200)}\n\n![](p)\n\n{copy(700)}"
    pages = compose(tmp_path, {"body": body, "pictures": [picture]}, columns=3, lines=26)
    (placed,) = pictures(pages)
    beneath = [line for line in lines(pages, "body") if line.baseline > placed.y + placed.height]
    goes_on = [line for line in beneath if line.start > 0]
    assert goes_on
    starts = [36.6 + column * 20 * EM for column in range(3)]
    assert all(min(abs(line.x - start) for start in starts) < 0.1 for line in goes_on)


def test_H13_a_picture_of_two_columns_is_whole_columns_wide_and_no_line_beside_it_is_shorter(tmp_path):
    picture = {"id": "p", "file": png(tmp_path), "alt": "空白", "columns": 2, "lines": 8}
    body = f"{copy(200)}\n\n![](p)\n\n{copy(700)}"
    pages = compose(tmp_path, {"body": body, "pictures": [picture]}, columns=3, lines=26)
    (placed,) = pictures(pages)
    assert placed.width == pytest.approx(38 * EM)
    text = frames(pages, "body")
    assert {round(frame.width / EM) for frame in text} == {18}
    beside = [f for f in text if f.y < placed.y + placed.height and f.y + f.height > placed.y]
    assert all(f.x >= placed.x + placed.width or f.x + f.width <= placed.x for f in beside)
    assert "".join(texts(pages, "body")) == copy(200) + copy(700)


@pytest.mark.parametrize("before", [20, 60, 700])
def test_H13_under_three_lines_beside_it_a_picture_goes_to_the_head_or_foot(tmp_path, before):
    picture = {"id": "p", "file": png(tmp_path), "alt": "空白", "columns": 2, "lines": 8}
    body = f"{copy(before)}\n\n![](p)\n\n{copy(900 - before)}"
    pages = compose(tmp_path, {"body": body, "pictures": [picture]}, columns=3, lines=26)
    (placed,) = pictures(pages)
    columns = {round(frame.x, 1) for frame in frames(pages, "body") if placed.x - 1 < frame.x < placed.x + placed.width}
    for left in columns:
        inside = [line.baseline for frame in frames(pages, "body") if round(frame.x, 1) == left for line in frame.lines]
        over = [baseline for baseline in inside if baseline < placed.y]
        assert not over or len(over) >= 3


def group(folder, count, columns, **more):
    files = [png(folder, f"{n}.png") for n in range(count)]
    members = [{"id": f"p{n}", "file": file, "alt": "空白", "caption": f"图{n}"} for n, file in enumerate(files)]
    groups = [
        {"id": "g", "pictures": [m["id"] for m in members], "columns": columns, "caption": "三张", "credit": "试刊社"}
    ]
    return {"body": copy(40), "pictures": members, "groups": groups} | more


@pytest.mark.parametrize(("count", "columns", "rows"), [(3, 3, [3]), (4, 3, [2, 2]), (5, 3, [3, 2]), (4, 4, [4])])
def test_the_pictures_of_a_group_are_in_rows_of_one_height_that_fill_its_width(tmp_path, count, columns, rows):
    pages = compose(tmp_path, group(tmp_path, count, columns), lines=10, rows=[{30: "g"}])
    shown = pictures(pages)
    by_row = {}
    for picture in shown:
        by_row.setdefault(round(picture.y, 2), []).append(picture)
    assert [len(row) for row in by_row.values()] == rows
    for row in by_row.values():
        assert len({round(p.height, 2) for p in row}) == 1
        assert row[0].x == pytest.approx(36.6, abs=0.1)
        assert row[-1].x + row[-1].width == pytest.approx(36.6 + 58 * EM, abs=0.1)
    captions = texts(pages, "caption")
    assert captions[0] == "三张\u3000试刊社"
    assert captions[1:] == [f"图{n}" for n in range(count)]


def test_captions_in_a_group_keep_as_clear_of_their_pictures_as_any_other(tmp_path):
    pages = compose(tmp_path, group(tmp_path, 3, 3), lines=10, rows=[{30: "g"}])
    foot = pictures(pages)[0].y + pictures(pages)[0].height
    under = [frame for frame in frames(pages, "caption") if frame.lines[0].text.startswith("图")]
    assert [frame.y - foot for frame in under] == pytest.approx([(LEADING - EM) / 2] * 3)


def test_a_group_keeps_inside_its_area(tmp_path):
    pages = compose(tmp_path, group(tmp_path, 5, 3), lines=10, rows=[{24: "g"}])
    foot = TOP + 34 * LEADING
    assert all(p.y + p.height <= foot for p in pictures(pages))
    assert all(line.baseline < foot for line in lines(pages, "caption"))


def test_picture_news_is_picture_head_and_text_in_one_area_that_they_fill(tmp_path):
    picture = {"file": png(tmp_path), "alt": "空白", "caption": copy(60), "credit": "试刊社"}
    article = {"kind": "picture_news", "headline": "给鸟留几颗", "pictures": [picture]}
    pages = compose(tmp_path, article, lines=20, units="a . .")
    (placed,), (head,) = pictures(pages), lines(pages, "headline")
    text = lines(pages, "body")
    assert placed.y == TOP + 3
    assert placed.y + placed.height < head.baseline - head.size * 0.8 < head.baseline < text[0].baseline
    assert lines(pages, "credit")[0].baseline == pytest.approx(TOP + 19 * LEADING + 3 + 0.88 * EM)
    assert "".join(line.text for line in text) == copy(60)
    (credit,) = lines(pages, "credit")
    assert credit.text == "试刊社"
    assert credit.x + credit.width == pytest.approx(36.6 + 18 * EM, abs=0.1)
    assert frames(pages, "caption") == []


def test_a_picture_without_words_for_those_who_cannot_see_it_is_reported(tmp_path):
    import layout

    with_picture(tmp_path, 24, alt="")
    (found,) = layout.load(tmp_path).problems
    assert (found.rule, found.severity.value) == ("no-alt", "warning")


def test_a_picture_of_the_text_has_rules_beside_its_columns_only_where_text_is(tmp_path):
    picture = {"id": "p", "file": png(tmp_path), "alt": "空白", "columns": 2, "lines": 8}
    body = f"{copy(200)}\n\n![](p)\n\n{copy(700)}"
    pages = compose(tmp_path, {"body": body, "pictures": [picture]}, columns=3, lines=26)
    (placed,) = pictures(pages)
    for rule in boxes(pages, "column_rule"):
        inside = placed.x < rule.x < placed.x + placed.width
        assert not inside or rule.y + rule.height <= placed.y or rule.y >= placed.y + placed.height


def test_a_picture_that_has_no_words_of_its_own_is_reported_by_its_caption(tmp_path):
    (placed,) = pictures(with_picture(tmp_path, 24, alt="", caption="三孔石拱"))
    assert placed.alt == "三孔石拱"
