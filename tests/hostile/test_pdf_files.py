"""PDFs of strangers: bounded in time and memory, told by the limit they break, and never blamed for our faults."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pdf_files as hostile
import pikepdf
import pytest
from damage import damaged
from lowered import lower
from press_sheets import clean, save

from layout.errors import LayoutError, Severity
from layout.pdfcontent import objects, text_interpreter
from layout.press.imposition import impose
from layout.press.preflight import walker
from layout.press.preflight.preflight import preflight
from layout.press.preflight.report import json_report
from layout.press.printer import Printer

pytestmark = pytest.mark.slow  # much of everything


def rules(path: Path, printer: Printer) -> set[str]:
    return {finding.rule for finding in preflight(path, printer, ink=False)}


def limits(path: Path, printer: Printer) -> str:
    found = [finding for finding in preflight(path, printer, ink=False) if finding.rule == "limit"]
    assert all(finding.severity is Severity.ERROR for finding in found)
    return " ".join(finding.what.en for finding in found)


def test_a_stream_that_inflates_over_the_limit_is_reported_by_it(
    tmp_path: Path, coated: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, "layout.pdfcontent.objects.PDF_OBJECT_STREAM_BYTES", 1 << 20)
    lower(monkeypatch, "layout.pdfcontent.objects.STREAM_INFLATED_BYTES", 2 << 20)
    for make in (hostile.bomb, hostile.bomb_in_bomb):
        path = hostile.save(make(3), tmp_path / "a.pdf")
        assert "stream-inflated-bytes" in limits(path, coated)
        with pytest.raises(LayoutError, match="stream-inflated-bytes"):
            impose(path, tmp_path / "b.pdf")
        assert not (tmp_path / "b.pdf").exists()
    assert limits(hostile.save(hostile.bomb(1), tmp_path / "c.pdf"), coated) == ""


def test_lzw_is_measured_before_it_is_inflated(
    tmp_path: Path, coated: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, "layout.pdfcontent.objects.PDF_OBJECT_STREAM_BYTES", 1 << 10)
    path = hostile.save(hostile.lzw_bomb(64), tmp_path / "a.pdf")
    with pikepdf.open(path) as opened:
        stream = opened.pages[0].obj.Contents
        whole = stream.read_bytes()
        assert len(whole) > 20 * len(stream.read_raw_bytes())
        assert objects._lzw_length(stream.read_raw_bytes(), 1, 1 << 40) == len(whole)
        assert objects.inflated(stream) == whole
    lower(monkeypatch, "layout.pdfcontent.objects.STREAM_INFLATED_BYTES", len(whole) - 1)
    assert "stream-inflated-bytes" in limits(path, coated)


def test_one_stream_shown_many_times_counts_each_time(
    tmp_path: Path, coated: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, "layout.pdfcontent.resources.STREAM_INFLATED_BYTES", 4 << 20)
    assert "stream-inflated-bytes" in limits(hostile.save(hostile.shared_content(6), tmp_path / "a.pdf"), coated)
    lower(monkeypatch, "layout.pdfcontent.resources.PDF_INFLATED_BYTES", 4 << 20)
    assert "pdf-inflated-bytes" in limits(hostile.save(hostile.shared_content(2, 4), tmp_path / "b.pdf"), coated)


def test_operators_of_all_pages_are_counted(tmp_path: Path, coated: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    lower(monkeypatch, "layout.pdfcontent.resources.PDF_OPERATORS", 400_000)
    path = hostile.save(hostile.shared_content(1, 3), tmp_path / "a.pdf")
    found = [finding.page for finding in preflight(path, coated, ink=False) if finding.rule == "not-checked"]
    assert found == [1, 2, 3]


def test_more_pages_than_are_read(tmp_path: Path, coated: Printer, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    save(clean(4), path)
    lower(monkeypatch, "layout.press.preflight.preflight.PDF_PAGES", 2)
    lower(monkeypatch, "layout.press.imposition.PDF_PAGES", 2)
    assert "pdf-pages" in limits(path, coated)
    with pytest.raises(LayoutError, match="pdf-pages"):
        impose(path, tmp_path / "b.pdf")


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_every_kind_is_read_in_no_time(tmp_path: Path, coated: Printer, kind: str) -> None:
    for size in (3, 40, 4999):
        path = hostile.save(hostile.KINDS[kind](size), tmp_path / "a.pdf", streams=size % 2 == 0)
        begun = time.process_time()
        findings = preflight(path, coated, ink=False)
        json.loads(json_report(path, findings, coated), parse_constant=lambda name: pytest.fail(name))
        with suppress(LayoutError):
            impose(path, tmp_path / "b.pdf")
        assert time.process_time() - begun < 5


def test_ends_of_text_without_lines_are_read_once(tmp_path: Path, coated: Printer) -> None:
    path = hostile.save(hostile.operators("ends of text", 100_000), tmp_path / "a.pdf")
    begun = time.process_time()
    rules(path, coated)
    assert time.process_time() - begun < 3


def test_what_is_no_file_is_reported_so(tmp_path: Path, coated: Printer) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "empty.pdf").write_bytes(b"")
    for path in (tmp_path, tmp_path / "pipe.pdf", tmp_path / "empty.pdf", tmp_path / "none.pdf", Path("/dev/zero")):
        assert rules(path, coated) == {"GWG R0001"}
        with pytest.raises(LayoutError):
            impose(path, tmp_path / "b.pdf")


@pytest.mark.parametrize("fault", [IndexError, ValueError, KeyError, TypeError, AttributeError, RuntimeError])
@pytest.mark.parametrize("form", [False, True])
def test_a_fault_of_the_program_is_not_reported_as_one_of_the_file(
    tmp_path: Path, coated: Printer, monkeypatch: pytest.MonkeyPatch, fault: type[Exception], form: bool
) -> None:
    path = hostile.save(hostile.operators("lines of text", 3), tmp_path / "a.pdf")
    if form:
        pdf = hostile.one_page(b"/X Do")
        inner = pdf.make_stream(b"BT /F 9 Tf 1 1 Td (a) Tj ET\n" * 3)
        inner.Subtype, inner.BBox = pikepdf.Name.Form, pikepdf.Array(hostile.A4)
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        path = hostile.save(pdf, tmp_path / "a.pdf")

    def broken(*_: object) -> None:
        raise fault("ours")

    monkeypatch.setattr(text_interpreter.TextInterpreter, "lines", broken)
    monkeypatch.setattr(walker._PageWalker, "lines", broken)
    with pytest.raises((fault, AssertionError)):
        preflight(path, coated, ink=False)


@pytest.mark.parametrize("part", range(8))
def test_damaged_files_have_findings_and_nothing_else(tmp_path: Path, coated: Printer, part: int) -> None:
    whole = []
    for streams in (True, False):
        save(clean(2), tmp_path / "whole.pdf")
        with pikepdf.open(tmp_path / "whole.pdf") as opened:
            hostile.save(opened, tmp_path / "packed.pdf", streams=streams)
        whole.append((tmp_path / "packed.pdf").read_bytes())
    whole += [hostile.save(hostile.wrong_types(part), tmp_path / "w.pdf", streams=False).read_bytes()]
    path = tmp_path / "a.pdf"
    for seed in range(part * 12, part * 12 + 12):
        path.write_bytes(damaged(whole[seed % len(whole)], seed))
        findings = preflight(path, coated, ink=False)
        json.loads(json_report(path, findings, coated), parse_constant=lambda name: pytest.fail(name))
        with suppress(LayoutError):
            impose(path, tmp_path / "b.pdf")


@pytest.mark.parametrize("command", ["preflight", "impose"])
def test_a_gigabyte_of_content_takes_no_gigabyte(tmp_path: Path, command: str) -> None:
    path = hostile.save(hostile.bomb(1000), tmp_path / "a.pdf")
    arguments = ["--no-ink"] if command == "preflight" else ["-o", str(tmp_path / "b.pdf")]
    process = subprocess.Popen(
        [sys.executable, "-m", "layout", command, str(path), "--lang", "en", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 1
    assert "stream-inflated-bytes" in said
    assert used.ru_maxrss < 1 << 20  # KiB
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4 << 20
