"""Reading a style's folder, and the styles it extends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..errors import Message, Problem, SourceLocation, StyleError, has_errors
from ..records import nearest_match, read_record, read_utf8
from ..runtime.gate import STYLE, Gate, leads_out
from ..runtime.plugins import folder_of, plugin_names
from ..runtime.resources import data_folder, displayed_path
from .checks import style_problems
from .model import Style

if TYPE_CHECKING:
    from ..issue.model import Issue

STYLE_FILE = "style.yaml"
MOST_PARSED = 32


def load_style(name: str, near: Path | None = None, mark: SourceLocation | None = None) -> Style:
    """The style of that name: in the folder `near` of the issue that names it, else shipped, else from another package.

    Without `near` the name may also be the path of any folder.

    Raises:
        StyleError: There is none, or its `style.yaml` is wrong; with all problems.
    """
    return _load(name, near, near, mark, ())


def style_of(issue: Issue) -> Style:
    """The style of an issue: the one that its caller chose, or else the one that it names.

    Raises:
        StyleError: as `load_style`.
    """
    if issue.chosen_style:
        return load_style(issue.chosen_style)
    return load_style(issue.style, issue.folder, issue.place("style"))


def shipped_styles() -> list[str]:
    """The names of the shipped styles."""
    return sorted(folder.parent.name for folder in data_folder("styles").glob(f"*/{STYLE_FILE}"))


def _load(
    name: str, near: Path | None, home: Path | None, mark: SourceLocation | None, extended_by: tuple[Path, ...]
) -> Style:
    """Loads a style; `near` is the folder searched first, `home` the one that must contain it."""
    if home and leads_out(name):
        raise StyleError([style_outside(name, mark)])
    found = find_style(name, near)
    if not found:
        raise StyleError([unknown_style(name, mark)])
    # a style may extend the shipped one, or a package's, of its own name
    folder = next((folder for folder in found if folder not in extended_by), None) or _plugin_style(name, extended_by)
    if folder is None:
        raise StyleError([_circle(name, mark)])
    if home is None or near is None or folder != (near / name).resolve():
        home = folder.parent  # chosen by the caller, or installed
    elif not Gate((home,)).holds(folder):
        raise StyleError([style_outside(name, mark)])
    file = displayed_path(folder / STYLE_FILE)
    style, problems = _read(folder / STYLE_FILE, file)
    if style and style.extends:
        beside = folder if folder == home.resolve() else folder.parent
        base = _load(style.extends, beside, home, style.marks.get("extends"), (*extended_by, folder))
        style, problems = _read(folder / STYLE_FILE, file, base)
    if style and not has_errors(problems):
        problems += style_problems(style)
    if has_errors(problems) or style is None:
        raise StyleError(problems)
    return style


_parsed: dict[tuple[Path, str, str, int], tuple[Style | None, list[Problem], Style | None]] = {}


def _read(path: Path, file: str, base: Style | None = None) -> tuple[Style | None, list[Problem]]:
    """The style of a file with its folders; cached in the process until the file or its base changes."""
    text, problems = read_utf8(path, file, Gate((path.parent,), STYLE))
    if problems:
        return None, problems
    key = path, file, text, id(base)  # the cache refers to the base, so its id is not reused
    if key not in _parsed:
        style, problems = read_record(Style, text, file, base)
        if style:
            style = replace(style, folders=(path.parent, *(base.folders if base else ())))
        for old in [*_parsed][: 1 - MOST_PARSED]:
            del _parsed[old]
        _parsed[key] = style, problems, base
    style, problems, _ = _parsed[key]
    return style, [*problems]


def _plugin_style(name: str, extended_by: tuple[Path, ...]) -> Path | None:
    """Another package's style of that name, for a style beside the issue that extends it."""
    folder = folder_of("layout.styles", name)
    return folder if folder not in extended_by else None


def find_style(name: str, near: Path | None) -> list[Path]:
    """The folders of the styles of that name, the nearest first: beside `near`; shipped; without `near`, at that path.

    Where there is none of these, that of another package (entry points `layout.styles`).
    """
    shipped = data_folder("styles") / name
    places = [near / name, shipped] if near else [shipped, Path(name)]
    found = [place.resolve() for place in places if _is_style(place)]
    return found or [folder for folder in [folder_of("layout.styles", name)] if folder]


def _is_style(folder: Path) -> bool:
    try:
        return (folder / STYLE_FILE).is_file()
    except OSError:  # not a valid file name
        return False


def unknown_style(name: str, mark: SourceLocation | None = None) -> Problem:
    names = [*shipped_styles(), *plugin_names("layout.styles")]
    near = nearest_match(name, names)
    return Problem(
        "unknown-style",
        Message(f"没有样式“{name}”", f"there is no style “{name}”"),
        Message(f"是 {near} 吗？", f"do you mean {near}?")
        if near
        else Message(f"可用的有：{'、'.join(names)}", f"there are: {', '.join(names)}"),
        mark,
    )


def style_outside(name: str, mark: SourceLocation | None) -> Problem:
    return Problem(
        "outside-folder",
        Message(f"样式 {name} 不在本期的文件夹里", f"the style {name} lies outside the issue's folder"),
        Message(
            "把它复制到本期文件夹里；或者信得过它，用 --style 文件夹 指明",
            "copy it into the folder; or, if you trust it, name it with --style FOLDER",
        ),
        mark,
    )


def _circle(name: str, mark: SourceLocation | None) -> Problem:
    return Problem(
        "style-circle",
        Message(f"样式“{name}”绕回了它自己", f"the style “{name}” extends itself in a circle"),
        Message("去掉其中一个 extends", "take one extends away"),
        mark,
    )
