"""Faces: what they have, what stands in for what they lack, and which font files are rejected."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import uharfbuzz as harfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.errors import SourceLocation, StyleError
from layout.runtime import resources
from layout.text.fonts.faces import Face, load_faces
from layout.text.fonts.font_file import FontFileError, read_font

SQUARE = Path(__file__).parent / "fonts" / "Square.ttf"
sys.path.insert(0, str(SQUARE.parent))
import kinds  # noqa: E402

FACES = load_faces({"Square": SQUARE})
RARE = "㐀"  # in Song-Regular alone
NOWHERE = "😀"


def draw(pen):
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()


def make_font(path: Path, chars: str, *, units: int = 1000, postscript: bool = False, restricted: bool = False) -> Path:
    """A font whose characters all look alike, each as wide as its place among them times a tenth of an em."""
    names = [".notdef", *(f"u{ord(char):05X}" for char in chars)]
    builder = FontBuilder(units, isTTF=not postscript)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, chars), names[1:], strict=True)))
    widths = {name: round(units * at / 10) for at, name in enumerate(names)}
    if postscript:
        glyphs = {}
        for name in names:
            pen = T2CharStringPen(widths[name], None)
            draw(pen)
            glyphs[name] = pen.getCharString()
        builder.setupCFF("Wide-Regular", {}, glyphs, {})
    else:
        pen = TTGlyphPen(None)
        draw(pen)
        glyph = pen.glyph()
        builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics({name: (widths[name], 0) for name in names})
    builder.setupHorizontalHeader(ascent=units * 9 // 10, descent=-units // 10)
    builder.setupNameTable({"familyName": "Wide", "styleName": "Regular", "psName": "Wide-Regular"})
    builder.setupOS2(fsType=2 if restricted else 0, usWeightClass=500, sTypoAscender=units * 88 // 100)
    builder.setupPost()
    builder.save(path)
    return path


# ---------------------------------------------------------------- one face


def test_the_square_face_can_be_reported_by_heart():
    face = FACES["Square"]
    assert {face.advances[char] for char in "国一，。“”《》！—…～ＡΩあ①"} == {1000}
    assert {face.advances[char] for char in "09AZaz.,()/·–-ǎé%"} == {500}
    assert (face.advances[" "], face.advances["　"], face.advances["⸺"]) == (250, 1000, 2000)
    glyphs = TTFont(SQUARE).getBestCmap().values()
    assert len(set(glyphs)) == len(glyphs) > 7445


def test_a_face_without_joining_forms_sets_dashes_and_digits_as_they_are():
    face = FACES["Square"]
    text = "2020——国"
    assert face.shape(text, half_digits=True) == [face.glyphs[char] for char in text]


def test_three_dashes_are_a_joined_pair_and_one_alone():
    face = FACES["Song-Regular"]
    first, second, third = face.shape("———")
    assert [first, second] == face.shape("——")
    assert third == face.glyphs["—"] not in (first, second)


def test_shape_gives_one_glyph_a_character():
    text = "他说——“走”，2026年3月……"
    for name in FACES:
        assert len(FACES[name].shape(text)) == len(FACES[name].shape(text, vertical=True)) == len(text)
        assert 0 not in FACES[name].shape(text, half_digits=True)


def test_what_is_never_seen_has_no_width_and_is_never_missing():
    face = FACES["Hei-Bold"]
    assert [face.advances[char] for char in "\ufe0f\u200d\U000e0101"] == [0, 0, 0]
    assert FACES.resolve("葛\U000e0101城", ["Hei-Bold"]) == ([("葛\U000e0101城", "Hei-Bold")], [], [])


@pytest.mark.parametrize("units", [1000, 1024, 2048])
@pytest.mark.parametrize("postscript", [False, True])
def test_widths_are_thousandths_of_an_em_whatever_the_file_counts_in(tmp_path, units, postscript):
    path = make_font(tmp_path / "wide.ttf", "甲乙丁ABCz", units=units, postscript=postscript)
    face = load_faces({"Wide": path})["Wide"]
    assert [face.advances[char] for char in "甲乙丁ABC"] == [100, 200, 300, 400, 500, 600]
    assert [face.glyphs[char] for char in "甲乙丁丙"] == [1, 2, 3, 0]
    assert (face.font.family, face.font.postscript_name, face.font.weight) == ("Wide", "Wide-Regular", 500)
    assert (face.font.ascent, face.font.outlines) == (880, "CFF " if postscript else "glyf")


def test_both_kinds_of_character_map_are_read(tmp_path):
    """Format 4 where all characters are among the first 65,536, with its ranges of every kind; format 12 else."""
    chars = "ABCDEGIK一七丁中国" + "".join(map(chr, range(0x4E50, 0x4E70)))
    for more in ("", "𠮷"):
        face = load_faces({"Wide": make_font(tmp_path / f"wide{len(more)}.ttf", chars + more)})["Wide"]
        assert [face.glyphs[char] for char in chars + more] == list(range(1, len(chars + more) + 1))
        assert not any(face.covers(char) for char in "FHJZ丂二\u4e4f\u4e70\uffff𠮸")
    table = TTFont(tmp_path / "wide0.ttf")["cmap"]
    assert {subtable.format for subtable in table.tables} == {4}


@pytest.mark.parametrize("name", sorted(set(FACES) - {"Square"}))
def test_the_reader_of_font_files_agrees_with_harfbuzz(name):
    """Every character, advance and substituted form. HarfBuzz applies the first of two features of one name only, and
    the library's faces have the vertical dash in a second `vert`."""
    face = FACES[name]
    outside = harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(face.path))))
    characters = [*map(chr, outside.face.unicodes)]
    assert len(characters) > 9000
    assert [face.font.glyph(ord(char)) for char in characters] == [
        outside.get_nominal_glyph(ord(char)) for char in characters
    ]
    units = outside.face.upem
    assert [face.advance(face.glyphs[char]) for char in characters] == [
        round(outside.get_glyph_h_advance(face.glyphs[char]) * 1000 / units) for char in characters
    ]
    marked = [char for char in characters if ord(char) < 0x2E80 or 0x3000 <= ord(char) < 0x3100 or ord(char) >= 0xFE00]
    for tag in ("vert", "hwid", "pwid", "init", "fina"):
        forms = face.forms(tag)
        differing = {char for char in marked if forms[char] != shaped(outside, char, tag)}
        assert differing == ({"—"} if tag == "vert" else set()), tag


