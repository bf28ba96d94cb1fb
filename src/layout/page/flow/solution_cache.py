"""A cache of flow solutions, from the last build or from a worker process, by all that they depend on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from msgspec.msgpack import Encoder
from msgspec.structs import replace

from ...runtime.memo import IdentityCache
from ...style.texts import ResolvedTextStyle
from ...text.fonts.faces import Face
from ...text.paragraph import LineSetting, SetLine
from ..map.columns import Column
from ..parts.flow_block import FlowBlock
from ..parts.flow_solution import FlowedStory, FlowSolution

_MOST = 1_000  # solutions of an issue whose set lines are cached: those of a book take more memory than its pages
LinesByName = dict[str, list[Sequence[SetLine]]]  # key of a solution → the lines of each block


class FlowSolutionCache:
    """Flow solutions by a digest of their input. `used` are those of this build; others are left from the build before.

    The digest covers text, style and faces of each block, and the columns: a changed paragraph invalidates the
    solutions of its own article only.
    """

    def __init__(self, known: Mapping[str, Any] | None = None, lines: LinesByName | None = None) -> None:
        """`known` are the solutions of the last build; `lines` were set in this process before: None to cache none."""
        self.used: dict[str, Any] = {}
        self.found = 0  # solutions of this build that the cache did not have
        self.lines: LinesByName | None = None if lines is None else {}
        self.faces: Mapping[str, Face] = {}
        self._solutions: dict[str, Any] = dict(known or {})
        self._lines: LinesByName = {**(lines or {})}
        self._latest_key = ""
        self._files: dict[str, bytes] = {}  # face → its file

    def find(
        self, blocks: Sequence[FlowBlock], columns: Sequence[Column], em: float, under: float
    ) -> FlowSolution | None:
        if any(block.rows for block in blocks):  # the digest of a block does not cover its rows
            self._latest_key = ""
            return None
        self._latest_key = key = self._name(blocks, columns, em, under)
        found = self._solutions.get(key)
        if found is None:
            return None
        self.used[key] = found
        used, cost, steps = found
        return FlowSolution(used, cost, [(_spread(runs), ends) for runs, ends in steps], key, self._lines.pop(key, []))

    def store(self, solution: FlowSolution) -> FlowSolution:
        if not self._latest_key:
            return solution
        steps = [[_runs(slots), [*ends]] for slots, ends in solution.steps]
        self._solutions[self._latest_key] = self.used[self._latest_key] = [solution.used, solution.cost, steps]
        self.found += 1
        return replace(solution, name=self._latest_key)

    def store_lines(self, flow: FlowedStory) -> None:
        if len(self.used) >= _MOST:
            self.lines = None
        elif self.lines is not None and flow.name:
            self.lines[flow.name] = [placed.lines for placed in flow.placed]

    def changes_since_last(self) -> dict[str, Any]:
        """The solutions used since the last call, for the parent process."""
        changes, self.used = self.used, {}
        return changes

    def merge(self, changes: Mapping[str, Any]) -> None:
        """Adds the solutions of a worker."""
        self._solutions.update(changes)
        self.used.update(changes)

    def _name(self, blocks: Sequence[FlowBlock], columns: Sequence[Column], em: float, under: float) -> str:
        name = blake2b(repr([em, under, *((c.measure, c.lines) for c in columns)]).encode(), digest_size=16)
        for block in blocks:
            if not block.name:
                block.name = self._block(block)
            name.update(block.name)
        return name.hexdigest()

    def _block(self, block: FlowBlock) -> bytes:
        paragraph = block.paragraph
        facts = [_fields_packed(block.style), _encode((block.solid, block.shares_line, block.initial))]
        if paragraph:
            facts += _fields_packed(paragraph.setting), _encode(paragraph.runs)
            facts += [self._file(face) for face in dict.fromkeys([run.face for run in paragraph.runs])]
        return blake2b(b"\0".join(facts), digest_size=16).digest()

    def _file(self, name: str) -> bytes:
        if name not in self._files:
            path = self.faces[name].path
            state = os.stat(path)
            self._files[name] = f"{path} {state.st_size} {state.st_mtime_ns}".encode("utf-8", "surrogatepass")
        return self._files[name]


_encode = Encoder(enc_hook=str).encode  # strings with a position are encoded as plain strings


@IdentityCache
def _fields_packed(facts: ResolvedTextStyle | LineSetting) -> bytes:
    """All fields of a style or setting; cached, for many blocks share one object."""
    return repr(facts).encode()


def _runs(slots: Sequence[int]) -> list[int]:
    """Slots as pairs: the first of a run of consecutive slots, and its length."""
    runs: list[int] = []
    for slot in slots:
        if runs and slot == runs[-2] + runs[-1]:
            runs[-1] += 1
        else:
            runs += slot, 1
    return runs


def _spread(runs: Sequence[int]) -> Sequence[int]:
    if len(runs) == 2:
        return range(runs[0], runs[0] + runs[1])
    return [slot for first, count in zip(runs[::2], runs[1::2], strict=True) for slot in range(first, first + count)]
