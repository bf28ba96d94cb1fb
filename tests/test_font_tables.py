"""What a font file says of itself is read as an independent program (fontTools) wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont, reorderFontTables
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.ttCollection import TTCollection

from layout.text.fonts.font_file import FontFile, FontFileError, every_name, faces_in, read_font, sfnt_tables
from layout.text.fonts.single_face import single_face

SQUARE = Path(__file__).parent / "fonts" / "Square.ttf"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., FontFile]:
    """The square face, changed by fontTools and read."""

    def changed(change: Callable[[TTFont], Any], name: str = "face.ttf") -> FontFile:
        with TTFont(SQUARE) as font:
            change(font)
            font.save(tmp_path / name)
        return read_font(tmp_path / name)

    return changed


Changed = Callable[..., FontFile]


def os2(**values: int) -> Callable[[TTFont], None]:
    def change(font: TTFont) -> None:
        for key, value in values.items():
            setattr(font["OS/2"], key, value)

    return change


def test_measures_are_those_of_the_tables_in_thousandths_of_an_em(changed: Changed) -> None:
    def double(font: TTFont) -> None:
        font["head"].unitsPerEm = 2000
        font["hhea"].ascent, font["hhea"].descent = 1900, -300
        os2(sTypoAscender=1760, sTypoDescender=-240, sxHeight=1002, sCapHeight=1442, version=4, usWeightClass=650)(font)
        font["post"].italicAngle = -12.5
        font["head"].xMin, font["head"].yMin, font["head"].xMax, font["head"].yMax = -100, -200, 3000, 1800
        font.recalcBBoxes = False

    found = changed(double)
    assert (found.units, found.ascent, found.descent) == (2000, 880, -120)
    assert (found.x_height, found.cap_height, found.weight, found.italic_angle) == (501, 721, 650, -12.5)
    assert found.bounds == (-50, -100, 1500, 900)
    assert found.glyph_count == TTFont(SQUARE)["maxp"].numGlyphs
    assert found.advance(found.glyph(ord("一"))) == 500


def test_a_face_without_heights_of_letters_has_them_from_its_ascent(changed: Changed) -> None:
    """OS/2 of version 1 ends before them; a face without OS/2 has its ascent from `hhea`."""

    def first(font: TTFont) -> None:
        font["hhea"].ascent, font["hhea"].descent = 901, -201
        os2(version=1, ulCodePageRange1=0, ulCodePageRange2=0, sTypoAscender=870, sTypoDescender=-130)(font)

    found = changed(first)
    assert (found.ascent, found.descent, found.cap_height, found.x_height) == (870, -130, 901, 450)

    def none(font: TTFont) -> None:
        font["hhea"].ascent, font["hhea"].descent = 901, -201
        del font["OS/2"], font["post"]

    found = changed(none)
    assert (found.ascent, found.descent, found.weight, found.italic_angle) == (901, -201, 400, 0)


@pytest.mark.parametrize(
    ("permission", "reason"),
    [
        (0, ""), (4, ""), (8, ""), (12, ""), (2, "forbids embedding it in a PDF"), (6, ""),
        (0x0100, "forbids embedding but the glyphs used"), (0x0108, "forbids embedding but the glyphs used"),
        (0x0200, "forbids embedding it in a PDF"), (0x0204, "forbids embedding it in a PDF"),
    ],
)  # fmt: skip
def test_a_licence_allows_embedding_or_forbids_it(permission: int, reason: str, changed: Changed) -> None:
    if not reason:
        assert changed(os2(fsType=permission)).weight == 400
        return
    with pytest.raises(FontFileError, match=reason):
        changed(os2(fsType=permission))


def test_a_face_is_named_by_its_family_in_english(changed: Changed) -> None:
    def names(*records: tuple[str, int, int, int, int]) -> Callable[[TTFont], None]:
        def change(font: TTFont) -> None:
            font["name"].names = []
            for text, number, platform, encoding, language in records:
                font["name"].setName(text, number, platform, encoding, language)

        return change

    english, chinese, mac = (3, 1, 0x409), (3, 1, 0x804), (1, 0, 0)
    found = changed(names(("方体", 1, *chinese), ("Square", 1, *english), ("Square-PS", 6, *english)))
    assert (found.family, found.postscript_name) == ("Square", "Square-PS")
    found = changed(names(("Square Light", 1, *english), ("Square", 16, *english)))
    assert found.family == "Square"  # the typographic family
    assert found.postscript_name == "face"  # of the file
    assert changed(names(("方体", 1, *chinese))).family == "方体"
    assert changed(names(("Carré", 1, *mac)), "other.ttf").family == "Carré".encode("mac_roman").decode("latin-1")
    assert changed(names(), "other.ttf").family == "other"
    with TTFont(SQUARE) as font:
        names(("方体", 1, *chinese), ("Square", 4, *english), ("Mac", 2, *mac))(font)
        data = font["name"].compile(font)
    assert list(every_name(data)) == [(4, "Square"), (2, "Mac"), (1, "方体")]
    assert list(every_name(data[:5])) == []
    assert len(list(every_name(data[: 6 + 2 * 12]))) == 2  # cut short after two records


def test_glyphs_after_the_last_width_are_as_wide_as_it(changed: Changed) -> None:
    def monospaced(font: TTFont) -> None:
        order, metrics = font.getGlyphOrder(), font["hmtx"].metrics
        for name in order[5:]:
            metrics[name] = (700, metrics[name][1])

    found = changed(monospaced)
    assert len(found.widths) < found.glyph_count
    assert found.advance(found.glyph_count - 1) == found.advance(5) == 700
    assert found.advance(4) == TTFont(SQUARE)["hmtx"][TTFont(SQUARE).getGlyphOrder()[4]][0]


def subtable(form: int, platform: int, encoding: int, mapping: dict[int, str]) -> CmapSubtable:
    made = CmapSubtable.newSubtable(form)
    made.platformID, made.platEncID, made.language, made.cmap = platform, encoding, 0, mapping
    if form == 12:
        made.format, made.reserved, made.length, made.nGroups = 12, 0, 0, 0
    return made


@pytest.mark.parametrize(
    ("tables", "read"),
    [
        ([(4, 3, 1)], 0), ([(4, 0, 3)], 0), ([(12, 3, 10)], 0), ([(12, 0, 4)], 0),
        ([(4, 3, 1), (12, 3, 10)], 1), ([(12, 0, 4), (4, 3, 1)], 0), ([(4, 3, 4), (4, 3, 1)], 1),
        ([(4, 1, 1), (4, 3, 1)], 1), ([(0, 1, 0), (4, 3, 1)], 1),
    ],
)  # fmt: skip
def test_the_character_map_of_all_unicode_is_read(
    tables: list[tuple[int, int, int]], read: int, changed: Changed
) -> None:
    """Each of the tables gives A another glyph, that of as many letters further on."""
    glyphs = TTFont(SQUARE).getBestCmap()

    def change(font: TTFont) -> None:
        font["cmap"].tables = [
            subtable(
                *table, {ord("A"): glyphs[ord("A") + place], ord("字"): glyphs[ord("字")]} if table[0] else {65: "A"}
            )
            for place, table in enumerate(tables)
        ]
        if tables[0][0] == 0:
            font["cmap"].tables[0].cmap = {65: glyphs[65]}

    found, order = changed(change), TTFont(SQUARE).getGlyphOrder()
    assert order[found.glyph(ord("A"))] == glyphs[ord("A") + read]
    assert order[found.glyph(ord("字"))] == glyphs[ord("字")]
    assert [found.glyph(code) for code in (0, ord("A") - 1, ord("A") + 1, ord("字") + 1, 0x10FFFF)] == [0] * 5


def test_a_face_without_a_map_of_unicode_is_refused(changed: Changed) -> None:
    glyph = TTFont(SQUARE).getBestCmap()[65]
    with pytest.raises(FontFileError, match="no table of Unicode characters"):
        changed(lambda font: setattr(font["cmap"], "tables", [subtable(0, 1, 0, {65: glyph})]))
    with pytest.raises(FontFileError, match="no table of Unicode characters"):
        changed(lambda font: setattr(font["cmap"], "tables", [subtable(4, 3, 0, {65: glyph})]))


def test_a_map_with_holes_and_glyphs_out_of_order_is_read_as_it_is(changed: Changed) -> None:
    """Segments by a difference and segments by a list."""
    glyphs = TTFont(SQUARE).getBestCmap()
    codes = [*range(0x41, 0x5B), 0x61, 0x63, 0x4E00, 0x4E01, 0x4E03, 0xFFE5]
    mapping = dict(zip(codes, [glyphs[code] for code in reversed(codes)], strict=True))
    order = TTFont(SQUARE).getGlyphOrder()
    for form, encoding in ((4, 1), (12, 10)):
        found = changed(
            lambda font, form=form, encoding=encoding: setattr(
                font["cmap"], "tables", [subtable(form, 3, encoding, mapping)]
            )
        )
        assert {code: order[found.glyph(code)] for code in codes} == mapping
        assert not any(found.glyph(code) for code in range(0x40, 0x5000) if code not in mapping)


FEATURES = """
lookup one { sub \\A by \\B; sub \\B by \\C; } one;
lookup far { sub \\a by \\x; sub \\b by \\z; sub \\d by \\c; } far;
lookup steps { sub \\zero by \\one; sub \\one by \\two; sub \\two by \\three; sub \\nine by \\A; } steps;
feature vert { lookup one; lookup steps; } vert;
feature pwid { lookup far; } pwid;
feature liga { sub \\A \\B by \\C; } liga;
"""


@pytest.mark.parametrize("extended", [False, True])
def test_forms_that_replace_one_glyph_by_one_are_those_of_the_feature(extended: bool, changed: Changed) -> None:
    with TTFont(SQUARE) as font:
        glyphs = font.getBestCmap()
    names = {"zero": "0", "one": "1", "two": "2", "three": "3", "nine": "9"}

    def name_of(word: str) -> str:
        return glyphs[ord(names.get(word, word))]

    rules = re.sub(r"\\(\w+)", lambda found: "\\" + name_of(found[1]), FEATURES)
    if extended:
        rules = rules.replace("lookup one {", "lookup one useExtension {").replace(
            "lookup far {", "lookup far useExtension {"
        )

    def change(font: TTFont) -> None:
        addOpenTypeFeaturesFromString(font, rules)

    found = changed(change)

    def pairs(*words: str) -> dict[int, int]:
        codes = [found.glyph(ord(names.get(word, word))) for word in words]
        return dict(zip(codes[::2], codes[1::2], strict=True))

    assert found.forms("vert") == pairs("A", "B", "B", "C", "zero", "one", "one", "two", "two", "three", "nine", "A")
    assert found.forms("pwid") == pairs("a", "x", "b", "z", "d", "c")
    assert found.forms("liga") == found.forms("hwid") == {}
    cut = found._replace(gsub=found.gsub[:40])
    assert cut.forms("vert") == {}  # broken: text can be set without it


def test_faces_of_a_collection_are_counted_and_their_tables_found(tmp_path: Path) -> None:
    collection = TTCollection()
    fonts = [TTFont(SQUARE), TTFont(SQUARE)]
    fonts[1]["OS/2"].usWeightClass = 777
    collection.fonts = fonts
    collection.save(tmp_path / "two.ttc")
    assert faces_in(tmp_path / "two.ttc") == 2
    assert faces_in(SQUARE) == 1
    (tmp_path / "short.ttc").write_bytes(b"ttcf\0\1\0\0\0\0\0")
    assert faces_in(tmp_path / "short.ttc") == 1
    (tmp_path / "many.ttc").write_bytes(b"ttcf\0\1\0\0\0\1\0\0")
    assert faces_in(tmp_path / "many.ttc") == 256
    weights = [
        int.from_bytes(sfnt_tables(tmp_path / "two.ttc", number, ("OS/2",))["OS/2"][4:6], "big") for number in (0, 1)
    ]
    assert weights == [400, 777]
    tables = sfnt_tables(tmp_path / "two.ttc", 1, ("head",))
    assert len(tables["head"]) == 54
    assert tables["glyf"] == b""  # not wanted, and there
    with pytest.raises(FontFileError, match="say which face of it"):
        read_font(tmp_path / "two.ttc")


def test_a_file_that_is_there_is_a_font_whatever_it_is_called(tmp_path: Path) -> None:
    """Only what is no file and has no font's ending is sought among the families of the system."""
    path = tmp_path / "face.bin"
    path.write_bytes(SQUARE.read_bytes())
    assert single_face(path) == path
    with pytest.raises(FontFileError, match=r"there is no such file$"):
        single_face(tmp_path / "gone.otf")
    with pytest.raises(FontFileError, match="nor a font “Nobody Has This Family” on this machine"):
        single_face(tmp_path / "Nobody Has This Family")


