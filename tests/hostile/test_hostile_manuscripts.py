"""Manuscripts of strangers: bounded in time, told by the limit they break."""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random

import pytest
import web_pages as hostile_html
import word_files as hostile_docx
from damage import damaged
from lowered import lower

from layout.errors import LayoutError
from layout.importing import import_article, sources
from layout.importing.manuscript import ArticleError
from layout.importing.word import package

pytestmark = pytest.mark.slow  # much of everything

GOOD = {
    ".html": "<h1>渡船照常开行</h1><p>柳溪渡口的<b>渡船</b>照常开行。</p><table><tr><td>早</td><td>晚</td></tr></table>"
    * 3,
    ".md": "---\n作者: 陈望\n---\n# 渡船照常开行\n\n柳溪渡口的**渡船**照常开行。[^1]\n\n- 早班\n- 晚班\n\n[^1]: 据渡口告示。\n",
    ".txt": "渡船照常开行\n\n　　柳溪渡口的渡船照常开行。\n　　早晚各加一班。\n（陈望）\n",
}


def brought(path: Path) -> str:
    """The text that comes of a file, or the rules of what is wrong with it."""
    try:
        return import_article(path).body
    except ArticleError as error:
        return " ".join(problem.rule for problem in error.problems) + " " + str(error)


@pytest.mark.parametrize("kind", hostile_docx.KINDS)
def test_every_kind_of_word_file_is_read_in_no_time(tmp_path: Path, kind: str) -> None:
    for size in (1, 97, 99_999_999):
        begun = time.process_time()
        assert brought(hostile_docx.KINDS[kind](tmp_path / "a.docx", size))
        assert time.process_time() - begun < 5


@pytest.mark.parametrize("kind", hostile_html.KINDS)
def test_every_kind_of_page_is_read_in_no_time(tmp_path: Path, kind: str) -> None:
    for size in (1, 97, 3000):
        (tmp_path / "a.html").write_text(hostile_html.KINDS[kind](size), encoding="utf-8")
        begun = time.process_time()
        assert brought(tmp_path / "a.html")
        assert time.process_time() - begun < 5


@pytest.mark.parametrize("kind", hostile_html.MARKDOWN)
def test_every_kind_of_markdown_is_read_in_no_time(tmp_path: Path, kind: str) -> None:
    for size in (1, 97, 3000):
        (tmp_path / "a.md").write_text(hostile_html.MARKDOWN[kind](size), encoding="utf-8")
        begun = time.process_time()
        assert brought(tmp_path / "a.md")
        assert time.process_time() - begun < 5


def test_a_bomb_of_zeros_is_refused_by_the_size_it_declares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lower(monkeypatch, "layout.importing.word.package.MANUSCRIPT_INFLATED_BYTES", 3 << 20)
    assert "manuscript-inflated-bytes" in brought(hostile_docx.zeros(tmp_path / "a.docx", 4))
    assert "渡船" in brought(hostile_docx.zeros(tmp_path / "b.docx", 2))


@pytest.mark.parametrize(
    ("limit", "kind", "size"),
    [
        ("layout.importing.word.package.MANUSCRIPT_PARTS", "many parts", 50),
        ("layout.importing.word.package.MANUSCRIPT_ELEMENTS", "runs", 50),
        ("layout.importing.word.package.MANUSCRIPT_PARAGRAPHS", "paragraphs", 50),
        ("layout.importing.word.package.MANUSCRIPT_XML_BYTES", "paragraphs", 50),
    ],
)
def test_what_a_word_file_has_too_much_of_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, kind: str, size: int
) -> None:
    path = hostile_docx.KINDS[kind](tmp_path / "a.docx", size)
    assert "渡" in brought(path)
    lower(monkeypatch, limit, 20)
    assert getattr(package, limit.rpartition(".")[2]).name in brought(path)


def test_a_level_that_word_does_not_know_is_its_deepest(tmp_path: Path) -> None:
    for level in (9, 99_999_999_999, int("9" * 4000)):
        assert "修缮桥面" in brought(hostile_docx.level(tmp_path / "a.docx", level))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("nested div", "nesting"),
        ("nested span", "nesting"),
        ("nested links", "nesting"),
        ("attributes", "html-attributes"),
    ],
)
def test_what_a_page_has_too_much_of_is_named(tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / "a.html").write_text(hostile_html.KINDS[kind](100_000), encoding="utf-8")
    begun = time.process_time()
    assert name in brought(tmp_path / "a.html")
    assert time.process_time() - begun < 3


