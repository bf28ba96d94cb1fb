"""A WeasyPrint backend in a subprocess: it imports WeasyPrint and draws while the issue is composed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from msgspec import Struct

from ...errors import Problem
from ...runtime.processes.worker import SubprocessWorker, serve_requests
from ...runtime.store import ArtifactStore, digest
from ..fonts import PdfFace
from ..form_xobject import FormXObject
from ..furniture_forms import FurnitureFragment
from ..target import Target

PackedForm = tuple[
    bytes, set[str], list[Problem]
]  # the form XObject packed, empty where there is none; see `WeasyPrintBackend.draw`


class FaceReference(Struct, frozen=True):
    """The properties of a face that a WeasyPrint backend uses."""

    name: str
    path: Path


class WeasyPrintWorker:
    """A `WeasyPrintBackend` in a subprocess: draws fragments in the order in which they are queued. To be closed."""

    def __init__(self) -> None:
        self._worker = SubprocessWorker(__name__)
        self._is_open = False
        self._ordered: dict[FurnitureFragment, None] = {}  # and not yet received, in this order
        self._received: dict[FurnitureFragment, PackedForm] = {}  # and not yet requested by `draw`

    def open(self, faces: Mapping[str, PdfFace], target: Target, store: ArtifactStore) -> None:
        """Sends the faces, the target and the store; once, before anything else. Raises WorkerUnreachable."""
        if not self._is_open:
            files = {name: FaceReference(name, Path(face.path)) for name, face in faces.items()}
            self._worker.send((files, target, store.folder))
            self._is_open = True

    def order(self, fragment: FurnitureFragment) -> None:
        """Queues a fragment that `draw` is likely to request. Raises WorkerUnreachable."""
        if fragment not in self._received and fragment not in self._ordered:
            self._worker.send(fragment)
            self._ordered[fragment] = None

    def draw(self, fragment: FurnitureFragment) -> tuple[FormXObject | None, set[str], list[Problem]]:
        """See `WeasyPrintBackend.draw`. Raises WorkerUnreachable."""
        self.order(fragment)
        while fragment not in self._received:
            drawn, first = self._worker.receive(), next(iter(self._ordered))
            del self._ordered[first]
            self._received[first] = drawn
        packed, files, problems = self._received.pop(fragment)
        return (FormXObject.unpack(packed) if packed else None), files, problems

    def close(self) -> None:
        self._worker.close()


def is_new_to_cache(cache: Path | None, *state: bytes) -> bool:
    """Whether a WeasyPrint backend is likely to be needed: `state` (the issue's records, the style) is new to the cache.

    A worker that is not needed costs a third of a second of a second processor; one that is missing, of the build.
    """
    store, key = ArtifactStore(cache), digest("hired", *state)
    if store.get(key) is not None:
        return False
    store.put(key, b"")
    return True


def is_empty_cache(cache: Path | None) -> bool:
    """Whether the cache has no artifacts, so that everything must be drawn."""
    return cache is None or not cache.exists()


def start_worker(workers: ExitStack) -> WeasyPrintWorker | None:
    """A WeasyPrint worker, closed with `workers`; None where no process can be started."""
    try:
        return workers.enter_context(closing(WeasyPrintWorker()))
    except OSError:
        return None


def _serve() -> None:
    with serve_requests() as (requests, respond):
        from ...text.fonts.faces import load_faces
        from ..inks import Inks
        from .backend import WeasyPrintBackend
        from .engine import warm_up

        warm_up(load_faces())
        for faces, target, cache in requests:
            backend = WeasyPrintBackend(faces, target, Inks(target), ArtifactStore(cache))
            break
        for fragment in requests:
            form, files, problems = backend.draw(fragment)
            respond((form.pack() if form else b"", files, problems))


if __name__ == "__main__":
    _serve()
