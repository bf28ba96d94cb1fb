"""Where a Western word or an address may be divided when it does not fit its line (rule B4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

# Addresses break after these (CLREQ handling_of_western_text_in_chinese_text_using_proportional_western_fonts).
_AFTER = re.compile(r"(?<=[/.\-?&=_@#\\])(?![/.\-?&=_@#\\])")
_ADDRESS = re.compile(
    r"://|www\.|\w@\w|[A-Za-z]{2}\.[a-z]{2,}|/\w+/|[?&]\w+=|\w_\w|[A-Za-z]:\\"
)  # or identifiers, paths (rule B15)
# Ranges of years, times and sums; shorter ranges are not divided (rule B5).
RANGE = re.compile(r"(?<=[\d.,:]{4})[—～–](?=[\d.,:]{4})")
# Chemical formulas are divided only after an operator between their molecules (rule B14).
_FORMULA = re.compile(r"(?=.*[=→⇌])(?=.*[A-Z])[\w()\[\]+−\-=→⇌·↑↓^₀-₎⁰-⁾]+[.,;:]?")
_BETWEEN_MOLECULES = re.compile(r"(?<=[\w)\]↑↓])[+=→⇌](?=[\w(\[])")
_DASH = re.compile(r"(?<=[^\W\d_])[—–](?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]{5,}")
# A letter with the opening marks before it and the closing marks after it.
_CELL = re.compile(r"[(\[{\ufdd0\ufdd1]*.[)\]}.,;:!?%‰℃°′″％·–—～/\-‐‑\ufdd2-\ufdd4]*", re.DOTALL)
HYPHENS_RUNNING = 2  # the most lines in a row that end in a hyphen (rule L8)
LEFT, RIGHT = 2, 3  # least letters before and after a hyphen


def hyphenated_parts(token: str, language: str, hyphenate: bool) -> list[tuple[str, str]]:
    """The parts of a token, each with the class that a break after it has; "" for the last. `language` is a tag; words
    in texts of a language without patterns, such as Chinese, are hyphenated as American ones."""
    word = token.strip()
    cuts: dict[int, str] = {found.end(): "R" for found in RANGE.finditer(token)}
    if not any(letter.isalpha() for letter in word):
        pass
    elif _FORMULA.fullmatch(word):
        cuts.update({found.end(): "U" for found in _BETWEEN_MOLECULES.finditer(token)})
    elif _ADDRESS.search(word):
        for found in _AFTER.finditer(token):
            if 2 <= found.start() <= len(token) - 2:
                cuts[found.start()] = "U"
    else:
        for found in re.finditer(r"(?<=\w\w)[-‐](?=\w\w)", token):
            cuts[found.end()] = "U"
        if language.startswith("en"):  # a dash between words (rule L7)
            cuts.update({found.end(): "U" for found in _DASH.finditer(token) if found.end() < len(word)})
        if hyphenate:
            for found in _WORD.finditer(token):
                letters = found[0]
                if not letters.isupper() and not any(letter.isupper() for letter in letters[1:]):
                    cuts.update({found.start() + at: "B" for at in _hyphenator(language).positions(letters)})
    places = [0, *sorted(cuts), len(token)]
    return [(token[start:end], cuts.get(end, "")) for start, end in pairwise(places) if end > start]


def letter_parts(token: str, language: str, hyphenate: bool, too_long: Callable[[str], bool]) -> list[tuple[str, str]]:
    """As `hyphenated_parts`, with addresses and parts that are `too_long` for a line divided into their characters."""
    out: list[tuple[str, str]] = []
    address = _ADDRESS.search(token)
    for part, kind in hyphenated_parts(token, language, hyphenate):
        body = part.strip()
        if len(body) <= 3 or not (address or too_long(part)):
            out.append((part, kind))
            continue
        cells, start = [cell[0] for cell in _CELL.finditer(body)], part.index(body)
        cells[0] = part[:start] + cells[0]
        cells[-1] += part[start + len(body) :]
        out += [(cell, "E") for cell in cells[:-1]]
        out.append((cells[-1], kind))
    return out


@lru_cache(maxsize=16)
def _hyphenator(language: str) -> Pyphen:
    import pyphen  # needed only where a Western word does not fit

    supported = "en_US" if language == "en" else pyphen.language_fallback(language) or "en_US"
    return pyphen.Pyphen(lang=supported, left=LEFT, right=RIGHT)
