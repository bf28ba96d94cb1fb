"""A studio in a process of its own: it opens, which takes as long as to compose an issue, while the issue is composed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import Problem
from .fonts import Face
from .frozen import Frozen
from .furniture import Piece
from .store import Store, digest
from .target import Target


class Unreachable(Exception):
    """The process is gone, or does not answer as it should."""


@dataclass(frozen=True, slots=True)
class FaceFile:
    """What a studio needs to know of a face."""

    name: str
    path: Path


class HiredStudio:
    """Draws pieces as a `Studio` does, elsewhere. To be closed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
        )

    def open(self, faces: Mapping[str, Face], target: Target, store: Store) -> None:
        """Tells it what it works for. Raises Unreachable."""
        self._send(({name: FaceFile(name, Path(face.path)) for name, face in faces.items()}, target, store.folder))

    def draw(self, piece: Piece) -> tuple[Frozen | None, set[str], list[Problem]]:
        """See `Studio.draw`. Raises Unreachable."""
        self._send(piece)
        assert self._process.stdout is not None
        try:
            packed, files, problems = pickle.load(self._process.stdout)  # of our own process
        except (OSError, EOFError, pickle.UnpicklingError, ValueError, TypeError) as error:
            raise Unreachable from error
        return (Frozen.unpack(packed) if packed else None), files, problems

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.terminate()
        self._process.wait()

    def _send(self, message: Any) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise Unreachable from error


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


def _environment() -> dict[str, str]:
    """The process finds this library where we found it."""
    here = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    from ..text.faces import load_faces
    from .inks import Inks
    from .studio import Studio, warm_up

    warm_up(load_faces())
    faces, target, cache = pickle.load(requests)  # of the process that started us
    studio = Studio(faces, target, Inks(target), Store(cache))
    while True:
        try:
            piece = pickle.load(requests)
        except EOFError:
            return
        frozen, files, problems = studio.draw(piece)
        pickle.dump((frozen.pack() if frozen else b"", files, problems), answers)
        answers.flush()


if __name__ == "__main__":
    # what anybody prints must not get between the answers
    with os.fdopen(os.dup(1), "wb") as answers, suppress(BrokenPipeError, KeyboardInterrupt):
        os.dup2(2, 1)
        _serve(sys.stdin.buffer, answers)
