"""Preflight in a subprocess, which imports its modules while the file is being written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ...runtime.processes.worker import SubprocessWorker, WorkerUnreachable, serve_requests

if TYPE_CHECKING:
    from ..printer import Printer
    from .findings import Finding


class PreflightWorker:
    """A subprocess worker for `preflight`; must be closed."""

    def __init__(self, worker: SubprocessWorker | None) -> None:
        self._worker = worker

    def inspect(self, path: Path, printer: Printer, *, ink: bool = True, name: str = "") -> list[Finding]:
        """As `preflight`; runs in this process where the worker does not respond."""
        if self._worker:
            try:
                findings: list[Finding] = self._worker.query((Path.cwd(), path, printer, ink, name))
                return findings
            except WorkerUnreachable:
                pass
        from .preflight import preflight

        return preflight(path, printer, ink=ink, name=name)

    def close(self) -> None:
        if self._worker:
            self._worker.close()


def start_preflight_worker() -> PreflightWorker:
    """Starts the worker; without a free processor, or with the modules already imported, it runs in this process."""
    if "pikepdf" in sys.modules or (os.cpu_count() or 1) < 2:
        return PreflightWorker(None)
    try:
        return PreflightWorker(SubprocessWorker(__name__))
    except OSError:
        return PreflightWorker(None)


def _serve() -> None:
    with serve_requests() as (requests, respond):
        from .preflight import preflight

        for here, path, printer, ink, name in requests:
            os.chdir(here)
            respond(preflight(path, printer, ink=ink, name=name))


if __name__ == "__main__":
    _serve()
