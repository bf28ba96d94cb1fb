"""Word files written part by part with zipfile, so that no library of the importer's had a hand in them."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from layout.errors import Severity
from layout.importing import Imported

Bring = Callable[..., Imported]  # saves a source and imports it

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
REL = NAMESPACES["r"]
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {
    "Normal": ("Normal", ""),
    "a3": ("Title", ""),
    "1": ("heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
    "2": ("heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
    "a4": ("Subtitle", ""),
    "a5": ("caption", ""),
    "yt": ("引题", ""),
    "zd": ("文章正标题", ""),
    "a6": ("Quote", ""),
    "TOC1": ("toc 1", ""),
}


def r(text: str, properties: str = "") -> str:
    """A run; `properties` is XML, such as `<w:b/>`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "", side: str = "", size: float = 0) -> str:
    """A paragraph of text or of runs; `size` in pt."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    own += properties + (f'<w:jc w:val="{side}"/>' if side else "")
    look = f'<w:sz w:val="{round(size * 2)}"/>' if size else ""
    inner = "".join(run if run.startswith(("<w:", "<m:")) else r(run, look) for run in runs)
    return f"<w:p><w:pPr>{own}</w:pPr>{inner}</w:p>"


def numbered(text: str, list_id: int, level: int = 0, style: str = "") -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, properties=numbers, style=style)


def table(*rows: list[str]) -> str:
    """A table; a cell that begins with `<` is XML."""
    xml = ""
    for row in rows:
        cells = (
            cell if cell.startswith("<w:tc") else f"<w:tc>{cell if cell.startswith('<w:') else p(cell)}</w:tc>"
            for cell in row
        )
        xml += f"<w:tr>{''.join(cells)}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{xml}</w:tbl>"


def picture(reference: str, alt: str = "", crop: str = "", more: str = "") -> str:
    """A run with a picture in the line."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr={quoteattr(alt)}/><a:graphic>'
        f'<a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:blipFill><a:blip r:embed="{reference}">{more}</a:blip>'
        f"{crop}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """A run with a text box, in both forms that Word writes."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="文本框 2"/>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["wps"]}"><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(instruction: str, *printed: str) -> str:
    parts = [
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>'
    ]
    if printed:
        parts += ['<w:r><w:fldChar w:fldCharType="separate"/></w:r>', *printed]
    return "".join((*parts, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))


