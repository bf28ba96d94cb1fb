"""A style's templates: the HTML that they make of an issue's data, and its style sheets."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, msgpack

from ...composition import Colour
from ...errors import Message, Problem, SourceLocation
from ...issue.texts import Text
from ...runtime.limits import ISSUE_FILE_BYTES, LimitError
from ...runtime.resources import displayed_path
from ...style.elements import FurnitureStyle
from ...style.model import Style
from ...style.sheets import join_sheets
from ...text.language import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from .sandbox import Sandbox

WEEKDAYS = tuple("一二三四五六日")
WEEKDAYS_BY_LANGUAGE = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ja": tuple("月火水木金土日"),
    "ko": tuple("월화수목금토일"),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Where Han meets a letter or a digit (rule D1): WeasyPrint leaves no space there by itself.
_HAN, _LATIN = r"[\u3400-\u9fff]", r"[A-Za-z0-9]"
MEETING = re.compile(f"(?<={_HAN})(?={_LATIN})|(?<={_LATIN})(?={_HAN})")

NO_TEMPLATES = {
    ".ttf",
    ".otf",
    ".icc",
    ".jpg",
    ".jpeg",
    ".png",
    ".tif",
    ".tiff",
    ".webp",
    ".pdf",
}  # large, and no template includes them


class Templates:
    """The templates of a style for one issue; `data` is common to all its pages.

    `result_cache` holds their output by a digest of all input. Where it has every fragment, Jinja2 is not imported.
    """

    def __init__(self, style: Style, data: Mapping[str, Any], result_cache: dict[str, Any]) -> None:
        self._style = style
        self._data = data
        self._cache = result_cache
        self._sheets: dict[str, str] = {}

    def html(self, fragment: FurnitureStyle, page: Mapping[str, Any]) -> tuple[str, Problem | None]:
        """The HTML of a fragment on a page, or the error of its template."""
        key = f"html {_digest(self._ground, fragment.template.encode(), _packed(page))}"
        if key in self._cache:
            return self._cache[key], None
        html, problem = _render(self._sandbox, self._style, fragment, {**self._data, "page": page})
        if problem is None:
            self._cache[key] = html
        return html, problem

    def sheet(self, fragment: FurnitureStyle) -> str:
        """The style's colours and the fragment's style sheet."""
        if fragment.css not in self._sheets:
            self._sheets[fragment.css] = _sheet(self._style, fragment)
        return self._sheets[fragment.css]

    @functools.cached_property
    def _sandbox(self) -> Sandbox:
        return _sandbox(self._style, self._data["publication"].lang)

    @functools.cached_property
    def _ground(self) -> bytes:
        """A digest of what every fragment depends on: the issue's data and all files of the style (for includes)."""
        files = [path for folder in self._style.folders for path in sorted(folder.rglob("*"))]
        texts = [path for path in files if path.suffix.lower() not in NO_TEMPLATES]
        sources = [part for path in texts for part in (bytes(path), self._source(path))]
        return _digest(_packed(self._data), *sources).encode()

    def _source(self, path: Path) -> bytes:
        """The bytes of a file that a template may include; empty where it may not or cannot."""
        try:
            return self._style.gate.read(path, ISSUE_FILE_BYTES)
        except (OSError, LimitError):
            return b""


def _packed(data: object) -> bytes:
    """Data as bytes, different for different data; source locations are left out, for no template prints them."""
    return msgpack.encode(_plain(data))


def _plain(value: object) -> object:
    """A value in MessagePack's types; one of another type becomes a list that begins with the type's name."""
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    name = kind.__name__
    if isinstance(value, SourceLocation):
        return [name]
    if isinstance(value, str):
        return [name, str(value)]
    if isinstance(value, Struct):
        fields = (field for field in value.__struct_fields__ if field != "marks")
        return [name, [_plain(getattr(value, field)) for field in fields]]
    if isinstance(value, Mapping):
        return [name, [[_plain(key), _plain(one)] for key, one in value.items()]]
    if isinstance(value, (list, tuple)):
        return [name, [_plain(one) for one in value]]
    return [name, repr(value)]  # a date


def _digest(*parts: bytes) -> str:
    whole = blake2b(digest_size=20)
    for part in parts:
        whole.update(b"%d:" % len(part))
        whole.update(part)
    return whole.hexdigest()


def _render(
    sandbox: Sandbox, style: Style, fragment: FurnitureStyle, data: Mapping[str, Any]
) -> tuple[str, Problem | None]:
    """The fragment in HTML, or the error of its template."""
    import jinja2

    from .sandbox import explained, render

    try:
        return render(sandbox, fragment.template, data), None
    except jinja2.TemplateSyntaxError as error:
        return "", _broken_template(style, error.name or fragment.template, error.lineno, explained(error))
    except Exception as error:  # a template may do anything
        name, line = _where(style, error)
        return "", _broken_template(style, name or fragment.template, line, explained(error))


def _where(style: Style, error: Exception) -> tuple[str, int]:
    """The innermost template line of an error, from the traceback, where Jinja2 puts it, or from its code."""
    found = "", 1
    trace = error.__traceback__
    while trace:
        file, line = Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno
        folder = next((folder for folder in style.folders if file.is_relative_to(folder)), None)
        if folder:
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            found = file.relative_to(folder).as_posix(), template.get_corresponding_lineno(line) if template else line
        trace = trace.tb_next
    return found


def _sandbox(style: Style, language: str) -> Sandbox:
    from .sandbox import make_sandbox

    sandbox = make_sandbox(style, _spaced)
    sandbox.filters |= {
        "date": _in_words(style, "date", "{year}年{month}月{day}日", language),
        "weekday": _in_words(style, "weekday", "星期{name}", language),
    }
    return sandbox


def _spaced(value: object) -> object:
    """The editor's text with a space where Han meets a letter or a digit; file names stay as they are."""
    return MEETING.sub(" ", value) if isinstance(value, Text) else value


def _in_words(style: Style, key: str, usual: str, language: str) -> Callable[[datetime.date], str]:
    """A filter that formats a date by the style's words of that name; the reader of styles has checked their blanks."""
    form = style.word(key, usual, language or DEFAULT_LANGUAGE)
    weekdays = WEEKDAYS_BY_LANGUAGE.get(language.partition("-")[0], WEEKDAYS)

    def written(date: datetime.date) -> str:
        return form.format(
            year=date.year,
            month=date.month,
            day=date.day,
            month_name=MONTHS[date.month - 1],
            name=weekdays[date.weekday()],
        )

    return written


def _sheet(style: Style, fragment: FurnitureStyle) -> str:
    """The style's colours, and its style sheet of that name from every folder that has one, the most basic first."""
    colours = "".join(f"--{name}:{_css_colour(style.colour(name))};" for name in style.colours)
    files = (folder / fragment.css for folder in reversed(style.folders))
    return f":root{{{colours}}}\n" + join_sheets([file for file in files if style.gate.is_file(file)], style.gate)


def _css_colour(colour: Colour) -> str:
    """A colour as the style sheets of furniture write it."""
    process = f"{colour.c:g} {colour.m:g} {colour.y:g} {colour.k:g}"
    return f'separation("{colour.spot}" {colour.tint:g} {process})' if colour.spot else f"device-cmyk({process})"


def _broken_template(style: Style, name: str, line: int, said: Message) -> Problem:
    file = style.file(name)
    return Problem(
        "template",
        Message(f"模板出错：{said.zh}", f"the template fails: {said.en}"),
        Message("按 Jinja2 的写法改正模板", "correct the template; it is written in Jinja2"),
        SourceLocation(displayed_path(file) if file else name, line),
    )
