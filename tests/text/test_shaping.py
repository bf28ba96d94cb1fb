"""Rules S2–S6: words of scripts that are shaped, in lines of Chinese and in paragraphs of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import bidi
import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.page.glyphs import GlyphFallback
from layout.text.fonts.faces import load_faces
from layout.text.justification import LinePiece
from layout.text.paragraph import LineSetting, Paragraph, SetLine, TextRun
from layout.text.setting import setting_in

FONTS = Path(__file__).parents[1] / "fonts"
FACES = load_faces({name: FONTS / f"{name}.ttf" for name in ("Square", "Uyghur", "Hebrew", "Tibetan")})
PLAIN = LineSetting(indent=0.0)
UYGHUR = "ئۈزۈم مول ھوسۇل بايرىمى ئۆتكۈزۈلدى، كەنت ئاھالىلىرى مەيدانغا يىغىلدى."
TIBETAN = "ང་ཡི་མི་ལ། བཀྲ་ཤིས་བདེ་ལེགས། །ང་ལ་དགའ། མི་ཡི་སྐད་ལ།"


def lines(runs: str | Sequence[TextRun], *measures: float, face: str = "Uyghur", **changes: object) -> list[SetLine]:
    """The lines of a paragraph; `lang` is its language."""
    language = str(changes.pop("lang", "zh-Hans"))
    setting = setting_in(LineSetting(**{"indent": 0.0, **changes}), language)  # type: ignore[arg-type]
    paragraph = Paragraph([TextRun(runs, face)] if isinstance(runs, str) else runs, setting, FACES)
    return paragraph.lines(paragraph.break_lines(measures), measures)


def mixed(text: str, face: str = "Uyghur") -> list[TextRun]:
    """Chinese in squares, all else in the face of its script; `|` separates the two."""
    return [TextRun(part, "Square" if at % 2 == 0 else face) for at, part in enumerate(text.split("|"))]


def words(line: SetLine) -> list[LinePiece]:
    return [piece for piece in line.pieces if piece.glyphs]


def steps(piece: LinePiece) -> list[float]:
    """The distances between the glyphs of a word, without the space after it."""
    xs = [glyph.x for glyph in piece.glyphs if glyph.text.strip() or not glyph.text]
    return [right - left for left, right in pairwise(xs)]


def from_left(line: SetLine) -> list[str]:
    """The pieces of a line as they stand from left to right."""
    return [piece.text.strip() for piece in sorted(line.pieces, key=lambda piece: min(piece.xs))]


def whole(face: str, text: str, direction: str) -> list[int]:
    """The glyphs that HarfBuzz gives a text in one piece, without spaces."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(FACES[face].path))))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction, buffer.language = direction, {"Uyghur": "ug", "Tibetan": "bo", "Hebrew": "he"}[face]
    hb.shape(font, buffer)
    space = FACES[face].glyphs[" "]
    return [info.codepoint for info in buffer.glyph_infos if info.codepoint != space]


@pytest.mark.parametrize(
    ("face", "text", "language"),
    [("Uyghur", UYGHUR, "ug"), ("Tibetan", TIBETAN, "bo"), ("Hebrew", "שָׁלוֹם עוֹלָם", "zh-Hans")],
)
def test_S2_words_set_apart_have_the_glyphs_of_the_whole_text(face: str, text: str, language: str) -> None:
    (line,) = lines(text, 100, face=face, lang=language)
    space = FACES[face].glyphs[" "]
    pieces = sorted(words(line), key=lambda piece: min(piece.xs))
    glyphs = [glyph.number for piece in pieces for glyph in piece.glyphs if glyph.number != space]
    assert glyphs == whole(face, text, "ltr" if face == "Tibetan" else "rtl")
    assert "".join(piece.text for piece in line.pieces).rstrip() == text  # in the order of reading


def test_S2_letters_take_their_joined_forms_and_ligatures() -> None:
    (line,) = lines("لا", 100)
    alone = {FACES["Uyghur"].glyphs[letter] for letter in "لا"}
    assert alone.isdisjoint(glyph.number for piece in words(line) for glyph in piece.glyphs)


def test_S2_a_word_in_two_runs_joins_over_the_seam() -> None:
    (line,) = lines([TextRun("باي", "Uyghur"), TextRun("رىمى", "Uyghur", link="x")], 100)
    apart = [glyph.number for piece in sorted(words(line), key=lambda p: min(p.xs)) for glyph in piece.glyphs]
    assert apart == whole("Uyghur", "بايرىمى", "rtl")
    first, second = line.pieces
    assert min(first.xs) == pytest.approx(min(second.xs) + sum(g.advance for g in second.glyphs) / 1000)


