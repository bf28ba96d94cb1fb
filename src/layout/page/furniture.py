"""Furniture: what a template of the style draws — nameplate, folio line, teasers, staff box — and what it is told."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..composition import Box, Colour
from ..errors import Mark, Problem, StyleError, Words
from ..style.model import FurnitureStyle, Style
from .dummy import Dummy
from .threads import PagePlan, Story

if TYPE_CHECKING:
    from jinja2 import Environment

WEEKDAYS = "一二三四五六日"


def place_furniture(dummy: Dummy, stories: Mapping[str, Story]) -> None:
    """Every piece that a page's map names, and those that the style puts on each page by itself."""
    teasers = _teasers(dummy, stories)
    for plan in dummy.plans:
        data = _data(dummy, plan, teasers)
        for area in plan.areas:
            piece = dummy.style.furniture.get(area.name)
            if piece:
                dummy.add_boxes(plan.number, [_draw(dummy, area.name, piece, dummy.box(area), data, area.mark)])
        for name, piece in dummy.style.furniture.items():
            if piece.top is None or piece.height is None or not _belongs(piece, plan.number):
                continue
            box = dummy.grid.x(0), float(piece.top), dummy.grid.width, float(piece.height)
            dummy.add_boxes(plan.number, [_draw(dummy, name, piece, box, data, piece.mark)])


def _belongs(piece: FurnitureStyle, number: int) -> bool:
    return piece.pages == "all" or piece.pages == ("first" if number == 1 else "others")


def _teasers(dummy: Dummy, stories: Mapping[str, Story]) -> list[dict[str, Any]]:
    """What the front page sends its readers to, with pages: as the issue says, or else the headlines inside."""
    chosen = [(stories[t.article], t.text) for t in dummy.issue.teasers if t.article in stories]
    if chosen:
        return [
            {
                "page": story.text[0][0].number,
                "headline": words or story.article.short_title,
                "section": story.text[0][0].spec.name,
            }
            for story, words in chosen
        ]
    front = {story.id for story in stories.values() if story.text[0][0].number == 1}
    return [
        {"page": story.text[0][0].number, "headline": story.article.short_title, "section": story.text[0][0].spec.name}
        for story in stories.values()
        if story.id not in front and story.article.rank in ("lead", "major")
    ]


def _data(dummy: Dummy, plan: PagePlan, teasers: list[dict[str, Any]]) -> dict[str, Any]:
    issue, date = dummy.issue, dummy.issue.date
    return {
        "publication": issue.publication,
        "issue": {
            "number": issue.number,
            "total_number": issue.total_number,
            "date": date.isoformat(),
            "date_zh": f"{date.year} 年 {date.month} 月 {date.day} 日",
            "weekday_zh": f"星期{WEEKDAYS[date.weekday()]}",
            "pages": len(dummy.plans),
        },
        "page": {
            "number": plan.number,
            "name": plan.spec.name,
            "editor": plan.spec.editor,
            # page 1 is a right-hand page (rule H14)
            "side": "right" if plan.number % 2 else "left",
        },
        "teasers": teasers,
        "staff": issue.staff(),
        "words": dummy.style.words,
    }


def _draw(
    dummy: Dummy,
    name: str,
    piece: FurnitureStyle,
    box: tuple[float, float, float, float],
    data: Mapping[str, Any],
    mark: Mark | None,
) -> Box:
    style = dummy.style
    x, y, width, height = box
    html = _render(style, piece, data)
    css = _prelude(style, width, height) + _css(style, piece.css)
    base = str(dummy.issue.folder.resolve())
    return Box("furniture", x, y, width, height, html=html, css=css, base=base, name=name, alt=piece.alt, mark=mark)


def _render(style: Style, piece: FurnitureStyle, data: Mapping[str, Any]) -> str:
    import jinja2

    try:
        return _environment(style.folders).get_template(piece.template).render(data)
    except jinja2.TemplateError as error:
        file = style.file(getattr(error, "name", None) or piece.template)
        raise StyleError([_broken_template(file, piece, error)]) from None


@functools.cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    import jinja2

    loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _css(style: Style, name: str) -> str:
    """The style sheet of that name from every folder of the style that has it, the most basic one first."""
    return "\n".join(
        (folder / name).read_text(encoding="utf-8") for folder in reversed(style.folders) if (folder / name).is_file()
    )


def _prelude(style: Style, width: float, height: float) -> str:
    colours = "".join(f"--{name}:{css_colour(style.colour(name))};" for name in style.colours)
    return f":root{{--width:{width:.3f}pt;--height:{height:.3f}pt;{colours}}}\n"


def css_colour(colour: Colour) -> str:
    return f"device-cmyk({colour.c:g} {colour.m:g} {colour.y:g} {colour.k:g})"


def _broken_template(file: Path | None, piece: FurnitureStyle, error: Exception) -> Problem:
    place = Mark(str(file or piece.template), getattr(error, "lineno", None) or 1)
    return Problem(
        "template",
        Words(f"模板出错：{error}", f"the template fails: {error}"),
        Words("按 Jinja2 的写法改正模板", "correct the template; it is written in Jinja2"),
        place,
    )
