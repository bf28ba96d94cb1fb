"""A paragraph: analysed once, then broken and set in whatever measures the frames turn out to have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import overload

from .advances import letters_of
from .breaking import Broken, Rooms, exactly, first_fit, line_range, loosest, optimum
from .items import LETTER_BY_LETTER, PARTED, WHOLE_WORDS, Items
from .justify import Piece, SetLine, justify, room
from .setting import BODY, Breaking, Face, Run, Setting

__all__ = ["BODY", "Face", "Paragraph", "Piece", "Run", "SetLine", "Setting"]


HOPELESS = 100.0  # a ratio that only a line without a place to stretch has


class Paragraph:
    """Runs of text in a setting. Making one analyses its characters; breaking it then costs little and is kept.

    Offsets count characters of the runs' text, one after another. `measures` are em, one a line, the last repeated.
    """

    def __init__(self, runs: Sequence[Run], setting: Setting, faces: Mapping[str, Face]) -> None:
        self.runs = tuple(runs) or (Run("", next(iter(faces))),)
        self.setting = setting
        self.text = "".join([run.text for run in self.runs])
        digit_width = round(setting.digit_width * 1000)
        self._letters = [letters_of(faces[run.face], digit_width) for run in self.runs]
        self._analysed: dict[int, Items] = {}
        self._broken: dict[tuple[object, ...], list[int] | None] = {}

    @property
    def characters(self) -> int:
        """How many characters the text has."""
        return len(self.text)

    @overload
    def break_lines(
        self,
        measures: Sequence[float],
        breaking: Breaking = ...,
        lines: None = ...,
        frame_ends: Collection[int] = ...,
    ) -> list[int]: ...
    @overload
    def break_lines(
        self, measures: Sequence[float], breaking: Breaking = ..., *, lines: int, frame_ends: Collection[int] = ...
    ) -> list[int] | None: ...
    def break_lines(
        self,
        measures: Sequence[float],
        breaking: Breaking = "optimum",
        lines: int | None = None,
        frame_ends: Collection[int] = (),
    ) -> list[int] | None:
        """Where the lines end, as offsets; the last is the number of characters.

        With `lines`, the best breaking with exactly so many lines, none of which is looser than is fair (0.20 em a
        gap, rule E12), or None. `frame_ends` are numbers of lines, from 0, that are the last of their frame: those
        do not end in a function word, nor part a number from its unit, if that costs little.
        """
        rooms = self._rooms(measures)
        key = (rooms, breaking, lines, tuple(frame_ends))
        if key not in self._broken:
            self._broken[key] = self._break(rooms, breaking, lines, frame_ends)
        known = self._broken[key]
        return None if known is None else list(known)

    def line_range(self, measures: Sequence[float]) -> tuple[int, int, int]:
        """The fewest, the best and the most lines that the paragraph can fairly take."""
        natural = len(self.break_lines(measures))
        if natural < 2:
            return natural, natural, natural
        fewest, most = line_range(self._items(WHOLE_WORDS), self._rooms(measures))
        return min(fewest, natural), natural, max(most, natural)

    def lines(self, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
        """The lines that end at these offsets, justified; an offset inside a word hyphenates it.

        Raises ValueError for an offset where no line can end.
        """
        for split in (WHOLE_WORDS, PARTED, LETTER_BY_LETTER):
            items = self._items(split)
            if not items.size:
                return justify(items, [0] * len(ends), measures)
            places = [items.item_at(end) for end in ends[:-1]]
            if None not in places:
                return justify(items, [*filter(None, places), items.size], measures)
        raise ValueError(f"no line can end at every one of {list(ends)}")

    def _items(self, split: int) -> Items:
        if split not in self._analysed:
            self._analysed[split] = Items(self.text, self.runs, self.setting, self._letters, split)
        return self._analysed[split]

    def _rooms(self, measures: Sequence[float]) -> Rooms:
        """What the lines have, in thousandths of an em; measures that repeat are told once."""
        setting = self.setting
        rooms = [room(setting, measures[0], first=True)]
        rooms += [room(setting, measure, first=False) for measure in measures[1:] or measures]
        while len(rooms) > 1 and rooms[-1] == rooms[-2]:
            del rooms[-1]
        return tuple(rooms)

    def _break(
        self, rooms: Rooms, breaking: Breaking, lines: int | None, frame_ends: Collection[int]
    ) -> list[int] | None:
        whole = self._items(WHOLE_WORDS)
        if not whole.size:
            return [len(self.text)] if self.text and lines in (None, 1) else [] if lines is None else None
        narrowest = min(rooms)
        items, broken = whole, self._ways(whole, rooms, breaking, lines, frame_ends)
        crowded = whole.widest > narrowest or (broken is not None and broken.worst > HOPELESS)
        if whole.has_words and (crowded or broken is None or broken.worst > 1):
            # A Western word did not fit: part words, and take that where it is better (rule B4).
            parted = self._items(PARTED)
            other = self._ways(parted, rooms, breaking, lines, frame_ends)
            if crowded and (parted.widest > narrowest or other is None or other.worst > HOPELESS):
                parted = self._items(LETTER_BY_LETTER)
                other = self._ways(parted, rooms, breaking, lines, frame_ends)
            if other and (crowded or broken is None or (other.cost, other.worst) < (broken.cost, broken.worst)):
                items, broken = parted, other
        if broken is None:
            return None
        return [*map(items.offset, broken.ends[:-1]), len(self.text)]

    def _ways(
        self, items: Items, rooms: Rooms, breaking: Breaking, lines: int | None, frame_ends: Collection[int]
    ) -> Broken | None:
        if lines is not None:
            return exactly(items, rooms, lines, frame_ends)
        if breaking == "first-fit":
            ends = first_fit(items, rooms)
            return Broken(ends, 0.0, loosest(items, ends, rooms) if items.has_words else 0.0)
        best = optimum(items, rooms, frame_ends)
        if best.worst > 1:  # never worse than the plain way
            ends = first_fit(items, rooms)
            worst = loosest(items, ends, rooms)
            if worst < best.worst:
                return Broken(ends, best.cost, worst)
        return best
