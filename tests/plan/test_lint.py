"""Makeup lint: each taboo is reported with its page and place, and a page that keeps them all is not told anything."""

from __future__ import annotations

import re

import pytest
import yaml
from msgspec.structs import replace
from PIL import Image

import layout
from issues import article, copy, issue, write
from layout.cli.main import main
from layout.page.checks.inspection import white_space
from layout.page.checks.lines import is_loose
from layout.page.checks.makeup import check_makeup
from layout.page.map.threads import read_pages
from layout.style.reader import load_style


def looked(folder, articles, areas, columns=None, **fields):
    loaded = layout.load(write(folder, issue(articles, areas, columns, **fields)))
    style = load_style(loaded.style, loaded.folder, None)
    plans, _ = read_pages(loaded, style, {})
    return check_makeup(layout.compose(loaded, style), plans, loaded, style)


def rules(problems) -> set[str]:
    return {problem.rule for problem in problems}


def test_two_headlines_side_by_side_are_a_tombstone(tmp_path):
    side_by_side = looked(tmp_path, {"a": article(), "b": article()}, [{20: "a b"}], {"a": 1, "b": 1})
    tombstones = [problem for problem in side_by_side if problem.rule == "tombstone"]
    assert [(problem.page, problem.place is not None) for problem in tombstones] == [(1, True)]


def test_headlines_at_different_heights_are_none(tmp_path):
    areas = [{8: "a b"}, {20: "a c"}]
    articles = {"a": article(600), "b": article(60, box="tint"), "c": article(300)}
    assert "tombstone" not in rules(looked(tmp_path, articles, areas, {"a": 1, "b": 1, "c": 1}))


def test_a_gutter_from_head_to_foot_is_reported(tmp_path):
    articles = {"a": article(1100), "b": article(1100)}
    assert "through-gutter" in rules(looked(tmp_path, articles, [{50: "a b"}], {"a": 1, "b": 1}))
    crossed = looked(tmp_path, articles | {"c": article(400)}, [{38: "a b"}, {12: "c"}], {"a": 1, "b": 1, "c": 3})
    assert "through-gutter" not in rules(crossed)


def test_white_left_over_is_reported_in_parts_of_the_type_area(tmp_path):
    problems = looked(tmp_path, {"a": article(300)}, [{50: "a"}], {"a": 3})
    told = next(problem for problem in problems if problem.rule == "white")
    assert "%" in told.what.en


def test_empty_cells_are_white(tmp_path):
    loaded = layout.load(write(tmp_path, issue({"a": article(1230)}, [{25: "a"}, {25: "."}], {"a": 3})))
    style = load_style(loaded.style, loaded.folder, None)
    plans, _ = read_pages(loaded, style, {})
    assert white_space(layout.compose(loaded, style), plans, loaded, style)[0] == pytest.approx(0.5, abs=0.02)


def test_a_page_without_a_picture_is_reported_unless_something_else_is_dark(tmp_path):
    chart = {"id": "sheaves", "kind": "bar", "data": [["九月", 12], ["十月", 30]], "alt": "两个月收的稻捆"}

    def first_page(**fields) -> set[str]:
        articles = {"a": article(1700, **fields), "b": article(1200, charts=[chart])}
        pages = [{"areas": [{50: "a"}], "columns": {"a": 3}}, {"areas": [{30: "b"}, {20: "sheaves"}]}]
        return {one.rule for one in looked(tmp_path, articles, [], pages=pages) if one.page == 1}

    assert "no-picture" in first_page()
    assert "no-picture" not in first_page(box="tint")


def test_a_line_of_two_characters_in_a_headline_is_a_runt(tmp_path):
    short = looked(tmp_path, {"a": article(600, headline="秋收过半晒谷场上灯火通|明了")}, [{20: "a"}], {"a": 3})
    even = looked(tmp_path, {"a": article(600, headline="秋收过半晒谷|场上灯火通明")}, [{20: "a"}], {"a": 3})
    assert "headline-runt" in rules(short)
    assert "headline-runt" not in rules(even)


def test_a_headline_narrower_than_its_text_does_not_cover_it(tmp_path):
    areas = [{5: "a.headline b b"}, {15: "a a a"}]
    articles = {"a": article(600), "b": article(60, headline="")}
    narrow = looked(tmp_path, articles, areas, {"a": 3, "b": 1})
    wide = looked(tmp_path, {"a": article(700)}, [{5: "a.headline"}, {15: "a"}], {"a": 3})
    assert "head-cover" in rules(narrow)
    assert "head-cover" not in rules(wide)