def test_S2_marks_stand_where_the_font_puts_them() -> None:
    (line,) = lines("སྐྱི་", 100, face="Tibetan")
    (hebrew,) = lines("שָׁ", 100, face="Hebrew")
    assert any(glyph.advance == 0 for glyph in words(line)[0].glyphs)
    assert len({glyph.x for glyph in words(hebrew)[0].glyphs}) > 1


def test_S3_a_line_ends_between_words_and_never_inside_them() -> None:
    typed = UYGHUR.split()
    for measure in range(6, 20):
        set_lines = lines(UYGHUR, measure, lang="ug")
        assert [word for line in set_lines for word in line.text.split()] == typed
        assert all(line.width <= measure + 0.001 for line in set_lines)


def test_S3_letters_of_a_word_are_never_spread() -> None:
    natural = {piece.text.strip(): steps(piece) for piece in words(lines(UYGHUR, 100, lang="ug")[0])}
    for line in lines(UYGHUR, 18, lang="ug", tracking=0.05):
        for piece in words(line):
            assert steps(piece) == pytest.approx(natural[piece.text.strip()])


def test_S3_a_full_line_is_justified_by_its_word_spaces() -> None:
    *full, last = lines(UYGHUR, 18, lang="ug")
    assert full
    for line in full:
        assert line.x == pytest.approx(0.0)
        assert line.width == pytest.approx(18)
    assert last.width < 18


def test_S4_a_phrase_in_a_chinese_line_runs_from_the_right() -> None:
    (line,) = lines(mixed("说|ئۈزۈم مول|，好"), 100)
    assert from_left(line) == ["说", "مول", "ئۈزۈم", "，好"]
    assert line.text == "说ئۈزۈم مول，好"


def test_S4_words_between_chinese_marks_stand_in_the_order_of_the_chinese() -> None:
    (line,) = lines(mixed("有|ئۈزۈم|、|مول|。"), 100)
    assert from_left(line) == ["有", "ئۈزۈم", "、", "مول", "。"]


def test_S4_a_phrase_broken_over_two_lines_begins_on_the_first() -> None:
    first, second = lines(mixed("天地玄黄|ئۈزۈم ھوسۇل بايرىمى|宇宙"), 11.0, align="left")
    assert from_left(first)[0].startswith("天")
    begun, rest = [part.strip() for part in (first.text[4:], second.text[:-2])]
    assert f"{begun} {rest}" == "ئۈزۈم ھوسۇل بايرىمى"
    assert from_left(first)[1:] == begun.split()[::-1]
    assert from_left(second) == [*rest.split()[::-1], "宇宙"]


def test_D1_a_gap_stands_between_han_and_a_word() -> None:
    (line,) = lines(mixed("说|ئۈزۈم|好"), 100, gap=0.25)
    before, word, after = line.pieces
    width = sum(glyph.advance for glyph in word.glyphs) / 1000
    assert min(word.xs) - before.xs[0] == pytest.approx(1.25)
    assert after.xs[0] - min(word.xs) == pytest.approx(width + 0.25)


@pytest.mark.parametrize(
    "text",
    [
        "بۇ يىل 120 توننا ئۈزۈم",
        "9-ئاينىڭ 18-كۈنى 10:30 دا",
        "ئۇ «كېلەر يىلى!» دېدى",
        "ئۈزۈم Wi-Fi Office بار",
        "ئۈزۈم (Wi-Fi) بار",
        "3.5 كىلومېتىر، 12,5 توننا.",
    ],
)
def test_S4_the_characters_of_a_line_stand_in_the_order_of_the_bidirectional_algorithm(text: str) -> None:
    runs = [TextRun(part, "Song-Regular" if part.isascii() else "Uyghur") for part in _by_face(text)]
    (line,) = lines(runs, 100, lang="ug")
    seen: list[tuple[float, str]] = []
    for piece in line.pieces:
        left = min(piece.xs)
        if piece.glyphs:
            seen += [(left + glyph.x, glyph.text) for glyph in piece.glyphs]
        else:
            seen += zip(piece.xs, piece.text, strict=True)
    shown = "".join(character for _, character in sorted(seen, key=lambda one: one[0])).replace(" ", "")
    assert shown == bidi.get_display(text, base_dir="R").replace(" ", "")


