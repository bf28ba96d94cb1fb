"""What `build` holds a file to, and what `--for-print` puts into the print shop's folder."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import yaml

import layout
from layout.cli.main import main

pytestmark = pytest.mark.slow  # whole issues are delivered

ISSUES = Path(__file__).parents[2] / "issues"


def shop(folder: Path, **changes: object) -> Path:
    """A printer that takes next to no ink."""
    file = folder / "shop.yaml"
    file.write_text(yaml.safe_dump({"extends": "offset-coated", "name": "shop", "ink": {"limit": 100}, **changes}))
    return file


def test_ink_keeps_a_file_back_only_where_the_printer_refuses_for_it(tmp_path: Path) -> None:
    easy = layout.build(ISSUES / "2026-11", tmp_path / "a.pdf", printer=shop(tmp_path))
    assert easy.ok
    assert "GWG R0026" not in {problem.rule for problem in easy.problems}
    strict = shop(tmp_path, rules={"GWG R0026": "error"})
    refused = layout.build(ISSUES / "2026-11", tmp_path / "b.pdf", printer=strict)
    assert not refused.ok
    assert {problem.rule for problem in refused.problems} >= {"GWG R0026", "refused"}
    assert not (tmp_path / "b.pdf").exists()
    assert (tmp_path / "b.refused.pdf").exists()


def test_one_command_delivers_file_report_ticket_and_outlined_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "press"
    arguments = [str(ISSUES / "bulletin-12"), "-o", str(tmp_path / "a.pdf"), "--for-print", str(out), "--outlined"]
    assert main(["build", *arguments, "--lang", "zh"]) == 0
    said = capsys.readouterr()
    files = sorted(out.iterdir())
    assert {str(file) for file in files} <= set(said.out.splitlines())
    stem = "河湖管护简报_12_210x297_2P_3C_20261118_v1"
    assert [file.name for file in files] == [
        f"{stem}.pdf",
        f"{stem}.preflight.html",
        f"{stem}.ticket.yaml",
        f"{stem}_outlined.pdf",
    ]
    ticket = yaml.safe_load(files[2].read_text(encoding="utf-8"))
    assert (ticket["页数 pages"], ticket["色数 colours"]) == (2, "3")
    assert {"用纸 paper", "上机纸 press sheet", "装订 binding", "总墨量上限 total ink"} <= set(ticket)
    assert "可以交印" in files[1].read_text(encoding="utf-8")
    with pikepdf.open(files[3]) as pdf:
        assert len(pdf.pages) == 2


def test_delivery_measures_ink_and_its_exit_status_counts_it(tmp_path: Path) -> None:
    command = ["build", str(ISSUES / "2026-11"), "-o", str(tmp_path / "a.pdf"), "--printer", str(shop(tmp_path))]
    assert main([*command, "--for-print", str(tmp_path / "press")]) == 0  # a warning alone
    (report,) = (tmp_path / "press").glob("*.html")
    assert "GWG R0026" in report.read_text(encoding="utf-8")


def test_several_issues_are_delivered_at_once(tmp_path: Path) -> None:
    issues = [str(ISSUES / name) for name in ("bulletin-12", "specimen")]
    assert main(["build", *issues, "--folder", str(tmp_path), "--for-print", str(tmp_path / "press")]) == 0
    assert len(list((tmp_path / "press").glob("*.ticket.yaml"))) == 2
