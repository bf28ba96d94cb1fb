"""Opens Word's `.docx` with python-docx; a file that cannot be opened raises ArticleError with the reason."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Collection, Container
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ...errors import Message, SourceLocation
from ...runtime.extras import is_installed, missing_extra
from ...runtime.limits import (
    MANUSCRIPT_ELEMENTS,
    MANUSCRIPT_INFLATED_BYTES,
    MANUSCRIPT_PARAGRAPHS,
    MANUSCRIPT_PARTS,
    MANUSCRIPT_XML_BYTES,
    NESTING,
)
from ..manuscript import ArticleError, ImportLog, Manuscript, reject
from ..sources import PASTE, REOPEN, SAVE_AS_DOCX, damaged, limit_error, read_source, within

if TYPE_CHECKING:
    from docx.document import Document

_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)
RELATIONS = "_rels/.rels"
_ONLY_ONE = ("officeDocument", "styles", "settings", "numbering")  # parts of which a package has one
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS = f"{{{_PACKAGE}/relationships}}Relationships"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"  # reported later
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The root elements of parts: python-docx takes any other element for its own and fails in it.
_ROOTS = {
    "[Content_Types].xml": (f"{{{_PACKAGE}/content-types}}Types", ""),
    **{
        f"word/{name}.xml": (f"{{{_WORD}}}{name}", f"{{{_STRICT}}}{name}", "")
        for name in ("document", "styles", "numbering", "settings", "comments")
    },
}


def read_word(path: Path) -> Manuscript:
    """A `.docx` file.

    Raises:
        ArticleError: `source-kind`, `password`, `damaged-source`, `huge-source`, `strict-docx`.
    """
    from .body import WordReader
    from .styles import W

    manuscript = Manuscript(path)
    document = _open(path, manuscript.notes)
    if getattr(document.element, "body", None) is None:
        raise _lacking(path, "w:body")
    if not hasattr(document, "styles"):  # the part is there, as one of another kind
        raise _lacking(path, "word/styles.xml")
    paragraphs = sum(1 for _ in document.element.body.iter(f"{W}p"))
    within(MANUSCRIPT_PARAGRAPHS, paragraphs, path)
    WordReader(document, manuscript).read()
    return manuscript


def _open(path: Path, notes: ImportLog) -> Document:
    data = read_source(path)
    _check_package(data, path)
    if not is_installed("word"):
        raise ArticleError([missing_extra("word", SourceLocation(str(path)))])
    import docx
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

    data = _repaired_package(data, path, notes)
    try:
        return docx.Document(io.BytesIO(data))
    except ValueError as error:  # the message has the content type, by which macros and templates are recognised
        what = Message(f"{path.name} 不是普通的 Word 文档", f"{path.name} is no plain Word document")
        raise reject(path, "source-kind", what, SAVE_AS_DOCX) from error
    except XMLSyntaxError as error:
        if "depth" in str(error):
            raise limit_error(NESTING, None, path) from error
        raise damaged(path, error) from error
    except KeyError as error:
        raise _lacking(path, str(error)) from error


def _lacking(path: Path, part: str) -> ArticleError:
    what = Message(f"{path.name} 缺少 Word 文档的部件：{part}", f"{path.name} lacks parts of a Word document: {part}")
    return reject(path, "damaged-source", what, REOPEN)


def _check_package(data: bytes, path: Path) -> None:
    """Raises ArticleError for a file that is not a `.docx` in spite of its name."""
    if data.startswith(b"PK"):
        return
    message: Message
    remedy = SAVE_AS_DOCX
    rule = "source-kind"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            rule, message = "password", Message("有打开密码", "protected by a password")
            remedy = Message(
                "在 Word 里打开，“文件”→“信息”→“保护文档”，去掉密码，保存后再导入",
                "open it in Word, remove the password under File, Info, Protect Document, save, and import it",
            )
        else:
            message = Message("旧的 .doc 或 .wps 文件，只是改了后缀", "an old .doc or .wps file under another name")
    elif data.startswith(b"%PDF"):
        message, remedy = Message("PDF，只是改了后缀", "a PDF under another name"), PASTE
    elif data.lstrip()[:5].lower() == b"{\\rtf":
        message = Message("RTF 文件，只是改了后缀", "an RTF file under another name")
    elif data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        message = Message("网页，只是改了后缀", "a web page under another name")
        remedy = Message("把后缀改成 .html 再导入", "rename it to .html and import that")
    else:
        rule, message, remedy = "damaged-source", Message("已损坏的文件，不是 .docx", "damaged: it is no .docx"), REOPEN
    raise reject(
        path,
        rule,
        Message(
            f"{path.name} 是{message.zh}" if rule != "password" else f"{path.name} {message.zh}",
            f"{path.name} is {message.en}",
        ),
        remedy,
    )


def _repaired_package(data: bytes, path: Path, notes: ImportLog) -> bytes:
    """The package with damaged parts repaired and reported; raises ArticleError if the text itself is damaged."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, struct.error) as error:
        what = Message(f"{path.name} 已损坏或没有传完", f"{path.name} is damaged or incomplete")
        raise reject(path, "damaged-source", what, REOPEN) from error
    changed: dict[str, bytes] = {}
    with package:
        items = package.infolist()
        # A package may declare a smaller size than a part has; `zipfile` reads no more than declared.
        within(MANUSCRIPT_INFLATED_BYTES, sum(item.file_size for item in items), path)
        within(MANUSCRIPT_XML_BYTES, sum(item.file_size for item in items if _is_xml(item)), path)
        within(MANUSCRIPT_PARTS, len(items), path)
        names = {item.filename for item in items}
        elements = 0
        for item in items:
            part = _part(package, item, path)
            if part is not None and (roots := _ROOTS.get(item.filename)) and _root_of(part) not in roots:
                raise _lacking(path, item.filename)
            if part is not None and _is_xml(item):
                elements += part.count(b"<") - part.count(b"</")
                within(MANUSCRIPT_ELEMENTS, elements, path)
            if part is None:
                changed[item.filename] = b""
                _report_damage(item.filename, notes)
            elif item.filename.endswith(".rels"):
                mended = _repaired_relations(item.filename, part, names, path)
                changed.update({item.filename: mended} if mended != part else {})
        _check_word_package(package, names, path)
        if not changed:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as mended_package:
            for item in items:
                name = item.filename
                mended_package.writestr(name, changed[name] if name in changed else package.read(item))
    return out.getvalue()


