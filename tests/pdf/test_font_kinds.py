"""Fonts as people have them: each kind is embedded as ISO 32000 asks, and every reader draws and reads it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest
from PIL import Image

from layout.composition import Composition, Frame, Page, PlacedLine, Span
from layout.pdf.document import write_pdf
from layout.press.preflight.preflight import preflight
from layout.text.fonts.faces import Faces, load_faces

from .compositions import A4, DATE, press
from .readers import assert_clean, run

sys.path.insert(0, str(Path(__file__).parents[1] / "fonts"))
import kinds

pytestmark = pytest.mark.slow  # every reader reads every kind

TEXT = "柳河镇的秋天从晒谷场开始，Abc019。"
SIZE, LEFT, BASELINE = 100.0, 20.0, 200.0
PDF_JS = [Path("/usr/share/javascript/pdf/pdf.js"), Path("/usr/share/javascript/pdf/build/pdf.js")]
MARGIN = 72 / 25.4 * 3


def printed(folder: Path, kind: str, text: str = TEXT, size: float = 12.0) -> tuple[Path, Faces, int]:
    """A file with a line in the font, its faces, and how high its squares are in thousandths of an em."""
    wanted, top = kinds.write(kind, folder)
    faces = load_faces({"Kinds": wanted})
    xs, at = [], LEFT
    for character in text:
        xs.append(at)
        at += faces["Kinds"].advances[character] * size / 1000
    line = PlacedLine(text, LEFT, BASELINE, at - LEFT, size, (Span(text, "Kinds", size, xs),), 1)
    page = Page(1, "1", *A4, (Frame("a", "body", LEFT, 100, 400, 200, (line,)),))
    metadata = {"title": "字体", "author": "柳河镇", "date": DATE, "language": "zh-CN", "number": "1"}
    target = folder / "kinds.pdf"
    problems = write_pdf(Composition((page,), metadata=metadata), target, faces=faces, target=press(), cache=None)
    assert not problems
    return target, faces, top


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_reader_reads_the_text_of_every_kind(tmp_path: Path, kind: str) -> None:
    path, _, _ = printed(tmp_path, kind)
    assert_clean(path)
    found = {
        "poppler": run("pdftotext", "-raw", path, "-"),
        "MuPDF": pymupdf.open(path)[0].get_text(),
        "PDFium": pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded(),
        "Ghostscript": run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite", "-sOutputFile=-", path),
    }
    assert {name: "".join(text.split()) for name, text in found.items()} == dict.fromkeys(found, TEXT)


def highest_ink(image: Image.Image, scale: float) -> float:
    """How far above the baseline of the line its ink reaches, pt."""
    box = image.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return BASELINE + MARGIN - box[1] / scale


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_reader_draws_the_glyphs_of_every_kind(tmp_path: Path, kind: str) -> None:
    path, _, top = printed(tmp_path, kind, "柳A秤", SIZE)
    page = pymupdf.open(path)[0]
    pixmap = page.get_pixmap(dpi=144)
    images = {"MuPDF": Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)}
    images["PDFium"] = pypdfium2.PdfDocument(path)[0].render(scale=2).to_pil()
    run("pdftoppm", "-r", "144", "-png", "-singlefile", path, tmp_path / "poppler")
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=png16m", "-r144", "-o", tmp_path / "gs.png", path)
    images["poppler"], images["Ghostscript"] = Image.open(tmp_path / "poppler.png"), Image.open(tmp_path / "gs.png")
    reached = {name: highest_ink(image, 2) for name, image in images.items()}
    assert reached == pytest.approx(dict.fromkeys(images, top * SIZE / 1000), abs=1.0)


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_font_program_is_embedded_as_its_kind_asks(tmp_path: Path, kind: str) -> None:
    """ISO 32000-1 table 126: TrueType in FontFile2 of a CIDFontType2, bare CFF in FontFile3 of a CIDFontType0."""
    path, _, _ = printed(tmp_path, kind)
    with pikepdf.open(path) as pdf:
        (descendant,) = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/DW2" in found]
        descriptor = descendant.FontDescriptor
        if "CFF" in kind:
            assert (descendant.Subtype, descriptor.FontFile3.Subtype) == ("/CIDFontType0", "/CIDFontType0C")
            assert descriptor.FontFile3.read_bytes()[:1] == b"\1"
            assert "/CIDToGIDMap" not in descendant
        else:
            assert descendant.Subtype == "/CIDFontType2"
            assert descriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_the_preflight_takes_every_kind(tmp_path: Path, kind: str) -> None:
    path, _, _ = printed(tmp_path, kind)
    assert [found for found in preflight(path) if found.rule.startswith("X7")] == []


@pytest.mark.parametrize("kind", ["CFF", "CFF with CIDs", "TrueType"])
def test_two_characters_that_share_a_glyph_are_reported_apart_when_text_is_taken_out(tmp_path: Path, kind: str) -> None:
    wanted, _ = kinds.write(kind, tmp_path)
    font = kinds.TTFont(wanted)
    for table in font["cmap"].tables:
        table.cmap[ord("谿")] = table.cmap[ord("河")]
    font.save(wanted)
    faces = load_faces({"Kinds": wanted})
    line = PlacedLine("河谿", LEFT, BASELINE, 24, 12, (Span("河谿", "Kinds", 12, [LEFT, LEFT + 12]),), 1)
    page = Page(1, "1", *A4, (Frame("a", "body", LEFT, 100, 400, 200, (line,)),))
    write_pdf(Composition((page,)), tmp_path / "a.pdf", faces=faces, target=press(), cache=None)
    assert run("pdftotext", "-raw", tmp_path / "a.pdf", "-").strip() == "河谿"
    assert pymupdf.open(tmp_path / "a.pdf")[0].get_text().strip() == "河谿"


@pytest.mark.parametrize(
    "kind", ["variable TrueType, a weight", "variable CFF2, a weight", "collection of CFF, by name"]
)
def test_what_is_made_of_a_font_is_kept_by_its_content_and_the_same_each_time(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, _ = kinds.write(kind, tmp_path)
    made = []
    for cache in ("one", "two"):
        monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / cache))
        made.append(load_faces({"Kinds": wanted})["Kinds"].path)
    assert made[0] != made[1]
    assert made[0].name == made[1].name
    assert made[0].read_bytes() == made[1].read_bytes()


def test_an_installed_family_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "data" / "fonts"
    home.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for weight in (kinds.LIGHT, kinds.BLACK):
        kinds.font(cff=True, weight=weight, family="Tall Squares").save(home / f"{weight}.otf")
    found = load_faces({"Light": tmp_path / "tall squares", "Black": tmp_path / "Tall Squares#weight=800"})
    assert [found[name].path.name for name in ("Light", "Black")] == ["200.otf", "900.otf"]


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_pdf_js_reads_the_text(tmp_path: Path, kind: str) -> None:
    library = next((path for path in PDF_JS if path.is_file()), None)
    if library is None or not shutil.which("node"):
        pytest.skip("pdf.js is not installed (Debian: libjs-pdf)")
    path, _, _ = printed(tmp_path, kind)
    script = (
        f"require({str(library)!r}).getDocument({{url: {str(path)!r}, verbosity: 0}}).promise"
        ".then(d => d.getPage(1)).then(p => p.getTextContent())"
        ".then(t => console.log(t.items.map(i => i.str).join('')))"
    )
    shown = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout
    assert "".join(shown.split()) == TEXT
