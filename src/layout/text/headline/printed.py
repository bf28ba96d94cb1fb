"""The headline as printed: no final mark, a space for a comma, marks half an em wide (rules I3, C7, D4)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Protocol

from msgspec import Struct

from .word_tables import CLOSING, OPENING

_JOINERS = frozenset("\u2060\u00a0\u202f")
_PAUSES = "，；。"  # printed as a space
_FINAL = "，；。、："  # not printed at a headline's end
HALF_RIGHT = frozenset("”’）〕】〗］｝》〉」』、：！？")  # marks whose right half is blank (rule C2)
PAUSE, WORD_SPACE_EM, APOSTROPHE = 0.5, 0.25, 0.3  # em


class FaceLike(Protocol):
    """The part of a face that headlines use: the width of each character in thousandths of an em."""

    @property
    def advances(self) -> Mapping[str, int]: ...


class PrintedHeadline(Struct, frozen=True):
    """A headline as printed, in one line.

    `typed` has the place of each character in the text as typed, `pauses` the places of spaces that separate
    clauses, `breaks` those of the editor's `|`; the last two count printed characters.
    """

    text: str
    typed: tuple[int, ...]
    pauses: frozenset[int]
    breaks: tuple[int, ...]
    held: frozenset[int] = frozenset()  # characters before which no line ends: behind a joiner or no-break space (M1)


def printed_headline(headline: str) -> PrintedHeadline:
    """What is printed of a headline as typed (rules I3, D4): `秋风起，稻谷香。` gives `秋风起 稻谷香`.

    A space between Han and Latin is not printed, unless the Latin word has no space at its other side: then the
    editor does not space Latin, and the space is a pause (`添CT 乡亲`).
    """
    out: list[str] = []
    typed: list[int] = []
    pauses: set[int] = set()
    breaks: list[int] = []
    held: set[int] = set()
    end = len(headline)
    while end and (headline[end - 1] in _FINAL or headline[end - 1].isspace() or headline[end - 1] == "|"):
        end -= 1
    closing_from = end
    while closing_from and headline[closing_from - 1] in "”’」』）":
        closing_from -= 1
    waiting = ""  # a blank that is printed only if something follows
    where = 0
    for at in range(end):
        char = headline[at]
        if char == "|":
            if out and breaks[-1:] != [len(out)]:
                breaks.append(len(out))
            waiting = ""
        elif char in _JOINERS:
            if out:
                held.add(len(out) + (char != "\u2060"))
            if out and char != "\u2060":
                out.append(" ")
                typed.append(at)
        elif char in _PAUSES or char.isspace() or (char in ",;" and not is_latin(headline[at + 1 : at + 2])):
            if at == closing_from - 1 and closing_from < end:
                continue  # 。 at the end of a quotation that ends the headline
            blank = _kind_of_space(headline, at) if char.isspace() else "\u3000"
            if out and breaks[-1:] != [len(out)] and blank > waiting:
                waiting, where = blank, at
        else:
            if waiting and out[-1] not in OPENING and char not in CLOSING:
                if waiting == "\u3000":
                    pauses.add(len(out))
                out.append(" ")
                typed.append(where)
            waiting = ""
            out.append(char)
            typed.append(at)
    breaks = [at for at in breaks if at < len(out)]
    return PrintedHeadline("".join(out), tuple(typed), frozenset(pauses), tuple(breaks), frozenset(held))


def headline_in_words(headline: str) -> PrintedHeadline:
    """What is printed of a headline in English or Korean: all of it, its words a space apart (rule L6)."""
    out: list[str] = []
    typed: list[int] = []
    breaks: list[int] = []
    for at, char in enumerate(headline):
        if char.isspace() or char == "|":
            if out and out[-1] != " ":
                out.append(" ")
                typed.append(at)
            if out and char == "|" and breaks[-1:] != [len(out)]:
                breaks.append(len(out))
        else:
            out.append(char)
            typed.append(at)
    if out and out[-1] == " ":
        del out[-1], typed[-1]
    return PrintedHeadline("".join(out), tuple(typed), frozenset(), tuple(b for b in breaks if b < len(out)))


def _kind_of_space(text: str, at: int) -> str:
    """What a typed space is printed as: "\u3000" a pause, " " a space between Latin words, "" nothing."""
    before, after = text[:at].rstrip()[-1:], text[at:].lstrip()[:1]
    if text[at] == "\u3000" or not (is_latin(before) or is_latin(after)):
        return "\u3000"
    if is_latin(before) and is_latin(after):
        return " "
    start, end = at, at + 1
    if is_latin(before):
        while start and is_latin(text[start - 1]):
            start -= 1
        other = text[start - 1 : start]
    else:
        while end < len(text) and is_latin(text[end]):
            end += 1
        other = text[end : end + 1]
    return "\u3000" if is_han_ideograph(other) else ""


def is_latin(char: str) -> bool:
    return bool(char) and (
        (char < "\u02b0" and (char.isalnum() or char in ".%+-/&"))
        or "\u2070" <= char <= "\u209c"  # subscripts and superscripts
        or "\u2150" <= char <= "\u215f"  # fractions
        or char in "℃‰°"
    )


def is_han_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in ("〇", "々") or "\U00020000" <= char < "\U00040000"


class MeasuredHeadline(Struct, frozen=True):
    """A printed headline in em: the advance of each character, the shift of its glyph and the gap before it.

    `reach` are sums of advances and gaps; `joints` counts the places before each character where space may be added
    (rule E5: not inside Latin words, dashes and ellipses, nor between a mark and what it belongs to).
    """

    printed: PrintedHeadline
    advances: tuple[float, ...]
    shifts: tuple[float, ...]
    gaps: tuple[float, ...]
    reach: tuple[float, ...]
    joints: tuple[int, ...]

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The part of a line that is printed: no space at its ends (rule D2)."""
        text = self.printed.text
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        return start, end

    def line(self, start: int, end: int) -> tuple[float, int]:
        """Width of a line in em, and its joints."""
        start, end = self.inside(start, end)
        if start >= end:
            return 0.0, 0
        return self.reach[end] - self.reach[start] - self.gaps[start], self.joints[end] - self.joints[start + 1]

    def joint(self, at: int) -> int:
        return self.joints[at + 1] - self.joints[at]

    def pauses_in(self, start: int, end: int) -> int:
        start, end = self.inside(start, end)
        return sum(start <= at < end for at in self.printed.pauses)


