"""Whatever an author writes: no word is lost, and the issue's reader takes what comes out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_file import WordFile, bare, lost_words, p, r, table, words_of

from layout.importing import ArticleError, Imported, import_article
from layout.issue.markdown import parse
from layout.records import Prose

WORDS = st.text("湿谷进烘房晒粮不看天，。：；！？、“”（）《》—…ab12 3.5*_`[]<>&~#|\\-+=　", min_size=1, max_size=24)
LOOKS = st.sampled_from(
    ["", "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', '<w:em w:val="dot"/>', "<w:strike/>", "<w:vanish/>"]
)
RUNS = st.lists(st.builds(r, WORDS, LOOKS), min_size=1, max_size=4)
STYLES = st.sampled_from(["", "", "", "", "a3", "1", "2", "a4", "a5", "yt", "a6"])
SIDES = st.sampled_from(["", "", "", "center", "right"])
PARAGRAPHS = st.builds(lambda runs, style, side: p(*runs, style=style, side=side), RUNS, STYLES, SIDES)
TABLES = st.builds(table, st.lists(WORDS, min_size=2, max_size=2), st.lists(WORDS, min_size=2, max_size=2))


def brought(path: Path) -> Imported | None:
    """The article; None where the file holds none, which is said."""
    try:
        return import_article(path)
    except ArticleError as error:
        if error.problems[0].rule != "no-text":
            raise
        return None


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, TABLES), min_size=1, max_size=8))
def test_of_any_word_file(blocks: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = WordFile(*blocks).save(Path(folder) / "稿.docx")
        got = brought(path)
        if got is None:
            return
        assert not lost_words(path, got)
    _, problems = parse(Prose.of_file(got.body, "稿.md"), verse=got.fields.get("kind") == "verse")
    assert not problems


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8), st.sampled_from(["txt", "html", "md"]))
def test_of_any_text(lines: list[str], kind: str) -> None:
    if kind == "html":
        escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
        text = "".join(f"<p>{line}</p>" for line in escaped)
    else:
        text = "\n\n".join(lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"稿.{kind}"
        path.write_text(text, encoding="utf-8")
        got = brought(path)
        if got is None:
            return
    _, problems = parse(Prose.of_file(got.body, "稿.md"), verse=got.fields.get("kind") == "verse")
    assert not problems
    if kind != "md":
        kept = words_of(got)
        assert all(bare(line) in kept or bare(line)[:4] in kept for line in lines)
