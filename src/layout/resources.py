"""Where the library's own data lies: beside the sources in a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder `fonts`, `styles` or `press`, as an absolute path.

    Raises:
        FileNotFoundError: neither the package nor the checkout around it has that folder.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"newsletter-layout is installed without its data folder {name!r}")
