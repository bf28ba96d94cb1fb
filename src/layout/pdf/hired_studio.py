"""A studio in a process of its own: it opens and draws while the issue is composed, which takes about as long."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from msgspec import Struct

from ..errors import Problem
from ..hired import Hired, at_work
from .fonts import Face
from .frozen import Frozen
from .furniture import Piece
from .store import Store, digest
from .target import Target

Drawn = tuple[bytes, set[str], list[Problem]]  # the frozen piece packed, empty where there is none; see `Studio.draw`


class FaceFile(Struct, frozen=True):
    """What a studio needs to know of a face."""

    name: str
    path: Path


class HiredStudio:
    """Draws pieces as a `Studio` does, elsewhere, one after another as they are ordered. To be closed."""

    def __init__(self) -> None:
        self._hired = Hired(__name__)
        self._is_open = False
        self._ordered: dict[Piece, None] = {}  # and not yet received, in this order
        self._received: dict[Piece, Drawn] = {}  # and not yet asked for

    def open(self, faces: Mapping[str, Face], target: Target, store: Store) -> None:
        """Tells it what it works for, once. Raises Unreachable."""
        if not self._is_open:
            files = {name: FaceFile(name, Path(face.path)) for name, face in faces.items()}
            self._hired.send((files, target, store.folder))
            self._is_open = True

    def order(self, piece: Piece) -> None:
        """Has a piece drawn that will be asked for, or may be. Raises Unreachable."""
        if piece not in self._received and piece not in self._ordered:
            self._hired.send(piece)
            self._ordered[piece] = None

    def draw(self, piece: Piece) -> tuple[Frozen | None, set[str], list[Problem]]:
        """See `Studio.draw`. Raises Unreachable."""
        self.order(piece)
        while piece not in self._received:
            drawn, first = self._hired.receive(), next(iter(self._ordered))
            del self._ordered[first]
            self._received[first] = drawn
        packed, files, problems = self._received.pop(piece)
        return (Frozen.unpack(packed) if packed else None), files, problems

    def close(self) -> None:
        self._hired.close()


def is_new(cache: Path | None, *state: bytes) -> bool:
    """Whether a studio is likely to be needed: `state`, say the issue's records and the style, is new to the cache.

    Hired too often it costs a processor for a third of a second, too seldom a third of a second of the build.
    """
    store, key = Store(cache), digest("hired", *state)
    if store.get(key) is not None:
        return False
    store.put(key, b"")
    return True


def is_empty(cache: Path | None) -> bool:
    """Whether whatever is asked for will be new."""
    return cache is None or not cache.exists()


def hire_studio(crew: ExitStack) -> HiredStudio | None:
    """A studio that is closed with the rest of the crew; none where no process can be started."""
    try:
        return crew.enter_context(closing(HiredStudio()))
    except OSError:
        return None


def _serve() -> None:
    with at_work() as (questions, answer):
        from ..text.faces import load_faces
        from .inks import Inks
        from .studio import Studio
        from .workbench import warm_up

        warm_up(load_faces())
        for faces, target, cache in questions:
            studio = Studio(faces, target, Inks(target), Store(cache))
            break
        for piece in questions:
            frozen, files, problems = studio.draw(piece)
            answer((frozen.pack() if frozen else b"", files, problems))


if __name__ == "__main__":
    _serve()
