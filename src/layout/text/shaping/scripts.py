"""Scripts whose letters change shape or order with their neighbours, by the Script property of Unicode (UAX #24)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import Message

# Blocks of such scripts; U+FDD0–FDEF are the composer's placeholders.
_BLOCKS = (
    r"\u0590-\u109f\u1100-\u11ff\u1700-\u18af\u1900-\u1cff\u1dc0-\u1dcb\ua800-\ua8ff\ua900-\ua9ff\uaa00-\uaadf\uaae0-\uaaff"
    r"\uabc0-\uabff\ud7b0-\ud7ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe"
    # Few ranges above U+FFFF: more of them make `re` forty times as slow on Chinese.
    r"\U00010800-\U00011fff\U0001e100-\U0001efff"
)
COMPLEX = re.compile(rf"[{_BLOCKS}]")
_CHARACTERS = re.compile(rf"[{_BLOCKS}]+")
# Nothing of these depends on what stands beside it.
_PLAIN = frozenset({"Zyyy", "Zinh", "Zzzz", "Hani", "Latn", "Cher", "Cans", "Lisu", "Geor", "Cyrl"})

# What the lines of a paragraph can hold.
SET_IN_LINES = frozenset({"Arab", "Hebr", "Tibt"})

NAMES = {
    "Arab": Message("阿拉伯字母（维吾尔文、哈萨克文等）", "Arabic script (Uyghur, Kazakh …)"),
    "Hebr": Message("希伯来文", "Hebrew script"),
    "Tibt": Message("藏文", "Tibetan script"),
    "Mong": Message("传统蒙古文、满文", "Mongolian script"),
    "Thai": Message("泰文", "Thai script"),
    "Laoo": Message("老挝文", "Lao script"),
    "Khmr": Message("高棉文", "Khmer script"),
    "Mymr": Message("缅甸文、傣文等", "Myanmar script"),
    "Tale": Message("德宏傣文", "Tai Le script"),
    "Talu": Message("西双版纳新傣文", "New Tai Lue script"),
    "Lana": Message("老傣文", "Tai Tham script"),
    "Deva": Message("天城文", "Devanagari script"),
    "Beng": Message("孟加拉文", "Bengali script"),
    "Taml": Message("泰米尔文", "Tamil script"),
    "Sinh": Message("僧伽罗文", "Sinhala script"),
    "Syrc": Message("叙利亚文", "Syriac script"),
    "Nkoo": Message("西非恩科文", "N'Ko script"),
    "Phag": Message("八思巴文", "Phags-pa script"),
    "Hang": Message("谚文字母（未合成）", "Hangul letters that are not composed"),
}


def script_name(script: str) -> Message:
    """The name of a script, by its code (ISO 15924)."""
    if script in NAMES:
        return NAMES[script]
    from fontTools.unicodedata import script_name as unicode_name

    name = unicode_name(script, default=script).replace("_", " ")
    return Message(f"{name} 文", f"{name} script")


def script_of(character: str) -> str:
    """The code of the script (ISO 15924) whose letters depend on their neighbours that a character is of; "" for
    none."""
    from fontTools.unicodedata import script

    if not COMPLEX.match(character):
        return ""
    code: str = script(character)
    return "" if code in _PLAIN else code


def complex_runs(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset, characters and script of each row of letters of one such script."""
    for found in _CHARACTERS.finditer(text):
        start, current = found.start(), ""
        for at in range(found.start(), found.end()):
            code = script_of(text[at])
            if not code or code == current:
                continue
            if current:
                yield start, text[start:at], current
                start = at
            current = code
        if current:
            yield start, text[start : found.end()], current


def scripts_in(text: str) -> dict[str, list[str]]:
    """The rows of letters of each such script in a text."""
    found: dict[str, list[str]] = {}
    for _, letters, script in complex_runs(text):
        found.setdefault(script, []).append(letters)
    return found
