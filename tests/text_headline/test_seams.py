"""The table of seams: each row is for the seam that its example shows, and the cost that it sets is the seam's."""

from __future__ import annotations

import pytest

from layout.text.headline.seams import SEAM_RULES, Seam, SeamRule, rules_for, seam_before, seam_cost
from layout.text.headline.words import segment


def seam_of(example: str) -> Seam:
    before, after = example.split("|")
    words = segment(before + after)
    (number,) = [number for number, word in enumerate(words) if word.start == len(before)]
    return seam_before(words, number)


@pytest.mark.parametrize("rule", SEAM_RULES, ids=lambda rule: rule.example)
def test_a_row_is_for_its_example(rule: SeamRule) -> None:
    assert rule in rules_for(seam_of(rule.example))


@pytest.mark.parametrize("rule", SEAM_RULES, ids=lambda rule: rule.example)
def test_the_cost_of_an_example_is_at_least_that_of_its_row(rule: SeamRule) -> None:
    seam = seam_of(rule.example)
    cost = seam_cost(seam.words, seam.number)
    assert cost == rule.cost if rule.effect == "set" else cost >= rule.cost


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("老街改造|留住乡愁", "老街|改造留住乡愁"),
        ("书记周建林|走访农户", "书记|周建林走访农户"),
        ("十二个村|开展义诊", "十二个|村开展义诊"),
    ],
)
def test_of_two_seams_the_editor_s_costs_less(better: str, worse: str) -> None:
    costs = [seam_cost(seam.words, seam.number) for seam in map(seam_of, (better, worse))]
    assert costs[0] < costs[1]
