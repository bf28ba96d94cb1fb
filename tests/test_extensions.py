"""Another package, once installed, brings a style, a printer and an importer."""

from __future__ import annotations

import importlib
from pathlib import Path

import pikepdf
import pytest

import issues
import layout
from layout.cli.main import main

STYLE = """name: harbour
extends: town
colours:
  accent: [100, 60, 0, 20]
words:
  teasers: 今日看点
"""
PRINTER = """extends: newsprint
name: harbour-press
delivery: {paper: 52 g 新闻纸}
condition: {identifier: HARBOUR 2026}
"""
IMPORTER = '''from layout.importing import Manuscript, SourceParagraph
from layout.issue.body import Run

def read_memo(path):
    """The first line of a memo is its title; each other line is a paragraph."""
    manuscript = Manuscript(path)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        manuscript.blocks.append(SourceParagraph(number, (Run(line),), "title" if number == 1 else ""))
    return manuscript
'''
POINTS = """[layout.styles]
harbour = harbour_paper.style
wrecked = harbour_paper.nothing

[layout.printers]
harbour-press = harbour_paper.press

[layout.importers]
memo = harbour_paper.memo:read_memo
"""


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package as pip leaves it: its folder, and beside it what its metadata says."""
    site = tmp_path / "site"
    for name, text in {
        "harbour_paper/__init__.py": "",
        "harbour_paper/memo.py": IMPORTER,
        "harbour_paper/style/style.yaml": STYLE,
        "harbour_paper/press/printer.yaml": PRINTER,
        "harbour_paper-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: harbour-paper\nVersion: 1.0\n",
        "harbour_paper-1.0.dist-info/entry_points.txt": POINTS,
    }.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    importlib.invalidate_caches()


def an_issue(folder: Path, style: str) -> Path:
    return issues.write(
        folder, issues.issue({"a": issues.article(400)}, [{50: "a"}], {"a": 3}, style=style, profile="")
    )


def test_an_issue_is_built_in_the_style_and_for_the_printer_of_another_package(tmp_path: Path) -> None:
    report = layout.build(an_issue(tmp_path / "issue", "harbour"), tmp_path / "out.pdf", printer="harbour-press")
    assert report.ok, [problem.in_language("en") for problem in report.problems]
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "HARBOUR 2026"
    assert not [found for found in layout.preflight(tmp_path / "out.pdf", "harbour-press") if found.rule == "GWG R0024"]


def test_a_style_beside_the_issue_may_change_one_of_another_package(tmp_path: Path) -> None:
    from layout.style.reader import load_style

    folder = an_issue(tmp_path / "issue", "harbour")
    (folder / "harbour").mkdir()
    (folder / "harbour" / "style.yaml").write_text("name: harbour\nextends: harbour\nwords: {editor: 编辑}\n")
    style = load_style("harbour", folder)
    assert [each.parent.name for each in style.folders[:2]] == ["issue", "harbour_paper"]
    assert style.words["teasers"] == "今日看点"


def test_a_printer_of_ones_own_may_change_one_of_another_package(tmp_path: Path) -> None:
    from layout.press.printer import load_printer

    (tmp_path / "mine.yaml").write_text("extends: harbour-press\nname: mine\nink: {limit: 230}\n")
    mine = load_printer(tmp_path / "mine.yaml")
    assert (mine.ink.limit, mine.delivery.paper) == (230, "52 g 新闻纸")
    assert mine.profile.is_file()


def test_a_file_is_imported_by_the_reader_of_another_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "boats.memo").write_text("渡船改点\n自下月起，末班船推迟到晚八点。", encoding="utf-8")
    folder = an_issue(tmp_path / "issue", "harbour")
    assert main(["import", str(tmp_path / "boats.memo"), "--into", str(folder), "--lang", "zh"]) == 0, (
        capsys.readouterr()
    )
    assert layout.load(folder).articles["boats"].title == "渡船改点"


def test_names_that_are_not_known_are_reported_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(layout.StyleError) as caught:
        layout.compose(layout.load(an_issue(tmp_path / "issue", "harbuor")))
    assert "harbour" in caught.value.problems[0].remedy.en
    from layout.press.printer import load_printer

    with pytest.raises(layout.StyleError) as caught:
        load_printer("laser")
    assert "harbour-press" in caught.value.problems[0].remedy.en


def test_a_package_that_does_not_bring_what_it_says_is_reported(tmp_path: Path) -> None:
    report = layout.build(an_issue(tmp_path / "issue", "wrecked"), tmp_path / "out.pdf")
    (problem,) = report.problems
    assert problem.rule == "extension"
    assert "harbour_paper.nothing" in problem.in_language("en")
