"""Checks of a style beyond single values: undefined names, missing files, impossible lengths."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from ..errors import Message, Problem, SourceLocation
from ..records import Length, Record, nearest_match
from ..rules.severities import check_problems
from ..runtime.gate import STYLE, leads_out, lies_outside
from .model import Style
from .references import (
    BoxName,
    ColourName,
    FaceName,
    HeadlineName,
    RuleName,
    StyleReference,
    TextName,
    referenced_names,
)

SHEET = 28.0, 14400.0  # pt: a centimetre, and the most of a page of PDF (ISO 32000-2, C.2)
_TYPE = 1.0, 1000.0  # pt
OVER = 0.5  # pt by which rounding may take the type area over the sheet
MOST_SIZES, MOST_HEADLINE_LINES = 50, 12
RANK_NAMES = ("lead", "major", "minor", "brief")
# The placeholders that each of the style's texts may have.
BLANKS = {
    "jump": {"page"},
    "continuation": {"page"},
    "date": {"year", "month", "day", "month_name"},
    "weekday": {"name"},
    "unit": {"unit"},
}
_SPECIFICATION = re.compile(r"(?:0?[1-9]d?)?")  # {month:02}; a greater width would fill the memory
DIVISORS = frozenset({"size", "sizes", "leading", "row_height"})  # lengths that others are divided by
_NAME = re.compile(r"[\w-]+")  # colours become custom properties of CSS


def style_problems(style: Style) -> Iterator[Problem]:
    """All problems of a style, in no order."""
    yield from _ranks(style)
    measures = [*_measures(style), *_type_area(style)]
    yield from measures
    yield from _undefined_names(style)
    yield from _colours(style)
    yield from _furniture(style)
    yield from _words(style)
    yield from _fonts(style)
    placed = {problem.mark for problem in measures}
    yield from (problem for problem in _lengths(style) if problem.mark not in placed)
    yield from check_problems(style, style.checks)


def _lengths(style: Style) -> Iterator[Problem]:
    """Reports impossible lengths: negative, type without size, greater than any sheet."""
    waiting: list[Any] = [style]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, tuple):
            waiting += [part for part in one if isinstance(part, Record)]
        elif isinstance(one, Record):
            for name in one.__struct_fields__:
                value = getattr(one, name)
                many = value if isinstance(value, tuple) else (value,)
                if all(isinstance(length, Length) for length in many):
                    least = _TYPE[0] if name in DIVISORS else 0.0
                    wrong = [length for length in many if not least <= length <= SHEET[1]]
                    if wrong:
                        yield _out_of_range(wrong[0], least, one.place(name))
                else:
                    waiting.append(value)


def _out_of_range(length: Length, least: float, mark: SourceLocation) -> Problem:
    what = Message(f"长度 {length} 不在范围内", f"the length {length} is out of range")
    bounds = f"{least:g}pt–{SHEET[1]:g}pt"
    return Problem("out-of-range", what, Message(f"写 {bounds} 之间的长度", f"write a length of {bounds}"), mark)


def _ranks(style: Style) -> Iterator[Problem]:
    for rank in RANK_NAMES:
        if rank not in style.headlines:
            what = Message(f"headlines 里缺 {rank} 一级", f"headlines has no {rank}")
            yield Problem("missing-key", what, Message(f"补上 {rank}: …", f"add {rank}: …"), style.place("headlines"))
    for name, headline in style.headlines.items():
        if not headline.sizes:
            what = Message(f"{name} 没有字号", f"{name} has no sizes")
            yield Problem("missing-key", what, Message("补上 sizes: [...]", "add sizes: […]"), headline.mark)


def _measures(style: Style) -> Iterator[Problem]:
    """Lengths and counts that no page of a newspaper has, and that would take for ever to set."""
    sheet, grid = style.sheet, style.grid
    found: list[tuple[Record, str, str, float, tuple[float, float]]] = [
        (sheet, "sheet", "width", sheet.width, SHEET),
        (sheet, "sheet", "height", sheet.height, SHEET),
        (grid, "grid", "size", grid.size, _TYPE),
        (grid, "grid", "leading", grid.leading, _TYPE),
        (grid, "grid", "gap", grid.gap, (0, grid.lines)),
    ]
    for name, text in style.text.items():
        own = ((field, getattr(text, field)) for field in ("size", "leading"))
        found += [(text, name, field, value, _TYPE) for field, value in own if value is not None]
    for name, headline in style.headlines.items():
        found += [(headline, name, "sizes", size, _TYPE) for size in headline.sizes]
        found.append((headline, name, "sizes", len(headline.sizes), (0, MOST_SIZES)))
        found.append((headline, name, "max_lines", headline.max_lines, (1, MOST_HEADLINE_LINES)))
    for record, name, field, value, (least, most) in found:
        if not least <= value <= most:
            what = Message(f"{name} 的 {field} 是 {value:g}，超出范围", f"{field} of {name} is {value:g}, out of range")
            remedy = Message(f"写 {least:g}–{most:g} 之间的数", f"write a value from {least:g} to {most:g}")
            yield Problem("out-of-range", what, remedy, record.place(field))


def _type_area(style: Style) -> Iterator[Problem]:
    """The type area stands on the sheet."""
    grid = style.grid.grid(style.sheet)
    for zh, en, field, begins, ends, room in (
        ("宽", "wide", "unit", grid.left, grid.left + grid.width, style.sheet.width),
        ("高", "high", "lines", grid.top, grid.top + grid.height, style.sheet.height),
    ):
        if not (begins > -OVER and ends < room + OVER):
            what = Message(
                f"版心超出了版面：从 {begins:g}pt 到 {ends:g}pt，纸{zh} {room:g}pt",
                f"the type area stands over the sheet: from {begins:g}pt to {ends:g}pt; the sheet is {room:g}pt {en}",
            )
            remedy = Message(
                "改 grid 的 size、unit、lines、head，或改 sheet", "change size, unit, lines or head, or sheet"
            )
            yield Problem("type-area", what, remedy, style.grid.place(field))


def _undefined_names(style: Style) -> Iterator[Problem]:
    from ..text.fonts.faces import manifest

    defined: dict[type[StyleReference], Mapping[str, Any]] = {
        ColourName: style.colours,
        FaceName: manifest() | style.fonts,
        RuleName: style.rules,
        BoxName: style.boxes,
        TextName: style.text,
        HeadlineName: style.headlines,
    }
    for kind, name, mark in referenced_names(style):
        if name not in defined[kind]:
            what = Message(f"没有定义{kind.thing.zh} {name}", f"the {kind.thing.en} {name} is not defined")
            yield Problem("undefined", what, _or_nearest(name, defined[kind]), mark)


def _colours(style: Style) -> Iterator[Problem]:
    for name, values in style.colours.items():
        mark = style.marks.get(f"colours.{name}", style.mark)
        if isinstance(values, tuple) and (len(values) != 4 or not all(0 <= value <= 100 for value in values)):
            what = Message(f"颜色 {name} 应是四个 0–100 的数", f"colour {name} must be four numbers from 0 to 100")
            remedy = Message("写成 [青, 品红, 黄, 黑]", "write [cyan, magenta, yellow, black]")
            yield Problem("out-of-range", what, remedy, mark)
        if not _NAME.fullmatch(name):
            what = Message(f"“{name}”不能作颜色的名字", f"“{name}” cannot be the name of a colour")
            yield Problem("colour-name", what, Message("只用字母、数字、汉字和 -", "use letters, digits and -"), mark)


def _furniture(style: Style) -> Iterator[Problem]:
    for name, piece in style.furniture.items():
        for field in ("template", "css"):
            file = getattr(piece, field)
            if _is_outside(style, file):
                yield lies_outside(file, piece.place(field), STYLE)
            elif style.file(file) is None:
                what = Message(f"构件 {name} 的文件 {file} 不存在", f"the file {file} of {name} does not exist")
                yield Problem(
                    "missing-file", what, Message("改正文件名", "correct the file's name"), piece.place(field)
                )
        if piece.pages != "areas" and (piece.top is None or piece.height is None):
            what = Message(f"构件 {name} 不知道放在哪里", f"nothing says where {name} stands")
            remedy = Message("补上 top 和 height", "add top and height")
            yield Problem("missing-key", what, remedy, piece.place("pages"))


def _fonts(style: Style) -> Iterator[Problem]:
    """Checks that font files are in the style's folders, with nothing beside them that fontconfig must not open."""
    for name, file in style.fonts.items():
        mark = style.marks.get(f"fonts.{name}", style.mark)
        found = style.file(file)
        if _is_outside(style, file):
            yield lies_outside(file, mark, STYLE)
        elif found and (unsafe := _unsafe_neighbour(style, found)):
            yield lies_outside(unsafe, mark, STYLE)


