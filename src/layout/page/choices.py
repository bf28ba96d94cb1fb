"""What fitting decided: the one thing that make-up takes besides issue and style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choices:
    """`heights`: page → lines of each row of its map. `steps`: article → grades by which its headline is smaller than
    the largest. `no_deck`: articles without their deck. `tracking`: article → em added to each character."""

    heights: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    no_deck: frozenset[str] = frozenset()
    tracking: Mapping[str, float] = field(default_factory=dict)


AS_WRITTEN = Choices()
