"""Order of list numbers (rule J11), and consistent numerals within an article (GB/T 15835)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..errors import Fix, Message, Problem
from .copy import ProofText

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER = "[零〇一二两三四五六七八九十百千万亿]+"
# The levels of J11, the outermost first: the form of a number, and what may not follow it.
_LEVELS = (
    (re.compile(rf"({_HAN_NUMBER})(、|[.．,，:：]|\s)"), "、", "一、"),
    (re.compile(rf"[（(]({_HAN_NUMBER})[)）]([、.．,，]?)"), "", "（一）"),
    (re.compile(r"(\d{1,2})([.．](?!\d)|、)"), ".", "1."),
    (re.compile(r"[（(](\d{1,2})[)）]([、.．,，]?)"), "", "（1）"),
    (re.compile(r"([①-⑳])([、.．,，]?)"), "", "①"),
)
_UNITS = (
    "万元|亿元|千元|万吨|万亩|公里|千米|公斤|千克|厘米|平方米|小时|分钟|个月|个|名|人|户|项|次|家|座|条|棵|株|只|件|份|元|亩|米|吨"
    "|岁|年|天|周|村|支|辆|台|场|本|组|批|所|处|块|间|套|盏|根|位|版|页"
)
_HAN_COUNT = re.compile(rf"(?<![第零〇一二两三四五六七八九十百千万亿几数每初])({_HAN_NUMBER})({_UNITS})")
_COUNT = re.compile(rf"(?<![\d.第])(\d{{2,9}})(万|亿)?({_UNITS})")
_MIXED = (
    (re.compile(r"\d{1,2}月[一二三四五六七八九十]{1,3}[日号]"), "月和日"),
    (re.compile(r"(?<![正腊冬\d])[一二三四五六七八九十]{1,2}月\d{1,2}[日号]"), "月和日"),
    (re.compile(r"[二一][〇○零一二三四五六七八九]{3}年\d{1,2}月"), "年和月"),
    (re.compile(r"\d{4}年[一二三四五六七八九十]{1,2}月"), "年和月"),
)
_SOME = re.compile(r"\d+几(?=[^何乎率])")
_SPOKEN = re.compile("“[^”]*”?")


def check_numerals(copies: Iterable[ProofText]) -> Iterator[Problem]:
    for article, group in groupby(copies, key=lambda copy: copy.article):
        texts = list(group)
        for copy in texts:
            yield from _dates(copy)
        if article:
            yield from _lists([copy for copy in texts if copy.role in ("body", "crosshead")])
            yield from _counts([copy for copy in texts if copy.role in ("body", "crosshead", "list")])


def value_of(number: str) -> int:
    """The value of a number in Han characters; `二〇二六` digit by digit."""
    if len(number) > 1 and all(character in _DIGITS for character in number):
        return int("".join(str(_DIGITS[character]) for character in number))
    total = section = digit = 0
    for character in number:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in TENS:
            section += (digit or (1 if character == "十" else 0)) * TENS[character]
            digit = 0
        else:
            total = (total + section + digit) * {"万": 10**4, "亿": 10**8}[character]
            section = digit = 0
    return total + section + digit


def _dates(copy: ProofText) -> Iterator[Problem]:
    for pattern, parts in _MIXED:
        for found in pattern.finditer(copy.text):
            what = Message(f"“{found.group()}”{parts}的数字写法不一", f"“{found.group()}” mixes two kinds of numerals")
            yield copy.question(
                "GB/T 15835 4.3", found.start(), what, Message("公历日期用阿拉伯数字", "use Arabic numerals")
            )
    for found in _SOME.finditer(copy.text):
        what = Message(
            f"“{found.group()}”是概数（带“几”），却用了阿拉伯数字",
            f"“{found.group()}” is an approximate number, but has Arabic numerals",
        )
        remedy = Message("概数用汉字，如“二十几”，或写“20多”", "write it in Han, or say 20多")
        yield copy.question("GB/T 15835 4.2.2", found.start(), what, remedy)


def _counts(copies: Sequence[ProofText]) -> Iterator[Problem]:
    """Reports the same count written in Han and in Arabic numerals; quotations are not checked."""
    counted: dict[tuple[int, str], str] = {}
    for copy in copies:
        for found in _COUNT.finditer(copy.text):
            many = {"万": 10**4, "亿": 10**8}.get(found[2], 1)
            counted.setdefault((int(found[1]) * many, found[3]), found.group())
    for copy in copies:
        spoken = [match.span() for match in _SPOKEN.finditer(copy.text)]
        for found in _HAN_COUNT.finditer(copy.text):
            value = value_of(found[1])
            other = counted.get((value, found[2]))
            if value < 10 or other is None or any(start <= found.start() < end for start, end in spoken):
                continue
            what = Message(f"“{found.group()}”在别处写作“{other}”", f"“{found.group()}” is written “{other}” elsewhere")
            remedy = Message(f"一篇里用一种写法，如“{other}”", f"use one of them, such as “{other}”")
            yield copy.question("GB/T 15835 4.3", found.start(), what, remedy)


def _lists(copies: Sequence[ProofText]) -> Iterator[Problem]:
    """Checks numbers at the start of paragraphs: the mark after each, the order of levels, gaps."""
    last: dict[int, int] = {}  # the last number of each level
    for copy in copies:
        found = _number(copy.text)
        if found is None:
            continue
        level, number, mark, shown = found
        _, right, example = _LEVELS[level]
        if mark.strip() != right and not (level == 2 and mark == "．"):
            what = Message(f"序号“{shown}”后的标点", f"the mark after the number “{shown}”")
            remedy = Message(f"写成“{example}”的样子", f"write it like {example}")
            fix = Fix(shown, shown.removesuffix(mark) + right) if level != 2 else None  # `1.` begins a list in Markdown
            yield copy.question("J11", 0, what, remedy, fix)
        before = last.get(level)
        if before is None and number == 1 and any(deeper > level for deeper in last):
            what = Message(f"序号“{shown}”排在下一级序号里", f"the number “{shown}” stands under one of a lower level")
            remedy = Message("层次依次是 一、（一）1.（1）①", "the levels are 一、（一）1.（1）① in this order")
            yield copy.question("J11", 0, what, remedy)
        elif before is not None and number not in (1, before + 1):
            what = Message(f"序号“{shown}”接不上前一个", f"the number “{shown}” does not follow the one before")
            remedy = Message(
                f"前一个是第 {before} 条：改号，或补上缺的",
                f"the one before is number {before}: renumber this one, or add what is missing",
            )
            yield copy.question("J11", 0, what, remedy)
        last = {deeper: value for deeper, value in last.items() if deeper <= level} | {level: number}


def _number(text: str) -> tuple[int, int, str, str] | None:
    """Level, value, digits and mark of the number that a paragraph begins with."""
    for level, (pattern, _, _) in enumerate(_LEVELS):
        if found := pattern.match(text):
            digits = found[1]
            value = value_of(digits) if level < 2 else ord(digits) - ord("①") + 1 if level == 4 else int(digits)
            if 0 < value <= 20:
                return level, value, found[2], found.group().strip()
    return None
