"""The decisions of copyfitting: besides issue and style, the only input of make-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field


class CopyfitDecisions(Struct, frozen=True):
    """Where make-up departs from its defaults.

    `heights`: page → lines of each row of its map. `grades`: article → grades by which its headline is smaller than the
    largest; below 0, grades by which it is larger than its default. `no_deck`: articles without their deck. `crops`:
    picture in a text → lines added to the height of its own shape. `gaps`: article → lines added over it. `tracking`:
    article → em added to each character.
    """

    heights: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    grades: Mapping[str, int] = field(default_factory=dict)
    no_deck: frozenset[str] = frozenset()
    crops: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)
    tracking: Mapping[str, float] = field(default_factory=dict)

    def adjustments(self) -> Iterator[tuple[str, str]]:
        """The adjustments made: the kind, and the id of the article or picture."""
        taken: dict[str, Iterable[str]] = {
            "headline": self.grades,
            "deck": self.no_deck,
            "crop": self.crops,
            "spacing": self.gaps,
            "tracking": self.tracking,
        }
        return ((measure, id) for measure, ids in taken.items() for id in sorted(ids))


NO_DECISIONS = CopyfitDecisions()
