"""What a page paints, read as a RIP would read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from press_sheets import clean, font, page_one, picture

from layout.pdfcontent.painted import Oddity, PaintedGroup, PaintedImage, PaintedMark, PaintedShading, PaintedText
from layout.pdfcontent.painted import PaintedPath as Painted
from layout.pdfcontent.resources import DocumentResources
from layout.pdfcontent.statements import string_token, tokens
from layout.press.preflight.walker import walk_page


def marks(operators: str, **resources: object) -> list[PaintedMark]:
    pdf = clean(1)
    page = page_one(pdf)
    del page.Group
    page.Contents = pdf.make_stream(operators.encode("latin-1"))
    for kind, entries in resources.items():
        page.Resources[f"/{kind}"] = entries(pdf) if callable(entries) else entries
    return walk_page(page, DocumentResources())


def one(operators: str, **resources: object) -> PaintedMark:
    (mark,) = marks(operators, **resources)
    return mark


def test_text_is_as_wide_as_its_glyphs_and_stands_on_its_baseline() -> None:
    mark = one("BT /F 10 Tf 1 0 0 1 100 200 Tm <000500060007> Tj ET")
    assert isinstance(mark, PaintedText)
    assert mark.appearance.size == 10
    assert mark.box == pytest.approx((100, 198.8, 130, 208.8))


@pytest.mark.parametrize(
    ("operators", "width"),
    [
        ("/F 10 Tf 2 Tc <00050006> Tj", 24),
        ("/F 10 Tf 50 Tz <00050006> Tj", 10),
        ("/F 10 Tf [<0005> 500 <0006>] TJ", 15),
        ("/F 10 Tf [<0005> -500 <0006>] TJ", 25),
        ("/F 10 Tf <0005> Tj <0006> Tj", 20),
        ("/F 10 Tf (\\000\\005\\000\\006) Tj", 20),
        ("/F 1 Tf 10 0 0 10 0 0 Tm <00050006> Tj", 20),
        ("/F 10 Tf 12 TL <00050006> '", 20),
        ('/F 10 Tf 12 TL 0 3 <00050006> "', 26),
    ],
)
def test_every_way_of_spacing_text_counts(operators: str, width: float) -> None:
    mark = one(f"BT {operators} ET")
    assert mark.box[2] - mark.box[0] == pytest.approx(width)


def test_size_is_what_is_seen_on_the_page() -> None:
    assert one("q 0.5 0 0 0.5 0 0 cm BT /F 18 Tf 10 0 0 1 0 500 Tm <0005> Tj ET Q").appearance.size == pytest.approx(9)
    assert one("q 0 2 -2 0 300 300 cm BT /F 6 Tf <0005> Tj ET Q").appearance.size == pytest.approx(12)


def test_widths_of_the_font_are_used_where_it_gives_them() -> None:
    def narrow(pdf: pikepdf.Pdf) -> Dictionary:
        face = font(pdf)
        face.DescendantFonts[0].W = Array([5, Array([500, 250]), 9, 20, 100])
        return Dictionary(F=face)

    mark = one("BT /F 10 Tf <0005000600090001> Tj ET", Font=narrow)
    assert mark.box[2] - mark.box[0] == pytest.approx(5 + 2.5 + 1 + 10)


def test_vertical_text_goes_down() -> None:
    def vertical(pdf: pikepdf.Pdf) -> Dictionary:
        face = font(pdf)
        face.Encoding = Name("/Identity-V")
        return Dictionary(F=face)

    mark = one("BT /F 10 Tf 1 0 0 1 100 200 Tm <00050006> Tj ET", Font=vertical)
    assert mark.box == pytest.approx((95, 180, 105, 200))


def test_glyphs_of_one_look_on_one_baseline_are_one_text() -> None:
    line = " ".join(f"1 0 0 1 {100 + 10 * i} 200 Tm <0005> Tj" for i in range(20))
    assert len(marks(f"BT /F 10 Tf 0 0 0 1 k {line} ET")) == 1
    assert len(marks(f"BT /F 10 Tf {line} 0 0 0 0.5 k 1 0 0 1 300 200 Tm <0005> Tj ET")) == 2
    assert len(marks("BT /F 10 Tf <0005> Tj 100 0 Td <0005> Tj ET")) == 2


def test_lines_of_one_look_are_one_text_that_knows_its_lines() -> None:
    text, last = marks(
        "/P BMC BT /F 10 Tf 0 0 0 1 k 100 300 Td <00050006> Tj 0 -15 Td 1 Tc [<0005> 500 <0006>] TJ ET EMC "
        "/P<</MCID 1>>BDC BT 200 300 Td (\\000\\005) Tj 0 -15 Td <0005> Tj ET EMC"
    )
    assert [line[0] for line in text.lines] == pytest.approx([100, 100, 200])
    assert [line[2] for line in text.lines] == pytest.approx([120, 117, 211])
    assert text.box == pytest.approx((100, 283.8, 211, 308.8))
    assert last.lines == [pytest.approx((200, 283.8, 211, 293.8))]


def test_lines_are_cut_at_the_clip() -> None:
    lines = "BT /F 10 Tf 100 300 Td <00050006> Tj 0 -15 Td <0005> Tj 0 -15 Td <0005> Tj ET"
    cut, last = marks(f"q 0 0 110 290 re W n {lines} Q")
    assert cut.lines == [pytest.approx((100, 283.8, 110, 290))]
    assert last.box == pytest.approx((100, 268.8, 110, 278.8))


def test_of_lines_and_paths_with_a_broken_number_the_rest_is_read() -> None:
    first, second = marks("BT /F 10 Tf 100 300 Td <0005> Tj 0 --15 Td <0005> Tj 50 -15 Td <0005> Tj ET")
    assert [first.box[2], second.box[0]] == pytest.approx([120, 150])  # the second stands behind the first
    assert one("10 10 m 50 1.2.3 l 30 40 l h f").box == pytest.approx((10, 10, 30, 40))


def test_a_comment_between_operands_is_blank() -> None:
    assert one("1 0 % of cyan\n0 0 k 0 0 9 9 re f").colour.values == (1, 0, 0, 0)


def test_text_that_is_filled_and_stroked_is_reported_in_both_colours() -> None:
    found = marks("BT /F 10 Tf 2 Tr 0 0 0 1 k 1 0 0 0 K 50 50 Td <0005> Tj ET")
    assert [mark.appearance.colour.values for mark in found] == [(0, 0, 0, 1), (1, 0, 0, 0)]


def test_a_line_is_as_thick_as_it_comes_out() -> None:
    assert one("0.5 0 0 0.5 0 0 cm 1 w 10 10 m 90 10 l S").width == pytest.approx(0.5)


def test_a_path_of_rectangles_is_reported_one_by_one_and_a_shape_as_a_whole() -> None:
    assert [m.width for m in marks("10 10 100 0.3 re 10 50 0.4 90 re f")] == pytest.approx([0.3, 0.4])
    shape = one("10 10 m 50 90 l 90 10 l h f")
    assert shape.box == pytest.approx((10, 10, 90, 90))
    assert shape.width == float("inf")


def test_saving_and_restoring_brings_back_colour_clip_and_overprint() -> None:
    first, second = marks("q 0 0 0 1 k /On gs 0 0 5 5 re W n 0 0 9 9 re f Q 0 0 9 9 re f")
    assert (first.overprint.on, second.overprint.on) == (True, False)
    assert (first.box, second.box) == ((0, 0, 5, 5), (0, 0, 9, 9))
    assert second.colour.space.family == "DeviceGray"


def test_overprint_of_strokes_and_fills_are_two_things() -> None:
    state = Dictionary(S=Dictionary(OP=True, op=False, OPM=1))
    stroke, fill = marks("/S gs 0 0 m 9 9 l S 0 0 9 9 re f", ExtGState=state)
    assert (stroke.overprint.on, fill.overprint.on) == (True, False)


def test_opacity_and_blending_make_a_mark_not_plain() -> None:
    for entry in ({"ca": 0.5}, {"BM": Name.Multiply}):
        found = marks("/S gs 0 0 9 9 re f", ExtGState=Dictionary(S=Dictionary(**entry)))
        assert [m.is_plain for m in found if isinstance(m, Painted)] == [False]


def test_a_picture_has_its_resolution_from_its_size_on_the_page() -> None:
    mark = one("q 36 0 0 72 100 100 cm /Im Do Q")
    assert isinstance(mark, PaintedImage)
    assert mark.ppi == pytest.approx(300)  # 300 × 300 dots: 600 ppi across, 300 down
    assert mark.box == pytest.approx((100, 100, 136, 172))


def test_a_turned_picture_has_the_same_resolution() -> None:
    assert one("q 0 72 -72 0 200 100 cm /Im Do Q").ppi == pytest.approx(300)


def test_an_inline_picture_is_read_and_its_bytes_are_not() -> None:
    mark, path = marks("q 72 0 0 72 0 0 cm BI /W 10 /H 20 /CS /G /BPC 1 ID \x00Q EQ 1 0 0 rg\xff EI Q 0 0 9 9 re f")
    assert isinstance(mark, PaintedImage)
    assert (mark.width, mark.height, mark.bits, mark.space.family) == (10, 20, 1, "DeviceGray")
    assert path.colour.space.family == "DeviceGray"


def test_a_form_is_walked_where_it_is_placed_and_cut_at_its_box() -> None:
    def form(pdf: pikepdf.Pdf) -> Dictionary:
        stream = pdf.make_stream(b"0 0 100 100 re f")
        stream.Subtype, stream.BBox = Name.Form, Array([0, 0, 10, 10])
        stream.Matrix = Array([2, 0, 0, 2, 0, 0])
        return Dictionary(X=stream)

    assert one("1 0 0 1 50 50 cm /X Do", XObject=form).box == pytest.approx((50, 50, 70, 70))


def test_colours_inside_type_3_glyphs_are_reported() -> None:
    def drawn(pdf: pikepdf.Pdf) -> Dictionary:
        glyph = pdf.make_stream(b"1000 0 d0 1 0 0 rg 0 0 750 750 re f")
        face = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary(a=glyph), Encoding=Dictionary(Differences=[97, Name.a]), FirstChar=97, LastChar=97,
            Widths=[1000], Resources=Dictionary(),
        )  # fmt: skip
        return Dictionary(F=pdf.make_indirect(face))

    found = marks("BT /F 12 Tf 100 100 Td (aa) Tj ET", Font=drawn)
    assert [m.colour.space.family for m in found if isinstance(m, Painted)] == ["DeviceRGB"]
    (text,) = [m for m in found if isinstance(m, PaintedText)]
    assert text.box[2] - text.box[0] == pytest.approx(24)


def test_default_colour_spaces_take_the_place_of_device_ones() -> None:
    space = Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    assert one("1 0 0 rg 0 0 9 9 re f", ColorSpace=Dictionary(DefaultRGB=space)).colour.space.family == "CalRGB"


def test_operands_that_cannot_be_are_passed_over(tmp_path: Path) -> None:
    found = marks("1 0 rg /Nothing Do (x) w 5 Tf BT (a) Tj ET Q Q 0 0 9 9 re f")
    assert [type(mark) for mark in found] == [Painted]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"(a\\(b\\)c)", b"a(b)c"),
        (b"(a(b(c)d)e)", b"a(b(c)d)e"),
        (b"(\\101\\12)", b"A\n"),
        (b"(a\\\nb)", b"ab"),
        (b"<48 65 6C>", b"Hel"),
        (b"<486>", b"H`"),
        (b"()", b""),
    ],
)
def test_strings_are_read_as_written(written: bytes, read: bytes) -> None:
    assert list(tokens(b"/F 1 Tf " + written + b" Tj"))[3:] == [written, b"Tj"]
    assert string_token(written) == read


def test_the_jpeg_2000_of_an_image_says_its_space_where_the_dictionary_does_not() -> None:
    def jpx(pdf: pikepdf.Pdf) -> Dictionary:
        image = picture(pdf)
        del image.ColorSpace
        image.write(b"\0\0\0\x0fcolr\x01\0\0\0\0\0\x10", filter=Name.JPXDecode)
        return Dictionary(Im=image)

    assert one("q 72 0 0 72 0 0 cm /Im Do Q", XObject=jpx).space.family == "DeviceRGB"


# Patterns.


def pattern(content: bytes, **entries: object) -> Callable[[pikepdf.Pdf], Dictionary]:
    def made(pdf: pikepdf.Pdf) -> Dictionary:
        stream = pdf.make_stream(content)
        stream.Type, stream.PatternType, stream.PaintType, stream.TilingType = Name.Pattern, 1, 1, 1
        stream.BBox, stream.XStep, stream.YStep = Array([0, 0, 9, 9]), 9, 9
        for key, value in entries.items():
            stream[f"/{key}"] = value
        return Dictionary(P=stream)

    return made


def test_a_tiling_pattern_s_marks_stand_where_it_is_painted_in_its_own_colours() -> None:
    found = marks(
        "/Pattern cs /P scn 80 300 60 40 re f 10 10 20 20 re f 0 g 1 1 5 5 re f",
        Pattern=pattern(b"1 0 0 rg 2 2 3 3 re f 0 0 0 1 K 0 0 m 9 9 l S"),
    )
    inside = [mark for mark in found if isinstance(mark, Painted) and mark.colour.space.family != "Pattern"]
    assert [mark.colour.space.family for mark in inside] == ["DeviceRGB", "DeviceCMYK", "DeviceGray"]
    assert [mark.box for mark in inside] == [(80, 300, 140, 340), (80, 300, 140, 340), (1, 1, 6, 6)]


def test_lines_in_a_pattern_are_as_thick_as_its_matrix_makes_them() -> None:
    operators = "0.5 0 0 0.5 0 0 cm /Pattern cs /P scn 80 300 60 40 re f"
    found = marks(operators, Pattern=pattern(b"1 w 0 0 m 9 9 l S", Matrix=Array([3, 0, 0, 3, 0, 0])))
    assert [mark.width for mark in found if isinstance(mark, Painted) and mark.is_stroke] == [pytest.approx(3)]


def test_a_pattern_without_colours_of_its_own_takes_those_that_it_is_painted_with() -> None:
    space = Array([Name.Pattern, Name.DeviceCMYK])
    content = b"2 2 3 3 re f 0 0 m 9 9 l S"
    operators = "/Any cs 0.1 0.2 0.3 0.4 /P scn 80 300 60 40 re f"
    for paint_type, colour in ((2, ("DeviceCMYK", (0.1, 0.2, 0.3, 0.4))), (1, ("DeviceGray", (0.0,)))):
        found = marks(operators, Pattern=pattern(content, PaintType=paint_type), ColorSpace=Dictionary(Any=space))
        inside = [mark.colour for mark in found if isinstance(mark, Painted)][-2:]
        assert [(one.space.family, one.values) for one in inside] == [colour, colour]


def test_a_gradient_is_a_shading_as_a_pattern_and_by_itself_within_the_clip() -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 0])
    by_pattern = marks(
        "/Pattern cs /P scn 80 300 60 40 re f",
        Pattern=Dictionary(P=Dictionary(PatternType=2, Shading=shading)),
    )
    shown = [mark for mark in by_pattern if isinstance(mark, PaintedShading)]
    assert [(mark.box, mark.space.family) for mark in shown] == [((80, 300, 140, 340), "DeviceRGB")]
    by_itself = one("10 20 30 40 re W n /S sh", Shading=Dictionary(S=shading))
    assert (type(by_itself), by_itself.box) == (PaintedShading, (10, 20, 40, 60))
    assert marks("0 0 9 9 re W n 20 20 9 9 re W n /S sh", Shading=Dictionary(S=shading)) == []


# Forms and pictures.


def form(content: bytes, **entries: object) -> Callable[[pikepdf.Pdf], Dictionary]:
    def made(pdf: pikepdf.Pdf) -> Dictionary:
        stream = pdf.make_stream(content)
        stream.Subtype = Name.Form
        for key, value in entries.items():
            stream[f"/{key}"] = value
        return Dictionary(X=stream)

    return made


def test_a_form_without_a_box_is_not_cut_and_one_outside_the_clip_is_not_walked() -> None:
    assert one("/X Do", XObject=form(b"0 0 100 100 re f")).box == (0, 0, 100, 100)
    outside = form(b"0 0 100 100 re f", BBox=Array([0, 0, 10, 10]))
    assert one("0 0 20 5 re W n /X Do", XObject=outside).box == (0, 0, 10, 5)
    assert marks("20 20 5 5 re W n /X Do", XObject=outside) == []


def test_what_a_form_sets_ends_with_it() -> None:
    inner, outer = marks("/X Do 0 0 9 9 re f", XObject=form(b"q 1 0 0 0 k 0 0 5 5 re f"))
    assert (inner.colour.space.family, outer.colour.space.family) == ("DeviceCMYK", "DeviceGray")


def test_a_form_that_paints_itself_is_painted_once() -> None:
    def itself(pdf: pikepdf.Pdf) -> Dictionary:
        entries = form(b"0 0 9 9 re f /X Do")(pdf)
        stream = pdf.make_indirect(entries.X)
        stream.Resources = Dictionary(XObject=Dictionary(X=stream))
        return Dictionary(X=stream)

    assert len(marks("/X Do", XObject=itself)) == 1


@pytest.mark.parametrize(("depth", "reached"), [(16, True), (17, False)])
def test_forms_are_walked_to_sixteen_within_each_other(depth: int, reached: bool) -> None:
    def nested(pdf: pikepdf.Pdf) -> Dictionary:
        inner = pdf.make_stream(b"0 0 9 9 re f")
        inner.Subtype = Name.Form
        for _ in range(depth - 1):
            outer = pdf.make_stream(b"/X Do")
            outer.Subtype = Name.Form
            outer.Resources = Dictionary(XObject=Dictionary(X=pdf.make_indirect(inner)))
            inner = outer
        return Dictionary(X=pdf.make_indirect(inner))

    assert [type(mark) for mark in marks("/X Do", XObject=nested)] == [Painted] * reached


@pytest.mark.parametrize(
    ("entries", "oddities"),
    [
        ({"Ref": Dictionary()}, ["reference"]),
        ({"Subtype2": Name.PS}, ["postscript"]),
        ({"OPI": Dictionary()}, ["opi"]),
        ({"Group": Dictionary(S=Name.Transparency)}, ["transparency"]),
        ({}, []),
    ],
)
def test_what_is_odd_about_a_form_is_reported_before_what_it_paints(
    entries: dict[str, object], oddities: list[str]
) -> None:
    *odd, mark = marks("0 0 20 20 re W n /X Do", XObject=form(b"0 0 9 9 re f", **entries))
    assert [(type(one), one.kind, one.box) for one in odd] == [(Oddity, kind, (0, 0, 20, 20)) for kind in oddities]
    assert isinstance(mark, Painted)


def test_postscript_in_the_place_of_a_form_is_reported_and_not_walked() -> None:
    (mark,) = marks("/X Do", XObject=form(b"0 0 9 9 re f", Subtype=Name.PS))
    assert isinstance(mark, Oddity)
    assert mark.kind == "postscript"


def test_a_group_s_space_is_reported_of_a_form_and_of_a_page() -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    found = marks("/X Do", XObject=form(b"", BBox=Array([0, 0, 5, 5]), Group=group))
    assert [(mark.box, mark.space.family, mark.is_mask) for mark in found if isinstance(mark, PaintedGroup)] == [
        ((0, 0, 5, 5), "DeviceRGB", False)
    ]
    pdf = clean(1)
    page_one(pdf).Contents = pdf.make_stream(b"")
    (mark,) = walk_page(page_one(pdf), DocumentResources())
    assert isinstance(mark, PaintedGroup)
    assert (mark.space.family, mark.is_mask) == ("DeviceCMYK", False)


def with_picture(**entries: object) -> Callable[[pikepdf.Pdf], Dictionary]:
    def made(pdf: pikepdf.Pdf) -> Dictionary:
        image = picture(pdf)
        for key, value in entries.items():
            if value is None:
                del image[f"/{key}"]
            else:
                image[f"/{key}"] = value
        return Dictionary(Im=image)

    return made


@pytest.mark.parametrize(("entry", "value"), [("SMask", Dictionary()), ("SMaskInData", 1), ("SMaskInData", 2)])
def test_a_picture_with_a_soft_mask_is_transparent(entry: str, value: object) -> None:
    place = "0 0 20 20 re W n 72 0 0 72 0 0 cm /Im Do"
    odd, mark = marks(place, XObject=with_picture(**{entry: value}))
    assert isinstance(odd, Oddity)
    assert (odd.kind, odd.box) == ("transparency", (0, 0, 20, 20))
    assert isinstance(mark, PaintedImage)
    assert len(marks(place, XObject=with_picture(SMaskInData=0))) == 1


@pytest.mark.parametrize("entries", [{"ca": 0.99}, {"BM": Name.Multiply}])
def test_a_picture_painted_through_a_state_that_is_not_plain_is_transparent(entries: dict[str, object]) -> None:
    states = {"ExtGState": Dictionary(S=Dictionary(**entries), N=Dictionary(ca=1, BM=Name.Normal))}
    found = marks("/S gs 72 0 0 72 0 0 cm /Im Do", **states)
    assert [mark.box for mark in found if isinstance(mark, Oddity)][-1] == (0, 0, 72, 72)
    assert [type(mark) for mark in marks("/N gs 72 0 0 72 0 0 cm /Im Do", **states)] == [PaintedImage]


def test_a_picture_is_cut_at_the_clip_and_keeps_its_resolution() -> None:
    mark = one("0 0 20 20 re W n 72 0 0 72 10 10 cm /Im Do")
    assert isinstance(mark, PaintedImage)
    assert (mark.box, mark.ppi) == ((10, 10, 20, 20), pytest.approx(300))
    assert marks("0 0 5 5 re W n 72 0 0 72 10 10 cm /Im Do") == []


def test_a_picture_of_no_width_has_the_resolution_of_its_height() -> None:
    mark = one("0 0 0 72 10 10 cm /Im Do")
    assert isinstance(mark, PaintedImage)
    assert mark.ppi == pytest.approx(300)
    assert one("72 0 0 0 10 10 cm /Im Do").ppi == pytest.approx(300)
    assert one("0 0 0 0 10 10 cm /Im Do").ppi == float("inf")


def test_a_stencil_has_one_bit_and_the_colour_it_is_painted_with() -> None:
    stencil = with_picture(ImageMask=True, ColorSpace=None, BitsPerComponent=None)
    mark = one("0 1 0 0 k 72 0 0 72 0 0 cm /Im Do", XObject=stencil)
    assert isinstance(mark, PaintedImage)
    assert mark.colour is not None
    assert (mark.bits, mark.space.family, mark.colour.values) == (1, "unknown", (0, 1, 0, 0))
    other = one("0 1 0 0 k 72 0 0 72 0 0 cm /Im Do", XObject=with_picture(BitsPerComponent=None))
    assert isinstance(other, PaintedImage)
    assert (other.bits, other.space.family, other.colour) == (8, "DeviceCMYK", None)


def test_a_stencil_painted_with_a_pattern_shows_the_pattern_s_colours() -> None:
    found = marks(
        "/Pattern cs /P scn 72 0 0 72 10 10 cm /Im Do",
        XObject=with_picture(ImageMask=True, ColorSpace=None),
        Pattern=pattern(b"1 0 0 rg 2 2 3 3 re f"),
    )
    assert [(mark.colour.space.family, mark.box) for mark in found if isinstance(mark, Painted)] == [
        ("DeviceRGB", (10, 10, 82, 82))
    ]


def test_a_picture_without_a_size_has_none() -> None:
    mark = one("72 0 0 72 0 0 cm /Im Do", XObject=with_picture(Width=None, Height=None))
    assert isinstance(mark, PaintedImage)
    assert (mark.width, mark.height, mark.ppi) == (0, 0, 0)


@pytest.mark.parametrize(
    ("head", "read"),
    [
        ("/W 10 /H 20 /CS /RGB /BPC 4", (10, 20, 4, "DeviceRGB")),
        ("/Width 10 /Height 20 /ColorSpace /DeviceCMYK /BitsPerComponent 2", (10, 20, 2, "DeviceCMYK")),
        ("", (0, 0, 8, "DeviceGray")),
        ("/W 3 /H 4 /CS [/I /RGB 0 <000000>]", (3, 4, 8, "Indexed")),
        ("/W 3 /H 4 /IM true", (3, 4, 1, "unknown")),
        ("/W 3 /H 4 /ImageMask true", (3, 4, 1, "unknown")),
        ("/W 3 /H 4 /IM false /BPC 8", (3, 4, 8, "DeviceGray")),
    ],
)
def test_an_inline_picture_s_head_is_read_by_its_short_and_long_names(
    head: str, read: tuple[int, int, int, str]
) -> None:
    mark = one(f"72 0 0 72 0 0 cm BI {head} ID \x00\x00 EI")
    assert isinstance(mark, PaintedImage)
    assert (mark.width, mark.height, mark.bits, mark.space.family) == read
    assert (mark.colour is None) is (read[3] != "unknown")


def test_an_indexed_inline_picture_is_of_the_space_that_its_table_is_of() -> None:
    mark = one("72 0 0 72 0 0 cm BI /W 3 /H 4 /CS [/I /CMYK 0 <00000000>] ID \x00\x00 EI")
    assert mark.space.leaf.family == "DeviceCMYK"
    assert one("72 0 0 72 0 0 cm BI /W 3 /H 4 /CS [/I] ID \x00\x00 EI").space.leaf.family == "unknown"


@pytest.mark.parametrize("head", ["/W ten /H 20", "/W 10 /H 2.5", "/W 1 /H 1 /F " + "(" + "a" * 4090 + ")"])
def test_an_inline_picture_whose_head_cannot_be_is_damage(head: str) -> None:
    (mark,) = marks(f"72 0 0 72 0 0 cm BI {head} ID \x00\x00 EI")
    assert isinstance(mark, Oddity)
    assert mark.kind == "damaged"
