"""Typed spaces: which are printed as separators and which are removed (rules D4, G1, I3, J1).

A no-break space (U+00A0, U+202F) and a word joiner (U+2060) hold what stands on both sides of them; a no-break space
that would be removed between Han and Western characters leaves a word joiner (rule M1).

A space is removed only where it separates nothing: at the ends of a text, at the end of a typed line, inside brackets,
beside a pause or stop, and between Han and Western characters, which have the gap of rule D1. Every other space is
printed: a single one as typed, two or more, or a tab, as an ideographic space. Both are 1 em wide (CLREQ has no width
for spaces between Han; J1 takes an em), ½ em in a headline (rule I3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SPACE = "\t\n\r\x0b\x0c \x85\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
NOTHING = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"  # invisible characters that are removed
# Marks that no hygiene rule produces: text beside them is Chinese, before and after cleaning.
CHINESE_MARKS = frozenset("、。《》〈〉「」『』【】〖〗〔〕")
_OPENING, _CLOSING = frozenset("（《〈「『【〖〔“‘"), frozenset("）》〉」』】〗〕”’")
_PAUSES = frozenset("，；：、。")
_FINAL = frozenset("？！")
_SPACES = re.compile(f"[{SPACE}{NOTHING}]+")
IDLE = re.compile(f"[{SPACE}{NOTHING}]")

_NO_BREAK, _JOINER = frozenset("\u00a0\u2007\u202f"), "\u2060"
_NOTHING = re.compile(f"[{NOTHING}]+")
LINE_END = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_WIDE = "\u3000"
# Two characters or more, or a tab, are a separator beside anything; beside a pause, three.
_SEPARATES, _SEPARATES_AFTER_A_PAUSE = 2, 3
_JOINED_TO_HAN = re.compile(r"[0-9A-Za-z\u00c0-\u024f%‰℃℉°′″²³()\[\]{}<>.,!?:;'\"&@#$￥¥€£+]")
_NAME = re.compile("{0}{{2,4}}|{0}{{2,4}}·{0}{{2,6}}|{0}[ \u3000]+{0}".format("[\u3400-\u9fff]"))
_ONE_SPACE = re.compile("(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


class Space(NamedTuple):
    """A run of typed spaces, its replacement, and the rule (`rules.hygiene`)."""

    start: int
    end: int
    new: str
    rule: str


def is_han(character: str) -> bool:
    """Whether a character is set like Han: Han, kana, bopomofo, radicals, 々 and 〇."""
    return (
        "\u3400" <= character <= "\u9fff"
        or character in ("々", "〇")
        or "\u3040" <= character <= "\u31bf"
        or "\u2e80" <= character <= "\u2fdf"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def changed_spaces(text: str, *, headline: bool, verse: bool) -> Iterator[Space]:
    """The typed spaces that are not printed as they are, from left to right. A line of verse keeps its indent."""
    for match in _SPACES.finditer(text):
        old, (start, end) = match.group(), match.span()
        white = _NOTHING.sub("", old)
        if not white:
            inside = _JOINER in old and start > 0 and end < len(text)
            new, rule = _JOINER if inside else "", "invisible"
        elif start == 0 and verse and end < len(text):
            new, rule = _WIDE * _ems(white), "separator"
        elif start == 0 or end == len(text):
            new, rule = "", "edge"
        elif LINE_END.search(white):
            new, rule = _at_line_end(text, start, end), "line-end"
        else:
            new, rule = _between(white, text, start, end, headline)
            if (old in _NO_BREAK or _JOINER in old) and len(white) == 1:
                new = _held(new, rule, white)
        if new != old:
            yield Space(start, end, new, "invisible" if new == white or rule == "other-space" else rule)


def _held(new: str, rule: str, white: str) -> str:
    """What a no-break space becomes whose place would have `new` by that rule."""
    if rule == "beside-western":
        return _JOINER
    return (white if white in _NO_BREAK else "\u00a0") if new == " " else new


def _ems(white: str) -> int:
    """The width of typed spaces: an ideographic space or a tab is an em, two other spaces are."""
    whole = sum(character in "\u3000\t" for character in white)
    return whole + (len(white) - whole) // 2


def _at_line_end(text: str, start: int, end: int) -> str:
    """The replacement of a line end: none in wrapped text, a space between names, one a line."""
    before, after = text[start - 1], text[end]
    if _is_list_of_names(text):
        return " "
    return "" if _is_chinese(before) or _is_chinese(after) else " "


def _is_list_of_names(text: str) -> bool:
    """Whether every typed line is a name."""
    return all(_NAME.fullmatch(line.strip(SPACE)) for line in LINE_END.split(text.strip(SPACE)) if line)


def _between(white: str, text: str, start: int, end: int, headline: bool) -> tuple[str, str]:
    before, after = text[start - 1], text[end]
    wide = "\u3000" in white or "\t" in white
    length = _SEPARATES_AFTER_A_PAUSE if wide else len(white)
    if white == _WIDE * len(white):
        return white, "separator"
    if before in _OPENING or after in _CLOSING:
        blank = before in _OPENING and after in _CLOSING  # a blank to be filled in
        return (
            (white if length < _SEPARATES else _WIDE * _ems(white), "separator") if blank else ("", "inside-brackets")
        )
    if after in _PAUSES or after in _FINAL:
        return "", "beside-a-mark"
    if before in _PAUSES or before in _FINAL or _is_long_mark(text, start, end):
        if length >= _SEPARATES_AFTER_A_PAUSE:
            return _wide(white, text), "separator"
        return (" ", "other-space") if headline and before in _FINAL else ("", "beside-a-mark")
    if not (_is_chinese(before) or _is_chinese(after)):
        form = "_" in (before, after) or wide
        return (_wide(white, text), "separator") if form and length >= _SEPARATES else (" ", "between-words")
    if length >= _SEPARATES:
        return _wide(white, text), "separator"
    if (is_han(before) and _JOINED_TO_HAN.match(after)) or (is_han(after) and _JOINED_TO_HAN.match(before)):
        return "", "beside-western"
    return " ", "other-space"


def _is_long_mark(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 2) : start] in ("——", "……") or text[end : end + 2] in ("——", "……")


def _wide(white: str, text: str) -> str:
    """The separator; twice as wide where single spaces are inside what it separates: `王 英  李 芳`."""
    if white == _WIDE * len(white):
        return white
    return _WIDE * (2 if _ONE_SPACE.search(text) else 1)


def _is_chinese(character: str) -> bool:
    return is_han(character) or character in _OPENING or character in _CLOSING or character in _PAUSES | _FINAL
