"""Reading a style's folder, and the styles it extends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..errors import Mark, Problem, StyleError, Words, has_errors
from ..records import nearest, read_file
from ..resources import data_folder
from .model import Style

FILE = "style.yaml"
RANKS = ("lead", "major", "minor", "brief")


def load_style(name: str, near: Path | None = None, mark: Mark | None = None) -> Style:
    """The style of that name: a folder beside the issue (`near`), else one of the shipped ones.

    Raises:
        StyleError: there is none, or its `style.yaml` is wrong; with every problem found.
    """
    return _load(name, near, mark, ())


def shipped_styles() -> list[str]:
    """The names of the styles that come with the library."""
    return sorted(folder.parent.name for folder in data_folder("styles").glob(f"*/{FILE}"))


def _load(name: str, near: Path | None, mark: Mark | None, extended_by: tuple[Path, ...]) -> Style:
    folder = _find(name, near)
    if folder is None:
        raise StyleError([_unknown_style(name, mark)])
    if folder in extended_by:
        raise StyleError([_circle(name, mark)])
    shown = _shown(folder)
    style, problems = read_file(Style, folder / FILE, shown)
    if style and style.extends:
        base = _load(style.extends, folder.parent, style.marks.get("extends"), (*extended_by, folder))
        style, problems = read_file(Style, folder / FILE, shown, base)
    if style and not has_errors(problems):
        style = replace(style, folders=(folder, *(base.folders if style.extends else ())))
        problems += _inconsistencies(style)
    if has_errors(problems) or style is None:
        raise StyleError(problems)
    return style


def _find(name: str, near: Path | None) -> Path | None:
    places = [near / name] if near else []
    places += [data_folder("styles") / name, Path(name)]
    return next((place.resolve() for place in places if (place / FILE).is_file()), None)


def _shown(folder: Path) -> str:
    """The file's name in messages: from the current folder where it lies below it."""
    file = folder / FILE
    here = Path.cwd()
    return str(file.relative_to(here)) if file.is_relative_to(here) else f"styles/{folder.name}/{FILE}"


def _inconsistencies(style: Style) -> Iterator[Problem]:
    """Names that the style uses and nowhere defines."""
    for rank in RANKS:
        if rank not in style.headlines:
            what = Words(f"headlines 里缺 {rank} 一级", f"headlines has no {rank}")
            yield Problem("missing-key", what, Words(f"补上 {rank}: …", f"add {rank}: …"), style.place("headlines"))
        elif not style.headlines[rank].sizes:
            what = Words(f"{rank} 没有字号", f"{rank} has no sizes")
            remedy = Words("补上 sizes: [...]", "add sizes: […]")
            yield Problem("missing-key", what, remedy, style.headlines[rank].mark)
    users = [(text.colour, text.place("colour")) for text in style.text.values()]
    for headline in style.headlines.values():
        users += [(part.colour, part.place("colour")) for part in (headline, headline.kicker, headline.deck)]
    users += [(box.fill, box.place("fill")) for box in style.boxes.values()]
    users += [(box.stroke, box.place("stroke")) for box in style.boxes.values()]
    users += [(rule.colour, rule.place("colour")) for rule in style.rules.values()]
    for colour, mark in users:
        if colour and colour not in style.colours:
            yield _undefined("颜色", "colour", colour, list(style.colours), mark)
    for text in style.text.values():
        if text.base and text.base not in style.text:
            yield _undefined("文字样式", "text style", text.base, list(style.text), text.place("base"))
    for name, values in style.colours.items():
        if isinstance(values, tuple) and (len(values) != 4 or not all(0 <= value <= 100 for value in values)):
            what = Words(f"颜色 {name} 应是四个 0–100 的数", f"colour {name} wants four numbers from 0 to 100")
            remedy = Words("写成 [青, 品红, 黄, 黑]", "write [cyan, magenta, yellow, black]")
            yield Problem("out-of-range", what, remedy, style.marks.get(f"colours.{name}", style.mark))
    for name, piece in style.furniture.items():
        for file in (piece.template, piece.css):
            if style.file(file) is None:
                what = Words(f"构件 {name} 的文件 {file} 不存在", f"the file {file} of {name} does not exist")
                yield Problem("missing-file", what, Words("改正文件名", "correct the file's name"), piece.mark)


def _undefined(zh: str, en: str, name: str, known: list[str], mark: Mark | None) -> Problem:
    near = nearest(name, known)
    remedy = Words(f"是 {near} 吗？", f"do you mean {near}?") if near else Words("先定义它", "define it first")
    return Problem("undefined", Words(f"没有定义{zh} {name}", f"the {en} {name} is not defined"), remedy, mark)


def _unknown_style(name: str, mark: Mark | None) -> Problem:
    known = shipped_styles()
    near = nearest(name, known)
    return Problem(
        "unknown-style",
        Words(f"没有样式“{name}”", f"there is no style “{name}”"),
        Words(f"是 {near} 吗？", f"do you mean {near}?")
        if near
        else Words(f"可用的有：{'、'.join(known)}", f"there are: {', '.join(known)}"),
        mark,
    )


def _circle(name: str, mark: Mark | None) -> Problem:
    return Problem(
        "style-circle",
        Words(f"样式“{name}”绕回了它自己", f"the style “{name}” extends itself in a circle"),
        Words("去掉其中一个 extends", "take one extends away"),
        mark,
    )
