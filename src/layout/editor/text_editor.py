"""Opens the user's text editor at a line, by a command or by a link in the browser."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from ..errors import SourceLocation

VSCODE = "vscode://file/{file}:{line}:{column}"
# Arguments of common editors for a line; others are given the file only.
EDITOR_ARGUMENTS = {
    "code": ("-g", "{file}:{line}:{column}"),
    "codium": ("-g", "{file}:{line}:{column}"),
    "subl": ("{file}:{line}:{column}",),
    "gedit": ("+{line}:{column}", "{file}"),
    "gnome-text-editor": ("{file}",),
    "kate": ("-l", "{line}", "-c", "{column}", "{file}"),
    "notepad++": ("-n{line}", "-c{column}", "{file}"),
    "emacsclient": ("-n", "+{line}:{column}", "{file}"),
    "gvim": ("+{line}", "{file}"),
    "idea": ("--line", "{line}", "{file}"),
}


class TextEditor(Struct, frozen=True):
    """A text editor: `command`, or else `link`, with the placeholders {file}, {line} and {column}."""

    command: tuple[str, ...] = ()
    link: str = VSCODE

    def address(self, mark: SourceLocation) -> str:
        """The link for the browser; empty where a command opens the file."""
        if self.command:
            return ""
        file = quote(Path(mark.file).resolve().as_posix().lstrip("/"))
        return self.link.format(file=file, line=mark.line, column=mark.column)

    def open(self, mark: SourceLocation) -> None:
        """Starts the command without waiting for it.

        Raises:
            OSError: There is no such program.
        """
        values = {"file": str(Path(mark.file).resolve()), "line": mark.line, "column": mark.column}
        command = [part.format(**values) for part in self.command]
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def chosen_editor(wish: str | None) -> TextEditor:
    """The chosen editor, else that of the variable `LAYOUT_EDITOR`, else Visual Studio Code by a link.

    `wish` is a command (`code`, `kate -n`, `myeditor --at {line} {file}`) or a link (`txmt://open?url={file}`).

    Raises:
        ValueError: It is not a valid command, or has other placeholders than file, line and column.
    """
    wish = wish or os.environ.get("LAYOUT_EDITOR", "")
    if not wish:
        return TextEditor()
    wish.format(file="", line=1, column=1)
    if "://" in wish.split()[0]:
        return TextEditor(link=wish)
    command = tuple(shlex.split(wish))
    if "{file}" not in wish:
        command += EDITOR_ARGUMENTS.get(Path(command[0]).stem.lower(), ("{file}",))
    return TextEditor(command=command)
