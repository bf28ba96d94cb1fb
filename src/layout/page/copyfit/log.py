"""A log of copyfitting, as notes, and reports of the space that stays empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ...composition import Fit
from ...errors import Message, Problem, Severity, counted
from ...issue.model import Issue
from ...style.model import Style
from ..decisions import CopyfitDecisions
from ..map.threads import Story, column_counts, typed_heights
from .evaluation import Evaluator
from .heights import Demand


def fit_log(
    evaluator: Evaluator,
    decisions: CopyfitDecisions,
    fits: Sequence[Fit],
    demands: Mapping[tuple[int, ...], Sequence[Demand]],
) -> list[Problem]:
    """Every decision as a note: heights, what they crop or make smaller, then each story's adjustments and gains."""
    reported = []
    for number in sorted(decisions.heights):
        reported += [_note(what, number) for what in _heights(evaluator, number, decisions.heights[number])]
    for pages, found in demands.items():
        heights = [height for page in pages for height in decisions.heights[page]]
        for demand in found:
            if what := _compromises(evaluator.setup.issue, demand, demand.supply(heights)):
                reported.append(_note(what, _page_of(evaluator, demand, pages)))
    taken = {name for _, name in decisions.adjustments()}
    for fit in fits:
        pictures = evaluator.setup.issue.articles[fit.article].pictures
        if not taken.isdisjoint((fit.article, *(picture.id for picture in pictures))):
            reported += [_note(what, fit.page) for what in _story(evaluator, decisions, fit)]
    return reported


def empty_space(style: Style, stories: Mapping[str, Story], fits: Sequence[Fit]) -> list[Problem]:
    """A note for each story with more empty lines than the style allows, with the characters to write."""
    reported = []
    for fit in fits:
        left, room = fit.lines - fit.lines_used, fit.capacity - fit.characters
        if left <= style.fit.lines_short(1) or not fit.characters or room <= 0:
            continue
        story = stories[fit.article]
        columns = column_counts(story)[0][-1]
        if left <= style.fit.lines_short(columns):
            continue
        lower = max(1, left // columns)
        zh, en = ("区域", "its area") if len(story.text) == 1 else ("最后一块区域", "the last of its areas")
        article = story.article
        reported.append(
            Problem(
                "underset",
                Message(
                    f"《{article.title}》空 {left} 行，约 {room} 字",
                    f"“{article.title}” leaves {counted(left, 'line')} empty, about {counted(room, 'character')}",
                ),
                Message(
                    f"补写约 {room} 字，或把{zh}减低 {lower} 行",
                    f"write about {counted(room, 'character')} more, or make {en} {counted(lower, 'line')} lower",
                ),
                article.place("headline"),
                Severity.NOTE,
                page=fit.page,
            )
        )
    return reported


def _note(what: Message, page: int) -> Problem:
    return Problem("fit", what, severity=Severity.NOTE, page=page)


def _heights(evaluator: Evaluator, number: int, heights: Sequence[int]) -> Iterator[Message]:
    typed = typed_heights(evaluator.specs[number], evaluator.setup.style.grid.lines)
    reported = " ".join(str(one) for one, given in zip(heights, typed, strict=True) if given is None)
    if reported:
        yield Message(f"auto 各行定为 {reported} 行", f"auto rows set to {reported} lines")
    for row, (one, given) in enumerate(zip(heights, typed, strict=True), 1):
        if given is not None and one != given:
            yield Message(f"第 {row} 行由 {given} 行改为 {one} 行", f"row {row}: {one} lines in place of {given}")


def _compromises(issue: Issue, demand: Demand, supply: int) -> Message | None:
    """A note on a picture that its rows crop, or on a headline that they make smaller."""
    lines = supply - demand.wanted
    if demand.kind == "picture" and lines:
        zh, en = ("高", "higher") if lines > 0 else ("低", "lower")
        return Message(
            f"图片“{demand.name}”裁切，比原来的形状{zh} {abs(lines)} 行",
            f"picture “{demand.name}” cropped, {_lines(abs(lines))} {en} than by its own shape",
        )
    if demand.kind == "head" and 0 <= supply < len(demand.grades) and (grades := demand.grades[supply]):
        title = issue.articles[demand.name.partition(".")[0]].title
        return Message(f"《{title}》标题改小 {grades} 级", f"“{title}”: headline {_grades(grades)} smaller")
    return None


def _page_of(evaluator: Evaluator, demand: Demand, pages: Sequence[int]) -> int:
    name = demand.name.partition(".")[0]
    owner = evaluator.setup.issue.floats()[name][0] if name in evaluator.setup.issue.floats() else name
    return next((page for page in pages if owner in evaluator.articles[page]), pages[0])


def _story(evaluator: Evaluator, decisions: CopyfitDecisions, fit: Fit) -> Iterator[Message]:
    """The adjustments of one story, each with the lines by which it makes the story shorter or longer."""
    id = fit.article
    article, tried = evaluator.setup.issue.articles[id], evaluator.story(decisions, fit.page, id)
    if tried is None:
        return

    def with_gain(message: Message, without: CopyfitDecisions) -> Message:
        before = evaluator.story(without, fit.page, id)
        gained = tried.left - before.left if before else 0
        zh, en = (f"，少 {gained} 行", "fewer") if gained > 0 else (f"，多占 {-gained} 行", "more")
        effect = Message(zh, f", {_lines(abs(gained))} {en}") if gained else Message("", "")
        return Message(f"《{article.title}》{message.zh}{effect.zh}", f"“{article.title}”: {message.en}{effect.en}")

    if id in decisions.grades:
        without = replace(decisions, grades={name: step for name, step in decisions.grades.items() if name != id})
        before = evaluator.story(without, fit.page, id)
        was = before.size if before else tried.size
        zh, en = ("小", "smaller") if tried.size < was else ("大", "larger")
        grades = f"{was:g} → {tried.size:g}"
        yield with_gain(Message(f"标题改{zh}（{grades} 磅）", f"headline {en} ({grades} pt)"), without)
    if id in decisions.no_deck:
        yield with_gain(Message("不用副题", "without its deck"), replace(decisions, no_deck=decisions.no_deck - {id}))
    for picture in article.pictures:
        if lines := decisions.crops.get(picture.id, 0):
            without = replace(
                decisions, crops={name: line for name, line in decisions.crops.items() if name != picture.id}
            )
            zh, en = ("高", "higher") if lines > 0 else ("低", "lower")
            message = Message(
                f"图片“{picture.id}”裁切，{zh}了 {abs(lines)} 行",
                f"picture “{picture.id}” cropped, {_lines(abs(lines))} {en}",
            )
            yield with_gain(message, without)
    if id in decisions.gaps:
        gap = evaluator.setup.style.grid.gap + decisions.gaps[id]
        without = replace(decisions, gaps={name: line for name, line in decisions.gaps.items() if name != id})
        yield with_gain(Message(f"上方的空改为 {gap} 行", f"{_lines(gap)} of space over it"), without)
    if em := decisions.tracking.get(id, 0.0):
        zh, en = ("收紧", "tighter") if em < 0 else ("放宽", "wider")
        without = replace(decisions, tracking={name: one for name, one in decisions.tracking.items() if name != id})
        yield with_gain(Message(f"字距{zh} {abs(em):.1%}", f"tracked {abs(em):.1%} {en}"), without)


def _lines(count: int) -> str:
    return counted(count, "line")


def _grades(count: int) -> str:
    return "a grade" if count == 1 else f"{count} grades"