def test_elements_of_a_page_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text("<p>渡船照常开行</p>" * 100, encoding="utf-8")
    assert "渡船" in brought(tmp_path / "a.html")
    lower(monkeypatch, "layout.importing.html_parser.HTML_ELEMENTS", 99)
    assert "html-elements" in brought(tmp_path / "a.html")


def test_what_is_no_file_is_reported_so(tmp_path: Path) -> None:
    for suffix in (".docx", ".html", ".md", ".txt"):
        os.mkfifo(tmp_path / f"pipe{suffix}")
        (tmp_path / f"folder{suffix}").mkdir()
        (tmp_path / f"empty{suffix}").write_bytes(b"")
        (tmp_path / f"zero{suffix}").symlink_to("/dev/zero")
        for name in ("pipe", "folder", "empty", "zero", "none"):
            with pytest.raises(ArticleError):
                import_article(tmp_path / f"{name}{suffix}")


def test_a_fault_of_the_program_is_not_reported_as_one_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hostile_docx.paragraphs(tmp_path / "a.docx", 2)

    def broken(_: Path) -> None:
        raise IndexError("ours")

    monkeypatch.setattr(sources, "_reader", lambda _: broken)
    with pytest.raises(IndexError):
        import_article(path)


@pytest.mark.parametrize("kind", [*GOOD, ".docx"])
def test_damaged_manuscripts_are_brought_in_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a{kind}"
    if kind == ".docx":
        good = [hostile_docx.spans(path, 3).read_bytes(), hostile_docx.level(path, 3).read_bytes()]
    else:
        good = [GOOD[kind].encode(), GOOD[kind].encode("gb18030"), GOOD[kind].encode("utf-16")]
    for seed in range(60):
        path.write_bytes(damaged(good[seed % len(good)], seed))
        assert brought(path)


def test_xml_of_a_word_file_damaged_inside_is_brought_in_or_refused(tmp_path: Path) -> None:
    """A damaged archive is seldom opened; so the text inside is damaged before it is packed."""
    random = Random(7)
    body = hostile_docx.LEDE + '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + hostile_docx.LEDE * 2
    body += "</w:tc></w:tr></w:tbl><w:p><w:r><w:drawing/><w:ruby><w:rt/></w:ruby><w:sym w:char='F0'/></w:r></w:p>"
    words = ["w:p", "w:r", "w:t", "w:tc", "w:tr", "w:tbl", "w:gridSpan", "w:val", "w:sym", "w:ruby", "w:drawing"]
    for seed in range(60):
        text = body.replace(random.choice(words), random.choice(words))
        text = damaged(text.encode(), seed).decode("utf-8", "ignore") if seed % 2 else text
        assert brought(hostile_docx.package(tmp_path / "a.docx", text))


def test_an_issue_nested_too_deep_takes_nothing_in(tmp_path: Path) -> None:
    from layout.importing.issue_file import add_article

    for text in ("a: " + "[" * 3000 + "]" * 3000 + "\n", "a: &a [x]\nb: [" + "*a, " * 40 + "]\n"):
        with pytest.raises(LayoutError):
            add_article(text, "ferry", {"headline": "渡船"}, tmp_path / "issue.yaml")


def test_ten_megabytes_take_no_twenty_seconds(tmp_path: Path) -> None:
    for name, text in {
        "a.txt": "柳溪渡口的渡船照常开行。\n" * 300_000,
        "b.html": "<p>柳溪渡口的渡船照常开行。</p>" * 240_000,
        "c.md": "柳溪渡口的渡船照常开行。\n\n" * 270_000,
        "d.txt": "渡" * 3_400_000,
        "e.html": "<p>" + "渡" * 3_300_000,
        "f.md": "渡船。" * 300_000,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        begun = time.process_time()
        brought(tmp_path / name)
        assert time.process_time() - begun < 20, name
    begun = time.process_time()
    brought(hostile_docx.paragraphs(tmp_path / "g.docx", 19_000))
    assert time.process_time() - begun < 20
