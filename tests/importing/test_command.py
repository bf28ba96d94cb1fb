"""`layout import` at the terminal, and readers that other packages bring."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from word_file import LEDE, SIGN, WordFile, p, r

from layout.cli.import_articles import add_arguments, run
from layout.importing import ImportLog, Manuscript, SourceParagraph, import_article, suffixes
from layout.issue import load
from layout.issue.body import Run


def layout_import(*arguments: str, language: str = "zh") -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    options = parser.parse_args(arguments)
    options.language = language
    return run(options)


@pytest.fixture
def harvest(tmp_path: Path) -> str:
    return str(WordFile(p("湿谷进烘房", side="center", size=22), p(LEDE), SIGN).save(tmp_path / "收割.docx"))


def test_files_go_into_the_issue_and_their_paths_come_out(
    issue: Path, harvest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert layout_import(harvest, "--into", str(issue), "--id", "harvest") == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [str(issue / "issue.yaml"), str(issue / "harvest.md")]
    assert "提醒: 第 1 段：按样子认的：主题“湿谷进烘房”" in err
    assert "harvest 还没有版位" in err
    assert load(issue).articles["harvest"].headline == "湿谷进烘房"


def test_without_an_issue_the_article_is_only_shown(harvest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert layout_import(harvest, language="en") == 0
    out, err = capsys.readouterr()
    assert out == f"收割:\n  headline: 湿谷进烘房\n  byline: 镇农业服务中心\n  body_file: 收割.md\n\n{LEDE}\n\n"
    assert "warning: paragraph 1: found by their look: headline “湿谷进烘房”" in err
    assert "add --into ISSUE" in err


def test_one_bad_file_stops_no_other(
    issue: Path, harvest: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "旧稿.doc").write_bytes(b"x")
    assert layout_import(str(tmp_path / "旧稿.doc"), harvest, "--into", str(issue)) == 1
    err = capsys.readouterr().err
    assert "旧稿.doc 是旧的 Word 文件，不能导入" in err
    assert "另存为" in err
    assert "导入 1 篇，1 篇没有导入" in err
    assert "收割" in load(issue).articles


def test_one_name_for_two_files_is_wrong_usage(harvest: str) -> None:
    assert layout_import(harvest, harvest, "--id", "a") == 2


def test_the_same_file_twice_changes_nothing(issue: Path, harvest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert layout_import(harvest, "--into", str(issue)) == 0
    after = {path.name: path.read_bytes() for path in issue.iterdir()}
    capsys.readouterr()
    assert layout_import(harvest, "--into", str(issue), language="en") == 0
    assert capsys.readouterr() == ("", "收割: unchanged\n")
    assert {path.name: path.read_bytes() for path in issue.iterdir()} == after


def test_an_article_of_the_editors_own_is_not_replaced(
    issue: Path, harvest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (issue / "issue.yaml").read_bytes()
    assert layout_import(harvest, "--into", str(issue), "--id", "ferry", language="en") == 1
    assert "there are files already: ferry.md" in capsys.readouterr().err
    assert (issue / "issue.yaml").read_bytes() == before


# Readers from other packages.


def read_odt(path: Path) -> Manuscript:
    manuscript = Manuscript(path)
    manuscript.blocks += [SourceParagraph(1, (Run("题目"),), "title"), SourceParagraph(2, (Run(LEDE),))]
    manuscript.notes.report("odt", "按 ODT 读入", "read as ODT")
    return manuscript


@pytest.fixture
def extension(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("odt", "test_command:read_odt", "layout.importers"),
        EntryPoint("ofd", "no_such_module:read", "layout.importers"),
    ]
    monkeypatch.setattr(
        "layout.importing.sources.entry_points", lambda group: points if group == "layout.importers" else []
    )


@pytest.mark.usefixtures("extension")
def test_another_package_brings_a_reader(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(b"x")
    got = import_article(tmp_path / "a.odt")
    assert (got.fields["headline"], got.body) == ("题目", f"{LEDE}\n")
    assert "odt" in {note.rule for note in got.notes}
    assert {"docx", "odt", "ofd"} <= set(suffixes())


@pytest.mark.usefixtures("extension")
def test_a_broken_extension_is_reported(tmp_path: Path) -> None:
    from layout.importing import ArticleError

    (tmp_path / "a.ofd").write_bytes(b"x")
    with pytest.raises(ArticleError) as caught:
        import_article(tmp_path / "a.ofd")
    assert caught.value.problems[0].rule == "importer"


def test_notes_have_both_languages() -> None:
    notes = ImportLog("a.docx")
    notes.report("x", "一句", "a word", at=3)
    (problem,) = notes.problems
    assert problem.in_language("zh") == "a.docx:3:1: 说明: 第 3 段：一句 [x]"
    assert problem.in_language("en") == "a.docx:3:1: note: paragraph 3: a word [x]"


@pytest.mark.slow
def test_a_manuscript_that_takes_more_memory_than_the_limit_is_refused_by_name(tmp_path: Path) -> None:
    big = WordFile(p("湿谷进烘房", side="center", size=22), p(*[r("谷")] * 15) * 14_000)
    big.save(tmp_path / "大.docx")
    (tmp_path / "小.txt").write_text(f"新船下水\n\n　　{LEDE}\n", "utf-8")
    program = (
        "import sys, layout.runtime.limits as limits\n"
        "limits.MANUSCRIPT_MEMORY = limits.MANUSCRIPT_MEMORY._replace(most=160 << 20)\n"
        "from layout.cli.main import main\n"
        "sys.exit(main(['import', sys.argv[1], '--lang', 'en']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert "manuscript-memory" in done.stderr
    assert "大.docx" in done.stderr
    assert "新船下水" in done.stdout  # the others come in
