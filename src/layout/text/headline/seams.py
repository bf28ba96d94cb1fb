"""The table of seams: what a line break between two words of a headline costs (rules I1, I2, B10).

A cost near 0 is a seam of the sentence, 1 to 2 an ordinary gap between words, 5 and more a place that a line should
end at only where no other fits. `PAIR_COSTS` has the cost by the classes of the two words; the rows of
`SEAM_RULES` change it, in order, where the words or their neighbours matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from . import word_tables as tables
from .words import SegmentedWord, is_han_text


class Seam(NamedTuple):
    """The place before word `number`, with the classes of the words around it ("" where there is none)."""

    words: list[SegmentedWord]
    number: int
    earlier: str
    first: str  # class of the word before the seam
    second: str  # class of the word after it
    following: str

    @property
    def before(self) -> SegmentedWord:
        return self.words[self.number - 1]

    @property
    def after(self) -> SegmentedWord:
        return self.words[self.number]


class SeamRule(NamedTuple):
    """One row. `first` and `second` list the classes that it is for, "" any; `holds` is what must also be true.

    `example` is a headline broken at such a seam.
    `cost` replaces the cost so far ("set"), is the least that the seam costs ("least"), or is added ("add"). After a
    `final` row no other is read.
    """

    example: str
    first: str
    second: str
    holds: Callable[[Seam], bool]
    effect: Literal["set", "least", "add"]
    cost: float
    final: bool = False


def seam_cost(words: list[SegmentedWord], number: int) -> float:
    """The cost of a break before word `number`, from the two words that meet there and their neighbours."""
    seam = seam_before(words, number)
    cost = tables.PAIR_COSTS.get(seam.first + seam.second, tables.OTHER_PAIR_COST)
    cost = max(cost, tables.COST_AFTER.get(seam.first, cost), tables.COST_BEFORE.get(seam.second, cost))
    for rule in rules_for(seam):
        match rule.effect:
            case "set":
                cost = rule.cost
            case "least":
                cost = max(cost, rule.cost)
            case "add":
                cost += rule.cost
    return cost


def seam_before(words: list[SegmentedWord], number: int) -> Seam:
    """The seam before word `number` (1 or more)."""
    return Seam(
        words,
        number,
        earlier=_class_in_context(words, number - 2) if number > 1 else "",
        first=_class_in_context(words, number - 1),
        second=_class_in_context(words, number),
        following=_class_in_context(words, number + 1) if number + 1 < len(words) else "",
    )


def rules_for(seam: Seam) -> Iterator[SeamRule]:
    """The rows that are for a seam, in order, up to the first final one."""
    for rule in SEAM_RULES:
        if (
            (not rule.first or seam.first in rule.first)
            and (not rule.second or seam.second in rule.second)
            and rule.holds(seam)
        ):
            yield rule
            if rule.final:
                return


# --- conditions of the rows


def _is_office_and_name(seam: Seam) -> bool:
    return seam.after.name and seam.before.text[-1] in tables.ROLE_ENDS


def _is_after_body(seam: Seam) -> bool:
    return tables.BODIES.search(seam.before.text) is not None


def _is_in_object(seam: Seam) -> bool:
    """Whether a verb of the same clause stands before the word before the seam."""
    if _is_after_body(seam):
        return False
    words = seam.words
    for at in range(seam.number - 2, -1, -1):
        if words[at].text[-1] in "：！？ ":
            return False
        if words[at].tag == "v" and words[at].text not in "有是":
            return words[at].text not in tables.PIVOTS and not (at and words[at - 1].tag == "p")
    return False


def _counts_with_number(seam: Seam) -> bool:
    return seam.before.text in tables.WITH_NUMBERS


def _is_parallel(seam: Seam) -> bool:
    before, after = seam.before.text, seam.after.text
    return len(before) == len(after) == 2 and (before[0] == after[0] or before[1] == after[1])


def _is_complement(seam: Seam) -> bool:
    return seam.after.text in tables.SET_UP or seam.after.text in tables.SET_UP_LONG


def _completes_quoted_verb(seam: Seam) -> bool:
    words, number = seam.words, seam.number
    quoted = number > 2 and len(words[number - 2].text) == 1 and words[number - 3].text in tables.OPENING
    return quoted and _is_complement(seam)


def _completes_short_word(seam: Seam) -> bool:
    return len(seam.before.text) == 1 and _is_complement(seam)


def _completes_verb(seam: Seam) -> bool:
    return _is_single(seam.after) and seam.after.text in tables.SET_UP


def _is_result_of_verb(seam: Seam) -> bool:
    return _is_single(seam.after) and seam.following != "n"


def _opens_name(seam: Seam) -> bool:
    return _is_single_not_name(seam) and seam.after.text in tables.LEVELS and seam.following in ("n", "Q", "x")


def _closes_word(seam: Seam) -> bool:
    return _is_single_not_name(seam) and not _opens_name(seam)


def _is_single_not_name(seam: Seam) -> bool:
    return _is_single(seam.after) and not seam.after.name


def _follows_short_word(seam: Seam) -> bool:
    return _is_single(seam.before) and seam.before.text not in tables.NOT_FIRST


def _follows_closing_word(seam: Seam) -> bool:
    return _follows_short_word(seam) and seam.earlier in tables.CLOSED_BY_ONE


def _is_single(word: SegmentedWord) -> bool:
    return len(word.text) == 1 and is_han_text(word.text)


def _after_class(earlier: str) -> Callable[[Seam], bool]:
    return lambda seam: seam.earlier == earlier


_STRONG = tables.STRONG
SEAM_RULES = tuple(
    SeamRule(*row)
    for row in (
        ("党支部书记|周建林", "n", "", _is_office_and_name, "set", 3 * _STRONG, True),  # rule B10
        ("老街改造|留住乡愁", "w", "v", _after_class("n"), "set", 0.3),
        ("封闭施工|绕行", "w", "v", _after_class("v"), "set", 0.8),
        ("柳溪镇|敬老院", "n", "n", _is_after_body, "set", 1.2),
        ("走访农户|解决难题", "nt", "v", _is_in_object, "least", 1.2),  # 走访 governs 农户
        ("发布森林|防火", "nt", "w", _is_in_object, "least", 2.2),
        ("征集明年|实事", "t", "n", _is_in_object, "least", 1.5),
        ("最后|一所", "", "m", _counts_with_number, "least", 5.0),
        ("宜居|宜业", "", "", _is_parallel, "add", 4.0),  # halves of a set of four
        ("村民“议”|出新路", "Q", "", _completes_quoted_verb, "least", _STRONG, True),
        ("飞|进", "nvaw", "", _completes_short_word, "least", _STRONG, True),
        ("推迟|到", "v", "", _completes_verb, "least", _STRONG, True),
        ("打扫|净", "v", "a", _is_result_of_verb, "least", _STRONG, True),
        ("当选|镇人大代表", "v", "nh", _opens_name, "least", 1.0),
        ("两名|镇干部", "nwabrm", "nh", _opens_name, "least", 2.0),
        ("文化|墙", "nwvabrm", "nh", _closes_word, "least", 6.0),
        ("十二个村|老人", "n", "n", _follows_closing_word, "least", 2.0, True),
        ("十二个村|开展义诊", "nf", "", _follows_closing_word, "least", 0.0, True),
        ("建|新桥", "v", "", _follows_short_word, "least", 3.0),
        ("村|敬老院", "n", "nQ", _follows_short_word, "least", 4.0),
        ("谁|来", "r", "", _follows_short_word, "least", 4.0),
        ("新|渡口", "abmf", "", _follows_short_word, "least", 5.0),
    )
)


def _class_in_context(words: list[SegmentedWord], number: int) -> str:
    """The class that a word has for its neighbours: 全镇 before a noun qualifies it, 了 leaves a verb a verb."""
    word = words[number]
    if word.text in tables.CLOSING or word.text in tables.OPENING:
        return "Q" if word.text in "“”《》「」『』" else "x"
    if word.tag == "u" and word.text in "了着过" and number:
        return "v"
    following = words[number + 1].tag if number + 1 < len(words) else ""
    if word.text in tables.HOW and following == "v":
        return "d"
    qualifies = word.text in tables.QUALIFYING or (word.text[0] == "全" and word.tag == "n")
    return "b" if qualifies and following and following in tables.QUALIFIED else word.tag
