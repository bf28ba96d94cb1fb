"""Tables: figures under each other, heads even, rules in their places, parted between columns (rule J9)."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from elements import COLUMN, boxes, compose, frames, lines, problem, texts

from issues import copy

EM = 9.0
ROWS = [["东圩", 412, 5286.5], ["南荡", 78, 4610], ["三里桥", 1275, 318.25]]
COLUMNS = [{"title": "村名"}, {"title": "户数"}, {"title": "用水"}]


def table(**more):
    return {"id": "t", "columns": COLUMNS, "rows": ROWS} | more


def article(*tables, body=20, **more):
    return {"kind": "table", "body": copy(body), "tables": list(tables or [table()])} | more


def cells(pages, column: int, count: int = 3):
    """The lines of one column's cells, its head first."""
    return lines(pages, "table")[column::count]


def right(line):
    return round(line.x + line.width, 2)


def point(line):
    """Where its decimal point stands, or would."""
    span = line.spans[0]
    at = line.text.find(".")
    return round(span.xs[at], 1) if at >= 0 else round(line.x + line.width, 1)


def test_figures_stand_at_the_right_and_text_at_the_left(tmp_path):
    pages = compose(tmp_path, article(), **COLUMN)
    assert len({right(line) for line in cells(pages, 1)}) == 1
    assert len({round(line.x, 2) for line in cells(pages, 0)}) == 1


def test_figures_with_decimals_stand_on_their_points(tmp_path):
    pages = compose(tmp_path, article(), **COLUMN)
    assert len({point(line) for line in cells(pages, 2)[1:]}) == 1


def test_every_digit_of_a_table_is_as_wide_as_any_other(tmp_path):
    pages = compose(tmp_path, article(table(rows=[["甲", 1111, 1], ["乙", 8888, 1]])), **COLUMN)
    one, eight = cells(pages, 1)[1:]
    assert one.width == eight.width


def test_E10_a_head_of_two_is_spread_over_a_wider_column(tmp_path):
    pages = compose(tmp_path, article(), **COLUMN)
    head = cells(pages, 0)[0]
    widest = max(line.width for line in cells(pages, 0)[1:])
    assert head.text == "村名"
    assert head.width == pytest.approx(widest) == pytest.approx(3 * 8)


def test_thick_rules_at_top_and_foot_a_thin_one_under_the_head(tmp_path):
    pages = compose(tmp_path, article(), **COLUMN)
    rules = sorted((box.y + box.height / 2, box.height) for box in boxes(pages, "table_rule"))
    assert [height for _, height in rules] == [1.0, 0.25, 0.25, 0.25, 1.0]
    steps = {round(b[0] - a[0], 2) for a, b in pairwise(rules)}
    assert steps == {13.0}


def test_a_total_has_a_rule_over_it(tmp_path):
    style = 'name: totals\nextends: town\ntable: {top: edge, head: hairline, row: "", total: edge, foot: edge}\n'
    (tmp_path / "totals").mkdir()
    (tmp_path / "totals" / "style.yaml").write_text(style, encoding="utf-8")
    pages = compose(tmp_path, article(table(total=["合计", 1765, 10214.75])), **COLUMN, style="totals")
    assert [box.height for box in sorted(boxes(pages, "table_rule"), key=lambda box: box.y)] == [1.0, 0.25, 1.0, 1.0]
    assert texts(pages, "table")[-3:] == ["合计", "1765", "10214.75"]


def test_E10_the_name_of_a_total_is_spread_as_the_head_over_it(tmp_path):
    pages = compose(tmp_path, article(table(total=["合计", 1765, 10214.75])), **COLUMN)
    head, *_, total = cells(pages, 0)
    assert (head.text, total.text) == ("村名", "合计")
    assert total.width == pytest.approx(head.width) == pytest.approx(3 * 8)


def test_a_cell_too_long_for_its_column_is_broken_and_its_row_grows(tmp_path):
    rows = [[copy(30), 1, 2], ["短", 3, 4]]
    pages = compose(tmp_path, article(table(rows=rows)), **COLUMN)
    long = [line for line in lines(pages, "table") if line.paragraph == 3 and len(line.text) > 2]
    assert len(long) > 1
    assert "".join(line.text for line in long) == copy(30)
    frame = frames(pages, "table")[0]
    assert all(line.x + line.width <= frame.x + frame.width + 0.1 for line in frame.lines)


