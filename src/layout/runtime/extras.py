"""What the program does with libraries that an installation may leave out: the extras of `pyproject.toml`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

from msgspec import Struct

from ..errors import LayoutError, Message, Problem, SourceLocation

ExtraName = Literal["charts", "preview", "word"]


class Extra(Struct, frozen=True):
    """One extra: what it is for, and the modules that it installs."""

    purpose: Message
    modules: tuple[str, ...]


EXTRAS: dict[ExtraName, Extra] = {
    "charts": Extra(Message("图表", "charts"), ("matplotlib",)),
    "preview": Extra(Message("预览", "the preview"), ("starlette", "uvicorn", "watchfiles")),
    "word": Extra(Message("Word 稿件", "articles from Word"), ("docx",)),
}


def is_installed(name: ExtraName) -> bool:
    """Whether every module of an extra can be imported."""
    return all(find_spec(module) for module in EXTRAS[name].modules)


def install_command(*names: str) -> str:
    """The command that installs extras."""
    return f"pip install 'newsletter-layout[{','.join(names)}]'"


def missing_extra(name: ExtraName, mark: SourceLocation | None = None) -> Problem:
    """The error that something at `mark` needs an extra that is not installed."""
    purpose, command = EXTRAS[name].purpose, install_command(name)
    what = Message(
        f"没有装{purpose.zh}用的程序包（{name}）", f"the packages for {purpose.en} ({name}) are not installed"
    )
    return Problem("missing-extra", what, Message(command, command), mark)


def require(name: ExtraName) -> None:
    """Raises LayoutError where an extra is not installed."""
    if not is_installed(name):
        raise LayoutError([missing_extra(name)])
