"""Numbers that Word generates before paragraphs, which are part of the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .styles import W

BULLET = "•"
DEEPEST = 8  # the last of nine levels (ECMA-376 part 1, 17.9.3)
_LARGEST = 32_767  # greatest number of a list in Word
_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


class Numbering:
    """The lists of a document with their counters."""

    def __init__(self, root: Any | None) -> None:
        self.lists: dict[str, Any] = {}
        self.abstract: dict[str, Any] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.started: set[str] = set()
        if root is not None:
            self.abstract = {a.get(f"{W}abstractNumId"): a for a in root.iterfind(f"{W}abstractNum")}
            self.lists = {n.get(f"{W}numId"): n for n in root.iterfind(f"{W}num")}
            # A definition may refer to a list style, which is defined elsewhere.
            defined = {self._style(a, "styleLink"): a for a in self.abstract.values()}
            for name, abstract in self.abstract.items():
                if linked := self._style(abstract, "numStyleLink"):
                    self.abstract[name] = defined.get(linked, abstract)

    def label(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list (`1.`, `（一）`, `•`); "" where the list has none."""
        item = self.lists.get(list_id)
        if item is None:
            return ""
        reference = item.find(f"{W}abstractNumId")
        abstract_id = reference.get(f"{W}val", "") if reference is not None else ""
        counts = self.counts.setdefault(abstract_id, {})
        self._restart(list_id, item, counts)
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        for upper in range(level):
            counts.setdefault(upper, self._start(item, abstract_id, upper))
        counts[level] = counts[level] + 1 if level in counts else self._start(item, abstract_id, level)
        definition = self._level(item, abstract_id, level)
        return self._written(item, abstract_id, definition, counts) if definition is not None else ""

    @staticmethod
    def _style(abstract: Any, kind: str) -> str:
        found = abstract.find(f"{W}{kind}")
        return str(found.get(f"{W}val", "")) if found is not None else ""

    def _restart(self, list_id: str, item: Any, counts: dict[int, int]) -> None:
        """Restarts a counter if the list has a start value; else lists of one definition continue counting."""
        if list_id in self.started:
            return
        self.started.add(list_id)
        for override in item.iterfind(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                counts[_integer(override.get(f"{W}ilvl"), 0)] = _integer(start.get(f"{W}val"), 1) - 1

    def _level(self, item: Any, abstract_id: str, level: int) -> Any | None:
        for override in item.iterfind(f"{W}lvlOverride"):
            own = override.find(f"{W}lvl")
            if override.get(f"{W}ilvl") == str(level) and own is not None:
                return own
        abstract = self.abstract.get(abstract_id)
        levels = abstract.iterfind(f"{W}lvl") if abstract is not None else ()
        return next((found for found in levels if found.get(f"{W}ilvl") == str(level)), None)

    def _start(self, item: Any, abstract_id: str, level: int) -> int:
        definition = self._level(item, abstract_id, level)
        start = definition.find(f"{W}start") if definition is not None else None
        return _integer(start.get(f"{W}val"), 1) if start is not None else 1

    def _written(self, item: Any, abstract_id: str, definition: Any, counts: dict[int, int]) -> str:
        style, text = definition.find(f"{W}numFmt"), definition.find(f"{W}lvlText")
        kind = style.get(f"{W}val", "decimal") if style is not None else "decimal"
        if kind == "bullet":
            return BULLET
        if kind == "none" or text is None:
            return "" if text is None else str(text.get(f"{W}val", "")).replace("%", "")
        pattern = str(text.get(f"{W}val", ""))

        def number(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            own = self._level(item, abstract_id, level)
            own_style = own.find(f"{W}numFmt") if own is not None else None
            own_kind = own_style.get(f"{W}val", "decimal") if own_style is not None else "decimal"
            return formatted_number(counts.get(level, 1), own_kind)

        return re.sub(r"%([1-9])", number, pattern).strip()


def formatted_number(number: int, kind: str) -> str:
    """A number in one of Word's formats (ECMA-376 part 1, 17.18.59); formats not supported here are written in digits."""
    writer = _KINDS.get(kind)
    return writer(number) if writer and number > 0 else str(number)


def _chinese(number: int) -> str:
    if number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _letters(number: int) -> str:
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")):
        text += sign * (number // value)
        number %= value
    for value, sign in ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // value)
        number %= value
    return text


def circled(number: int) -> str:
    """①, ② … ㊿; greater numbers in brackets."""
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if number <= 50 else f"（{number}）"


_KINDS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "chineseLegalSimplified": lambda n: "".join("零壹贰叁肆伍陆柒捌玖"[int(d)] for d in str(n)),
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
}


def _integer(text: str | None, default: int) -> int:
    try:
        return max(-_LARGEST, min(int(text or ""), _LARGEST))
    except ValueError:
        return default
