"""Items: the units of a paragraph between which a line may end, with their widths, shrink, stretch and penalties."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import accumulate, groupby
from operator import add, itemgetter, sub
from typing import cast

from ..runtime.memo import cached_attribute
from .adjacency import resolved_classes
from .characters import (
    COMBINED,
    EM,
    FILLS_VERTICAL_CELL,
    KIND_OF,
    SIGNS_BETWEEN_WORDS,
    SPACES,
    TO_WESTERN_MARKS,
    WHOLE_UNIT,
    kinds,
    whole_combined,
    with_western_marks,
)
from .class_sets import (
    DIVISIBLE_WORDS,
    HAN_UNDER_RUBY,
    HYPHEN_PART,
    MARKS,
    MEASURED,
    NO_TYPE,
    NOT_AT_LINE_START,
    NUMBER,
    WESTERN_WORD,
    WHITE_BEFORE_RUBY,
)
from .fonts.advances import LetterAdvances
from .fonts.measures import unit_breaks
from .hyphenation import RANGE, hyphenated_parts
from .hyphenation import letter_parts as every_letter
from .language import DEFAULT_LANGUAGE
from .language_classes import KOREAN_WORD, is_western, kinds_in, korean_parts
from .person_names import name_breaks
from .setting import LineSetting, TextRun
from .shaping.scripts import COMPLEX
from .shaping.shaper import ShapingFace
from .shaping.words import WordPart, is_chinese, paragraph_levels, shaped_parts
from .spacing import (
    FAIR_STRETCH,
    FORBIDDEN,
    FREE_BREAK,
    GOOD_STRETCH,
    HANGING,
    LINE_END,
    NAME_BREAK,
    REST,
    RUBY_GAP,
    RUBY_OVERHANG,
    SUPERSCRIPT_SIZE,
    UNIT,
    tables,
)

HAN_SLACK, WORDS_SLACK = 2 * EM, 6 * EM
WHITE_CHARACTERS = SPACES + "\u3000"
WHOLE_WORDS, PARTED_WORDS, LETTER_BY_LETTER = range(3)  # how far Western words are divided
_ENDS_IN_WHITE = LINE_END.kinds.encode()
_MEASURED = re.compile(rb"[%b]" % re.escape("".join(sorted(MEASURED)).encode()))
_MEASURED_CLASSES = frozenset(map(ord, MEASURED))
# Items whose origin is not the left edge of one character's cell.
_COMPLEX = re.compile(rb"[ANuvlrBUREwJSXT=e_zZoQ:\-/~]")
_REST = bytes(step == REST for step in range(256))
_FAIR = bytes((FAIR_STRETCH - GOOD_STRETCH) * (step == REST) for step in range(256))
_FORBIDDEN_TABLE = bytes(255) + b"\1"
_LONG_RUN = b"\1" * 64


class Items:
    """The items of a text; lengths are thousandths of the setting's em.

    `tokens` are the characters of each item, `shape` its class; `starts` is what a line saves that starts with an
    item, `tails` what one saves that ends before it. Entry k of a prefix sum is the sum over the items before item k.
    `split` is how far Western words are divided: not at all; at hyphens and marks of addresses; letter by letter if
    they are addresses or wider than half of the `narrowest` line.
    """

    def __init__(
        self,
        text: str,
        runs: Sequence[TextRun],
        setting: LineSetting,
        letters: Sequence[LetterAdvances],
        split: int = WHOLE_WORDS,
        narrowest: int = 0,
    ) -> None:
        self.text, self.runs, self.setting, self.letters = text, runs, setting, letters
        self.split, self.narrowest = split, narrowest
        self.tables = tables(setting)
        self.tight = round(setting.tight * EM)
        self.lead = len(text) - len(text.lstrip(WHITE_CHARACTERS))
        self.bounds = [*accumulate([len(run.text) for run in runs], initial=0)][:-1]
        self.sizes = [run.size * (SUPERSCRIPT_SIZE if run.superscript else 1) for run in runs]
        # The runs' languages, where they are not all one; else the setting's holds for all of the text.
        self.languages = [run.language or setting.language for run in runs] if any(run.language for run in runs) else []
        self.tokens: list[str] = []
        self.whole: list[int] = []  # items of several characters
        self.rubies: dict[int, int] = {}  # item → its run
        self.cells: dict[int, int] = {}  # item → em that it takes on a vertical line
        self.insets: dict[int, int] = {}  # item with ruby → white before its first character
        self.words: dict[int, WordPart] = {}  # items that are shaped
        self.levels: list[int] | None = None  # of the bidirectional algorithm, where any item has another than 0
        classes = self._cut(text[self.lead :].rstrip(WHITE_CHARACTERS))
        # How many characters more than items there are before each item of several characters, and after the last.
        self.more = [*accumulate([len(self.tokens[k]) - 1 for k in self.whole], initial=0)]
        self.shape = self._classify(classes)
        self.size = len(self.shape)
        # Columns of the table, one entry an item and one for the paragraph's end. They are tuples of numbers, which
        # the garbage collector does not track.
        columns = [*self.tables.columns(self.shape)]
        advance, self._own, self.starts, tail, self._white = columns[:5]
        self._shrink, self._stretch, self._shrinkability, step, stretchability, penalty = columns[5:]
        self.step, self.stretchability = bytes(step), bytes(stretchability)
        self.scales = self._scales()
        self.measured = {k: self._measure(k) for k in map(_start, _MEASURED.finditer(self.shape))}
        if self.rubies:
            self.measured |= self._rubies()
        if self.cells:
            self.measured |= self._cells()
        self.advance = self._widths(advance)
        self.width = tuple(accumulate(self.advance, initial=0))
        self.tails = self._tails(tail)
        self.penalties = self._with_name_penalties(bytes(penalty))
        self.barred = self.penalties.translate(_FORBIDDEN_TABLE)
        self.long_runs = _LONG_RUN in self.barred  # whether there are unbreakable rows of items longer than lines
        self.closed: tuple[int, ...] = ()  # items before which `without_break` lets no line end
        self._marks = (0, 0)  # start and end of a row of closing marks
        self._free = (0, -1)  # an item, and the first one from it on before which a line may end

    # --- from text to classes

    def _cut(self, body: str) -> dict[int, str]:
        """Fills `tokens`; returns the classes of items that do not follow from their characters."""
        if self.setting.direction == "leftward" or COMPLEX.search(body):
            return self._cut_shaped(body)
        classes: dict[int, str] = {}
        body, at = self._with_marks(body), 0
        for number, run in enumerate(self.runs):
            unit = run.ruby or run.tag == "speaker" or run.cells
            if unit or run.superscript:
                start, end = max(self.bounds[number] - self.lead, 0), self.bounds[number] + len(run.text) - self.lead
                if start < end and body[start:end].strip(WHITE_CHARACTERS):
                    self._cut_text(body, at, start, classes)
                    at = min(end, len(body))
                    item = len(self.tokens)
                    classes[item] = "H" if unit else "X"
                    if run.cells:
                        self.cells[item] = run.cells
                    elif unit:
                        self.rubies[item] = number
                    self._add(body[start:at])
        self._cut_text(body, at, len(body), classes)
        return classes

    def _cut_shaped(self, body: str) -> dict[int, str]:
        """The same for a text with words that are shaped, or that runs from right to left; fills `words`, `levels`."""
        classes: dict[int, str] = {}
        leftward = self.setting.direction == "leftward"
        levels, at = paragraph_levels(body, leftward=leftward), 0
        faces = [cast(ShapingFace, letters.face) for letters in self.letters]
        typed = self._with_marks(body)
        for part in shaped_parts(body, levels, lambda at: self.run_at(at + self.lead), faces):
            before = typed[at : part.start]
            word = before.rstrip(SPACES)
            if not word or is_chinese(word[-1]):
                before = word
            self._cut_text(typed, at, at + len(before), classes)
            end = part.end
            while end < len(body) and body[end] in SPACES:  # white belongs to the word before it, else to the next
                end += 1
            classes[len(self.tokens)] = part.kind
            self.words[len(self.tokens)] = part
            self._add(body[at + len(before) : end])
            at = end
        self._cut_text(typed, at, len(typed), classes)
        if leftward or any(level & 1 for level in levels):
            ends = accumulate(map(len, self.tokens), initial=0)
            self.levels = [
                levels[start + len(token) - len(token.lstrip(SPACES))] if token.strip(SPACES) else int(leftward)
                for start, token in zip(ends, self.tokens, strict=False)
            ]
        return classes

    def _with_marks(self, body: str) -> str:
        """The text with placeholders for the marks of Western words."""
        if "“" in body or "”" in body or "’" in body or "‘" in body:
            body = with_western_marks(body)
        if self.languages or self.setting.language != DEFAULT_LANGUAGE:
            body = self._with_marks_of_languages(body)
        return body

    def _with_marks_of_languages(self, body: str) -> str:
        """The text with placeholders for all proportional marks of its English and Korean (rule L7)."""
        out = []
        for start, end, language in self._stretches(0, len(body)):
            part = body[start:end]
            out.append(part.translate(TO_WESTERN_MARKS) if is_western(language) else part)
        return "".join(out)

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """A part of the text after its lead, divided by language."""
        if not self.languages:
            yield start, end, self.setting.language
            return
        at = start
        for number, language in enumerate(self.languages):
            further = self.languages[number + 1 :]
            if further and further[0] == language:
                continue
            stop = min(self.bounds[number + 1] - self.lead, end) if further else end
            if stop > at:
                yield at, stop, language
                at = stop

    def language_at(self, offset: int) -> str:
        """The language of a character."""
        return self.languages[self.run_at(offset)] if self.languages else self.setting.language

    def _cut_text(self, body: str, start: int, end: int, classes: dict[int, str]) -> None:
        """Cuts part of the text into items. Spaces beside Korean belong to its words."""
        if "ko" not in (self.languages or (self.setting.language,)):
            self._cut_plain(body[start:end], classes, start)
            return
        parts = [*self._stretches(start, end)]
        for number, (first, last, language) in enumerate(parts):
            if language != "ko":
                while last > first and number + 1 < len(parts) and body[last - 1] in SPACES:
                    last -= 1
                while first < last and number and body[first] in SPACES:
                    first += 1
                self._cut_plain(body[first:last], classes, first)
                continue
            while number and first > start and body[first - 1] in SPACES:
                first -= 1
            while number + 1 < len(parts) and last < end and body[last] in SPACES:
                last += 1
            self._cut_korean(body[first:last], classes)

    def _cut_korean(self, body: str, classes: dict[int, str]) -> None:
        at = 0
        for found in KOREAN_WORD.finditer(body):
            self.tokens += body[at : found.start()]
            at, token = found.end(), found[0]
            parts = korean_parts(token) if self.split and self.setting.hyphenate else [(token, "")]
            for part, kind in parts:
                if part.strip(SPACES):
                    classes[len(self.tokens)] = kind or "A"
                self._add(part)
        self.tokens += body[at:]

    def _add(self, token: str) -> None:
        if len(token) > 1:
            self.whole.append(len(self.tokens))
        self.tokens.append(token)

    def _cut_plain(self, body: str, classes: dict[int, str], start: int) -> None:
        tokens, at = self.tokens, 0
        for found in (whole_combined() if COMBINED.search(body) else WHOLE_UNIT).finditer(body):
            tokens += body[at : found.start()]
            at, token = found.end(), found[0]
            if self.split and len(token) > 1 and kinds[token] in DIVISIBLE_WORDS:
                cells = self._parts(token, self.language_at(self.lead + start + found.start()))
                for cell, kind in cells:
                    if len(cells) > 1:
                        classes[len(tokens)] = kind or "A"
                    self._add(cell)
            else:
                if len(token) > 1:
                    self.whole.append(len(tokens))
                    if token[-1] in SPACES and token.strip(SPACES)[:1] in SIGNS_BETWEEN_WORDS:
                        before = token[0] if token[0] in SPACES else body[max(found.start() - 1, 0)]
                        classes |= {len(tokens): "A"} if before in SPACES else {}
                tokens.append(token)
        tokens += body[at:]

    def _parts(self, token: str, language: str) -> list[tuple[str, str]]:
        hyphenate = self.setting.hyphenate
        if self.split == PARTED_WORDS:
            return hyphenated_parts(token, language, hyphenate)
        widest = max(self.sizes)
        return every_letter(token, language, hyphenate, lambda part: self._wide(part) * widest > self.narrowest // 2)

    def _wide(self, part: str) -> int:
        return max(letters.token[part] for letters in self.letters)

    def _classify(self, classes: dict[int, str]) -> bytes:
        table = kinds_in(self.setting.language)
        shape = self._kinds_by_run() if self.languages else bytes([*map(table.__getitem__, self.tokens)])
        if self.setting.vertical:
            full = {k: len(token) for k, token in enumerate(self.tokens) if token[0] in FILLS_VERTICAL_CELL}
            self.cells |= full
            classes |= dict.fromkeys(full, "T")
        if classes:
            changed = bytearray(shape)
            for k, kind in classes.items():
                changed[k] = ord(kind)
            shape = bytes(changed)
        return resolved_classes(shape, self.setting, self.tables.slim)

    def _kinds_by_run(self) -> bytes:
        """The classes of items that have several languages."""
        tables = [kinds_in(language) for language in self.languages]
        return bytes([tables[self.run_at(self.offset(k))][token] for k, token in enumerate(self.tokens)])

    # --- from classes to widths

    def _scales(self) -> list[float] | None:
        """Each item's em, where it is not everywhere the setting's."""
        ems = [size * letters.em / EM for size, letters in zip(self.sizes, self.letters, strict=True)]
        if all(em == 1 for em in ems):
            return None
        return [ems[self.run_at(self.offset(k))] for k in range(self.size)]

    def _each(self, column: tuple[int, ...]) -> tuple[int, ...]:
        """A column of the table without the paragraph's end, at each item's scale."""
        if self.scales:
            return tuple([round(number * scale) for number, scale in zip(column, self.scales, strict=False)])
        return column[: self.size]

    def _widths(self, column: tuple[int, ...]) -> tuple[int, ...]:
        if not self.measured:
            return self._each(column)
        widths = [*self._each(column)]
        for k, width in self.measured.items():
            widths[k] += width
        return tuple(widths)

    def _measure(self, k: int) -> int:
        """The width of an item that is as wide as its characters."""
        if k in self.words:
            part = self.words[k]
            return round(part.word.advance * self.sizes[part.run])
        if len(self.runs) == 1:
            width = self.letters[0].token[self.tokens[k]]
            return width if self.sizes[0] == 1 else round(width * self.sizes[0])
        return round(self._sum(k))

    def _sum(self, k: int) -> float:
        return sum([advance for _, advances in self.advances(k) for advance in advances])

    def advances(self, k: int) -> list[tuple[int, list[float]]]:
        """The advances of an item's characters, by run; spaces at its edges have none."""
        token = self.tokens[k]
        word = token.strip(SPACES)
        sole = 0
        if not word:
            return [(self.run_at(self.offset(k)), [])]
        if len(self.bounds) > 1:
            at = self.offset(k) + token.index(word)
            runs = [self.run_at(place) for place in range(at, at + len(word))]
            sole = runs[0]
            if runs.count(sole) < len(runs):  # a word over the boundary of runs is one item (rules A14, D5)
                each = [(run, self.letters[run].of(word)[at] * self.sizes[run]) for at, run in enumerate(runs)]
                return [(run, [advance for _, advance in part]) for run, part in groupby(each, itemgetter(0))]
        size = self.sizes[sole]
        if cells := self.cells.get(k):
            return [(sole, [cells * EM * size / len(word)] * len(word))]
        return [(sole, [advance * size for advance in self.letters[sole].of(word)])]

    def _rubies(self) -> dict[int, int]:
        """By how much the items with ruby are wider than an em: ruby may overhang Han, but no other ruby (J7)."""
        extra = {}
        for k, run in self.rubies.items():
            em = EM * (self.scales[k] if self.scales else 1)
            base = self._sum(k)
            over = (self.ruby_width(run) - base) / 2
            sides = [max(over - self._overhang(beside) * em, 0.0) for beside in (k - 1, k + 1)]
            self.insets[k] = round(sides[0])
            extra[k] = round(base + sum(sides) - em)
        return extra

    def _cells(self) -> dict[int, int]:
        """What the table does not give of the width of units in whole cells (rules V3 to V5)."""
        em = self.scales or [1.0] * self.size
        return {k: round((n - (self.shape[k] not in _MEASURED_CLASSES)) * EM * em[k]) for k, n in self.cells.items()}

    def _overhang(self, beside: int) -> float:
        if beside in self.rubies:
            return -RUBY_GAP / 2
        over = HAN_UNDER_RUBY + (b"(" if beside - 1 in self.rubies else WHITE_BEFORE_RUBY)
        return RUBY_OVERHANG if 0 <= beside < self.size and self.shape[beside] in over else 0.0

    def ruby_width(self, run: int) -> float:
        return sum(self.letters[run].of(self.runs[run].ruby)) * self.setting.ruby * self.sizes[run]

    def hyphen_width(self, k: int) -> int:
        """The width of the hyphen that is added if a line ends after item k; 0 where none is."""
        if self.shape[k] != HYPHEN_PART:
            return 0
        run = self.run_at(self.offset(k))
        return round(self.letters[run].character["-"] * self.sizes[run])

    def _tails(self, column: tuple[int, ...]) -> tuple[int, ...]:
        tails = (0, *self._each(column))
        if not self.split or HYPHEN_PART not in self.shape:
            return tails
        hyphens = [-self.hyphen_width(k) if kind == HYPHEN_PART else 0 for k, kind in enumerate(self.shape)]
        return tuple([hyphen or tail for hyphen, tail in zip((0, *hyphens), tails, strict=True)])

    def _with_name_penalties(self, penalties: bytes) -> bytes:
        names: list[int] = []
        for run, start in zip(self.runs, self.bounds, strict=True):
            if run.tag == "name":
                names += range(start + 1, start + len(run.text))
            if run.cells and KIND_OF.get(self.text[start + len(run.text) : start + len(run.text) + 1]) == "M":
                names.append(start + len(run.text))  # a number and its measure word (rule B6)
        if self.setting.keep_names and self._has_chinese:
            names += name_breaks(self.text)
        if b"N" in self.shape:
            penalties = self._with_unit_penalties(penalties)
        if any(run.whole for run in self.runs):
            penalties = self._with_whole_runs(penalties)
        if self.setting.language.startswith("en"):
            penalties = self._with_english_penalties(penalties)
        return self._with_names(penalties, names, FORBIDDEN if self.setting.keep_names else NAME_BREAK)

    def _with_english_penalties(self, penalties: bytes) -> bytes:
        """The last word of an English paragraph gets no hyphen (rule L8); no dash starts a line (L7)."""
        changed, k = bytearray(penalties), self.size - 1
        while k > 0 and self.shape[k - 1] == HYPHEN_PART:
            changed[k] = FORBIDDEN
            k -= 1
        for k in self.whole:
            if self.tokens[k].strip(SPACES) in ("—", "–"):
                changed[k] = FORBIDDEN
        return bytes(changed)

    def without_break(self, k: int) -> Items:
        """The same items, of which no line may end before item k."""
        other = copy(self)
        other.__dict__.pop("soft_penalties", None)
        other.penalties = self.penalties[:k] + bytes([FORBIDDEN]) + self.penalties[k + 1 :]
        other.closed = *self.closed, k
        other.barred = other.penalties.translate(_FORBIDDEN_TABLE)
        other._free = (0, -1)
        return other

    def _with_unit_penalties(self, penalties: bytes) -> bytes:
        changed = bytearray(penalties)
        for start, end in unit_breaks(self.text):
            for at in range(start, end):
                k = self.item_at(at)
                if k and k < self.size and changed[k] != FORBIDDEN:
                    changed[k] = UNIT if at == start else FORBIDDEN
        return bytes(changed)

    def _with_whole_runs(self, penalties: bytes) -> bytes:
        """No line ends inside a run that is whole (rule M2), nor where a face stands in for another in it."""
        changed = bytearray(penalties)
        for number, (run, start) in enumerate(zip(self.runs, self.bounds, strict=True)):
            if run.whole:
                goes_on = number and self.runs[number - 1].whole and self.runs[number - 1].span == run.span
                for at in range(start + (not goes_on), start + len(run.text)):
                    k = self.item_at(at)
                    if k and k < self.size:
                        changed[k] = FORBIDDEN
        return bytes(changed)

    def _with_names(self, penalties: bytes, offsets: Iterable[int], penalty: int) -> bytes:
        items = [k for k in map(self.item_at, offsets) if k and k < self.size and penalties[k] == FREE_BREAK]
        if not items:
            return penalties
        changed = bytearray(penalties)
        for k in items:
            changed[k] = penalty
        return bytes(changed)

    # --- where an item stands in the text

    def offset(self, k: int) -> int:
        """The offset in the text at which item k starts; for k = size, at which the text ends."""
        return self.lead + k + self.more[bisect_left(self.whole, k)]

    def item_at(self, offset: int) -> int | None:
        """The item that starts at an offset, None where none does."""
        before = bisect_left(self._whole_offsets, offset)
        k = offset - self.lead - self.more[before]
        return k if 0 <= k <= self.size and (not before or k > self.whole[before - 1]) else None

    @cached_attribute
    def _whole_offsets(self) -> list[int]:
        return [self.lead + k + more for k, more in zip(self.whole, self.more, strict=False)]

    def run_at(self, offset: int) -> int:
        """The run that a character belongs to."""
        return bisect_right(self.bounds, offset) - 1 if len(self.bounds) > 1 else 0

    @property
    def _has_chinese(self) -> bool:
        return self.setting.language.startswith("zh")

    @cached_attribute
    def slack(self) -> int:
        """How much shorter than its width a line may be where there is a choice; words are longer than Han."""
        return WORDS_SLACK if is_western(self.setting.language) else HAN_SLACK

    @cached_attribute
    def complex(self) -> list[int]:
        """The items that are not one character at the left edge of its cell."""
        return sorted({*map(_start, _COMPLEX.finditer(self.shape)), *self.whole, *self.rubies})

    # --- shrinkability and stretchability of a line

    @cached_attribute
    def shrink(self) -> tuple[int, ...]:
        shrinkabilities = self._shrink[: self.size]
        if self.scales:  # the white right of the item before is on that item's scale
            before = (1.0, *self.scales)
            shrinkabilities = tuple(
                round((shrinkability - white) * scale) + round(white * scale_before)
                for shrinkability, white, scale, scale_before in zip(
                    shrinkabilities, self._white, self.scales, before, strict=False
                )
            )
        return tuple(accumulate(shrinkabilities, initial=0))

    @cached_attribute
    def stretches(self) -> tuple[int, ...]:
        return self._each(self._stretch)

    @cached_attribute
    def stretch(self) -> tuple[int, ...]:
        return tuple(accumulate(self.stretches, initial=0))

    @cached_attribute
    def gaps(self) -> tuple[int, ...]:
        """How many gaps between Han there are before each item."""
        return tuple(accumulate(self.stretchability[:-1].translate(_REST), initial=0))

    @cached_attribute
    def fair(self) -> tuple[int, ...]:
        """`width` with every gap stretched as far as FAIR_STRETCH allows, as `loosest` measures it."""
        spread = accumulate(map(add, self.stretches, self.stretchability.translate(_FAIR)), initial=0)
        return tuple(map(add, self.width, spread))

    @cached_attribute
    def least_tail(self) -> int:
        return min(self.tails)

    @cached_attribute
    def end_shrinkability(self) -> list[int] | None:
        """The shrinkability of the mark at a line's end; None in settings where it is always trimmed."""
        if self.tables.end_half:
            return None
        return [
            0,
            *(
                shrinkability if kind in _ENDS_IN_WHITE else 0
                for kind, shrinkability in zip(self.shape, self.shrinkabilities, strict=True)
            ),
        ]

    @cached_attribute
    def hangs(self) -> list[int] | None:
        """How far a line's last mark may hang outside, beyond its tail (rule F2); None if none hangs."""
        if not self.setting.hanging_punctuation:
            return None
        hangs = [0] * (self.size + 1)
        for k, token in enumerate(self.tokens):
            if token in HANGING and (not k or self.shape[k - 1] not in MARKS):
                hangs[k + 1] = self.advance[k] - self.tails[k + 1]
        return hangs

    @cached_attribute
    def own(self) -> tuple[int, ...]:
        return self._widths(self._own)

    def origins(self, i: int, j: int) -> Iterator[int]:
        """The origins of the items from i to j, on the scale of `width`."""
        return map(sub, self.width[i + 1 : j + 1], self.own[i:j])

    @cached_attribute
    def shrinkabilities(self) -> tuple[int, ...]:
        return self._each(self._shrinkability)

    @cached_attribute
    def soft_penalties(self) -> bytes:
        """The penalties, with those of breaks inside names that the text itself shows (rule B10)."""
        return (
            self._with_names(self.penalties, name_breaks(self.text), NAME_BREAK)
            if self._has_chinese
            else self.penalties
        )

    @cached_attribute
    def runt(self) -> int:
        """A last line that starts here or later holds less than two Han besides marks (rule E9)."""
        width, k = 0, self.size
        while k and width < 2 * EM:
            k -= 1
            width += 0 if self.shape[k] in NO_TYPE else self.measured.get(k, EM)
        return k + 1 if width >= 2 * EM else self.size + 1

    def free_from(self, k: int) -> int:
        """The first item from k on before which a line may end."""
        start, free = self._free
        if not start <= k <= free:
            near = self.barred.find(0, k, start) if k < start <= free else self.barred.find(0, k)
            self._free = k, near if near >= 0 else free
        return self._free[1]

    def marks_before(self, k: int) -> int:
        """The start of the row of closing marks that ends before item k."""
        if self._marks[1] != k:
            start = k
            while start and self.shape[start - 1] in NOT_AT_LINE_START:
                start -= 1
            self._marks = start, k
        return self._marks[0]

    @cached_attribute
    def widest(self) -> int:
        """The width of the widest item."""
        return max(self.measured.values(), default=0)

    @cached_attribute
    def has_words(self) -> bool:
        """Whether there is a Western word or a range of numbers that could be divided."""
        shape, tokens = self.shape, self.tokens
        return any(
            len(tokens[k]) > 4 and (shape[k] in WESTERN_WORD or (shape[k] in NUMBER and RANGE.search(tokens[k])))
            for k in self.whole
        )

    def left(self, i: int) -> int:
        """The left edge of a line that starts with item i, on the scale of `width`."""
        saved: int = self.starts[i]
        if not i and self.setting.line_start == "first":
            saved = 0
        return self.width[i] + (round(saved * self.scales[i]) if self.scales else saved)

    def right(self, j: int) -> int:
        """The right edge of a line that ends before item j, on the scale of `width`."""
        return self.width[j] - self.tails[j]

    def shrinkability(self, i: int, j: int) -> int:
        """By how much the line of items i to j can shrink (rule E3)."""
        return self.shrink[j] - self.shrink[i + 1] + (self.end_shrinkability[j] if self.end_shrinkability else 0)

    def squeezed(self, i: int, j: int) -> int:
        """By how much the gaps between Han of that line can shrink in addition (rule E12)."""
        return self.tight * (self.gaps[j] - self.gaps[i + 1]) if self.tight else 0


def _start(found: re.Match[bytes]) -> int:
    return found.start()
