"""Word files written by pandoc, which shares nothing with the importer: nothing is lost without being named."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pytest
from word_file import lost_words, unsure

from layout.importing import Imported, import_article

BY = 'author="何佳" date="2026-11-01T00:00:00Z"'
MORE = "到11月15日，全镇晚稻收割完毕，八成以上的湿谷当天就进了烘房。\n"


def written(folder: Path, text: str) -> Imported:
    path = folder / "稿件.docx"
    pypandoc.convert_text(text, "docx", format="markdown", outputfile=str(path))
    imported = import_article(path)
    assert lost_words(path, imported) == []
    return imported


@pytest.mark.parametrize(
    ("text", "kept", "rules"),
    [
        (f"湿谷进了烘房。[^1]\n\n[^1]: 据农业服务中心。\n\n{MORE}", ["湿谷进了烘房。①", "①据农业服务中心。"], {"footnote"}),
        (
            f"湿谷[不]{{.deletion {BY}}}[当晚]{{.insertion {BY}}}进烘房。\n\n{MORE}",
            ["湿谷当晚进烘房。"],
            {"tracked-changes"},
        ),
        (
            f'湿谷[这里要核]{{.comment-start id="0" {BY}}}进烘房[]{{.comment-end id="0"}}。\n\n{MORE}',
            ["湿谷进烘房。"],
            {"comment"},
        ),
        (f"含水率 $w = m/n$ 。\n\n$$\\sum_{{i=1}}^n x_i$$\n\n{MORE}", ["w=m/n"], {"equation"}),
        (f"{MORE}\n1. 先称\n2. 再烘\n\n- 谷子\n    - 早稻\n", ["1. 先称\n2. 再烘", "- 谷子\n  - 早稻"], set()),
        (f"{MORE}\n| 村 | 吨 |\n|----|---:|\n| 桃浜 | 96.5 |\n\nTable: 各村烘干量\n", ["| 桃浜 | 96.5 |", "各村烘干量"], set()),
        (f"{MORE}\n~~旧话~~，H~2~O，x^2^，[底线]{{.underline}}，[小字]{{.smallcaps}}。\n", ["H₂O，x²"], {"struck-out"}),
        (f"{MORE}\n[网址](http://weijing.example/a(b))，`code`。\n\n```\n一行代码\n```\n", ["一行代码"], set()),
        (f"{MORE}\n\\# 不是标题，\\*不是着重\\*。\n\n1\\. 不是列表\n", ["\\# 不是标题，\\*不是着重\\*。", "1\\. 不是列表"], set()),
        (f"{MORE}\n> 老人说：“好。”\n\n***\n\n术语\n:   解释\n", ["> 老人说：“好。”", "解释"], set()),
        ("\n\n".join(f"第{number}段，谷子进了烘房。" for number in range(400)), ["第399段"], set()),
    ],
    ids=["footnote", "tracked", "comment", "equation", "lists", "table", "looks", "code", "escapes", "quote", "long"],
)  # fmt: skip
def test_what_pandoc_writes(text: str, kept: list[str], rules: set[str], tmp_path: Path) -> None:
    imported = written(tmp_path, f"---\ntitle: 湿谷不愁\nsubtitle: 烘房夜里不关灯\n---\n\n{text}")
    assert (imported.fields["headline"], imported.fields["deck"]) == ("湿谷不愁", "烘房夜里不关灯")
    assert [words for words in kept if words not in imported.body] == []
    assert rules <= unsure(imported)


def test_styles_by_chinese_names(tmp_path: Path) -> None:
    text = '::: {custom-style="引题"}\n谷子当晚进烘房\n:::\n\n::: {custom-style="Title"}\n湿谷不愁\n:::\n\n' + MORE
    fields = written(tmp_path, text).fields
    assert (fields["kicker"], fields["headline"]) == ("谷子当晚进烘房", "湿谷不愁")