def test_a_file_that_ends_before_a_table_that_is_needed_is_cut_short(tmp_path: Path) -> None:
    data, path = SQUARE.read_bytes(), tmp_path / "cut.ttf"
    with TTFont(SQUARE) as font:
        ends = {tag: entry.offset + entry.length for tag, entry in font.reader.tables.items()}
    for tag in ("cmap", "hmtx", "glyf"):
        path.write_bytes(data[: ends[tag] - 1])
        with pytest.raises(FontFileError, match="cut short"):
            read_font(path)
    path.write_bytes(data[: max(ends.values())])
    assert read_font(path).units == 1000


def test_outlines_at_the_end_of_a_file_are_all_there_or_it_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "last.ttf"
    with TTFont(SQUARE) as font, SQUARE.open("rb") as file, path.open("wb") as out:
        others = [tag for tag in font.reader.tables if tag != "glyf"]
        reorderFontTables(file, out, [*others, "glyf"])
    data = path.read_bytes()
    with TTFont(path) as font:
        entry = font.reader.tables["glyf"]
    end = entry.offset + entry.length
    assert len(data) - end < 4  # it is the last
    path.write_bytes(data[:end])
    assert read_font(path).units == 1000
    path.write_bytes(data[: end - 1])
    with pytest.raises(FontFileError, match="cut short"):
        read_font(path)
