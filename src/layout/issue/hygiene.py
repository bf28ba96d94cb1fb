"""Text hygiene: corrections of typed marks and spaces (rules J12, D4, D8, G1).

ASCII marks beside Han become full width, `--` and `...` become `——` and `……`, full-width letters and digits become
half width, straight quotes are paired, interpuncts are one character, and spaces that separate nothing are removed.
Nothing changes inside numbers, web and mail addresses, or Latin text. English text has rules of its own; Japanese and
Korean text is left as typed but for its line ends (`foreign`). Cleaning is idempotent. Each rule, with its
reason and an example, is a row of `rules.hygiene.HYGIENE_RULES`.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from ..text.language import DEFAULT_LANGUAGE
from . import foreign
from .spaces import CHINESE_MARKS, IDLE, NOTHING, SPACE, changed_spaces, is_han

__all__ = ["Edit", "Named", "apply", "clean", "edits", "is_han", "named_edits", "typed_offsets"]


class Edit(NamedTuple):
    """The replacement of `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


class Named(NamedTuple):
    """An edit with its rules, in the order in which they were applied."""

    edit: Edit
    rules: tuple[str, ...]


FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
HALF_WIDTH[ord("．")] = ord(".")
MOST_PASSES = 12  # typed text needs two

_SKIPPED = re.compile(f"{IDLE.pattern[:-1]}①-⑳㉑-㉟㊱-㊿]")
_CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_DASHES = dict.fromkeys("-－―─", "dash")
_DIGIT = re.compile(r"[0-9０-９]")
_LETTER = re.compile(r"[0-9A-Za-zÀ-ɏ]")
_MARKS = re.compile(
    "[,;:?!，；：？！]+"
    r"|[()\"']"
    r"|[-－―─]{2,}|\.{3,}|。{3,}|…+"
    "|[・•‧∙⋅･]"
    "|[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*"
    r"|(?<=[%％‰])\.(?=[\u3400-\u9fff])"
)
_CANDIDATES = re.compile(f"[{SPACE}{NOTHING},;:?!()\"'・•‧∙⋅･０-９Ａ-Ｚａ-ｚ…]|[-－―─]{{2}}|\\.{{3}}|。{{3}}|[%％‰]\\.")
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|mailto:|www\.)[!-~]+"
    # tried only where a run begins: from each of its characters, a long run would be read again
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9-])(?<![A-Za-z0-9-]\.)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/[!-~]*"
)
_AFTER_ADDRESS = tuple(",;:?!).'\"")


def _is_chinese(character: str) -> bool:
    return character in CHINESE_MARKS or is_han(character)


def clean(text: str, *, headline: bool = False, verse: bool = False, language: str = DEFAULT_LANGUAGE) -> str:
    """The text as it is printed; see `edits`."""
    changes = edits(text, headline=headline, verse=verse, language=language)
    return apply(text, changes) if changes else text


def edits(text: str, *, headline: bool = False, verse: bool = False, language: str = DEFAULT_LANGUAGE) -> list[Edit]:
    """The edits, from left to right. In a headline a space after ！ or ？ is kept as a pause (rule I3); a line of verse
    keeps its indent."""
    return [named.edit for named in named_edits(text, headline=headline, verse=verse, language=language)]


def named_edits(
    text: str, *, headline: bool = False, verse: bool = False, language: str = DEFAULT_LANGUAGE
) -> list[Named]:
    """As `edits`, each with its rules (`rules.hygiene`)."""
    if not _CANDIDATES.search(text):
        return []
    if not language.startswith("zh"):
        quotes = _quotes(text, _addresses(text)) if language.startswith("en") else {}
        found = foreign.changes(text, language, quotes, _addresses(text), verse)
        return [Named(Edit(start, end, new), (rule,)) for start, end, new, rule in found]
    out = text
    offsets: Sequence[int] = range(len(text) + 1)
    passes: list[list[tuple[int, int, str]]] = []
    for _ in range(MOST_PASSES):
        changes = _marks(out, language) or _spaces(out, headline, verse)
        if not changes:
            break
        passes.append([(offsets[edit.start], offsets[edit.end - 1] + 1, rule) for edit, (rule,) in changes])
        made = [edit for edit, _ in changes]
        offsets = [offsets[at] for at in typed_offsets(out, made)]
        out = apply(out, made)
    if out is text:
        return []
    return [Named(edit, _rules_of(edit, passes)) for edit in _differences(text, out, offsets)]


def _rules_of(edit: Edit, passes: Sequence[Sequence[tuple[int, int, str]]]) -> tuple[str, ...]:
    """The rules that changed something in the range of an edit, or at the place of an insertion.

    The changes of a pass are in the order of the text, so the first that reaches the edit is found by bisection.
    """
    place = edit.start == edit.end
    find = bisect_left if place else bisect_right
    rules: dict[str, None] = {}
    for changes in passes:
        for index in range(find(changes, edit.start, key=itemgetter(1)), len(changes)):
            start, _, rule = changes[index]
            if start > edit.end or (start == edit.end and not place):
                break
            rules[rule] = None
    return tuple(rules)


def _differences(text: str, out: str, offsets: Sequence[int]) -> list[Edit]:
    """The edits from one text to the other; `offsets` has the place in `text` of each character of `out`."""
    found = []
    at = start = 0  # in `text` and in `out`, up to where both are equal
    last = -1
    for index, offset in enumerate(offsets):
        if offset == last or (index < len(out) and out[index] != text[offset]):
            last = offset
            continue
        if (at, start) != (offset, index):
            found.append(Edit(at, offset, out[start:index]))
        at, start, last = offset + 1, index + 1, offset
    return found


def apply(text: str, changes: Sequence[Edit]) -> str:
    """Applies edits, which are sorted and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in changes:
        parts += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*parts, text[at:]))


def typed_offsets(text: str, changes: Sequence[Edit]) -> list[int]:
    """For each character of the changed text, and for its end, the offset in the text as typed."""
    offsets: list[int] = []
    at = 0
    for edit in changes:
        offsets += range(at, edit.start)
        offsets += (min(edit.start + index, edit.end - 1) for index in range(len(edit.new)))
        at = edit.end
    return [*offsets, *range(at, len(text) + 1)]


def _spaces(text: str, headline: bool, verse: bool) -> list[Named]:
    return [
        Named(Edit(start, end, new), (rule,))
        for start, end, new, rule in changed_spaces(text, headline=headline, verse=verse)
    ]


def _marks(text: str, language: str) -> list[Named]:
    addresses = _addresses(text)
    quotes = _quotes(text, addresses) if '"' in text or "'" in text else {}
    if language != DEFAULT_LANGUAGE:  # Traditional Chinese: 「」, 『』
        quotes = {at: quote if _LETTER.match(text[at - 1 : at]) else _CORNERS[quote] for at, quote in quotes.items()}
    brackets = _full_brackets(text, addresses, quotes) if "(" in text or ")" in text else set()
    found = []
    for match in _MARKS.finditer(text):
        old, (start, end) = match.group(), match.span()
        if _inside(start, addresses):
            continue
        if old == "‧" and language != DEFAULT_LANGUAGE:  # the interpunct of Traditional Chinese
            continue
        new = _mark(old, text, start, end, brackets, quotes)
        if new != old:
            found.append(Named(Edit(start, end, new), (_rule(old),)))
    return found


def _rule(old: str) -> str:
    """The rule by which a mark is replaced."""
    first = old[0]
    if old == ".":
        return "percent-stop"
    if "０" <= first <= "９" or "Ａ" <= first <= "Ｚ" or "ａ" <= first <= "ｚ":
        return "half-width"
    names = {"(": "brackets", ")": "brackets", '"': "quotes", "'": "quotes", "。": "ellipsis", ".": "ellipsis"}
    if first in names:
        return names[first]
    return "interpunct" if first in "・•‧∙⋅･" else "ellipsis" if first == "…" else _DASHES.get(first, "full-width")


def _mark(old: str, text: str, start: int, end: int, brackets: set[int], quotes: dict[int, str]) -> str:
    first = old[0]
    if first in "()":
        return old.translate(FULL_WIDTH) if start in brackets else old
    if first in "\"'":
        return quotes.get(start, old)
    if old == ".":
        return "。"
    if first in "・•‧∙⋅･":
        return "·"
    if "０" <= first <= "ｚ":
        return old.translate(HALF_WIDTH)
    if first == "。":
        return "……"
    if first in ",;:?!，；：？！":
        if len(old) == 1 and _DIGIT.match(text, start - 1 if start else len(text)) and _DIGIT.match(text, end):
            return old
        mixed = any(mark in "，；：？！" for mark in old)
        return old.translate(FULL_WIDTH) if mixed or _beside_chinese(text, start, end, brackets, quotes) else old
    if first == "…" and len(old) % 2 == 0:
        return old
    if not _beside_chinese(text, start, end, brackets, quotes):
        return old
    return {"…": old + "…", ".": "……"}.get(first, "——")


def _beside_chinese(text: str, start: int, end: int, brackets: set[int], quotes: dict[int, str]) -> bool:
    """Whether Han or a full-width bracket is at either side, with only spaces and quotes between."""
    return any(
        0 <= index < len(text) and (index in brackets or text[index] in "（）" or _is_chinese(text[index]))
        for index in (_left(text, start, quotes), _right(text, end, quotes))
    )


def _left(text: str, start: int, quotes: dict[int, str]) -> int:
    """The index of the character before a place, skipping spaces, marks of notes and closing quotes."""
    index = start - 1
    while index >= 0 and (_SKIPPED.match(text, index) or quotes.get(index, text[index]) in "”’"):
        index -= 1
    return index


def _right(text: str, end: int, quotes: dict[int, str]) -> int:
    """The index of the character after a place, skipping spaces and opening quotes."""
    index = end
    while index < len(text) and (_SKIPPED.match(text, index) or quotes.get(index, text[index]) in "“‘"):
        index += 1
    return index


def _addresses(text: str) -> list[tuple[int, int]]:
    if "/" not in text and "@" not in text and "www." not in text and "mailto:" not in text:
        return []
    return [(m.start(), m.start() + len(_without_tail(m.group()))) for m in _ADDRESS.finditer(text)]


def _without_tail(address: str) -> str:
    """The address without the marks of the sentence after it; its own brackets are kept."""
    opening, closing, end = address.count("("), address.count(")"), len(address)
    while end and address[end - 1] in _AFTER_ADDRESS:
        if address[end - 1] == ")":
            if opening >= closing:
                break
            closing -= 1
        end -= 1
    return address[:end]


def _inside(at: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a place is in one of the stretches, which are sorted."""
    before = bisect_right(stretches, (at, sys.maxsize)) - 1
    return before >= 0 and at < stretches[before][1]


def _full_brackets(text: str, addresses: Sequence[tuple[int, int]], quotes: dict[int, str]) -> set[int]:
    """The places of ASCII brackets that become full width: both of a pair, where Han is inside or beside it."""
    full: set[int] = set()
    waiting: list[int] = []
    chinese = [at for at, character in enumerate(text) if _is_chinese(character)]
    for match in re.finditer("[()（）]", text):
        at, bracket = match.start(), match.group()
        if _inside(at, addresses):
            continue
        if bracket in "(（":
            waiting.append(at)
            continue
        opening = waiting.pop() if waiting else None
        if opening is None:
            if _between_chinese(text, at, at + 1, quotes):
                full.add(at)
        elif (
            text[opening] + bracket != "()"
            or bisect_left(chinese, opening) < bisect_left(chinese, at)
            or _between_chinese(text, opening, at + 1, quotes)
        ):
            full |= {opening, at}
    full.update(at for at in waiting if _between_chinese(text, at, at + 1, quotes))
    return full


def _between_chinese(text: str, start: int, end: int, quotes: dict[int, str]) -> bool:
    sides = _left(text, start, quotes), _right(text, end, quotes)
    return any(0 <= index < len(text) and _is_chinese(text[index]) for index in sides)


def _quotes(text: str, addresses: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Replacements of paired straight quotes and apostrophes by place; inches and feet are kept."""
    found = [m for m in re.finditer("[\"'“”‘’]", text) if not _inside(m.start(), addresses)]
    new: dict[int, str] = {}
    is_open = {'"': False, "'": False}
    straight = {'"': sum(m.group() == '"' for m in found), "'": 0}
    last = {match.group(): match.start() for match in found}
    for match in found:
        at, quote = match.start(), match.group()
        if quote in "“”‘’":
            is_open['"' if quote in "“”" else "'"] = quote in "“‘"
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if quote == "'" and _LETTER.match(before) and (_LETTER.match(after) or not is_open["'"]):
            if not _DIGIT.match(before):
                new[at] = "’"
        elif is_open[quote]:
            new[at] = "”" if quote == '"' else "’"
            is_open[quote] = False
        elif quote == '"' and _DIGIT.match(before) and straight['"'] % 2:
            straight['"'] -= 1
        elif max(last[quote], last.get("”" if quote == '"' else "’", -1)) > at:
            new[at] = "“" if quote == '"' else "‘"
            is_open[quote] = True
    return new
