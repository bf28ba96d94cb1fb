"""The gate a print shop holds a file to."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from layout.composition import Box, Colour, Frame
from layout.units import mm

from .compositions import A4, body, issue, line, page, press, write
from .furniture_piece import torture
from .readers import assert_clean, colours, ink, plate_names, plates, run

TINT = Colour(0.3, 0.2, 0.1, 0.0)
UNDER_TEXT = Box("frame", 30, 40, 180, 300, fill=TINT)
NO_PICTURES = ("-dFILTERIMAGE", "-dFILTERVECTOR")


@pytest.fixture(scope="module")
def tinted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Black text on a tint, with a hairline and a frame over it."""
    lines = (
        Box("rule", 60, 60, 0.25, 200, fill=Colour()),
        Box("frame", 40, 50, 100, 100, stroke=Colour(), stroke_width=0.5),
    )
    path = tmp_path_factory.mktemp("press") / "tinted.pdf"
    return write(issue(page(body(), boxes=(UNDER_TEXT, *lines))), path)


@pytest.fixture(scope="module")
def tortured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    return write(issue(page(body(), boxes=(torture(folder),))), folder / "torture.pdf", target=press(marks=True))


def test_black_text_is_on_the_black_plate_alone(tinted: Path) -> None:
    cyan, magenta, yellow, black = plates(tinted, *NO_PICTURES)
    assert (ink(cyan), ink(magenta), ink(yellow)) == (0, 0, 0)
    assert ink(black) == 255


def test_a_tint_stays_whole_under_black_text_and_hairlines(tinted: Path, tmp_path: Path) -> None:
    alone = write(issue(page(boxes=(UNDER_TEXT,))), tmp_path / "alone.pdf")
    for with_text, without in zip(plates(tinted)[:3], plates(alone)[:3], strict=True):
        assert ink(without) > 0
        assert with_text.tobytes() == without.tobytes()


def test_white_text_knocks_out(tmp_path: Path) -> None:
    ground = Box("rule", 30, 40, 300, 60, fill=Colour(1, 0, 0, 0))
    white = Frame("a", "headline", 40, 40, 200, 60, (line("反白", 40, 90, size=48.0, colour=Colour(0, 0, 0, 0)),))
    cyan, *_ = plates(write(issue(page(white, boxes=(ground,))), tmp_path / "white.pdf"))
    inside = cyan.crop((60, 70, 180, 140))
    assert inside.getextrema() == (0, 255)


def test_no_colour_but_inks_is_left(tortured: Path, tinted: Path) -> None:
    assert colours(tinted) <= {"k", "K", "/DeviceCMYK"}
    assert colours(tortured) <= {"k", "K", "/DeviceCMYK", "/DeviceGray", "/Separation"}


def test_other_programs_read_it_without_a_word(tinted: Path, tortured: Path) -> None:
    assert_clean(tinted)
    assert_clean(tortured)


def test_a_spot_colour_has_a_plate_of_its_name(tmp_path: Path) -> None:
    spot = Colour(0, 1, 0.8, 0.05, spot="PANTONE 186 C")
    head = Frame("a", "headline", 40, 40, 200, 60, (line("专色", 40, 90, size=40.0, colour=spot),))
    tint = Box("rule", 30, 120, 100, 20, fill=Colour(0, 1, 0.8, 0.05, spot="PANTONE 186 C", tint=0.4))
    path = write(issue(page(head, boxes=(tint,))), tmp_path / "spot.pdf")
    assert plate_names(path) == {"Cyan", "Magenta", "Yellow", "Black", "PANTONE 186 C"}
    assert all(ink(plate) == 0 for plate in plates(path, "-dFILTERVECTOR")[:1])
    with pikepdf.open(path) as pdf:
        (space,) = pdf.pages[0].Resources.ColorSpace.values()
        assert str(space[1]) == "/PANTONE 186 C"
        assert [float(value) for value in space[3].C1] == [0, 1, 0.8, 0.05]


def test_furniture_can_ask_for_a_spot_colour(tortured: Path) -> None:
    assert "PANTONE 186 C" in plate_names(tortured)
    assert "PANTONE 186 C" in run("pdftotext", "-raw", tortured, "-")  # the slug line names its plates


