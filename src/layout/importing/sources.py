"""Readers of manuscripts by suffix: the package's own and those of other packages.

Another package adds one by an entry point of the group `layout.importers`, named as the suffix without its dot:

    [project.entry-points."layout.importers"]
    odt = "my_package:read_odt"          # read_odt(path: Path) -> layout.importing.Manuscript
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

from lxml.etree import ErrorTypes, LxmlError  # type: ignore[import-untyped]

from ..errors import Message, SourceLocation
from ..runtime.files import read_bytes
from ..runtime.limits import (
    MANUSCRIPT_BYTES,
    MANUSCRIPT_CHARACTERS,
    MANUSCRIPT_MEMORY,
    MANUSCRIPT_PARAGRAPHS,
    PARAGRAPH_CHARACTERS,
    Limit,
    LimitError,
    over,
)
from .manuscript import ArticleError, Manuscript, SourceParagraph, reject

GROUP = "layout.importers"
READERS = {
    "docx": "word.package:read_word",
    "md": "text.markdown:read_markdown",
    "markdown": "text.markdown:read_markdown",
    "txt": "text.plain:read_plain_text",
    "text": "text.plain:read_plain_text",
    "html": "web.html:read_web",
    "htm": "web.html:read_web",
    "xhtml": "web.html:read_web",
}
SAVE_AS_DOCX = Message(
    "用 Word 或 WPS 打开它，“文件”→“另存为”，文件类型选“Word 文档 (*.docx)”，再导入",
    "open it in Word or WPS, choose File, Save As, “Word Document (*.docx)”, and import that",
)
PASTE = Message(
    "打开它，把文字复制到 Word 里，另存为 .docx 再导入；图片要原图",
    "open it, copy its text into Word, save that as .docx and import it; ask for the original pictures",
)
_TYPE = Message(
    "向作者要文字稿；图片放进 pictures 文件夹，写进稿件的 pictures",
    "ask the author for the text; put the picture in the folder pictures and name it under the article's pictures",
)
PICTURE_SUFFIXES = ("jpg", "jpeg", "png", "tif", "tiff", "webp", "gif", "bmp", "heic", "svg")
# Kinds without a reader, with remedies. An entry point may add a reader for one.
_UNSUPPORTED = {
    "doc": (Message("旧的 Word 文件", "an old Word file"), SAVE_AS_DOCX),
    "dot": (Message("旧的 Word 模板", "an old Word template"), SAVE_AS_DOCX),
    "docm": (Message("带宏的 Word 文件", "a Word file with macros"), SAVE_AS_DOCX),
    "dotx": (Message("Word 模板", "a Word template"), SAVE_AS_DOCX),
    "wps": (Message("WPS 文件", "a WPS file"), SAVE_AS_DOCX),
    "wpt": (Message("WPS 模板", "a WPS template"), SAVE_AS_DOCX),
    "uof": (Message("标文通文件", "a Uniform Office file"), SAVE_AS_DOCX),
    "rtf": (Message("RTF 文件", "an RTF file"), SAVE_AS_DOCX),
    "odt": (Message("OpenDocument 文件", "an OpenDocument file"), SAVE_AS_DOCX),
    "pages": (Message("Pages 文件", "a Pages file"), SAVE_AS_DOCX),
    "mht": (Message("网页存档", "an archived web page"), PASTE),
    "mhtml": (Message("网页存档", "an archived web page"), PASTE),
    "pdf": (Message("PDF，里面的文字没有段落", "a PDF, which has no paragraphs"), PASTE),
    "ofd": (Message("OFD 版式文件", "an OFD file"), PASTE),
    "caj": (Message("CAJ 文件", "a CAJ file"), PASTE),
    "ppt": (Message("幻灯片", "slides"), PASTE),
    "pptx": (Message("幻灯片", "slides"), PASTE),
    "xls": (Message("电子表格", "a spreadsheet"), PASTE),
    "xlsx": (Message("电子表格", "a spreadsheet"), PASTE),
    "et": (Message("WPS 表格", "a WPS spreadsheet"), PASTE),
    **{suffix: (Message("图片", "a picture"), _TYPE) for suffix in PICTURE_SUFFIXES},
}
Reader = Callable[[Path], Manuscript]


def suffixes() -> list[str]:
    """All suffixes that can be imported, without the dot."""
    return sorted({*READERS, *(point.name for point in entry_points(group=GROUP))})


def is_manuscript(suffix: str) -> bool:
    """Whether a file of that suffix is a manuscript, be it one that has to be saved as another kind first."""
    return suffix in suffixes() or (suffix in _UNSUPPORTED and suffix not in PICTURE_SUFFIXES)


def read_manuscript(path: Path) -> Manuscript:
    """Reads a file by the reader of its suffix.

    Raises:
        ArticleError: There is no such file, it is of another kind, or its reader rejects it.
    """
    _check_file(path)
    reader = _reader(path)
    try:
        manuscript = reader(path)
    except MemoryError as error:
        raise limit_error(MANUSCRIPT_MEMORY, None, path) from error
    except _FAULTS as error:
        raise damaged(path, error) from error
    paragraphs = [block for block in manuscript.blocks if isinstance(block, SourceParagraph)]
    within(MANUSCRIPT_PARAGRAPHS, len(manuscript.blocks) + len(manuscript.footnotes), path)
    lengths = [sum(len(run.text) for run in paragraph.runs) for paragraph in paragraphs]
    within(PARAGRAPH_CHARACTERS, max(lengths, default=0), path)
    within(MANUSCRIPT_CHARACTERS, sum(lengths), path)
    return manuscript


# Exceptions of the libraries for damaged files; any other exception is a defect of a program.
_FAULTS = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, LxmlError, OSError, UnicodeError)


def damaged(path: Path, error: BaseException) -> ArticleError:
    """The error of a file that its library cannot read; libxml2 counts a lack of memory among damages."""
    if getattr(error, "code", None) == ErrorTypes.ERR_NO_MEMORY:
        return limit_error(MANUSCRIPT_MEMORY, None, path)
    reason = f"{type(error).__name__}: {error}"[:200]
    what = Message(
        f"{path.name} 读不出来，可能已损坏（{reason}）", f"{path.name} cannot be read, it may be damaged ({reason})"
    )
    return reject(path, "damaged-source", what, REOPEN)


def within(limit: Limit, found: int, path: Path) -> None:
    """Raises ArticleError where `found` is over a limit."""
    if found > limit.most:
        raise limit_error(limit, found, path)


def limit_error(limit: Limit, found: int | None, path: Path) -> ArticleError:
    return ArticleError([over(limit, SourceLocation(str(path)), found, path.name)])


def read_source(path: Path, limit: Limit = MANUSCRIPT_BYTES) -> bytes:
    """The bytes of a manuscript. Raises ArticleError where it is not a file or too large."""
    try:
        return read_bytes(path, limit)
    except LimitError as error:
        raise ArticleError(error.problems) from error
    except OSError as error:
        raise damaged(path, error) from error


REOPEN = Message(
    "用原来的程序打开它，另存一份再导入；打不开就请作者重发",
    "open it in its own program, save it anew and import that; if it does not open, ask the author to send it again",
)


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size if path.is_file() else -1
    except (OSError, ValueError):
        size = -1
    if size < 0 and path.is_dir():
        what = Message(f"{path} 是文件夹", f"{path} is a folder")
        raise reject(path, "no-file", what, Message("写出其中的文件", "name the files in it"))
    if size < 0:
        what = Message(f"找不到文件 {path}", f"there is no file {path}")
        raise reject(path, "no-file", what, Message("检查文件名和文件夹", "look at its name and folder"))
    if size == 0:
        what = Message(f"{path.name} 是空文件（0 字节）", f"{path.name} is an empty file (0 bytes)")
        raise reject(path, "empty-source", what, Message("请作者重发", "ask the author to send it again"))
    within(MANUSCRIPT_BYTES, size, path)
    if path.name.startswith("~$"):
        what = Message(f"{path.name} 是 Word 打开文件时的临时文件", f"{path.name} is Word's lock file")
        raise reject(path, "lock-file", what, Message(f"导入 {path.name[2:]}", f"import {path.name[2:]}"))


def _reader(path: Path) -> Reader:
    suffix = path.suffix.lower().removeprefix(".")
    for point in entry_points(group=GROUP):
        if point.name == suffix:
            try:
                loaded: Reader = point.load()
            except Exception as error:  # code of another package
                what = Message(
                    f"导入 .{suffix} 的扩展 {point.value} 坏了：{error}", f"{point.value} is broken: {error}"
                )
                raise reject(
                    path, "importer", what, Message("重装或卸载它", "install it anew, or remove it")
                ) from error
            return loaded
    if suffix in READERS:
        module, _, name = READERS[suffix].partition(":")
        found: Reader = getattr(import_module(f".{module}", __package__), name)
        return found
    known = Message("、".join(f".{s}" for s in suffixes()), ", ".join(f".{s}" for s in suffixes()))
    kind, remedy = _UNSUPPORTED.get(
        suffix,
        (
            Message("不认识的文件", "of an unknown kind"),
            Message(f"能导入的有 {known.zh}", f"can be brought in: {known.en}"),
        ),
    )
    what = Message(f"{path.name} 是{kind.zh}，不能导入", f"{path.name} is {kind.en} and cannot be brought in")
    raise reject(path, "source-kind", what, remedy)