def _part(package: zipfile.ZipFile, item: zipfile.ZipInfo, path: Path) -> bytes | None:
    """The bytes of a part; None for a damaged picture."""
    try:
        if item.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError(item.compress_type)  # the format allows no other, and others are not bounded
        return package.read(item)
    except (*_DAMAGED, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error) as error:
        if _is_xml(item):
            what = Message(f"{path.name} 已损坏：{item.filename}", f"{path.name} is damaged: {item.filename}")
            raise reject(path, "damaged-source", what, REOPEN) from error
        return None


def _root_of(part: bytes) -> str:
    """The tag of the root element; empty where there is none, which is reported by who reads the part."""
    try:
        return str(next(ElementTree.iterparse(io.BytesIO(part), ("start",)))[1].tag)
    except (ElementTree.ParseError, StopIteration, LookupError, ValueError):
        return ""


def _is_xml(item: zipfile.ZipInfo) -> bool:
    return item.filename.endswith((".xml", ".rels"))


def _report_damage(name: str, notes: ImportLog) -> None:
    zh, en = f"文件里的 {name} 已损坏，没有带进来", f"{name} inside the file is damaged and was left out"
    notes.report(
        "damaged-part", zh, en, remedy=Message("请作者另发这一张图", "ask the author for it"), needs_review=True
    )


def _repaired_relations(name: str, data: bytes, names: Container[str], path: Path) -> bytes:
    """Relations without those to missing parts, which python-docx cannot read, and which are reported where they are
    used; of styles and the like, of which it expects one part, the first."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise damaged(path, error) from error
    if root.tag != _RELATIONSHIPS:
        raise _lacking(path, name)
    base = posixpath.dirname(posixpath.dirname(name))
    lost = [
        relation
        for relation in root
        if relation.get("TargetMode") != "External"
        and posixpath.normpath(posixpath.join("/", base, relation.get("Target", ""))).lstrip("/") not in names
    ]
    seen: set[str] = set()
    for relation in root:
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        if kind in _ONLY_ONE and relation not in lost:
            lost += [relation] if kind in seen else []
            seen.add(kind)
    for relation in lost:
        root.remove(relation)
    return ElementTree.tostring(root) if lost else data


def _check_word_package(package: zipfile.ZipFile, names: Collection[str], path: Path) -> None:
    """Raises ArticleError for other packages and for Strict Open XML, which python-docx does not read."""
    kinds = (
        ("xl/", Message("Excel 表格", "an Excel file")),
        ("ppt/", Message("PowerPoint 幻灯片", "a PowerPoint file")),
        ("content.xml", Message("OpenDocument 文件", "an OpenDocument file")),
    )
    for sign, kind in kinds:
        if any(name.startswith(sign) for name in names):
            what = Message(f"{path.name} 是{kind.zh}，不是 Word 文档", f"{path.name} is {kind.en}, no Word document")
            raise reject(path, "source-kind", what, SAVE_AS_DOCX if sign == "content.xml" else PASTE)
    if RELATIONS not in names or b"/officeDocument" not in package.read(RELATIONS):
        what = Message(f"{path.name} 里没有 Word 正文", f"{path.name} holds no Word document")
        raise reject(path, "damaged-source", what, REOPEN)
    texts = [name for name in names if name.startswith("word/document") and name.endswith(".xml")]
    if any(b"http://purl.oclc.org/ooxml/" in package.read(name)[:8192] for name in texts):
        what = Message(f"{path.name} 存成了“Strict Open XML”", f"{path.name} was saved as “Strict Open XML”")
        raise reject(path, "strict-docx", what, SAVE_AS_DOCX)
