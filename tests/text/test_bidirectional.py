"""Rule S4: the bidirectional algorithm, against a library that is not ours."""

from __future__ import annotations

import bidi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.text.shaping.bidirectional import embedding_levels, reordered
from layout.text.shaping.words import paragraph_levels

UYGHUR, HEBREW = "كىتاب", "שלום"


def displayed(text: str, base: int) -> str:
    """The characters from left to right; white at the line's end has the base level (L1)."""
    levels, end = embedding_levels(text, base), len(text.rstrip(" "))
    levels[end:] = [base] * (len(text) - end)
    return "".join(text[at] for at in reordered(levels))


@pytest.mark.parametrize("base", [0, 1])
@given(text=st.text("abא ב(غ)[ب]12٣ 4-+.,:%#،«»!/中（）", min_size=1, max_size=24))
def test_S4_characters_stand_in_the_order_of_the_bidirectional_algorithm(text: str, base: int) -> None:
    wanted = bidi.get_display(text, base_dir="RL"[1 - base])
    assert displayed(text, base) == wanted


@pytest.mark.parametrize(
    ("text", "base", "levels"),
    [
        ("ab\u202bcd\u202cef", 0, "00022200"),  # an embedding holds Latin at an even level
        ("a\u202eb\u202cc", 0, "00110"),  # an override turns it round
        ("א\u2066b(\u2069ג", 1, "112211"),  # an isolate is one neutral; its bracket has no partner outside
        ("א\u2068ab\u2069ג", 1, "112211"),
        ("a(א)b", 0, "00100"),  # brackets in Chinese or Latin belong to it
        ("א(b)ג", 1, "11211"),
        ("א 12,5 ג", 1, "11222211"),
        ("א 12-5", 1, "112222"),
        ("غ 12-5", 1, "112212"),  # numbers after Arabic are not joined by a hyphen
        ("12%", 1, "222"),
    ],
)
def test_S4_levels_of_embeddings_isolates_brackets_and_numbers(text: str, base: int, levels: str) -> None:
    assert "".join(map(str, embedding_levels(text, base))) == levels


def test_S4_a_closing_bracket_without_its_partner_is_a_neutral() -> None:
    assert embedding_levels("א)a", 1) == [1, 1, 2]
    assert embedding_levels("a(א", 0) == [0, 0, 1]


def test_S4_chinese_marks_between_words_do_not_turn_them_round() -> None:
    text = f"{UYGHUR}、{HEBREW}。"
    assert paragraph_levels(text, leftward=False)[len(UYGHUR)] == 0
    assert embedding_levels(text, 0)[len(UYGHUR)] == 1  # what plain text would show: the second word first
    assert paragraph_levels(f"{UYGHUR}، {HEBREW}", leftward=False) == [1] * (len(UYGHUR) + 2 + len(HEBREW))


def test_parts_are_reversed_from_the_deepest_level_on() -> None:
    assert reordered([0, 1, 1, 0]) == [0, 2, 1, 3]
    assert reordered([1, 2, 2, 1]) == [3, 1, 2, 0]
    assert reordered([]) == []
