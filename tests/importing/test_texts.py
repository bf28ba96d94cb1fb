"""Plain text and Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_file import Bring, image, told, unsure, words_of

from layout.errors import Severity
from layout.importing import ArticleError, import_article
from layout.issue.markdown import parse
from layout.records import Prose

LEDE = "　　本镇讯　到11月15日，全镇2.36万亩晚稻收割完毕，平均亩产645公斤，比上年增加14公斤。"
TEXT = f"湿谷当晚进烘房\n\n{LEDE}\n　　县粮库收购价每公斤2.86元，没有一车因水分被退回。\n（镇农业服务中心）\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8（带 BOM）"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16（没有 BOM）"),
        ("utf-16-be", "UTF-16（没有 BOM）"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_article_and_is_reported(
    bring: Bring, encoding: str, name: str, ends: str
) -> None:
    got = bring(TEXT.replace("\n", ends).encode(encoding))
    assert got.fields == {"headline": "湿谷当晚进烘房", "dateline": "本镇讯", "byline": "镇农业服务中心"}
    assert got.body.startswith("到11月15日，")
    assert got.body.count("\n\n") == 1
    assert f"按 {name} 编码读入" in told(got, "encoding")


def test_big5_read_as_gb18030_is_doubted(bring: Bring) -> None:
    traditional = "漢字繁體的文章，從鄰縣寄來，裡面說橋通車了，孩子們走著去上學，老人們也高興。"
    assert "encoding-doubt" in unsure(bring(traditional.encode("big5")))
    assert "encoding-doubt" not in unsure(bring(TEXT.encode("gb18030")))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, bytes(999), b"\xff\xfe\xff\xff\xff"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ArticleError) as caught:
        import_article(path)
    assert caught.value.problems[0].rule == "not-text"


@pytest.mark.parametrize("text", ["\n\n　　\n", "\ufeff"])
def test_text_without_text_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArticleError) as caught:
        import_article(path)
    assert caught.value.problems[0].rule == "no-text"


def test_lines_broken_at_one_width_are_joined_and_it_is_said(bring: Bring) -> None:
    text = LEDE.strip() * 3
    wrapped = "\n".join(text[at : at + 34] for at in range(0, len(text), 34))
    got = bring(f"湿谷进烘房\n{wrapped}\n（党群办）\n")
    assert got.body == f"{text.removeprefix('本镇讯　')}\n"
    assert "wrapped-lines" in unsure(got)


def test_paragraphs_of_one_line_each_are_not_joined(bring: Bring) -> None:
    lines = [LEDE.strip()[5:40] + "。" for _ in range(6)]
    got = bring("湿谷进烘房\n" + "\n".join(lines) + "\n（党群办）\n")
    assert got.body.count("\n\n") == 5


def test_kicker_headline_and_deck_before_the_text(bring: Bring) -> None:
    got = bring(f"全镇晚稻收割完毕\n湿谷当晚进烘房\n——收割侧记\n{LEDE}\n（党群办）\n")
    assert (got.fields["kicker"], got.fields["headline"], got.fields["deck"]) == (
        "全镇晚稻收割完毕",
        "湿谷当晚进烘房",
        "——收割侧记",
    )
    assert "unsure-headline" in unsure(got)


def test_lists_and_rules_in_plain_text(bring: Bring) -> None:
    got = bring(f"题目\n{LEDE}\n1. 先烘\n2. 后晒\n● 小户\n----------\n说完了，就这些。\n")
    assert "1. 先烘\n2. 后晒\n\n- 小户" in got.body
    assert "----------" in told(got, "rule")


def test_what_stands_under_the_text_goes_where_it_belongs(bring: Bring) -> None:
    got = bring(f"题目\n{LEDE}\n（完）\n通讯员：何佳\n责任编辑：唐一鸣\n".encode())
    assert got.fields["byline"] == "通讯员 何佳"
    assert "（完）" not in got.body
    assert "唐一鸣" in told(got, "editors")


def test_nothing_of_a_text_is_lost(bring: Bring) -> None:
    text = f"题目\n{LEDE}\n一、先说水\n水来了，田也活了。\n图片由王明提供\n（供稿：镇水利站）\n2026年11月18日\n"
    kept = words_of(bring(text))
    for line in ("题目", "先说水", "水来了田也活了", "图片由王明提供", "供稿镇水利站", "2026年11月18日"):
        assert line in kept


# Markdown.


def test_markdown_from_elsewhere_becomes_the_houses(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "桥.png").write_bytes(data := image())
    got = bring(MARKDOWN, "桥.md")
    assert got.fields == {"headline": "望苇桥通行了", "byline": "镇村建办"}
    assert got.body == HOUSE
    assert got.pictures[0].data == data
    assert (got.pictures[0].alt, got.pictures[0].caption) == ("石桥", "图为傍晚的望苇桥。")
    assert {"footnote", "rule", "front-matter"} <= {note.rule for note in got.notes}


MARKDOWN = """\
---
title: 望苇桥通行了
author: 镇村建办
tags: [桥, 路]
---
## 走着上学

他说**“好”**，*楷体*，[苇泾]{wěi jīng}，3\\*4\\*5[^a]。

![石桥](img/%E6%A1%A5.png)

*图为傍晚的望苇桥。*

### 怎么过河

> 先议后建。

- 甲
- 乙
  1. 丙

| 村 | 人 |
|---|---|
| 东圩 | 900 |

```verse
把河水

还给了河
```

***

<div>块里的字。</div>

[^a]: 见志书。
"""
HOUSE = """\
## 走着上学

他说**“好”**，*楷体*，[苇泾]{wěi jīng}，3\\*4\\*5①。

## 怎么过河

> 先议后建。

- 甲
- 乙
  1. 丙

| 村 | 人 |
| --- | --- |
| 东圩 | 900 |

```verse
把河水

还给了河
```

块里的字。

①见志书。
"""


@pytest.mark.parametrize("name", ["bridge", "craft", "street", "letter", "harvest", "vote"])
def test_a_body_of_the_house_comes_back_as_it_is(name: str, tmp_path: Path) -> None:
    body = (Path(__file__).parents[2] / "issues" / "2026-11" / f"{name}.md").read_text(encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_text(f"# 题目\n\n{body}", encoding="utf-8")
    assert import_article(path).body == body


def test_notes_say_where(bring: Bring) -> None:
    got = bring(f"# 题目\n\n{LEDE}\n\n水很深~~很浅~~。\n", "a.md")
    note = next(n for n in got.notes if n.rule == "struck-out")
    assert note.what.zh.startswith("第 3 段：")
    assert note.what.en.startswith("paragraph 3: ")
    assert note.severity is Severity.WARNING


@pytest.mark.parametrize("levels", [9, 11, 19, 45])
def test_a_deep_list_keeps_every_item_and_says_where_levels_became_one(levels: int, bring: Bring) -> None:
    text = "".join(f"{'  ' * level}- 第{level}层\n" for level in range(1, levels + 1))
    got = bring(f"# 目录\n\n{LEDE}\n\n{text}".encode(), "稿.md")
    assert all(f"- 第{level}层\n" in got.body for level in range(1, levels + 1))
    assert not parse(Prose.of_file(got.body, "稿.md"))[1]
    assert bool(told(got, "list-levels")) == (levels > 19)


def test_a_list_that_is_deeper_than_any_page_is_refused_and_not_cut(bring: Bring) -> None:
    text = "".join(f"{'  ' * level}- 第{level}层\n" for level in range(300))
    with pytest.raises(ArticleError, match="nesting"):
        bring(f"# 目录\n\n{LEDE}\n\n{text}".encode(), "稿.md")
