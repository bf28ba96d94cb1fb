"""Records: what YAML may hold, what it means, where it came from, and everything that is wrong with it."""

from __future__ import annotations

import datetime
import pickle
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from layout.errors import Severity, SourceLocation
from layout.records import Em, Entry, Length, Prose, Record, described, field_table, json_schema, nodes, read_record


class Rule(Record):
    width: Length = described(zh="线的粗细", en="width", default=Length(0.25))
    kind: Literal["solid", "double"] = described(zh="线型", en="kind", default="solid")


class Row(Entry):
    height: int | Literal["auto"] = described(zh="高", en="height", example="12: a b", minimum=1)
    cells: str = described(zh="格", en="cells")


class Sheet(Record):
    name: str = described(zh="名字", en="name")
    units: int = described(zh="单位数", en="units", default=6, minimum=1, maximum=24)
    ratio: float = described(zh="比例", en="ratio", default=1.5)
    shown: bool = described(zh="显示", en="shown", default=True)
    day: datetime.date | None = described(zh="日期", en="date", default=None)
    indent: Em = described(zh="缩进", en="indent", default=Em(2))
    rules: dict[str, Rule] = described(zh="线条", en="rules", default_factory=dict)
    rows: tuple[Row, ...] = described(zh="行", en="rows", default=())
    focus: tuple[float, float] | None = described(zh="焦点", en="focus", default=None, minimum=0, maximum=1)
    data: tuple[tuple[str, *tuple[float, ...]], ...] = described(zh="数", en="numbers", default=())
    signed: str | tuple[Rule, ...] = described(zh="署名", en="signed", default="")
    words: Prose | None = described(key="text", zh="文字", en="text", default=None)
    inner: Rule = described(zh="内框", en="inner", default=Rule())


def good(text: str) -> Sheet:
    sheet, problems = read_record(Sheet, text, "s.yaml")
    assert problems == []
    assert sheet is not None
    return sheet


def problems(text: str) -> list[tuple[str, int, int]]:
    return [(p.rule, p.mark.line, p.mark.column) for p in read_record(Sheet, text, "s.yaml")[1] if p.mark]


# What a word of YAML means.


@pytest.mark.parametrize(
    "word", ["no", "yes", "off", "12:30", "010", "0x1F", "1e3", "true", "2026-11-20", "1_000", "="]
)
def test_text_takes_any_plain_word_as_typed(word: str) -> None:
    assert good(f"name: {word}").name == word


@pytest.mark.parametrize(("word", "number"), [("010", 10), ("0o10", 8), ("0x1F", 31), ("+12", 12), ("24", 24)])
def test_whole_numbers_are_those_of_yaml_1_2(word: str, number: int) -> None:
    assert good(f"name: a\nunits: {min(number, 24) if number > 24 else word}").units in (number, 24)


@pytest.mark.parametrize("word", ["12:30", "1_000", "0b11", "1.0", "'6'", "yes", "six"])
def test_what_yaml_1_1_took_for_a_number_is_none(word: str) -> None:
    assert problems(f"name: a\nunits: {word}") == [("wrong-type", 2, 8)]


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "y", "1"])
def test_only_true_and_false_are_truth(word: str) -> None:
    assert problems(f"name: a\nshown: {word}") == [("wrong-type", 2, 8)]
    assert good("name: a\nshown: false").shown is False


@pytest.mark.parametrize("word", [".inf", ".nan", "1e999"])
def test_a_number_is_finite(word: str) -> None:
    assert problems(f"name: a\nratio: {word}") == [("wrong-type", 2, 8)]


@pytest.mark.parametrize(
    ("word", "points"),
    [("3mm", 8.504), ("1.5 cm", 42.52), ("9pt", 9), ("0.5in", 36), ("小五", 9), ("初号", 42), ("0", 0)],
)
def test_lengths_have_units_or_the_names_of_the_trade(word: str, points: float) -> None:
    assert good(f"name: a\nrules: {{r: {{width: {word}}}}}").rules["r"].width == pytest.approx(points, abs=0.001)


def test_a_length_without_a_unit_is_refused() -> None:
    assert problems("name: a\nrules: {r: {width: 3}}") == [("wrong-type", 2, 20)]


@pytest.mark.parametrize("word", ["2", "2em", "2字"])
def test_em_may_be_named(word: str) -> None:
    assert good(f"name: a\nindent: {word}").indent == 2


def test_a_date_is_a_day_that_exists() -> None:
    assert good("name: a\nday: 2026-11-20").day == datetime.date(2026, 11, 20)
    assert problems("name: a\nday: 2026-02-30") == [("wrong-type", 2, 6)]
    assert problems("name: a\nday: 20261120") == [("wrong-type", 2, 6)]


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_without_a_value_counts_as_left_out(nothing: str) -> None:
    assert good(f"name: a\nunits: {nothing}\nrules: {nothing}\ninner: {nothing}") == good("name: a")
    assert problems(f"name: {nothing}") == [("missing-key", 1, 1)]


