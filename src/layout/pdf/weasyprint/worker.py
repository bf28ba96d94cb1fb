"""A WeasyPrint backend in a process of its own: it opens and draws while the issue is composed, which takes about as long."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from msgspec import Struct

from ...errors import Problem
from ...runtime.store import ArtifactStore, digest
from ...runtime.worker import SubprocessWorker, serve_requests
from ..fonts import PdfFace
from ..form_xobject import FormXObject
from ..furniture_forms import FurnitureFragment
from ..target import Target

PackedForm = tuple[
    bytes, set[str], list[Problem]
]  # the form XObject packed, empty where there is none; see `WeasyPrintBackend.draw`


class FaceReference(Struct, frozen=True):
    """What a WeasyPrint backend needs to know of a face."""

    name: str
    path: Path


class WeasyPrintWorker:
    """Draws pieces as a `WeasyPrintBackend` does, elsewhere, one after another as they are ordered. To be closed."""

    def __init__(self) -> None:
        self._worker = SubprocessWorker(__name__)
        self._is_open = False
        self._ordered: dict[FurnitureFragment, None] = {}  # and not yet received, in this order
        self._received: dict[FurnitureFragment, PackedForm] = {}  # and not yet asked for

    def open(self, faces: Mapping[str, PdfFace], target: Target, store: ArtifactStore) -> None:
        """Tells it what it works for, once. Raises Unreachable."""
        if not self._is_open:
            files = {name: FaceReference(name, Path(face.path)) for name, face in faces.items()}
            self._worker.send((files, target, store.folder))
            self._is_open = True

    def order(self, fragment: FurnitureFragment) -> None:
        """Has a piece drawn that will be asked for, or may be. Raises Unreachable."""
        if fragment not in self._received and fragment not in self._ordered:
            self._worker.send(fragment)
            self._ordered[fragment] = None

    def draw(self, fragment: FurnitureFragment) -> tuple[FormXObject | None, set[str], list[Problem]]:
        """See `WeasyPrintBackend.draw`. Raises Unreachable."""
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
    """Whether a WeasyPrint backend is likely to be needed: `state`, say the issue's records and the style, is new to the cache.

    Hired too often it costs a processor for a third of a second, too seldom a third of a second of the build.
    """
    store, key = ArtifactStore(cache), digest("hired", *state)
    if store.get(key) is not None:
        return False
    store.put(key, b"")
    return True


def is_empty_cache(cache: Path | None) -> bool:
    """Whether whatever is asked for will be new."""
    return cache is None or not cache.exists()


def start_worker(workers: ExitStack) -> WeasyPrintWorker | None:
    """A WeasyPrint backend that is closed with the rest of the crew; none where no process can be started."""
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
