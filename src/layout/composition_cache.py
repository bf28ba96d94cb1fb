"""The persistent cache of composition: seams of headlines, furniture, plots, flow solutions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from .page.flow.solution_cache import FlowSolutionCache
from .runtime.store import ArtifactStore, digest, versions

MOST = 2_000_000  # characters in the file
MOST_ISSUES = 4  # issues whose lines a process caches, unless they are books
_solutions_of_this_process: dict[str, FlowSolutionCache] = {}


class ResultCache(dict[str, Any]):
    """Results by key. A result that is read moves to the end; the least recently used is dropped first."""

    def __init__(self, entries: dict[str, Any] | None = None) -> None:
        super().__init__(entries or {})
        self.is_new = False

    def __getitem__(self, key: str) -> Any:
        value = self.pop(key)
        super().__setitem__(key, value)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self.is_new = True

    def packed(self) -> bytes:
        """As JSON, the latest MOST characters of it."""
        kept, room = [], MOST
        for key, value in reversed(self.items()):
            entry = json.dumps([key, value], ensure_ascii=False)
            room -= len(entry)
            if room < 0:
                break
            kept.append(entry)
        return f"[{','.join(reversed(kept))}]".encode()


@contextmanager
def open_composition_cache(
    folder: Path | None, issue: Path | None = None
) -> Iterator[tuple[ResultCache, FlowSolutionCache]]:
    """The results of earlier builds, from a cache folder, to which new ones are written; of two builds at once the last wins.

    Flow solutions are those of the last build of `issue`, so their file grows with the issue alone. Nothing is stored on
    disk if `folder` is None. A file that is broken, or was made by another version, counts as missing.
    """
    if folder is None:
        yield ResultCache(), FlowSolutionCache()
        return
    state = _state()
    store, names = (
        ArtifactStore(folder),
        (digest("known", *state), digest("ways", str(issue and issue.resolve()), *state)),
    )
    findings, earlier = (_read(store, name) for name in names)
    before = _solutions_of_this_process.pop(names[1], None)
    result_cache, solutions = ResultCache(findings), FlowSolutionCache(earlier, (before and before.lines) or {})
    yield result_cache, solutions
    if result_cache.is_new:
        store.put(names[0], result_cache.packed())
    if solutions.used.keys() != earlier.keys():
        packed = json.dumps([*solutions.used.items()], separators=(",", ":")).encode()
        if len(packed) < MOST:
            store.put(names[1], packed)
    if solutions.lines is not None:
        _solutions_of_this_process[names[1]] = solutions
        for name in [*_solutions_of_this_process][:-MOST_ISSUES]:
            del _solutions_of_this_process[name]
    store.close()


def _read(store: ArtifactStore, name: str) -> dict[str, Any]:
    try:
        return dict(json.loads(store.get(name) or b"[]"))
    except (ValueError, TypeError):
        return {}


@cache
def _state() -> tuple[str, ...]:
    """What results depend on besides their keys: versions of libraries, and this library's own sources."""
    state = [versions("rjieba", "jinja2", "markupsafe", "matplotlib")]
    for folder, _, names in os.walk(Path(__file__).parent):
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                state.append(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}")
    return tuple(state)