def test_shapes_nest() -> None:
    sheet = good("name: a\ndata: [[樟, 612, 3], [杏]]\nfocus: [0.5, 1]\nsigned:\n- {width: 1pt}\n- kind: double\n")
    assert sheet.data == (("樟", 612, 3), ("杏",))
    assert sheet.focus == (0.5, 1)
    assert sheet.signed == (Rule(Length(1)), Rule(kind="double"))
    assert good("name: a\nsigned: 党群办").signed == "党群办"


def test_a_row_is_one_key_and_its_value() -> None:
    sheet = good("name: a\nrows:\n  - 12: a b\n  - auto: c\n")
    assert [(row.height, row.cells, row.mark.line) for row in sheet.rows] == [(12, "a b", 3), ("auto", "c", 4)]
    assert problems("name: a\nrows:\n  - {1: a, 2: b}\n  - x: a\n  - 0: a\n  - b\n") == [
        ("wrong-type", 3, 5),
        ("wrong-type", 4, 5),
        ("out-of-range", 5, 5),
        ("wrong-type", 6, 5),
    ]


# Places.


def test_every_value_knows_its_place() -> None:
    sheet = good("name: a\nrules:\n  story:\n    width: 1pt\nfocus: [0.5, 1]\ninner: {kind: double}\n")
    assert sheet.marks["name"] == SourceLocation("s.yaml", 1, 7)
    assert sheet.marks["rules"] == SourceLocation("s.yaml", 2, 1)
    assert sheet.rules["story"].mark == sheet.marks["rules.story"] == SourceLocation("s.yaml", 3, 3)
    assert sheet.rules["story"].marks["width"] == SourceLocation("s.yaml", 4, 12)
    assert sheet.marks["focus.1"] == SourceLocation("s.yaml", 5, 14)
    assert sheet.inner.mark == SourceLocation("s.yaml", 6, 1)
    assert sheet.place("units") == sheet.mark == SourceLocation("s.yaml", 1, 1)


def test_places_survive_copies_and_do_not_count_in_comparing() -> None:
    sheet = good("\n\nname: a")
    assert sheet == good("name: a")
    assert pickle.loads(pickle.dumps(sheet)).mark == replace(sheet, name="b").mark == SourceLocation("s.yaml", 3, 1)


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("text: |\n  一\n\n  三\n", [(1, 3, 3), (2, 4, 1), (3, 5, 3)]),
        ("text: >\n  一\n  还是一\n\n  二\n", [(1, 3, 3), (2, 4, 3), (4, 6, 3)]),
        ("text: 一\n  还是一\n\n  二\n", [(1, 2, 7), (2, 3, 3), (4, 5, 3)]),
        ("text: '一'\n", [(1, 2, 8)]),
        ('text: "一\n\n  二"\n', [(1, 2, 8), (2, 4, 3)]),
    ],
)
def test_prose_knows_the_place_of_each_of_its_lines(yaml: str, places: list[tuple[int, int, int]]) -> None:
    prose = good(f"name: a\n{yaml}").words
    assert prose is not None
    for number, line, column in places:
        mark = prose.place(number - 1)
        if prose.split("\n")[number - 1]:
            assert (mark.line, mark.column) == (line, column)


@pytest.mark.parametrize("typed", ["|\n", ">\n", ">-\n", ""])
def test_lines_of_prose_are_those_that_were_typed_however_yaml_would_fold_them(typed: str) -> None:
    """YAML would put a space between Han, and make one paragraph of two."""
    prose = good(f"name: a\ntext: {typed}  一\n  还是一\n\n  二\n").words
    assert prose is not None
    assert prose.rstrip("\n") == "一\n还是一\n\n二"


# What is wrong.


def test_all_problems_come_at_once_from_top_to_foot() -> None:
    text = "unit: 6\nunits: 0\nrules:\n  story: {widht: 1pt}\n  story: {}\nfocus: [0.5]\nratio: !!float 1\n"
    assert problems(text) == [
        ("unknown-key", 1, 1),
        ("missing-key", 1, 1),
        ("out-of-range", 2, 8),
        ("unknown-key", 4, 11),
        ("duplicate-key", 5, 3),
        ("wrong-type", 6, 8),
        ("yaml-tag", 7, 8),
    ]


def test_an_unknown_key_is_reported_with_the_nearest_known_name() -> None:
    _, found = read_record(Sheet, "name: a\nunti: 6\n线条: {}\nzzz: 1", "s.yaml")
    assert [p.remedy.zh for p in found] == [
        "是 units 吗？",
        "是 rules 吗？",
        "可用的有：name, units, ratio, shown, day, indent, rules, rows, focus, data, signed, text, inner",
    ]
    assert found[0].what.en == "“unti” is not known here"
    assert found[0].remedy.en == "do you mean units?"


def test_a_wrong_choice_is_reported_with_the_nearest_one() -> None:
    _, found = read_record(Sheet, "name: a\ninner: {kind: doubel}", "s.yaml")
    assert (
        found[0].in_language("zh")
        == "s.yaml:2:15: 错误: 应写：solid、double 之一；写的是“doubel” [wrong-type]\n    → 是 double 吗？"
    )


