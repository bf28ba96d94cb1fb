"""`layout fix`: does what is sure, keeps everything else byte for byte, and prints what was printed before."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import issues
from layout.cli.main import main
from layout.editor.autofix.folder import autofix
from layout.issue import changes, load
from layout.proofreading.copy import proof_texts

SAMPLES = sorted(path.parent for path in (Path(__file__).parents[2] / "issues").glob("*/issue.yaml"))
YAML = """\
# 七月号　　不要动这一行
publication: {title: 柳渡通讯, publisher: 柳渡镇党群办}   # 注
number:   7
date: 2026-07-15

articles:
  ferry:
    rank: lead
    headline: 渡口换了新船|过河只要四分钟
    body: |
      柳渡口的新船7月1日下水，可载40人（含船员）。

      老船工说：“船快了，人不急。”
  fair:
    headline: "庙会迁到新街"    # 待定
    body_file: fair.md
    byline: '文化站'
pages:
  - name: 要闻
    areas:
      - 7:  nameplate
      - 20: ferry   ferry ferry
      - auto: fair fair  fair
"""
FAIR = "庙会从**老街**迁到新街。\n\n## 摊位\n\n共有120个摊位。\n"


def issue(folder: Path, old: str = "", new: str = "", fair: str = FAIR) -> Path:
    assert old in YAML
    issues.write(folder, YAML.replace(old, new, 1) if old else YAML)
    (folder / "fair.md").write_bytes(fair.encode())
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def fixed(folder: Path) -> tuple[str, str]:
    main(["fix", str(folder), "--lang", "zh"])
    return (folder / "issue.yaml").read_bytes().decode(), (folder / "fair.md").read_bytes().decode()


def test_what_is_good_stays_byte_for_byte(tmp_path: Path) -> None:
    before = texts(issue(tmp_path))
    assert main(["fix", str(tmp_path)]) == 0
    assert texts(tmp_path) == before


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_samples_need_nothing_but_spaces_beside_han_taken_out(sample: Path) -> None:
    fixes = autofix(sample)
    assert {(change.old, change.new) for change in fixes.changes} <= {(" ", "")}
    assert fixes.left == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("headline: 渡口", "headlin: 渡口"),
        ("headline: 渡口", "Headline: 渡口"),
        ("body_file: fair.md", "body-file: fair.md"),
        ("title: 柳渡通讯", "titel: 柳渡通讯"),
        ("byline: '文化站'", "署名: '文化站'"),
        ("rank: lead", "rank: leed"),
        ("rank: lead", "rank: Lead"),
        ("headline: 渡口", "headline：渡口"),
        ("headline: 渡口", "headline:渡口"),
        ("    rank: lead", "\trank: lead"),
        ("areas:", "aeras:"),
        ("20: ferry   ferry ferry", "20: fery   fery ferry"),
        ("7:  nameplate", "7:  name-plate"),
        ("可载40人（含船员）。", "可载40人(含船员)。"),
        ("下水，可载", "下水,可载"),
        ("下水，可载", "下水， 可载"),
        ("老船工说：“船快了，人不急。”", '老船工说:"船快了,人不急."'),
        ('"庙会迁到新街"', '"庙会迁到新街 "'),
        ("7月1日下水", "７月１日下水"),
        ("下水，可载", "下水，，可载"),
    ],
)
def test_a_slip_in_the_yaml_is_put_right_and_nothing_else(old: str, new: str, tmp_path: Path) -> None:
    yaml, fair = fixed(issue(tmp_path, old, new))
    assert (yaml, fair) == (YAML, FAIR)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("　　庙会从**老街**迁到新街...\n", "庙会从**老街**迁到新街……\n"),
        ("庙会从**老街,**迁到(新街)。\n", "庙会从**老街，**迁到（新街）。\n"),
        ("庙会,见[地图(新)](http://a.example/b,c(d))。\n", "庙会，见[地图（新）](http://a.example/b,c(d))。\n"),
        ("庙会 很 大\n也很(热闹),人多。\n", "庙会 很 大\n也很（热闹），人多。\n"),
        ("姓名____  部门____\n\n王英 李芳 张伟\n", "姓名____　部门____\n\n王英 李芳 张伟\n"),
        ("```verse\n　　桨声慢\n潮声, 也慢\n```\n", "```verse\n　　桨声慢\n潮声，也慢\n```\n"),
        ("## 摊位(南)\n\n- 糖人,面人\n- 风筝\n", "## 摊位（南）\n\n- 糖人，面人\n- 风筝\n"),
        ("> 老人说:“好。”\n", "> 老人说：“好。”\n"),
        ("一. 先看船\n\n（一）、再看人\n", "一、先看船\n\n（一）再看人\n"),
        ("7月1日-8月2日办庙会。\n", "7月1日—8月2日办庙会。\n"),
        ("庙会·很大.人很多.\n", "庙会·很大.人很多。\n"),
        ("庙会很大", "庙会很大"),
        ("\ufeff庙会很大,人多。\n", "庙会很大，人多。\n"),
        ("庙会很大,人多。\r\n\r\n再来。\r\n", "庙会很大，人多。\r\n\r\n再来。\r\n"),
    ],
)
def test_a_slip_in_a_body_is_put_right_and_nothing_else(typed: str, wanted: str, tmp_path: Path) -> None:
    assert fixed(issue(tmp_path, fair=typed)) == (YAML, wanted)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rank: lead", "rnk_x: lead", "unknown-key"),
        ("headline: 渡口", "headline: 旧题\n    headlin: 渡口", "unknown-key"),  # which of the two?
        ("下水，可载", "下水，的的可载", "doubled-word"),
        ("老船工说：“船", "老船工说：船", "J5"),
    ],
)
def test_what_is_not_sure_is_left_and_reported(
    old: str, new: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(issue(tmp_path, old, new))
    main(["fix", str(tmp_path), "--lang", "zh"])
    assert texts(tmp_path) == before
    assert f"[{said}]" in capsys.readouterr().err


def test_a_dry_run_shows_the_difference_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = texts(issue(tmp_path, "下水，可载", "下水,可载", fair=FAIR.replace("。", ".")))
    assert main(["fix", str(tmp_path), "--dry-run", "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "-      柳渡口的新船7月1日下水,可载40人（含船员）。\n+      柳渡口的新船7月1日下水，可载" in said.out
    assert "+庙会从**老街**迁到新街。" in said.out
    assert "没有写" in said.err
    assert texts(tmp_path) == before


def test_what_was_done_is_reported_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    issue(tmp_path, "headline: 渡口", "headlin: 渡口", fair="庙会很大,人多。\n")
    assert main(["fix", str(tmp_path), "--lang", "zh"]) == 0
    said = capsys.readouterr().err
    assert f"{tmp_path}/issue.yaml:9:5: headlin → headline [unknown-key]" in said
    assert f"{tmp_path}/fair.md:1:5: , → ， [J12 full-width]" in said
    assert "改了 2 处" in said


def test_a_body_in_gb18030_becomes_utf8(tmp_path: Path) -> None:
    issue(tmp_path)
    (tmp_path / "fair.md").write_bytes(FAIR.encode("gb18030"))
    assert fixed(tmp_path) == (YAML, FAIR)


def test_a_second_run_finds_nothing_to_do(tmp_path: Path) -> None:
    issue(tmp_path, "rank: lead", "rank: leed", fair="　　一. 庙会(很大),,人多...\n")
    fixed(tmp_path)
    before = texts(tmp_path)
    assert autofix(tmp_path).changes == []
    assert fixed(tmp_path)
    assert texts(tmp_path) == before


def test_a_file_saved_in_the_meantime_is_not_written_over(tmp_path: Path) -> None:
    fixes = autofix(issue(tmp_path, fair="庙会很大,人多。\n"))
    (tmp_path / "fair.md").write_text("编辑刚存的。\n", encoding="utf-8")
    assert fixes.save() == []
    assert (tmp_path / "fair.md").read_text(encoding="utf-8") == "编辑刚存的。\n"


def test_a_disk_that_is_full_leaves_the_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(issue(tmp_path, fair="庙会很大,人多。\n"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layout.runtime.files.os.replace", full)
    assert main(["fix", str(tmp_path)]) == 1
    assert texts(tmp_path) == before


def test_no_issue_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", str(tmp_path), "--lang", "zh"]) == 1
    assert "layout new" in capsys.readouterr().err


def test_after_it_hygiene_has_nothing_left_to_do_and_the_same_is_printed(tmp_path: Path) -> None:
    """Bodies of the samples, typed badly at random: what is printed stays, and is typed so in the files."""
    chance = random.Random(11)
    folder = tmp_path / "issue"
    shutil.copytree(SAMPLES[0], folder, ignore=shutil.ignore_patterns("sources"))
    spoil = {"，": ",", "。": "。 ", "（": "(", "）": ")", "：": ":", "“": '"', "”": '"', "——": "--", "；": "; "}
    for body in sorted(folder.glob("*.md")):
        text = body.read_text(encoding="utf-8")
        for good, bad in spoil.items():
            parts = text.split(good)
            text = parts[0] + "".join((bad if chance.random() < 0.3 else good) + part for part in parts[1:])
        body.write_text(text, encoding="utf-8")
    before = [(copy.article, copy.text) for copy in proof_texts(load(folder))]
    assert len(list(changes(load(folder)))) > 100
    assert main(["fix", str(folder)]) == 0
    issue = load(folder)
    assert [(copy.article, copy.text) for copy in proof_texts(issue)] == before
    assert {printed for _, _, printed in changes(issue)} == {"\u3000"}  # after bold lead-ins
