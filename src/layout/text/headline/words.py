"""Words: where a headline may be broken by sense, and what each such place costs (rules I1, I2, B5, B6, B10).

The words come from a segmenter with a dictionary; what a segmenter cannot know stands in `word_tables`. What
the costs mean stands there too. A place that is not listed may not be broken at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, MutableMapping, Sequence

from msgspec import Struct

from ..characters import SURNAMES, WESTERN_UNITS
from . import word_tables as tables


class SegmentedWord(Struct):
    """A word from `start` to `end` of the text; `tag` is its class (see above), `name` marks a person's name.

    `whole`: not the segmenter's guess but known to be one word."""

    start: int
    end: int
    text: str
    tag: str
    name: bool = False
    whole: bool = False


def break_costs(
    text: str,
    *,
    pauses: Iterable[int] = (),
    terms: Sequence[str] = (),
    cache: MutableMapping[str, list[list[float]]] | None = None,
) -> dict[int, float]:
    """Where `text` may be broken: place (the number of the character that would begin the line) → cost.

    `pauses` are places of spaces that part clauses; a break at one of them is at the space. `terms` are never
    broken (rule I1). `cache` is any mapping that the caller keeps, even from run to run as JSON: with an answer in
    it the segmenter, which takes a tenth of a second to load, is not even imported.
    """
    pauses = tuple(pauses)
    known = tuple(sorted({term for term in terms if len(term) > 1 and term in text}, key=lambda t: (-len(t), t)))
    key = "\x1f".join((text, ",".join(map(str, pauses)), *known))
    if cache is not None and key in cache:
        return {int(at): cost for at, cost in cache[key]}
    costs = _cost_breaks(text, frozenset(pauses), known)
    if cache is not None:
        cache[key] = [[at, cost] for at, cost in costs.items()]
    return costs


def segment(text: str, terms: Sequence[str] = ()) -> list[SegmentedWord]:
    """The words of a text: the segmenter's, with terms, numbers, Latin words and names kept whole."""
    import rjieba  # 110 ms, so only when something has to be broken

    words, at = [], 0
    for token, tag in _tokens(rjieba.tag(text)):
        words.append(SegmentedWord(at, at + len(token), token, _class(token, tag), tag == "nr" and _has_surname(token)))
        at += len(token)
    starts = {word.start for word in words}
    wholes = [(m.start(), m.end(), "n") for m in tables.LATIN.finditer(text)]
    wholes += [(m.start(), _number_end(m), _number_tag(m)) for m in tables.NUMBER.finditer(text) if m.start() in starts]
    wholes += [(at, at + len(term), "n") for term in terms for at in _places(text, term)]
    return _with_tails(list(_joined_names(_with_wholes(words, wholes, text))))


def _tokens(tagged: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The segmenter's words; a guess of three characters, two of them a word, is taken apart (达人|教)."""
    import rjieba

    for token, tag in tagged:
        if (
            len(token) == 3
            and _is_han(token)
            and not (tag == "nr" and _has_surname(token))
            and not rjieba.has_word(token)
        ):
            at = 2 if rjieba.has_word(token[:2]) else 1 if rjieba.has_word(token[1:]) else 0
            if at:
                yield from (*rjieba.tag(token[:at]), *rjieba.tag(token[at:]))
                continue
        yield token, tag


def _class(token: str, tag: str) -> str:
    if token in tables.NOUNS_TOO:
        return "w"
    if tag == "f" and token not in tables.PLACES_AFTER:
        return "n"
    known = tables.WORD_CLASSES.get(tag, tag[:1] or "x")
    return "v" if known == "u" and len(token) > 1 else known  # 追着


def _with_tails(words: list[SegmentedWord]) -> list[SegmentedWord]:
    """Words with 队, 会, 员 and the like joined to what they make a noun of."""
    out: list[SegmentedWord] = []
    for number, word in enumerate(words):
        following = words[number + 1].tag if number + 1 < len(words) else ""
        tail = word.text in tables.TAILS and not (word.tag == "v" and following in ("v", "a", "d"))
        if (
            tail
            and out
            and out[-1].tag in "nwva"
            and len(out[-1].text) > 1
            and _is_han(out[-1].text)
            and not out[-1].name
        ):
            last = out[-1]
            out[-1] = SegmentedWord(last.start, word.end, last.text + word.text, "n", whole=True)
        else:
            out.append(word)
    return out


def _has_surname(name: str) -> bool:
    return len(name) < 5 and (name[0] in SURNAMES or name[:2] in tables.COMPOUND_SURNAMES)


def _places(text: str, term: str) -> Iterator[int]:
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + len(term))


