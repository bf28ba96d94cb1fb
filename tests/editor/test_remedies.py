"""What a message says to do works when it is done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

import layout
from issues import article, copy, issue, write
from layout.cli.main import main
from layout.errors import Problem
from layout.issue.reader import examine
from layout.rules.press import RULES
from layout.style.reader import load_style


def problems(folder: Path, rule: str) -> list[Problem]:
    loaded = layout.load(folder)
    style = load_style(loaded.style, loaded.folder, None)
    try:
        found = layout.compose(loaded, style, check_pages=True).problems
    except layout.IssueError as error:
        found = error.problems
    return [problem for problem in (*loaded.problems, *found) if problem.rule == rule]


# Overset.


def test_the_last_of_several_areas_is_to_grow_and_no_other(tmp_path: Path) -> None:
    def story(more: int = 0) -> Path:
        areas = [{8: "a a a"}, {6: "b b b"}, {9 + more: "a a ."}]
        return write(tmp_path, issue({"a": article(1150), "b": article(100)}, areas, {"a": [3, 2]}))

    (told,) = problems(story(), "overset")
    found = re.search(r"make the last of its areas \(page 1\) (\d+) lines? higher, no other", told.remedy.en)
    assert found
    more = int(found.group(1))
    assert f"加高 {more} 行，别的不动" in told.remedy.zh
    assert problems(story(more), "overset") == []
    assert more == 1 or problems(story(more - 1), "overset")


def test_one_area_grows_by_the_lines_that_its_columns_share(tmp_path: Path) -> None:
    def story(lines: int) -> Path:
        return write(tmp_path, issue({"a": article(900)}, [{lines: "a a a"}], {"a": 3}))

    (told,) = problems(story(15), "overset")
    found = re.search(r"make its area (\d+) lines? higher", told.remedy.en)
    assert found
    assert problems(story(15 + int(found.group(1))), "overset") == []


# A poster.


def test_a_page_that_a_picture_fills_is_not_empty(tmp_path: Path) -> None:
    Image.new("RGB", (1200, 1800), "teal").save(tmp_path / "a.jpg")
    poster = {"headline": "秋收晚会", "kind": "picture_news", "pictures": [{"id": "p", "file": "a.jpg"}]}
    write(tmp_path, issue({"a": poster}, [{"1/1": "a"}], {"a": 3}))
    assert problems(tmp_path, "white") == []


# Names of keys.


def test_mark_is_sooner_end_mark_than_rank(tmp_path: Path) -> None:
    write(tmp_path, issue({"a": article(mark="yes")}, [{20: "a"}]))
    _, found = examine(tmp_path)
    (told,) = [problem for problem in found if problem.rule == "unknown-key"]
    assert told.remedy.en == "do you mean end_mark?"
    assert told.fix is None


# Headlines.


@pytest.mark.parametrize(("characters", "warned"), [(40, False), (62, True)])
def test_a_headline_that_no_glance_takes_in_is_warned_of(tmp_path: Path, characters: int, warned: bool) -> None:
    headline = copy(characters)[:characters]
    _, found = examine(write(tmp_path, issue({"a": article(headline=headline)}, [{20: "a"}])))
    assert [problem.rule for problem in found] == ["long-headline"] * warned


# Characters that no face has.

EMOJI = "渡口🎉通航🎉 了😀，欢迎👍🏽来坐船。\n\n船票 😀 两元。\n"


def emoji_issue(folder: Path) -> Path:
    write(
        folder, issue({"a": article(headline="通航🎉啦", body=None, body_file="a.md"), "b": article(60)}, [{30: "a b"}])
    )
    text = (folder / "issue.yaml").read_text(encoding="utf-8").replace("    body: null\n", "")
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    (folder / "a.md").write_text(EMOJI, encoding="utf-8")
    return folder


def test_an_article_has_one_message_for_all_its_characters(tmp_path: Path) -> None:
    (told,) = problems(emoji_issue(tmp_path), "unknown-character")
    assert "“🎉”（U+1F389）×3、“😀”（U+1F600）×2、“👍”（U+1F44D）" in told.what.zh
    assert told.mark is not None
    line = (tmp_path / "a.md").read_text(encoding="utf-8").splitlines()[0]
    assert told.mark.line == 1
    assert line[told.mark.column - 1] == "🎉"


def test_fix_takes_emoji_out_where_it_is_asked_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emoji_issue(tmp_path)
    assert main(["fix", str(tmp_path), "--lang", "zh"]) == 1
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == EMOJI
    assert "layout fix --emoji" in capsys.readouterr().err
    main(["fix", str(tmp_path), "--emoji", "--lang", "zh"])
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "渡口通航 了，欢迎来坐船。\n\n船票 两元。\n"
    assert layout.load(tmp_path).articles["a"].headline == "通航啦"
    assert problems(tmp_path, "unknown-character") == []


def test_a_rare_han_is_never_taken_out(tmp_path: Path) -> None:
    write(tmp_path, issue({"a": article(body="老师傅叫王𠀍，今年六十。")}, [{20: "a"}]))
    before = (tmp_path / "issue.yaml").read_bytes()
    assert main(["fix", str(tmp_path), "--emoji"]) == 1
    assert (tmp_path / "issue.yaml").read_bytes() == before


# What is left.


def test_fix_counts_the_errors_that_check_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, issue({"a": article(3000)}, [{20: "a"}]))

    def counted(*command: str) -> str:
        assert main([*command, str(tmp_path), "--lang", "en"]) == 1
        return re.findall(r"\d+ errors?, \d+ warnings?", capsys.readouterr().err)[-1]

    assert counted("fix") == counted("check")


def test_a_dry_run_says_that_no_page_was_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, issue({"a": article(3000)}, [{20: "a"}]))
    main(["fix", str(tmp_path), "--dry-run", "--lang", "en"])
    assert f"see layout check {tmp_path}" in capsys.readouterr().err


# Preflight.


def test_a_coarse_qr_code_is_not_to_be_scanned_again() -> None:
    remedy = RULES["GWG R0032"].remedy
    assert remedy.zh.startswith("二维码、图标要矢量（SVG）")
    assert "QR code" in remedy.en
