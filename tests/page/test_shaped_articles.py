"""Rules S5, S7, S8: whole articles of scripts that are shaped, and their words in an article of Chinese."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elements import frames, lines, texts

import layout
from issues import copy, issue, write
from layout.composition import Composition, PlacedLine
from layout.editor.hit_testing import _index_at
from layout.errors import IssueError

FONTS = Path(__file__).parents[1] / "fonts"
STYLE = """\
extends: town
fonts: {Uyghur: Uyghur.ttf, Tibetan: Tibetan.ttf, Hebrew: Hebrew.ttf}
fallback: [Song-Regular, Hei-Regular, Kai-Regular, Uyghur, Tibetan, Hebrew]
faces:
  ug: {Song-Regular: Uyghur, Kai-Regular: Uyghur, Song-Bold: Uyghur, Song-Black: Uyghur, Hei-Bold: Uyghur}
  bo: {Song-Regular: Tibetan, Kai-Regular: Tibetan, Song-Bold: Tibetan, Song-Black: Tibetan, Hei-Bold: Tibetan}
"""
SENTENCE = "بۇ يىل كەنت ئاھالىلىرى 120 توننا ئۈزۈم ئۈزدى، ھوسۇل ياخشى بولدى. "
HEADLINE = "يېزىمىزدا ئۈزۈم مول ھوسۇل بايرىمى ئۆتكۈزۈلدى"


def compose(
    folder: Path, articles: dict[str, Any], rows: list[dict[Any, str]], columns: dict[str, int], **more: Any
) -> Composition:
    (folder / "style").mkdir(parents=True)
    (folder / "style" / "style.yaml").write_text(STYLE, encoding="utf-8")
    for name in ("Uyghur", "Tibetan", "Hebrew"):
        shutil.copy(FONTS / f"{name}.ttf", folder / "style")
    return layout.compose(layout.load(write(folder, issue(articles, rows, columns, style="style", **more))))


def uyghur(folder: Path, columns: int = 3, **fields: Any) -> Composition:
    article = {"lang": "ug", "headline": HEADLINE, "body": SENTENCE * 40} | fields
    return compose(folder, {"a": article}, [{30: "a"}], {"a": columns})


def words_of(line: PlacedLine) -> Iterator[str]:
    for span in sorted(line.spans, key=lambda span: -min(span.xs)):
        yield from span.text.split()


def test_S5_an_uyghur_article_begins_in_the_right_column(tmp_path: Path) -> None:
    body = sorted(frames(uyghur(tmp_path), "body"), key=lambda frame: frame.order)
    assert len(body) == 3
    assert [frame.x for frame in body] == sorted((frame.x for frame in body), reverse=True)
    first = body[0].lines[0]
    assert first.x + first.width < body[0].x + body[0].width  # its indent
    assert first.text.startswith("بۇ يىل")


def test_S5_lines_of_an_uyghur_article_fill_their_columns_but_the_last(tmp_path: Path) -> None:
    (frame,) = frames(uyghur(tmp_path, columns=2, body=SENTENCE * 6), "body")[:1]
    *full, last = frame.lines
    assert all(line.x == pytest.approx(frame.x, abs=0.01) for line in full[1:])
    assert all(line.x + line.width == pytest.approx(frame.x + frame.width, abs=0.01) for line in [*full[1:], last])


def test_S5_nothing_of_an_uyghur_article_is_lost(tmp_path: Path) -> None:
    pages = uyghur(tmp_path)
    printed = " ".join(text.strip() for text in texts(pages, "body"))
    assert printed.split() == (SENTENCE * 40).split()
    assert not pages.overset


def test_a_point_on_an_uyghur_line_is_a_letter_counted_from_its_right(tmp_path: Path) -> None:
    line = lines(uyghur(tmp_path), "body")[1]
    assert _index_at(line, line.x + line.width - 0.5, line.baseline) == 0
    word = line.text.rstrip().rsplit(maxsplit=1)[-1]
    assert _index_at(line, line.x + 0.5, line.baseline) >= len(line.text.rstrip()) - len(word)


def test_S8_an_uyghur_headline_is_broken_between_words_and_stands_at_the_right(tmp_path: Path) -> None:
    pages = uyghur(tmp_path, headline=f"{HEADLINE} {HEADLINE}")
    heads, (frame,) = lines(pages, "headline"), frames(pages, "headline")
    assert " ".join(line.text.strip() for line in heads).split() == 2 * HEADLINE.split()
    assert len(heads) == 2
    for line in heads:
        assert line.x + line.width == pytest.approx(frame.x + frame.width, abs=0.1)
        assert [*words_of(line)] == line.text.split()


def test_S8_a_headline_is_broken_where_the_editor_says(tmp_path: Path) -> None:
    heads = lines(uyghur(tmp_path, headline="ئۈزۈم|مول ھوسۇل"), "headline")
    assert [line.text.strip() for line in heads] == ["ئۈزۈم", "مول ھوسۇل"]


def test_S8_a_headline_that_is_too_long_is_reported(tmp_path: Path) -> None:
    pages = compose(
        tmp_path,
        {"a": {"lang": "ug", "headline": " ".join([HEADLINE] * 6), "body": SENTENCE}},
        [{4: "a.headline"}, {26: "a"}],
        {"a": 2},
    )
    assert "headline-long" in [problem.rule for problem in pages.problems]


def test_S8_chinese_and_tibetan_share_a_headline(tmp_path: Path) -> None:
    article = {"headline": "吉祥如意བཀྲ་ཤིས་བདེ་ལེགས།", "body": copy(200)}
    (line,) = lines(compose(tmp_path, {"a": article}, [{30: "a"}], {"a": 2}), "headline")
    assert [span.text for span in line.spans if span.glyphs] == ["བཀྲ་", "ཤིས་", "བདེ་", "ལེགས།"]


def test_S6_a_tibetan_article_runs_from_the_left(tmp_path: Path) -> None:
    article = {"lang": "bo", "headline": "བཀྲ་ཤིས།", "body": "ང་ཡི་མི་ལ་བཀྲ་ཤིས་བདེ་ལེགས། " * 40}
    body = frames(compose(tmp_path, {"a": article}, [{30: "a"}], {"a": 2}), "body")
    assert [frame.x for frame in body] == sorted(frame.x for frame in body)
    assert all(line.x == pytest.approx(body[0].x, abs=0.01) for line in body[0].lines[1:])


def test_words_of_three_scripts_stand_in_a_chinese_article(tmp_path: Path) -> None:
    text = "写着“ئۈزۈم مول”，又写着“བཀྲ་ཤིས།”，客人说שלום，大家都笑了。"
    pages = compose(tmp_path, {"a": {"headline": "问候", "body": text + copy(300)}}, [{30: "a"}], {"a": 1})
    assert "".join(texts(pages, "body")).startswith(text)
    faces = {span.face for line in lines(pages, "body") for span in line.spans if span.glyphs}
    assert faces == {"Uyghur", "Tibetan", "Hebrew"}
    notes = [problem.what.zh for problem in pages.problems if problem.rule == "face-fallback"]
    assert len(notes) == 3  # one for a script, not for each of its letters


def test_S7_a_paragraph_that_begins_with_joined_letters_has_no_drop_initial(tmp_path: Path) -> None:
    pages = uyghur(tmp_path, drop_initial=True)
    assert texts(pages, "body")[0].startswith("بۇ يىل")


@pytest.mark.parametrize(
    "fields",
    [
        {"names": [{"heading": "名单", "names": ["张三", "ئالىم"]}]},
        {"body": "写着[ئۈزۈم]{pú tao}。" + copy(200)},
        {"headline": "ئۈزۈم", "headline_direction": "vertical"},
    ],
    ids=["name list", "reading", "vertical headline"],
)
def test_S7_where_characters_are_placed_one_by_one_joined_letters_are_refused(
    tmp_path: Path, fields: dict[str, Any]
) -> None:
    article = {"headline": "问候", "body": copy(300)} | fields
    with pytest.raises(IssueError) as caught:
        compose(
            tmp_path, {"a": article}, [{30: "a.headline a"} if "headline_direction" in fields else {30: "a"}], {"a": 1}
        )
    (problem,) = [problem for problem in caught.value.problems if problem.rule == "unsupported-script"]
    assert "一个一个排" in problem.what.zh


def test_traditional_mongolian_in_horizontal_lines_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(IssueError) as caught:
        compose(tmp_path, {"a": {"headline": "问候", "body": "写着ᠮᠣᠩᠭᠣᠯ。" + copy(300)}}, [{30: "a"}], {"a": 1})
    assert any("传统蒙古文" in problem.what.zh for problem in caught.value.problems)