@pytest.mark.parametrize(
    ("text", "rule", "line", "word"),
    [
        ("name: a\n\tunits: 1", "tab-indent", 2, "制表符"),
        ("name: [1, 2", "yaml-syntax", 1, "括号没有配对"),
        ("name: '1", "yaml-syntax", 1, "引号没有配对"),
        ("name: *楷体* 字", "yaml-syntax", 1, "以 * 或 & 开头"),
        ("name: @某人", "yaml-syntax", 1, "不能以这个符号开头"),
        ("name: 他说: 好", "yaml-syntax", 1, "不能再有冒号"),
        ("name: a\n  units: 1", "yaml-syntax", 2, "缩进比上一行深"),
        ("rules:\n   a: {}\n  b: {}", "yaml-syntax", 3, "缩进与上文不齐"),
        ("name: a\nunits\n", "yaml-syntax", 2, "缺冒号"),
        ("name: a\n---\nname: b", "yaml-syntax", 2, "只能有一份内容"),
        ("name: a\x07b", "yaml-character", 1, "U+0007"),
        ("", "empty-file", 1, "文件是空的"),
        ("# 只有注释\n", "empty-file", 1, "文件是空的"),
        ("- a", "wrong-type", 1, "一组“键: 值”"),
        ("只有文字", "wrong-type", 1, "一组“键: 值”"),
        ("name: a\n? [x]\n: 1", "wrong-type", 2, "键要是一个词"),
        ("name: " + "[" * 4000, "limit", 1, "层层嵌套"),
        ("name: a\nrows:\n" + "- " * 4000 + "x", "limit", 3, "层层嵌套"),
    ],
)
def test_what_is_not_yaml_is_explained(text: str, rule: str, line: int, word: str) -> None:
    _, found = read_record(Sheet, text, "s.yaml")
    assert (found[0].rule, found[0].mark and found[0].mark.line) == (rule, line)
    assert word in found[0].what.zh
    assert found[0].what.en
    assert found[0].remedy.zh


def test_anchors_are_taken_and_circles_end() -> None:
    assert good("name: a\nrules:\n  a: &thin {width: 1pt}\n  b: *thin\n").rules["b"].width == 1
    assert problems("name: a\nrules: &r {x: *r}") == [("limit", 2, 8)]


def test_text_after_a_number_sign_is_not_lost_without_a_word() -> None:
    _, found = read_record(Sheet, "name: 第 #1 号\nsigned: 某人 # 这是注释\n", "s.yaml")
    assert [(p.rule, p.severity, str(p.mark)) for p in found] == [("lost-text", Severity.WARNING, "s.yaml:1:9")]


def test_a_record_can_be_read_over_another() -> None:
    base = good("name: a\nunits: 4\nrules:\n  one: {width: 1pt}\n  two: {width: 2pt}\n")
    sheet, found = read_record(Sheet, "rules: {two: {kind: double}, three: {}}", "t.yaml", base)
    assert found == []
    assert sheet == good("name: a\nunits: 4\nrules: {one: {width: 1pt}, two: {width: 2pt, kind: double}, three: {}}")
    assert sheet is not None
    assert sheet.place("units") == SourceLocation("s.yaml", 2, 8)
    assert sheet.rules["two"].place("width").file == "s.yaml"
    assert sheet.rules["two"].place("kind").file == "t.yaml"


WORDS = ["name: a", "units: 6", "rules:", "  r: {width: 1pt}", "rows:", "- 1: a", "  - 2: b", "text: >", "  字"]
WORDS += ["[", "]", "{", "}", ": ", "&a", "*a", "!b ", "- |", "? ", "---", "...", "\n  "]
TOKENS = st.sampled_from([*WORDS, *"#'\"%@\t\n\n\u3000\x85\ufeff"])


@given(st.lists(TOKENS, max_size=12).map("".join))
def test_libyaml_and_pyyaml_read_alike(text: str) -> None:
    """The quick composer and the plain one give the same record and the same problems."""
    first = read_record(Sheet, text, "s.yaml")
    kept = nodes._COMPOSERS.pop(True, None)
    nodes._COMPOSERS[True] = nodes._composer(False)
    try:
        second = read_record(Sheet, text, "s.yaml")
    finally:
        nodes._COMPOSERS[True] = kept
    assert first == second
    if first[0] and second[0]:
        assert first[0].marks == second[0].marks


# Describing.


def test_fields_are_listed_for_the_manual() -> None:
    rows = {(row.record, row.name): row for row in field_table(Sheet)}
    assert rows["Sheet", "name"].required
    assert rows["Sheet", "text"].words.zh == "文字"
    assert rows["Rule", "width"].default == "0.25pt"
    assert rows["Rule", "kind"].kind.en == "one of solid, double"
    assert rows["Row", "height"].example == "12: a b"


def test_the_schema_describes_in_chinese_and_refuses_what_the_reader_refuses() -> None:
    schema = json_schema(Sheet, "样例")
    assert schema["properties"]["units"]["description"] == "单位数"
    assert schema["properties"]["units"]["maximum"] == 24
    assert schema["required"] == ["name"]
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Rule"]["properties"]["kind"]["enum"] == ["solid", "double"]
    assert schema["$defs"]["Row"]["maxProperties"] == 1
