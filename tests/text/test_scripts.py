"""Sub- and superscripts as plain characters, and the parts of a fraction side by side."""

from __future__ import annotations

import pytest

from layout.text.fonts.scripts import _OVERLAP, lowered, placed, raised


def test_scripts_are_plain_characters_where_unicode_has_all_of_them() -> None:
    assert (lowered("2"), lowered("n+1"), raised("-3"), raised("th")) == ("₂", "ₙ₊₁", "⁻³", "ᵗʰ")
    assert (lowered("２"), raised("３")) == ("₂", "³")  # of any width


@pytest.mark.parametrize("text", ["注", "2注", "注2"])
def test_scripts_are_none_where_unicode_lacks_one_of_them(text: str) -> None:
    assert (lowered(text), raised(text)) == ("", "")


@pytest.mark.parametrize("bar", "/\u2044")
def test_a_fraction_s_bar_reaches_into_what_stands_on_both_sides(bar: str) -> None:
    parts, width = placed([("1", 0.5, 0.3), (bar, 1.0, 0.0), ("2", 0.5, 0.0)], [0.5, 0.25, 0.5])
    assert [part[1] for part in parts] == pytest.approx([0, 0.25 - _OVERLAP, 0.5 - 2 * _OVERLAP])
    assert width == pytest.approx(0.75 - 2 * _OVERLAP)
    assert placed([(bar, 1.0, 0.0)], [0.25])[1] == 0.25
