"""A printer's profile holds every number in which shops differ, and says what is wrong with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from press_sheets import ICC

from layout.errors import Severity, StyleError
from layout.press.printer import BASE, load_printer, shipped_folder, shipped_printers
from layout.rules.press import RULES
from layout.units import mm


@pytest.mark.parametrize("name", shipped_printers())
def test_a_shipped_printer_is_whole(name: str) -> None:
    printer = load_printer(name)
    assert printer.name == name
    assert printer.profile.read_bytes()[12:20] == b"prtrCMYK"
    assert printer.condition.registry == "http://www.color.org"
    assert set(printer.rules) == {number for number, rule in RULES.items() if rule.severity is None}


def test_a_profile_is_found_by_lying_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(shipped_folder(), tmp_path / "printers")
    (tmp_path / "printers" / "ferry.yaml").write_text(
        "extends: newsprint\nname: ferry\ntitle: 渡口印刷社\nink: {limit: 220}\n", encoding="utf-8"
    )
    monkeypatch.setattr("layout.press.printer.data_folder", lambda _: tmp_path)
    assert shipped_printers() == ["offset-coated", "digital", "ferry", "newsprint", "offset-uncoated"]
    assert load_printer("ferry").ink.limit == 220


def test_the_shipped_profiles_extend_the_first_of_them() -> None:
    first, *others = shipped_printers()
    assert first == BASE
    assert not load_printer(first).extends
    assert {load_printer(name).extends for name in others} <= {first, *others}


def test_numbers_are_those_of_the_trade() -> None:
    coated, newsprint = load_printer("offset-coated"), load_printer("newsprint")
    assert (coated.ink.limit, newsprint.ink.limit) == (300, 240)
    assert coated.sheet.bleed == pytest.approx(mm(3))
    assert coated.type.least_reversed == 8
    assert newsprint.type.least_reversed == 10
    assert newsprint.severity("GWG R0004") is Severity.ERROR
    assert coated.severity("GWG R0004") is Severity.WARNING
    assert coated.severity("GWG R0033") is None


def written(folder: Path, text: str) -> Path:
    shutil.copy(ICC, folder / "shop.icc")
    path = folder / "shop.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_shop_of_ones_own_says_only_what_differs(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "extends: offset-coated\nname: harbour\ncondition: {icc: shop.icc, identifier: FOGRA51}\n"
        "ink: {limit: 310, spot_colours: 1}\nrules: {S12: warning}\n",
    )
    shop, coated = load_printer(path), load_printer("offset-coated")
    assert shop.profile == tmp_path / "shop.icc"
    assert (shop.condition.identifier, shop.condition.registry) == ("FOGRA51", coated.condition.registry)
    assert (shop.ink.limit, shop.ink.rich_black) == (310, coated.ink.rich_black)
    assert shop.severity("S12") is Severity.WARNING
    assert shop.severity("X1") is Severity.ERROR


def test_a_shop_that_names_no_icc_keeps_that_of_the_one_it_extends(tmp_path: Path) -> None:
    shop = load_printer(written(tmp_path, "extends: newsprint\nname: daily\n"))
    assert shop.profile == load_printer("newsprint").profile
    assert shop.ink.limit == 240


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("extends: offset-coated\nname: a\nink: {limmit: 300}\n", "unknown-key", 3),
        ("extends: offset-coated\nname: a\nrules: {R0009: error}\n", "unknown-key", 3),
        ("extends: offset-coated\nname: a\nrules: {X1: fatal}\n", "wrong-type", 3),
        ("extends: offset-coated\nname: a\ncondition: {icc: none.icc}\n", "no-file", 3),
        ("extends: offset-coated\nname: a\ncondition: {icc: shop.yaml}\n", "icc", 3),
        ("extends: offset-coated\nname: a\ncondition: {icc: /dev/zero}\n", "no-file", 3),
        ("extends: offset-laminated\nname: a\n", "unknown-printer", 1),
        ("extends: shop.yaml\nname: a\n", "extends", 1),
        ("name: a\n", "missing-key", 1),
    ],
)
def test_a_mistake_is_reported_with_its_place(text: str, rule: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(StyleError) as caught:
        load_printer(written(tmp_path, text))
    problem = caught.value.problems[0]
    assert problem.rule == rule
    assert problem.mark is not None
    assert (Path(problem.mark.file).name, problem.mark.line) == ("shop.yaml", line)
    assert problem.remedy.zh


def test_an_unknown_printer_is_reported_with_the_known_ones() -> None:
    with pytest.raises(StyleError, match="offset-coated"):
        load_printer("laser")