def _number_end(found: re.Match[str]) -> int:
    """Without the 起 of 起来 and the like: there it belongs to the word after."""
    end = found.end()
    return end - 1 if found[0][-1] in "起多余" and found[1] in ("来", "点", "草") else end


def _number_tag(found: re.Match[str]) -> str:
    if found[0].endswith(("以上", "以下", "岁")):
        return "b"
    return "t" if re.search("[年月日时点]起?$|年度$|学[年期]$", found[0]) else "m"


def _with_wholes(words: list[SegmentedWord], wholes: list[tuple[int, int, str]], text: str) -> list[SegmentedWord]:
    """The words with each whole made one word; a word that a whole cuts through keeps what is left of it."""
    for start, end, tag in wholes:
        if end - start < 2 or any(word.start <= start and end <= word.end for word in words):
            continue
        kept: list[SegmentedWord] = []
        for word in words:
            if word.end <= start or word.start >= end:
                kept.append(word)
                continue
            if word.start < start:
                kept.append(SegmentedWord(word.start, start, text[word.start : start], word.tag))
            if kept and kept[-1].start == start:
                kept[-1] = SegmentedWord(start, end, text[start:end], tag, whole=True)
            elif not any(known.start <= start < known.end for known in kept):
                kept.append(SegmentedWord(start, end, text[start:end], tag, whole=True))
            if word.end > end:
                kept.append(SegmentedWord(end, word.end, text[end : word.end], word.tag))
        words = kept
    return words


def _joined_names(words: list[SegmentedWord]) -> Iterator[SegmentedWord]:
    """Words with names made whole where the segmenter left the surname alone or cut a given name in two."""
    import rjieba

    left = list(reversed(words))
    before: SegmentedWord | None = None
    while left:
        word = left.pop()
        after = left[-1] if left else None
        role = before is not None and before.text[-1] in tables.ROLE_ENDS and before.tag == "n"
        taken = _given_name_length(word, after, role) if after is not None else 0
        if after is not None and taken:
            left.pop()
            end = after.start + taken
            if end < after.end:
                rest = after.text[taken:]
                left.append(SegmentedWord(end, after.end, rest, _class(rest, rjieba.tag(rest)[0][1])))
            word = SegmentedWord(word.start, end, word.text + after.text[:taken], "n", name=True, whole=True)
        before = word
        yield word


def _given_name_length(word: SegmentedWord, after: SegmentedWord, role: bool) -> int:
    """How many characters of the word after belong to the person's name that a word begins."""
    import rjieba

    if not _is_han(after.text) or after.text[0] in tables.NOT_FIRST | tables.NOT_LAST or len(after.text) > 2:
        return 0
    compound = word.text[:2] in tables.COMPOUND_SURNAMES
    surname = len(word.text) == 1 + compound and (
        compound or (word.text in SURNAMES and (role or word.name) and after.tag != "m")
    )
    if surname:
        return len(after.text) if len(after.text) == 2 or after.tag in "na" else 0
    if not (role and word.name and len(word.text) == 2 + compound):
        return 0
    if len(after.text) == 1:
        return 1 if after.tag in "na" else 0  # 李德|厚
    return 0 if after.whole or rjieba.has_word(after.text) else 1  # 欧阳明|远到


