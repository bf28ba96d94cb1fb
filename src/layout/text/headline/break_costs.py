"""Where a headline may be broken by sense, and what each such place costs (rules I1, I2, B5, B6, B10).

A place that has no cost may not be broken at all. The scale of the costs is described in `word_tables`.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence

from ..characters import WESTERN_UNITS
from . import word_tables as tables
from .compounds import COMPOUND_COST, compounds_in
from .seams import seam_cost
from .words import SegmentedWord, is_han_text, occurrences, segment


def break_costs(
    text: str,
    *,
    pauses: Iterable[int] = (),
    terms: Sequence[str] = (),
    cache: MutableMapping[str, list[list[float]]] | None = None,
) -> dict[int, float]:
    """The costs of breaking `text`, by the number of the character that would begin the line.

    Args:
        text: The headline as printed.
        pauses: Places of spaces that part clauses; a break at one of them is at the space.
        terms: Words that are never broken (rule I1).
        cache: Results of earlier calls, also of earlier runs (JSON). The segmenter takes a tenth of a second to
            load and is not imported if the cache has the headline.
    """
    pauses = tuple(pauses)
    present = tuple(sorted({term for term in terms if len(term) > 1 and term in text}, key=lambda t: (-len(t), t)))
    key = "\x1f".join((text, ",".join(map(str, pauses)), *present))
    if cache is not None and key in cache:
        return {int(at): cost for at, cost in cache[key]}
    costs = _cost_breaks(text, frozenset(pauses), present)
    if cache is not None:
        cache[key] = [[at, cost] for at, cost in costs.items()]
    return costs


def _cost_breaks(text: str, pauses: frozenset[int], terms: Sequence[str]) -> dict[int, float]:
    """As `break_costs`, computed."""
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
            costs[at] = seam_cost(words, number) + _misdivision_cost(text, before, after)
    for at, cost in _costs_within_guesses(words, text).items():
        costs.setdefault(at, cost)
    inside = {at for start, end in compounds_in(text) for at in costs if start < at < end}
    costs |= {at: costs[at] + COMPOUND_COST for at in inside}
    _keep_quotations(text, costs, pauses)
    _keep_phrases(words, costs)
    return {at: costs[at] for at in sorted(costs)}


def _misdivision_cost(text: str, before: SegmentedWord, after: SegmentedWord) -> float:
    """The cost of a break where a dictionary word lies across the seam: the segmenter may have divided wrongly."""
    import rjieba

    worst, at = 0.0, after.start
    in_dictionary = all(word.whole or (len(word.text) > 1 and rjieba.has_word(word.text)) for word in (before, after))
    for length, cost in tables.STRADDLED.items():
        for start in range(max(0, at - length + 1), at):
            if cost > worst and start + length <= len(text) and rjieba.has_word(text[start : start + length]):
                worst = tables.STRADDLED_IN_DICTIONARY if in_dictionary and length < 4 else cost
    return worst


def _costs_within_guesses(words: list[SegmentedWord], text: str) -> dict[int, float]:
    """The costs of breaks inside words that the segmenter guessed and the dictionary does not have.

    A guess may join parts of two words (公开|栏变 for 公开栏|变). It is doubted at a place inside it where a
    dictionary word of the text ends or begins.
    """
    import rjieba

    costs: dict[int, float] = {}
    for word in words:
        if word.name or word.whole or not is_han_text(word.text) or not 1 < len(word.text) < 5:
            continue
        if rjieba.has_word(word.text):
            continue
        for at in range(word.start + 1, word.end):
            doubted = any(
                rjieba.has_word(text[start:at]) for start in range(max(0, at - 3), at - 1) if start != word.start
            ) or any(
                rjieba.has_word(text[at:end]) for end in range(at + 2, min(len(text), at + 3) + 1) if end != word.end
            )
            if doubted and text[at] not in tables.NOT_FIRST and text[at - 1] not in tables.NOT_LAST:
                costs[at] = 3.0
    return costs


def _keep_quotations(text: str, costs: dict[int, float], pauses: frozenset[int]) -> None:
    """Removes the breaks inside short quotations and makes those inside long ones dearer (rule J4)."""
    for opening, closing in tables.PAIRS.items():
        for start in occurrences(text, opening):
            end = text.find(closing, start)
            if end < 0:
                continue
            for at in [place for place in costs if start < place <= end]:
                if end - start - 1 <= tables.WHOLE_QUOTATION:
                    del costs[at]
                elif at - 1 not in pauses:
                    costs[at] += tables.LONG_QUOTATION


def _keep_phrases(words: list[SegmentedWord], costs: dict[int, float]) -> None:
    """Makes breaks inside a prepositional phrase (在…, 为…, 对…) dearer than the one before it."""
    for number, word in enumerate(words):
        if word.tag != "p" or word.text not in tables.NOT_LAST | {"关于", "与"}:
            continue
        for at in range(number + 2, len(words)):
            tag = words[at].tag
            if tag in tables.PHRASE_ENDS:
                if tag in tables.PREDICATE and words[at].start in costs:
                    costs[words[at].start] += tables.AFTER_PHRASE
                break
            if words[at].start in costs:
                costs[words[at].start] += tables.IN_PHRASE
            if tag == "f":
                break
