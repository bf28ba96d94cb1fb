"""The limits of the printer's rules: what lies just on one side is reported, what lies just on the other is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name
from press_sheets import BLEED, HEIGHT, MM, WIDTH, clean, draw, page_one, picture, save, separation

from layout.errors import PageRectangle, Severity
from layout.pdfcontent.colour import CMYK, GRAY, RGB, ColourSpace, PaintedColour
from layout.press.page_boxes import PageBoxes, contains, upright
from layout.press.preflight.findings import Finding, Findings
from layout.press.preflight.preflight import preflight
from layout.press.preflight.separations import plates_of
from layout.press.preflight.total_ink import check_ink, heavy_squares
from layout.press.printer import Printer

BLACK, RICH = "0 0 0 1 k", "0.6 0.4 0.4 1 k"
PANEL = "0.8 0.6 0 0.2 k 60 390 200 60 re f "


def text(size: float, colour: str, state: str = "", x: float = 80, y: float = 400) -> str:
    return f"{state} {colour} BT /F {size} Tf {x} {y} Td <00050006> Tj ET"


def line(width: float, colour: str, state: str = "") -> str:
    return f"{state} {colour} {width} w 80 400 m 200 400 l S"


def tint(cmyk: str) -> str:
    return f"{cmyk} k 80 300 60 60 re f"


# Rule, what breaks it, what keeps it; a size counts as kept from 0.005 pt under its limit.
LIMITS = [
    ("GWG R0009", text(11.994, BLACK), text(11.996, BLACK)),
    ("GWG R0010", line(1.994, "0 0 0 1 K"), line(1.996, "0 0 0 1 K")),
    ("GWG R0011", text(11.994, "0 g"), text(11.996, "0 g")),
    ("GWG R0012", line(1.994, "0 G"), line(1.996, "0 G")),
    ("GWG R0015", text(24, "0.6 0.6 0.606 1 k"), text(24, "0.6 0.6 0.604 1 k")),
    ("GWG R0016", PANEL + text(7.994, "0 0 0 0 k"), PANEL + text(7.996, "0 0 0 0 k")),
    ("GWG R0017", text(7.994, "0 1 1 0 k"), text(7.996, "0 1 1 0 k")),
    ("GWG R0018", PANEL + line(0.244, "0 0 0 0 K"), PANEL + line(0.246, "0 0 0 0 K")),
    ("GWG R0019", line(0.244, "0 1 1 0 K"), line(0.246, "0 1 1 0 K")),
    ("S6", text(11.994, RICH), text(11.996, RICH)),
    ("S6", text(10, "0.6 0.4 0.4 0.85 k"), text(10, "0.6 0.4 0.4 0.84 k")),
    ("S7", text(5.994, BLACK, "/On gs"), text(5.996, BLACK, "/On gs")),
    ("S7", text(5.994, "0 1 0 0 k"), text(5.996, "0 1 0 0 k")),
    ("S8", line(0.244, "0 0 0 1 K", "/On gs"), line(0.246, "0 0 0 1 K", "/On gs")),
    ("S9", tint("0 0.0798 0 0"), tint("0 0.0800 0 0")),
    ("S9", tint("0 0.0020 0 0"), tint("0 0.0009 0 0")),
    ("S3", text(9, BLACK, "/On gs", x=4.94 * MM), text(9, BLACK, "/On gs", x=4.96 * MM)),
    ("S3", text(9, BLACK, "/On gs", x=WIDTH - 4.94 * MM - 18), text(9, BLACK, "/On gs", x=WIDTH - 4.96 * MM - 18)),
    ("S3", text(9, BLACK, "/On gs", y=4.94 * MM + 1.08), text(9, BLACK, "/On gs", y=4.96 * MM + 1.08)),
    ("S3", text(9, BLACK, "/On gs", y=HEIGHT - 4.94 * MM - 7.92), text(9, BLACK, "/On gs", y=HEIGHT - 4.96 * MM - 7.92)),
]  # fmt: skip


def found(operators: str, printer: Printer, folder: Path) -> list[Finding]:
    pdf = clean()
    draw(pdf, operators)
    return preflight(save(pdf, folder / "a.pdf"), printer, ink=False)


@pytest.mark.parametrize(("rule", "broken", "kept"), LIMITS, ids=[f"{row[0]} {row[1][-45:-20]}" for row in LIMITS])
def test_a_limit_lies_where_the_printer_says(
    rule: str, broken: str, kept: str, coated: Printer, tmp_path: Path
) -> None:
    assert [finding.rule for finding in found(broken, coated, tmp_path)] == [rule]
    assert found(kept, coated, tmp_path) == []


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize(("artwork", "reported"), [
    ((0.29, 5), True), ((0.31, 5), False),  # within 0.3 mm of the trim it is meant to touch it
    ((-2.74, 5), True), ((-2.76, 5), False),  # 0.25 mm may be missing at the edge of the bleed
    ((-5, -0.31), False), ((-2.5, -0.29), False), ((-2.5, 0.29), False), ((-2.5, 0.31), True), ((0.1, 0.2), False),
])  # fmt: skip
def test_S2_artwork_at_the_trim_reaches_into_the_bleed(
    side: int, artwork: tuple[float, float], reported: bool, coated: Printer, tmp_path: Path
) -> None:
    """`artwork`: where it begins and ends, in mm from one side of the trim inwards."""
    near, far = (value * MM for value in artwork)
    x0, y0, x1, y1 = {
        0: (near, 200, far, 260),
        1: (200, near, 260, far),
        2: (WIDTH - far, 200, WIDTH - near, 260),
        3: (200, HEIGHT - far, 260, HEIGHT - near),
    }[side]
    operators = f"0 0 0 0.5 k {x0:.4f} {y0:.4f} {x1 - x0:.4f} {y1 - y0:.4f} re f"
    assert ["S2" in finding.rule for finding in found(operators, coated, tmp_path)] == [True] * reported


def test_S3_text_wholly_beyond_the_trim_is_no_text_near_it(coated: Printer, tmp_path: Path) -> None:
    assert found(text(1.5, BLACK, "/On gs", x=-2.9 * MM), coated, tmp_path)[0].rule == "S7"
    assert "S3" not in {one.rule for one in found(text(2, BLACK, "/On gs", x=-2.9 * MM), coated, tmp_path)}


def test_S3_gives_the_distance_of_the_nearest_side(coated: Printer, tmp_path: Path) -> None:
    for x, y in ((3 * MM, 400), (WIDTH - 3 * MM - 18, 400), (300, 3 * MM + 1.08), (300, HEIGHT - 3 * MM - 7.92)):
        (one,) = found(text(9, BLACK, "/On gs", x=x, y=y), coated, tmp_path)
        assert "离成品边只有 3.0 mm，要 5 mm" in one.what.zh


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize(("bleed", "reported"), [(2.94, True), (2.96, False), (3.5, False), (0, True)])
def test_S1_the_bleed_box_may_miss_a_twentieth_of_a_millimetre(
    side: int, bleed: float, reported: bool, coated: Printer, tmp_path: Path
) -> None:
    pdf = clean()
    box = [-BLEED, -BLEED, WIDTH + BLEED, HEIGHT + BLEED]
    trim = [0, 0, WIDTH, HEIGHT]
    box[side] = trim[side] + (-1 if side < 2 else 1) * bleed * MM
    page_one(pdf).BleedBox = Array([round(value, 4) for value in box])
    rules = preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)
    assert [finding.rule for finding in rules if finding.rule == "S1"] == ["S1"] * reported
    assert all(f"{bleed:.1f} mm" in finding.what.en for finding in rules if finding.rule == "S1")


@pytest.mark.parametrize("side", range(4))
def test_X8_a_box_may_reach_out_of_another_by_a_hundredth_of_a_point(side: int) -> None:
    outer = (0.0, 0.0, 100.0, 50.0)

    def reaching(by: float) -> tuple[float, float, float, float]:
        box = [*outer]
        box[side] += -by if side < 2 else by
        return (box[0], box[1], box[2], box[3])

    assert contains(outer, reaching(0.009))
    assert not contains(outer, reaching(0.011))
    assert not contains(outer, reaching(0.001), 0)


@pytest.mark.parametrize(("box", "by", "reported"), [
    ("BleedBox", 0.005, False), ("BleedBox", -0.02, True), ("MediaBox", 0, False), ("MediaBox", -0.02, True),
])  # fmt: skip
def test_X8_boxes_lie_within_each_other(box: str, by: float, reported: bool, coated: Printer, tmp_path: Path) -> None:
    """The trim within the bleed box, and the bleed box within the page."""
    pdf = clean()
    beyond = (0 if box == "BleedBox" else BLEED) + by
    page_one(pdf)[f"/{box}"] = Array([round(v, 4) for v in (-beyond, -beyond, WIDTH + beyond, HEIGHT + beyond)])
    rules = {finding.rule for finding in preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)}
    assert ("X8" in rules) is reported


@pytest.mark.parametrize(("bits", "ppi", "rule", "severity"), [
    (8, 149, "GWG R0031", Severity.ERROR), (8, 150, "GWG R0031", Severity.WARNING),
    (8, 224, "GWG R0031", Severity.WARNING), (8, 225, "S5", Severity.NOTE),
    (8, 297, "S5", Severity.NOTE), (8, 298, "", None),
    (1, 549, "GWG R0032", Severity.ERROR), (1, 550, "GWG R0032", Severity.WARNING),
    (1, 799, "GWG R0032", Severity.WARNING), (1, 800, "", None),
])  # fmt: skip
def test_the_resolution_of_a_picture_is_held_to_three_limits(
    bits: int, ppi: int, rule: str, severity: Severity | None, coated: Printer, tmp_path: Path
) -> None:
    pdf = clean()
    space = Name.DeviceCMYK if bits == 8 else Name.DeviceGray
    page_one(pdf).Resources.XObject.Other = picture(pdf, ppi, ppi, space, bits)
    draw(pdf, "0 0 0 1 k 72 0 0 72 200 300 cm /Other Do")
    problems = preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)
    assert [(one.rule, one.severity) for one in problems] == [(rule, severity)] * bool(rule)
    assert all(f"{ppi} ppi" in one.what.en for one in problems)


def test_a_picture_one_dot_wide_or_high_is_a_flat_tint(coated: Printer, tmp_path: Path) -> None:
    def rules(width: int, height: int) -> list[str]:
        pdf = clean()
        page_one(pdf).Resources.XObject.Other = picture(pdf, width, height)
        draw(pdf, "72 0 0 72 200 300 cm /Other Do")
        return [one.rule for one in preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)]

    assert rules(1, 300) == rules(300, 1) == []
    assert rules(2, 300) == rules(300, 2) == ["GWG R0031"]


@pytest.mark.parametrize(("part", "reported"), [(0.96, True), (0.94, False)])
@pytest.mark.parametrize("besides", ["", f"{BLACK} /On gs BT /F 12 Tf 80 400 Td <0005> Tj ET"])
def test_R0033_a_page_is_one_picture_where_nothing_else_is_on_nineteen_twentieths_of_it(
    part: float, reported: bool, besides: str, coated: Printer, tmp_path: Path
) -> None:
    pdf = clean()
    width, height = WIDTH * part, HEIGHT
    page = page_one(pdf)
    page.Resources.XObject.Page = picture(pdf, round(width / 72 * 400), round(height / 72 * 400), Name.DeviceGray)
    page.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Page Do Q q {besides} Q".encode())
    printer = replace(coated, rules=coated.rules | {"GWG R0033": "error", "S2": "off"})
    rules = [one.rule for one in preflight(save(pdf, tmp_path / "a.pdf"), printer, ink=False)]
    assert rules == ["GWG R0033"] * (reported and not besides)


def test_pages_that_differ_by_less_than_a_tenth_of_a_millimetre_are_of_one_size(
    coated: Printer, tmp_path: Path
) -> None:
    def rules(shorter: float) -> list[str]:
        pdf = clean()
        pdf.pages[1].obj.TrimBox = Array([0, 0, round(WIDTH, 4), round(HEIGHT - shorter * MM, 4)])
        return [one.rule for one in preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False) if one.rule[0] != "S"]

    assert rules(0.04) == []
    assert rules(0.06) == ["GWG R0004"]


# Colours.

ALL = ColourSpace("Separation", 1, inks=("All",))
BLACK_PLATE = ColourSpace("Separation", 1, inks=("Black",))
TWO = ColourSpace("DeviceN", 2, inks=("Black", "Cyan"))


@pytest.mark.parametrize(
    ("space", "values", "white", "black", "inks"),
    [
        (CMYK, (0, 0, 0, 0.001), True, False, 0),
        (CMYK, (0, 0, 0, 0.0011), False, False, 1),
        (CMYK, (0.001, 0.001, 0.001, 0.999), False, True, 1),
        (CMYK, (0, 0, 0, 0.9989), False, False, 1),
        (CMYK, (0, 0, 0.0011, 1), False, False, 2),
        (CMYK, (0.0011, 0, 0, 1), False, False, 2),
        (GRAY, (0.0,), False, True, 1),
        (GRAY, (0.5,), False, False, 1),
        (GRAY, (0.9989,), False, False, 1),
        (GRAY, (0.9991,), True, False, 0),
        (GRAY, (1.0,), True, False, 0),
        (BLACK_PLATE, (0.999,), False, True, 1),
        (BLACK_PLATE, (0.9989,), False, False, 1),
        (BLACK_PLATE, (0.001,), True, False, 0),
        (TWO, (0.999, 0.001), False, True, 1),
        (TWO, (1.0, 0.0011), False, False, 2),
        (ALL, (0.0,), True, False, 1),
        (ALL, (0.5,), False, False, 4),
        (RGB, (0.0, 0.0, 0.0), False, False, 0),
    ],
)  # fmt: skip
def test_a_thousandth_of_an_ink_is_none_and_all_but_a_thousandth_is_all(
    space: ColourSpace, values: tuple[float, ...], white: bool, black: bool, inks: int
) -> None:
    colour = PaintedColour(space, values)
    assert (colour.is_white, colour.is_black, colour.ink_count) == (white, black, inks)


@pytest.mark.parametrize(
    ("space", "values", "prints"),
    [(CMYK, (0, 0, 0, 0.001), False), (CMYK, (0, 0, 0, 0.002), True), (RGB, (0.999, 1, 1), False),
     (RGB, (0.998, 1, 1), True), (GRAY, (1.0,), False), (GRAY, (0.99,), True)],
)  # fmt: skip
def test_what_is_white_prints_nothing(space: ColourSpace, values: tuple[float, ...], prints: bool) -> None:
    assert PaintedColour(space, values).prints is prints


def test_inks_are_counted_in_per_cent() -> None:
    colour = PaintedColour(CMYK, (0.25, 0.5, 0, 1))
    assert (colour.total, colour.strongest) == (175, 100)
    assert PaintedColour(GRAY, (0.75,)).strongest == 25
    assert PaintedColour(GRAY, (0.75,)).total == 0


# Spot colours and counts.


@pytest.mark.parametrize(("taken", "reported"), [(0, True), (1, True), (2, False), (3, False)])
def test_R0020_a_printer_takes_so_many_spot_colours(
    taken: int, reported: bool, coated: Printer, tmp_path: Path
) -> None:
    pdf = clean()
    for name, colour in (("P1", "PANTONE 186 C"), ("P2", "PANTONE 300 C")):
        page_one(pdf).Resources.ColorSpace[f"/{name}"] = separation(pdf, colour, (0, 1, 0.8, 0.05))
        draw(pdf, f"/{name} cs 1 scn 80 300 60 60 re f")
    printer = replace(coated, ink=replace(coated.ink, spot_colours=taken))
    problems = preflight(save(pdf, tmp_path / "a.pdf"), printer, ink=False)
    assert [one.rule for one in problems] == ["GWG R0020"] * reported
    assert all(one.what.zh == f"有 2 个专色，这里收 {taken} 个：PANTONE 186 C、PANTONE 300 C" for one in problems)


@pytest.mark.parametrize(("pages", "reported"), [(1, True), (3, True), (4, False), (5, True), (8, False)])
def test_S10_the_page_count_is_a_multiple(pages: int, reported: bool, coated: Printer, tmp_path: Path) -> None:
    problems = preflight(save(clean(pages), tmp_path / "a.pdf"), coated, ink=False)
    assert [one.rule for one in problems] == ["S10"] * reported
    assert all(one.what.en == f"{pages} pages, which is no multiple of 4" for one in problems)


def test_at_most_sixty_places_are_kept_and_all_are_counted(coated: Printer) -> None:
    findings = Findings(coated)
    for place in range(65):
        findings.report("S8", 2, [PageRectangle(place, 0, 1, 1)], value=0.2 - place / 1000, limit=0.25)
        findings.report("GWG R0026", 2, [PageRectangle(place, 0, 1, 1)], value=300 + place, limit=300)
    findings.report("S8", 2, [PageRectangle(0, 0, 1, 1)], value=0.2, limit=0.25)
    ink, thin = findings.all()
    assert (thin.count, len(thin.places), thin.place) == (66, 60, PageRectangle(0, 0, 1, 1))
    assert (ink.count, len(ink.places)) == (65, 60)
    assert thin.what.en == "a line of 0.14 pt, under 0.25 pt (66 times)"  # the least
    assert "total ink is 364%" in ink.what.en  # the most


def test_a_place_is_kept_once(coated: Printer) -> None:
    findings = Findings(coated)
    for _ in range(2):
        findings.report("S8", 1, [PageRectangle(1, 2, 3, 4)], value=0.2, limit=0.25)
    (one,) = findings.all()
    assert (one.count, len(one.places)) == (2, 1)
    findings = Findings(coated)
    findings.report("S8", value=0.2, limit=0.25)
    (one,) = findings.all()
    assert (one.page, one.place, one.what.en) == (None, None, "a line of 0.20 pt, under 0.25 pt")


def test_a_finding_is_not_changed_once_it_is_made(coated: Printer) -> None:
    findings = Findings(coated)
    findings.report("S8", 1, value=0.2, limit=0.25)
    (one,) = findings.all()
    with pytest.raises(AttributeError):
        one.count = 2  # type: ignore[misc]


# Boxes.


def test_a_page_without_boxes_is_trimmed_to_what_a_viewer_shows() -> None:
    media, crop, art, trim, bleed = ((float(n), 0.0, 100.0, 100.0) for n in range(5))
    assert PageBoxes(media, None, None, None, None).trim == media
    assert PageBoxes(media, crop, None, None, None).trim == crop
    assert PageBoxes(media, crop, None, None, art).trim == art
    assert PageBoxes(media, crop, None, trim, art).trim == trim
    assert PageBoxes(media, crop, None, trim, None).bleed == trim
    assert PageBoxes(media, crop, bleed, trim, None).bleed == bleed
    assert PageBoxes((0, 0, 50, 70), None, None, (5, 10, 45, 65), None).size == (40, 55)


def test_a_place_is_cut_off_at_the_page_s_edge() -> None:
    boxes = PageBoxes((-10 * MM, -20 * MM, 110 * MM, 220 * MM), None, None, (0, 0, 100 * MM, 200 * MM), None)
    assert boxes.place((10 * MM, 20 * MM, 30 * MM, 50 * MM)) == (10, 150, 20, 30)
    assert boxes.place((-50 * MM, -50 * MM, 500 * MM, 500 * MM)) == (-10, -20, 120, 240)
    assert boxes.place((300 * MM, 300 * MM, 310 * MM, 310 * MM))[2:] == (0, 0)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_stands_upright_with_its_corner_at_zero(rotation: int) -> None:
    x0, y0, x1, y1 = box = (10.0, 20.0, 110.0, 70.0)
    a, b, c, d, e, f = upright(box, rotation)
    corners = {(round(a * x + c * y + e), round(b * x + d * y + f)) for x in (x0, x1) for y in (y0, y1)}
    width, height = (100, 50) if rotation in (0, 180) else (50, 100)
    assert corners == {(0, 0), (width, 0), (0, height), (width, height)}
    # What is at the lower left when it stands as it is, is where the turn clockwise takes it.
    at = (round(a * x0 + c * y0 + e), round(b * x0 + d * y0 + f))
    assert at == {0: (0, 0), 90: (0, height), 180: (width, height), 270: (width, 0)}[rotation]


@pytest.mark.parametrize(
    ("entry", "rotation"), [(0, 0), (90, 90), (-90, 270), (450, 90), (80, 0), (360, 0), (270, 270)]
)
def test_rotation_is_read_in_quarter_turns(entry: int, rotation: int, coated: Printer, tmp_path: Path) -> None:
    pdf = clean()
    page_one(pdf).Rotate = entry
    rules = [one.rule for one in preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)]
    assert rules == ["GWG R0004"] * bool(rotation)


# Total ink: squares of 15 mm are 43 dots at 72 dots an inch.

SIDE = 15 * MM


def squares(
    *patches: tuple[slice, slice, float], limit: float = 300, size: tuple[int, int] = (200, 150), **boxes: object
) -> list[tuple[float, PageRectangle]]:
    """The heavy squares of a page of 150 × 200 dots with patches of so much ink in per cent."""
    plates = numpy.zeros((*size, 4))
    for rows, columns, amount in patches:
        plates[rows, columns] = amount / 400 * 255
    whole = (0.0, 0.0, float(size[1]), float(size[0]))
    return heavy_squares(plates, PageBoxes(whole, None, boxes.get("bleed"), whole, None), SIDE, limit)  # type: ignore[arg-type]


@pytest.mark.parametrize(("amount", "reported"), [(300, False), (300.4, False), (300.6, True), (400, True)])
def test_R0026_ink_is_over_the_limit_by_half_a_per_cent(amount: float, reported: bool) -> None:
    heavy = squares((slice(50, 93), slice(30, 73), amount))
    assert [round(found, 1) for found, _ in heavy] == [amount] * reported
    assert [tuple(place) for _, place in heavy] == [
        (pytest.approx(30 / MM, abs=0.01), pytest.approx(50 / MM, abs=0.01), *[pytest.approx(43 / MM, abs=0.01)] * 2)
    ] * reported


def test_R0026_two_patches_apart_are_two_squares_and_a_large_one_is_several() -> None:
    apart = squares((slice(0, 43), slice(0, 43), 400), (slice(100, 143), slice(100, 143), 350))
    assert [round(amount) for amount, _ in apart] == [400, 350]
    assert len(squares((slice(0, 43), slice(0, 86), 400))) == 2
    assert len(squares((slice(None), slice(None), 400))) == 12  # 4 × 3 squares that cover nothing together


def test_R0026_what_lies_outside_the_bleed_does_not_count() -> None:
    """Colour bars and slugs are as heavy as they like; places are told from the trim."""
    bar = (slice(0, 43), slice(0, 150), 400)
    assert squares(bar, bleed=(0.0, 0.0, 150.0, 157.0)) == []
    assert len(squares(bar, bleed=(0.0, 0.0, 150.0, 200.0))) == 3
    ((_, place),) = squares((slice(60, 103), slice(40, 83), 400), bleed=(20.0, 10.0, 140.0, 170.0))
    assert (place.x, place.y) == pytest.approx((40 / MM, 60 / MM), abs=0.01)


def test_R0026_at_most_twenty_squares_of_a_page_are_told_and_a_small_page_is_one() -> None:
    assert len(squares((slice(None), slice(None), 400), size=(300, 300))) == 20
    ((amount, place),) = squares((slice(None), slice(None), 350), size=(20, 30))
    assert round(amount) == 350
    assert place == pytest.approx((0, 0, 30 / MM, 20 / MM), abs=0.01)
    assert squares(size=(50, 50), bleed=(60.0, 60.0, 70.0, 70.0)) == []


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that are rendered, white all over, in the place of Ghostscript's."""
    pages: list[int] = []

    def separations(path: Path, ghostscript: str, numbers: list[int]) -> Iterator[tuple[int, object]]:
        for number in numbers:
            pages.append(number)
            if number != 3:  # that cannot be painted
                yield number, numpy.zeros((50, 40, 4))

    monkeypatch.setattr("layout.press.preflight.total_ink.separations", separations)
    monkeypatch.setattr("shutil.which", lambda name: name)
    return pages


