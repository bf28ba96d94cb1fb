"""Files of other programs, whole, cut short, damaged and hostile, are read without an exception."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from press_sheets import clean, draw, picture, save

from layout.press.preflight.preflight import preflight
from layout.press.preflight.report import html_report, json_report, text_report
from layout.press.printer import Printer
from layout.rules.press import RULES

POSTSCRIPT = """%!PS
<< /PageSize [400 500] >> setpagedevice
/Helvetica findfont 20 scalefont setfont 50 400 moveto (A letter from the harbour) show
0.2 0.4 0.9 setrgbcolor 50 300 100 60 rectfill
1 0 0 0 setcmykcolor 3 setlinewidth 50 250 moveto 300 250 lineto stroke
gsave 50 50 translate 120 120 scale 4 4 8 [4 0 0 4 0 0] {<00408080>} image grestore
showpage
/Courier findfont 9 scalefont setfont 20 200 moveto (second page) show
/Pattern setcolorspace showpage
"""
HTML = """<html lang="zh"><head><title>邻里</title></head><body style="font-family: sans-serif">
<h1>柳溪渡口</h1><p style="color: #a00">渡船照常开行。<a href="https://example.org">时刻表</a></p>
<div style="background: linear-gradient(red, blue); height: 60px; opacity: .5"></div>
<svg width="50" height="50"><circle cx="25" cy="25" r="20" fill="teal"/></svg>
<form><input name="a" value="b"></form></body></html>"""


pytestmark = pytest.mark.slow  # files are made by every program at hand
LATEX = r"""\documentclass{article}\begin{document}\section{The ferry}It runs: $\sum_{i=1}^n x_i^2$.
\begin{tabular}{|l|r|}\hline a&b\\\hline\end{tabular}\rule{5cm}{0.1pt}\newpage Second page.\end{document}
"""
TYPST = """#set document(title: "Ferry")
#set text(lang: "en")
#set page(width: 105mm, height: 148mm, fill: rgb("#fffbe6"))
= The ferry
It runs as ever. #link("https://example.org")[Timetable]
#rect(fill: gradient.linear(red, blue), width: 50%)
#rect(fill: cmyk(10%, 20%, 0%, 0%))
#table(columns: 2, [a], [b])
#pagebreak()
#circle(radius: 1cm, stroke: 0.1pt)
"""


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every file, made by the programs at hand."""
    folder = tmp_path_factory.mktemp("foreign")
    made = [*_by_ghostscript(folder), *_by_weasyprint(folder), *_by_pillow(folder), *_by_pymupdf(folder)]
    made += [*_by_typst(folder), *_by_matplotlib(folder), *_by_chromium(folder), *_by_libreoffice(folder)]
    made += _by_latex(folder)
    made += [*_by_poppler(folder, made[0]), *_by_mutool(folder, made[0]), *_by_qpdf(folder, made[0])]
    return [*made, *_odd(folder), *_damaged(folder, made)]


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def _by_ghostscript(folder: Path) -> Iterator[Path]:
    source = folder / "letter.ps"
    source.write_text(POSTSCRIPT)
    for name, options in {
        "gs-14": ["-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.4"],
        "gs-cmyk": ["-sDEVICE=pdfwrite", "-sColorConversionStrategy=CMYK"],
        "gs-grey": ["-sDEVICE=pdfwrite", "-sColorConversionStrategy=Gray"],
        "gs-outlined": ["-sDEVICE=pdfwrite", "-dNoOutputFonts"],
        "gs-not-embedded": ["-sDEVICE=pdfwrite", "-dEmbedAllFonts=false"],
        "gs-picture-24": ["-sDEVICE=pdfimage24", "-r60"],
        "gs-picture-32": ["-sDEVICE=pdfimage32", "-r60"],
    }.items():
        target = folder / f"{name}.pdf"
        _run("gs", "-dBATCH", "-dNOPAUSE", "-q", *options, f"-sOutputFile={target}", source)
        yield target


