"""Decodes bytes as UTF-8, UTF-16 or GB18030, and reports which."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ...errors import Message
from ..manuscript import ImportLog, reject

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（带 BOM）", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16", "UTF-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_FOREIGN = re.compile(r"[^\W\x00-\x7f\uff00-\uff5e]|[\ue000-\uf8ff]")
_SAVE_UTF8 = Message(
    "用记事本打开，看文字对不对，“另存为”时编码选 UTF-8",
    "open it in an editor, see whether the text is right, and save it as UTF-8",
)


def decode(data: bytes, path: Path, notes: ImportLog, declared: str = "") -> str:
    """The text of a file; line ends become `\\n`. `declared` is the encoding that the file declares.

    A byte order mark decides; else UTF-8 if it is valid; else what is declared; else UTF-16 by its zeros; else GB18030.

    Raises:
        ArticleError: `not-text`, where none fits.
    """
    text, zh, en = _decoded(data, declared)
    if text is None or (controls := len(_CONTROL.findall(text))) > max(2, len(text) // 200):
        what = Message(f"{path.name} 不是文本文件，或编码不认识", f"{path.name} is no text, or in an unknown encoding")
        raise reject(path, "not-text", what, _SAVE_UTF8)
    notes.report("encoding", f"按 {zh} 编码读入", f"read as {en}")
    if controls:
        codes = " ".join(sorted({f"U+{ord(c):04X}" for c in _CONTROL.findall(text)}))
        notes.report("control-character", f"删去了控制字符 {codes}", f"control characters were removed: {codes}")
        text = _CONTROL.sub("", text)
    if zh == "GB18030" and _looks_wrong(text):
        notes.report(
            "encoding-doubt",
            "文字里生僻字太多，编码可能不是 GB18030（比如繁体的 Big5）",
            "so many rare characters: it may not be GB18030 but, say, Big5",
            remedy=_SAVE_UTF8,
            needs_review=True,
        )
    if "\ufffd" in text:
        notes.report(
            "lost-character",
            "有文字已经是“�”，原字丢失",
            "some characters are “�”: they were lost before",
            needs_review=True,
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str) -> tuple[str | None, str, str]:
    for mark, name, zh, en in _BOMS:
        if data.startswith(mark):
            return _try(data, name), zh, en
    if b"\0" not in data and (text := _try(data, "utf-8")) is not None:
        return text, "UTF-8", "UTF-8"
    if declared and declared.lower() not in ("utf-8", "utf8", "gb2312", "gbk", "gb18030"):
        try:
            name = codecs.lookup(declared).name
        except LookupError:
            name = ""
        if name and (text := _try(data, name)) is not None:
            return text, declared, declared
    if b"\0" in data:
        little = data[1::2].count(0) > data[::2].count(0)
        name = "utf-16-le" if little else "utf-16-be"
        return _try(data, name), "UTF-16（没有 BOM）", "UTF-16 without a byte order mark"
    return _try(data, "gb18030"), "GB18030", "GB18030"


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_wrong(text: str) -> bool:
    """Whether too few of the characters are among the 3755 common ones, the first level of GB 2312."""
    characters = _FOREIGN.findall(text)
    common = sum(1 for c in characters if (code := c.encode("gb2312", "ignore")) and 0xB0 <= code[0] <= 0xD7)
    return len(characters) >= 20 and common < 0.7 * len(characters)