def test_a_table_wider_than_its_column_is_reported_with_its_place(tmp_path):
    wide = table(title="班次", rows=[["一", "10000000000", "20000000000"]])
    found = problem(compose(tmp_path, article(wide), columns=6), "table-wide")
    assert "“班次” is" in found.what.en
    assert found.mark.file.endswith("issue.yaml")
    assert found.mark.line > 1


def test_a_table_takes_whole_lines_and_the_text_after_it_keeps_the_grid(tmp_path):
    body = f"{copy(40)}\n\n![](t)\n\n{copy(60)}"
    pages = compose(tmp_path, {"body": body, "tables": [table(title="用水")]}, **COLUMN)
    baselines = [line.baseline for line in lines(pages, "body")]
    assert all(abs((b - baselines[0]) / 15 - round((b - baselines[0]) / 15)) < 1e-6 for b in baselines)
    frame = frames(pages, "table")[0]
    assert frame.height % 15 == 0
    assert all(not frame.y < b < frame.y + frame.height for b in baselines[:2])


def test_a_table_that_does_not_fit_its_column_goes_on_in_the_next_with_its_head_again(tmp_path):
    rows = [[f"村{n}", n, n * 2] for n in range(20)]
    pages = compose(tmp_path, article(table(title="用水", rows=rows), body=60), columns=3, lines=16)
    here, there = frames(pages, "table")
    assert [line.text for line in there.lines[:4]] == ["用水（续）", "村名", "户数", "用水"]
    assert [line.text for line in here.lines[:2]] == ["用水", "村名"]
    told = [
        line.text
        for frame in (here, there)
        for line in frame.lines
        if line.text.startswith("村") and line.text != "村名"
    ]
    assert told == [f"村{n}" for n in range(20)]
    assert there.y < here.y


def test_no_row_of_a_parted_table_stands_alone(tmp_path):
    for height in range(9, 16):
        rows = [[f"村{n}", n, n * 2] for n in range(8)]
        pages = compose(tmp_path / str(height), article(table(rows=rows), body=40), columns=3, lines=height)
        for frame in frames(pages, "table"):
            assert sum(line.text.startswith("村") and line.text != "村名" for line in frame.lines) >= 2


def test_a_table_for_which_no_column_has_room_is_reported(tmp_path):
    rows = [[f"村{n}", n, n * 2] for n in range(30)]
    found = problem(compose(tmp_path, article(table(rows=rows)), columns=3, lines=8), "inset-left-over")
    assert "wants" in found.what.en


def test_a_table_in_too_low_an_area_is_reported(tmp_path):
    more = {"rows": [{4: "t"}]}
    found = problem(compose(tmp_path, {"body": copy(40), "tables": [table()]}, **more), "inset-high")
    assert found.what.en == "“t” wants 4 lines, its area has 3"


def test_a_markdown_table_stands_where_it_was_typed(tmp_path):
    body = f"{copy(30)}\n\n| 班次 | 开 |\n| --- | --: |\n| 甲 | 6:00 |\n| 乙 | 17:30 |\n\n{copy(30)}"
    pages = compose(tmp_path, {"body": body}, **COLUMN)
    assert texts(pages, "table") == ["班次", "开", "甲", "6:00", "乙", "17:30"]
    first, *_, last = lines(pages, "body")
    frame = frames(pages, "table")[0]
    assert first.baseline < frame.y < frame.y + frame.height < last.baseline


ROOM = [[f"村{n}", n, n * 2] for n in range(20)]


def rules_of(pages, frame):
    """Top and foot of the rules of a table."""
    found = [box for box in boxes(pages, "table_rule") if abs(box.x - frame.x) < 0.01]
    return min(box.y for box in found), max(box.y + box.height for box in found)


def test_H5_at_a_columns_head_a_table_begins_as_the_text_beside_it(tmp_path):
    for title in ("", "用水"):
        pages = compose(tmp_path / f"t{title}", article(table(title=title, rows=ROOM), body=60), columns=3, lines=16)
        _, there, *_ = frames(pages, "table")
        first = lines(pages, "body")[0]
        tops = {frame.y for frame in frames(pages, "body")}
        assert there.y == min(tops)
        if title:
            assert there.lines[0].text == "用水（续）"
            assert there.lines[0].baseline == pytest.approx(first.baseline)
        else:
            assert rules_of(pages, there)[0] == pytest.approx(first.baseline - 0.88 * EM)