def measure_headline(text: PrintedHeadline, face: FaceLike, gap: float, centred: str = "") -> MeasuredHeadline:
    """Widths of a printed headline, marks half an em wide (rule I3), `gap` em between Han and Latin (rule D1). Of the
    `centred` marks half of the white is left and half right (rule L1)."""
    advances, shifts, gaps, joints = [], [], [], [0]
    before = ""
    for at, char in enumerate(text.text):
        natural, shift = face.advances[char] / 1000, 0.0
        if char == " ":
            advance = PAUSE if at in text.pauses else WORD_SPACE_EM
        elif char == "’" and is_latin(before) and is_latin(text.text[at + 1 : at + 2]):
            advance = APOSTROPHE
        elif char in centred and natural > 0.75:
            advance, shift = 0.5, -0.25
        elif char in OPENING and natural > 0.75:
            advance, shift = 0.5, -0.5
        elif char in HALF_RIGHT and natural > 0.75:
            advance = 0.5
        elif char == "·" and natural > 0.75:
            advance, shift = 0.5, -0.25
        else:
            advance = natural
        latin, was_latin = is_latin(char), is_latin(before)
        gaps.append(gap if (latin and is_han_ideograph(before)) or (was_latin and is_han_ideograph(char)) else 0.0)
        whole = (latin and was_latin) or (char == before and char in "—…⋯") or char in HALF_RIGHT or before in OPENING
        joints.append(joints[-1] + (at > 0 and not whole))
        advances.append(advance)
        shifts.append(shift)
        before = char
    reach = tuple(accumulate((a + g for a, g in zip(advances, gaps, strict=True)), initial=0.0))
    return MeasuredHeadline(text, tuple(advances), tuple(shifts), tuple(gaps), reach, tuple(joints))
