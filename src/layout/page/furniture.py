"""Furniture: what a template of the style draws — nameplate, folio line, teasers, staff box — and what it is told."""

from __future__ import annotations

import datetime
import functools
import re
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..composition import Box, Colour
from ..errors import Mark, Problem, Words
from ..issue.model import Issue
from ..issue.texts import Text
from ..resources import shown
from ..style.model import FurnitureStyle, Style
from ..style.sheets import join_sheets
from .dummy import Dummy
from .threads import PagePlan, Story

if TYPE_CHECKING:
    from jinja2 import Environment

WEEKDAYS = "一二三四五六日"
# Where Han meets a letter or a digit (rule D1): WeasyPrint leaves no space there by itself.
HAN, LATIN = r"[\u3400-\u9fff]", r"[A-Za-z0-9]"
MEETING = re.compile(f"(?<={HAN})(?={LATIN})|(?<={LATIN})(?={HAN})")


def place_furniture(dummy: Dummy, stories: Mapping[str, Story]) -> None:
    """Every piece that a page's map names, and those that the style puts on each page by itself."""
    issue = issue_data(dummy.issue, dummy.style, len(dummy.plans)) | {
        "teasers": teasers(dummy, stories),
        "contents": [_entry(story) for story in stories.values() if story.text and story.article.headline],
    }
    press = _Templates(dummy.style, dummy.known, issue)
    for plan in dummy.plans:
        data = issue | {"page": page_data(plan)}
        for area in plan.areas:
            piece = dummy.style.furniture.get(area.name)
            if piece:
                _place(dummy, plan.number, area.name, piece, dummy.box(area), data, area.mark)
        for name, piece in dummy.style.furniture.items():
            if piece.top is None or piece.height is None or not _belongs(piece, plan.number):
                continue
            box = dummy.grid.x(0), float(piece.top), dummy.grid.width, float(piece.height)
            _place(dummy, plan.number, name, piece, box, data, piece.mark)


def _belongs(piece: FurnitureStyle, number: int) -> bool:
    return piece.pages == "all" or piece.pages == ("first" if number == 1 else "others")


# What a template is told.


def issue_data(issue: Issue, style: Style, pages: int) -> dict[str, Any]:
    """What holds for the whole issue: its records as they are, dates and weekday in the style's words."""
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
        "words": style.words,
    }


def page_data(plan: PagePlan) -> dict[str, Any]:
    """What holds for one page; `side` is where its outer edge is, page 1 being a right-hand page (rule H14)."""
    return {
        "number": plan.number,
        "name": plan.spec.name,
        "editor": plan.spec.editor,
        "side": "right" if plan.number % 2 else "left",
        "spread": plan.spec.spread,
    }


def teasers(dummy: Dummy, stories: Mapping[str, Story]) -> list[dict[str, Any]]:
    """What the front page sends its readers to: as the issue says, or else the large headlines inside, page by page."""
    chosen = [(stories[teaser.article], teaser.text) for teaser in dummy.issue.teasers if teaser.article in stories]
    if not chosen:
        inside = (story for story in stories.values() if story.text and _page(story) > 1)
        chosen = [(story, Text()) for story in inside if story.article.rank in ("lead", "major")]
    return [_entry(story) | ({"headline": words} if words else {}) for story, words in chosen]


def _entry(story: Story) -> dict[str, Any]:
    """What a list of contents says of a story."""
    article, spec = story.article, story.text[0][0].spec
    return {
        "page": _page(story),
        "headline": article.short_title,
        "department": article.department,
        "section": spec.name,
    }


def _page(story: Story) -> int:
    return story.text[0][0].number


# Drawing.


def _place(
    dummy: Dummy,
    page: int,
    name: str,
    piece: FurnitureStyle,
    box: tuple[float, float, float, float],
    data: Mapping[str, Any],
    mark: Mark | None,
) -> None:
    """Puts the piece on its page; a template that fails is told, once."""
    x, y, width, height = box
    html, problem = render(dummy.style, piece, data)
    if problem:
        if problem not in dummy.problems:
            dummy.problems.append(problem)
        return
    css = f":root{{--width:{width:.3f}pt;--height:{height:.3f}pt}}\n" + sheet(dummy.style, piece)
    base = str(dummy.issue.folder.resolve())
    drawn = Box("furniture", x, y, width, height, html=html, css=css, base=base, name=name, alt=piece.alt, mark=mark)
    dummy.add_boxes(page, [drawn])


def render(style: Style, piece: FurnitureStyle, data: Mapping[str, Any]) -> tuple[str, Problem | None]:
    """The piece in HTML, or what its template has wrong."""
    import jinja2

    try:
        return _environment(style.folders).get_template(piece.template).render(data), None
    except jinja2.TemplateSyntaxError as error:
        return "", _broken_template(style, error.name or piece.template, error.lineno, error.message or "")
    except jinja2.TemplateNotFound as error:
        return "", _broken_template(style, piece.template, 1, f"{error.name}?")
    except Exception as error:  # a template may do anything
        name, line = _where(style, error)
        return "", _broken_template(style, name or piece.template, line, str(error))


def _where(style: Style, error: Exception) -> tuple[str, int]:
    """The innermost line of a template that an error came from; Jinja2 puts them among the frames."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.parent in style.folders:
            return file.name, frame.lineno or 1
    return "", 1


@functools.cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    import jinja2

    loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_spaced,
    )
    environment.filters |= {
        "date": _in_words("date", "{year}年{month}月{day}日"),
        "weekday": _in_words("weekday", "星期{name}"),
    }
    return environment


def _spaced(value: object) -> object:
    """What the editor wrote, with a space where Han meets a letter or a digit; names of files stay as they are."""
    return MEETING.sub(" ", value) if isinstance(value, Text) else value


def _in_words(key: str, usual: str) -> Callable[[Any, datetime.date], str]:
    """A filter that writes a date as the style's words of that name say."""
    import jinja2

    @jinja2.pass_context
    def written(context: Any, date: datetime.date) -> str:
        form: str = context["words"].get(key, usual)
        return form.format(year=date.year, month=date.month, day=date.day, name=WEEKDAYS[date.weekday()])

    return written


def sheet(style: Style, piece: FurnitureStyle) -> str:
    """The colours of the style, and its sheet of that name from every folder that has it, the most basic one first."""
    colours = "".join(f"--{name}:{css_colour(style.colour(name))};" for name in style.colours)
    files = (folder / piece.css for folder in reversed(style.folders))
    return f":root{{{colours}}}\n" + join_sheets([file for file in files if file.is_file()])


def css_colour(colour: Colour) -> str:
    """A colour as the style sheets of furniture write it."""
    process = f"{colour.c:g} {colour.m:g} {colour.y:g} {colour.k:g}"
    return f'separation("{colour.spot}" {colour.tint:g} {process})' if colour.spot else f"device-cmyk({process})"


def _broken_template(style: Style, name: str, line: int, said: str) -> Problem:
    file = style.file(name)
    return Problem(
        "template",
        Words(f"模板出错：{said}", f"the template fails: {said}"),
        Words("按 Jinja2 的写法改正模板", "correct the template; it is written in Jinja2"),
        Mark(shown(file) if file else name, line),
    )
