"""Making up the pages: area maps, heads, text, pictures and furniture become one composition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ..composition import Composition, Page
from ..errors import IssueError, Problem, has_errors
from ..issue.model import Issue
from ..style.model import Style
from ..text.faces import Faces
from .choices import Choices
from .dummy import Dummy
from .fit import Fitting
from .furniture import place_furniture
from .hands import set_stories
from .insets import place_insets
from .rules import story_rules
from .steps import left_empty, steps_taken
from .threads import Story, across_the_fold, gather, not_pictures, read_pages, rectangles
from .trial import Trials
from .ways import KnownWays

# Told, before text is set, in which faces and what furniture the pages will probably show, so that it can be drawn
# meanwhile: (faces, pages, folders that they may be read from) → nothing.
Order = Callable[[Faces, Sequence[Page], tuple[str, ...]], None]


def compose(
    issue: Issue,
    style: Style | None = None,
    faces: Faces | None = None,
    *,
    known: dict[str, Any] | None = None,
    ways: KnownWays | None = None,
    look: bool = False,
    order: Order | None = None,
) -> Composition:
    """The issue's pages; those without a map are planned. Text that does not fit is in `overset`, never lost.

    `look` also looks the pages over for what the trade forbids (`lint`). `known` takes what was found of words and
    furniture, `ways` how text was poured, so that it need not be found again; of both nothing depends but time, and neither on what `order` does.

    Raises:
        IssueError: an area map is wrong, or a character is in no face: nothing can be made up.
        StyleError: the style cannot be read.
    """
    if style is None:
        from ..style.reader import style_of

        style = style_of(issue)
    if faces is None:
        from ..text.faces import load_faces

        faces = load_faces(style.font_files())
    told: tuple[Problem, ...] = ()
    if not issue.pages or not all(spec.areas for spec in issue.pages):
        from .plan import plan_issue

        plan = plan_issue(issue, style, faces)[0]
        issue, told = plan.of(issue), plan.problems
    folders = tuple(str(folder) for folder in (issue.folder.resolve(), *style.folders))
    grid = style.grid.grid(style.sheet)
    plans, problems = read_pages(issue, style, {})
    problems += told
    stories, found = gather(issue, plans)
    problems += found + rectangles(plans, issue.insets(), once=True) + rectangles(plans, style.furniture, once=False)
    problems += across_the_fold(plans, style.furniture.keys() | not_pictures(issue))
    if has_errors(problem for problem in problems if problem not in told):
        raise IssueError(problems)
    if order:
        sketch = Dummy(issue, style, faces, grid, plans, known={} if known is None else known)
        order(faces, _sketched(sketch, stories), folders)
    ways = KnownWays() if ways is None else ways
    ways.faces = faces
    trials = Trials(issue, style, faces, grid, known={} if known is None else known, ways=ways)
    fitting = Fitting(issue, style, trials)
    dummy, stories = _set(issue, trials, fitting.settle_heights(), problems)
    if fitting.relieve(dummy.fit) != dummy.choices:
        dummy, stories = _set(issue, trials, fitting.choices, problems)
    dummy.problems += steps_taken(trials, fitting.choices, dummy.fit, fitting.needs)
    dummy.problems += left_empty(style, stories, dummy.fit)
    place_insets(dummy, list(stories))
    dummy.problems += dummy.glyphs.problems()
    if any(problem.rule in {"unknown-character", "columns"} for problem in dummy.problems):
        raise IssueError(dummy.problems)
    place_furniture(dummy, stories)
    pages = tuple(
        Page(
            plan.number,
            plan.spec.name,
            style.sheet.width,
            style.sheet.height,
            tuple(sorted(dummy.frames.get(plan.number, []), key=lambda frame: frame.order)),
            (*dummy.boxes.get(plan.number, []), *story_rules(dummy, plan)),
            tuple(dummy.pictures.get(plan.number, [])),
        )
        for plan in dummy.plans
    )
    headlines = {id: story.article.title for id, story in stories.items()}
    composition = Composition(
        pages,
        tuple(dummy.overset),
        tuple(dummy.fit),
        tuple(dummy.problems),
        issue.metadata(),
        headlines,
        faces,
        folders,
    )
    if not look:
        return composition
    from .lint import lint

    return replace(composition, problems=(*composition.problems, *lint(composition, dummy.plans, issue, style)))


def _sketched(dummy: Dummy, stories: Mapping[str, Story]) -> list[Page]:
    """The pages with their furniture alone; what is wrong with it is told when it is placed."""
    place_furniture(dummy, stories)
    sheet = dummy.style.sheet
    return [
        Page(plan.number, plan.spec.name, sheet.width, sheet.height, boxes=tuple(dummy.boxes.get(plan.number, ())))
        for plan in dummy.plans
    ]


def _set(issue: Issue, trials: Trials, choices: Choices, problems: list[Problem]) -> tuple[Dummy, dict[str, Story]]:
    """All stories set under some choices."""
    plans, _ = read_pages(issue, trials.style, choices.heights)
    stories, _ = gather(issue, plans)
    parts = {"choices": choices, "kept": trials.kept, "known": trials.known, "ways": trials.ways}
    dummy = Dummy(issue, trials.style, trials.faces, trials.grid, plans, [*problems], **parts)  # type: ignore[arg-type]
    set_stories(dummy, list(stories.values()))
    return dummy, stories
