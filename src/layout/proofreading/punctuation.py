"""Marks that hygiene does not correct: quotes, titles, brackets, marks in a row (rules J4, J5, J12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import Fix, Message, Problem
from .copy import ProofText

HAN = "[\u3400-\u9fff]"
_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "【": "】",
    "「": "」",
    "『": "』",
    "〔": "〕",
    "［": "］",
}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_RULES = {"“": "J5", "‘": "J5", "「": "J5", "『": "J5", "《": "J4", "〈": "J4"}
_ANY = re.compile("[“”‘’《》〈〉（）【】「」『』〔〕［］]")
_ITEM = re.compile(r"(?:^|[\s：；。，、])[0-9a-zA-Z一二三四五六七八九十]{1,3}$")  # 1）, a）: an item's number
_APOSTROPHE = re.compile(r"[A-Za-z]’[A-Za-z]|[0-9]’")

_IN_A_ROW = re.compile("[，、；：。]{2,}|[！？]{4,}|[，、；：。][！？]|[！？][，、；：。]")
_ODD = (
    (re.compile(f"(?<={HAN})<<?([^<>]{{1,30}})>>?"), "J4", "书名号写成《》", "titles of books stand in 《》"),
    (re.compile(f"(?<={HAN})[·.](?=[，。、；])"), "J12", "删去多出的点", "delete the stray point"),
    (re.compile(f"(?<={HAN})[.](?=$|[”’）])"), "J12", "句号写成“。”", "a full stop is 。"),
    (
        re.compile(f"(?<={HAN})(?<![一二三四五六七八九十])[.](?={HAN})"),
        "J12",
        "句号是“。”，人名里用“·”",
        "write 。 or ·",
    ),
    (re.compile(f"(?<={HAN})[—](?={HAN})(?<!—.)(?!—)"), "J12", "破折号是两个字宽“——”", "a dash is two em long"),
    (re.compile(f"(?<=[{HAN[1:-1]}\\d])[~∼〜](?=\\d)"), "J12", "起止用“—”或“～”", "a range takes — or ～"),
    (re.compile(f"(?<=[年月日号时点分])-(?=\\d|{HAN})"), "GB/T 15834 4.13.3", "起止用一字线“—”", "a range takes —"),
    (re.compile("[“‘《〈（][，。、；：！？]"), "J12", "标点不放在前引号、前括号后", "no mark after an opening one"),
)
_SURE = {"起止用一字线“—”": "—", "句号写成“。”": "。"}  # remedies that are certain fixes


def check_punctuation(copies: Iterable[ProofText]) -> Iterator[Problem]:
    open_quote: dict[str, bool] = {}  # articles whose last paragraph left a quotation open (rule G6)
    for copy in copies:
        yield from _pairs(copy, open_quote)
        yield from _in_a_row(copy)
        for pattern, rule, zh, en in _ODD:
            for found in pattern.finditer(copy.text):
                sure = _SURE.get(zh, "")
                fix = Fix(found.group(), sure) if sure else None
                yield copy.question(rule, found.start(), _listed(found.group()), Message(zh, en), fix)


def _listed(marks: str) -> Message:
    return Message(f"这里写的是“{marks}”", f"“{marks}” is typed here")


def _pairs(copy: ProofText, open_quote: dict[str, bool]) -> Iterator[Problem]:
    waiting: list[tuple[str, int]] = []
    reported = False
    for found in _ANY.finditer(copy.text):
        mark, at = found.group(), found.start()
        if mark == "’" and _APOSTROPHE.match(copy.text, max(0, at - 1)):
            continue
        if mark in _PAIRS:
            problem = _nested(copy, mark, at, [opening for opening, _ in waiting])
            if problem and not reported:
                reported = True
                yield problem
            waiting.append((mark, at))
        elif waiting and waiting[-1][0] == _CLOSING[mark]:
            waiting.pop()
        elif mark == "）" and _ITEM.search(copy.text[:at]):
            continue
        elif any(opening == _CLOSING[mark] for opening, _ in waiting):
            while waiting[-1][0] != _CLOSING[mark]:
                yield _alone(copy, *waiting.pop())
            waiting.pop()
        elif not (mark == "”" and open_quote.get(copy.article)):
            yield _alone(copy, mark, at)
    continues = copy.role == "body" and waiting[:1] == [("“", 0)] and len(waiting) == 1
    open_quote[copy.article] = continues
    for mark, at in [] if continues else waiting:
        yield _alone(copy, mark, at)


def _alone(copy: ProofText, mark: str, at: int) -> Problem:
    partner = _PAIRS.get(mark) or _CLOSING[mark]
    what = Message(f"“{mark}”没有配对" if mark not in "“”" else f"引号 {mark} 没有配对", f"{mark} has no partner")
    remedy = Message(f"补上 {partner}，或删去", f"add {partner}, or delete it")
    return copy.question(_RULES.get(mark, _RULES.get(_CLOSING.get(mark, ""), "J12")), at, what, remedy)


def _nested(copy: ProofText, mark: str, at: int, outside: list[str]) -> Problem | None:
    """Reports a mark of the wrong level: quotes inside quotes alternate, and so do titles inside titles."""
    if mark in "「『":
        what = Message(f"横排不用 {mark}", f"{mark} is for vertical text only")
        return copy.question("J5", at, what, Message("改成“ ”，里层‘ ’", "use “ ”, inside ‘ ’"))
    if outside and outside[-1] == mark and mark in "“‘":
        inner = "‘ ’" if mark == "“" else "“ ”"
        what = Message(f"引号里又用 {mark}", f"{mark} stands inside another {mark}")
        return copy.question(
            "J5",
            at,
            what,
            Message(f"里层改成{inner}，或补上前一个后引号", f"use {inner} inside, or close the one before"),
        )
    if mark == "‘" and "“" not in outside:
        what = Message("外层引号用了 ‘", "‘ is used for the outer quotation")
        return copy.question("J5", at, what, Message("外层用“ ”，里层用‘ ’", "use “ ” outside, ‘ ’ inside"))
    if mark == "《" and "《" in outside:
        what = Message("书名号里又用《", "《 stands inside another 《")
        return copy.question(
            "J4", at, what, Message("里层改成〈 〉，或补上前一个》", "use 〈 〉 inside, or close the title before")
        )
    if mark == "〈" and "《" not in outside:
        return copy.question(
            "J4",
            at,
            Message("外层用了 〈", "〈 is used for the outer title"),
            Message("外层用《 》", "use 《 》 outside"),
        )
    return None


def _in_a_row(copy: ProofText) -> Iterator[Problem]:
    for found in _IN_A_ROW.finditer(copy.text):
        marks = found.group()
        what = Message(f"标点连用“{marks}”", f"marks in a row: {marks}")
        same = marks[0] in "，、；：。" and marks == marks[0] * len(marks)
        fix = Fix(marks, marks[0]) if same else None
        yield copy.question("J12", found.start(), what, Message("留一个", "keep one"), fix)
