"""A style of one's own: begun from a copy, or as the manual shows it."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from jinja2.meta import find_undeclared_variables
from msgspec.structs import fields

import layout
from issues import article, issue, write
from layout.errors import StyleError
from layout.page.composed_lines import setting_of
from layout.production import build
from layout.records import fields_of
from layout.style.model import Style
from layout.style.new import copy_style
from layout.style.reader import load_style
from layout.style.schema import style_reference, style_table
from layout.style.texts import ResolvedTextStyle
from layout.text.setting import LineSetting

MANUAL = Path(__file__).parents[2] / "docs" / "style.md"


@pytest.mark.parametrize("name", ["town", "campus", "bulletin"])
def test_a_copy_looks_like_the_style_it_was_made_from(name: str, tmp_path: Path) -> None:
    folder = copy_style(name, tmp_path / "mine")
    copy, original = load_style("mine", tmp_path), load_style(name)
    assert copy.name == "mine"
    for name in {*Style.__struct_fields__} - {"name", "folders", "mark", "marks"}:
        assert getattr(copy, name) == getattr(original, name), name
    assert copy.folders[0] == folder.resolve()
    for piece in original.furniture.values():
        assert copy.file(piece.template).read_text() == original.file(piece.template).read_text()


def test_a_copy_keeps_the_comments_and_changes_the_name_alone(tmp_path: Path) -> None:
    copy_style("campus", tmp_path / "校报 2")
    mine = (tmp_path / "校报 2" / "style.yaml").read_text().splitlines()
    theirs = (load_style("campus").folders[0] / "style.yaml").read_text().splitlines()
    assert [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b] == [('name: "校报 2"', "name: campus")]


def test_a_style_can_be_copied_from_a_folder_into_an_empty_one(tmp_path: Path) -> None:
    first = copy_style("town", tmp_path / "first")
    (tmp_path / "second").mkdir()
    copy_style(str(first), tmp_path / "second")
    assert load_style("second", tmp_path).name == "second"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["town", "campus", "bulletin"])
def test_a_copy_builds_an_issue_at_once(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    copy_style(name, folder / "mine")
    grid = load_style(name).grid
    rows = [{9: "bulletin_head" if name == "bulletin" else "nameplate"}, {20: " ".join(["a"] * grid.units)}]
    report = build(write(folder, issue({"a": article(200)}, rows, style="mine")), tmp_path / "out.pdf", cache=False)
    assert report.pdf, [problem.in_language("en") for problem in report.problems]
    own, shipped = load_style("mine", folder), load_style(name)
    headline = next(frame for frame in layout.compose(layout.load(folder)).pages[0].frames if frame.role == "headline")
    assert headline.lines[0].face == shipped.headlines["minor"].face == own.headlines["minor"].face


def test_a_style_extends_one_that_extends_another_key_by_key(tmp_path: Path) -> None:
    first = "name: first\nextends: campus\ncolours: {accent: [100, 0, 0, 0]}\nwords: {teasers: 看点}\n"
    second = 'name: second\nextends: first\nwords: {jump: "（见第{page}版）"}\nheadlines: {minor: {sizes: [15pt]}}\n'
    for name, text in (("first", first), ("second", second)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "style.yaml").write_text(text, encoding="utf-8")
    own, campus = load_style("second", tmp_path), load_style("campus")
    assert own.words == campus.words | {"teasers": "看点", "jump": "（见第{page}版）"}
    assert (own.colours["accent"], own.colours["tint"]) == ((100, 0, 0, 0), campus.colours["tint"])
    assert own.headlines["minor"].sizes == (15,)
    assert own.headlines["minor"].face == campus.headlines["minor"].face
    assert own.headlines["major"] == campus.headlines["major"]
    assert own.file("nameplate.html") == campus.file("nameplate.html")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    with pytest.raises(StyleError, match="is there already"):
        copy_style("town", tmp_path / "mine")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_copy_of_nothing_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="do you mean campus"):
        copy_style("campsu", tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def example() -> dict[str, str]:
    """The files of the manual's example: each fence names its own in a first comment."""
    fences = re.findall(r"```\w+\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    named = {re.search(r"我的样式/(\S+)", text.splitlines()[0]): text for text in fences}
    return {found[1]: text for found, text in named.items() if found}


def test_the_example_of_the_manual_builds(tmp_path: Path) -> None:
    files = example()
    assert set(files) == {"style.yaml", "weather.html", "furniture.css"}
    folder = tmp_path / "issue"
    (folder / "我的样式").mkdir(parents=True)
    for name, text in files.items():
        (folder / "我的样式" / name).write_text(text, encoding="utf-8")
    data = issue(
        {"a": article(200, rank="lead")}, [{5: "nameplate nameplate nameplate ear"}, {30: "a a a a"}], style="我的样式"
    )
    data["publication"]["ear"] = ["今日　多云"]
    report = build(write(folder, data), tmp_path / "out.pdf", cache=False)
    assert report.ok, [problem.in_language("zh") for problem in report.problems]
    pages = layout.compose(layout.load(folder))
    (headline,) = [frame for frame in pages.pages[0].frames if frame.role == "headline"]
    assert (headline.lines[0].face, headline.lines[0].size in (30, 28, 26)) == ("Hei-Bold", True)
    assert {line.size for frame in pages.pages[0].frames if frame.role == "body" for line in frame.lines} == {10.5}


def test_the_manual_lists_every_field_of_a_style(request: pytest.FixtureRequest) -> None:
    """`pytest --update` writes the tables anew."""
    begin, mark, tables = MANUAL.read_text(encoding="utf-8").partition("<!-- python -m layout.style.schema -->\n")
    if request.config.getoption("--update"):
        MANUAL.write_text(begin + mark + style_reference(), encoding="utf-8")
        tables = style_reference()
    assert tables == style_reference()
    assert {row.name for row in style_table() if row.record == "Style"} == set(fields_of(Style))


def test_the_manual_names_what_templates_are_reported() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    files = [path for name in ("town", "campus", "bulletin") for path in load_style(name).folders[0].glob("*.html")]
    reader = jinja2.Environment()
    reader.filters |= {"date": str, "weekday": str}
    taken = {name for file in files for name in find_undeclared_variables(reader.parse(file.read_text()))}
    assert taken == {name for name in taken if f"`{name}`" in manual}
    assert taken >= {"publication", "issue", "page", "teasers", "contents", "staff", "colophon", "words"}


def test_every_setting_of_a_text_style_reaches_the_composer() -> None:
    """A style may set whatever the composer knows, but for what its caller alone can know."""
    text = ResolvedTextStyle(
        line_start="full", gap_most=0.3, word_space=0.25, interpunct=1.0, tight=0.0, hyphenate=False, line_end="needed"
    )
    found = setting_of(text)
    assert (found.line_start, found.gap_most, found.word_space) == ("full", 0.3, 0.25)
    assert (found.interpunct, found.tight, found.hyphenate, found.line_end) == (1.0, 0.0, False, "needed")
    known = {"digit_width": "digits", "hanging_indent": "hanging", "hanging_punctuation": "hang"}
    of_the_caller = {"tracking", "language", "keep_names", "han_space", "squeeze_stops"}
    of_the_caller |= {"word_space_least", "word_space_most", "direction"}  # the language decides them
    of_the_caller |= {"vertical"}  # the article does
    named = {known.get(one.name, one.name) for one in fields(LineSetting)} - of_the_caller
    assert named <= {one.name for one in fields(ResolvedTextStyle)}
