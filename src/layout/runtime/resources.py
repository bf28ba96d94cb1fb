"""Where the library's own data lies, beside the sources in a checkout or inside the package in a wheel; names of files
in messages."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """The folder `fonts`, `styles` or `press`, as an absolute path.

    Raises:
        FileNotFoundError: neither the package nor the checkout around it has that folder.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"newsletter-layout is installed without its data folder {name!r}")


def displayed_path(file: Path) -> str:
    """What messages call a style's file: its path from the current folder where it lies below it; of a style that comes
    with the library `styles/NAME/FILE`."""
    for root, parents in ((Path.cwd(), ""), (data_folder("styles"), "styles/")):
        if file.is_relative_to(root):
            return parents + file.relative_to(root).as_posix()
    return file.as_posix()