def shaped(font, char: str, tag: str) -> int:
    """The glyph that HarfBuzz gives a character under a feature, without those that it applies by itself."""
    buffer = harfbuzz.Buffer()
    buffer.add_str(char)
    buffer.direction, buffer.script = "ltr", "Hani"
    buffer.flags = harfbuzz.BufferFlags.PRESERVE_DEFAULT_IGNORABLES
    own = dict.fromkeys(("ccmp", "locl", "liga", "clig", "calt", "rlig", "rclt", "kern"), False)
    harfbuzz.shape(font, buffer, {**own, tag: True})
    (info,) = buffer.glyph_infos
    return info.codepoint


# ---------------------------------------------------------------- fallback


def test_a_text_that_the_first_face_has_is_one_part():
    assert FACES.resolve("镇上的人", ["Kai-Regular", "Song-Regular"]) == ([("镇上的人", "Kai-Regular")], [], [])
    assert FACES.resolve("", ["Kai-Regular"]) == ([], [], [])


def test_a_character_falls_back_along_the_chain_and_is_reported_with_its_place():
    resolved = FACES.resolve(f"姓{RARE}的人{RARE}", ["Kai-Regular", "Hei-Regular", "Song-Regular"])
    assert resolved.parts == [
        ("姓", "Kai-Regular"),
        (RARE, "Song-Regular"),
        ("的人", "Kai-Regular"),
        (RARE, "Song-Regular"),
    ]
    assert resolved.fallen == [(1, RARE, "Song-Regular"), (4, RARE, "Song-Regular")]
    assert resolved.missing == []


def test_a_character_that_no_face_has_is_reported_and_left_with_the_first():
    resolved = FACES.resolve(f"好{NOWHERE}", ["Hei-Bold", "Song-Regular"])
    assert resolved == ([(f"好{NOWHERE}", "Hei-Bold")], [], [(1, NOWHERE)])


def test_a_selector_goes_where_its_base_goes():
    resolved = FACES.resolve(f"姓{RARE}\U000e0100人", ["Hei-Bold", "Song-Regular"])
    assert resolved.parts == [("姓", "Hei-Bold"), (f"{RARE}\U000e0100", "Song-Regular"), ("人", "Hei-Bold")]
    assert resolved.fallen == [(1, f"{RARE}\U000e0100", "Song-Regular")]


