"""A wrong style is told as precisely as a wrong issue: the file, the line, what is wrong and what would mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from issues import article, issue, write
from layout.errors import Problem, StyleError
from layout.production import build
from layout.style.reader import load_style

STYLE = """\
name: mine
extends: town
"""


def style(folder: Path, text: str = "", **files: str) -> Path:
    """A style `mine` that extends town; further files by name, with _ for the dot."""
    folder = folder / "mine"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "style.yaml").write_text(STYLE + text, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_", ".", 1)).write_text(content, encoding="utf-8")
    return folder


def refused(tmp_path: Path, text: str) -> list[Problem]:
    style(tmp_path, text)
    with pytest.raises(StyleError) as told:
        load_style("mine", tmp_path)
    return list(told.value.problems)


WRONG = {
    "an unknown key": ("colors: {x: [0, 0, 0, 1]}\n", "unknown-key", 3, "是 colours 吗？"),
    "an unknown key inside": ("grid:\n  lins: 48\n", "unknown-key", 4, "是 lines 吗？"),
    "a number that is none": ("grid:\n  lines: many\n", "wrong-type", 4, "整数"),
    "a colour of three numbers": ("colours:\n  warm: [0, 50, 90]\n", "out-of-range", 4, "[青, 品红, 黄, 黑]"),
    "a colour beyond 100": ("colours:\n  warm: [0, 50, 900, 0]\n", "out-of-range", 4, "0–100"),
    "a colour nobody defined": ("text:\n  caption: {colour: acent}\n", "undefined", 4, "是 accent 吗？"),
    "a face nobody has": ("headlines:\n  lead: {face: Song-Blak}\n", "undefined", 4, "是 Song-Black 吗？"),
    "a rule nobody defined": ("table: {top: egde}\n", "undefined", 3, "是 edge 吗？"),
    "a box nobody defined": ("kinds:\n  filler: {box: tnt}\n", "undefined", 4, "是 tint 吗？"),
    "a text style nobody defined": ("text:\n  note: {base: captoin}\n", "undefined", 4, "是 caption 吗？"),
    "a headline style nobody defined": ("kinds:\n  verse: {headline: leed}\n", "undefined", 4, "是 lead 吗？"),
    "a colour of a deck": ("headlines:\n  lead:\n    deck: {colour: gray}\n", "undefined", 5, "是 grey 吗？"),
    "a face in a list": ("fallback: [Song-Regular, Hei-Regulr]\n", "undefined", 3, "是 Hei-Regular 吗？"),
    "a template that is not there": ("furniture:\n  ear: {template: eer.html}\n", "missing-file", 4, "eer.html"),
    "a style sheet that is not there": ("furniture:\n  ear: {css: my.css}\n", "missing-file", 4, "my.css"),
    "a piece without a place": ("furniture:\n  ear: {pages: all}\n", "missing-key", 4, "top 和 height"),
    "a blank nobody fills": ("words:\n  jump: （下转第{pag}版）\n", "words", 4, "{page}"),
    "a brace left open": ("words:\n  jump: （下转第{page版）\n", "words", 4, "不成对"),
    "a headline without sizes": ("headlines:\n  feature: {face: Hei-Bold}\n", "missing-key", 4, "sizes"),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_mistake_is_reported_at_its_line(case: str, tmp_path: Path) -> None:
    text, rule, line, words = WRONG[case]
    problem, *_ = refused(tmp_path, text)
    assert (problem.rule, problem.mark.line) == (rule, line)
    assert problem.mark.file.endswith("mine/style.yaml")
    assert words in problem.in_language("zh")


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, "colours:\n  warm: [0, 50]\ntext:\n  caption: {colour: hot, face: Arial}\n")
    assert sorted(problem.rule for problem in problems) == ["out-of-range", "undefined", "undefined"]


@pytest.mark.parametrize(
    "text",
    [
        "grid: {size: 0pt}",
        "grid: {leading: -1pt}",
        "grid: {size: 100000pt}",
        "grid: {gutter: 100000}",
        "text:\n  caption: {size: 0pt}",
        "headlines:\n  lead: {sizes: [32pt, 0pt]}",
        "table: {row_height: 0pt}",
    ],
)
def test_lengths_that_nothing_can_be_set_in_are_refused(text: str, tmp_path: Path) -> None:
    problem, *_ = refused(tmp_path, text)
    assert problem.rule == "out-of-range"
    assert problem.mark.line in (1, 2, 3, 4)


def test_a_style_that_extends_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "style.yaml").write_text("name: mine\nextends: twon\n")
    with pytest.raises(StyleError) as told:
        load_style("mine", tmp_path)
    (problem,) = told.value.problems
    assert (problem.rule, problem.mark.line) == ("unknown-style", 2)
    assert "是 town 吗？" in problem.in_language("zh")


def test_two_styles_that_extend_each_other(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "style.yaml").write_text(f"name: {name}\nextends: {other}\n")
    with pytest.raises(StyleError, match="extends itself in a circle"):
        load_style("one", tmp_path)


def test_a_style_may_extend_the_shipped_one_of_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "style.yaml").write_text("name: town\nextends: town\ngrid: {lines: 48}\n")
    assert load_style("town", tmp_path).grid.lines == 48


# What is found when the pieces are drawn.


def drawn(tmp_path: Path, **files: str) -> list[Problem]:
    """The errors of a build whose style has these files."""
    style(tmp_path, "furniture:\n  ear: {template: ear.html}\n", **files)
    data = issue({"a": article(200)}, [{8: "ear ear ear nameplate nameplate nameplate"}, {30: "a"}], style="mine")
    report = build(write(tmp_path, data), tmp_path / "out.pdf", cache=False)
    assert report.pdf is None
    return [problem for problem in report.problems if problem.severity.name == "ERROR"]


TEMPLATES = {
    "a tag left open": ("<div>\n{% if publication.ear %}\n</div>", 3, "endif"),
    "a tag that is none": ("<div>\n  {% wenn x %}\n</div>\n", 2, "wenn"),
    "a name that is none": ("<div>\n\n{{ publicaton.title }}</div>\n", 3, "publicaton"),
    "a field that is none": ("<div>{{ publication.titel }}</div>\n", 1, "titel"),
    "a template that is not there": ('{% include "weather.html" %}\n', 1, "weather.html"),
    "a filter that is none": ("\n<b>{{ issue.date|datum }}</b>\n", 2, "datum"),
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_a_template_is_reported_with_its_line(case: str, tmp_path: Path) -> None:
    text, line, words = TEMPLATES[case]
    (problem,) = drawn(tmp_path, ear_html=text)
    assert (problem.rule, problem.mark.line) == ("template", line)
    assert problem.mark.file.endswith("mine/ear.html")
    assert words in problem.what.zh


SHEETS = {
    "a property that is none": ("\n.ear { colr: var(--accent) }\n", "style-sheet", 2, "colr"),
    "a colour that is none": (".ear {\n  color: device-cmyk(0 1 1);\n}\n", "style-sheet", 2, "device-cmyk"),
    "a border that is shaded": (".x {}\n\n.piece { border: 1pt ridge black }\n", "not-for-press", 3, "ridge"),
}


@pytest.mark.parametrize("case", SHEETS)
def test_a_style_sheet_is_reported_with_its_line(case: str, tmp_path: Path) -> None:
    css, rule, line, words = SHEETS[case]
    problems = drawn(tmp_path, ear_html='<div class="piece ear">报眼</div>', furniture_css=css)
    problem = problems[0]
    assert (problem.rule, problem.mark.line) == (rule, line)
    assert problem.mark.file.endswith("mine/furniture.css")
    assert words in problem.what.zh
    assert len(set(problems)) == len(problems), "told once, though every piece uses the sheet"


def test_what_does_not_fit_its_box_is_reported(tmp_path: Path) -> None:
    (problem,) = drawn(tmp_path, ear_html=f'<div style="font-size: 40pt; line-height: 50pt">{"报眼" * 20}</div>')
    assert problem.rule == "furniture-overflow"
    assert re.search("报眼|内容", problem.what.zh)


@pytest.mark.parametrize(("top", "cut"), [(104, False), (108, True)])
def test_a_line_that_is_cut_at_its_foot_does_not_fit(top: int, cut: bool, tmp_path: Path) -> None:
    line = f'<div style="position: absolute; top: {top}pt; font-size: 10pt; line-height: 20pt">报眼</div>'
    data = issue({"a": article(200)}, [{8: "ear ear ear nameplate nameplate nameplate"}, {30: "a"}], style="mine")
    style(tmp_path, "furniture:\n  ear: {template: ear.html}\n", ear_html=f'<div class="piece">{line}</div>')
    report = build(write(tmp_path, data), tmp_path / "out.pdf", cache=False)
    assert ["furniture-overflow"] * cut == [p.rule for p in report.problems if p.severity.name == "ERROR"]


@pytest.mark.parametrize(("stories", "fits"), [(3, True), (5, True), (7, False)])
def test_a_bulletins_list_of_contents_fits_its_head_or_is_reported(stories: int, fits: bool, tmp_path: Path) -> None:
    names = "abcdefg"[:stories]
    data = issue(
        {name: article(30, headline=f"第{name}篇的标题") for name in names},
        [{9: "bulletin_head"}, {27: "a"}],
        style="bulletin",
    )
    data["pages"] += [{"name": name, "areas": [{36: name}]} for name in names[1:]]
    report = build(write(tmp_path, data), tmp_path / "out.pdf", cache=False)
    told = [p for p in report.problems if p.rule == "furniture-overflow"]
    assert fits == (not told), [p.in_language() for p in report.problems]
