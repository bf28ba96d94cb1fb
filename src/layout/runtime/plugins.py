"""Styles and printers of other packages, found by entry points.

An entry point names a package; in its folder lies `style.yaml` or `printer.yaml` with all that belongs to it. Nothing
of it is run: only the folder is used.

    [project.entry-points."layout.styles"]
    harbour = "harbour_paper.style"       # harbour_paper/style/style.yaml, templates, style sheets

    [project.entry-points."layout.printers"]
    harbour-press = "harbour_paper.press" # harbour_paper/press/printer.yaml and its ICC profile

Importers of manuscripts, group `layout.importers`, are functions: see `layout.importing.sources`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..errors import Message, Problem, StyleError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

PluginGroup = Literal["layout.styles", "layout.printers"]
FILES: dict[PluginGroup, str] = {"layout.styles": "style.yaml", "layout.printers": "printer.yaml"}


def _points(group: PluginGroup) -> EntryPoints:
    from importlib.metadata import entry_points  # takes longer to import than a style to read

    return entry_points(group=group)


def plugin_names(group: PluginGroup) -> list[str]:
    """The names of the styles or printers of other packages."""
    return sorted({point.name for point in _points(group)})


def folder_of(group: PluginGroup, name: str) -> Path | None:
    """The folder of a style or printer of that name; None where no package has one.

    Raises:
        StyleError: a package has an entry point of that name, and no such folder.
    """
    for point in _points(group):
        if point.name != name:
            continue
        try:
            spec = find_spec(point.module)
        except (ImportError, ValueError):
            spec = None
        places = list(spec.submodule_search_locations or ()) if spec else []
        for folder in map(Path, places):
            if (folder / FILES[group]).is_file():
                return folder.resolve()
        raise StyleError([_broken(name, point.value, FILES[group])])
    return None


def _broken(name: str, value: str, file: str) -> Problem:
    what = Message(f"扩展“{name}”坏了：包 {value} 里没有 {file}", f"“{name}” is broken: there is no {file} in {value}")
    return Problem("extension", what, Message("重装或卸载这个包", "install that package anew, or remove it"))
