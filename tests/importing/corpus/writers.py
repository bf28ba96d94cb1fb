"""Saves an original of the corpus as the programs of offices do."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from msgspec import Struct

FORMATS = ("styled", "direct", "typed", "pandoc", "page", "gb")
SUFFIX = {"page": ".html", "gb": ".txt"}
INDENT = "\u3000"


class Line(Struct, frozen=True):
    kind: str
    text: str


def lines_of(original: dict[str, Any]) -> list[Line]:
    found = []
    for line in original["lines"].rstrip("\n").split("\n"):
        found.append(Line(line[:1], line[2:]))
    return found


def picture(name: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1600, 1000 + len(name)), (90, 120, 60)).save(out, "JPEG")
    return out.getvalue()


def write(original: dict[str, Any], form: str, folder: Path) -> Path:
    """The file of an original in a format."""
    path = folder / f"{original['name']}-{form}{SUFFIX.get(form, '.docx')}"
    lines = lines_of(original)
    {"page": _page, "gb": _plain, "pandoc": _pandoc}.get(form, _word)(lines, path, form)
    return path


def tables_in(lines: list[Line]) -> Iterator[Line | list[list[str]]]:
    """The lines, with the rows of each table together."""
    rows: list[list[str]] = []
    for line in [*lines, Line("", "")]:
        if line.kind == "=":
            rows.append(line.text.split("|"))
            continue
        if rows:
            yield rows
            rows = []
        if line.kind:
            yield line


# Word.


def _word(lines: list[Line], path: Path, form: str) -> None:
    import docx

    document = docx.Document()
    for item in tables_in(lines):
        if isinstance(item, list):
            _word_table(document, item)
        elif item.kind == "I":
            document.add_paragraph().add_run().add_picture(io.BytesIO(picture(item.text)))
        elif item.kind != "X":
            {"styled": _styled, "direct": _direct, "typed": _typed}[form](document, item)
    document.save(str(path))


def _word_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text == "<":
                table.cell(y, x - 1).merge(table.cell(y, x))
            elif text == "^":
                table.cell(y - 1, x).merge(table.cell(y, x))
            else:
                table.cell(y, x).text = text


STYLES = {"T": "Title", "D": "Subtitle", "H": "Heading 2", "G": "Heading 2", "A": "Caption"}


def _styled(document: Any, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE

    paragraph = document.add_paragraph(line.text.strip(INDENT) if line.kind != "V" else line.text)
    if line.kind in STYLES:
        paragraph.style = document.styles[STYLES[line.kind]]
    if line.kind in "BCK":
        paragraph.alignment = SIDE.CENTER
    if line.kind == "R":
        paragraph.alignment = SIDE.RIGHT


def _direct(document: Any, line: Line) -> None:
    """As WPS: the style is always 正文, every run has its font and its size."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text.strip(INDENT) if line.kind != "V" else line.text)
    face, size, bold = {
        "T": ("方正小标宋简体", 22, False),
        "K": ("楷体_GB2312", 16, False),
        "D": ("楷体_GB2312", 16, False),
        "B": ("楷体_GB2312", 16, False),
        "C": ("楷体_GB2312", 16, False),
        "H": ("黑体", 16, False),
        "G": ("黑体", 16, False),
        "A": ("仿宋_GB2312", 12, False),
    }.get(line.kind, ("仿宋_GB2312", 16, False))
    run.font.size, run.font.bold = Pt(size), bold or None
    run.font.name = "Times New Roman"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    if line.kind in "TKDBCA":
        paragraph.alignment = SIDE.CENTER
    elif line.kind == "R":
        paragraph.alignment = SIDE.RIGHT
    elif line.kind in "PSH":
        paragraph.paragraph_format.first_line_indent = Pt(32)


