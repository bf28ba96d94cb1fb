"""Every rule has a file that breaks it, and only it; a clean file breaks none."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from press_sheets import (
    BLEED,
    FONT,
    HEIGHT,
    ICC,
    MM,
    WIDTH,
    clean,
    draw,
    font,
    page_one,
    picture,
    replace_xmp,
    save,
    separation,
)

from layout.errors import Severity
from layout.press.preflight.preflight import preflight
from layout.press.printer import Printer
from layout.rules.press import RULES

Change = Callable[[Pdf], object]


def drawing(operators: str) -> Change:
    return lambda pdf: draw(pdf, operators)


def text(size: float, colour: str, state: str = "", x: float = 80, y: float = 400) -> Change:
    return drawing(f"{state} {colour} BT /F {size} Tf {x} {y} Td <00050006> Tj ET")


def line(width: float, colour: str, state: str = "", y: float = 400) -> Change:
    return drawing(f"{state} {colour} {width} w 80 {y} m 200 {y} l S")


def xmp_without(tag: str) -> Change:
    return lambda pdf: replace_xmp(
        pdf, re.search(f"<{tag}>.*?</{tag}>", pdf.Root.Metadata.read_bytes().decode())[0], ""
    )


def placed_picture(*, width: int = 300, bits: int = 8, space: object = Name.DeviceCMYK) -> Change:
    def change(pdf: Pdf) -> None:
        page_one(pdf).Resources.XObject.Other = picture(
            pdf, width, width, space(pdf) if callable(space) else space, bits
        )
        draw(pdf, "0 0 0 1 k 72 0 0 72 200 300 cm /Other Do")

    return change


def icc(data: bytes, components: int) -> Callable[[Pdf], Array]:
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(data, N=components)])


def named_font(*, embedded: bool, name: str) -> Change:
    def change(pdf: Pdf) -> None:
        page_one(pdf).Resources.Font.Other = font(pdf, embedded=embedded, name=name)
        draw(pdf, "/On gs 0 0 0 1 k BT /Other 9 Tf 80 400 Td <00050006> Tj ET")

    return change


def program(key: str, data: bytes, subtype: Name | None = None, descendant: str = "CIDFontType2") -> Change:
    """A font whose program is `data`, embedded under `key`."""

    def change(pdf: Pdf) -> None:
        named_font(embedded=False, name="AAAAAA+Odd")(pdf)
        (inner,) = page_one(pdf).Resources.Font.Other.DescendantFonts
        inner.Subtype = Name("/" + descendant)
        inner.FontDescriptor[key] = pdf.make_stream(data, **({"Subtype": subtype} if subtype else {}))

    return change


def _opentype_cff() -> bytes:
    sys.path.insert(0, str(Path(__file__).parents[1] / "fonts"))
    import kinds

    file = BytesIO()
    kinds.font(cff=True).save(file)
    return file.getvalue()


TRUETYPE, OPENTYPE_CFF = FONT.read_bytes(), _opentype_cff()
CFF = TTFont(BytesIO(OPENTYPE_CFF)).getTableData("CFF ")


def in_space(space: Callable[[Pdf], object], values: str = "1") -> Change:
    def change(pdf: Pdf) -> None:
        page_one(pdf).Resources.ColorSpace.Other = space(pdf)
        draw(pdf, f"/Other cs {values} scn 80 300 60 60 re f")

    return change


def form(**entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        stream = pdf.make_stream(b"0 0 0 0.5 k 0 0 50 50 re f")
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 50, 50])
        for key, value in entries.items():
            stream[f"/{key}"] = value
        page_one(pdf).Resources.XObject.Form = stream
        draw(pdf, "1 0 0 1 80 300 cm /Form Do")

    return change


def state(**entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        page_one(pdf).Resources.ExtGState.Other = Dictionary(Type=Name.ExtGState, **entries)
        draw(pdf, "/Other gs 0 0 0 0.5 k 80 300 50 50 re f")

    return change


def second_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def without_registry(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].RegistryName, pdf.Root.OutputIntents[0].Info


def without_profile(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


def display_profile(pdf: Pdf) -> None:
    data = ICC.read_bytes()
    pdf.Root.OutputIntents[0].DestOutputProfile.write(data[:12] + b"mntr" + data[16:])


def grey_profile(pdf: Pdf) -> None:
    data = ICC.read_bytes()
    pdf.Root.OutputIntents[0].DestOutputProfile.write(data[:16] + b"GRAY" + data[20:])


def both_trim_and_art(pdf: Pdf) -> None:
    page_one(pdf).ArtBox = page_one(pdf).TrimBox


def without_trim(pdf: Pdf) -> None:
    del page_one(pdf).TrimBox


def link(pdf: Pdf) -> None:
    page_one(pdf).Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 120])])


def filled_form(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))
    pdf.Root.AcroForm = Dictionary(Fields=[field])


def script(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), action]))


def other_size(pdf: Pdf) -> None:
    page = pdf.pages[1].obj
    page.TrimBox = Array([0, 0, round(WIDTH, 4), round(HEIGHT - 30, 4)])


def bled_page(pdf: Pdf) -> None:
    """The first page is one picture to the edge of the bleed."""
    width, height = WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED
    page = page_one(pdf)
    dots = lambda points: round(points / 72 * 310)  # noqa: E731
    page.Resources.XObject.Page = picture(pdf, dots(width), dots(height), Name.DeviceGray)
    page.Contents = pdf.make_stream(f"q {width} 0 0 {height} {-BLEED} {-BLEED} cm /Page Do Q".encode())


def slug_only(pdf: Pdf) -> None:
    page_one(pdf).Contents = pdf.make_stream(b"q /All CS 1 SCN 0.25 w -28 0 m -12 0 l S Q")


def layers(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=[], D=Dictionary())


def narrow_bleed(pdf: Pdf) -> None:
    page_one(pdf).BleedBox = Array([round(v, 3) for v in (-2 * MM, -2 * MM, WIDTH + 2 * MM, HEIGHT + 2 * MM)])


def other_condition(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].OutputConditionIdentifier = String("FOGRA51")


def other_icc_file(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(ICC.read_bytes() + b"\0")


def three_pages(pdf: Pdf) -> None:
    del pdf.pages[3]


def tiling(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"1 0 0 rg 0 0 5 5 re f")
    stream.Type, stream.PatternType, stream.PaintType, stream.TilingType = Name.Pattern, 1, 1, 1
    stream.BBox, stream.XStep, stream.YStep = Array([0, 0, 9, 9]), 9, 9
    page_one(pdf).Resources.Pattern = Dictionary(P=stream)
    draw(pdf, "/Pattern cs /P scn 80 300 60 60 re f")


def gradient(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[80, 0, 140, 0], Function=function)
    page_one(pdf).Resources.Shading = Dictionary(S=pdf.make_indirect(shading))
    draw(pdf, "80 300 60 60 re W n /S sh")


LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82], Range=[-128, 127, -128, 127])])
SRGB = b"\0" * 12 + b"mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 88
PANEL = "0.8 0.6 0 0.2 k 60 390 200 60 re f"
BLACK, BLACK_LINE = "0 0 0 1 k", "0 0 0 1 K"

# Rule, what breaks it, and what the printer must hold for it where the shipped profile does not.
BREAKS: list[tuple[str, str, Change, dict[str, object]]] = [
    ("X1", "no document ID", xmp_without("xmpMM:DocumentID"), {}),
    ("X1", "another PDF/X", lambda pdf: replace_xmp(pdf, ">PDF/X-4<", ">PDF/X-3:2003<"), {}),
    ("X2", "no title", xmp_without("dc:title"), {}),
    ("X2", "no creation date", xmp_without("xmp:CreateDate"), {}),
    ("X3", "unknown", lambda pdf: replace_xmp(pdf, "<pdf:Trapped>False", "<pdf:Trapped>Unknown"), {}),
    ("X3", "contradiction", lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name("/True")), {}),
    ("X4", "no intent", lambda pdf: pdf.Root.__delitem__("/OutputIntents"), {}),
    ("X4", "two intents", second_intent, {}),
    ("X4", "no registry", without_registry, {}),
    ("X4", "profile not embedded", without_profile, {}),
    ("X4", "profile of a display", display_profile, {}),
    ("X5", "RGB path", drawing("1 0 0 rg 80 300 60 60 re f"), {}),
    ("X5", "RGB text", text(20, "0 0 0 rg"), {}),
    ("X5", "RGB picture", placed_picture(space=Name.DeviceRGB), {}),
    ("X5", "indexed RGB picture", placed_picture(space=Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])), {}),
    ("X5", "RGB in a tiling pattern", tiling, {}),
    ("X5", "RGB gradient", gradient, {}),
    ("X5", "RGB inline picture", drawing("60 0 0 60 80 300 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \x41\x42\x43 EI"), {}),
    ("X6", "opacity", state(ca=0.5), {"X6": "error"}),
    ("X6", "blend mode", state(BM=Name.Multiply), {"X6": "error"}),
    ("X7", "not embedded", named_font(embedded=False, name="SimSun"), {}),
    ("X12", "CFF as TrueType", program("/FontFile2", CFF), {}),
    ("X12", "OpenType/CFF as TrueType", program("/FontFile2", OPENTYPE_CFF), {}),
    ("X12", "TrueType as CFF", program("/FontFile3", TRUETYPE, Name.CIDFontType0C, "CIDFontType0"), {}),
    ("X12", "CFF of a CIDFontType2", program("/FontFile3", CFF, Name.CIDFontType0C), {}),
    ("X12", "OpenType/CFF of a CIDFontType2", program("/FontFile3", OPENTYPE_CFF, Name.OpenType), {}),
    ("X12", "no font at all", program("/FontFile2", b"%PDF-1.4"), {}),
    ("X12", "cut short", program("/FontFile2", TRUETYPE[: len(TRUETYPE) // 2]), {}),
    ("X8", "trim and art box", both_trim_and_art, {}),
    ("X8", "no trim box", without_trim, {}),
    ("X9", "link", link, {}),
    ("X9", "form", filled_form, {}),
    ("X10", "script", script, {}),
    ("X10", "transfer curve", state(TR=Name("/Weird")), {}),
    ("X10", "reference", form(Ref=Dictionary(F=String("other.pdf"))), {}),
    ("X10", "OPI", form(OPI=Dictionary()), {}),
    ("X10", "PostScript", form(Subtype2=Name.PS), {}),
    ("X10", "second kind of transfer curve", state(TR2=Name("/Weird")), {}),
    ("X11", "picture with the intent's ICC", placed_picture(space=icc(ICC.read_bytes(), 4)), {}),
    ("GWG R0002", "scaled page", lambda pdf: page_one(pdf).__setitem__("/UserUnit", 2), {}),
    ("GWG R0003", "crop", lambda pdf: page_one(pdf).__setitem__("/CropBox", page_one(pdf).TrimBox), {}),
    ("GWG R0004", "rotated", lambda pdf: page_one(pdf).__setitem__("/Rotate", 90), {}),
    ("GWG R0004", "two sizes", other_size, {}),
    ("GWG R0005", "only marks in the slug", slug_only, {}),
    ("GWG R0006", "four pages where one is wanted", lambda pdf: None, {"GWG R0006": "error"}),
    ("GWG R0007", "white text", lambda pdf: (draw(pdf, PANEL), text(12, "0 0 0 0 k", "/On gs")(pdf)), {}),
    ("GWG R0008", "white path", drawing("/On gs 0 0 0 0 k 80 300 60 60 re f"), {}),
    ("GWG R0009", "knocks out", text(9, BLACK), {}),
    ("GWG R0009", "OPM 0", lambda pdf: (state(op=True, OPM=0)(pdf), text(9, BLACK, "/Other gs")(pdf)), {}),
    ("GWG R0010", "stroke", line(0.5, BLACK_LINE), {}),
    ("GWG R0010", "thin rectangle", drawing(f"{BLACK} 80 300 100 0.5 re f"), {}),
    ("GWG R0010", "thin polygon", drawing(f"{BLACK} 80 300 m 180 300 l 180 300.5 l 80 300.5 l h f"), {}),
    ("GWG R0011", "grey text", text(9, "0 g"), {}),
    ("GWG R0012", "grey line", line(0.5, "0 G"), {}),
    ("GWG R0013", "grey text", text(14, "0 g", "/On gs"), {}),
    ("GWG R0014", "Courier", named_font(embedded=True, name="AAAAAA+CourierNew"), {}),
    ("GWG R0015", "340 %", text(24, "0.8 0.8 0.8 1 k"), {}),
    ("GWG R0016", "7 pt", lambda pdf: (draw(pdf, PANEL), text(7, "0 0 0 0 k")(pdf)), {}),
    ("GWG R0017", "7 pt", text(7, "0 1 1 0 k"), {}),
    ("GWG R0018", "0.1 pt", lambda pdf: (draw(pdf, PANEL), line(0.1, "0 0 0 0 K", y=420)(pdf)), {}),
    ("GWG R0019", "0.1 pt", line(0.1, "0 1 1 0 K"), {}),
    ("GWG R0020", "a spot", in_space(lambda pdf: separation(pdf, "PANTONE 186 C", (0, 1, 0.8, 0.05))), {}),
    ("GWG R0024", "a panel in All", in_space(lambda pdf: separation(pdf, "All", (1, 1, 1, 1)), "0.5"), {}),
    ("GWG R0027", "Lab", in_space(lambda pdf: LAB, "50 10 10"), {}),
    ("GWG R0027", "ICC picture", placed_picture(space=icc(SRGB, 3)), {}),
    ("GWG R0030", "RGB group", form(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)), {}),
    ("GWG R0031", "100 ppi", placed_picture(width=100), {}),
    ("GWG R0032", "300 ppi", placed_picture(bits=1, space=Name.DeviceGray), {}),
    ("GWG R0033", "310 ppi", bled_page, {"GWG R0033": "warning"}),
    ("GWG R0034", "layers", layers, {"GWG R0034": "error"}),
    ("GWG R0035", "grey profile", grey_profile, {}),
    ("S1", "2 mm", narrow_bleed, {}),
    ("S2", "a panel to the trim", drawing("0 0 0 0.5 k 0 300 60 60 re f"), {}),
    ("S3", "3 mm from the trim", text(9, BLACK, "/On gs", x=3 * MM), {}),
    ("S4", "FOGRA51", other_condition, {}),
    ("S4", "another file", other_icc_file, {}),
    ("S5", "250 ppi", placed_picture(width=250), {}),
    ("S6", "10 pt", text(10, "0.6 0.4 0.4 1 k"), {}),
    ("S7", "5 pt", text(5, BLACK, "/On gs"), {}),
    ("S8", "0.1 pt", line(0.1, BLACK_LINE, "/On gs"), {}),
    ("S9", "5 %", drawing("0 0.05 0.03 0 k 80 300 60 60 re f"), {}),
    ("S10", "three pages", three_pages, {}),
    ("S11", "live text", lambda pdf: None, {"S11": "error"}),
    ("S12", "a name of one's own", lambda pdf: None, {"S12": "warning"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "case", "change", "held"), BREAKS, ids=[f"{b[0]} {b[1]}" for b in BREAKS])
def test_a_broken_rule_is_reported_by_its_number_and_nothing_else_is(
    rule: str, case: str, change: Change, held: dict[str, str], coated: Printer, tmp_path: Path
) -> None:
    pdf = clean()
    change(pdf)
    path = save(pdf, tmp_path / "broken.pdf")
    printer = replace(coated, rules=coated.rules | held)
    if rule == "GWG R0006":
        printer = replace(printer, sheet=replace(printer.sheet, pages=1))
    found = preflight(path, printer, ink=False)
    assert {finding.rule for finding in found} == {rule}
    weight = printer.rules[rule]
    assert {finding.severity for finding in found} == {Severity(weight)}


def test_every_rule_has_a_file_that_breaks_it() -> None:
    elsewhere = {"GWG R0001", "GWG R0026", "not-checked", "limit"}  # below, and in tests/hostile
    assert {rule for rule, *_ in BREAKS} | elsewhere == set(RULES)


def test_a_clean_file_breaks_no_rule(coated: Printer, tmp_path: Path) -> None:
    assert preflight(save(clean(), tmp_path / "clean.pdf"), coated) == []


def rules_of(path: Path, printer: Printer, *, ink: bool = False) -> list[str]:
    return [finding.rule for finding in preflight(path, printer, ink=ink)]


def test_a_newer_pdf_version_is_reported(coated: Printer, tmp_path: Path) -> None:
    assert rules_of(save(clean(), tmp_path / "a.pdf", force_version="1.7"), coated) == ["GWG R0001"]


def test_a_file_that_must_be_mended_to_be_read_is_reported(coated: Printer, tmp_path: Path) -> None:
    path = save(clean(), tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    assert set(rules_of(path, coated)) == {"GWG R0001"}


def test_encryption_is_reported_whether_or_not_the_file_opens(coated: Printer, tmp_path: Path) -> None:
    readable = save(clean(), tmp_path / "a.pdf", encryption=Encryption(owner="o", R=4))
    assert "X10" in rules_of(readable, coated)
    closed = save(clean(), tmp_path / "b.pdf", encryption=Encryption(owner="o", user="u", R=4))
    assert rules_of(closed, coated) == ["X10"]


def test_a_file_that_says_it_is_x1a_may_have_no_transparency(coated: Printer, tmp_path: Path) -> None:
    pdf = clean()
    pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-1a:2001")
    replace_xmp(pdf, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "")
    state(ca=0.5)(pdf)
    assert rules_of(save(pdf, tmp_path / "a.pdf"), coated) == ["X1", "X6"]


def test_ink_over_the_limit_is_measured_where_it_lies(coated: Printer, tmp_path: Path) -> None:
    pdf = clean()
    draw(pdf, f"1 1 1 0.6 k {100 * MM} {HEIGHT - 120 * MM} {20 * MM} {20 * MM} re f", page=1)
    (found,) = preflight(save(pdf, tmp_path / "a.pdf"), coated)
    assert (found.rule, found.page) == ("GWG R0026", 2)
    assert "360%" in found.what.en
    assert found.place is not None
    assert found.place.x == pytest.approx(100, abs=6)
    assert found.place.y == pytest.approx(100, abs=6)


def test_a_patch_smaller_than_the_square_is_averaged_with_what_stands_around_it(
    coated: Printer, tmp_path: Path
) -> None:
    pdf = clean()
    draw(pdf, f"1 1 1 0.6 k 300 300 {5 * MM} {5 * MM} re f")
    assert rules_of(save(pdf, tmp_path / "a.pdf"), coated, ink=True) == []


def test_ink_is_measured_on_the_separations_that_are_in_the_file(coated: Printer, tmp_path: Path) -> None:
    """Another separation by the measuring program would make 400 % into less than 300."""
    pdf = clean()
    draw(pdf, f"1 1 1 1 k 300 300 {30 * MM} {30 * MM} re f")
    (found,) = preflight(save(pdf, tmp_path / "a.pdf"), coated)
    assert "400%" in found.what.en


def test_without_ghostscript_it_is_said_that_ink_was_not_measured(
    coated: Printer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(clean(), tmp_path / "clean.pdf")
    monkeypatch.setattr("shutil.which", lambda name: None)
    (found,) = preflight(path, coated)
    assert (found.rule, found.severity) == ("not-checked", Severity.NOTE)
    assert "Ghostscript" in found.what.zh


def test_repeats_on_a_page_are_one_finding_with_their_places(coated: Printer, tmp_path: Path) -> None:
    pdf = clean()
    for i in range(5):
        draw(pdf, f"{BLACK} BT /F {9 - i / 10} Tf 80 {500 - 30 * i} Td <00050006> Tj ET")
    draw(pdf, f"{BLACK} BT /F 9 Tf 80 500 Td <00050006> Tj ET", page=1)
    first, second = preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)
    assert (first.page, first.count, len(first.places), second.page, second.count) == (1, 5, 5, 2, 1)
    assert "8.6 pt" in first.what.en
    assert "共 5 处" in first.what.zh


def test_a_place_is_in_mm_from_the_top_left_of_the_trim(coated: Printer, tmp_path: Path) -> None:
    pdf = clean()
    draw(pdf, f"1 0 0 rg {20 * MM} {HEIGHT - 50 * MM} {30 * MM} {10 * MM} re f")
    (found,) = preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)
    assert found.place == pytest.approx((20, 40, 30, 10), abs=0.02)


def test_what_is_clipped_away_or_invisible_is_not_reported(coated: Printer, tmp_path: Path) -> None:
    pdf = clean()
    draw(pdf, "80 300 10 10 re W n 1 0 0 rg 200 300 60 60 re f")
    draw(pdf, "3 Tr 0 0 0 1 k BT /F 5 Tf 80 400 Td <00050006> Tj ET")
    assert rules_of(save(pdf, tmp_path / "a.pdf"), coated) == []


def test_the_printer_decides_what_a_rule_weighs(coated: Printer, tmp_path: Path) -> None:
    pdf = clean()
    text(9, BLACK)(pdf)
    path = save(pdf, tmp_path / "a.pdf")
    strict = replace(coated, rules=coated.rules | {"GWG R0009": "error"})
    easy = replace(coated, rules=coated.rules | {"GWG R0009": "off"})
    assert [f.severity for f in preflight(path, strict, ink=False)] == [Severity.ERROR]
    assert preflight(path, easy, ink=False) == []


def test_newsprint_asks_for_more_than_coated_paper(tmp_path: Path) -> None:
    pdf = clean()
    text(9, "0 1 1 0 k")(pdf)
    found = preflight(save(pdf, tmp_path / "a.pdf"), "newsprint", ink=False)
    assert {f.rule for f in found} == {"GWG R0017", "S4"}
