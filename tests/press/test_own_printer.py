"""A printer's profile of one's own, as the manual shows it, and the manual's tables."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pikepdf
import pytest
import yaml

import layout
from layout.cli.main import main
from layout.press.manual import manual
from layout.press.printer import Printer, load_printer
from layout.rules.press import RULES

pytestmark = pytest.mark.slow  # whole issues are delivered

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "printing.md"
OTHER = ROOT / "styles" / "printers" / "FOGRA29-uncoated-300.icc"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """The example of the manual, beside an ICC file as the shop would give it."""
    fences = re.findall(r"```yaml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    (text,) = [text for text in fences if text.startswith("# 港湾/harbour.yaml")]
    file = tmp_path / "harbour.yaml"
    file.write_text(text, encoding="utf-8")
    shutil.copy(OTHER, tmp_path / yaml.safe_load(text)["condition"]["icc"])
    return file


def test_the_manual_s_example_changes_what_it_says_and_nothing_else(harbour: Path, coated: Printer) -> None:
    mine = load_printer(harbour)
    assert (mine.name, mine.condition.identifier, mine.ink.limit, mine.ink.spot_colours) == (
        "harbour",
        "FOGRA51",
        310,
        1,
    )
    assert mine.sheet.bleed == pytest.approx(14.173, abs=0.001)
    assert mine.condition.registry == coated.condition.registry
    assert (mine.type, mine.lines, mine.pictures) == (coated.type, coated.lines, coated.pictures)
    assert {rule for rule in RULES if mine.severity(rule) != coated.severity(rule)} == {"S12", "GWG R0026"}


def test_the_manual_s_example_builds_and_delivers(harbour: Path, tmp_path: Path) -> None:
    command = ["build", str(ROOT / "issues" / "bulletin-12"), "-o", str(tmp_path / "a.pdf"), "--marks"]
    assert main([*command, "--printer", str(harbour), "--for-print", str(tmp_path / "out")]) == 0
    delivered = tmp_path / "out" / "20261118-河湖管护简报-12.pdf"
    with pikepdf.open(delivered) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA51"
        assert intent.DestOutputProfile.read_bytes() == OTHER.read_bytes()
        bleed, trim = ([float(v) for v in pdf.pages[0][key]] for key in ("/BleedBox", "/TrimBox"))
        assert trim[0] - bleed[0] == pytest.approx(14.173, abs=0.001)
    assert {found.rule for found in layout.preflight(delivered, printer=harbour)} == {"S10"}  # two pages of eight
    ticket = yaml.safe_load(delivered.with_suffix(".ticket.yaml").read_text(encoding="utf-8"))
    assert (ticket["用纸 paper"], ticket["印刷条件 printing condition"]) == ("128 g/m² 哑粉 matt coated", "FOGRA51")


def test_the_manual_lists_every_key_and_every_rule(request: pytest.FixtureRequest) -> None:
    """`pytest --update` writes the tables anew."""
    begin, mark, tables = MANUAL.read_text(encoding="utf-8").partition("<!-- python -m layout.press.manual -->\n")
    if request.config.getoption("--update"):
        MANUAL.write_text(begin + mark + manual(), encoding="utf-8")
        tables = manual()
    assert tables == manual()
    assert all(f"| `{rule}` |" in tables for rule in RULES if RULES[rule].severity is None)
