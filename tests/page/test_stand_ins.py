"""Rule I13: what stands in for a bold face is as bold."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pymupdf
import pytest
from elements import compose, lines
from PIL import Image

from layout.composition import Composition, Frame, Page, PlacedLine, Span
from layout.errors import SourceLocation
from layout.page.glyphs import GlyphFallback
from layout.page.unknown_characters import unknown_characters
from layout.pdf.document import write_pdf
from layout.pdf.target import print_target
from layout.press.preflight.preflight import preflight
from layout.press.printer import load_printer
from layout.text.fonts.faces import load_faces

sys.path.insert(0, str(Path(__file__).parents[1] / "fonts"))
import kinds

FACES = load_faces()
HEAVY = "靐麤鱻"  # in Song-Regular alone


@pytest.mark.parametrize(("face", "weight"), [("Song-Black", 900), ("Hei-Bold", 700), ("Song-Bold", 700)])
def test_I13_a_face_made_bolder_stands_in_for_a_bold_one_and_is_reported(face: str, weight: int) -> None:
    glyphs = GlyphFallback(FACES, ["Song-Regular"])
    assert glyphs.parts("天靐地", face, None) == [("天", face), ("靐", f"Song-Regular+{weight}"), ("地", face)]
    (problem,) = glyphs.problems()
    assert "改用 Song-Regular，描粗" in problem.what.zh
    assert "Song-Regular, made bolder, stands in" in problem.what.en
    assert FACES[f"Song-Regular+{weight}"].advances["靐"] == FACES["Song-Regular"].advances["靐"]


def test_I13_a_face_of_the_weight_goes_before_one_that_is_made_bolder(tmp_path: Path) -> None:
    kinds.font(cff=True, weight=kinds.BLACK, characters="靐").save(tmp_path / "heavy.otf")
    faces = load_faces({"Heavy": tmp_path / "heavy.otf"})
    assert GlyphFallback(faces, ["Song-Regular", "Heavy"]).parts("靐", "Song-Black", None) == [("靐", "Heavy")]
    assert GlyphFallback(faces, ["Song-Regular", "Heavy"]).parts("靐", "Kai-Regular", None) == [("靐", "Song-Regular")]


def test_a_regular_face_has_its_stand_in_as_it_is() -> None:
    assert GlyphFallback(FACES, ["Song-Regular"]).parts("靐", "Hei-Regular", None) == [("靐", "Song-Regular")]


def test_I13_a_bold_headline_is_bold_throughout(tmp_path: Path) -> None:
    pages = compose(tmp_path, {"headline": "靐河镇麤事", "body": "天地玄黄。" * 20})
    (line,) = lines(pages, "headline")
    faces = {char: span.face for span in line.spans for char in span.text}
    assert faces["靐"].startswith("Song-Regular+")
    assert "+" not in faces["河"]


def test_I13_what_is_made_bolder_prints_more_ink_in_the_same_place(tmp_path: Path) -> None:
    shades, target = [], print_target(load_printer("offset-coated"))
    for face in ("Song-Regular", "Song-Regular+900"):
        line = PlacedLine(
            "麤", 50, 200, 100, 100, (Span("麤", face, 100, [50.0]), Span("。", "Song-Regular", 100, [200.0]))
        )
        page = Page(1, "1", 400, 400, (Frame("a", "body", 50, 100, 300, 120, (line,)),))
        path = tmp_path / f"{len(shades)}.pdf"
        assert not write_pdf(Composition((page,)), path, faces=FACES, target=target, cache=None)
        pixmap = pymupdf.open(path)[0].get_pixmap(dpi=72)
        image = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples).convert("L")
        first, second = image.crop((0, 0, 180, image.height)), image.crop((200, 0, image.width, image.height))
        shades.append((sum(255 - value for value in first.tobytes()), sum(255 - value for value in second.tobytes())))
        assert pymupdf.open(path)[0].get_text().replace(" ", "").split() == ["麤。"]
        assert [found.rule for found in preflight(path) if found.rule in ("X7", "X12", "S6", "GWG R0009")] == []
    (thin, after), (bold, after_bold) = shades
    assert bold > 1.1 * thin
    assert after_bold == after  # nothing of it is left in what follows


def test_B17_a_small_digit_in_furniture_that_no_face_has_is_reported_with_its_place() -> None:
    glyphs = GlyphFallback(FACES, ["Song-Regular"])
    glyphs.check({"ear": "多云CO₂，½"}, SourceLocation("issue.yaml", 9))
    assert glyphs.missing == {"₂": SourceLocation("issue.yaml", 9)}
    problems = unknown_characters(SimpleNamespace(articles={}), glyphs.missing)
    assert [(problem.rule, problem.mark) for problem in problems] == [
        ("unknown-character", SourceLocation("issue.yaml", 9))
    ]