def _by_weasyprint(folder: Path) -> Iterator[Path]:
    import weasyprint

    document = weasyprint.HTML(string=HTML)
    for name, options in {
        "weasyprint": {},
        "weasyprint-a": {"pdf_variant": "pdf/a-3b"},
        "weasyprint-ua": {"pdf_variant": "pdf/ua-1"},
        "weasyprint-forms": {"pdf_forms": True, "uncompressed_pdf": True},
    }.items():
        target = folder / f"{name}.pdf"
        document.write_pdf(target, **options)
        yield target


def _by_pillow(folder: Path) -> Iterator[Path]:
    for mode in ("1", "L", "RGB", "CMYK", "P"):
        target = folder / f"pillow-{mode}.pdf"
        Image.new(mode, (60, 80)).save(target, "PDF", resolution=72)
        yield target


def _by_pymupdf(folder: Path) -> Iterator[Path]:
    import pymupdf

    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "ferry", fontsize=5, color=(0, 0, 0))
    page.draw_circle((200, 200), 50, color=(1, 0, 0), fill=(1, 1, 0), width=0.1)
    page.add_highlight_annot(pymupdf.Rect(70, 60, 120, 80))
    page.add_text_annot((20, 20), "note")
    with io.BytesIO() as data:
        Image.new("RGBA", (30, 30), (255, 0, 0, 90)).save(data, "PNG")
        page.insert_image(pymupdf.Rect(300, 300, 400, 400), stream=data.getvalue())
    document.new_page(width=200, height=3000).set_rotation(270)
    for name, options in {
        "mupdf": {},
        "mupdf-encrypted": {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": "u", "owner_pw": "o"},
        "mupdf-owner": {"encryption": pymupdf.PDF_ENCRYPT_RC4_128, "owner_pw": "o"},
    }.items():
        target = folder / f"{name}.pdf"
        document.save(target, **options)
        yield target


def _by_typst(folder: Path) -> Iterator[Path]:
    """In the versions that Typst knows; nothing where it is not installed."""
    try:
        import typst
    except ImportError:
        return
    source = folder / "letter.typ"
    source.write_text(TYPST)
    for standard in ("1.4", "1.7", "2.0"):
        target = folder / f"typst-{standard}.pdf"
        typst.compile(source, output=target, pdf_standards=[standard])
        yield target


def _by_matplotlib(folder: Path) -> Iterator[Path]:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    for kind in (3, 42):  # Type 3 and TrueType fonts
        with mpl.rc_context({"pdf.fonttype": kind}):
            figure = Figure(figsize=(3, 2))
            axes = figure.add_subplot()
            axes.plot([1, 3, 2], alpha=0.5)
            axes.imshow([[0, 1], [2, 3]])
            axes.set_title("ferry")
            figure.savefig(folder / f"matplotlib-{kind}.pdf")
        yield folder / f"matplotlib-{kind}.pdf"
    yield from sorted(Path(mpl.get_data_path(), "images").glob("*.pdf"))[:6]


def _by_chromium(folder: Path) -> Iterator[Path]:
    program = shutil.which("chromium")
    if program is None:
        return
    source, target = folder / "page.html", folder / "chromium.pdf"
    source.write_text(HTML, encoding="utf-8")
    home = {**os.environ, "HOME": str(folder)}
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}"]
    command = [program, *options, f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, env=home, timeout=60)
    yield target


