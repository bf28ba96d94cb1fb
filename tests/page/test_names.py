"""Name lists and pull quotes on the page (rules E10, J9, J10, G3)."""

from __future__ import annotations

import pytest
from elements import COLUMN, boxes, compose, frames, lines, problem, texts

from issues import copy

EM = 9.0
NAMES = [
    "顾行简",
    "卫昭",
    "沈小满",
    "陆知行",
    "周怡",
    {"name": "章水林", "deceased": True},
    {"name": "方汀", "role": "女"},
]


def listed(folder, names=NAMES, *, columns=1, lines=30, heading="一等", **more):
    units = "a . ." if columns == 1 else "a"
    article = {"kind": "names", "body": copy(20), "names": [{"heading": heading, "names": names} | more]}
    return compose(folder, article, columns=columns, lines=lines, units=units)


def test_E10_a_name_of_two_is_as_wide_as_one_of_three(tmp_path):
    set_names = {line.text: line for line in lines(listed(tmp_path), "names")}
    two, three = set_names["卫昭"], set_names["顾行简"]
    assert two.width == three.width == 3 * EM
    assert two.spans[0].xs[1] - two.spans[0].xs[0] == pytest.approx(2 * EM)


def test_names_stand_in_columns(tmp_path):
    rows = {}
    for line in lines(listed(tmp_path, ["顾行简", "卫昭", "沈小满", "陆知行"] * 3), "names")[1:]:
        rows.setdefault(line.baseline, []).append(round(line.x, 2))
    assert len({tuple(row) for row in list(rows.values())[:-1]}) == 1


def test_J10_the_dead_stand_in_a_frame(tmp_path):
    pages = listed(tmp_path)
    (box,) = boxes(pages, "symbol_of_death")
    name = next(line for line in lines(pages, "names") if line.text == "章水林")
    assert box.x < name.x < name.x + name.width < box.x + box.width
    assert box.y < name.baseline - 0.88 * EM
    assert name.baseline + 0.12 * EM < box.y + box.height


def test_what_someone_is_stands_in_brackets_after_the_name(tmp_path):
    assert "方汀（女）" in texts(listed(tmp_path), "names")


def test_a_list_goes_on_in_the_next_column_under_its_heading(tmp_path):
    pages = listed(tmp_path, ["顾行简", "沈小满"] * 30, lines=12, columns=3)
    here, *others = frames(pages, "names")
    assert here.lines[0].text == "一等"
    assert [frame.lines[0].text for frame in others] == ["一等（续）"] * len(others)
    told = [line.text for frame in frames(pages, "names") for line in frame.lines if not line.text.startswith("一等")]
    assert told == ["顾行简", "沈小满"] * 30


def test_J9_lists_take_whole_lines(tmp_path):
    assert all(frame.height % 15 == 0 for frame in frames(listed(tmp_path), "names"))


def test_a_name_wider_than_the_list_is_reported(tmp_path):
    found = problem(listed(tmp_path, ["顾行简", copy(20)[:-1]]), "name-long")
    assert copy(20)[:-1] in found.what.en


def quoted(folder, **quote):
    article = {"body": f"{copy(90)}\n\n{copy(90, 3)}\n\n{copy(90, 5)}", "pull_quotes": [quote]}
    return compose(folder, article, **COLUMN)


def test_a_pull_quote_stands_between_two_paragraphs_in_the_middle_of_the_text(tmp_path):
    pages = quoted(tmp_path, text="灯火照桥，河水东流。", speaker="周怡")
    order = [(frame.role, frame.y) for frame in pages.pages[0].frames if frame.role in ("body", "pull_quote")]
    body = [y for role, y in order if role == "body"]
    quote = next(y for role, y in order if role == "pull_quote")
    assert min(body) < quote < max(y for y in body)
    assert texts(pages, "speaker") == ["——周怡"]


def test_a_pull_quote_keeps_its_marks_and_is_broken_between_words(tmp_path):
    pages = quoted(tmp_path, text="图旁边的文字和别处的文字，永远在同一条线上。")
    told = texts(pages, "pull_quote")
    assert "".join(told) == "图旁边的文字和别处的文字，永远在同一条线上。"
    assert not any(line.endswith("文") for line in told)


def test_a_pull_quote_is_broken_where_the_editor_says(tmp_path):
    assert texts(quoted(tmp_path, text="灯火照桥，|河水东流。"), "pull_quote") == ["灯火照桥，", "河水东流。"]


def test_a_pull_quote_has_a_rule_over_and_under_it_and_keeps_clear_of_the_text(tmp_path):
    pages = quoted(tmp_path, text="灯火照桥，河水东流。", speaker="周怡")
    over, under = boxes(pages, "box_rule")
    quote = lines(pages, "pull_quote") + lines(pages, "speaker")
    assert over.y + over.height < quote[0].baseline - 0.8 * quote[0].size
    assert quote[-1].baseline < under.y
    near = [line.baseline for line in lines(pages, "body") if abs(line.x - quote[0].x) < 3 * EM]
    assert all(b + 0.12 * EM < over.y or b - 0.88 * EM > under.y for b in near)
