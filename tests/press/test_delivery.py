"""What the print shop gets: the file under its name, a report, a job ticket, and outlined type if it asks for it."""

from __future__ import annotations

import base64
import io
import json
import subprocess
from pathlib import Path

import numpy
import pikepdf
import pytest
import yaml
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from press_sheets import HEIGHT, MM, clean, draw, page_one, save, separation

from layout.errors import LayoutError, Message, Problem
from layout.press.delivery import deliver
from layout.press.outlines import outline_text
from layout.press.preflight.findings import Finding
from layout.press.preflight.preflight import preflight
from layout.press.preflight.report import html_report, json_report, text_report
from layout.press.preflight.total_ink import separations
from layout.press.printer import Printer
from layout.press.ticket import Job, file_name, make_ticket

pytestmark = pytest.mark.slow  # whole files are delivered

JOB = Job("柳溪镇报", "第11期", "2026-11-20", run=3000)


def spotted(folder: Path) -> Path:
    pdf = clean(4)
    page_one(pdf).Resources.ColorSpace.Spot = separation(pdf, "PANTONE 186 C", (0, 1, 0.8, 0.05))
    draw(pdf, "/Spot cs 1 scn 80 300 50 50 re f")
    return save(pdf, folder / "pages.pdf")


def test_the_ticket_says_what_the_press_room_asks(tmp_path: Path, coated: Printer) -> None:
    ticket = yaml.safe_load(make_ticket(spotted(tmp_path), coated, JOB).to_yaml())
    assert ticket["成品尺寸 trim"] == "210 × 297 mm"
    assert ticket["页数 pages"] == 4
    assert ticket["色数 colours"] == "4+1"
    assert ticket["色版 plates"] == ["Cyan", "Magenta", "Yellow", "Black", "PANTONE 186 C"]
    assert ticket["各版色版 plates by page"]["第1版 page 1"] == "CMYK + PANTONE 186 C"
    assert ticket["各版色版 plates by page"]["第2版 page 2"] == "CMYK"
    assert ticket["印数 run"] == 3000
    assert ticket["用纸 paper"] == coated.delivery.paper
    assert ticket["印刷条件 printing condition"] == "FOGRA39"


def test_a_page_in_black_alone_needs_one_plate(tmp_path: Path, coated: Printer) -> None:
    pdf = clean(1)
    page_one(pdf).Contents = pdf.make_stream(b"0 0 0 1 k 100 100 50 50 re f 0 0 0 0 k 300 300 9 9 re f")
    ticket = make_ticket(save(pdf, tmp_path / "a.pdf"), coated, JOB)
    assert (ticket.plates, ticket.colours) == (("Black",), "1")


@pytest.mark.parametrize(
    ("job", "name"),
    [
        (JOB, "柳溪镇报_第11期_210x297_4P_4+1C_20261120_v1.pdf"),
        (Job("柳溪 镇报/副刊", "11", "2026-11-20", version=2), "柳溪-镇报-副刊_11_210x297_4P_4+1C_20261120_v2.pdf"),
        (Job(), "210x297_4P_4+1C_v1.pdf"),
    ],
)
def test_the_file_is_named_by_the_printers_pattern(job: Job, name: str, tmp_path: Path, coated: Printer) -> None:
    assert file_name(make_ticket(spotted(tmp_path), coated, job), coated) == name


def test_a_delivered_name_passes_the_rule_about_names(tmp_path: Path, coated: Printer) -> None:
    strict = replace(coated, rules=coated.rules | {"S12": "error"})
    delivered = deliver(save(clean(), tmp_path / "x.pdf"), tmp_path / "out", strict, JOB)
    assert delivered.findings == ()
    assert "S12" in {finding.rule for finding in preflight(tmp_path / "x.pdf", strict, ink=False)}


def test_the_folder_holds_file_report_ticket_and_outlined_edition(tmp_path: Path, coated: Printer) -> None:
    delivered = deliver(spotted(tmp_path), tmp_path / "out", coated, JOB, outlined=True)
    stem = "柳溪镇报_第11期_210x297_4P_4+1C_20261120_v1"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"{stem}.pdf",
        f"{stem}.preflight.html",
        f"{stem}.ticket.yaml",
        f"{stem}_outlined.pdf",
    }
    assert delivered.pdf.read_bytes() == (tmp_path / "pages.pdf").read_bytes()
    assert [finding.rule for finding in delivered.findings] == ["GWG R0020"]


