"""Findings of a preflight: problems with all their places, one a rule, subject and page."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from ...errors import Message, PageRectangle, Problem, Severity
from ...rules.press import RULES
from ..printer import Printer

_MOST_PLACES = 60  # of one finding that are stored; the count is not limited


class Finding(Problem, frozen=True):
    """A problem found in a PDF. `place` is the first of `places`; `count` may be more than their number."""

    places: tuple[PageRectangle, ...] = ()
    count: int = 1

    @property
    def title(self) -> Message:
        return RULES[self.rule].title


class _Gathered(Struct):
    severity: Severity
    subject: Message
    value: float | str
    limit: float | str
    count: int = 0
    places: list[PageRectangle] = field(default_factory=list)


class Findings:
    """Collects broken rules; repetitions on a page are merged into one finding with their number."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self._weights = {number: rule.severity or printer.severity(number) for number, rule in RULES.items()}
        self._gathered: dict[tuple[int, str, str, Severity], _Gathered] = {}

    def hold(self, rule: str, weight: Severity) -> None:
        """Sets the severity of a rule with which the file claims to comply, in place of the printer's."""
        self._weights[rule] = weight

    def holds(self, rule: str) -> bool:
        return self._weights[rule] is not None

    def report(
        self,
        rule: str,
        page: int | None = None,
        places: Iterable[PageRectangle] = (),
        *,
        subject: Message | str = "",
        value: float | str = 0,
        limit: float | str = 0,
        severity: Severity | None = None,
    ) -> None:
        """Records a broken rule unless the printer ignores it. `severity` overrides the printer's."""
        weight = self._weights[rule]
        if weight is None:
            return
        weight = severity or weight
        words = subject if isinstance(subject, Message) else Message(subject, subject)
        key = (page or 0, rule, words.en, weight)
        cached = self._gathered.get(key)
        if cached is None:
            cached = self._gathered[key] = _Gathered(weight, words, value, limit)
        elif isinstance(value, float | int) and isinstance(cached.value, float | int):
            pick = max if RULES[rule].worst == "most" else min
            cached.value = pick(cached.value, value)
        cached.count += 1
        for place in places:
            if len(cached.places) < _MOST_PLACES and place not in cached.places:
                cached.places.append(place)

    def all(self) -> list[Finding]:
        """All findings: those of the file first, then page by page, in the order of the rules."""
        order = {rule: i for i, rule in enumerate(RULES)}
        found = sorted(self._gathered.items(), key=lambda item: (item[0][0], order[item[0][1]]))
        return [_finding(page or None, rule, gathered) for (page, rule, _, _), gathered in found]


def _finding(page: int | None, rule: str, gathered: _Gathered) -> Finding:
    reported = RULES[rule]
    times = (
        Message(f"（共 {gathered.count} 处）", f" ({gathered.count} times)") if gathered.count > 1 else Message("", "")
    )

    def fill_in(template: str, subject: str) -> str:
        return template.format(subject=subject, value=gathered.value, limit=gathered.limit)

    what = Message(
        fill_in(reported.what.zh, gathered.subject.zh) + times.zh,
        fill_in(reported.what.en, gathered.subject.en) + times.en,
    )
    places = tuple(gathered.places)
    return Finding(
        rule,
        what,
        reported.remedy,
        severity=gathered.severity,
        page=page,
        place=places[0] if places else None,
        places=places,
        count=gathered.count,
    )
