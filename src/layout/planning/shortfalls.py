"""Problems of a plan: overset and underfilled pages, articles held over; in characters and lines."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Message, Problem, Severity
from ..issue.model import Article, Issue
from ..issue.pages import numbered
from .evaluator import PlanningContext
from .measured_articles import MeasuredArticle
from .pages import PlannedPage

USUAL_FILL = 0.93  # average fill of lines in paragraphs of usual length
WORTH_TELLING = 0.03  # part of the type area that must be empty for a report


def characters(context: PlanningContext, units_lines: float) -> int:
    """The number of characters that fill so many units × lines, about."""
    grid = context.grid
    base = max(1, round((context.plan.column + grid.gutter_em) / (grid.unit_em + grid.gutter_em)))
    return round(units_lines / base * grid.measure(base) * USUAL_FILL)


def pages_without_content(issue: Issue) -> list[Problem]:
    """The problem of each page that has no map after planning, since all articles stand on other pages."""
    return [
        Problem(
            "plan-empty",
            Message(f"第 {number} 版没有稿件可排：稿件都在别的版", f"no article is left for page {number}"),
            Message(
                "写一篇稿件，或在 pages 里删去这一版，或给它版面图",
                "write an article, or take the page out of `pages`, or give it a map",
            ),
            spec.mark or issue.mark,
            page=number,
        )
        for number, spec in numbered(issue.pages)
        if not spec.areas
    ]


def page_overset(
    context: PlanningContext, number: int, page: PlannedPage, articles: Mapping[int, str]
) -> list[Problem]:
    """The problems of articles whose text does not fit their place on a page."""
    problems = []
    for one in page.placed:
        if not one.trial or not one.setting or one.slot.slice not in articles or one.trial.used <= one.trial.lines:
            continue
        if one.goes_on:
            continue
        lines = one.trial.used - one.trial.lines
        over = characters(context, lines * one.setting.text_units / one.setting.columns)
        article = context.issue.articles[articles[one.slot.slice]]
        problems.append(
            Problem(
                "plan-over",
                Message(
                    f"《{article.title}》在第 {number} 版多约 {over} 字（{lines} 行）",
                    f"“{article.title}” is about {over} characters ({lines} lines) too long for page {number}",
                ),
                Message(f"删去约 {over} 字，或加一版", f"cut about {over} characters, or add a page"),
                article.mark,
                Severity.WARNING,
                page=number,
            )
        )
    return problems


def vertical_unplaced(article: Article) -> Problem:
    """The problem of an article whose lines run downwards, which the planner does not place."""
    return Problem(
        "vertical-unplaced",
        Message(
            f"直排的《{article.title}》要由编者放进版面图，程序不安排",
            f"“{article.title}”, whose lines run downwards, is in no map; the program does not plan its place",
        ),
        Message(
            f"在某一版的 areas 里写上 {article.id}，或去掉 direction",
            f"name {article.id} in the areas of a page, or take direction away",
        ),
        article.marks.get("direction", article.mark),
    )


def page_underfilled(context: PlanningContext, number: int, page: PlannedPage | None, lines: int) -> list[Problem]:
    """The problem of a page with white left, and the number of characters that would fill it."""
    grid = context.grid
    empty = grid.units * lines if page is None else page.empty(grid.units)
    if page is not None and empty <= WORTH_TELLING * grid.units * grid.lines:
        return []
    missing = characters(context, empty)
    problem = Problem(
        "plan-under",
        Message(
            f"第 {number} 版还空着约 {round(100 * empty / (grid.units * grid.lines))}%，合 {missing} 字",
            f"page {number} is left about {round(100 * empty / (grid.units * grid.lines))}% empty, {missing} characters",
        ),
        Message(
            f"再写约 {missing} 字，加图，或减少版数",
            f"write about {missing} characters, add a picture, or take fewer pages",
        ),
        severity=Severity.WARNING,
        page=number,
    )
    return [problem]


def held_over_message(manuscript: MeasuredArticle) -> Problem:
    """The problem of an article that is held over."""
    article = manuscript.article
    count = sum(len(block.text) for block in article.body.blocks)
    return Problem(
        "plan-held",
        Message(
            f"《{article.title}》（{count} 字）没有版面，留待下期",
            f"there is no room for “{article.title}” ({count} characters): it is held over",
        ),
        Message("加版、删稿，或在区域图里给它位置", "add pages, cut other articles, or give it a place in a map"),
        article.mark,
    )


__all__ = ["characters", "held_over_message", "page_overset", "page_underfilled"]
