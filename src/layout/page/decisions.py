"""What fitting decided: the one thing that make-up takes besides issue and style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field


class CopyfitDecisions(Struct, frozen=True):
    """What make-up does otherwise than it would by itself.

    `heights`: page → lines of each row of its map. `steps`: article → grades by which its headline is smaller than the
    largest; below 0, grades by which it is larger than it would be. `no_deck`: articles without their deck. `crops`:
    picture in a text → lines by which it is higher than by its own shape. `gaps`: article → lines added over it.
    `tracking`: article → em added to each character.
    """

    heights: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    grades: Mapping[str, int] = field(default_factory=dict)
    no_deck: frozenset[str] = frozenset()
    crops: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)
    tracking: Mapping[str, float] = field(default_factory=dict)

    def adjustments(self) -> Iterator[tuple[str, str]]:
        """The adjustments taken: measure, and the article, or picture, that it was taken on."""
        taken: dict[str, Iterable[str]] = {
            "headline": self.grades,
            "deck": self.no_deck,
            "crop": self.crops,
            "spacing": self.gaps,
            "tracking": self.tracking,
        }
        return ((measure, id) for measure, ids in taken.items() for id in sorted(ids))


NO_DECISIONS = CopyfitDecisions()
