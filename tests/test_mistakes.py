"""What an editor gets wrong is reported: where, what, and what would mend it. Never a traceback, never half a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from issues import article, copy, issue, write
from layout.cli.main import main


def told(capsys, *arguments: str) -> tuple[int, str]:
    status = main([*arguments])
    return status, capsys.readouterr().err


GOOD = issue({"a": article(200)}, [{30: "a"}])

MISTAKES = {
    "placed-nowhere": (
        issue({"a": article(), "b": article()}, [{30: "a"}]),
        r"issue\.yaml:\d+:\d+: error: the article “b” is placed on no page",
        "name it in the areas of a page",
        "稿件“b”没有放进任何一版",
    ),
    "placed-twice": (
        issue({"a": article()}, [{4: "a.headline"}, {20: "a"}, {4: "a.headline"}]),
        r"issue\.yaml:\d+:\d+: error: “a\.headline” is placed twice",
        "keep one of the two",
        "“a.headline”放了两次",
    ),
    "area-row": (
        issue({"a": article()}, [{30: "a a a a"}]),
        r"issue\.yaml:\d+:\d+: error: this row has 4 cells, which do not divide the grid's 6 units",
        "write one of 1, 2, 3, 6 cells",
        "这一行有 4 格",
    ),
    "area-name": (
        issue({"harvest": article()}, [{30: "harvset"}]),
        r"error: “harvset” names no article, picture or furniture",
        "do you mean “harvest”?",
        "“harvset”不是稿件",
    ),
    "area-height": (
        issue({"a": article(), "b": article()}, [{30: "a"}, {21: "b"}]),
        r"the rows are 51 lines high, 1 more than the 50 of the type area",
        "take 1 lines away, or write auto",
        "多出 1 行",
    ),
    "area-shape": (
        issue({"a": article()}, [{4: "nameplate nameplate a"}, {4: "nameplate a a"}, {20: "a a a"}]),
        r"“nameplate” is not a rectangle",
        "takes one rectangle",
        "“nameplate”不是矩形",
    ),
    "columns": (
        issue({"a": article(), "b": article()}, [{12: "a"}, {12: "a b b"}], {"a": 2}),
        r"column 1 of 2 of “a” is cut lengthwise",
        "choose a number of columns",
        "第 1 栏被区域的边纵向切断",
    ),
    "unknown-style": (
        issue({"a": article()}, [{30: "a"}], style="twon"),
        r"issue\.yaml:\d+:\d+: error: there is no style “twon”",
        "do you mean town?",
        "没有样式“twon”",
    ),
    "headline-long": (
        issue({"a": article(headline="秋收过半" * 40)}, [{4: "a.headline"}, {26: "a"}]),
        r"is about \d+ characters too long for its box",
        "shorten it",
        "放不进题框",
    ),
    "overset": (
        issue({"a": article(3000)}, [{20: "a"}]),
        r"issue\.yaml:\d+:\d+: error: “秋收过半晒谷场上灯火通明” is \d+ characters \(\d+ lines\) too long, page 1 a",
        r"cut \d+ characters",
        "超出",
    ),
    "unknown-character": (
        issue({"a": article(body=copy(100) + "𠀍𠮷。")}, [{30: "a"}]),
        r"issue\.yaml:\d+:\d+: error: no face has “.” \(U\+2[0-9A-F]{4}\)",
        "use another character",
        "任何字体里都没有",
    ),
    "unsupported-script": (
        issue({"a": article(body=copy(100) + "泰国的“สวัสดี”，缅甸的“မင်္ဂလာပါ”。")}, [{30: "a"}]),
        r"issue\.yaml:\d+:\d+: error: “秋收过半晒谷场上灯火通明” has Thai script in 1 place, as “สวัสดี”",
        "place it as a picture",
        "泰文，1 处",
    ),
}


@pytest.mark.parametrize("rule", MISTAKES)
def test_each_mistake_has_its_message(rule, tmp_path, capsys):
    data, english, remedy, chinese = MISTAKES[rule]
    folder, output = write(tmp_path / "issue", data), tmp_path / "out.pdf"
    output.write_bytes(b"the last good PDF")
    status, said = told(capsys, "build", str(folder), "-o", str(output), "--lang", "en")
    assert status == 1
    assert f"[{rule}]" in said
    assert re.search(english, said)
    assert re.search(remedy, said)
    assert "Traceback" not in said
    assert output.read_bytes() == b"the last good PDF"
    status, said = told(capsys, "check", str(folder), "--lang", "zh")
    assert status == 1
    assert chinese in said


def test_all_mistakes_are_reported_at_once(tmp_path, capsys):
    folder = write(tmp_path / "issue", issue({"a": article(), "b": article()}, [{5: "a a a a"}, {5: "c"}]))
    _, said = told(capsys, "check", str(folder), "--lang", "en")
    assert {"[area-row]", "[area-name]", "[placed-nowhere]"} <= set(re.findall(r"\[[a-z-]+\]", said))


def test_overset_text_may_be_let_through_but_stays_an_error(tmp_path, capsys):
    folder = write(tmp_path / "issue", issue({"a": article(3000)}, [{20: "a"}]))
    output = tmp_path / "out.pdf"
    status, said = told(capsys, "build", str(folder), "-o", str(output), "--allow-overset")
    assert status == 1
    assert "[overset]" in said
    assert output.read_bytes().startswith(b"%PDF-1.6")


def test_an_output_that_cannot_be_written_is_reported(tmp_path, capsys):
    folder = write(tmp_path / "issue", GOOD)
    (tmp_path / "file").write_text("a file where a folder should be")
    status, said = told(capsys, "build", str(folder), "-o", str(tmp_path / "file" / "out.pdf"), "--lang", "en")
    assert status == 1
    assert "error" in said
    assert "Traceback" not in said


def test_wrong_usage_has_status_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["bulid", "x"])
    assert stopped.value.code == 2


@pytest.mark.parametrize("make", [lambda p: p, lambda p: p / "missing", lambda p: p / "issue.yaml"])
def test_a_folder_without_an_issue_is_reported(make, tmp_path: Path, capsys):
    status, said = told(capsys, "build", str(make(tmp_path)), "--lang", "en")
    assert status == 1
    assert "error" in said
    assert "Traceback" not in said
