"""A hired inspector finds what one of our own would, and is not missed when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from layout.press.preflight.preflight import preflight
from layout.press.preflight.worker import PreflightWorker, start_preflight_worker
from layout.press.printer import load_printer
from layout.runtime.processes.worker import SubprocessWorker

PRINTER = load_printer("offset-coated")


@pytest.fixture
def inspector() -> Iterator[PreflightWorker]:
    worker = PreflightWorker(SubprocessWorker("layout.press.preflight.worker"))
    yield worker
    worker.close()


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(500, 700))
    pdf.save(tmp_path / "bad.pdf")
    return tmp_path / "bad.pdf"


def test_it_finds_the_same(bad: Path, inspector: PreflightWorker) -> None:
    found = inspector.inspect(bad, PRINTER, ink=False)
    assert found == preflight(bad, PRINTER, ink=False)
    assert len({finding.rule for finding in found}) > 3


def test_it_looks_at_one_file_after_another(
    bad: Path, inspector: PreflightWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = inspector.inspect(bad.with_name("none.pdf"), PRINTER, ink=False)
    assert [finding.rule for finding in missing] == ["GWG R0001"]
    monkeypatch.chdir(bad.parent)
    assert inspector.inspect(Path("bad.pdf"), PRINTER, ink=False) == preflight("bad.pdf", PRINTER, ink=False)


def test_when_it_is_gone_we_look_ourselves(bad: Path, inspector: PreflightWorker) -> None:
    inspector.close()
    assert inspector.inspect(bad, PRINTER, ink=False) == preflight(bad, PRINTER, ink=False)


def test_nobody_is_worker_where_all_is_imported(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout.press.preflight.worker.SubprocessWorker", lambda module: pytest.fail("hired"))
    assert start_preflight_worker().inspect(bad, PRINTER, ink=False) == preflight(bad, PRINTER, ink=False)