CHARS = st.sampled_from([*"国人一，“—a1 é\u0301\ufe0f\u200d", RARE, NOWHERE, "丂", "ﺝ"])
CHAINS = st.lists(st.sampled_from(list(FACES)), min_size=1, max_size=3, unique=True)


@given(text=st.text(CHARS, max_size=12), chain=CHAINS)
def test_resolving_loses_nothing_and_keeps_to_the_chain(text, chain):
    resolved = FACES.resolve(text, chain)
    assert "".join(part for part, _ in resolved.parts) == text
    assert all(part for part, _ in resolved.parts)
    names = [name for _, name in resolved.parts]
    assert all(one != other for one, other in pairwise(names))
    faces = [name for part, name in resolved.parts for _ in part]
    missing = dict(resolved.missing)
    for at, char in enumerate(text):
        assert missing.get(at, char) == char
        assert FACES[faces[at]].covers(char) == (at not in missing)
        if at in missing and (at == 0 or char not in "\u0301"):
            assert not any(FACES[name].covers(char) for name in chain) or "\u200d" in text
        if char in "\u0301\ufe0f" and at:
            assert faces[at] == faces[at - 1]
    for at, cluster, name in resolved.fallen:
        assert text[at : at + len(cluster)] == cluster
        assert faces[at] == name != chain[0]
        for better in chain[: chain.index(name)]:
            assert not all(map(FACES[better].covers, cluster))
    told = {at + place for at, cluster, _ in resolved.fallen for place in range(len(cluster))}
    assert {at for at, name in enumerate(faces) if name != chain[0]} == told


@given(text=st.text(max_size=20))
def test_any_text_at_all_can_be_resolved(text):
    resolved = FACES.resolve(text, ["Kai-Regular", "Song-Regular"])
    assert "".join(part for part, _ in resolved.parts) == text


# ---------------------------------------------------------------- font files


def other_files(tmp_path: Path) -> dict[str, Path]:
    good = SQUARE.read_bytes()
    files = {
        "text": b"not a font",
        "empty": b"",
        "broken-collection": b"ttcf" + good[4:],
        "web": b"wOF2" + good[4:],
        "short": good[: len(good) // 2],
        "header": good[:20],
        "no-outlines": good.replace(b"glyf", b"xxxx", 1),
        "no-map": good.replace(b"cmap", b"xxxx", 1),
    }
    paths = {name: tmp_path / f"{name}.ttf" for name in files}
    for name, data in files.items():
        paths[name].write_bytes(data)
    symbols = TTFont(SQUARE)
    symbols["cmap"].tables = symbols["cmap"].tables[:1]
    symbols["cmap"].tables[0].platformID, symbols["cmap"].tables[0].platEncID = 3, 0
    symbols.save(tmp_path / "symbol.ttf")
    paths["symbol"] = tmp_path / "symbol.ttf"
    paths["restricted"] = make_font(tmp_path / "restricted.ttf", "甲", restricted=True)
    kinds.collection(cff=True).save(tmp_path / "two.ttc")
    kinds.variable(cff=False).save(tmp_path / "axes.ttf")
    kinds.font(cff=False, rights=0x0100).save(tmp_path / "no-subset.ttf")
    kinds.font(cff=True, rights=0x0200).save(tmp_path / "bitmap-only.otf")
    chosen = {
        "collection": "two.ttc", "no-such-face": "two.ttc#3", "no-such-axis": "axes.ttf#width=75",
        "out-of-range": "axes.ttf#weight=950", "no-such-instance": "axes.ttf#Thin", "no-number": "axes.ttf#weight=bold",
        "not-variable": "no-subset.ttf#weight=700", "no-subset": "no-subset.ttf", "bitmap-only": "bitmap-only.otf",
        "no-family": "无此字体",
    }  # fmt: skip
    paths |= {name: tmp_path / wanted for name, wanted in chosen.items()}
    paths["nowhere"] = tmp_path / "nowhere.ttf"
    paths["folder"] = tmp_path
    return paths


REASONS = {
    "text": ("不是 TrueType 或 OpenType 字体", "no TrueType or OpenType font"),
    "empty": ("不是 TrueType 或 OpenType 字体", "no TrueType or OpenType font"),
    "broken-collection": ("不是 TrueType 或 OpenType 字体", "no TrueType or OpenType font"),
    "collection": (
        "是字体集，须写明哪一款：#1 Kinds One Regular、#2 Kinds Two Regular",
        "say which face: #1 Kinds One",
    ),
    "no-such-face": ("字体集里没有“3”", "the collection has no “3”"),
    "no-such-axis": ("没有轴 wdth，只有 wght", "it has no axis wdth, but wght"),
    "out-of-range": ("wght=950 超出 200–900", "wght=950 is not within 200–900"),
    "no-such-instance": ("没有叫“Thin”的字重，有 Light, Regular, Black", "it has no instance “Thin”"),
    "no-number": ("weight=bold 里等号后应是数", "weight=bold wants a number"),
    "not-variable": ("不是字体集，也不是可变字体", "no collection and no variable font"),
    "no-subset": ("不准只嵌入用到的字", "forbids embedding but the glyphs used"),
    "bitmap-only": ("不准嵌入", "forbids embedding"),
    "no-family": ("这台机器也没有字体“无此字体”", "nor a font “无此字体” on this machine"),
    "web": ("网页字体", "a web font"),
    "short": ("不完整", "cut short"),
    "header": ("已损坏", "broken"),
    "no-outlines": ("没有可印的轮廓", "no outlines"),
    "no-map": ("已损坏", "broken"),
    "symbol": ("没有 Unicode 字符表", "no table of Unicode characters"),
    "restricted": ("不准嵌入", "forbids embedding"),
    "nowhere": ("文件不存在", "no such file"),
    "folder": ("读不出来", "cannot be read"),
}


def test_every_font_file_that_cannot_be_used_is_reported_at_once_with_its_reason(tmp_path):
    files = other_files(tmp_path)
    marks = {name: SourceLocation("style.yaml", line) for line, name in enumerate(files, 1)}
    with pytest.raises(StyleError) as caught:
        load_faces({"Square": SQUARE, **files}, marks)
    problems = dict(zip(files, caught.value.problems, strict=True))
    assert problems.keys() == REASONS.keys()
    for name, (chinese, english) in REASONS.items():
        problem = problems[name]
        assert chinese in problem.what.zh
        assert english in problem.what.en
        assert name in problem.what.zh
        assert problem.mark == marks[name]
        assert problem.remedy.zh
        assert problem.remedy.en


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 2000), byte=st.integers(0, 255), cut=st.integers(0, 200_000))
def test_a_damaged_font_file_is_read_or_refused_but_never_a_traceback(tmp_path, place, byte, cut):
    data = bytearray(SQUARE.read_bytes())
    data[place] = byte
    path = tmp_path / "damaged.ttf"
    path.write_bytes(data[: max(cut, place)])
    try:
        face = Face("Damaged", read_font(path))
    except FontFileError:
        return
    assert all(isinstance(face.advances[char], int) for char in "国A，\uffff𠮷")
    assert len(face.shape("——12", vertical=True, half_digits=True)) == 4


