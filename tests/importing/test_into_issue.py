"""An article goes into an issue, and not a byte of the rest changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from word_file import ISSUE, LEDE, SIGN, WordFile, image, p, picture, table

from layout.importing import ArticleError, Imported, SourcePicture, id_of, import_article, write_into
from layout.importing.issue_file import add_article
from layout.issue import load

ARTICLE = {"headline": "湿谷进烘房|晒粮不看天", "byline": "党群办", "body_file": "harvest.md"}
ENTRY = """\
  harvest:
    headline: 湿谷进烘房|晒粮不看天
    byline: 党群办
    body_file: harvest.md
"""
SAMPLES = Path(__file__).parents[2] / "issues"


def added(text: str, article: dict[str, Any] = ARTICLE) -> str:
    return add_article(text, "harvest", article, Path("issue.yaml"))


def imported(**more: Any) -> Imported:
    return Imported(Path("a.docx"), {"headline": "湿谷进烘房"}, "正文。\n", **more)


def test_the_entry_stands_after_the_last_article() -> None:
    assert added(ISSUE) == ISSUE.replace("    body_file: ferry.md\n", f"    body_file: ferry.md\n\n{ENTRY}")


@pytest.mark.parametrize("sample", sorted(path.parent.name for path in SAMPLES.glob("*/issue.yaml")))
def test_the_sample_issues_keep_every_byte(sample: str) -> None:
    before = (SAMPLES / sample / "issue.yaml").read_text(encoding="utf-8")
    lines = add_article(before, "reeds", ARTICLE, Path("issue.yaml")).splitlines(keepends=True)
    start = lines.index("  reeds:\n")
    assert "".join(lines[start : start + 4]) == ENTRY.replace("harvest:", "reeds:", 1)
    rest = lines[:start] + lines[start + 4 :]
    if "".join(rest) != before:
        del rest[start - 1]
    assert "".join(rest) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("articles:\n", f"articles:\n{ENTRY}"),
        ("articles:   # 稿件\npages: []\n", f"articles:   # 稿件\n{ENTRY}pages: []\n"),
        ("articles: {}\npages: []\n", f"articles:\n{ENTRY}pages: []\n"),
        ("articles: ~\n", f"articles:\n{ENTRY}"),
        ("number: 1\n", f"number: 1\narticles:\n{ENTRY}\n"),
        ("number: 1\n# 版面\npages: []\n", f"number: 1\narticles:\n{ENTRY}\n# 版面\npages: []\n"),
        (
            "articles:\n  a: {headline: 甲}\n  b: {headline: 乙}",
            f"articles:\n  a: {{headline: 甲}}\n  b: {{headline: 乙}}\n{ENTRY}",
        ),
        (
            "articles:\n  a:\n    body: |\n      甲\n\n  b:\n    body: |\n      乙\n    # 待补\n\n# 版\npages: []\n",
            f"articles:\n  a:\n    body: |\n      甲\n\n  b:\n    body: |\n      乙\n    # 待补\n\n{ENTRY}\n# 版\npages: []\n",
        ),
        (
            "articles:\r\n  a: {headline: 甲}\r\npages: []\r\n",
            "articles:\r\n  a: {headline: 甲}\r\n\r\n" + ENTRY.replace("\n", "\r\n") + "pages: []\r\n",
        ),
        (
            "articles:\n    a:\n        headline: 甲\n",
            "articles:\n    a:\n        headline: 甲\n\n" + "".join(f"  {line}\n" for line in ENTRY.splitlines()),
        ),
    ],
    ids=["nothing", "comment", "braces", "null", "no articles", "before pages", "flow", "literal", "crlf", "deep"],
)
def test_every_way_of_writing_articles(before: str, after: str) -> None:
    assert added(before) == after


@pytest.mark.parametrize("text", ["articles: {a: {headline: 甲}}\n", "articles: [甲]\n", "[]\n", "articles: 甲\n"])
def test_articles_in_another_shape_are_refused(text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        added(text)
    assert caught.value.problems[0].rule == "yaml-shape"


def test_yaml_with_a_mistake_is_refused_with_its_place() -> None:
    with pytest.raises(ArticleError) as caught:
        added("number: 1\narticles:\n  a: [\n")
    (problem,) = caught.value.problems
    assert problem.rule == "yaml-syntax"
    assert problem.mark
    assert problem.mark.line >= 3


def test_a_name_that_is_taken_is_refused_with_its_place() -> None:
    with pytest.raises(ArticleError) as caught:
        add_article(ISSUE, "ferry", ARTICLE, Path("issue.yaml"))
    (problem,) = caught.value.problems
    assert (problem.rule, str(problem.mark)) == ("article-exists", "issue.yaml:7:3")


@example({"headline": "\n"})
@example({"deck": "a\n\n b\n", "byline": " \u2028"})
@given(st.dictionaries(st.sampled_from(["headline", "byline", "deck"]), st.text(min_size=1), min_size=1))
def test_any_words_come_back_from_the_yaml(article: dict[str, str]) -> None:
    text = added(ISSUE, article)
    assert yaml.load(text, Loader=yaml.BaseLoader)["articles"]["harvest"] == article


def test_writing_makes_body_pictures_and_entry(issue: Path) -> None:
    data = image(1200, 800)
    written = write_into(
        issue, imported(pictures=(SourcePicture(data, ".png", "晒谷场。", "王明 摄", "竹匾", (0.25, 0.5)),)), "harvest"
    )
    assert written.body.read_text(encoding="utf-8") == "正文。\n"
    assert written.pictures[0] == issue / "pictures" / "harvest-1.png"
    assert written.pictures[0].read_bytes() == data
    article = load(issue).articles["harvest"]
    (shown,) = article.pictures
    assert (shown.id, shown.caption, shown.credit.typed, shown.alt) == ("harvest-1", "晒谷场。", "王明 摄", "竹匾")
    assert (shown.focus, shown.width) == ((0.25, 0.5), 1200)


def test_what_no_page_can_show_is_saved_but_not_placed(issue: Path) -> None:
    written = write_into(issue, imported(pictures=(SourcePicture(b"emf", ".emf", usable=False),)), "harvest")
    assert written.pictures[0].read_bytes() == b"emf"
    assert not load(issue).articles["harvest"].pictures


def test_the_same_picture_twice_is_one_file(issue: Path) -> None:
    same = (SourcePicture(image(), ".png"), SourcePicture(image(), ".png"))
    assert len(set(write_into(issue, imported(pictures=same), "harvest").pictures)) == 1
    assert len(load(issue).articles["harvest"].pictures) == 2


def test_bodies_go_where_the_others_are(issue: Path) -> None:
    text = (issue / "issue.yaml").read_text(encoding="utf-8").replace("ferry.md", "articles/ferry.md")
    (issue / "issue.yaml").write_text(text, encoding="utf-8")
    assert write_into(issue, imported(), "harvest").body == issue / "articles" / "harvest.md"


@pytest.mark.parametrize("name", ["nameplate", "auto", "a b", "a.b", "", "../a", "a/b", "-a", "a|b"])
def test_names_that_no_article_can_have(issue: Path, name: str) -> None:
    with pytest.raises(ArticleError) as caught:
        write_into(issue, imported(), name)
    assert caught.value.problems[0].rule == "article-name"


def test_files_that_are_there_stay_and_nothing_is_written(issue: Path) -> None:
    (issue / "harvest.md").write_text("别人的。", encoding="utf-8")
    before = sorted(issue.rglob("*"))
    with pytest.raises(ArticleError) as caught:
        write_into(issue, imported(pictures=(SourcePicture(image(), ".png"),)), "harvest")
    assert caught.value.problems[0].rule == "file-exists"
    assert sorted(issue.rglob("*")) == before
    assert (issue / "issue.yaml").read_text(encoding="utf-8") == ISSUE


def test_a_folder_without_an_issue(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as caught:
        write_into(tmp_path / "nowhere", imported(), "harvest")
    assert caught.value.problems[0].rule == "no-issue"


def test_an_issue_in_another_encoding(issue: Path) -> None:
    (issue / "issue.yaml").write_bytes(ISSUE.encode("gb18030"))
    with pytest.raises(ArticleError) as caught:
        write_into(issue, imported(), "harvest")
    assert caught.value.problems[0].rule == "not-utf8"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("harvest.docx", "harvest"),
        ("3.望苇桥通行了(终稿).docx", "望苇桥通行了"),
        ("2026-11-12 望苇桥 通行了.docx", "望苇桥-通行了"),
        ("【来稿】晚稻收割（1）.docx", "晚稻收割"),
        ("News Letter_v2.docx", "news-letter-v2"),
        ("20261112.docx", "article-20261112"),
        ("teasers.docx", "article-teasers"),
        ("（终稿）.docx", "article"),
    ],
)
def test_names_made_from_file_names(file: str, name: str) -> None:
    assert id_of(Path(file)) == name


def test_three_files_become_articles_that_the_reader_takes(issue: Path, tmp_path: Path) -> None:
    """Everything that an import writes reads back without an error."""
    word = WordFile(
        p("湿谷进烘房", style="a3"), p(f"本镇讯　{LEDE}"), table(["村", "亩"], ["桃浜", "6200"]), p(picture("rId10", "竹匾里的新谷")),
        p("图为晒谷场。（王明 摄）"), p("1. 不是列表 *不是强调*"), SIGN,
    )  # fmt: skip
    word.part("media/image1.jpg", image(900, 600, "JPEG"), "image")
    text = tmp_path / "诗.txt"
    text.write_bytes("收篙的人\n沈小满\n把河水\n还给了河\n\n缆绳盘成圆\n像一句话\n".encode("gb18030"))
    sources = [word.save(tmp_path / "收割.docx"), text, Path(__file__).parent / "saved_by_libreoffice.docx"]
    for path in sources:
        write_into(issue, import_article(path), id_of(path))
    found = load(issue)
    assert list(found.articles) == ["ferry", "收割", "诗", "saved-by-libreoffice"]
    harvest = found.articles["收割"]
    assert [block.kind for block in harvest.body.blocks] == ["paragraph", "table", "paragraph"]
    assert harvest.body.blocks[2].source == "1. 不是列表 *不是强调*"
    assert [block.number for block in found.articles["诗"].body.blocks] == [1, 1, 2, 2]


def test_where_a_page_has_no_map_the_article_finds_its_place_by_itself(issue: Path) -> None:
    file = issue / "issue.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "  - name: 综合\n", encoding="utf-8")
    assert not write_into(issue, imported(), "harvest").has_pages


def test_where_every_page_has_a_map_it_is_said_to_need_one(issue: Path) -> None:
    assert write_into(issue, imported(), "harvest").has_pages
