"""Our places to break against those of the Unicode line breaking algorithm (UAX #14), as `uniseg` has it.

Every difference must be one that a rule wants; the rules are listed, and each of them must be needed.
`python tests/text/test_uax14.py` prints the list with counts and examples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from composing import paragraph
from generated import LATIN, MARKS, NUMBERS, RUNS_OF_MARKS, Writer
from uniseg.linebreak import line_break_boundaries

SPACES = " \u3000"
DASHES, DOTS = "—⸺", "…⋯"
NO_START = "、，。．：；！？‼⁇⁈⁉”’）〕】〗］｝》〉」』–—～·-/／%‰℃°々〻"
OPENING = "“‘（〔【〖［｛《〈「『"


def western(character: str) -> bool:
    return character.isascii() or character in "±−￥№℃‰°’“”"


Where = Callable[[str, str, str, int], bool]  # character before, spaces between, character after, offset in the text

# Where we break and UAX #14 does not.
ALLOWED: list[tuple[str, str, Where]] = [
    ("A7", "an ellipsis may start a line at level gb", lambda b, s, a, at: a in DOTS),
    ("A2", "a closing quotation mark is a bracket: what follows may start a line", lambda b, s, a, at: b in "”’"),
    ("A3", "an opening quotation mark is a bracket: it may start a line", lambda b, s, a, at: a in "“‘"),
    ("B3", "units of dashes and ellipses may be parted", lambda b, s, a, at: b in DASHES + DOTS and a in DASHES + DOTS),
    ("B5", "a number's sign may start a line", lambda b, s, a, at: a in "-±−￥№"),
    ("A4", "a connector may end a line", lambda b, s, a, at: b in "-–—～"),
    ("A5", "an interpunct may end a line", lambda b, s, a, at: b in "·"),
    ("A8", "a suffix symbol ends its number: what follows may start a line", lambda b, s, a, at: b in "%‰℃°′″"),
    ("A13", "an annotation mark belongs to what is before it", lambda b, s, a, at: b == "※"),
    ("D1", "a Western word is parted from Han whatever mark it ends in", lambda b, s, a, at: b in "+" and not western(a)),
]  # fmt: skip

# Where UAX #14 breaks and we do not.
FORBIDDEN: list[tuple[str, str, Where]] = [
    ("A1–A9", "such marks never start a line, a typed space before them or not", lambda b, s, a, at: a in NO_START),
    ("A3", "an opening mark never ends a line, a typed space after it or not", lambda b, s, a, at: b in OPENING),
    ("A6", "a solidus ends no line at level gb", lambda b, s, a, at: b in "/／" and not (western(a) and b == "/" and not s)),
    ("A13", "an annotation mark starts no line", lambda b, s, a, at: a == "※"),
    ("B8", "No. holds to its number", lambda b, s, a, at: b == "." and bool(s)),
    ("B7", "a number holds to its Western unit", lambda b, s, a, at: b.isdigit() and bool(s) and a.isalpha()),
    ("B13", "a number's unit is whole", lambda b, s, a, at: b in "万亿千百公毫厘平方立小分个" and a in "元吨人户米里克瓦升时钟方月kghtmW"),
    ("B5", "a number is whole with its range mark", lambda b, s, a, at: b in "–—～" and western(a) and not s),
    ("B4", "words and addresses are parted only where they do not fit", lambda b, s, a, at: western(b) and western(a) and not s),
]  # fmt: skip


def skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in SPACES:
        at += 1
    return at


def our_breaks(text: str) -> set[int]:
    items = paragraph(text)._items()
    return {skip_spaces(text, items.offset(k)) for k in range(1, items.size) if not items.barred[k]}


def unicode_breaks(text: str) -> set[int]:
    first = skip_spaces(text, 0)
    return {skip_spaces(text, at) for at in line_break_boundaries(text)} - {first, len(text)}


def differences(text: str) -> Iterator[tuple[str, str, str]]:
    """Each difference: who breaks there, the rule that wants ours so ('' if none does), and the place."""
    ours, theirs = our_breaks(text), unicode_breaks(text)
    for at in sorted(ours ^ theirs):
        before = text[:at].rstrip(SPACES)
        spaces, rules = text[len(before) : at], ALLOWED if at in ours else FORBIDDEN
        rule = next((f"{name}: {why}" for name, why, where in rules if where(before[-1], spaces, text[at], at)), "")
        yield ("we" if at in ours else "they"), rule, f"{text[max(at - 6, 0) : at]}|{text[at : at + 6]}"


def samples(amount: int = 1) -> Iterator[str]:
    for seed in range(8 * amount):
        yield Writer(seed).medley(700)
        yield Writer(seed).paragraph(300, numbers=0.2, latin=0.1)
    ends = ["天", "A", "7", "5G", *MARKS, *RUNS_OF_MARKS, *(NUMBERS + LATIN if amount > 1 else [])]
    for first in ends:  # everything after everything
        yield "天".join(first + second for second in ends)


@pytest.mark.slow
def test_every_difference_from_unicode_line_breaking_is_wanted_by_a_rule() -> None:
    needed: Counter[str] = Counter()
    for text in samples():
        for who, rule, place in differences(text):
            assert rule, f"{who} break at {place}, and no rule wants it"
            needed[f"{who} {rule}"] += 1
    listed = [f"we {name}: {why}" for name, why, _ in ALLOWED] + [f"they {name}: {why}" for name, why, _ in FORBIDDEN]
    assert [rule for rule in listed if not needed[rule]] == []


def test_on_plain_han_both_are_the_same() -> None:
    text = Writer(3).paragraph(400, numbers=0.0)
    plain = "".join(c for c in text if c.isalpha() or c in "，。；！？、（）《》")
    assert our_breaks(plain) == unicode_breaks(plain)


if __name__ == "__main__":
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for sample in samples(amount=4):
        for by, wanted, example in differences(sample):
            counts[by, wanted] += 1
            examples.setdefault((by, wanted), example)
    for (by, wanted), count in counts.most_common():
        print(f"{count:6} {by} break  {wanted or 'UNEXPLAINED'}  e.g. {examples[by, wanted]!r}")
