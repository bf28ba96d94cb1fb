"""Sheets fold into a booklet that reads in order, and keep everything that makes the file ready for print."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Name
from PIL import Image, ImageDraw, ImageFont
from press_sheets import BLEED, HEIGHT, ROOT, WIDTH, clean, draw, page_one, save, separation

from layout.errors import LayoutError
from layout.pdfcontent.painted import PaintedPath as Painted
from layout.pdfcontent.resources import DocumentResources
from layout.press.imposition import Imposed, impose, saddle_order
from layout.press.preflight.preflight import preflight
from layout.press.preflight.total_ink import separations
from layout.press.preflight.walker import walk_page
from layout.press.printer import Printer
from layout.press.slug_text import outlined_text
from layout.units import MM


def numbered(folder: Path, pages: int) -> Path:
    """Page n bears a square n × 10 pt high at its foot, from the left edge of the bleed across to the right one."""
    pdf = clean(pages)
    for page in range(pages):
        draw(pdf, f"0 0 0 0.3 k {-BLEED} 20 {WIDTH + 2 * BLEED} {10 * (page + 1)} re f", page)
    return save(pdf, folder / "pages.pdf")


def squares(sheet: Path) -> list[list[tuple[int, float, float]]]:
    """On each side of each sheet: page number, left and right edge of its square from the middle, in mm."""
    found = []
    with pikepdf.open(sheet) as pdf:
        for page in pdf.pages:
            middle = (float(page.trimbox[0]) + float(page.trimbox[2])) / 2
            marks = walk_page(page.obj, DocumentResources())
            grey = [m for m in marks if isinstance(m, Painted) and m.colour.values == (0.0, 0.0, 0.0, 0.3)]
            found.append(
                [
                    (round((m.box[3] - m.box[1]) / 10), (m.box[0] - middle) / MM, (m.box[2] - middle) / MM)
                    for m in sorted(grey, key=lambda m: m.box[0])
                ]
            )
    return found


def order(sheet: Path) -> list[list[int]]:
    return [[number for number, _, _ in side] for side in squares(sheet)]


def test_eight_pages_lie_8_1_2_7_6_3_4_5(tmp_path: Path) -> None:
    assert impose(numbered(tmp_path, 8), tmp_path / "a.pdf") == Imposed(8, 0, 2, 4)
    assert order(tmp_path / "a.pdf") == [[8, 1], [2, 7], [6, 3], [4, 5]]


@pytest.mark.parametrize("pages", range(4, 68, 4))
def test_folded_and_nested_sheets_read_in_order(pages: int) -> None:
    """Opened in the middle, the right pages of the fronts and the left ones of the backs go up, the others down."""
    sides = saddle_order(pages)
    fronts, backs = sides[::2], sides[1::2]
    first_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    second_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    assert first_half + second_half[::-1] == list(range(1, pages + 1))


def test_blank_pages_fill_up_to_four(tmp_path: Path) -> None:
    assert impose(numbered(tmp_path, 6), tmp_path / "a.pdf") == Imposed(6, 2, 2, 4)
    assert order(tmp_path / "a.pdf") == [[1], [2], [6, 3], [4, 5]]


def test_bound_at_the_right_it_reads_from_the_right(tmp_path: Path) -> None:
    impose(numbered(tmp_path, 4), tmp_path / "a.pdf", binding="right")
    assert order(tmp_path / "a.pdf") == [[1, 4], [3, 2]]


def test_two_up_is_in_reading_order(tmp_path: Path) -> None:
    assert impose(numbered(tmp_path, 5), tmp_path / "a.pdf", style="2-up") == Imposed(5, 1, 2, 3)
    assert order(tmp_path / "a.pdf") == [[1, 2], [3, 4], [5]]


def test_nothing_crosses_the_fold_and_bleed_reaches_the_outer_edge(tmp_path: Path) -> None:
    impose(numbered(tmp_path, 4), tmp_path / "a.pdf", caliper=0)
    for (_, left, fold), (_, fold_too, right) in squares(tmp_path / "a.pdf"):
        assert (left, fold, fold_too, right) == pytest.approx((-213, 0, 0, 213), abs=0.01)


def test_pages_creep_to_the_fold_by_the_thickness_of_the_sheets_outside(tmp_path: Path) -> None:
    impose(numbered(tmp_path, 12), tmp_path / "a.pdf", caliper=0.2)
    outer_edges = [side[0][1] for side in squares(tmp_path / "a.pdf")[::2]]
    assert outer_edges == pytest.approx([-213, -212.8, -212.6], abs=0.01)


def test_the_sheet_keeps_what_the_press_needs(tmp_path: Path, coated: Printer) -> None:
    pdf = clean(4)
    page_one(pdf).Resources.ColorSpace.Spot = separation(pdf, "PANTONE 186 C", (0, 1, 0.8, 0.05))
    draw(pdf, "/Spot cs 1 scn 80 300 50 50 re f")
    source = save(pdf, tmp_path / "pages.pdf")
    impose(source, tmp_path / "a.pdf")
    with pikepdf.open(source) as before, pikepdf.open(tmp_path / "a.pdf") as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        intents = after.Root.OutputIntents
        assert len(intents) == 1
        assert intents[0].DestOutputProfile.read_bytes() == before.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        assert after.docinfo["/Trapped"] == Name("/False")
        for page in after.pages:
            media, bleed, trim = (page.obj[key] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
            assert [float(v) for v in media[:2]] == [0, 0]
            assert float(trim[2]) - float(trim[0]) == pytest.approx(2 * WIDTH, abs=0.001)
            assert float(trim[3]) - float(trim[1]) == pytest.approx(HEIGHT, abs=0.001)
            assert float(trim[0]) - float(bleed[0]) == pytest.approx(BLEED, abs=0.001)
            assert Name.DeviceCMYK == page.obj.Group.CS
    found = {finding.rule: finding.what.en for finding in preflight(tmp_path / "a.pdf", coated, ink=False)}
    assert set(found) == {"GWG R0020", "S10"}  # the spot colour is still there, and two sheets are not four pages
    assert "PANTONE 186 C" in found["GWG R0020"]


def test_the_plates_of_a_sheet_are_those_of_its_pages(tmp_path: Path) -> None:
    source = numbered(tmp_path, 4)
    impose(source, tmp_path / "a.pdf", caliper=0, marks=False)
    page = dict(separations(source, "gs", [1]))[1]
    sheet = dict(separations(tmp_path / "a.pdf", "gs", [1]))[1]
    across, down = (round(v) for v in (WIDTH, HEIGHT))
    slug_of_page, slug_of_sheet = round(13 * MM), round(11 * MM)
    inner = slice(100, down - 100), slice(100, across - 100)
    of_page = page[slug_of_page:, slug_of_page:][inner]
    of_sheet = sheet[slug_of_sheet:, slug_of_sheet + across :][inner]
    assert of_page.mean(axis=(0, 1)) == pytest.approx(of_sheet.mean(axis=(0, 1)), abs=1)


def test_crop_marks_and_a_dashed_fold_mark_stand_outside_the_bleed(tmp_path: Path) -> None:
    impose(numbered(tmp_path, 4), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        page = pdf.pages[0]
        bleed = [float(v) for v in page.obj.BleedBox]
        marks = [m for m in walk_page(page.obj, DocumentResources()) if isinstance(m, Painted) and m.is_stroke]
        crops = [m for m in marks if m.colour.space.inks == ("All",)]
        assert len(crops) == 16  # eight crop marks, two at the fold, and two register marks of three strokes
        for mark in crops:
            x0, y0, x1, y1 = mark.box
            assert x1 < bleed[0] or x0 > bleed[2] or y1 < bleed[1] or y0 > bleed[3]
        assert b"[3 2] 0 d" in page.obj.Contents.read_bytes()


def test_every_side_says_which_it_is_outside_the_bleed(tmp_path: Path) -> None:
    """In outlines, for an imposed file needs no other font than its pages do."""
    impose(numbered(tmp_path, 6), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        lines = []
        for page in pdf.pages:
            bleed = [float(v) for v in page.obj.BleedBox]
            marks = [m for m in walk_page(page.obj, DocumentResources()) if isinstance(m, Painted) and not m.is_stroke]
            letters = [m for m in marks if m.colour.space.inks == ("All",)]
            assert letters
            assert all(m.box[3] < bleed[1] and m.box[1] > 0 for m in letters)
            lines.append(tuple(m.box for m in letters))
            assert "/Font" not in page.obj.Resources
        assert len(set(lines)) == len(lines) == 4  # no two sides say the same
    impose(numbered(tmp_path, 4), tmp_path / "b.pdf", paper="A3")  # no room for a slug line
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert b"/Every cs" not in pdf.pages[0].obj.Contents.read_bytes()


def test_a_slug_line_is_drawn_as_the_face_draws_it(tmp_path: Path) -> None:
    path, width = outlined_text("柳溪 1/2", 100, 10, 30)
    face = ImageFont.truetype(ROOT / "fonts" / "Hei-Regular.ttf", 100)
    assert width == pytest.approx(face.getlength("柳溪 1/2"), abs=1)
    pdf = clean(1)
    page_one(pdf).Contents = pdf.make_stream(path.encode())
    save(pdf, tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as drawn:
        page = 255 - numpy.asarray(drawn[0].render(scale=1, grayscale=True).to_pil()).astype(float)
    wanted = Image.new("L", (500, 130))
    ImageDraw.Draw(wanted).text((10, 0), "柳溪 1/2", fill=255, font=face)
    assert page.sum() == pytest.approx(numpy.asarray(wanted).astype(float).sum(), rel=0.03)


def test_a_named_paper_leaves_the_pages_in_its_middle(tmp_path: Path) -> None:
    impose(numbered(tmp_path, 4), tmp_path / "a.pdf", paper="SRA3")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        media, trim = pdf.pages[0].obj.MediaBox, pdf.pages[0].obj.TrimBox
        assert [float(v) / MM for v in media[2:]] == pytest.approx([450, 320], abs=0.01)
        assert float(trim[0]) / MM == pytest.approx(15, abs=0.01)


def test_turned_pages_stand_upright(tmp_path: Path) -> None:
    pdf = clean(4)
    for page in pdf.pages:
        page.obj.Rotate = 90
    draw(pdf, f"0 0 0 0.3 k {WIDTH - 20} {HEIGHT - 20} 20 20 re f")
    impose(save(pdf, tmp_path / "pages.pdf"), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as after:
        page = after.pages[0]
        trim = [float(v) for v in page.obj.TrimBox]
        assert trim[2] - trim[0] == pytest.approx(2 * HEIGHT, abs=0.01)
        (square,) = [
            m
            for m in walk_page(page.obj, DocumentResources())
            if isinstance(m, Painted) and m.colour.values == (0.0, 0.0, 0.0, 0.3)
        ]
        # The upper right corner of a page turned clockwise is its lower right one.
        assert square.box[2:] == pytest.approx((trim[2], trim[1] + 20), abs=0.01)


def test_links_and_outline_to_pages_that_are_no_more_are_dropped(tmp_path: Path) -> None:
    pdf = clean(4)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("要闻", 0))
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=Name.D)])
    impose(save(pdf, tmp_path / "pages.pdf"), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as after:
        assert "/Outlines" not in after.Root
        assert "/PageLabels" not in after.Root


def test_other_programs_read_the_sheets_without_a_word(tmp_path: Path) -> None:
    impose(numbered(tmp_path, 7), tmp_path / "a.pdf")
    for command in (
        ["qpdf", "--check", "a.pdf"],
        ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", "a.pdf"],
        ["pdftotext", "a.pdf", "/dev/null"],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
        assert done.stderr == b"", command


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    source = numbered(tmp_path, 4)
    impose(source, tmp_path / "a.pdf")
    impose(source, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_what_cannot_be_imposed_is_refused_with_a_remedy(tmp_path: Path) -> None:
    source = numbered(tmp_path, 4)
    sizes = clean(4)
    sizes.pages[2].obj.TrimBox = Array([0, 0, 300, 300])
    save(sizes, tmp_path / "sizes.pdf")
    (tmp_path / "text.pdf").write_text("no PDF")
    (tmp_path / "tree.pdf").write_text(  # is opened, but qpdf cannot flatten its tree of pages
        "\n1 0 obj<</Pages 3 0 R/Type/Catalog>>\n3 0 obj<</Kids[4 0 R]>>\n4 0 obj<</MediaBox[0 0 9 9]>>\nendobj\n"
        "trailer<</Root 1 0 R>>"
    )
    locked = save(clean(1), tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="u", owner="o", R=4))
    for path, options, rule in (
        (tmp_path / "sizes.pdf", {}, "GWG R0004"),
        (tmp_path / "text.pdf", {}, "GWG R0001"),
        (tmp_path / "tree.pdf", {}, "GWG R0001"),
        (tmp_path / "none.pdf", {}, "no-file"),
        (locked, {}, "X10"),
        (source, {"paper": "B7"}, "unknown-paper"),
        (source, {"paper": (300, 200)}, "unknown-paper"),
    ):
        with pytest.raises(LayoutError) as caught:
            impose(path, tmp_path / "out.pdf", **options)
        assert caught.value.problems[0].rule == rule
        assert caught.value.problems[0].remedy.zh
    assert not (tmp_path / "out.pdf").exists()