def test_boxes_are_exact_and_start_at_zero(tinted: Path, tortured: Path) -> None:
    bleed, slug = mm(3), mm(10)
    for path, edge in ((tinted, 0.0), (tortured, slug)):
        with pikepdf.open(path) as pdf:
            boxes = {
                key: [float(value) for value in pdf.pages[0][key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
            }
            assert "/CropBox" not in pdf.pages[0]
        trim = edge + bleed
        width, height = A4[0] + 2 * trim, A4[1] + 2 * trim
        assert boxes["/MediaBox"] == pytest.approx([0, 0, width, height], abs=1e-3)
        assert boxes["/BleedBox"] == pytest.approx([edge, edge, width - edge, height - edge], abs=1e-3)
        assert boxes["/TrimBox"] == pytest.approx([trim, trim, width - trim, height - trim], abs=1e-3)


def test_it_says_that_it_is_pdf_x_4_and_for_which_press(tinted: Path) -> None:
    with pikepdf.open(tinted) as pdf:
        assert pdf.pdf_version == "1.6"
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
        assert str(intent.RegistryName) == "http://www.color.org"
        assert intent.DestOutputProfile.read_bytes()[12:20] == b"prtrCMYK"
        assert str(pdf.pages[0].Group.CS) == "/DeviceCMYK"
        assert len(pdf.trailer.ID) == 2
        about, info = pdf.open_metadata(), pdf.docinfo
        assert about["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert about["dc:title"] == str(info.Title) == "柳河新声"
        assert (
            about["xmp:CreateDate"]
            == about["xmp:ModifyDate"]
            == about["xmp:MetadataDate"]
            == "2026-11-20T00:00:00+08:00"
        )
        assert str(info.CreationDate) == str(info.ModDate) == "D:20261120000000+08'00'"
        assert (about["pdf:Trapped"], str(info.Trapped)) == ("False", "/False")
        assert about["xmpMM:DocumentID"].startswith("uuid:")
        assert about["xmp:CreatorTool"] == str(info.Creator)


def test_fonts_are_embedded_in_part_and_say_what_their_glyphs_mean(tortured: Path) -> None:
    rows = run("pdffonts", tortured).splitlines()[2:]
    assert rows
    for row in rows:
        embedded, subset, unicode = row.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")


def test_what_touches_the_trim_reaches_the_bleed(tmp_path: Path) -> None:
    band = Box("rule", 0, 0, A4[0], 20, fill=Colour(1, 0, 0, 0), bleed=True)
    cyan, *_ = plates(write(issue(page(boxes=(band,))), tmp_path / "band.pdf"), dpi=72)
    width, _ = cyan.size
    assert all(cyan.getpixel(place) == 255 for place in ((1, 1), (width - 2, 1), (width // 2, 26)))
    assert cyan.getpixel((width // 2, 31)) == 0


def test_marks_stand_in_the_slug_alone_and_on_all_plates(tmp_path: Path) -> None:
    path = write(issue(page()), tmp_path / "marks.pdf", target=press(marks=True))
    edge, dpi = mm(10), 72
    for plate in plates(path, dpi=dpi):
        assert ink(plate) == 255
        width, height = plate.size
        inside = plate.crop((round(edge) + 1, round(edge) + 1, width - round(edge) - 1, height - round(edge) - 1))
        assert ink(inside) == 0
    with pikepdf.open(path) as pdf:
        names = {str(space[1]) for space in pdf.pages[0].Resources.ColorSpace.values()}
        assert names == {"/All"}
    text = run("pdftotext", "-raw", path, "-")
    assert "柳河新声" in text
    assert "2026-11-20" in text
    assert "1/1" in text
    assert all(name in text for name in ("Cyan", "Magenta", "Yellow", "Black"))


def test_with_marks_nothing_of_the_page_leaves_the_bleed(tmp_path: Path) -> None:
    far = Box("rule", -60, 300, 800, 40, fill=Colour(0, 1, 0, 0))
    _, magenta, *_ = plates(write(issue(page(boxes=(far,))), tmp_path / "far.pdf", target=press(marks=True)), dpi=72)
    middle = 300 + mm(13) + 20
    assert magenta.getpixel((round(mm(10)) - 3, round(middle))) == 0
    assert magenta.getpixel((round(mm(10)) + 2, round(middle))) == 255
