"""A paragraph: analysed once, then broken and set in whatever measures the frames turn out to have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import overload

from .fonts.advances import letters_of
from .items import LETTER_BY_LETTER, PARTED_WORDS, WHOLE_WORDS, Items
from .justification import LinePiece, SetLine, available_width, justify
from .line_breaking import (
    INFINITE,
    WORST_RATIO,
    BreakGraphs,
    BreakResult,
    Widths,
    exactly,
    first_fit,
    line_range,
    loosest,
    optimum,
)
from .setting import BODY_SETTING, Breaking, ComposerFace, LineSetting, TextRun
from .spacing import BREAK_PENALTIES, FAIR_STRETCH, FORBIDDEN, GOOD_STRETCH

__all__ = ["BODY_SETTING", "ComposerFace", "LinePiece", "LineSetting", "Paragraph", "SetLine", "TextRun"]


LOOKS_WELL, NOTICEABLE = (
    1.0,
    0.5,
)  # ratios of a line: up to which its gaps are good, and from which they can be reported at all


class Paragraph:
    """Runs of text in a setting. Making one analyses its characters; breaking it then costs little and is kept.

    Offsets count characters of the runs' text, one after another. `measures` are em, one a line, the last repeated.
    """

    def __init__(self, runs: Sequence[TextRun], setting: LineSetting, faces: Mapping[str, ComposerFace]) -> None:
        self.runs = tuple(runs) or (TextRun("", next(iter(faces))),)
        self.setting = setting
        self.text = "".join([run.text for run in self.runs])
        digit_width = round(setting.digit_width * 1000)
        self._letters = [letters_of(faces[run.face], digit_width) for run in self.runs]
        self._analysed: dict[tuple[int, int], Items] = {}
        self._graphs: dict[tuple[int, int], BreakGraphs] = {}  # by the key of `_analysed`
        self._broken: dict[tuple[object, ...], list[int] | None] = {}
        self._found: dict[tuple[object, ...], BreakResult] = {}

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
        widths = self._available_widths(measures)
        key = (widths, breaking, lines, tuple(frame_ends))
        if key not in self._broken:
            self._broken[key] = self._break(widths, breaking, lines, frame_ends)
        known = self._broken[key]
        return None if known is None else list(known)

    def line_range(self, measures: Sequence[float]) -> tuple[int, int, int]:
        """The fewest, the best and the most lines that the paragraph can fairly take."""
        natural = len(self.break_lines(measures))
        if natural < 2:
            return natural, natural, natural
        fewest, most = line_range(self._items(WHOLE_WORDS), self._available_widths(measures))
        return min(fewest, natural), natural, max(most, natural)

    def lines(self, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
        """The lines that end at these offsets, justified; an offset inside a word hyphenates it.

        Raises ValueError for an offset where no line can end.
        """
        return justify(*self._items_ending(ends, measures), measures)

    def looseness(self, ends: Sequence[int], measures: Sequence[float]) -> float:
        """What the gaps between Han are given in the loosest of the lines that end there, by what looks well."""
        return loosest(*self._items_ending(ends, measures), self._available_widths(measures)) / GOOD_STRETCH

    def _items_ending(self, ends: Sequence[int], measures: Sequence[float]) -> tuple[Items, list[int]]:
        """The text analysed so that lines can end at these offsets, and the items before which they end."""
        narrowest = min(self._available_widths(measures))
        for key in dict.fromkeys(((WHOLE_WORDS, 0), (PARTED_WORDS, 0), *self._analysed, (LETTER_BY_LETTER, narrowest))):
            items = self._items(*key)
            if not items.size:
                return items, [0] * len(ends)
            places = [items.item_at(end) for end in ends[:-1]]
            if None not in places:
                return items, [*filter(None, places), items.size]
        raise ValueError(f"no line can end at every one of {list(ends)}")

    def _items(self, split: int = WHOLE_WORDS, narrowest: int = 0) -> Items:
        key = split, narrowest
        if key not in self._analysed:
            self._analysed[key] = Items(self.text, self.runs, self.setting, self._letters, *key)
        return self._analysed[key]

    def _available_widths(self, measures: Sequence[float]) -> Widths:
        """What the lines have, in thousandths of an em; measures that repeat are reported once."""
        setting = self.setting
        widths = [available_width(setting, measures[0], first=True)]
        widths += [available_width(setting, measure, first=False) for measure in measures[1:] or measures]
        while len(widths) > 1 and widths[-1] == widths[-2]:
            del widths[-1]
        return tuple(widths)

    def _break(
        self, widths: Widths, breaking: Breaking, lines: int | None, frame_ends: Collection[int]
    ) -> list[int] | None:
        whole = self._items(WHOLE_WORDS)
        if not whole.size:
            return [len(self.text)] if self.text and lines in (None, 1) else [] if lines is None else None
        items, broken = whole, self._solutions(whole, widths, breaking, lines, frame_ends)
        # Where a Western word or number does not fit, words are parted, and that is taken if it is better (rule B4).
        for split, limit in ((PARTED_WORDS, 1.0), (LETTER_BY_LETTER, WORST_RATIO)):
            if (broken is None or broken.worst > limit) and (whole.has_words or whole.widest > min(widths)):
                parted = self._items(split, min(widths) if split == LETTER_BY_LETTER else 0)
                other = self._solutions(parted, widths, breaking, lines, frame_ends)
                if other and other.better_than(broken):
                    items, broken = parted, other
        if broken is None:
            return None
        return [*map(items.offset, broken.ends[:-1]), len(self.text)]

    def _solutions(
        self, items: Items, widths: Widths, breaking: Breaking, lines: int | None, frame_ends: Collection[int]
    ) -> BreakResult | None:
        if lines is not None:
            met = exactly(items, widths, lines, frame_ends)
            if met is None:  # unless that is what the paragraph takes by itself
                best = self._best(items, widths, frame_ends)
                fair = len(best.ends) == lines and loosest(items, best.ends, widths) <= FAIR_STRETCH
                met = best if fair and not (lines > 1 and best.ends[-2] >= items.runt) else None
            return met
        if breaking == "first-fit":
            ends = first_fit(items, widths)
            crowded = items.has_words or items.widest > min(widths)
            worst = loosest(items, ends, widths) / GOOD_STRETCH if crowded else 0.0
            return BreakResult(ends, worst**3 + _break_penalties(items, ends), worst)
        return self._best(items, widths, frame_ends)

    def _best(self, items: Items, widths: Widths, frame_ends: Collection[int]) -> BreakResult:
        """The optimum; where that does not look well, with gaps between Han that give (rule E12); and nowhere that the
        eye sees it looser than the plain way. Kept: whether other lines will do is asked after these are found."""
        key = items.split, items.narrowest, widths, tuple(frame_ends)
        if key not in self._found:
            self._found[key] = self._find_best(items, widths, frame_ends)
        return self._found[key]

    def _find_best(self, items: Items, widths: Widths, frame_ends: Collection[int]) -> BreakResult:
        graphs = self._graphs.setdefault((items.split, items.narrowest), {})
        best, squeeze = optimum(items, widths, frame_ends, graphs=graphs), False
        if best.worst > LOOKS_WELL and items.tight:
            closer = optimum(items, widths, frame_ends, squeeze=True, graphs=graphs)
            if closer.better_than(best):
                best, squeeze = closer, True
        if best.worst > NOTICEABLE:
            ends = first_fit(items, widths)
            worst, plain = loosest(items, best.ends, widths), loosest(items, ends, widths)
            if plain < worst and not (len(ends) > 1 and ends[-2] >= items.runt):
                no_looser = optimum(items, widths, frame_ends, squeeze, plain, graphs)
                return BreakResult(ends, best.cost, plain / GOOD_STRETCH) if no_looser.cost == INFINITE else no_looser
        return best


def _break_penalties(items: Items, ends: Sequence[int]) -> float:
    return sum(BREAK_PENALTIES[items.penalties[end]] for end in ends if items.penalties[end] != FORBIDDEN)
