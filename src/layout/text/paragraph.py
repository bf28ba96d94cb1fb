"""A paragraph: analysed once, then broken into lines and justified in any measures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import overload

from .class_sets import HYPHEN_PART
from .fonts.advances import letters_of
from .hyphenation import HYPHENS_RUNNING
from .items import LETTER_BY_LETTER, PARTED_WORDS, WHOLE_WORDS, Items
from .justification import LinePiece, SetLine, available_width, justify
from .language_classes import is_western
from .line_breaking import (
    INFINITE,
    OVERFULL_RATIO,
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


LOOKS_WELL = 1.0  # the ratio of a line up to which its gaps look well
NOTICEABLE = 0.5  # the ratio over which first fit is compared with the optimum


class Paragraph:
    """Runs of text in a setting; results of breaking it are cached.

    Offsets count the characters of all runs. `measures` are in em, one a line, the last repeated.
    """

    def __init__(self, runs: Sequence[TextRun], setting: LineSetting, faces: Mapping[str, ComposerFace]) -> None:
        self.runs = tuple(runs) or (TextRun("", next(iter(faces))),)
        self.setting = setting
        self.text = "".join([run.text for run in self.runs])
        digit_width = round(setting.digit_width * 1000)
        self._letters = [
            letters_of(faces[run.face], digit_width, is_western(run.language or setting.language)) for run in self.runs
        ]
        self._first_split = PARTED_WORDS if setting.hyphenate and setting.language.startswith("en") else WHOLE_WORDS
        self._analysed: dict[tuple[int, int], Items] = {}
        self._graphs: dict[tuple[int, int, tuple[int, ...]], BreakGraphs] = {}  # by the key of `_analysed`, `closed`
        self._broken: dict[tuple[object, ...], list[int] | None] = {}
        self._found: dict[tuple[object, ...], BreakResult] = {}

    @property
    def characters(self) -> int:
        """The number of characters of the text."""
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

        Args:
            measures: Widths of the lines, em.
            breaking: First fit, or the optimum over the whole paragraph.
            lines: Exactly so many lines, none looser than is fair (0.20 em a gap, rule E12).
            frame_ends: Numbers of the lines, from 0, that are the last of their frame. Where it costs little these
                do not end in a function word or between a number and its unit.

        Returns:
            The offsets; None where the paragraph cannot be set in `lines` lines.
        """
        widths = self._available_widths(measures)
        key = (widths, breaking, lines, tuple(frame_ends))
        if key not in self._broken:
            self._broken[key] = self._break(widths, breaking, lines, frame_ends)
        ends = self._broken[key]
        return None if ends is None else list(ends)

    def line_range(self, measures: Sequence[float]) -> tuple[int, int, int]:
        """The fewest lines, the number of lines of the best breaking, and the most; none looser than fair (E12)."""
        natural = len(self.break_lines(measures))
        if natural < 2:
            return natural, natural, natural
        fewest, most = line_range(self._items(self._first_split), self._available_widths(measures))
        return min(fewest, natural), natural, max(most, natural)

    def lines(self, ends: Sequence[int], measures: Sequence[float]) -> list[SetLine]:
        """The lines that end at these offsets, justified; an offset inside a word hyphenates it.

        Raises:
            ValueError: No line can end at one of the offsets.
        """
        return justify(*self._items_ending(ends, measures), measures)

    def looseness(self, ends: Sequence[int], measures: Sequence[float]) -> float:
        """What is added to each Han gap of the loosest of these lines, divided by what looks well."""
        return loosest(*self._items_ending(ends, measures), self._available_widths(measures)) / GOOD_STRETCH

    def _items_ending(self, ends: Sequence[int], measures: Sequence[float]) -> tuple[Items, list[int]]:
        """Items that begin at all these offsets, and the numbers of those items."""
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
        """The widths of the lines without indents, thousandths of an em; equal ones at the end are given once."""
        setting = self.setting
        widths = [available_width(setting, measures[0], first=True)]
        widths += [available_width(setting, measure, first=False) for measure in measures[1:] or measures]
        while len(widths) > 1 and widths[-1] == widths[-2]:
            del widths[-1]
        return tuple(widths)

    def _break(
        self, widths: Widths, breaking: Breaking, lines: int | None, frame_ends: Collection[int]
    ) -> list[int] | None:
        whole = self._items(self._first_split)
        if not whole.size:
            return [len(self.text)] if self.text and lines in (None, 1) else [] if lines is None else None
        items, broken = whole, self._breaks_of(whole, widths, breaking, lines, frame_ends)
        # Where a Western word or number does not fit, words are divided if that is better (rule B4).
        for split, limit in ((PARTED_WORDS, 1.0), (LETTER_BY_LETTER, WORST_RATIO)):
            if (broken is None or broken.worst > limit) and (whole.has_words or whole.widest > min(widths)):
                divided = self._items(split, min(widths) if split == LETTER_BY_LETTER else 0)
                other = self._breaks_of(divided, widths, breaking, lines, frame_ends)
                if other and other.better_than(broken):
                    items, broken = divided, other
        if items.split and broken is not None and self.setting.language.startswith("en"):
            items, broken = self._with_fewer_hyphens(items, broken, widths, breaking, lines, frame_ends)
        if broken is None:
            return None
        return [*map(items.offset, broken.ends[:-1]), len(self.text)]

    def _with_fewer_hyphens(
        self,
        items: Items,
        broken: BreakResult,
        widths: Widths,
        breaking: Breaking,
        lines: int | None,
        frame_ends: Collection[int],
    ) -> tuple[Items, BreakResult]:
        """The breaks without a row of more than HYPHENS_RUNNING hyphens, where there are such (rule L8)."""
        for _ in broken.ends:
            hyphens = [items.shape[end - 1] == HYPHEN_PART for end in broken.ends]
            rows = range(HYPHENS_RUNNING, len(hyphens))
            third = next((row for row in rows if all(hyphens[row - HYPHENS_RUNNING : row + 1])), None)
            if third is None:
                break
            other = items.without_break(broken.ends[third])
            further = self._breaks_of(other, widths, breaking, lines, frame_ends)
            if further is None or further.worst >= OVERFULL_RATIO > broken.worst:
                break
            items, broken = other, further
        return items, broken

    def _breaks_of(
        self, items: Items, widths: Widths, breaking: Breaking, lines: int | None, frame_ends: Collection[int]
    ) -> BreakResult | None:
        if lines is not None:
            exact = exactly(items, widths, lines, frame_ends, self._graphs_of(items))
            if exact is None:  # the optimum may have so many lines
                best = self._best(items, widths, frame_ends)
                fair = len(best.ends) == lines and loosest(items, best.ends, widths) <= FAIR_STRETCH
                exact = best if fair and not (lines > 1 and best.ends[-2] >= items.runt) else None
            return exact
        if breaking == "first-fit":
            ends = first_fit(items, widths)
            crowded = items.has_words or items.widest > min(widths)
            worst = loosest(items, ends, widths) / GOOD_STRETCH if crowded else 0.0
            return BreakResult(ends, worst**3 + _break_penalties(items, ends), worst)
        return self._best(items, widths, frame_ends)

    def _best(self, items: Items, widths: Widths, frame_ends: Collection[int]) -> BreakResult:
        """The optimum, cached. Where it does not look well gaps between Han may shrink (rule E12), and where it is
        noticeably looser than first fit it is limited to what first fit needs."""
        key = items.split, items.narrowest, items.closed, widths, tuple(frame_ends)
        if key not in self._found:
            self._found[key] = self._find_best(items, widths, frame_ends)
        return self._found[key]

    def _graphs_of(self, items: Items) -> BreakGraphs:
        return self._graphs.setdefault((items.split, items.narrowest, items.closed), {})

    def _find_best(self, items: Items, widths: Widths, frame_ends: Collection[int]) -> BreakResult:
        graphs = self._graphs_of(items)
        best, squeeze = optimum(items, widths, frame_ends, graphs=graphs), False
        if best.worst > LOOKS_WELL and items.tight:
            closer = optimum(items, widths, frame_ends, squeeze=True, graphs=graphs)
            if closer.better_than(best):
                best, squeeze = closer, True
        if best.worst > NOTICEABLE:
            ends = first_fit(items, widths)
            worst, limit = loosest(items, best.ends, widths), loosest(items, ends, widths)
            if limit < worst and not (len(ends) > 1 and ends[-2] >= items.runt):
                no_looser = optimum(items, widths, frame_ends, squeeze, limit, graphs)
                return BreakResult(ends, best.cost, limit / GOOD_STRETCH) if no_looser.cost == INFINITE else no_looser
        return best


def _break_penalties(items: Items, ends: Sequence[int]) -> float:
    return sum(BREAK_PENALTIES[items.penalties[end]] for end in ends if items.penalties[end] != FORBIDDEN)