def test_a_headline_beside_its_text_covers_it(tmp_path):
    areas = [{14: "a.headline a a"}]
    assert "head-cover" not in rules(looked(tmp_path, {"a": article(380)}, areas, {"a": 2}))


def test_columns_too_narrow_are_reported(tmp_path):
    narrow = looked(tmp_path, {"a": article(400), "b": article(400)}, [{40: "a b b"}], {"a": 3, "b": 2})
    assert "bastard-measure" in rules(narrow)


def test_a_crosshead_at_a_columns_foot_is_stranded(tmp_path):
    style = {"name": "own", "extends": "town", "text": {"crosshead": {"keep": 0, "before": 0}}, "fit": {"level": False}}
    folder = tmp_path / "style"
    folder.mkdir()
    (folder / "style.yaml").write_text(yaml.safe_dump(style, allow_unicode=True), encoding="utf-8")
    found = set()
    for lines in range(8, 16):
        body = f"{copy(17 * lines)}\n\n## 小标题\n\n{copy(200)}"
        found |= rules(looked(tmp_path, {"a": article(body=body)}, [{14: "a"}], {"a": 3}, style="style"))
    assert "stranded-head" in found


def unlevelled(folder) -> str:
    """The name of a style of one's own in which short columns are not levelled."""
    (folder / "style").mkdir()
    style = {"name": "own", "extends": "town", "fit": {"level": False, "tracking": 0}}
    (folder / "style" / "style.yaml").write_text(yaml.safe_dump(style), encoding="utf-8")
    return "style"


def test_columns_that_differ_by_more_than_a_line_are_uneven(tmp_path):
    short = looked(tmp_path, {"a": article(500)}, [{20: "a"}], {"a": 3}, style=unlevelled(tmp_path))
    level = looked(tmp_path, {"a": article(500)}, [{20: "a"}], {"a": 3})
    assert "uneven-columns" in rules(short)
    assert "uneven-columns" not in rules(level)


def test_single_lines_of_a_paragraph_at_a_columns_head_or_foot_are_reported(tmp_path):
    style, found = unlevelled(tmp_path), set()
    for lines in range(8, 13):
        body = "\n\n".join(copy(18 * count) for count in (lines, 2, 2, 2, 2, 2, 2, 2, 2, 3))
        found |= rules(looked(tmp_path, {"a": article(body=body)}, [{14: "a"}], {"a": 3}, style=style))
    assert found & {"widow", "orphan"}


def test_lines_under_eight_em_beside_a_picture_are_reported(tmp_path):
    Image.new("RGB", (600, 400)).save(tmp_path / "weir.png")
    picture = {"file": "weir.png", "id": "weir", "alt": "堰上的水"}
    articles = {"a": article(300, pictures=[picture])}
    assert "narrow-beside" in rules(looked(tmp_path, articles, [{20: "a weir weir"}], {"a": 3}))
    assert "narrow-beside" not in rules(looked(tmp_path, articles, [{20: "a weir weir"}], {"a": 1}))


def numbers_between_words(folder):
    """Three columns in which a number of twenty digits goes to the next line and leaves a loose one."""
    body = "\n\n".join(f"{copy(length)[:-1]}12345678901234567890{copy(40)}" for length in range(20, 36, 2))
    return write(folder, issue({"a": article(body=body)}, [{40: "a"}], {"a": 3}))


def test_loose_lines_are_reported_by_check_and_by_build_alike(tmp_path, capsys):
    """Rule E12."""
    folder = numbers_between_words(tmp_path / "loose")
    shown = []
    for command in (["check", str(folder)], ["build", str(folder), "-o", str(tmp_path / "loose.pdf"), "--no-cache"]):
        assert main([*command, "--lang", "en"]) == 0
        shown.append([line for line in capsys.readouterr().err.splitlines() if line.endswith("[E12]")])
    assert len(shown[0]) == 2
    assert shown[0] == shown[1]
    assert re.match(r".*issue\.yaml:\d+:\d+: warning: a loose line, 0\.\d\d em between characters: ", shown[0][0])


def test_lines_that_are_set_apart_on_purpose_are_not_loose(tmp_path):
    (page,) = layout.compose(layout.load(numbers_between_words(tmp_path))).pages
    frames = [frame for frame in page.frames if frame.role == "body"]
    loose = [line for frame in frames for line in frame.lines if is_loose(line, frame)]
    assert len(loose) == 2
    assert all(line.loose > 0.25 for line in loose)
    names = replace(frames[0], role="names")
    assert not any(is_loose(line, names) for line in loose)
    assert not is_loose(replace(loose[0], loose=0.25), frames[0])
