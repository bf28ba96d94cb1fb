"""What hygiene keeps as possibly intended: a space between Han in running text, a full stop before Han."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import Message, Problem, counted
from .copy import ProofText
from .punctuation import HAN

_SPACE = re.compile(f"(?<={HAN}) (?={HAN})")
_SENTENCE = re.compile("[。！？；]")
_CLAUSE_END = "，。；：！？、"
_STOP = re.compile(f"(?<=[0-9A-Za-z])[.](?={HAN})")
_NUMBER_OF_ITEM = re.compile(r"(?:^|[\s\u3000：:；;。，,（(“])(?:[0-9]{1,2}|[A-Za-z]{1,4})$")
# Text before or after a separating space: a name and a role, the number of an order, a label of a list.
_LABEL = re.compile(
    "(?:记者|通讯员|作者|摄影|供稿|文|图|主任|书记|主席|组长|部长|经理|校长|老师|同志|第[一二三四五六七八九十百]+[名位届期组]|[一二三等]等奖)$"
)
_SHOWN = 3


def look_at_spaces(copies: Iterable[ProofText]) -> Iterator[Problem]:
    for copy in copies:
        if copy.role in ("body", "list"):
            yield from _strays(copy)
        yield from _stops(copy)


def _strays(copy: ProofText) -> Iterator[Problem]:
    """One query a paragraph; none in lists of names and in texts without a full stop, where spaces separate."""
    text = copy.text
    if not _SENTENCE.search(text):
        return
    places = [found.start() for found in _SPACE.finditer(text) if _in_a_sentence(text, found.start())]
    if not places:
        return
    shown = "、".join(f"“{text[max(0, at - 3) : at + 4]}”" for at in places[:_SHOWN])
    more = "等" if len(places) > _SHOWN else ""
    what = Message(
        f"汉字之间有 {len(places)} 个空格：{shown}{more}",
        f"{counted(len(places), 'space')} between Han: {shown.replace('、', ', ')}{' …' if more else ''}",
    )
    remedy = Message(
        "多余就删去，该有标点就补上；有意隔开的换成全角空格，就不再问",
        "delete them, or write the mark that is missing; where they are meant, type an ideographic space",
    )
    yield copy.question("stray-space", places[0], what, remedy)


def _in_a_sentence(text: str, at: int) -> bool:
    """Whether words, not names or labels, are at both sides within the clause."""
    start = max(text.rfind(mark, 0, at) for mark in _CLAUSE_END) + 1
    end = min((e for mark in _CLAUSE_END if (e := text.find(mark, at)) >= 0), default=len(text))
    parts = re.split("[ \u3000]", text[start:end])
    if len(parts) > 2 and all(2 <= len(part) <= 4 for part in parts[1:-1]):
        return False  # a list of names, however its clause begins and ends
    return not _LABEL.search(text[start:at])


def _stops(copy: ProofText) -> Iterator[Problem]:
    for found in _STOP.finditer(copy.text):
        if not _NUMBER_OF_ITEM.search(copy.text[: found.start()]):
            before = copy.text[max(0, found.start() - 4) : found.end() + 2]
            what = Message(f"“{before}”：汉字前是西文句点", f"“{before}”: a Western full stop before Han")
            remedy = Message("句号就写成“。”", "write 。 if it is a full stop")
            yield copy.question("western-stop", found.start(), what, remedy)
