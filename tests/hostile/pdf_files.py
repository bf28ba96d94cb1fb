"""PDFs that a stranger may send: each kind is a function of a size, so that a fuzzer can vary it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

A4 = [0, 0, 595, 842]


def deflated(block: bytes, times: int) -> bytes:
    """`block` so many times, as Flate data, without holding it at full length."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(block) for _ in range(times)), packer.flush()])


def one_page(content: bytes = b"", resources: Dictionary | None = None) -> Pdf:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.TrimBox = Array(A4)
    page.Contents = pdf.make_stream(content)
    if resources is not None:
        page.Resources = resources
    return pdf


def bomb(megabytes: int) -> Pdf:
    """A content stream of operators that inflates to so much."""
    pdf = one_page()
    stream = pikepdf.Stream(pdf, deflated(b"q Q\n" * (1 << 18), megabytes))
    stream.Filter = Name.FlateDecode
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
    return pdf


def bomb_in_bomb(megabytes: int) -> Pdf:
    """The same, deflated twice."""
    pdf = one_page()
    stream = pikepdf.Stream(pdf, zlib.compress(deflated(b"q Q\n" * (1 << 18), megabytes), 9))
    stream.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
    return pdf


def lzw_bomb(kilobytes: int) -> Pdf:
    """LZW, which grows a thousandfold, packed in so many kilobytes."""
    packed, held, out, width = 0, 0, bytearray(), 9
    while len(out) < kilobytes * 1024:
        # A clear, a letter, and codes that each stand for what the one before does and a letter more.
        size = 258
        for code in (256, 65, *range(258, 4090)):
            packed, held = packed << width | code, held + width
            while held >= 8:
                held -= 8
                out.append(packed >> held & 255)
                packed &= (1 << held) - 1
            if code == 256:
                width = 9
            if code >= 258:
                size += 1
                width += size + 1 in (512, 1024, 2048)
    packed, held = packed << 12 | 257, held + 12
    out += (packed << (-held % 8)).to_bytes(-(-held // 8), "big")
    pdf = one_page()
    stream = pikepdf.Stream(pdf, bytes(out))
    stream.Filter = Name.LZWDecode
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
    return pdf


def shared_content(streams: int, pages: int = 1) -> Pdf:
    """One content stream of a megabyte, many times in the array of each page."""
    pdf = one_page()
    content = pikepdf.Stream(pdf, zlib.compress(b"q Q\n" * (1 << 18), 9))
    content.Filter = Name.FlateDecode
    content = pdf.make_indirect(content)
    pdf.pages[0].obj.Contents = Array([content] * streams)
    for _ in range(pages - 1):
        pdf.add_blank_page(page_size=(595, 842)).obj.Contents = Array([content] * streams)
    return pdf


def forms(depth: int, each: int) -> Pdf:
    """Forms that call the next one several times: each ** depth in all."""
    pdf = one_page(b"/X Do\n" * each)
    inner = pdf.make_stream(b"0 0 9 9 re f\n")
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array(A4)
    for _ in range(depth):
        outer = pdf.make_stream(b"/X Do\n" * each)
        outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array(A4)
        outer.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=inner))
    return pdf


def form_in_itself(_: int = 0) -> Pdf:
    pdf = one_page(b"/X Do\n")
    form = pdf.make_stream(b"/X Do /X Do\n")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(A4)
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
    return pdf


def patterns(count: int) -> Pdf:
    """Text and paths painted with a pattern that is painted with itself."""
    pdf = one_page(b"/Pattern cs /P scn 0 0 500 500 re f\n" * count)
    pattern = pdf.make_stream(b"/Pattern cs /P scn 0 0 5 5 re f\n")
    pattern.Type, pattern.PatternType, pattern.PaintType, pattern.TilingType = Name.Pattern, 1, 1, 1
    pattern.BBox, pattern.XStep, pattern.YStep = Array([0, 0, 9, 9]), 9, 9
    pattern.Resources = Dictionary(Pattern=Dictionary(P=pattern))
    pdf.pages[0].obj.Resources = Dictionary(Pattern=Dictionary(P=pattern))
    return pdf


OPERATORS: dict[str, bytes] = {
    "saved states": b"q ",
    "rectangles": b"1 1 9 9 re f\n",
    "moves": b"1 1 m\n",
    "numbers": b"1 ",
    "arrays": b"[ 1 ",
    "strings": b"( ",
    "hexadecimal": b"<41",
    "names": b"/N ",
    "ends of text": b"ET ",
    "marked content": b"/A BMC ",
    "lines of text": b"BT 1 1 Td (a) Tj ET\n",
    "curves": b"1 1 m 1 2 3 4 5 6 c\n",
    "subpath": b"2 2 l ",
    "inline pictures": b"BI /W 1 /H 1 ID x EI\n",
    "inline heads": b"BI ",
    "dictionaries": b"<< ",
    "no numbers": b"-nan +inf 1e999 -- 1.2.3 cm\n",
    "comments": b"%\n",
    "escapes": b"\\( ",
    "text arrays": b"[(a) -5 (b)] TJ ",
    "colours": b"/Pattern cs /P scn ",
    "nothing": b" ",
}


def operators(kind: str, count: int) -> Pdf:
    """One thing over and over."""
    head = b"1 1 m " if kind == "subpath" else b"BT /F 9 Tf " if "text" in kind else b""
    return one_page(head + OPERATORS[kind] * count)