def _by_face(text: str) -> list[str]:
    parts: list[str] = []
    for character in text:
        if parts and (character.isascii() and not character.isspace()) == (
            parts[-1][-1].isascii() and not parts[-1][-1].isspace()
        ):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def test_S4_brackets_and_quotes_of_a_phrase_are_mirrored() -> None:
    (line,) = lines("«ئۈزۈم»", 100, lang="ug")
    face, (piece,) = FACES["Uyghur"], words(line)
    assert [piece.glyphs[0].number, piece.glyphs[-1].number] == [face.glyphs["«"], face.glyphs["»"]]
    assert [piece.glyphs[0].text, piece.glyphs[-1].text] == ["»", "«"]


def test_S5_lines_of_an_uyghur_paragraph_begin_at_the_right() -> None:
    first, *_, last = lines(UYGHUR, 18, lang="ug", indent=2.0)
    assert first.x == pytest.approx(0.0)
    assert first.x + first.width == pytest.approx(17.0)  # the indent, an em in other languages than Chinese
    assert last.x + last.width == pytest.approx(18.0)
    assert last.x > 0
    assert from_left(last)[-1] == last.text.split()[0]


@pytest.mark.parametrize(("align", "edge"), [("left", 18.0), ("right", None)])
def test_S5_left_and_right_of_a_style_are_the_beginning_and_the_end_of_a_line(align: str, edge: float | None) -> None:
    (line,) = lines("ئۈزۈم مول", 18, lang="ug", align=align)
    assert (line.x + line.width == pytest.approx(18.0)) is (edge is not None)
    assert (line.x == pytest.approx(0.0)) is (edge is None)


def test_S5_block_indents_are_counted_from_where_lines_begin() -> None:
    (line,) = lines("ئۈزۈم", 18, lang="ug", left=3.0)
    assert line.x + line.width == pytest.approx(15.0)


def test_S6_tibetan_lines_end_after_a_tsheg_or_shad_and_no_shad_begins_one() -> None:
    for measure in (5, 6, 7, 8, 9, 10, 12):
        set_lines = lines(TIBETAN, measure, face="Tibetan", lang="bo")
        assert len(set_lines) > 1
        for line in set_lines:
            assert line.text.rstrip()[-1] in "་།"
            assert line.text[0] not in "་།"
        assert "".join(line.text for line in set_lines).replace(" ", "") == TIBETAN.replace(" ", "")


def test_S6_syllables_are_spread_evenly_where_the_spaces_do_not_suffice() -> None:
    first, *_ = lines("ང་ཡི་མི་ལ་ང་ཡི་མི་ལ་ང་ཡི་མི་ལ།", 8.0, face="Tibetan", lang="bo")
    assert first.width == pytest.approx(8.0)
    assert 0 < first.loose < 0.2


def test_plain_chinese_has_no_words_to_shape() -> None:
    (line,) = lines("天地玄黄，宇宙洪荒。", 100, face="Square")
    assert words(line) == []
    assert line.pieces[0].leftward is False


@settings(max_examples=40)
@given(
    text=st.text(
        st.sampled_from(
            [*"ئۈزم لا،؟«»שלוםָ་།ངཡིམ天地，。“”（）—…abc12 .,:()-%/\u3000\u00a0\u200f\u202b\u202c\u2067\u2069\u200d\n"]
        ),
        min_size=1,
        max_size=60,
    ),
    measure=st.integers(4, 24),
    language=st.sampled_from(["zh-Hans", "ug", "bo", "ja", "en"]),
    breaking=st.sampled_from(["first-fit", "optimum"]),
)
def test_any_mixture_of_scripts_is_set_in_order_and_nothing_is_lost(
    text: str, measure: int, language: str, breaking: str
) -> None:
    runs = GlyphFallback(FACES, ["Square", "Uyghur", "Hebrew", "Tibetan"]).runs([TextRun(text, "Square")], None)
    paragraph = Paragraph(runs, setting_in(LineSetting(indent=0.0), language), FACES)
    ends = paragraph.break_lines([measure], breaking)  # type: ignore[call-overload]
    set_lines = paragraph.lines(ends, [measure])
    assert ends[-1:] == [len(text)]
    white = str.maketrans("", "", " \u3000\n-")
    assert "".join(line.text for line in set_lines).translate(white) == text.translate(white)
    for line in set_lines:
        for piece in line.pieces:
            assert len(piece.xs) == len(piece.text)
            shown = [glyph.text for glyph in piece.glyphs]
            assert not shown or sorted("".join(shown).strip()) == sorted(piece.text.strip())
        if line.width <= measure and not line.shortfall:
            edges = [x for piece in line.pieces if piece.text.strip() for x in piece.xs]
            assert not edges or (min(edges) > -1.01 and max(edges) < measure + 1.01)
