"""How an issue or a style changes the severity of a rule: `checks: {tombstone: off, no-alt: error}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import field
from msgspec.structs import replace

from ..errors import Message, Problem, Severity
from ..records import Record, nearest_match
from .rule import Weight


class Silenced(Problem, frozen=True):
    """The note that takes the place of silenced problems: how many, by rule."""

    counts: Mapping[str, int] = field(default_factory=dict)


def apply_severities(problems: Iterable[Problem], *checks: Mapping[str, Weight]) -> list[Problem]:
    """The problems with their severities by `checks`; a later mapping replaces entries of an earlier one.

    What is silenced is counted in one note at the end. An error stays an error: it keeps a wrong page from being
    printed. Applied again, to more problems or to the same, it counts on in that one note.
    """
    weights = {rule: weight for one in checks for rule, weight in one.items()}
    kept: list[Problem] = []
    counts: dict[str, int] = {}
    for problem in problems:
        weight = weights.get(problem.rule)
        if isinstance(problem, Silenced):
            for rule, count in problem.counts.items():
                counts[rule] = counts.get(rule, 0) + count
        elif weight is None or (problem.severity is Severity.ERROR and weight != "error"):
            kept.append(problem)
        elif weight == "off":
            counts[problem.rule] = counts.get(problem.rule, 0) + 1
        else:
            kept.append(replace(problem, severity=Severity(weight)))
    return [*kept, _silenced(counts)] if counts else kept


def _silenced(counts: Mapping[str, int]) -> Silenced:
    rules = [f"{rule} {count}" for rule, count in sorted(counts.items())]
    total = sum(counts.values())
    return Silenced(
        "silenced",
        Message(f"{total} 条没有列出：{'、'.join(rules)}", f"{total} not listed: {', '.join(rules)}"),
        Message("checks 里写了 off", "checks say off"),
        severity=Severity.NOTE,
        counts=counts,
    )


def check_problems(record: Record, checks: Mapping[str, Weight]) -> Iterator[Problem]:
    """What is wrong with the field `checks` of an issue or a style: rules that do not exist, or cannot be changed so."""
    if not checks:
        return
    from .catalogue import ADJUSTABLE_RULES, CATALOGUE

    for name, weight in checks.items():
        mark = record.place(f"checks.{name}")
        rule = CATALOGUE.get(name)
        if rule is None:
            near = nearest_match(name, sorted(ADJUSTABLE_RULES))
            what = Message(f"没有规则“{name}”", f"there is no rule “{name}”")
            remedy = Message(f"是 {near} 吗？", f"do you mean {near}?")
            if not near:
                remedy = Message("规则的名字在每条提醒末尾的 [ ] 里", "a rule's name stands in [ ] after each message")
            yield Problem("unknown-key", what, remedy, mark)
        elif name not in ADJUSTABLE_RULES:
            what = Message(
                f"“{name}”不是排版、检查时报的，这里改不了", f"“{name}” is not reported of an issue's pages or text"
            )
            yield Problem("checks", what, Message("删去这一行", "delete this line"), mark)
        elif rule.severity is Severity.ERROR and weight != "error":
            what = Message(
                f"“{name}”是错误，不能改成 {weight}：{rule.title.zh}",
                f"“{name}” is an error and cannot be {weight}: {rule.title.en}",
            )
            yield Problem("checks", what, rule.remedy, mark)
