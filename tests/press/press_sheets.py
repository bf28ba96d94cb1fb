"""Makes PDFs for the press tests: one clean PDF/X-4, which every broken one is made from by one change."""

from __future__ import annotations

import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

ROOT = Path(__file__).resolve().parents[2]
ICC = ROOT / "styles" / "printers" / "FOGRA39-coated-300.icc"
FONT = ROOT / "tests" / "fonts" / "Square.ttf"

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
BLEED, SLUG = 3 * MM, 10 * MM

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">柳溪镇报</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>press_sheets</xmp:CreatorTool>
<xmp:CreateDate>2026-11-20T08:00:00+08:00</xmp:CreateDate>
<xmp:ModifyDate>2026-11-20T08:00:00+08:00</xmp:ModifyDate>
<xmp:MetadataDate>2026-11-20T08:00:00+08:00</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:6e0c1b1c-3d54-4c0f-9f3e-000000000001</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""

# A page: a tint that bleeds, black text and a line that overprint, reversed text on a strong panel, a picture, and
# crop marks in the slug.
PAGE = f"""
q 0 0.1 0.2 0 k {-BLEED:.3f} {-BLEED:.3f} {WIDTH + 2 * BLEED:.3f} {HEIGHT + 2 * BLEED:.3f} re f Q
q /On gs 0 0 0 1 k BT /F 9 Tf 60 700 Td <0005000600070008> Tj 0 -15 Td <0005000600070008> Tj ET Q
q /On gs 0 0 0 1 K 0.5 w 60 650 m 300 650 l S Q
q 0.8 0.6 0 0.2 k 60 560 200 60 re f 0 0 0 0 k BT /F 12 Tf 70 580 Td <00050006> Tj ET Q
q 72 0 0 72 60 450 cm /Im Do Q
q /All CS 1 SCN 0.25 w {-SLUG:.3f} 0 m {-BLEED - 3:.3f} 0 l S
{-SLUG:.3f} {HEIGHT:.3f} m {-BLEED - 3:.3f} {HEIGHT:.3f} l S Q
"""


def separation(pdf: Pdf, name: str, cmyk: tuple[float, ...]) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=list(cmyk), N=1)
    return Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, pdf.make_indirect(tint)])


def picture(
    pdf: Pdf, width: int = 300, height: int = 300, space: object = Name.DeviceCMYK, bits: int = 8
) -> pikepdf.Stream:
    """A picture of one mid tone: 300 × 300 dots on an inch square is 300 ppi."""
    components = 1 if isinstance(space, Array) else {"/DeviceCMYK": 4, "/DeviceRGB": 3}.get(str(space), 1)
    row = (width * components * bits + 7) // 8
    data = zlib.compress(b"\x55" * row * height)
    stream = pikepdf.Stream(pdf, data)
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": width,
        "/Height": height,
        "/BitsPerComponent": bits,
        "/ColorSpace": space,
        "/Filter": Name.FlateDecode,
    }.items():
        stream[key] = value
    return pdf.make_indirect(stream)


def font(pdf: Pdf, *, embedded: bool = True, name: str = "AAAAAA+Square") -> Dictionary:
    base = Name("/" + name)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=base, Flags=4, FontBBox=[0, -120, 1000, 880], ItalicAngle=0,
        Ascent=880, Descent=-120, CapHeight=700, StemV=80,
    )  # fmt: skip
    if embedded:
        descriptor.FontFile2 = pdf.make_stream(FONT.read_bytes())
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, DW=1000, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
        )
    )


def clean(pages: int = 4, icc: Path = ICC) -> Pdf:
    """A PDF/X-4 without a fault, A4, with 3 mm bleed and a slug of 10 mm."""
    pdf = Pdf.new()
    metadata = pdf.make_stream(XMP.encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata
    profile = pdf.make_stream(icc.read_bytes(), N=4)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier="FOGRA39",
                RegistryName="http://www.color.org",
                Info="Offset, coated",
                DestOutputProfile=profile,
            )
        ]
    )
    pdf.docinfo["/Title"] = String("柳溪镇报")
    pdf.docinfo["/Trapped"] = Name("/False")
    pdf.docinfo["/CreationDate"] = "D:20261120080000+08'00'"
    face, image = font(pdf), picture(pdf)
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT)).obj
        page.MediaBox = _box(SLUG + BLEED)
        page.BleedBox = _box(BLEED)
        page.TrimBox = _box(0)
        page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
        page.Resources = Dictionary(
            Font=Dictionary(F=face),
            XObject=Dictionary(Im=image),
            ExtGState=Dictionary(On=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)),
            ColorSpace=Dictionary(All=separation(pdf, "All", (1, 1, 1, 1))),
        )
        page.Contents = pdf.make_stream(PAGE.encode())
    return pdf


def _box(beyond: float) -> Array:
    return Array([round(v, 4) for v in (-beyond, -beyond, WIDTH + beyond, HEIGHT + beyond)])


def draw(pdf: Pdf, operators: str, page: int = 0) -> None:
    """Adds operators to the end of a page."""
    target = pdf.pages[page].obj
    target.Contents = pdf.make_stream(target.Contents.read_bytes() + b"\nq " + operators.encode() + b" Q\n")


def save(pdf: Pdf, path: Path, **options: object) -> Path:
    pdf.save(path, deterministic_id="encryption" not in options, **({"force_version": "1.6"} | options))
    return path


def replace_xmp(pdf: Pdf, old: str, new: str) -> None:
    text = pdf.Root.Metadata.read_bytes().decode()
    assert old in text
    pdf.Root.Metadata.write(text.replace(old, new).encode())


def page_one(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].obj