def _unsafe_neighbour(style: Style, file: Path) -> str:
    """The name of a pipe, device or link out of the style in the folder of a font; "" if there is none."""
    for entry in os.scandir(file.parent):
        is_plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
        if not is_plain and not style.gate.is_file(entry.path):
            return entry.name
    return ""


def _is_outside(style: Style, name: str) -> bool:
    """Whether a path is outside the style's folders, directly or through a link."""
    if leads_out(name):
        return True
    return any(os.path.lexists(path) and not style.gate.holds(path) for path in (f / name for f in style.folders))


def _words(style: Style) -> Iterator[Problem]:
    """Checks that texts have only the placeholders that are filled in."""
    checked = [(name, BLANKS[key]) for name in style.words if (key := name.partition(".")[0]) in BLANKS]
    for name, blanks in checked:
        words = style.words[name]
        mark = style.marks.get(f"words.{name}", style.mark)
        filled = "、".join(f"{{{blank}}}" for blank in sorted(blanks))
        remedy = Message(f"可以用的有：{filled}", f"there are: {filled}")
        try:
            found = [part[1:] for part in Formatter().parse(words) if part[1] is not None]
        except ValueError:
            yield Problem("words", Message(f"{name} 的花括号不成对", f"a brace in {name} is not closed"), remedy, mark)
            continue
        for blank, specification, conversion in found:
            if conversion or not _SPECIFICATION.fullmatch(specification or ""):
                what = Message(
                    f"{name} 里 {{{blank}}} 的写法不对",
                    f"{{{blank}}} in {name} has more than a name between its braces",
                )
                yield Problem("words", what, remedy, mark)
        for blank in sorted({str(blank) for blank, _, _ in found} - blanks):
            what = Message(f"{name} 里没有可填的 {{{blank}}}", f"nothing fills {{{blank}}} in {name}")
            yield Problem("words", what, remedy, mark)


def _or_nearest(name: str, defined: Mapping[str, Any]) -> Message:
    if near := nearest_match(name, defined):
        return Message(f"是 {near} 吗？", f"do you mean {near}?")
    if not defined:
        return Message("先定义它", "define it first")
    return Message(f"可用的有：{'、'.join(defined)}", f"there are: {', '.join(defined)}")
