"""Furniture is drawn once, comes out in the press's inks, and complains where the style is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from layout.composition import Box
from layout.errors import Problem, SourceLocation
from layout.pdf.document import write_pdf
from layout.pdf.furniture_forms import FurnitureForms, FurnitureFragment
from layout.pdf.inks import Inks
from layout.runtime.store import ArtifactStore
from layout.text.fonts.faces import Faces

from .compositions import faces, issue, page, press, write
from .furniture_piece import emblem, plain, torture
from .readers import plates, text_of


def problems(box: Box, path: Path) -> list[Problem]:
    return write_pdf(issue(page(boxes=(box,))), path, faces=faces(), target=press(), cache=None)


def operators(path: Path) -> list[tuple[str, tuple[float, ...]]]:
    """Colours set, overprint toggled and things painted in the furniture of the first page, in order."""
    with pikepdf.open(path) as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        told = []
        for operands, operator in pikepdf.parse_content_stream(form):
            if str(operator) in ("k", "K"):
                told.append((str(operator), tuple(round(float(value), 3) for value in operands)))
            elif str(operator) == "gs" and str(operands[0]) in ("/Over", "/Knock", "/Line"):
                told.append((str(operands[0])[1:], ()))
            elif str(operator) in ("TJ", "f", "f*", "S", "B"):
                told.append((str(operator), ()))
        return told


def test_rgb_black_becomes_black_ink_that_overprints(tmp_path: Path) -> None:
    path = write(issue(page(boxes=(plain("<p style='margin:0'>黑字"),))), tmp_path / "a.pdf")
    assert operators(path) == [("k", (0, 0, 0, 1)), ("Over", ()), ("TJ", ())]


def test_white_text_after_black_knocks_out(tmp_path: Path) -> None:
    html = "<p style='margin:0'>黑<span style='color:#fff'>白</span>"
    told = operators(write(issue(page(boxes=(plain(html),))), tmp_path / "a.pdf"))
    assert told[-3:] == [("k", (0, 0, 0, 0)), ("Knock", ()), ("TJ", ())]


def test_a_thin_black_border_overprints_and_a_thick_one_does_not(tmp_path: Path) -> None:
    for width, toggles in (("0.4pt", ["Over"]), ("3pt", [])):
        html = f"<div style='height:20pt;border-bottom:{width} solid black'></div>"
        told = operators(write(issue(page(boxes=(plain(html),))), tmp_path / f"{width}.pdf"))
        assert [name for name, _ in told if name in ("Over", "Knock")] == toggles


def test_a_colour_goes_through_the_printer_s_profile(tmp_path: Path) -> None:
    told = operators(write(issue(page(boxes=(plain("<p style='color:#c8102e'>红"),))), tmp_path / "a.pdf"))
    (cyan, magenta, yellow, black) = told[0][1]
    assert magenta > 0.9
    assert yellow > 0.7
    assert cyan + black < 0.3


def test_inks_stay_as_the_style_gives_them_in_text_and_gradients(tmp_path: Path) -> None:
    css = "div{height:20pt;background:linear-gradient(to right,device-cmyk(0 1 1 .15),device-cmyk(0 0 1 0))}"
    path = write(issue(page(boxes=(plain("<div></div>", css),))), tmp_path / "a.pdf")
    with pikepdf.open(path) as pdf:
        shadings = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ShadingType" in thing]
        (shading,) = shadings
        assert str(shading.ColorSpace) == "/DeviceCMYK"
        step = shading.Function.Functions[0]
        assert [float(value) for value in step.C0] == [0, 1, 1, 0.15]
        assert [float(value) for value in step.C1] == [0, 0, 1, 0]
    _, magenta, yellow, _ = plates(path, dpi=72)
    row = round(400 + 8.5 + 10)
    left, right = magenta.getpixel((50, row)), magenta.getpixel((330, row))
    assert left > 230
    assert right < 25
    assert yellow.getpixel((190, row)) > 250


def test_a_group_and_its_pictures_are_in_cmyk(tmp_path: Path) -> None:
    with pikepdf.open(write(issue(page(boxes=(torture(tmp_path),))), tmp_path / "a.pdf")) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and "/Group" in thing.stream_dict:
                assert str(thing.Group.CS) == "/DeviceCMYK"
        images = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
        assert sorted(str(image.ColorSpace) for image in images) == ["/DeviceCMYK", "/DeviceGray"]


def test_furniture_and_text_share_one_font_a_face(tmp_path: Path) -> None:
    box = plain("<p style='margin:0'>柳河新声")
    path = write(issue(page(boxes=(box,)), page(number=2, boxes=(plain("<p>第二版"),))), tmp_path / "a.pdf")
    assert text_of(path) == "柳河新声第二版"
    with pikepdf.open(path) as pdf:
        fonts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type0"
        ]
        assert len(fonts) == 1


@pytest.mark.parametrize(
    ("html", "css", "rule", "word"),
    [
        ("<p>短</p>" * 9, "", "furniture-overflow", "短"),
        ("<p style='white-space:nowrap'>" + "这一行实在太长" * 9, "", "furniture-overflow", "这一行实在太长"),
        ("<div style='overflow:hidden;height:30pt'>" + "字<br>" * 9 + "</div>", "", "furniture-overflow", "字"),
        ("<p>x", "p{border:2pt groove device-cmyk(0 1 1 0)}", "not-for-press", "groove"),
        ("<p>x", "p{frobnicate:3}", "furniture", "frobnicate"),
        ("<img src='none.png'>", "", "furniture", "none.png"),
        ("<img src='https://example.org/a.png'>", "", "outside-folder", "https://example.org/a.png"),
        ("<p style='font-family:SimSun,宋体'>字", "", "unknown-font", "SimSun"),
        ("<p>字", "@font-face{font-family:Mine;src:url(mine.ttf)} p{font-family:Mine}", "unknown-font", "Mine"),
        ("<p>\U0001f600", "", "furniture", "U+1F600"),
    ],
)
def test_what_is_wrong_with_a_style_is_reported_with_its_place(
    tmp_path: Path, html: str, css: str, rule: str, word: str
) -> None:
    box = plain(html, css, base=str(tmp_path))
    box = Box(**{name: getattr(box, name) for name in box.__slots__} | {"mark": SourceLocation("style.yaml", 12, 3)})
    found = problems(box, tmp_path / "a.pdf")
    assert found
    assert all(problem.mark == SourceLocation("style.yaml", 12, 3) for problem in found)
    assert rule in {problem.rule for problem in found}
    assert any(word in problem.what.en for problem in found)
    assert not (tmp_path / "a.pdf").exists()


def test_a_fault_of_a_style_sheet_is_every_piece_s_that_it_serves() -> None:
    """The sheet is read once; yet who asks for the second piece alone must hear of it, and nobody may keep that piece."""
    furniture = FurnitureForms(faces(), press(), Inks(press()), ArtifactStore(None))
    sheet = "/*@ furniture.css */\np { font: 9pt 'Newsletter Song'; colour: red }"
    for width in (80.0, 90.0):
        drawn, told = furniture.fragment(FurnitureFragment("<p>字", sheet, "", width, 20.0))
        assert drawn is None
        assert [(problem.rule, problem.mark) for problem in told] == [
            ("style-sheet", SourceLocation("furniture.css", 1, 34))
        ]


def test_families_that_are_at_worker_are_no_problem(tmp_path: Path) -> None:
    html = """<style>p { font-family: SimSun,
      'Newsletter Kai' }</style><p style="font-family:&quot;Newsletter Hei&quot;, serif" class="x" id='y'>字
      <b style='font-family: "Newsletter Song" !important; color: red' title="font-family: it">字</b>"""
    css = "p{margin:0;font-family:var(--face)} :root{--face:'Newsletter Song'}"
    assert problems(plain(html, css), tmp_path / "a.pdf") == []


def test_a_face_of_the_style_s_own_can_be_used(tmp_path: Path, square: Faces) -> None:
    html = "<p style=\"margin:0;font-family:'Newsletter Square',Square\">方"
    composition = issue(page(boxes=(plain(html),)))
    assert write_pdf(composition, tmp_path / "a.pdf", faces=square, target=press(), cache=None) == []
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (form,) = pdf.pages[0].Resources.XObject.values()
        (font,) = form.Resources.Font.values()
        assert "Square" in str(font.BaseFont)


def test_a_damaged_picture_in_furniture_is_reported(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n not a picture")
    found = problems(plain("<img src='bad.png'>", base=str(tmp_path)), tmp_path / "a.pdf")
    assert [problem.rule for problem in found] == ["furniture"]


def test_a_changed_picture_is_drawn_anew(tmp_path: Path) -> None:
    box = plain("<img src='emblem.png' style='width:30pt'>", base=str(tmp_path))
    emblem(tmp_path / "emblem.png")
    red = write(issue(page(boxes=(box,))), tmp_path / "a.pdf", cache=tmp_path / "cache").read_bytes()
    emblem(tmp_path / "emblem.png", (20, 60, 160))
    blue = write(issue(page(boxes=(box,))), tmp_path / "a.pdf", cache=tmp_path / "cache").read_bytes()
    emblem(tmp_path / "emblem.png")
    ArtifactStore.clear_memory()
    again = write(issue(page(boxes=(box,))), tmp_path / "a.pdf", cache=tmp_path / "cache").read_bytes()
    assert red != blue
    assert red == again


def test_a_rebuild_does_not_import_weasyprint(tmp_path: Path) -> None:
    torture(tmp_path)
    script = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from pathlib import Path
from pdf.compositions import *
from pdf.furniture_piece import torture, plain
write(issue(page(body(), boxes=(plain("<p style='margin:0'>柳河新声"), ))), Path({str(tmp_path / "a.pdf")!r}),
      cache=Path({str(tmp_path / "cache")!r}))
print(*sorted({{"weasyprint", "pydyf", "PIL", "uharfbuzz", "fontTools", "pikepdf"}} & set(sys.modules)))
"""
    told = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    ]
    assert "weasyprint" in told[0]
    assert "weasyprint" not in told[1]
    assert not {"pydyf", "uharfbuzz", "fontTools", "pikepdf"} & set(told[1])