def test_a_style_may_put_a_face_of_its_own_in_place_of_the_librarys():
    faces = load_faces({"Kai-Regular": SQUARE})
    assert faces["Kai-Regular"].path == SQUARE
    assert faces["Song-Regular"].path == FACES["Song-Regular"].path


def test_a_face_is_read_once_in_a_process_until_its_file_changes(tmp_path):
    path = make_font(tmp_path / "wide.ttf", "甲")
    first = load_faces({"Wide": path})["Wide"]
    assert load_faces({"Wide": path})["Wide"] is first
    assert load_faces()["Song-Regular"] is load_faces()["Song-Regular"]
    make_font(path, "甲乙")
    assert load_faces({"Wide": path})["Wide"].covers("乙")


def test_an_unknown_face_is_not_there():
    assert "Fang-Regular" not in FACES
    with pytest.raises(KeyError):
        FACES["Fang-Regular"]


def test_loading_faces_brings_in_no_font_library():
    code = (
        "import sys; from layout.text.fonts.faces import load_faces; load_faces()['Song-Regular'].shape('国——2');"
        "sys.exit(bool({'fontTools', 'uharfbuzz', 'weasyprint', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


# ---------------------------------------------------------------- data folders


def test_data_is_found_in_a_checkout_and_in_a_wheel(tmp_path):
    assert (resources.data_folder("fonts") / "manifest.json").is_file()
    package = tmp_path / "site-packages" / "layout"
    (package / "runtime").mkdir(parents=True)
    fonts = package / "_data" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(resources.__file__, package / "runtime" / "resources.py")
    spec = importlib.util.spec_from_file_location("installed_resources", package / "runtime" / "resources.py")
    installed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(installed)
    assert installed.data_folder("fonts") == fonts
    with pytest.raises(FileNotFoundError, match="styles"):
        installed.data_folder("styles")