def many_pages(count: int) -> Pdf:
    """A page tree whose leaves are all one object."""
    pdf = one_page()
    leaf = pdf.pages[0].obj
    pdf.Root.Pages.Kids = Array([leaf] * count)
    pdf.Root.Pages.Count = count
    return pdf


def deep_pages(depth: int) -> Pdf:
    """A page tree so many levels deep."""
    pdf = one_page()
    node = pdf.pages[0].obj
    for _ in range(depth):
        above = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
        node.Parent = above
        node = above
    pdf.Root.Pages = node
    return pdf


def pages_in_a_ring(_: int = 0) -> Pdf:
    pdf = one_page()
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages, pdf.pages[0].obj])
    pdf.Root.Pages.Parent = pdf.Root.Pages
    return pdf


def widths(ranges: int) -> Pdf:
    """A font whose widths are given again and again for all its glyphs, by references to one array."""
    pdf = one_page(b"BT /F 9 Tf 1 1 Td <00010002> Tj ET")
    row = pdf.make_indirect(Array([500] * 1000))
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.X,
        W=Array([0, 65535, 500] * ranges + [1, row] * ranges),
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, Encoding=Name("/Identity-H"))
    font.DescendantFonts = Array([descendant])
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    return pdf


def spaces(depth: int) -> Pdf:
    """Colour spaces within each other, and one with no end of inks."""
    pdf = one_page(b"/A cs 1 scn 0 0 9 9 re f /B cs 1 scn 0 0 9 9 re f")
    space: object = Name.DeviceRGB
    for _ in range(depth):
        space = Array([Name.Indexed, space, 1, b"\0\0\0"])
    inks = Array([Name(f"/Ink{i}") for i in range(depth * 20)])
    pdf.pages[0].obj.Resources = Dictionary(
        ColorSpace=Dictionary(A=space, B=Array([Name.DeviceN, inks, Name.DeviceCMYK, Dictionary()]))
    )
    return pdf


def wrong_types(turn: int) -> Pdf:
    """Every entry that is read stands for something of another kind."""
    pdf = one_page(b"/G gs /P cs /Q scn 0 0 9 9 re f BT /F 9 Tf (a) Tj ET /X Do /Y Do /S sh\n")
    odd = [Name.Odd, 7, b"text", Array([]), Dictionary(), Array([Name.A, Dictionary(), 10**18]), True, Array([Name.B])]

    def take(number: int) -> object:
        return odd[(number + turn) % len(odd)]

    form = pdf.make_stream(b"0 0 9 9 re f")
    form.Subtype, form.BBox, form.Matrix, form.Group = Name.Form, take(0), take(1), take(2)
    image = pdf.make_stream(b"x")
    image.Subtype, image.Width, image.Height, image.ColorSpace = Name.Image, take(3), take(4), take(5)
    page = pdf.pages[0].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FirstChar=take(1), Widths=take(2), FontMatrix=take(3))
    font.CharProcs = Dictionary(a=take(5))
    page.Resources = Dictionary(
        ExtGState=Dictionary(G=Dictionary(LW=take(0), OPM=take(2), BM=take(3), SMask=Dictionary(G=take(6)))),
        ColorSpace=Dictionary(P=Array([Name.Pattern, take(3)])),
        Pattern=Dictionary(Q=Dictionary(PatternType=take(4), Matrix=take(5), Shading=take(6))),
        Font=Dictionary(F=font),
        XObject=Dictionary(X=form, Y=image),
        Shading=Dictionary(S=Dictionary(ColorSpace=take(0))),
    )
    page.Annots, page.Rotate, page.UserUnit, page.CropBox = take(1), take(2), take(3), take(4)
    page.BleedBox = Array([take(0), 1, 2, 3])
    pdf.Root.OutputIntents, pdf.Root.Names, pdf.Root.AcroForm = take(5), take(6), Dictionary(Fields=take(0))
    pdf.Root.Metadata = take(2)
    return pdf


KINDS: dict[str, Callable[[int], Pdf]] = {
    "bomb": lambda size: bomb(1 + size % 20),
    "bomb in bomb": lambda size: bomb_in_bomb(1 + size % 20),
    "lzw": lambda size: lzw_bomb(1 + size % 20),
    "shared content": lambda size: shared_content(1 + size % 2, 1 + size % 3),
    "forms": lambda size: forms(1 + size % 20, 1 + size % 9),
    "form in itself": form_in_itself,
    "patterns": lambda size: patterns(1 + size % 100),
    **{kind: lambda size, kind=kind: operators(kind, 1 + size % 5000) for kind in OPERATORS},
    "many pages": lambda size: many_pages(1 + size % 100),
    "deep pages": lambda size: deep_pages(1 + size % 300),
    "pages in a ring": pages_in_a_ring,
    "widths": lambda size: widths(1 + size % 50),
    "spaces": lambda size: spaces(1 + size % 30),
    "wrong types": wrong_types,
}


def save(pdf: Pdf, path: Path, *, streams: bool = True) -> Path:
    """Written as it is, its content neither packed nor mended; with object streams where wanted."""
    mode = pikepdf.ObjectStreamMode.generate if streams else pikepdf.ObjectStreamMode.disable
    pdf.save(
        path,
        compress_streams=False,
        object_stream_mode=mode,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        normalize_content=False,
        fix_metadata_version=False,
    )
    return path
