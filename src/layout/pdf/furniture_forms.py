"""Furniture: fragments of a page that the style describes in HTML and CSS, each drawn once as a form XObject and stored."""

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
    """HTML that is drawn in a box of `width` × `height` pt. Its addresses are relative to the folder `base`, and may
    name files in `folders` or, where there are none, in `base`.

    `edges`: how far the drawing extends outside the box on the left, at the top, on the right and at the bottom, in
    pt. CSS has them as the variables `--bleed-left`, `--bleed-top`, `--bleed-right` and `--bleed-bottom`, of length 0
    where nothing bleeds, besides `--width` and `--height`.
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
        """The gate through which the files that it names are opened."""
        return Gate(self.folders or ((self.base,) if self.base else ()))


class FurnitureForms:
    """The fragments' forms for one target: from the store, or drawn by a WeasyPrint backend that is opened when first needed."""

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
        """Queues a fragment at the worker, where there is one and the store has no form of it."""
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
        """The stored form; None where there is none, or a file that it was drawn from has changed."""
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
        """The WeasyPrint worker; None once its process has ended."""
        from ..runtime.processes.worker import WorkerUnreachable

        assert self._worker
        try:
            yield self._worker
        except WorkerUnreachable:
            self._worker = None

    def _state(self) -> str:
        """What every form depends on besides its fragment: versions, target, faces."""
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
    """The digest of a file that a fragment names; empty where it is missing or may not be read."""
    try:
        return blake2b(fragment.gate().read(Path(fragment.base, name)), digest_size=20).hexdigest()
    except (OSError, LimitError):
        return ""
