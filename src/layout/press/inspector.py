"""Preflight in a process of its own, which has imported all it needs by the time the file is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..hired import Hired, Unreachable, at_work

if TYPE_CHECKING:
    from .findings import Finding
    from .printer import Printer


class Inspector:
    """Somebody who holds files to a printer's rules. To be closed."""

    def __init__(self, hired: Hired | None) -> None:
        self._hired = hired

    def inspect(self, path: Path, printer: Printer, *, ink: bool = True, name: str = "") -> list[Finding]:
        """See `preflight`; done here where nobody answers."""
        if self._hired:
            try:
                findings: list[Finding] = self._hired.ask((Path.cwd(), path, printer, ink, name))
                return findings
            except Unreachable:
                pass
        from .preflight import preflight

        return preflight(path, printer, ink=ink, name=name)

    def close(self) -> None:
        if self._hired:
            self._hired.close()


def hire_inspector() -> Inspector:
    """Somebody in a process of its own; ourselves where no processor is free for it, or all is imported here already."""
    if "pikepdf" in sys.modules or (os.cpu_count() or 1) < 2:
        return Inspector(None)
    try:
        return Inspector(Hired(__name__))
    except OSError:
        return Inspector(None)


def _serve() -> None:
    with at_work() as (questions, answer):
        from .preflight import preflight

        for here, path, printer, ink, name in questions:
            os.chdir(here)
            answer(preflight(path, printer, ink=ink, name=name))


if __name__ == "__main__":
    _serve()
