"""Rules S2, S9: glyphs of shaped words in the PDF, and the text that readers take out of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pikepdf
import pymupdf
import pytest
from fontTools.ttLib import TTFont

from layout.composition import Composition, Frame, Page, PlacedLine
from layout.page.composed_lines import composed_line
from layout.page.glyphs import GlyphFallback
from layout.pdf.document import write_pdf
from layout.press.preflight.preflight import preflight
from layout.style.model import Style
from layout.style.texts import ResolvedTextStyle
from layout.text.fonts.faces import load_faces
from layout.text.paragraph import LineSetting, Paragraph, TextRun
from layout.text.setting import setting_in

from .compositions import press

FONTS = Path(__file__).parents[1] / "fonts"
SHAPED = ("Uyghur", "Hebrew", "Tibetan")
FACES = load_faces({name: FONTS / f"{name}.ttf" for name in SHAPED})
UYGHUR, HEBREW = "كەنت ئاھالىلىرى 120 توننا ئۈزۈم يىغدى.", "שלום עולם"
TIBETAN = "བཀྲ་ཤིས་བདེ་ལེགས། ང་ཡི་མི་ལ།"
SIZE = 20.0


def placed(text: str, language: str, baseline: float) -> list[PlacedLine]:
    """One line of a paragraph in a language."""
    runs = GlyphFallback(FACES, ["Song-Regular", *SHAPED]).runs([TextRun(text, "Song-Regular")], None, language)
    paragraph = Paragraph(runs, setting_in(LineSetting(indent=0.0), language), FACES)
    lines = paragraph.lines([len(text)], [24])
    style = ResolvedTextStyle(size=SIZE)
    return [
        composed_line(line, paragraph.runs, style, Style(), 40, baseline, ends_paragraph=True, number=1, faces=FACES)
        for line in lines
    ]


def written(path: Path, *lines: PlacedLine) -> Path:
    page = Page(1, "1", 560, 300, (Frame("a", "body", 40, 20, 480, 260, lines),))
    assert not write_pdf(Composition((page,)), path, faces=FACES, target=press(), cache=None)
    return path


def by_poppler(path: Path) -> str:
    marks = str.maketrans("", "", "\u202a\u202b\u202c\u200e\u200f")  # poppler says which way a phrase runs
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout.translate(marks)


def by_mupdf(path: Path) -> str:
    return str(pymupdf.open(path)[0].get_text())


@pytest.mark.parametrize("read", [by_poppler, by_mupdf])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"他说{HEBREW}好的", "zh-Hans"),
        ("店名叫بەرىكەتلىك ئۈزۈم دۇكىنى已经开了", "zh-Hans"),
        (f"写着“{TIBETAN}”，好。", "zh-Hans"),
        ("كەنت ئاھالىلىرى توننا ئۈزۈم يىغدى", "ug"),
        (TIBETAN, "bo"),
    ],
)
def test_S9_readers_take_the_text_out_in_its_own_order(
    tmp_path: Path, text: str, language: str, read: Callable[[Path], str]
) -> None:
    chinese = placed("天地玄黄宇宙洪荒日月盈昃辰宿列张", "zh-Hans", 200)
    out = read(written(tmp_path / "a.pdf", *placed(text, language, 100), *chinese))
    assert "".join(out.split()) == "".join(text.split()) + chinese[0].text


def test_S9_each_glyph_stands_for_its_characters(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", *placed("لايىھە ئۈزۈم", "ug", 100))
    with pdfplumber.open(path) as pdf:
        characters = sorted(pdf.pages[0].chars, key=lambda one: -one["x0"])
    shown = "".join(one["text"] for one in characters if one["text"].strip())
    assert sorted(shown) == sorted("لايىھەئۈزۈم")
    assert not any("\ufb50" <= one <= "\ufeff" for one in shown)  # no presentation forms


def test_S2_the_ink_is_that_of_the_font_s_own_shaping(tmp_path: Path) -> None:
    """Beside letters in their isolated forms the word is narrower, and its letters touch."""
    (line,) = placed("بەرىكەتلىك", "ug", 100)
    path = written(tmp_path / "a.pdf", line)
    pixmap = pymupdf.open(path)[0].get_pixmap(dpi=144, colorspace=pymupdf.csGRAY)
    left, right = 2 * min(line.spans[0].xs), 2 * (line.x + line.width)
    columns = [min(pixmap.pixel(x, y)[0] for y in range(100, 260)) < 160 for x in range(int(left) + 2, int(right) - 2)]
    gaps = sum(1 for before, here in pairwise(columns) if before and not here)
    assert gaps <= 4  # ب‍ە ر ى‍ك‍ە ت‍ل‍ى‍ك: four pieces of ink, ten letters
    isolated = sum(FACES["Uyghur"].advances[letter] for letter in "بەرىكەتلىك") * SIZE / 1000
    assert line.width < 0.9 * isolated


def test_S2_only_glyphs_that_are_shown_are_embedded_and_the_file_is_ready_for_press(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", *placed(UYGHUR, "ug", 100), *placed(TIBETAN, "bo", 160))
    assert [found.rule for found in preflight(path) if found.rule in ("X7", "X12", "S6", "GWG R0009")] == []
    with pikepdf.open(path) as pdf:
        programs = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Length1" in one]
        counts = [TTFont(BytesIO(one.read_bytes()))["maxp"].numGlyphs for one in programs]
    assert len(counts) >= 2
    assert max(counts) < 50


def test_S9_a_word_links_over_all_of_its_glyphs(tmp_path: Path) -> None:
    (line,) = placed("ئۈزۈم", "ug", 100)
    left = min(x for span in line.spans for x in span.xs)
    assert left == pytest.approx(line.x)
    advance = sum(glyph.advance for span in line.spans for glyph in span.glyphs) * SIZE / 1000
    assert advance == pytest.approx(line.width, abs=0.2)