def _by_libreoffice(folder: Path) -> Iterator[Path]:
    program = shutil.which("soffice")
    if program is None:
        return
    source = folder / "office.html"
    source.write_text(HTML, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    _run(program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source)
    yield folder / "office.pdf"


def _by_latex(folder: Path) -> Iterator[Path]:
    if shutil.which("pdflatex") is None:
        return
    (folder / "letter.tex").write_text(LATEX)
    _run("pdflatex", "-interaction=batchmode", f"-output-directory={folder}", folder / "letter.tex")
    (folder / "letter.pdf").rename(folder / "latex.pdf")
    yield folder / "latex.pdf"


def _by_poppler(folder: Path, source: Path) -> Iterator[Path]:
    target = folder / "poppler.pdf"
    _run("pdftocairo", "-pdf", source, target)
    yield target


def _by_mutool(folder: Path, source: Path) -> Iterator[Path]:
    target = folder / "mutool.pdf"
    _run("mutool", "clean", "-gggg", "-z", source, target)
    yield target


def _by_qpdf(folder: Path, source: Path) -> Iterator[Path]:
    for name, options in {
        "qpdf-linear": ["--linearize"],
        "qpdf-streams": ["--object-streams=generate"],
        "qpdf-plain": ["--qdf"],
    }.items():
        target = folder / f"{name}.pdf"
        _run("qpdf", *options, source, target)
        yield target


def _odd(folder: Path) -> Iterator[Path]:
    """Files that are PDFs by the letter, and mean no good."""

    def written(name: str, pdf: Pdf) -> Path:
        return save(pdf, folder / f"odd-{name}.pdf")

    yield written("no-pages", Pdf.new())
    pdf = clean(1)
    form = pdf.make_stream(b"/F Do /F Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 999, 999])
    form.Resources = pdf.make_indirect(Dictionary(XObject=Dictionary(F=form)))
    pdf.pages[0].obj.Resources.XObject.F = form
    draw(pdf, "/F Do")
    yield written("form-in-itself", pdf)
    pdf = clean(1)
    pdf.pages[0].obj.Resources.ColorSpace.Loop = loop = pdf.make_indirect(
        Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"])
    )
    loop[1] = loop
    draw(pdf, "/Loop cs 0 scn 0 0 50 50 re f")
    yield written("space-in-itself", pdf)
    pdf = clean(1)
    draw(pdf, "Q Q Q q q ) > ] } BT Tj /Nothing Tf (a Tj ET 1 0 0 cm w /X gs /Y Do /Z sh [ ( ) TJ BI ID EI")
    yield written("nonsense", pdf)
    pdf = clean(1)
    draw(pdf, "nan inf 1e400 --5 5- .. k 1e300 0 0 1e300 0 0 cm 0 0 1e300 1e300 re f 1e-320 w 0 0 m 9 9 l S")
    yield written("numbers", pdf)
    pdf = clean(1)
    for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
        pdf.pages[0].obj[key] = Array([0, 0, Name.Wide, 0])
    pdf.pages[0].obj.Annots = Array([1, Dictionary(Rect=[1])])
    pdf.pages[0].obj.Resources.Font.F = Dictionary(Subtype=Name.Type0, DescendantFonts=[])
    yield written("wrong-types", pdf)
    pdf = clean(1)
    pdf.pages[0].obj.Resources = Name.Nothing
    pdf.pages[0].obj.Contents = Array([1, Name.A, pdf.make_stream(b"0 0 9 9 re f")])
    pdf.Root.OutputIntents = Name.None_
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta><<<")
    yield written("wrong-resources", pdf)
    pdf = clean(1)
    pdf.Root.Metadata = pdf.make_stream(b"<a><b/></a>")
    pdf.Root.Pages.Kids.append(pikepdf.String("no page"))
    yield written("no-xmp", pdf)
    pdf = clean(1)
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"no flate at all")
    pdf.pages[0].obj.Contents.Filter = Name.FlateDecode
    yield written("broken-stream", pdf)
    pdf = clean(1)
    pdf.pages[0].obj.Contents = pdf.make_stream(zlib.decompress(zlib.compress(b"0 0 m 1 1 l " * 200_000)) + b"S")
    yield written("long-path", pdf)
    pdf = clean(1)
    name = Name("/" + "版".encode("gb18030").decode("latin-1"))
    pdf.pages[0].obj.Resources.ColorSpace.S = Array([Name.Separation, name, Name.DeviceCMYK, Dictionary()])
    draw(pdf, "/S cs 1 scn 100 100 50 50 re f")
    raw = save(pdf, folder / "odd-gb-name.pdf")
    raw.write_bytes(raw.read_bytes().replace(b"/" + "°æ".encode(), b"/#b0#e6"))
    yield raw
    for name, data in {"empty": b"", "text": "渡口".encode(), "head": b"%PDF-1.6\n", "zeros": bytes(4000)}.items():
        path = folder / f"odd-{name}.pdf"
        path.write_bytes(data)
        yield path
    yield folder  # a folder is no file
    yield folder / "not-there.pdf"


def _damaged(folder: Path, whole: list[Path]) -> Iterator[Path]:
    """Cut short, and with bytes changed by chance (always the same chance)."""
    chance = random.Random(20261120)
    sheet = save(clean(2), folder / "sheet.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    plain = folder / "sheet-plain.pdf"
    _run("qpdf", "--qdf", sheet, plain)
    for source in [*whole[::4], sheet]:
        data = source.read_bytes()
        target = folder / f"cut-{source.stem}.pdf"
        target.write_bytes(data[: len(data) * chance.randrange(20, 95) // 100])
        yield target
    for number in range(24):
        data = bytearray(plain.read_bytes())
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        target = folder / f"changed-{number}.pdf"
        target.write_bytes(data)
        yield target


def test_there_are_files_enough(foreign: list[Path]) -> None:
    assert len(foreign) >= 80
    whole = [path for path in foreign if not path.name.startswith(("odd-", "cut-", "changed-"))]
    assert len(whole) >= 30  # made by other programs, and as they made them


def test_any_file_is_read_and_reported_without_an_exception(
    foreign: list[Path], coated: Printer, caplog: pytest.LogCaptureFixture
) -> None:
    for path in foreign:
        found = preflight(path, coated, ink=False)
        assert [record.getMessage() for record in caplog.records] == [], path.name
        assert found, f"{path.name} cannot be without a fault"
        for finding in found:
            assert finding.rule in RULES, path.name
            assert finding.what.zh, path.name
            assert finding.what.en, path.name
        assert json_report(path, found, coated)
        assert text_report(path, found, coated)


def test_a_report_can_be_made_of_any_file(foreign: list[Path], coated: Printer) -> None:
    for path in foreign[:12] + foreign[-12:]:
        assert "</html>" in html_report(path, preflight(path, coated, ink=False), coated)


def test_pages_that_ghostscript_cannot_paint_are_said_to_be_unmeasured(
    coated: Printer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(clean(3), tmp_path / "clean.pdf")
    (tmp_path / "gs").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "gs").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    unmeasured = [finding for finding in preflight(path, coated) if finding.rule == "not-checked"]
    assert ["3 of the pages" in finding.what.en for finding in unmeasured] == [True]


def test_ink_of_a_damaged_file_is_measured_where_it_can_be(foreign: list[Path], coated: Printer) -> None:
    cut = next(path for path in foreign if path.name == "cut-sheet.pdf")
    assert {finding.rule for finding in preflight(cut, coated)} <= set(RULES)


def test_what_cannot_be_read_at_all_is_one_finding_that_says_so(foreign: list[Path], coated: Printer) -> None:
    for name in ("odd-empty.pdf", "odd-text.pdf", "odd-zeros.pdf", "not-there.pdf"):
        path = next(p for p in foreign if p.name == name)
        (found,) = preflight(path, coated)
        assert found.rule == "GWG R0001"


def test_a_form_that_calls_itself_does_not_run_for_ever(foreign: list[Path], coated: Printer) -> None:
    path = next(p for p in foreign if p.name == "odd-form-in-itself.pdf")
    assert preflight(path, coated, ink=False)


def test_a_long_file_is_read_whole_and_its_report_shows_the_pages_with_findings(
    coated: Printer, tmp_path: Path
) -> None:
    pdf = clean(400)
    draw(pdf, "1 0 0 rg 80 300 60 60 re f", page=387)
    path = save(pdf, tmp_path / "long.pdf")
    (found,) = preflight(path, coated, ink=False)
    assert (found.rule, found.page) == ("X5", 388)
    assert html_report(path, [found], coated).count("<figure>") == 1


def test_a_page_and_a_picture_of_any_size_are_read(coated: Printer, tmp_path: Path) -> None:
    pdf = clean(1)
    page = pdf.pages[0].obj
    page.MediaBox = Array([-14400, -14400, 14400, 14400])
    second = pdf.add_blank_page(page_size=(300, 300)).obj
    second.TrimBox = second.BleedBox = Array([9, 9, 291, 291])
    second.Resources = Dictionary(XObject=Dictionary(Im=picture(pdf, 9000, 6000)))  # 216 MB when it is unpacked
    second.Contents = pdf.make_stream(b"300 0 0 300 0 0 cm /Im Do")
    (unmeasured,) = [f for f in preflight(save(pdf, tmp_path / "large.pdf"), coated) if f.rule == "not-checked"]
    assert "1 of the pages" in unmeasured.what.en