def _is_han(text: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" or char == "〇" for char in text)


def _cost_breaks(text: str, pauses: frozenset[int], terms: Sequence[str]) -> dict[int, float]:
    words = segment(text, terms)
    costs: dict[int, float] = {}
    for number in range(1, len(words)):
        before, after = words[number - 1], words[number]
        at = after.start
        if after.text[0] in tables.CLOSING or before.text[-1] in tables.OPENING or text[at] == " ":
            continue
        before_space = words[number - 2] if before.text == " " and number > 1 else before
        if after.text in tables.NOT_FIRST or after.tag == "u" or before_space.text in tables.NOT_LAST:
            continue
        if at - 1 in pauses:
            costs[at] = tables.PAUSE_COST
        elif before.text[-1] == " ":
            if not (text[at - 2].isdigit() and after.text in WESTERN_UNITS):  # rule B7
                costs[at] = tables.WORD_SPACE_COST
        elif before.text[-1] in "：:—":
            costs[at] = tables.COLON_COST
        elif before.text[-1] in "！？!?":
            costs[at] = tables.QUESTION_COST
        elif before.text[-1] in "、":
            costs[at] = tables.ENUMERATION_COST
        else:
            costs[at] = _gap(words, number) + _straddled(text, before, after)
    for at, cost in _within_new_words(words, text).items():
        costs.setdefault(at, cost)
    _keep_quotations(text, costs, pauses)
    _keep_phrases(words, costs)
    return {at: costs[at] for at in sorted(costs)}


def _gap(words: list[SegmentedWord], number: int) -> float:
    """The cost of a break before word `number`, from the two words that meet there and their neighbours."""
    before, after = words[number - 1], words[number]
    first, second = _tag(words, number - 1), _tag(words, number)
    earlier = _tag(words, number - 2) if number > 1 else ""
    following = _tag(words, number + 1) if number + 1 < len(words) else ""
    cost = tables.GAPS.get(first + second, tables.GAP)
    cost = max(cost, tables.BEFORE.get(first, cost), tables.AFTER.get(second, cost))
    if after.name and before.text[-1] in tables.ROLE_ENDS and first == "n":
        return 3 * tables.STRONG  # rule B10
    if first + second == "wv" and earlier in ("n", "v"):
        cost = 0.3 if earlier == "n" else 0.8  # 老街改造|留住, 封闭施工|绕行
    elif first + second == "nn" and tables.BODIES.search(before.text):
        cost = tables.BODY
    elif first in "nt" and not tables.BODIES.search(before.text) and _in_predicate(words, number - 1):
        cost = max(cost, tables.OBJECT.get(second, 0.0), tables.TIME_OF_OBJECT if first + second == "tn" else 0.0)
    if second == "m" and before.text in tables.WITH_NUMBERS:
        cost = max(cost, 5.0)
    if len(before.text) == len(after.text) == 2 and any(a == b for a, b in zip(before.text, after.text, strict=True)):
        cost += tables.PARALLEL
    if after.text in tables.SET_UP | tables.SET_UP_LONG:
        quoted = (
            first == "Q"
            and number > 2
            and len(words[number - 2].text) == 1
            and words[number - 3].text in tables.OPENING
        )
        if quoted or (len(before.text) == 1 and first in "nvaw"):
            return max(cost, tables.STRONG)  # “议”|出, 飞|进
    if len(after.text) == 1 and _is_han(after.text):
        if first == "v" and (after.text in tables.SET_UP or (second == "a" and following != "n")):
            return max(cost, tables.STRONG)
        if first in "nwvabrm" and second in "nh" and not after.name:  # 老物件|里; but 当选|镇人大代表
            opens = after.text in tables.LEVELS and following in ("n", "Q", "x")
            cost = max(cost, (1.0 if first == "v" else 2.0) if opens else 6.0)
    if len(before.text) == 1 and _is_han(before.text) and before.text not in tables.NOT_FIRST:
        closes = earlier in ("n", "w", "m", "a", "b", "r", "Q")  # 十二个村|, 村口|
        if first in "nf" and closes:
            return max(cost, 2.0) if second == "n" and first == "n" else cost
        if first != "n" or second in "nQ":
            cost = max(cost, tables.AFTER_ONE.get(first, cost))
    return cost


def _in_predicate(words: list[SegmentedWord], number: int) -> bool:
    """Whether a verb of the same clause went before word `number`."""
    for at in range(number - 1, -1, -1):
        if words[at].text[-1] in "：！？ ":
            return False
        if words[at].tag == "v" and words[at].text not in "有是":
            return words[at].text not in tables.PIVOTS and not (at and words[at - 1].tag == "p")
    return False


def _tag(words: list[SegmentedWord], number: int) -> str:
    """The class that a word has for its neighbours: 全镇 before a noun qualifies it, 了 leaves a verb a verb."""
    word = words[number]
    if word.text in tables.CLOSING or word.text in tables.OPENING:
        return "Q" if word.text in "“”《》「」『』" else "x"
    if word.tag == "u" and word.text in "了着过" and number:
        return "v"
    if word.text in tables.HOW and number + 1 < len(words) and words[number + 1].tag == "v":
        return "d"
    qualifies = word.text in tables.QUALIFYING or (word.text[0] == "全" and word.tag == "n")
    if qualifies and number + 1 < len(words) and words[number + 1].tag in "nwab":
        return "b"
    return word.tag


def _straddled(text: str, before: SegmentedWord, after: SegmentedWord) -> float:
    """How likely the segmenter has cut in the wrong place: a dictionary word lies across it."""
    import rjieba

    worst, at = 0.0, after.start
    known = all(word.whole or (len(word.text) > 1 and rjieba.has_word(word.text)) for word in (before, after))
    for length, cost in tables.STRADDLED.items():
        for start in range(max(0, at - length + 1), at):
            if cost > worst and start + length <= len(text) and rjieba.has_word(text[start : start + length]):
                worst = tables.STRADDLED_IN_DICTIONARY if known and length < 4 else cost
    return worst


def _within_new_words(words: list[SegmentedWord], text: str) -> dict[int, float]:
    """Places inside words that the dictionary does not have and the segmenter only guessed, with their costs.

    Such a guess may have joined what belongs apart (公开|栏变 for 公开栏|变): a dictionary word that ends or begins
    within it speaks for another reading.
    """
    import rjieba

    costs: dict[int, float] = {}
    for word in words:
        if word.name or word.whole or not _is_han(word.text) or not 1 < len(word.text) < 5:
            continue
        if rjieba.has_word(word.text):
            continue
        for at in range(word.start + 1, word.end):
            speaks = any(
                rjieba.has_word(text[start:at]) for start in range(max(0, at - 3), at - 1) if start != word.start
            ) or any(
                rjieba.has_word(text[at:end]) for end in range(at + 2, min(len(text), at + 3) + 1) if end != word.end
            )
            if speaks and text[at] not in tables.NOT_FIRST and text[at - 1] not in tables.NOT_LAST:
                costs[at] = 3.0
    return costs


def _keep_quotations(text: str, costs: dict[int, float], pauses: frozenset[int]) -> None:
    for opening, closing in tables.PAIRS.items():
        for start in _places(text, opening):
            end = text.find(closing, start)
            if end < 0:
                continue
            for at in [place for place in costs if start < place <= end]:
                if end - start - 1 <= tables.WHOLE_QUOTATION:
                    del costs[at]
                elif at - 1 not in pauses:
                    costs[at] += tables.LONG_QUOTATION


def _keep_phrases(words: list[SegmentedWord], costs: dict[int, float]) -> None:
    """在…, 为…, 对… with what they govern make one phrase: better broken before it than in it."""
    for number, word in enumerate(words):
        if word.tag != "p" or word.text not in tables.NOT_LAST | {"关于", "与"}:
            continue
        for at in range(number + 2, len(words)):
            tag = words[at].tag
            if tag in "vxdpc":
                if tag in "vd" and words[at].start in costs:
                    costs[words[at].start] += tables.AFTER_PHRASE
                break
            if words[at].start in costs:
                costs[words[at].start] += tables.IN_PHRASE
            if tag == "f":
                break
