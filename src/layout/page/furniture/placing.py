"""Furniture, drawn by templates of the style (nameplate, folio line, teasers, staff box), and the templates' data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...composition import Box
from ...errors import SourceLocation
from ...issue.model import Issue
from ...issue.texts import Text
from ...style.elements import FurnitureStyle
from ...style.model import Style
from ..canvas import Canvas
from ..map.threads import PagePlan, Story
from .templates import Templates


def place_furniture(canvas: Canvas, stories: Mapping[str, Story]) -> None:
    """Places the fragments that a page's map names, and those that the style has on every page."""
    issue = issue_data(canvas.issue, canvas.style, len(canvas.plans)) | {
        "teasers": teaser_entries(canvas, stories),
        "contents": [_entry(story) for story in stories.values() if story.text and story.article.headline],
    }
    templates = Templates(canvas.style, issue, canvas.caches.results)
    for plan in canvas.plans:
        data = page_data(plan)
        for area in plan.areas:
            fragment = canvas.style.furniture.get(area.name)
            if fragment:
                _place(canvas, templates, plan.number, area.name, fragment, canvas.box(area), data, area.mark)
        for name, fragment in canvas.style.furniture.items():
            if fragment.top is None or fragment.height is None or not _belongs(fragment, plan.number):
                continue
            box = canvas.grid.x(0), float(fragment.top), canvas.grid.width, float(fragment.height)
            _place(canvas, templates, plan.number, name, fragment, box, data, fragment.mark)


def _belongs(fragment: FurnitureStyle, number: int) -> bool:
    return fragment.pages == "all" or fragment.pages == ("first" if number == 1 else "others")


# The data of a template.


def issue_data(issue: Issue, style: Style, pages: int) -> dict[str, Any]:
    """The data common to all pages: the issue's records as they are, dates and weekday in the style's words."""
    return {
        "publication": issue.publication,
        "issue": {
            "number": issue.number,
            "total_number": issue.total_number,
            "date": issue.date,
            "pages": pages,
        },
        "staff": issue.staff_box,
        "colophon": issue.colophon,
        "bulletin_head": issue.bulletin_head,
        "bulletin_foot": issue.bulletin_foot,
        "words": style.words_in(issue.language_of("")),
    }


def page_data(plan: PagePlan) -> dict[str, Any]:
    """The data of one page; `side` is that of its outer edge, page 1 being a right-hand page (rule H14)."""
    return {
        "number": plan.number,
        "name": plan.spec.name,
        "editor": plan.spec.editor,
        "side": "right" if plan.number % 2 else "left",
        "spread": plan.spec.spread,
    }


def teaser_entries(canvas: Canvas, stories: Mapping[str, Story]) -> list[dict[str, Any]]:
    """The teasers of the front page: those of the issue, else the large headlines inside, page by page."""
    chosen = [(stories[teaser.article], teaser.text) for teaser in canvas.issue.teasers if teaser.article in stories]
    if not chosen:
        inside = (story for story in stories.values() if story.text and _page(story) > 1)
        chosen = [(story, Text()) for story in inside if story.article.rank in ("lead", "major")]
    return [_entry(story) | ({"headline": words} if words else {}) for story, words in chosen]


def _entry(story: Story) -> dict[str, Any]:
    """A story's entry in a list of contents."""
    article, spec = story.article, story.text[0][0].spec
    return {
        "page": _page(story),
        "headline": Text(article.short_title),
        "department": article.department,
        "section": spec.name,
    }


def _page(story: Story) -> int:
    return story.text[0][0].number


# Drawing.


def _place(
    canvas: Canvas,
    templates: Templates,
    page: int,
    name: str,
    fragment: FurnitureStyle,
    box: tuple[float, float, float, float],
    data: Mapping[str, Any],
    mark: SourceLocation | None,
) -> None:
    """Places the fragment on its page; a template that fails is reported once."""
    x, y, width, height = box
    html, problem = templates.html(fragment, data)
    if problem:
        if problem not in canvas.problems:
            canvas.problems.append(problem)
        return
    css, base = templates.sheet(fragment), str(canvas.issue.folder.resolve())
    drawn = Box("furniture", x, y, width, height, html=html, css=css, base=base, name=name, alt=fragment.alt, mark=mark)
    canvas.add_boxes(page, [drawn])
