"""Word files that a stranger may send, each a function of a size. Packages are written part by part: python-docx and
the helpers of the other tests would not write what is wrong."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
LEDE = "<w:p><w:r><w:t>柳溪渡口的渡船照常开行，早晚各加一班。</w:t></w:r></w:p>"


def package(path: Path, body: str, *, prolog: str = "", parts: dict[str, bytes] | None = None) -> Path:
    """A package around the XML of a body."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("word/document.xml", f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, data in (parts or {}).items():
            file.writestr(name, data)
    return path


def zeros(path: Path, megabytes: int) -> Path:
    """A picture of so many zeros, which deflate to a thousandth."""
    package(path, LEDE)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file, file.open("word/media/a.png", "w") as part:
        for _ in range(megabytes):
            part.write(bytes(1 << 20))
    return path


def level(path: Path, depth: int) -> Path:
    item = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    numbers = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="8"><w:start w:val="{depth}"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%9."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{R}/numbering" Target="numbering.xml"/></Relationships>'
    )
    return package(
        path,
        f"{LEDE}{item}<w:r><w:t>修缮桥面</w:t></w:r></w:p>",
        parts={"word/numbering.xml": numbers.encode(), "word/_rels/document.xml.rels": relation.encode()},
    )


def tables_in_tables(path: Path, depth: int) -> Path:
    return package(path, "<w:tbl><w:tr><w:tc>" * depth + LEDE + "</w:tc></w:tr></w:tbl>" * depth)


def spans(path: Path, span: int, rows: int = 2) -> Path:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{LEDE}</w:tc>'
    return package(path, LEDE + "<w:tbl>" + f"<w:tr>{cell * 3}</w:tr>" * rows + "</w:tbl>")


def paragraphs(path: Path, count: int) -> Path:
    return package(path, LEDE * count)


def runs(path: Path, count: int) -> Path:
    """One paragraph of so many runs."""
    return package(path, LEDE + "<w:p>" + "<w:r><w:t>渡</w:t></w:r>" * count + "</w:p>")


def attributes(path: Path, count: int) -> Path:
    names = " ".join(f"w:a{n}='1'" for n in range(count))
    return package(path, f"<w:p {names}><w:r><w:t>渡船</w:t></w:r></w:p>")


def entities(path: Path, depth: int) -> Path:
    lines = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(depth))
    prolog = f'<!DOCTYPE d [<!ENTITY e0 "渡船">{lines}]>'
    return package(path, f"<w:p><w:r><w:t>&e{depth};</w:t></w:r></w:p>", prolog=prolog)


def fields(path: Path, count: int) -> Path:
    """Fields of Word's that begin and never end."""
    return package(path, LEDE + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * count + LEDE)


def many_parts(path: Path, count: int) -> Path:
    return package(path, LEDE, parts={f"word/p{n}.bin": b"" for n in range(count)})


KINDS: dict[str, Callable[[Path, int], Path]] = {
    "zeros": lambda path, size: zeros(path, 1 + size % 20),
    "level": lambda path, size: level(path, size * 7919),
    "tables in tables": lambda path, size: tables_in_tables(path, 1 + size % 200),
    "spans": lambda path, size: spans(path, size, 1 + size % 9),
    "paragraphs": lambda path, size: paragraphs(path, 1 + size % 300),
    "runs": lambda path, size: runs(path, 1 + size % 3000),
    "attributes": lambda path, size: attributes(path, 1 + size % 3000),
    "entities": lambda path, size: entities(path, 1 + size % 12),
    "fields": lambda path, size: fields(path, 1 + size % 100),
    "many parts": lambda path, size: many_parts(path, 1 + size % 300),
}