def test_outlined_type_has_no_font_and_the_same_plates(tmp_path: Path, coated: Printer) -> None:
    source, target = spotted(tmp_path), tmp_path / "outlined.pdf"
    outline_text(source, target)
    fonts = subprocess.run(["pdffonts", target], capture_output=True, text=True, check=True).stdout
    assert len(fonts.splitlines()) == 2  # the head of the table
    before, after = (dict(separations(path, "gs", range(1, 5))) for path in (source, target))
    for page, plates in before.items():
        differing = numpy.abs(plates.astype(int) - after[page]) > 32
        assert differing.mean() < 0.001
    assert [finding.rule for finding in preflight(target, coated, ink=False)] == ["GWG R0020"]


def test_outlined_type_keeps_intent_metadata_and_boxes(tmp_path: Path) -> None:
    source, target = spotted(tmp_path), tmp_path / "outlined.pdf"
    outline_text(source, target)
    with pikepdf.open(source) as before, pikepdf.open(target) as after:
        assert after.pdf_version == before.pdf_version
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert after.Root.OutputIntents[0].RegistryName == before.Root.OutputIntents[0].RegistryName
        for old, new in zip(before.pages, after.pages, strict=True):
            assert "/ArtBox" not in new.obj
            for key in ("/BleedBox", "/TrimBox"):
                width, height = (float(old.obj[key][i + 2]) - float(old.obj[key][i]) for i in (0, 1))
                box = [float(v) for v in new.obj[key]]
                assert (box[2] - box[0], box[3] - box[1]) == pytest.approx((width, height), abs=0.01)


def test_without_ghostscript_outlining_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = save(clean(1), tmp_path / "a.pdf")
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(LayoutError, match="Ghostscript"):
        outline_text(source, tmp_path / "b.pdf")


def test_a_file_that_cannot_be_read_is_not_outlined(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("no PDF")
    with pytest.raises(LayoutError, match="cannot be outlined"):
        outline_text(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf"}


@pytest.fixture
def faulty(tmp_path: Path, coated: Printer) -> tuple[Path, list[Finding]]:
    pdf = clean(4)
    draw(pdf, f"1 0 0 rg {20 * MM} {HEIGHT - 50 * MM} {30 * MM} {10 * MM} re f", page=1)
    draw(pdf, "0 0 0 1 k BT /F 9 Tf 80 400 Td <00050006> Tj ET", page=2)
    path = save(pdf, tmp_path / "a.pdf")
    return path, preflight(path, coated, ink=False)


def test_the_text_report_ends_with_the_verdict(faulty: tuple[Path, list[Finding]], coated: Printer) -> None:
    *lines, verdict = text_report(*faulty, coated, "zh").splitlines()
    assert verdict == "a.pdf · offset-coated: 不能交印：1 个错误，1 个提醒"
    assert "第 2 版 (20.0, 40.0) mm: 错误" in lines[0]
    assert text_report(faulty[0], [], coated).splitlines() == ["a.pdf · offset-coated: ready for print"]


def test_the_json_report_has_every_place(faulty: tuple[Path, list[Finding]], coated: Printer) -> None:
    report = json.loads(json_report(*faulty, coated))
    assert (report["ok"], report["printer"]) == (False, "offset-coated")
    first = report["findings"][0]
    assert (first["rule"], first["severity"], first["page"]) == ("X5", "error", 2)
    assert list(first["places"][0].values()) == pytest.approx([20, 40, 30, 10], abs=0.02)
    assert set(first["what"]) == {"zh", "en"}


def test_the_html_report_shows_pages_with_frames_and_needs_no_other_file(
    faulty: tuple[Path, list[Finding]], coated: Printer
) -> None:
    page = html_report(*faulty, coated, "zh")
    assert page.count("<figure>") == 4
    assert page.count("data:image/jpeg;base64,") == 4
    assert "http" not in page
    font = TTFont(io.BytesIO(base64.b64decode(page.split("data:font/ttf;base64,")[1].partition(")")[0])))
    assert set(map(ord, "不能交印错误提醒第页")) <= set(font.getBestCmap())
    second = page.split("<figure>")[2]
    # 20 mm from the trim, which is 13 mm from the edge of the sheet, and a frame 1 mm outside.
    assert '<rect x="32.00" y="52.00" width="32.00" height="12.00" stroke="#c8102e"/>' in second
    assert "不能交印" in page
    assert "R0009" in page


def test_a_report_takes_problems_of_other_stages_and_escapes_what_they_say(
    faulty: tuple[Path, list[Finding]], coated: Printer
) -> None:
    other = Problem("overset", Message("《<港>》超出 47 字", "<b>47</b> over"))
    page = html_report(faulty[0], [other], coated, "zh")
    assert "《&lt;港&gt;》超出 47 字" in page
