"""A studio in a process of its own: it opens, which takes as long as to compose an issue, while the issue is composed."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..errors import Problem
from ..hired import Hired, at_work
from .fonts import Face
from .frozen import Frozen
from .furniture import Piece
from .store import Store, digest
from .target import Target


class FaceFile(Struct, frozen=True):
    """What a studio needs to know of a face."""

    name: str
    path: Path


class HiredStudio:
    """Draws pieces as a `Studio` does, elsewhere. To be closed."""

    def __init__(self) -> None:
        self._hired = Hired(__name__)

    def open(self, faces: Mapping[str, Face], target: Target, store: Store) -> None:
        """Tells it what it works for. Raises Unreachable."""
        files = {name: FaceFile(name, Path(face.path)) for name, face in faces.items()}
        self._hired.send((files, target, store.folder))

    def draw(self, piece: Piece) -> tuple[Frozen | None, set[str], list[Problem]]:
        """See `Studio.draw`. Raises Unreachable."""
        packed, files, problems = self._hired.ask(piece)
        return (Frozen.unpack(packed) if packed else None), files, problems

    def close(self) -> None:
        self._hired.close()


def hire_studio(cache: Path | None, *state: bytes) -> HiredStudio | None:
    """A studio if one is likely to be needed: `state`, say the issue's file and the style, is new to the cache.

    Asked for too often it costs a processor for half a second, too seldom half a second of the build.
    """
    store, key = Store(cache), digest("hired", *state)
    if store.get(key) is not None:
        return None
    store.put(key, b"")
    try:
        return HiredStudio()
    except OSError:
        return None


def _serve() -> None:
    with at_work() as (questions, answers):
        from ..text.faces import load_faces
        from .inks import Inks
        from .studio import Studio
        from .workbench import warm_up

        warm_up(load_faces())
        faces, target, cache = pickle.load(questions)  # of the process that started us
        studio = Studio(faces, target, Inks(target), Store(cache))
        while True:
            frozen, files, problems = studio.draw(pickle.load(questions))
            pickle.dump((frozen.pack() if frozen else b"", files, problems), answers)
            answers.flush()


if __name__ == "__main__":
    _serve()
