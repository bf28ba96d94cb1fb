"""Furniture: pieces of a page that the style draws in HTML and CSS. Each is drawn once, and kept frozen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..errors import Mark, Problem
from ..runtime.gate import Gate
from ..runtime.limits import LimitError
from .fonts import Face, fingerprint
from .frozen import Frozen
from .inks import Inks
from .store import Store, digest, versions
from .target import Target

if TYPE_CHECKING:
    from .hired_studio import HiredStudio
    from .studio import Studio


class Piece(Struct, frozen=True):
    """HTML that is drawn in a box of `width` × `height` pt. Addresses in it start from the folder `base`, and lead to
    files in `folders` or, where there are none, in `base`.

    `edges`: how far what is drawn shows outside the box on the left, at the top, on the right and at the bottom.
    Its CSS knows `--width`, `--height` and, as lengths that are nothing where it does not bleed, `--bleed-left`,
    `--bleed-top`, `--bleed-right` and `--bleed-bottom`.
    """

    html: str
    css: str
    base: str
    width: float
    height: float
    name: str = ""
    mark: Mark | None = None
    cropped: bool = False  # a picture of which a part shows: what is outside the box is meant to be
    edges: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    folders: tuple[str, ...] = ()

    def gate(self) -> Gate:
        """Through which it is told what it refers to."""
        return Gate(self.folders or ((self.base,) if self.base else ()))


class Furniture:
    """Pieces for one target, from the store or from the studio, which is opened when something is missing."""

    def __init__(
        self, faces: Mapping[str, Face], target: Target, inks: Inks, store: Store, hired: HiredStudio | None = None
    ) -> None:
        self._faces = faces
        self._target = target
        self._inks = inks
        self._store = store
        self._hired = hired
        self._studio: Studio | None = None
        self._ordered: set[str] = set()
        self._ground = ""

    def order(self, piece: Piece) -> None:
        """Has a piece drawn meanwhile, if somebody is hired for it and it is not in the store."""
        if self._hired is None or (key := self._key(piece)) in self._ordered:
            return
        self._ordered.add(key)
        if self._kept(piece, key) is None:
            with self._while_it_answers() as hired:
                hired.open(self._faces, self._target, self._store)
                hired.order(piece)

    def piece(self, piece: Piece) -> tuple[Frozen | None, list[Problem]]:
        """The frozen piece, None where it has problems."""
        key = self._key(piece)
        if (kept := self._kept(piece, key)) is not None:
            return kept, []
        frozen, files, problems = self._draw(piece)
        if frozen is None or problems:
            return None, problems
        seen = [[name, _digest_of(piece, name)] for name in sorted(files)]
        self._store.put(key, json.dumps(seen).encode() + b"\n" + frozen.pack())
        return frozen, []

    def _key(self, piece: Piece) -> str:
        return digest("furniture", self._state(), piece.html, piece.css, _size(piece))

    def _kept(self, piece: Piece, key: str) -> Frozen | None:
        """What the store has, unless a file that it was drawn from is another now."""
        if (kept := self._store.get(key)) is not None:
            head, _, packed = kept.partition(b"\n")
            if all(_digest_of(piece, name) == known for name, known in json.loads(head)):
                return Frozen.unpack(packed)
        return None

    def _draw(self, piece: Piece) -> tuple[Frozen | None, set[str], list[Problem]]:
        if self._hired:
            with self._while_it_answers() as hired:
                hired.open(self._faces, self._target, self._store)
                return hired.draw(piece)
        if self._studio is None:
            from .studio import Studio

            self._studio = Studio(self._faces, self._target, self._inks, self._store)
        return self._studio.draw(piece)

    @contextmanager
    def _while_it_answers(self) -> Iterator[HiredStudio]:
        """The hired studio, which is asked no more when it is gone."""
        from ..hired import Unreachable

        assert self._hired
        try:
            yield self._hired
        except Unreachable:
            self._hired = None

    def _state(self) -> str:
        """What every piece depends on beside its own text."""
        if not self._ground:
            target = self._target
            self._ground = digest(
                target.icc.read_bytes(),
                f"{target.edition} {target.thin} {target.max_ppi} {target.target_ppi} {target.jpeg_quality}",
                versions("weasyprint", "pydyf", "pillow"),
                *(name.encode() + fingerprint(face.path) for name, face in sorted(self._faces.items())),
            )
        return self._ground


def _size(piece: Piece) -> str:
    return " ".join(f"{length:.4f}" for length in (piece.width, piece.height, *piece.edges))


def _digest_of(piece: Piece, name: str) -> str:
    """Of a file that a piece refers to; empty where it is gone, or must not be read."""
    try:
        return blake2b(piece.gate().read(Path(piece.base, name)), digest_size=20).hexdigest()
    except (OSError, LimitError):
        return ""
