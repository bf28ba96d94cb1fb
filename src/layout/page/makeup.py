"""Making up the pages: area maps, heads, text, pictures and furniture become one composition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ..composition import Composition, Page
from ..errors import IssueError, Problem, has_errors
from ..issue.model import Issue
from ..style.model import Style
from ..text.fonts.faces import Faces
from .canvas import Canvas
from .copyfit.decisions import CopyfitDecisions
from .copyfit.evaluation import Evaluator
from .copyfit.fit import Copyfitter
from .copyfit.log import empty_space, fit_log
from .elements.floats import place_floats
from .elements.rules import story_rules
from .flow.solution_cache import FlowSolutionCache
from .flow.workers import set_stories
from .furniture.placing import place_furniture
from .map.threads import Story, fold_problems, gather_stories, not_pictures, read_pages, rectangle_problems
from .unknown_characters import unknown_characters

# Told, before text is set, in which faces and what furniture the pages will probably show, so that it can be drawn
# meanwhile: (faces, pages, folders that they may be read from) → nothing.
EarlyPages = Callable[[Faces, Sequence[Page], tuple[str, ...]], None]


def compose(
    issue: Issue,
    style: Style | None = None,
    faces: Faces | None = None,
    *,
    result_cache: dict[str, Any] | None = None,
    solutions: FlowSolutionCache | None = None,
    check_pages: bool = False,
    order: EarlyPages | None = None,
) -> Composition:
    """The issue's pages; those without a map are planned. Text that does not fit is in `overset`, never lost.

    `check_pages` also looks the pages over for what the trade forbids (`check_makeup`). `result_cache` takes what was found of words and
    furniture, `solutions` how text was flowed, so that it need not be found again; of both nothing depends but time, and neither on what `order` does.

    Raises:
        IssueError: an area map is wrong, or a character is in no face: nothing can be made up.
        StyleError: the style cannot be read.
    """
    if style is None:
        from ..style.reader import style_of

        style = style_of(issue)
    if faces is None:
        from ..text.fonts.faces import load_faces

        faces = load_faces(style.font_files())
    reported: tuple[Problem, ...] = ()
    if not issue.pages or not all(spec.areas for spec in issue.pages):
        from ..planning import plan_issue

        plan = plan_issue(issue, style, faces)[0]
        issue, reported = plan.of(issue), plan.problems
    folders = tuple(str(folder) for folder in (issue.folder.resolve(), *style.folders))
    grid = style.grid.grid(style.sheet)
    plans, problems = read_pages(issue, style, {})
    problems += reported
    stories, found = gather_stories(issue, plans)
    problems += (
        found
        + rectangle_problems(plans, issue.floats(), once=True)
        + rectangle_problems(plans, style.furniture, once=False)
    )
    problems += fold_problems(plans, style.furniture.keys() | not_pictures(issue))
    if has_errors(problem for problem in problems if problem not in reported):
        raise IssueError(problems)
    if order:
        sketch = Canvas(issue, style, faces, grid, plans, result_cache={} if result_cache is None else result_cache)
        order(faces, _placed_furniture(sketch, stories), folders)
    solutions = FlowSolutionCache() if solutions is None else solutions
    solutions.faces = faces
    evaluator = Evaluator(
        issue, style, faces, grid, result_cache={} if result_cache is None else result_cache, solutions=solutions
    )
    fitting = Copyfitter(issue, style, evaluator)
    canvas, stories = _set(issue, evaluator, fitting.settle_heights(), problems)
    if fitting.adjust(canvas.fit) != canvas.decisions:
        canvas, stories = _set(issue, evaluator, fitting.decisions, problems)
    canvas.problems += fit_log(evaluator, fitting.decisions, canvas.fit, fitting.demands)
    canvas.problems += empty_space(style, stories, canvas.fit)
    place_floats(canvas, list(stories))
    canvas.problems += canvas.glyphs.problems() + unknown_characters(issue, canvas.glyphs.missing)
    if any(problem.rule in {"unknown-character", "columns"} for problem in canvas.problems):
        raise IssueError(canvas.problems)
    place_furniture(canvas, stories)
    pages = tuple(
        Page(
            plan.number,
            plan.spec.name,
            style.sheet.width,
            style.sheet.height,
            tuple(sorted(canvas.frames.get(plan.number, []), key=lambda frame: frame.order)),
            (*canvas.boxes.get(plan.number, []), *story_rules(canvas, plan)),
            tuple(canvas.pictures.get(plan.number, [])),
        )
        for plan in canvas.plans
    )
    headlines = {id: story.article.title for id, story in stories.items()}
    composition = Composition(
        pages,
        tuple(canvas.overset),
        tuple(canvas.fit),
        tuple(canvas.problems),
        issue.metadata(),
        headlines,
        faces,
        folders,
    )
    if not check_pages:
        return composition
    from .checks.makeup_rules import check_makeup

    return replace(
        composition, problems=(*composition.problems, *check_makeup(composition, canvas.plans, issue, style))
    )


def _placed_furniture(canvas: Canvas, stories: Mapping[str, Story]) -> list[Page]:
    """The pages with their furniture alone; what is wrong with it is reported when it is placed."""
    place_furniture(canvas, stories)
    sheet = canvas.style.sheet
    return [
        Page(plan.number, plan.spec.name, sheet.width, sheet.height, boxes=tuple(canvas.boxes.get(plan.number, ())))
        for plan in canvas.plans
    ]


def _set(
    issue: Issue, evaluator: Evaluator, decisions: CopyfitDecisions, problems: list[Problem]
) -> tuple[Canvas, dict[str, Story]]:
    """All stories set under some choices."""
    plans, _ = read_pages(issue, evaluator.style, decisions.heights)
    stories, _ = gather_stories(issue, plans)
    parts = {
        "decisions": decisions,
        "trial_cache": evaluator.trial_cache,
        "result_cache": evaluator.result_cache,
        "solutions": evaluator.solutions,
    }
    canvas = Canvas(issue, evaluator.style, evaluator.faces, evaluator.grid, plans, [*problems], **parts)  # type: ignore[arg-type]
    set_stories(canvas, list(stories.values()))
    return canvas, stories