def test_R0026_a_page_of_more_dots_than_are_painted_is_reported_as_not_measured(
    painted: list[int], coated: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(*boxes: tuple[float, float, float, float]) -> list[str]:
        findings = Findings(coated)
        pages = {number: PageBoxes(box, None, None, box, None) for number, box in enumerate(boxes, 1)}
        check_ink(Path("a.pdf"), pages, findings)
        return [f"{one.rule} {one.severity.value}: {one.what.en}" for one in findings.all()]

    monkeypatch.setattr("layout.press.preflight.total_ink._MOST_DOTS", 2000)
    assert measured((10, 20, 50, 70), (0, 0, 40, 50)) == []  # each of 2000 dots
    (one,) = measured((0, 0, 40, 50), (10, 20, 50, 70.1))
    assert "Ghostscript cannot paint 1 of the pages" in one
    assert one.startswith("not-checked note")
    (one,) = measured((0, 0, 40, 50), (0, 0, 40, 50.1), (0, 0, 40, 50))
    assert "cannot paint 2 of the pages" in one
    assert painted == [1, 2, 1, 1, 3]


@pytest.mark.parametrize(("rotation", "x", "y"), [(0, 10, 20), (90, 150, 10), (180, 75, 150), (270, 20, 75)])
def test_R0026_ink_on_a_turned_page_is_found_where_it_stands_in_the_file(
    rotation: int, x: int, y: int, coated: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of 128 × 213 dots, rendered as it is seen, with a heavy patch of 43 dots."""
    whole = (0.0, 0.0, 128.0, 213.0)
    seen = numpy.zeros((213, 128, 4) if rotation in (0, 180) else (128, 213, 4))
    seen[y : y + 43, x : x + 43] = 255
    monkeypatch.setattr("layout.press.preflight.total_ink.separations", lambda *_: iter([(1, seen)]))
    monkeypatch.setattr("shutil.which", lambda name: name)
    findings = Findings(coated)
    check_ink(Path("a.pdf"), {1: PageBoxes(whole, None, None, whole, None, rotation=rotation)}, findings)
    (one,) = findings.all()
    assert (one.rule, "400%" in one.what.en) == ("GWG R0026", True)
    assert one.place is not None
    assert (one.place.x * MM, one.place.y * MM) == pytest.approx((10, 20), abs=0.1)


# Plates, and what a page is made of.


def test_a_crop_box_may_miss_the_page_by_a_hundredth_of_a_point(coated: Printer, tmp_path: Path) -> None:
    def rules(smaller: float) -> list[str]:
        pdf = clean()
        page = page_one(pdf)
        media = [float(value) for value in page.MediaBox]
        page.CropBox = Array([*media[:3], round(media[3] - smaller, 4)])
        return [one.rule for one in preflight(save(pdf, tmp_path / "a.pdf"), coated, ink=False)]

    assert rules(0.005) == []
    assert rules(0.5) == ["GWG R0003"]


def test_R0013_a_grey_path_or_line_that_overprints_is_reported(coated: Printer, tmp_path: Path) -> None:
    for operators in ("/On gs 0.5 g 80 300 60 60 re f", "/On gs 0.5 G 3 w 80 300 m 200 300 l S"):
        assert [one.rule for one in found(operators, coated, tmp_path)] == ["GWG R0013"]


def test_R0033_counts_what_shows_of_a_picture_within_the_trim_wherever_the_trim_stands(
    coated: Printer, tmp_path: Path
) -> None:
    """A trim that begins far from the page's corner, and a picture on three quarters of it."""
    printer = replace(coated, rules=coated.rules | {"GWG R0033": "error", "S2": "off", "GWG R0004": "off"})

    def rules(part: float, x: float, y: float) -> set[str]:
        pdf = clean(1)
        page = page_one(pdf)
        page.MediaBox = Array([0, 0, 2000, 2000])
        page.TrimBox = Array([x, y, x + 200, y + 200])
        page.BleedBox = Array([x - 10, y - 10, x + 210, y + 210])
        page.Resources.XObject.Page = picture(pdf, 1200, 1200, Name.DeviceGray)
        page.Contents = pdf.make_stream(f"q {200 * part} 0 0 200 {x} {y} cm /Page Do Q".encode())
        return {one.rule for one in preflight(save(pdf, tmp_path / "a.pdf"), printer, ink=False)}

    for x, y in ((500.0, 900.0), (900.0, 500.0)):
        assert "GWG R0033" in rules(1, x, y)
        assert "GWG R0033" not in rules(0.95, x, y)
        assert "GWG R0033" not in rules(0.75, x, y)


@pytest.mark.parametrize(
    ("inks", "plates"),
    [
        (("Cyan", "Black"), ("Cyan", "Black")),
        (("Magenta", "PANTONE 186 C"), ("Magenta", "PANTONE 186 C")),
        (("PANTONE 186 C", "None"), ("PANTONE 186 C",)),
    ],
)
def test_a_tint_of_several_inks_needs_their_plates(
    inks: tuple[str, ...], plates: tuple[str, ...], coated: Printer
) -> None:
    pdf = clean(1)
    page = page_one(pdf)
    tint = pdf.make_indirect(separation(pdf, "any", (0, 1, 0, 0))[3])
    page.Resources.ColorSpace.Two = Array(
        [Name.DeviceN, Array([Name("/" + ink) for ink in inks]), Name.DeviceCMYK, tint]
    )
    page.Contents = pdf.make_stream(b"/Two cs 1 1 scn 80 300 60 60 re f")
    assert plates_of(pdf, coated) == (plates,)


@pytest.mark.parametrize(
    ("space", "plates"),
    [("DeviceGray", ("Black",)), ("DeviceCMYK", ("Cyan", "Magenta", "Yellow", "Black"))],
)
def test_a_picture_needs_every_plate_of_its_space(space: str, plates: tuple[str, ...], coated: Printer) -> None:
    pdf = clean(1)
    page = page_one(pdf)
    page.Resources.XObject.Other = picture(pdf, 300, 300, Name("/" + space))
    page.Contents = pdf.make_stream(b"q 72 0 0 72 200 300 cm /Other Do Q")
    assert plates_of(pdf, coated) == (plates,)


def test_a_gradient_needs_every_plate_of_its_space(coated: Printer) -> None:
    pdf = clean(1)
    page = page_one(pdf)
    page.Resources.Shading = Dictionary(
        S=pdf.make_indirect(Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[80, 0, 140, 0]))
    )
    page.Contents = pdf.make_stream(b"q 80 300 60 60 re W n /S sh Q q 0 0 0 1 k 80 400 9 9 re f Q")
    assert plates_of(pdf, coated) == (("Cyan", "Magenta", "Yellow", "Black"),)


def test_R0024_every_place_of_a_tint_in_all_inks_is_told(coated: Printer, tmp_path: Path) -> None:
    (one,) = found("/All cs 0.5 scn 80 300 60 60 re f 200 300 60 60 re f", coated, tmp_path)
    assert (one.rule, one.count, len(one.places)) == ("GWG R0024", 2, 2)


def test_a_stencil_needs_the_plates_of_its_colour(coated: Printer) -> None:
    pdf = clean(1)
    page = page_one(pdf)
    stencil = picture(pdf, 800, 800, Name.DeviceGray, 1)
    del stencil.ColorSpace
    stencil.ImageMask = True
    page.Resources.XObject.Other = stencil
    page.Contents = pdf.make_stream(b"q 0 1 0 0.5 k 72 0 0 72 200 300 cm /Other Do Q")
    assert plates_of(pdf, coated) == (("Magenta", "Black"),)
