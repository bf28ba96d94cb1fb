"""Words typed twice: 的的, 了了, 我们我们. Grammatical reduplication (看看, 慢慢, 讨论讨论) is not reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import Message, Problem
from ..text.headline.words import segment
from .copy import ProofText

# Function words, which are never doubled.
ONES = "的了在是和与及或把被对从向为于由将并但就也而都更最又再这那其该各之们得着过"
TWOS = (
    "我们|你们|他们|她们|它们|咱们|大家|自己|进行|因为|所以|但是|而且|以及|同时|对于|关于|由于|可以|已经|正在|通过|根据|按照"
    "|如果|虽然|并且|或者|这些|那些|没有|还有|不是|其中|目前|为了|除了|有关|全镇|全县|全市|全村|全校|群众"
    "|干部|村民|居民|学生|老师|单位|部门"
)
_ONE = re.compile(rf"([{ONES}])\1")
_TWO = re.compile(rf"({TWOS})\1")
_LONG = re.compile("([\u3400-\u9fff]{3,12})\\1")


def check_doubled_words(copies: Iterable[ProofText]) -> Iterator[Problem]:
    for copy in copies:
        if copy.role == "verse":  # poems may repeat words
            continue
        for pattern in (_TWO, _LONG):
            for found in pattern.finditer(copy.text):
                yield _twice(copy, found.start(), found[1])
        pairs = list(_ONE.finditer(copy.text))
        if pairs:
            words = [(word.start, word.end) for word in segment(copy.text)]
            for found in pairs:
                at = found.start()
                if (at, at + 1) in words and (at + 1, at + 2) in words:
                    yield _twice(copy, at, found[1])


def _twice(copy: ProofText, at: int, word: str) -> Problem:
    what = Message(f"“{word}{word}”重了", f"“{word}” stands twice")
    return copy.question("doubled-word", at, what, Message(f"留一个“{word}”", "keep one"))
