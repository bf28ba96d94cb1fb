"""Reading a style's folder, and the styles it extends."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from ..errors import Mark, Problem, StyleError, Words, has_errors
from ..extensions import brought, folder_of
from ..records import nearest, read, read_text
from ..resources import data_folder, shown
from .checks import inconsistencies
from .model import Style

FILE = "style.yaml"
MOST_PARSED = 32


def load_style(name: str, near: Path | None = None, mark: Mark | None = None) -> Style:
    """The style of that name: a folder beside the issue (`near`), else a shipped one, else another package's.

    Raises:
        StyleError: there is none, or its `style.yaml` is wrong; with every problem found.
    """
    return _load(name, near, mark, ())


def shipped_styles() -> list[str]:
    """The names of the styles that come with the library."""
    return sorted(folder.parent.name for folder in data_folder("styles").glob(f"*/{FILE}"))


def _load(name: str, near: Path | None, mark: Mark | None, extended_by: tuple[Path, ...]) -> Style:
    found = find_style(name, near)
    if not found:
        raise StyleError([unknown_style(name, mark)])
    # a style may extend the shipped one, or a package's, of its own name
    folder = next((folder for folder in found if folder not in extended_by), None) or _other(name, extended_by)
    if folder is None:
        raise StyleError([_circle(name, mark)])
    file = shown(folder / FILE)
    style, problems = _read(folder / FILE, file)
    if style and style.extends:
        base = _load(style.extends, folder.parent, style.marks.get("extends"), (*extended_by, folder))
        style, problems = _read(folder / FILE, file, base)
    if style and not has_errors(problems):
        problems += inconsistencies(style)
    if has_errors(problems) or style is None:
        raise StyleError(problems)
    return style


_parsed: dict[tuple[Path, str, str, int], tuple[Style | None, list[Problem], Style | None]] = {}


def _read(path: Path, file: str, base: Style | None = None) -> tuple[Style | None, list[Problem]]:
    """The style of a file with its folders, parsed once in a process as long as neither it nor its base changes."""
    text, problems = read_text(path, file)
    if problems:
        return None, problems
    key = path, file, text, id(base)  # of a base that is kept here, so nothing else gets its number
    if key not in _parsed:
        style, problems = read(Style, text, file, base)
        if style:
            style = replace(style, folders=(path.parent, *(base.folders if base else ())))
        for old in [*_parsed][: 1 - MOST_PARSED]:
            del _parsed[old]
        _parsed[key] = style, problems, base
    style, problems, _ = _parsed[key]
    return style, [*problems]


def _other(name: str, extended_by: tuple[Path, ...]) -> Path | None:
    """Another package's style of that name, which one beside the issue extends."""
    folder = folder_of("layout.styles", name)
    return folder if folder not in extended_by else None


def find_style(name: str, near: Path | None) -> list[Path]:
    """The folders of the styles of that name, the nearest first: beside `near`, shipped, at that path, or where there
    is none of these and another package brings one (entry points `layout.styles`), that.
    """
    places = [near / name] if near else []
    places += [data_folder("styles") / name, Path(name)]
    found = [place.resolve() for place in places if (place / FILE).is_file()]
    return found or [folder for folder in [folder_of("layout.styles", name)] if folder]


def unknown_style(name: str, mark: Mark | None = None) -> Problem:
    known = [*shipped_styles(), *brought("layout.styles")]
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
