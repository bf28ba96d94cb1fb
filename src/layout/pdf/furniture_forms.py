"""Furniture: pieces of a page that the style draws in HTML and CSS. Each is drawn once, and kept frozen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..errors import Problem, SourceLocation
from ..runtime.gate import Gate
from ..runtime.limits import LimitError
from ..runtime.store import ArtifactStore, digest, versions
from .fonts import PdfFace, fingerprint
from .form_xobject import FormXObject
from .inks import Inks
from .target import Target

if TYPE_CHECKING:
    from .weasyprint.backend import WeasyPrintBackend
    from .weasyprint.worker import WeasyPrintWorker


class FurnitureFragment(Struct, frozen=True):
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
    mark: SourceLocation | None = None
    cropped: bool = False  # a picture of which a part shows: what is outside the box is meant to be
    edges: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    folders: tuple[str, ...] = ()

    def gate(self) -> Gate:
        """Through which it is reported what it refers to."""
        return Gate(self.folders or ((self.base,) if self.base else ()))


class FurnitureForms:
    """Pieces for one target, from the store or from the WeasyPrint backend, which is opened when something is missing."""

    def __init__(
        self,
        faces: Mapping[str, PdfFace],
        target: Target,
        inks: Inks,
        store: ArtifactStore,
        worker: WeasyPrintWorker | None = None,
    ) -> None:
        self._faces = faces
        self._target = target
        self._inks = inks
        self._store = store
        self._worker = worker
        self._backend: WeasyPrintBackend | None = None
        self._ordered: set[str] = set()
        self._ground = ""
        self.problems: list[Problem] = []  # that concern no fragment

    def order(self, fragment: FurnitureFragment) -> None:
        """Has a piece drawn meanwhile, if somebody is hired for it and it is not in the store."""
        if self._worker is None or (key := self._key(fragment)) in self._ordered:
            return
        self._ordered.add(key)
        if self._from_store(fragment, key) is None:
            with self._worker_if_reachable() as worker:
                worker.open(self._faces, self._target, self._store)
                worker.order(fragment)

    def fragment(self, fragment: FurnitureFragment) -> tuple[FormXObject | None, list[Problem]]:
        """The form XObject, None where it has problems."""
        key = self._key(fragment)
        if (stored := self._from_store(fragment, key)) is not None:
            return stored, []
        form, files, problems = self._draw(fragment)
        if form is None or problems:
            return None, problems
        seen = [[name, _digest_of(fragment, name)] for name in sorted(files)]
        self._store.put(key, json.dumps(seen).encode() + b"\n" + form.pack())
        return form, []

    def _key(self, fragment: FurnitureFragment) -> str:
        return digest("furniture", self._state(), fragment.html, fragment.css, _size(fragment))

    def _from_store(self, fragment: FurnitureFragment, key: str) -> FormXObject | None:
        """What the store has, unless a file that it was drawn from is another now."""
        if (stored := self._store.get(key)) is not None:
            head, _, packed = stored.partition(b"\n")
            if all(_digest_of(fragment, name) == cached for name, cached in json.loads(head)):
                return FormXObject.unpack(packed)
        return None

    def _draw(self, fragment: FurnitureFragment) -> tuple[FormXObject | None, set[str], list[Problem]]:
        from .weasyprint.private_api import version_problem

        if not self.problems and (problem := version_problem()):
            self.problems.append(problem)
        if self._worker:
            with self._worker_if_reachable() as worker:
                worker.open(self._faces, self._target, self._store)
                return worker.draw(fragment)
        if self._backend is None:
            from .weasyprint.backend import WeasyPrintBackend

            self._backend = WeasyPrintBackend(self._faces, self._target, self._inks, self._store)
        return self._backend.draw(fragment)

    @contextmanager
    def _worker_if_reachable(self) -> Iterator[WeasyPrintWorker]:
        """The WeasyPrint process, which is asked no more when it is gone."""
        from ..runtime.worker import WorkerUnreachable

        assert self._worker
        try:
            yield self._worker
        except WorkerUnreachable:
            self._worker = None

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


def _size(fragment: FurnitureFragment) -> str:
    return " ".join(f"{length:.4f}" for length in (fragment.width, fragment.height, *fragment.edges))


def _digest_of(fragment: FurnitureFragment, name: str) -> str:
    """Of a file that a piece refers to; empty where it is gone, or must not be read."""
    try:
        return blake2b(fragment.gate().read(Path(fragment.base, name)), digest_size=20).hexdigest()
    except (OSError, LimitError):
        return ""
