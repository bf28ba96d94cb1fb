"""Imports made quicker: what is done to `sys.modules`, with what it saves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_typing_extensions() -> Iterator[None]:
    """Hides `typing_extensions`, where it is not imported yet, from a module that prefers it to the standard library.

    msgspec takes from it what `typing` has had since Python 3.11. The import of msgspec takes FIGURE.
    """
    if "typing_extensions" in sys.modules:
        yield
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["typing_extensions"]