def _typed(document: Any, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE

    text = line.text
    if line.kind in "PS":
        text = INDENT * 2 + text.strip(INDENT)
    if line.kind == "R":
        text = INDENT * 14 + text
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if line.kind in "TKDBC":
        paragraph.alignment = SIDE.CENTER
    if line.kind in "THG":
        run.bold = True


# Pandoc.


def _pandoc(lines: list[Line], path: Path, form: str) -> None:
    import pypandoc

    with tempfile.TemporaryDirectory() as folder:
        text = "\n".join(_pandoc_lines(lines, Path(folder)))
        pypandoc.convert_text(text, "docx", format="markdown-smart", outputfile=str(path), cworkdir=folder)


def _pandoc_lines(lines: list[Line], folder: Path) -> Iterator[str]:
    head = {line.kind: line.text for line in lines if line.kind in "TD"}
    yield "---"
    yield f"title: '{head['T']}'"
    if "D" in head:
        yield f"subtitle: '{head['D']}'"
    yield "---\n"
    verse = False
    for item in tables_in(lines):
        if verse and not (isinstance(item, Line) and item.kind in "V-"):
            verse = False
            yield ""
        if isinstance(item, list):
            for y, row in enumerate(item):
                yield f"| {' | '.join(row)} |"
                if y == 0:
                    yield f"|{'---|' * len(row)}"
            yield ""
        elif item.kind == "V":
            verse = True
            yield f"| {item.text}"
        elif item.kind == "-":
            yield "|" if verse else ""
        elif item.kind in "HG":
            yield f"## {item.text}\n"
        elif item.kind == "I":
            (folder / f"{item.text}.jpg").write_bytes(picture(item.text))
            yield f"![]({item.text}.jpg)\n"
        elif item.kind not in "TDX":
            yield f"{item.text.strip(INDENT)}\n"


# A page of a 公众号.

LOOK = {
    "K": "text-align:center;font-size:15px;color:#888",
    "B": "text-align:center;font-size:14px",
    "D": "text-align:center;font-size:15px",
    "C": "text-align:center",
    "A": "text-align:center;font-size:12px;color:rgb(136,136,136)",
    "H": "text-align:center;font-weight:bold;color:#3f6",
    "G": "text-align:center;font-weight:bold;color:#3f6",
    "R": "text-align:right",
    "V": "text-align:center",
    "X": "text-align:center;color:#999;font-size:12px",
}


def _page(lines: list[Line], path: Path, form: str) -> None:
    headline = next(line.text for line in lines if line.kind == "T")
    body = []
    for item in tables_in(lines):
        if isinstance(item, list):
            body.append(_html_table(item))
        elif item.kind == "T":
            continue
        elif item.kind == "I":
            folder = path.with_name(f"{path.stem}_files")
            folder.mkdir(exist_ok=True)
            (folder / f"{item.text}.jpg").write_bytes(picture(item.text))
            body.append(
                f'<section><img data-src="https://mmbiz.qpic.example/mmbiz_jpg/{item.text}/640?wx_fmt=jpeg" '
                f'src="./{path.stem}_files/{item.text}.jpg" data-ratio="0.6"></section>'
            )
        elif item.kind == "-":
            body.append("<p><br></p>")
        else:
            look = LOOK.get(item.kind, "font-size:16px;line-height:1.75;text-align:justify")
            body.append(
                f'<section style="{look}"><span style="letter-spacing:1px">{escape(item.text)}</span></section>'
            )
    path.write_text(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(headline)}</title></head><body>
<div id="js_article"><h1 class="rich_media_title" id="activity-name">{escape(headline)}</h1>
<div id="meta_content"><span>苇泾发布</span> <em>2026-07-21 18:02</em></div>
<div class="rich_media_content" id="js_content">
<section style="text-align:center"><span>点击上方<strong style="color:#06c">蓝字</strong>关注我们</span></section>
{chr(10).join(body)}
<section style="text-align:center">END</section>
<section style="font-size:12px">编辑：白洛</section>
<section style="font-size:12px">审核：顾行简</section>
<section style="text-align:center">长按识别二维码关注我们</section>
</div></div></body></html>""",
        encoding="utf-8",
    )


def _html_table(rows: list[list[str]]) -> str:
    out = []
    for y, row in enumerate(rows):
        cells = []
        for x, text in enumerate(row):
            if text in "<^":
                continue
            across = 1
            while x + across < len(row) and row[x + across] == "<":
                across += 1
            down = 1
            while y + down < len(rows) and rows[y + down][x] == "^":
                down += 1
            cells.append(f'<td colspan="{across}" rowspan="{down}">{escape(text)}</td>')
        out.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(out)}</tbody></table>"


# Plain text.


def _plain(lines: list[Line], path: Path, form: str) -> None:
    out = []
    for line in lines:
        if line.kind in "PS":
            out.append(INDENT * 2 + line.text.strip(INDENT))
        elif line.kind == "R":
            out.append(INDENT * 14 + line.text)
        elif line.kind in "TKDBC":
            out.append(INDENT * 6 + line.text)
        elif line.kind not in "XI":
            out.append("" if line.kind == "-" else line.text)
    path.write_bytes("\r\n".join(out).encode("gb18030"))


def save_by_libreoffice(path: Path, folder: Path) -> Path:
    """A `.docx` opened and saved anew by LibreOffice, for `python -m corpus.writers`."""
    out = folder / "office"
    command = ["soffice", "--headless", "--convert-to", "odt", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    command = ["soffice", "--headless", "--convert-to", "docx", "--outdir", str(out), str(out / f"{path.stem}.odt")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / path.name