def image(width: int = 400, height: int = 300, kind: str = "PNG", colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


class WordFile:
    """A package being put together: `body` is XML, parts are added with what relates them to the document."""

    def __init__(self, *body: str) -> None:
        self.body = "".join(body)
        self.parts: dict[str, bytes] = {}
        self.relations: list[tuple[str, str, str, bool]] = []
        self.overrides: dict[str, str] = {}
        self.styles = dict(STYLES)
        self.defaults = '<w:sz w:val="21"/><w:rFonts w:eastAsia="宋体"/>'
        self.namespaces = XMLNS

    def part(self, name: str, data: str | bytes, kind: str, content_type: str = "") -> str:
        """Adds a part under `word/`; the reference to use for it comes back."""
        self.parts[name] = data.encode() if isinstance(data, str) else data
        if content_type:
            self.overrides[name] = content_type
        return self.relate(kind, name)

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        reference = f"rId{len(self.relations) + 10}"
        self.relations.append((reference, kind, target, external))
        return reference

    def notes(self, kind: str, **texts: str) -> None:
        """Footnotes, endnotes or comments: id → XML of its paragraphs."""
        item = kind.removesuffix("s")
        inner = "".join(f'<w:{item} w:id="{key[1:]}" w:author="何佳">{xml}</w:{item}>' for key, xml in texts.items())
        self.part(f"{kind}.xml", f"<w:{kind} {XMLNS}>{inner}</w:{kind}>", kind, f"{TYPES}.{kind}+xml")

    def numbering(self, **kinds: tuple[str, str]) -> None:
        """Lists by number: `_1=("decimal", "%1.")`."""
        inner = ""
        for key, (kind, text) in kinds.items():
            levels = "".join(
                f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
                f'<w:lvlText w:val="{text.replace("%1", f"%{n + 1}")}"/></w:lvl>'
                for n in range(3)
            )
            inner += f'<w:abstractNum w:abstractNumId="{key[1:]}">{levels}</w:abstractNum>'
        for key in kinds:
            inner += f'<w:num w:numId="{key[1:]}"><w:abstractNumId w:val="{key[1:]}"/></w:num>'
        self.part("numbering.xml", f"<w:numbering {XMLNS}>{inner}</w:numbering>", "numbering", f"{TYPES}.numbering+xml")

    def _styles(self) -> str:
        inner = f"<w:docDefaults><w:rPrDefault><w:rPr>{self.defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
        for key, (name, more) in self.styles.items():
            plain = ' w:default="1"' if key == "Normal" else ""
            inner += f'<w:style w:type="paragraph"{plain} w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        return f"<w:styles {XMLNS}>{inner}</w:styles>"

    def bytes(self) -> bytes:
        self.part("styles.xml", self._styles(), "styles", f"{TYPES}.styles+xml")
        types = "".join(
            f'<Default Extension="{suffix}" ContentType="image/{kind}"/>'
            for suffix, kind in (("png", "png"), ("jpg", "jpeg"), ("emf", "x-emf"), ("gif", "gif"), ("svg", "svg+xml"))
        )
        types += "".join(f'<Override PartName="/word/{n}" ContentType="{t}"/>' for n, t in self.overrides.items())
        relations = "".join(
            f'<Relationship Id="{i}" Type="{REL}/{kind}" Target={quoteattr(target)}'
            f"{' TargetMode=' + quoteattr('External') if external else ''}/>"
            for i, kind, target, external in self.relations
        )
        package = "http://schemas.openxmlformats.org/package/2006"
        files = {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{types}<Override PartName="/word/document.xml" '
            f'ContentType="{TYPES}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {self.namespaces}><w:body>{self.body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package_file:
            for name, text in files.items():
                package_file.writestr(name, text)
            for name, data in self.parts.items():
                package_file.writestr(f"word/{name}", data)
        return out.getvalue()

    def save(self, path: Path) -> Path:
        path.write_bytes(self.bytes())
        return path


def words_of_package(path: Path) -> list[str]:
    """Every stretch of words that any part of a Word file shows to its reader."""
    found = []
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not name.startswith("word/") or not name.endswith(".xml") or "styles" in name or "glossary" in name:
                continue
            xml = package.read(name).decode()
            xml = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml, flags=re.DOTALL)
            found += re.findall(r"<(?:w:t|w:delText|a:t|m:t|c:v)(?: [^>]*)?>([^<]*)<", xml)
            found += re.findall(r'<v:textpath[^>]* string="([^"]*)"', xml)
    return [word for word in map(bare, found) if word]


def words_of(imported: Imported) -> str:
    """All words that came of an import: in fields, body, captions, or told in the notes."""
    told_of = (note.what.zh for note in imported.notes if note.rule != "hygiene")
    texts = [*imported.fields.values(), imported.body, *words_in(imported.parts), *told_of]
    for item in imported.pictures:
        texts += [item.caption, item.credit, item.alt]
    return "\n".join(map(bare, texts))


def words_in(part: object) -> list[str]:
    """Every text inside lists and mappings."""
    if isinstance(part, str):
        return [part]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [text for item in inner for text in words_in(item)]


def bare(text: str) -> str:
    """Letters and digits only: marks of Markdown, brackets and spaces come and go."""
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def lost_words(path: Path, imported: Imported) -> list[str]:
    """What a Word file shows that is neither in the article nor named; a stretch may have come apart into a few."""
    kept = words_of(imported)
    return [word for word in words_of_package(path) if not _kept(word, kept)]


def _kept(word: str, kept: str) -> bool:
    for _ in range(5):
        length = next((n for n in range(len(word), 0, -1) if word[:n] in kept), 0)
        if length == len(word):
            return True
        if length < 2:
            return False
        word = word[length:]
    return False


def told(imported: Imported, rule: str) -> str:
    """What was reported under a rule, all of it."""
    return "\n".join(note.what.zh for note in imported.notes if note.rule == rule)


def unsure(imported: Imported) -> set[str]:
    return {note.rule for note in imported.notes if note.severity is Severity.WARNING}


LEDE = "到11月15日，全镇2.36万亩晚稻收割完毕，平均亩产645公斤，比上年增加14公斤，八成以上的湿谷当天就进了烘房。"
SIGN = p("（镇农业服务中心）")

ISSUE = """\
# 十二月号
publication: {title: 今日苇泾}
number: 12
date: 2026-12-20      # 冬至前一天

articles:
  ferry:
    rank: lead
    headline: 渡口歇了|船还在     # 两行
    body_file: ferry.md

# 各版
pages:
  - name: 要闻
    areas:
      - 7:  nameplate
      - auto: ferry ferry ferry
"""
