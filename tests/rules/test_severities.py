"""An issue or a style silences a rule or raises it; what is an error stays one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

import layout
from issues import article, copy, issue, write
from layout.cli.main import main
from layout.errors import Message, Problem, Severity
from layout.production import BuildStopped, Production, build
from layout.rules.severities import apply_severities

WORDS = Message("词", "words")
SIDE_BY_SIDE = ({"a": article(), "b": article()}, [{20: "a b"}], {"a": 1, "b": 1})


def problem(rule: str, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(rule, WORDS, severity=severity)


def side_by_side(folder: Path, **fields: Any) -> Path:
    return write(folder, issue(*SIDE_BY_SIDE, **fields))


def checked(path: Path) -> list[Problem]:
    job = Production()
    with suppress(BuildStopped):
        loaded = job.read(path)
        job.proofread(loaded)
        job.compose(loaded, check_pages=True)
    return job.report.problems


def rules(problems: list[Problem]) -> list[str]:
    return [one.rule for one in problems]


def test_without_checks_problems_are_what_they_were() -> None:
    found = [problem("white"), problem("overset", Severity.ERROR)]
    assert apply_severities(found, {}) == found


def test_what_is_off_is_left_out_and_counted_in_one_note() -> None:
    found = [problem("white"), problem("tombstone"), problem("white"), problem("J4")]
    *kept, note = apply_severities(found, {"white": "off", "tombstone": "off"})
    assert rules(kept) == ["J4"]
    assert (note.rule, note.severity) == ("silenced", Severity.NOTE)
    assert note.what == Message("3 条没有列出：tombstone 1、white 2", "3 not listed: tombstone 1, white 2")


def test_applied_to_more_problems_it_counts_on_in_the_same_note() -> None:
    first = apply_severities([problem("white")], {"white": "off"})
    again = apply_severities([*first, problem("white"), problem("J4")], {"white": "off"})
    assert rules(again) == ["J4", "silenced"]
    assert again[-1].what.en == "2 not listed: white 2"


def test_an_error_stays_an_error() -> None:
    found = [problem("overset", Severity.ERROR), problem("S7", Severity.ERROR)]
    assert apply_severities(found, {"overset": "off", "S7": "note"}) == found


def test_a_later_mapping_outweighs_an_earlier_one() -> None:
    (raised,) = apply_severities([problem("white")], {"white": "off"}, {"white": "error"})
    assert raised.severity is Severity.ERROR


def test_an_issue_silences_a_rule_of_makeup(tmp_path: Path) -> None:
    assert "tombstone" in rules(checked(side_by_side(tmp_path / "loud")))
    quiet = checked(side_by_side(tmp_path / "quiet", checks={"tombstone": "off"}))
    assert "tombstone" not in rules(quiet)
    assert [one.what.en for one in quiet if one.rule == "silenced"] == ["1 not listed: tombstone 1"]


def test_an_issue_silences_a_question_of_the_proofreader(tmp_path: Path) -> None:
    said = {"a": article(body=f"新船的的票价不变，{copy(200)}")}
    found = checked(write(tmp_path, issue(said, [{30: "a"}], checks={"doubled-word": "off"})))
    assert "doubled-word" not in rules(found)
    assert "silenced" in rules(found)


def test_a_style_sets_severities_and_the_issue_has_the_last_word(tmp_path: Path) -> None:
    style = {"name": "own", "extends": "town", "checks": {"tombstone": "off", "white": "error"}}
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "style.yaml").write_text(yaml.safe_dump(style), encoding="utf-8")
    found = checked(side_by_side(tmp_path, style="own", checks={"white": "note"}))
    assert "tombstone" not in rules(found)
    assert {one.severity for one in found if one.rule == "white"} == {Severity.NOTE}


def test_a_style_inherits_checks_name_by_name(tmp_path: Path) -> None:
    from layout.style.reader import load_style

    base = {"name": "base", "extends": "town", "checks": {"tombstone": "off", "white": "error"}}
    own = {"name": "own", "extends": "base", "checks": {"white": "note"}}
    for style in (base, own):
        (tmp_path / style["name"]).mkdir()
        (tmp_path / style["name"] / "style.yaml").write_text(yaml.safe_dump(style), encoding="utf-8")
    assert load_style("own", tmp_path).checks == {"tombstone": "off", "white": "note"}


PICTURE = {"file": "weir.png", "id": "weir"}  # without alt


def with_picture(folder: Path, **fields: Any) -> Path:
    from PIL import Image

    path = write(folder, issue({"a": article(300, pictures=[PICTURE])}, [{20: "a a weir"}], {"a": 2}, **fields))
    Image.new("RGB", (1200, 900), "white").save(folder / "weir.png")
    return path


def test_a_raised_rule_keeps_the_pdf_from_being_written(tmp_path: Path) -> None:
    mild = build(with_picture(tmp_path / "mild"), tmp_path / "mild.pdf", cache=False)
    assert "no-alt" in rules(mild.problems)
    assert mild.pdf is not None
    strict = build(with_picture(tmp_path / "strict", checks={"no-alt": "error"}), tmp_path / "strict.pdf", cache=False)
    assert (strict.pdf, (tmp_path / "strict.pdf").exists()) == (None, False)
    assert next(one.severity for one in strict.problems if one.rule == "no-alt") is Severity.ERROR


def test_preflight_warnings_are_silenced_and_raised_with_the_rest(tmp_path: Path) -> None:
    one_page = {"a": article(300)}
    plain = build(write(tmp_path / "plain", issue(one_page, [{20: "a"}])), tmp_path / "plain.pdf", cache=False)
    assert "S10" in rules(plain.problems)  # one page is no multiple of four
    quiet = write(tmp_path / "quiet", issue(one_page, [{20: "a"}], checks={"S10": "off", "underset": "off"}))
    silenced = build(quiet, tmp_path / "quiet.pdf", cache=False)
    assert silenced.pdf is not None
    assert rules(silenced.problems).count("silenced") == 1
    assert "S10" not in rules(silenced.problems)
    strict = write(tmp_path / "strict", issue(one_page, [{20: "a"}], checks={"S10": "error"}))
    assert build(strict, tmp_path / "strict.pdf", cache=False).pdf is None


@pytest.mark.parametrize("rule", ["overset", "unknown-character", "limit", "placed-nowhere", "headline-long"])
@pytest.mark.parametrize("weight", ["off", "note", "warning"])
def test_an_error_named_in_checks_is_refused_with_its_place(rule: str, weight: str, tmp_path: Path) -> None:
    with pytest.raises(layout.IssueError) as raised:
        layout.load(write(tmp_path, issue({"a": article()}, [{20: "a"}], checks={rule: weight})))
    (refused,) = raised.value.problems
    assert refused.rule == "checks"
    assert f"“{rule}” is an error and cannot be {weight}" in refused.what.en
    assert refused.mark is not None
    line = (tmp_path / "issue.yaml").read_text(encoding="utf-8").splitlines()[refused.mark.line - 1]
    assert line.strip() == (f"{rule}: 'off'" if weight == "off" else f"{rule}: {weight}")


def test_an_error_may_be_named_as_what_it_is(tmp_path: Path) -> None:
    assert layout.load(write(tmp_path, issue({"a": article()}, [{20: "a"}], checks={"overset": "error"})))


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("tombstones", "unknown-key", "do you mean tombstone?"),
        ("qqqqqq", "unknown-key", "a rule's name stands in [ ]"),
        ("unsure-headline", "checks", "delete this line"),
        ("quotes", "checks", "delete this line"),
        ("fault", "checks", "delete this line"),
    ],
)
def test_a_rule_that_is_not_known_or_not_of_pages_is_refused(
    name: str, rule: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, issue({"a": article()}, [{20: "a"}], checks={name: "off"}))
    assert main(["check", str(path), "--lang", "en"]) == 1
    shown = capsys.readouterr().err
    assert f"[{rule}]" in shown
    assert words in shown


def test_off_needs_no_quotes(tmp_path: Path) -> None:
    text = yaml.safe_dump(issue(*SIDE_BY_SIDE), allow_unicode=True) + "checks: {tombstone: off}\n"
    assert layout.load(write(tmp_path, text)).checks == {"tombstone": "off"}


def test_a_style_is_held_to_the_same(tmp_path: Path) -> None:
    style = {"name": "own", "extends": "town", "checks": {"overset": "off"}}
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "style.yaml").write_text(yaml.safe_dump(style), encoding="utf-8")
    found = checked(write(tmp_path, issue({"a": article()}, [{20: "a"}], style="own")))
    assert rules(found) == ["checks"]
    assert found[0].mark is not None
    assert found[0].mark.file.endswith("style.yaml")


def test_text_left_over_is_an_error_whatever_the_weights_say() -> None:
    (left,) = apply_severities([problem("overset", Severity.ERROR)], {"overset": "off"})
    assert left.severity is Severity.ERROR


def test_fix_and_capacity_leave_out_what_is_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {"a": article(body=f"新船的的票价不变，{copy(200)}", length=50)}
    for checks, shown in (({}, True), ({"doubled-word": "off", "length": "off"}, False)):
        folder = write(tmp_path / str(shown), issue(said, [{30: "a"}], checks=checks))
        for command, rule in (
            (["fix", str(folder), "--dry-run"], "doubled-word"),
            (["fix", str(folder)], "doubled-word"),
            (["capacity", str(folder)], "length"),
        ):
            main([*command, "--lang", "en"])
            said_of = capsys.readouterr().err
            assert (f"[{rule}]" in said_of) is shown
            assert ("[silenced]" in said_of) is not shown


def test_fix_and_capacity_leave_out_what_the_style_has_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = {"a": article(body=f"新船的的票价不变，{copy(200)}", length=50)}
    folder = write(tmp_path / "issue", issue(said, [{30: "a"}], style="own"))
    (folder / "own").mkdir()
    own = {"name": "own", "extends": "town", "checks": {"doubled-word": "off", "length": "off"}}
    (folder / "own" / "style.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    for command, rule in ((["fix", str(folder)], "doubled-word"), (["capacity", str(folder)], "length")):
        main([*command, "--lang", "en"])
        shown = capsys.readouterr().err
        assert f"[{rule}]" not in shown
        assert "[silenced]" in shown
    wrong = (folder / "issue.yaml").read_text(encoding="utf-8").replace("number:", "nunber:")
    (folder / "issue.yaml").write_text(wrong, encoding="utf-8")
    main(["fix", str(folder), "--lang", "en"])  # nothing is composed
    assert "[doubled-word]" not in capsys.readouterr().err
