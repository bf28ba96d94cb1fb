"""Making up the pages: area maps, headlines, text, pictures and furniture become one composition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ..composition import Composition, Page
from ..errors import IssueError, Problem, has_errors
from ..issue.model import Issue
from ..style.model import Style
from ..text.fonts.faces import Faces
from .caches import Caches
from .canvas import Canvas
from .checks.makeup import checked
from .copyfit.evaluation import Evaluator
from .copyfit.fit import Copyfitter
from .copyfit.log import empty_space, fit_log
from .decisions import CopyfitDecisions
from .elements.floats import place_floats
from .elements.rules import story_rules
from .flow.solution_cache import FlowSolutionCache
from .flow.workers import set_stories
from .furniture.placing import place_furniture
from .glyphs import GlyphFallback
from .map.threads import Story, fold_problems, gather_stories, not_pictures, read_pages, rectangle_problems
from .setup import Setup
from .unknown_characters import unknown_characters
from .unshaped_scripts import unshaped_scripts

# Called before any text is set, with the faces and the pages' furniture, so that the PDF backend can prepare them in
# the meantime: (faces, pages, folders that files may be read from) → nothing.
EarlyPages = Callable[[Faces, Sequence[Page], tuple[str, ...]], None]


def compose(
    issue: Issue,
    style: Style,
    faces: Faces,
    *,
    planning_problems: Sequence[Problem] = (),
    result_cache: dict[str, Any] | None = None,
    solutions: FlowSolutionCache | None = None,
    check_pages: bool = False,
    order: EarlyPages | None = None,
) -> Composition:
    """The pages of an issue of which every page has an area map. Text that does not fit is in `overset`, never lost.

    `planning_problems` were found while the maps were planned; they are reported, and errors among them stop nothing.
    `check_pages` also checks the pages by the rules of makeup (`checks.makeup`). `result_cache` takes what was found of
    words and furniture, `solutions` how text was flowed, so that it need not be found again; the pages depend on
    neither, nor on what `order` does.

    Raises:
        ValueError: a page has no area map (`production.compose` plans it).
        IssueError: an area map is wrong, or a character is in no face, or a script cannot be shaped: nothing can be made up.
        StyleError: the style cannot be read.
    """
    if not issue.pages or not all(spec.areas for spec in issue.pages):
        raise ValueError("a page has no area map")
    folders = tuple(str(folder) for folder in (issue.folder.resolve(), *style.folders))
    grid = style.grid.grid(style.sheet)
    plans, problems = read_pages(issue, style, {})
    problems += planning_problems
    stories, found = gather_stories(issue, plans)
    problems += (
        found
        + rectangle_problems(plans, issue.floats(), once=True)
        + rectangle_problems(plans, style.furniture, once=False)
    )
    problems += fold_problems(plans, style.furniture.keys() | not_pictures(issue))
    if has_errors(problem for problem in problems if problem not in planning_problems):
        raise IssueError(problems)
    setup, results = Setup(issue, style, faces, grid), {} if result_cache is None else result_cache
    if order:
        sketch = Canvas(replace(setup, plans=plans), Caches(GlyphFallback(faces, style.fallback, style.faces), results))
        order(faces, _placed_furniture(sketch, stories), folders)
    solutions = FlowSolutionCache() if solutions is None else solutions
    solutions.faces = faces
    evaluator = Evaluator(setup, Caches(GlyphFallback(faces, style.fallback, style.faces), results, solutions))
    fitting = Copyfitter(issue, style, evaluator)
    canvas, stories = _set(evaluator, fitting.settle_heights(), problems)
    if fitting.adjust(canvas.fit) != canvas.decisions:
        canvas, stories = _set(evaluator, fitting.decisions, problems)
    canvas.problems += fit_log(evaluator, fitting.decisions, canvas.fit, fitting.demands)
    canvas.problems += empty_space(style, stories, canvas.fit)
    place_floats(canvas, list(stories))
    canvas.problems += canvas.glyphs.problems() + unknown_characters(issue, canvas.glyphs.unknown())
    canvas.problems += unshaped_scripts(issue, canvas.glyphs.unshaped)
    if any(problem.rule in {"unknown-character", "unsupported-script", "columns"} for problem in canvas.problems):
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
        languages={name: article.lang for name, article in issue.articles.items() if article.lang},
        folders=folders,
    )
    return checked(composition, canvas.plans, issue, style, makeup=check_pages)


def _placed_furniture(canvas: Canvas, stories: Mapping[str, Story]) -> list[Page]:
    """The pages with furniture only. Its problems are reported later, when the real pages get it."""
    place_furniture(canvas, stories)
    sheet = canvas.style.sheet
    return [
        Page(plan.number, plan.spec.name, sheet.width, sheet.height, boxes=tuple(canvas.boxes.get(plan.number, ())))
        for plan in canvas.plans
    ]


def _set(evaluator: Evaluator, decisions: CopyfitDecisions, problems: list[Problem]) -> tuple[Canvas, dict[str, Story]]:
    """All stories placed under these decisions; the canvas begins with a copy of `problems`."""
    setup = evaluator.setup
    plans, _ = read_pages(setup.issue, setup.style, decisions.heights)
    stories, _ = gather_stories(setup.issue, plans)
    canvas = Canvas(replace(setup, plans=plans, decisions=decisions), evaluator.caches, [*problems])
    set_stories(canvas, list(stories.values()))
    return canvas, stories