def test_H5_at_a_columns_foot_a_table_ends_as_the_text_beside_it(tmp_path):
    pages = compose(tmp_path, article(table(rows=ROOM), body=60), columns=3, lines=16)
    here, *_ = frames(pages, "table")
    last = here.y + here.height
    assert rules_of(pages, here)[1] == pytest.approx(last - (15 - EM) / 2)
    body = lines(pages, "body")[-1]
    assert rules_of(pages, here)[0] > body.baseline + 0.12 * EM + 3  # clear of the text over it


def test_columns_of_a_timetable_are_as_wide_as_each_other(tmp_path):
    times = [["开", "6:00", "7:30", "10:30", "14:00"], ["到", "6:38", "8:08", "11:08", "14:38"]]
    heads = [{"title": title} for title in ("班次", "1", "2", "3", "4")]
    pages = compose(tmp_path, article(table(columns=heads, rows=times)), **COLUMN)
    ends = [right(cells(pages, column, 5)[1]) for column in range(1, 5)]
    assert {round(b - a, 1) for a, b in pairwise(ends)} == {round(ends[1] - ends[0], 1)}


@pytest.mark.parametrize(
    ("first", "second"), [("12", "7.5"), ("12", "7%"), ("12", "1234567")], ids=["decimals", "per cents", "far longer"]
)
def test_columns_of_other_figures_are_as_wide_as_they_need(tmp_path, first, second):
    heads = [{"title": title} for title in ("村", "甲", "乙", "丙")]
    rows = [["东圩", first, second, "12"], ["南荡", first, second, "12"]]
    pages = compose(tmp_path, article(table(columns=heads, rows=rows)), **COLUMN)
    ends = [right(cells(pages, column, 4)[1]) for column in range(1, 4)]
    assert ends[1] - ends[0] != pytest.approx(ends[2] - ends[1], abs=0.5)


def rows_of(pages):
    """The rows of each placed table: kind, and the words of its cells."""
    return [
        [
            (row.kind, ["".join(line.text for line in frame.lines[cell.begin : cell.end]) for cell in row.cells])
            for row in frame.rows
        ]
        for frame in frames(pages, "table")
    ]


def test_a_composition_keeps_the_rows_and_heads_of_its_tables(tmp_path):
    rows = [["东圩", 412, ""], ["三里桥", 1275, 318.25]]
    pages = compose(
        tmp_path, article(table(rows=rows, title="用水", total=["合计", 1687, 318.25], note="注")), **COLUMN
    )
    (told,) = rows_of(pages)
    assert told == [
        ("head", ["村名", "户数", "用水"]),
        ("body", ["东圩", "412", ""]),
        ("body", ["三里桥", "1275", "318.25"]),
        ("total", ["合计", "1687", "318.25"]),
    ]
    (frame,) = frames(pages, "table")
    assert [[cell.heads for cell in row.cells] for row in frame.rows] == [
        *(["column"] * 3, [""] * 3, [""] * 3, ["row", "", ""]),
    ]
    inside = {at for row in frame.rows for cell in row.cells for at in range(cell.begin, cell.end)}
    assert [line.text for at, line in enumerate(frame.lines) if at not in inside] == ["用水", "注"]


def test_a_table_that_goes_on_has_its_head_in_both_parts(tmp_path):
    rows = [[f"村{number}", number, number] for number in range(30)]
    pages = compose(tmp_path, article(table(rows=rows), body=60), lines=24, columns=3)
    told = rows_of(pages)
    assert len(told) > 1
    assert {part[0][0] for part in told} == {"head"}
    assert [words[0] for part in told for kind, words in part if kind == "body"] == [row[0] for row in rows]


def test_the_json_says_which_lines_are_in_which_cell(tmp_path):
    frame = next(
        frame
        for frame in json.loads(compose(tmp_path, article(), **COLUMN).to_json())["pages"][0]["frames"]
        if frame["role"] == "table"
    )
    head = frame["rows"][0]
    assert head["kind"] == "head"
    assert [frame["lines"][cell["lines"][0]]["text"] for cell in head["cells"]] == ["村名", "户数", "用水"]
