"""What the faces in `fonts/` promise, asked of the files themselves by fontTools and HarfBuzz."""

from __future__ import annotations

import hashlib
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from layout.runtime.resources import data_folder
from layout.text.fonts.faces import load_faces, manifest

FONTS = data_folder("fonts")
NAMES = ["Song-Regular", "Song-Bold", "Song-Black", "Hei-Regular", "Hei-Bold", "Kai-Regular"]
FACES = load_faces()
GB_2312 = {bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)} - {
    ""
}
DASH = "—"

every_face = pytest.mark.parametrize("name", NAMES)


@cache
def font(name: str) -> TTFont:
    return TTFont(FONTS / f"{name}.ttf", lazy=True)


def bounds(name: str, glyph: int) -> tuple[int, int, int, int]:
    outline = font(name)["glyf"][font(name).getGlyphName(glyph)]
    return outline.xMin, outline.yMin, outline.xMax, outline.yMax


def ink(name: str, char: str) -> tuple[int, int, int, int]:
    return bounds(name, FACES[name].glyphs[char])


def table_of_characters() -> list[str]:
    """The three levels of 通用规范汉字表."""
    levels = [""]
    for line in (FONTS / "characters.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            levels.append("")
        else:
            levels[-1] += line
    return [level for level in levels if level]


def test_there_are_six_faces_and_the_manifest_names_them():
    assert list(FACES) == list(manifest()) == NAMES
    assert {path.stem for path in FONTS.glob("*.[to]t[fc]")} == set(NAMES)


@every_face
def test_the_manifest_reports_the_truth(name):
    entry, data = manifest()[name], (FONTS / f"{name}.ttf").read_bytes()
    assert entry["sha256"] == hashlib.sha256(data).hexdigest() == FACES[name].sha256
    assert entry["bytes"] == len(data)
    assert entry["glyphs"] == font(name)["maxp"].numGlyphs == FACES[name].font.glyph_count
    covered = set()
    for span in entry["coverage"].split():
        first, _, last = span.partition("-")
        covered |= set(range(int(first, 16), int(last or first, 16) + 1))
    assert covered == set(font(name).getBestCmap())
    assert entry["characters"] == len(covered)
    assert entry["family"] == FACES[name].font.family
    assert entry["weight"] == FACES[name].font.weight == font(name)["OS/2"].usWeightClass


def test_the_table_of_characters_is_whole():
    levels = table_of_characters()
    assert [len(level) for level in levels] == [3500, 3000, 1605]
    assert len(set("".join(levels))) == 8105


@every_face
def test_every_face_has_the_table_of_characters_and_gb_2312(name):
    wanted = set("".join(table_of_characters())) | GB_2312 | set(map(chr, range(0x20, 0x7F)))
    assert len(GB_2312) == 7445
    assert [char for char in sorted(wanted) if not FACES[name].covers(char)] == []


@every_face
def test_every_face_has_traditional_forms_and_the_numbers_in_circles(name):
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    plane = "".join(bytes((lead, trail)).decode("big5", "ignore") for lead in range(0xA4, 0xC7) for trail in trails)
    circled = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
    assert len(plane) > 5401
    assert [char for char in plane + circled + "廠長筆記囍龘髙" if not FACES[name].covers(char)] == []
    font = FACES[name].font
    assert {font.advance(font.glyph(ord(char))) for char in "廠長筆記囍龘髙㉑㊿"} == {1000}


def test_the_text_face_has_every_han_that_another_has_and_all_of_unicode_s_first_blocks():
    """Han that a display face lacks falls back on Song-Regular."""
    song = FACES["Song-Regular"]
    assert all(song.covers(chr(code)) for code in (*range(0x4E00, 0xA000), *range(0x3400, 0x4DB6)))
    for name in NAMES:
        assert [code for code in font(name).getBestCmap() if code > 0x2E80 and not song.covers(chr(code))] == []


@every_face
def test_every_character_has_a_glyph_of_its_own(name):
    glyphs = list(font(name).getBestCmap().values())
    assert len(set(glyphs)) == len(glyphs)


@every_face
@pytest.mark.parametrize(
    ("char", "width"),
    [
        *((char, 1000) for char in "，。、；：？！“”‘’（）《》〈〉【】—…～　国"),
        *((char, 2000) for char in "⸺"),
        *((char, 500) for char in "·"),
    ],
)
def test_marks_are_as_wide_as_gb_15834_has_them(name, char, width):
    """GB/T 15834 5.1: 点号, 引号, 括号, 书名号 1 em, —— and …… 2 em, · ½ em."""
    assert FACES[name].advances[char] == width


@every_face
def test_two_dashes_join_without_a_seam_and_one_keeps_clear(name):
    """GB/T 15834 5.1.4, rule B1: an unbroken line of 2 em, the ends as clear of the neighbours as one dash is."""
    first, second = FACES[name].shape(DASH * 2)
    alone = ink(name, DASH)
    assert bounds(name, first)[2] > 1000 > 0 > bounds(name, second)[0]
    assert bounds(name, first)[0] == alone[0] > 50
    assert bounds(name, second)[2] == alone[2] < 950
    assert {bounds(name, glyph)[1::2] for glyph in (first, second)} == {alone[1::2]}
    assert FACES[name].advance(first) == FACES[name].advance(second) == 1000


@every_face
def test_two_dashes_join_in_a_vertical_line_too(name):
    first, second = FACES[name].shape(DASH * 2, vertical=True)
    alone = FACES[name].shape(DASH, vertical=True)[0]
    assert bounds(name, first)[3] == bounds(name, alone)[3] == bounds(name, alone)[1] + 860
    assert bounds(name, first)[1] < bounds(name, second)[3] - 1000
    assert bounds(name, first)[3] - bounds(name, first)[1] > 5 * (bounds(name, first)[2] - bounds(name, first)[0])


@every_face
def test_an_ellipsis_is_evenly_dotted_at_mid_height(name):
    """GB/T 15834 5.1.5, rule B2: …… is six dots, the same distance within and between the two halves."""
    glyph = font(name)["glyf"][font(name).getBestCmap()[0x2026]]
    points, ends, _ = glyph.getCoordinates(font(name)["glyf"])
    dots, start = [], 0
    for end in ends:
        contour = points[start : end + 1]
        dots.append((min(x for x, _ in contour) + max(x for x, _ in contour)) / 2)
        start = end + 1
    dots.sort()
    steps = [dots[1] - dots[0], dots[2] - dots[1], dots[0] + 1000 - dots[2]]
    assert len(dots) == 3
    assert max(steps) - min(steps) < 60
    assert 330 < (ink(name, "…")[1] + ink(name, "…")[3]) / 2 < 430


@every_face
def test_marks_have_their_ink_on_the_side_that_stays(name):
    """Rule C2: an opening mark may give its left half, a closing mark or stop its right half."""
    slack = 10
    assert {char: ink(name, char)[0] for char in "“‘（《〈「『【〔" if ink(name, char)[0] < 500 - slack} == {}
    closing = "，。、；：？！”’）》〉」』】〕"
    assert {char: ink(name, char)[2] for char in closing if ink(name, char)[2] > 500 + slack} == {}


@every_face
def test_digits_have_a_form_of_half_an_em(name):
    face = FACES[name]
    half = face.shape("0123456789", half_digits=True)
    assert [face.advance(glyph) for glyph in half] == [500] * 10
    assert all(bounds(name, glyph)[0] > -20 and bounds(name, glyph)[2] < 520 for glyph in half)
    assert len(set(half) | set(face.shape("0123456789"))) == 20


@every_face
def test_western_quotation_marks_are_proportional(name):
    """Rule C7: the quotation marks of Western words are narrow, with their ink inside their width."""
    face = FACES[name]
    for char in "‘’“”":
        glyph = face.forms("pwid")[char]
        assert 0 < face.advance(glyph) < 600
        assert -10 <= bounds(name, glyph)[0] < bounds(name, glyph)[2] <= face.advance(glyph) + 10


@every_face
def test_vertical_forms_turn_the_marks_that_turn(name):
    vertical, usual = FACES[name].vertical, FACES[name].glyphs
    turned = [char for char in "（）《》〈〉「」『』【】—…" if vertical[char] == usual[char]]
    assert turned == []
    assert vertical["国"] == usual["国"]


@every_face
def test_widths_and_glyphs_are_those_that_harfbuzz_finds(name):
    """Another reader of the same file, for every character of the face."""
    face = FACES[name]
    blob = uharfbuzz.Blob.from_file_path(str(FONTS / f"{name}.ttf"))
    other = uharfbuzz.Font(uharfbuzz.Face(blob))
    chars = list(map(chr, font(name).getBestCmap()))
    glyphs = [other.get_nominal_glyph(ord(char)) for char in chars]
    assert list(map(face.glyphs.__getitem__, chars)) == glyphs
    assert list(map(face.advances.__getitem__, chars)) == [other.get_glyph_h_advance(glyph) for glyph in glyphs]


@every_face
def test_the_faces_may_be_embedded_and_are_renamed_and_licensed(name):
    """OFL 1.1: a modified font does not bear the reserved names of its source."""
    names = font(name)["name"]
    assert font(name)["OS/2"].fsType == 0
    called = [names.getDebugName(index) or "" for index in (1, 3, 4, 6, 16)]
    assert not [text for text in called if any(word in text for word in ("Source", "LXGW", "霞鹜", "Noto"))]
    assert "Open Font License" in names.getDebugName(0) + (names.getDebugName(13) or "")
    assert "OPEN FONT LICENSE" in (FONTS / manifest()[name]["licence"]).read_text(encoding="utf-8")


def test_fontconfig_sees_these_faces_and_no_font_of_the_system(tmp_path):
    settings = {"FONTCONFIG_FILE": str(FONTS / "fonts.conf"), "XDG_CACHE_HOME": str(tmp_path)}
    command = ["fc-list", "--format=%{file}|%{family[0]}|%{weight}\n"]
    listed = subprocess.run(command, env=os.environ | settings, check=True, capture_output=True, text=True)
    seen = [line.split("|") for line in listed.stdout.splitlines()]
    assert listed.stderr == ""
    assert {Path(file).resolve() for file, _, _ in seen} == {FONTS / f"{name}.ttf" for name in NAMES}
    assert {family.removesuffix(" Black") for _, family, _ in seen} == {
        "Newsletter Song",
        "Newsletter Hei",
        "Newsletter Kai",
    }
    song = subprocess.run(
        ["fc-match", "--format=%{file}", "Newsletter Song:weight=210"],
        env=os.environ | settings,
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(song.stdout).name == "Song-Black.ttf"
