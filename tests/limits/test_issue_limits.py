"""Issues that are too much say which limit they are over, and where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from layout.errors import LayoutError, Problem
from layout.issue.reader import examine
from layout.records import read_utf8
from layout.runtime import limits

HEAD = "publication: {title: 苇泾消息, sponsor: 苇泾镇, publisher: 苇泾镇}\ndate: 2026-11-20\nnumber: 1\nstyle: town\n"
ARTICLE = "articles:\n  a: {headline: 河堤修好了, body: 河堤昨天修好了。}\n"


def said(folder: Path, text: str, **files: str) -> list[Problem]:
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    for name, body in files.items():
        (folder / f"{name}.md").write_text(body, encoding="utf-8")
    return examine(folder)[1]


def limit_of(problems: list[Problem]) -> tuple[str, int]:
    """The name of the limit that was reported, and the line."""
    [problem] = [one for one in problems if one.rule == "limit"]
    assert problem.mark
    return problem.what.en.partition("the limit ")[2].partition(" ")[0], problem.mark.line


def test_articles(tmp_path: Path) -> None:
    articles = "".join(f"  a{at}: {{headline: 河堤, body: 修好了。}}\n" for at in range(limits.ARTICLES.most + 1))
    assert limit_of(said(tmp_path, f"{HEAD}articles:\n{articles}")) == ("articles", 5)


def test_pages(tmp_path: Path) -> None:
    pages = "pages: [" + "{}, " * 10_000 + "]\n"
    assert limit_of(said(tmp_path, HEAD + ARTICLE + pages)) == ("pages", 7)


def test_characters_of_a_paragraph(tmp_path: Path) -> None:
    text = HEAD + "articles:\n  a: {headline: 河堤, body_file: a.md}\n"
    assert limit_of(said(tmp_path, text, a="第一段。\n\n" + "字" * 1_000_001)) == ("paragraph-characters", 3)


def test_characters_of_a_headline(tmp_path: Path) -> None:
    text = f"{HEAD}articles:\n  a:\n    headline: {'河堤' * 200}\n    body: 修好了。\n"
    assert limit_of(said(tmp_path, text)) == ("headline-characters", 7)


def test_rows_of_a_table(tmp_path: Path) -> None:
    rows = "".join(f"          - [{at}, 2]\n" for at in range(limits.TABLE_ROWS.most + 1))
    text = f"{HEAD}{ARTICLE}".replace("修好了。}", "修好了。, tables: [{columns: [{title: 一}, {title: 二}], rows: [\n")
    text += ",".join(row.strip(" -\n") for row in rows.splitlines()) + "]}]}\n"
    assert limit_of(said(tmp_path, text))[0] == "table-rows"


@pytest.mark.parametrize("deep", ["[" * 100_000, "- " * 100_000, "{a: " * 300 + "}" * 300, "[" * 201 + "]" * 201])
def test_levels_of_yaml(tmp_path: Path, deep: str) -> None:
    assert limit_of(said(tmp_path, f"{HEAD}articles:\n {deep}"))[0] == "nesting"


def test_levels_are_counted_where_brackets_only_look_closed(tmp_path: Path) -> None:
    assert limit_of(said(tmp_path, f"{HEAD}articles: " + '["]", ' * 5000))[0] == "nesting"


def test_what_aliases_repeat_counts(tmp_path: Path) -> None:
    bomb = "x0: &x0 [" + "1, " * 50 + "]\n"
    bomb += "".join(f"x{at + 1}: &x{at + 1} [" + f"*x{at}, " * 50 + "]\n" for at in range(6))
    assert limit_of(said(tmp_path, HEAD + ARTICLE + bomb))[0] == "yaml-nodes"


def test_many_short_lists_are_read(tmp_path: Path) -> None:
    """Brackets are counted where they may be deep; a long table is not."""
    rows = ", ".join("[1, 2]" for _ in range(2000))
    tables = f"tables: [{{columns: [{{title: 一}}, {{title: 二}}], rows: [{rows}]}}]"
    assert not [p for p in said(tmp_path, HEAD + ARTICLE.replace("。}", f"。, {tables}}}")) if p.rule == "limit"]


def test_bytes_of_a_text_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    with file.open("wb") as sparse:
        sparse.truncate(limits.ISSUE_FILE_BYTES.most + 1)
    text, [problem] = read_utf8(file, "a.md")
    assert text == ""
    assert "issue-file-bytes" in problem.what.en
    assert problem.mark
    assert problem.mark.file == "a.md"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_a_pipe_or_a_device_is_no_issue(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "issue.yaml")
    assert examine(tmp_path)[1][0].rule in ("no-issue", "unreadable")
    os.mkfifo(tmp_path / "a.md")
    assert read_utf8(tmp_path / "a.md", "a.md")[1][0].rule == "unreadable"
    assert read_utf8(Path("/dev/zero"), "zero")[1][0].rule == "unreadable"


def test_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from layout.cli.main import main

    try:
        status = main(["build", "--lang", "en", "-j", "100000", str(tmp_path / "a"), str(tmp_path / "b")])
    except (SystemExit, LayoutError) as error:
        status = getattr(error, "code", 1)
    assert status
    assert "the limit jobs is 64" in capsys.readouterr().err


@pytest.mark.parametrize("sign", ["- ", "1. ", "> ", "* "])
def test_levels_of_a_body(tmp_path: Path, sign: str) -> None:
    """markdown-it leaves out what is nested deeper than it goes: 12 levels of lists were lost without a word."""
    text = HEAD + "articles:\n  a: {headline: 河堤, body_file: a.md}\n"
    deep = sign * (limits.BODY_LEVELS.most + 10)
    assert limit_of(said(tmp_path, text, a=f"第一段。\n\n{deep}修好了。")) == ("body-levels", 3)


def test_text_of_nested_lists_is_kept(tmp_path: Path) -> None:
    body = "\n".join(f"{'  ' * level}- 第{level}层" for level in range(limits.BODY_LEVELS.most // 2 - 1))
    (tmp_path / "issue.yaml").write_text(HEAD + "articles:\n  a: {headline: 河堤, body_file: a.md}\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(body, encoding="utf-8")
    issue, problems = examine(tmp_path)
    assert not problems
    assert issue
    assert [block.text for block in issue.articles["a"].body.blocks] == [line.strip(" -") for line in body.splitlines()]
