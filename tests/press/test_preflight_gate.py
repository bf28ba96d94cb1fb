"""The gate a finished file must pass, on every sample issue, by programs that are not ours."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy
import pikepdf
import pytest
from pdf.readers import assert_clean, colours, plate_names, run, text_of
from PIL import Image

import layout
from layout.composition import Composition
from layout.errors import Severity
from layout.press.imposition import impose
from layout.press.outlines import outline_text
from layout.press.preflight.preflight import preflight
from layout.press.printer import Printer

pytestmark = pytest.mark.slow  # every sample issue, by Ghostscript and all other programs
ISSUES = Path(__file__).parents[2] / "issues"
SAMPLES = sorted(path.parent.name for path in ISSUES.glob("*/issue.yaml"))
_PLATES = {"Cyan", "Magenta", "Yellow", "Black"}
_INKS = {"k", "K", "/DeviceCMYK", "/DeviceGray"}


class Sample(NamedTuple):
    pdf: Path
    pages: Composition
    date: str


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The PDF of a sample issue as it is delivered."""
    issue = layout.load(ISSUES / request.param)
    target = tmp_path_factory.mktemp("gate") / f"{request.param}.pdf"
    report = layout.build(ISSUES / request.param, target)
    assert report.ok, [problem.in_language() for problem in report.problems]
    return Sample(target, layout.compose(issue), issue.date.isoformat())


def painted(pdf: Path, folder: Path, *filters: str) -> list[numpy.ndarray]:
    """Each page's four plates by Ghostscript, 0–255, every dot of one colour."""
    folder.mkdir()
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", "-r50", "-dUsePDFX3Profile"]
    run(*command, *filters, "-o", folder / "%03d.tif", pdf)
    return [numpy.asarray(Image.open(path)) for path in sorted(folder.iterdir())]


def test_a_print_shop_s_preflight_finds_no_error_and_no_ink_over_the_limit(sample: Sample, coated: Printer) -> None:
    found = preflight(sample.pdf, coated)
    assert [problem.in_language() for problem in found if problem.severity is Severity.ERROR] == []
    assert {"GWG R0026", "not-checked"} & {problem.rule for problem in found} == set()


def test_it_is_pdf_x_4_with_one_registered_intent(sample: Sample, coated: Printer) -> None:
    with pikepdf.open(sample.pdf) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", coated.condition.identifier)
        assert str(intent.RegistryName) == "http://www.color.org"
        embedded = hashlib.md5(intent.DestOutputProfile.read_bytes()).hexdigest()
        assert embedded == hashlib.md5(coated.profile.read_bytes()).hexdigest()
        about = pdf.open_metadata()
        assert about["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert {about[f"xmp:{kind}Date"] for kind in ("Create", "Modify", "Metadata")} == {
            f"{sample.date}T00:00:00+08:00"
        }
        for page in pdf.pages:
            media, bleed, trim = ([float(v) for v in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
            assert media[:2] == [0, 0]
            assert bleed == media
            assert [trim[0] - bleed[0], bleed[3] - trim[3]] == pytest.approx([8.504, 8.504], abs=0.001)
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([595.276, 841.89], abs=0.001)
            assert str(page.Group.CS) == "/DeviceCMYK"


def test_no_colour_but_inks_is_left(sample: Sample) -> None:
    assert colours(sample.pdf) <= _INKS


def test_it_separates_into_the_four_plates_and_no_more(sample: Sample) -> None:
    assert plate_names(sample.pdf) == _PLATES


def test_black_text_is_on_the_black_plate_alone(sample: Sample, tmp_path: Path) -> None:
    for page in painted(sample.pdf, tmp_path / "text", "-dFILTERIMAGE", "-dFILTERVECTOR"):
        black = page[..., 3] == 255
        assert black.any()
        assert not page[black][:, :3].any()


def test_tints_and_pictures_are_whole_under_black_text(sample: Sample, tmp_path: Path) -> None:
    text = painted(sample.pdf, tmp_path / "text", "-dFILTERIMAGE", "-dFILTERVECTOR")
    whole = painted(sample.pdf, tmp_path / "whole")
    ground = painted(sample.pdf, tmp_path / "ground", "-dFILTERTEXT")
    on_tint = 0
    for letters, page, bare in zip(text, whole, ground, strict=True):
        black = letters[..., 3] == 255
        assert (page[black][:, :3] == bare[black][:, :3]).all()
        on_tint += int(bare[black][:, :3].any(axis=1).sum())
    assert on_tint or "bulletin" in sample.pdf.name  # whose only ground is paper


def test_qpdf_mupdf_poppler_and_ghostscript_read_it_without_a_word(sample: Sample) -> None:
    assert_clean(sample.pdf)


def test_every_font_is_embedded_in_part_and_says_what_its_glyphs_mean(sample: Sample) -> None:
    rows = run("pdffonts", sample.pdf).splitlines()[2:]
    assert rows
    assert {tuple(row.split()[-5:-2]) for row in rows} == {("yes", "yes", "yes")}


def test_the_text_comes_out_as_it_was_set(sample: Sample) -> None:
    printed = text_of(sample.pdf)
    for page in sample.pages.pages:
        for frame in page.frames:
            text = "".join("".join(span.text for line in frame.lines for span in line.spans).split())
            assert text in printed, (page.number, frame.article, frame.role)


def test_other_programs_find_pictures_fine_enough(sample: Sample, coated: Printer) -> None:
    rows = [row.split() for row in run("pdfimages", "-list", sample.pdf).splitlines()[2:]]
    for kind, space, across, down in ((row[2], row[5], row[12], row[13]) for row in rows):
        assert space in ("cmyk", "gray")
        if kind == "image":
            assert min(int(across), int(down)) > coated.pictures.refused


def test_it_can_be_imposed_and_still_be_printed(sample: Sample, coated: Printer, tmp_path: Path) -> None:
    impose(sample.pdf, tmp_path / "imposed.pdf")
    run("qpdf", "--check", tmp_path / "imposed.pdf")
    found = preflight(tmp_path / "imposed.pdf", coated, ink=False)
    assert [problem.in_language() for problem in found if problem.severity is Severity.ERROR] == []
    assert plate_names(tmp_path / "imposed.pdf") == _PLATES


def test_outlined_it_has_no_font_and_passes_as_well(coated: Printer, tmp_path: Path) -> None:
    report = layout.build(ISSUES / "bulletin-12", tmp_path / "live.pdf")
    assert report.pdf
    outline_text(report.pdf, tmp_path / "outlined.pdf")
    assert len(run("pdffonts", tmp_path / "outlined.pdf").splitlines()) == 2  # the head of an empty table
    found = preflight(tmp_path / "outlined.pdf", coated, ink=False)
    assert [problem.in_language() for problem in found if problem.severity is Severity.ERROR] == []
    assert colours(tmp_path / "outlined.pdf") <= _INKS
