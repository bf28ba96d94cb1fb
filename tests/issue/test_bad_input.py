"""An editor's mistakes: each told once, with place, cause and remedy in both languages, and never a traceback."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issue_folders import FAIR, GOOD, png, problems_of, said, write

from layout.errors import IssueError, Problem
from layout.issue import load


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_no_folder() -> None:
    assert said("nowhere") == "nowhere:1:1: 错误: 没有文件夹 nowhere [no-folder]\n    → 检查路径"
    assert said("nowhere", "en") == (
        "nowhere:1:1: error: there is no folder nowhere [no-folder]\n    → look at the path"
    )


def test_an_empty_folder() -> None:
    Path("07").mkdir()
    assert said("07") == "07:1:1: 错误: 文件夹是空的 [empty-folder]\n    → 用 layout new 开始一期"
    assert "the folder is empty" in said("07", "en")


def test_no_issue_yaml() -> None:
    Path("07").mkdir()
    Path("07/Issue.yml").write_text(GOOD)
    assert said("07") == "07:1:1: 错误: 文件夹里没有 issue.yaml [no-issue]\n    → 把 Issue.yml 改名为 issue.yaml？"
    assert "rename Issue.yml to issue.yaml?" in said("07", "en")
    Path("07/Issue.yml").rename("07/稿件.docx")
    assert "用 layout new 开始一期" in said("07")


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        (
            "number: 7",
            "number: [7",
            "07/issue.yaml:5:5: 错误: 括号没有配对，或缺逗号 [yaml-syntax]\n    → 用半角的逗号和括号",
            "a bracket is not closed, or a comma is missing",
        ),
        (
            "    headline: 庙会",
            "\theadline: 庙会",
            "07/issue.yaml:18:1: 错误: 这一行用制表符缩进，YAML 只认空格 [tab-indent]\n    → 把制表符换成空格",
            "this line is indented with a tab; YAML takes spaces only",
        ),
        (
            "number: 7",
            "number: 7\nnumber: 8",
            "07/issue.yaml:5:1: 错误: “number”写了两次，第一次在第 4 行 [duplicate-key]\n    → 删去一个",
            "“number” is given twice, first in line 4",
        ),
        (
            "headline: 庙会",
            "headlin: 庙会",
            "07/issue.yaml:18:5: 错误: 不认识“headlin” [unknown-key]\n    → 是 headline 吗？",
            "“headlin” is not known here",
        ),
        (
            "number: 7",
            "number: 七",
            "07/issue.yaml:4:9: 错误: 应写：整数；写的是“七” [wrong-type]\n    → 改成：整数",
            "wants a whole number; has “七”",
        ),
        (
            "headline: 庙会迁到新街",
            "headline: [庙会, 新街]",
            "07/issue.yaml:18:15: 错误: 应写：文字；写的是一个列表 [wrong-type]\n    → 改成：文字",
            "wants text; has a list",
        ),
        (
            "rank: lead",
            "rank: leader",
            "07/issue.yaml:8:11: 错误: 应写：lead、major、minor、brief 之一；写的是“leader” [wrong-type]\n    → 是 lead 吗？",
            "do you mean lead?",
        ),
        (
            "date: 2026-07-15\n",
            "",
            "07/issue.yaml:1:1: 错误: 缺 date（出版日期） [missing-key]\n    → 补上 date: …",
            "date is missing (date of issue)",
        ),
        (
            "- 20: ferry ferry ferry",
            "- 20 ferry ferry ferry",
            "07/issue.yaml:24:9: 错误: 应写：一组“键: 值”；写的是“20 ferry ferry ferry” [wrong-type]\n    → 改成：一组“键: 值”",
            "wants a mapping",
        ),
        (
            "- 20: ferry",
            "- 20行: ferry",
            "07/issue.yaml:24:9: 错误: 应写：行数、auto 或几分之几（1/3）；写的是“20行” [wrong-type]\n"
            "    → 改成：行数、auto 或几分之几（1/3）",
            "wants a number of lines, auto, or a fraction such as 1/3",
        ),
        (
            "pictures/boat.png",
            "pictures/baot.png",
            "07/issue.yaml:16:16: 错误: 找不到文件 pictures/baot.png [no-file]\n    → 是 pictures/boat.png 吗？",
            "there is no file pictures/baot.png",
        ),
        (
            "pictures/boat.png",
            "pictures\\boat.png",
            "07/issue.yaml:16:16: 错误: 找不到文件 pictures\\boat.png [no-file]\n    → 文件夹之间用 / 隔开",
            "write / between folders",
        ),
        (
            "pictures/boat.png",
            "../boat.png",
            "07/issue.yaml:16:16: 错误: 文件 ../boat.png 不在本期的文件夹里 [outside-folder]\n"
            "    → 把它复制到本期文件夹，写相对路径",
            "the file ../boat.png lies outside the issue's folder",
        ),
        (
            "pictures/boat.png",
            "/etc/hostname",
            "07/issue.yaml:16:16: 错误: 文件 /etc/hostname 不在本期的文件夹里 [outside-folder]\n"
            "    → 把它复制到本期文件夹，写相对路径",
            "lies outside the issue's folder",
        ),
        (
            "body_file: fair.md",
            "body_file: fiar.md",
            "07/issue.yaml:19:16: 错误: 找不到文件 fiar.md [no-file]\n    → 是 fair.md 吗？",
            "do you mean fair.md?",
        ),
        (
            "    body_file: fair.md\n",
            "",
            "07/issue.yaml:17:3: 错误: 稿件没有正文 [empty-body]\n    → 写上正文",
            "the article has no text",
        ),
        (
            "    body_file: fair.md\n",
            "    body: ' '\n",
            "07/issue.yaml:19:11: 错误: 稿件没有正文 [empty-body]\n    → 写上正文",
            "the article has no text",
        ),
        (
            "body_file: fair.md",
            "body_file: fair.md\n    body: 文",
            "07/issue.yaml:19:16: 错误: body 和 body_file 只能写一个 [two-bodies]\n    → 删去一个",
            "body and body_file exclude each other",
        ),
        (
            "fair:\n",
            "teasers:\n",
            "07/issue.yaml:17:3: 错误: 稿件不能叫“teasers” [article-name]\n    → 换一个不含空格、点和竖线的名字",
            "an article cannot be called “teasers”",
        ),
        (
            "{file: pictures/boat.png,",
            "{file: pictures/boat.png, id: fair,",
            "07/issue.yaml:16:39: 错误: “fair”这个名字已经有了 [name-taken]\n    → 换一个名字",
            "the name “fair” is taken",
        ),
        (
            "老船工说",
            "`老船工`说",
            "07/issue.yaml:14:7: 错误: 正文里不能用代码 `…` [markdown]",
            "a body cannot have code, `…`",
        ),
        (
            "      老船工说",
            "      ![](boat)\n\n      老船工说",
            "07/issue.yaml:14:7: 错误: 没有名叫“boat”的图片、图表或引语 [unknown-name]",
            "there is no picture, chart or quote called “boat”",
        ),
        (
            "pages:\n",
            "teasers: [{article: fery}]\npages:\n",
            "07/issue.yaml:20:21: 错误: 没有名叫“fery”的稿件 [unknown-name]\n    → 是 ferry 吗？",
            "there is no article called “fery”",
        ),
        (
            "body_file: fair.md",
            "tables: [{columns: [{title: 甲}], rows: [[1, 2]]}]",
            "07/issue.yaml:19:45: 错误: 这一行有 2 格，应有 1 格 [row-width]\n    → 补上或删去",
            "this row holds 2 cells, not 1",
        ),
        (
            "alt: 一条",
            "crop: [2, 1], alt: 一条",
            "07/issue.yaml:16:49: 错误: crop 的最小值比最大值大 [out-of-range]\n    → 写成 [小, 大]",
            "the first ratio of crop is greater than the second",
        ),
    ],
)
def test_one_mistake_is_reported_once(old: str, new: str, zh: str, en: str) -> None:
    assert GOOD.count(old) == 1 or old in ("headline: 庙会",)
    write(Path("07"), GOOD.replace(old, new))
    (problem,) = problems_of("07")
    assert zh in problem.in_language("zh")
    assert en in problem.in_language("en")


def test_no_articles() -> None:
    start, end = GOOD.index("articles:"), GOOD.index("pages:")
    write(Path("07"), GOOD[:start] + "articles: {}\n" + GOOD[end:])
    assert "articles 里没有稿件 [no-articles]" in said("07")


@pytest.mark.parametrize("data", [b"", b"not a picture", png()[:40], b"\x89PNG\r\n\x1a\n", b"<svg", b"<svg/>"])
def test_a_corrupt_picture(data: bytes) -> None:
    write(Path("07"))
    Path("07/pictures/boat.png").write_bytes(data)
    (problem,) = problems_of("07")
    assert (problem.rule, str(problem.mark)) == ("corrupt-picture", "07/issue.yaml:16:16")
    assert problem.what.zh == "图片 pictures/boat.png 已损坏或读不出来"
    assert problem.what.en.startswith("the picture pictures/boat.png is broken or cannot be read")
    assert str(Path.cwd()) not in problem.what.en
    assert problem.remedy.zh == "重新导出或复制这个文件"


def test_a_truncated_jpeg_is_reported_though_its_header_is_good() -> None:
    from PIL import Image

    write(Path("07"), GOOD.replace("boat.png", "boat.jpg"))
    noise = random.Random(1)
    Image.frombytes("L", (160, 160), bytes(noise.randrange(256) for _ in range(25600))).save("07/pictures/boat.jpg")
    assert load("07").articles["ferry"].pictures[0].width == 160
    data = Path("07/pictures/boat.jpg").read_bytes()
    Path("07/pictures/boat.jpg").write_bytes(data[: len(data) // 2])
    assert [p.rule for p in problems_of("07")] == ["corrupt-picture"]


def test_a_picture_of_a_kind_that_does_not_print() -> None:
    from PIL import Image

    write(Path("07"))
    Image.new("P", (4, 4)).save("07/pictures/boat.png", "GIF")
    assert "图片 pictures/boat.png 是 GIF，不能用 [picture-kind]" in said("07")


def test_a_link_that_leads_out_of_the_folder() -> None:
    write(Path("07"))
    Path("secret.png").write_bytes(png())
    Path("07/pictures/boat.png").unlink()
    os.symlink(Path("secret.png").resolve(), "07/pictures/boat.png")
    assert [p.rule for p in problems_of("07")] == ["outside-folder"]


def test_a_file_in_another_encoding() -> None:
    write(Path("07"), GOOD.encode("gb18030"))
    assert said("07") == (
        "07/issue.yaml:2:10: 错误: 文件不是 UTF-8 编码，看来是 GB18030 [not-utf8]\n    → 在编辑器里用“另存为”，编码选 UTF-8"
    )
    assert "it seems to be GB18030" in said("07", "en")
    write(Path("07"), fair=FAIR.encode("gb18030"))
    assert "07/fair.md:1:1: 错误: 文件不是 UTF-8 编码，看来是 GB18030" in said("07")
    write(Path("07"), fair=FAIR.encode("utf-16"))
    assert "看来是 UTF-16" in said("07")


def test_an_empty_body_file() -> None:
    write(Path("07"), fair="\n  \n")
    assert said("07") == "07/issue.yaml:19:16: 错误: 稿件没有正文 [empty-body]\n    → 写上正文"


def test_a_misspelt_key_is_one_mistake_not_two() -> None:
    write(Path("07"), GOOD.replace("body_file:", "bodyfile:"))
    assert [p.rule for p in problems_of("07")] == ["unknown-key"]
    write(Path("07"), fair="# 只有标题\n")
    assert [p.rule for p in problems_of("07")] == ["markdown"]


def test_everything_wrong_is_reported_at_once_file_by_file() -> None:
    text = GOOD.replace("number: 7", "number: 七").replace("boat.png", "bota.png").replace("rank:", "rang:")
    write(Path("07"), text, "# 题\n\n文\n\n---\n")
    assert [(p.rule, str(p.mark)) for p in problems_of("07")] == [
        ("wrong-type", "07/issue.yaml:4:9"),
        ("unknown-key", "07/issue.yaml:8:5"),
        ("no-file", "07/issue.yaml:16:16"),
        ("markdown", "07/fair.md:1:1"),
        ("markdown", "07/fair.md:5:1"),
    ]


LINES = GOOD.splitlines(keepends=True)
BITS = [
    "\t",
    "  ",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "&a ",
    "*a",
    "!t ",
    "|",
    ">",
    "#",
    "null",
    "\0",
    "\x85",
    "字",
    "**",
]
BITS += [
    "\ud800",
    "999999999999999999999",
    "-1",
    "1e9",
    "../",
    "auto",
    "\u3000",
    "<b>",
    "`",
    "[](",
    "|-|",
    "\U0001f600",
]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """The good issue after some slips: lines lost, doubled, moved, indented; characters put in and taken out."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        slip = draw(st.sampled_from(["drop", "double", "move", "indent", "insert", "cut"]))
        line = lines[at]
        column = draw(st.integers(0, len(line)))
        if slip == "drop":
            lines[at] = "\n"
        elif slip == "double":
            lines.insert(at, line)
        elif slip == "move":
            lines.insert(draw(st.integers(0, len(lines))), line)
        elif slip == "indent":
            lines[at] = draw(st.sampled_from([" ", "  ", "\t"])) + line
        elif slip == "insert":
            lines[at] = line[:column] + draw(st.sampled_from(BITS)) + line[column:]
        else:
            lines[at] = line[:column] + line[column + draw(st.integers(1, 6)) :]
    return "".join(lines).encode("utf-8", "surrogatepass")


