"""What fitting did, told step by step, and what stays empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ..composition import Fit
from ..errors import Problem, Severity, Words
from ..issue.model import Issue
from ..style.model import Style
from .choices import Choices
from .heights import Need
from .threads import Story, column_counts, typed_heights
from .trial import Trials


def steps_taken(
    trials: Trials, choices: Choices, fits: Sequence[Fit], needs: Mapping[tuple[int, ...], Sequence[Need]]
) -> list[Problem]:
    """Every choice as a note: heights, what they bend, then story by story the lesser measures and what each gained."""
    told = []
    for number in sorted(choices.heights):
        told += [_note(what, number) for what in _heights(trials, number, choices.heights[number])]
    for pages, found in needs.items():
        heights = [height for page in pages for height in choices.heights[page]]
        for need in found:
            if what := _bent(trials.issue, need, need.has(heights)):
                told.append(_note(what, _page_of(trials, need, pages)))
    taken = {name for _, name in choices.taken()}
    for fit in fits:
        pictures = trials.issue.articles[fit.article].pictures
        if not taken.isdisjoint((fit.article, *(picture.id for picture in pictures))):
            told += [_note(what, fit.page) for what in _story(trials, choices, fit)]
    return told


def left_empty(style: Style, stories: Mapping[str, Story], fits: Sequence[Fit]) -> list[Problem]:
    """What stays empty beyond what the style lets stand, in characters to write."""
    told = []
    for fit in fits:
        left, room = fit.lines - fit.lines_used, fit.capacity - fit.characters
        if left <= style.fit.lines_short(1) or not fit.characters or room <= 0:
            continue
        story = stories[fit.article]
        if left <= style.fit.lines_short(column_counts(story)[0][-1]):
            continue
        article = story.article
        told.append(
            Problem(
                "underset",
                Words(
                    f"《{article.title}》空 {left} 行，约 {room} 字",
                    f"“{article.title}” leaves {left} lines empty, some {room} characters",
                ),
                Words(f"补写约 {room} 字，或把区域减低", f"write some {room} characters more, or lower its area"),
                article.place("headline"),
                Severity.NOTE,
                page=fit.page,
            )
        )
    return told


def _note(what: Words, page: int) -> Problem:
    return Problem("fit", what, severity=Severity.NOTE, page=page)


def _heights(trials: Trials, number: int, heights: Sequence[int]) -> Iterator[Words]:
    typed = typed_heights(trials.specs[number], trials.style.grid.lines)
    told = " ".join(str(one) for one, given in zip(heights, typed, strict=True) if given is None)
    if told:
        yield Words(f"auto 各行定为 {told} 行", f"auto rows set to {told} lines")
    for row, (one, given) in enumerate(zip(heights, typed, strict=True), 1):
        if given is not None and one != given:
            yield Words(f"第 {row} 行由 {given} 行改为 {one} 行", f"row {row}: {one} lines in place of {given}")


def _bent(issue: Issue, need: Need, has: int) -> Words | None:
    """Pictures that their rows crop, headlines that their rows make smaller."""
    lines = has - need.wants
    if need.kind == "picture" and lines:
        zh, en = ("高", "higher") if lines > 0 else ("低", "lower")
        return Words(
            f"图片“{need.name}”裁切，比原来的形状{zh} {abs(lines)} 行",
            f"picture “{need.name}” cropped, {_lines(abs(lines))} {en} than by its own shape",
        )
    if need.kind == "head" and 0 <= has < len(need.grades) and (grades := need.grades[has]):
        title = issue.articles[need.name.partition(".")[0]].title
        return Words(f"《{title}》标题改小 {grades} 级", f"“{title}”: headline {_grades(grades)} smaller")
    return None


def _page_of(trials: Trials, need: Need, pages: Sequence[int]) -> int:
    name = need.name.partition(".")[0]
    owner = trials.issue.insets()[name][0] if name in trials.issue.insets() else name
    return next((page for page in pages if owner in trials.articles[page]), pages[0])


def _story(trials: Trials, choices: Choices, fit: Fit) -> Iterator[Words]:
    """The measures taken on one story, each with the lines by which the story is the shorter or longer for it."""
    id = fit.article
    article, tried = trials.issue.articles[id], trials.story(choices, fit.page, id)
    if tried is None:
        return

    def told(said: Words, without: Choices) -> Words:
        before = trials.story(without, fit.page, id)
        gained = tried.left - before.left if before else 0
        zh, en = (f"，少 {gained} 行", "fewer") if gained > 0 else (f"，多占 {-gained} 行", "more")
        effect = Words(zh, f", {_lines(abs(gained))} {en}") if gained else Words("", "")
        return Words(f"《{article.title}》{said.zh}{effect.zh}", f"“{article.title}”: {said.en}{effect.en}")

    if id in choices.steps:
        without = replace(choices, steps={name: step for name, step in choices.steps.items() if name != id})
        before = trials.story(without, fit.page, id)
        was = before.size if before else tried.size
        zh, en = ("小", "smaller") if tried.size < was else ("大", "larger")
        grades = f"{was:g} → {tried.size:g}"
        yield told(Words(f"标题改{zh}（{grades} 磅）", f"headline {en} ({grades} pt)"), without)
    if id in choices.no_deck:
        yield told(Words("不用副题", "without its deck"), replace(choices, no_deck=choices.no_deck - {id}))
    for picture in article.pictures:
        if lines := choices.crops.get(picture.id, 0):
            without = replace(choices, crops={name: line for name, line in choices.crops.items() if name != picture.id})
            zh, en = ("高", "higher") if lines > 0 else ("低", "lower")
            said = Words(
                f"图片“{picture.id}”裁切，{zh}了 {abs(lines)} 行",
                f"picture “{picture.id}” cropped, {_lines(abs(lines))} {en}",
            )
            yield told(said, without)
    if id in choices.gaps:
        gap = trials.style.grid.gap + choices.gaps[id]
        without = replace(choices, gaps={name: line for name, line in choices.gaps.items() if name != id})
        yield told(Words(f"上方的空改为 {gap} 行", f"{_lines(gap)} of space over it"), without)
    if em := choices.tracking.get(id, 0.0):
        zh, en = ("收紧", "tighter") if em < 0 else ("放宽", "wider")
        without = replace(choices, tracking={name: one for name, one in choices.tracking.items() if name != id})
        yield told(Words(f"字距{zh} {abs(em):.1%}", f"tracked {abs(em):.1%} {en}"), without)


def _lines(count: int) -> str:
    return f"{count} line" if count == 1 else f"{count} lines"


def _grades(count: int) -> str:
    return "a grade" if count == 1 else f"{count} grades"