@pytest.mark.slow
@given(spoilt(), st.text(max_size=30))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_slip_gives_a_traceback(tmp_path: Path, yaml: bytes, body: str) -> None:
    write(tmp_path / "07", yaml, body.encode("utf-8", "surrogatepass"))
    found: tuple[Problem, ...] = ()
    try:
        found = load(tmp_path / "07").problems
    except IssueError as error:
        found = error.problems
    for problem in found:
        assert problem.mark
        assert problem.mark.line >= 1
        assert all((*problem.what, *problem.remedy))


def test_a_character_written_as_two_halves_is_one_as_json_has_it(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD.replace("headline: 庙会迁到新街", 'headline: "庙会\\ud842\\udfb7迁"'))
    assert load(folder).articles["fair"].headline == "庙会𠮷迁"


@pytest.mark.parametrize("half", ["\\ud800", "\\udfb7\\ud842", "\\U0000D8FF"])
def test_half_a_character_is_refused_at_its_place(half: str) -> None:
    write(Path("07"), GOOD.replace("headline: 庙会迁到新街", f'headline: "庙会{half}"'))
    (problem,) = problems_of("07")
    assert problem.rule == "yaml-character"
    assert str(problem.mark) == "07/issue.yaml:18:15"
    assert "half a character" in problem.in_language("en")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_a_line_ends_where_editors_end_it(sign: str) -> None:
    """What only some programs take for the end of a line moves no place in a message."""
    text = GOOD.replace("老船工说", f"老船{sign}工说").replace("渡口换了新船", f"渡口{sign}换了新船")
    write(Path("07"), text.replace("number: 7", "nummer: 7").replace("庙会迁到新街", "[庙会]"))
    assert [str(problem.mark) for problem in problems_of("07")] == [
        "07/issue.yaml:1:1",
        "07/issue.yaml:4:1",
        "07/issue.yaml:18:15",
    ]
