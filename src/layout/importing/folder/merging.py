"""Three versions become one: what a manuscript was imported as, what the editor made of it, what the author sent since.

What one side alone changed is taken. Where both changed the same thing differently, the editor's form stands and the
conflict is reported with both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct


class Conflict(Struct, frozen=True):
    """A place that both changed: `where` is a field's name, or `body` with the `line` of the editor's text, from 1."""

    where: str
    edited: str
    sent: str
    line: int = 0


def merge_lines(base: str, edited: str, sent: str) -> tuple[str, list[Conflict]]:
    """The text with the changes of both, line by line (diff3), and the places where they conflict."""
    old, mine, theirs = (text.splitlines(keepends=True) for text in (base, edited, sent))
    merged: list[str] = []
    conflicts = []
    done_old = done_mine = done_theirs = 0
    for start, end, in_mine, in_theirs in _unchanged(old, mine, theirs):
        before = old[done_old:start]
        a, b = mine[done_mine:in_mine], theirs[done_theirs:in_theirs]
        if b in (before, a):
            merged += a
        elif a == before:
            merged += b
        else:
            conflicts.append(Conflict("body", "".join(a), "".join(b), len(merged) + 1))
            merged += a
        merged += old[start:end]
        done_old, done_mine, done_theirs = end, in_mine + end - start, in_theirs + end - start
    return "".join(merged), conflicts


def _unchanged(old: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of `old` that both others have, with where these begin there; the last is the empty one at the ends."""
    matches = [SequenceMatcher(None, old, other).get_matching_blocks() for other in (mine, theirs)]
    i = j = 0
    while i < len(matches[0]) and j < len(matches[1]):
        a, b = matches[0][i], matches[1][j]
        start, end = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if start < end:
            yield start, end, a.b + start - a.a, b.b + start - b.a
        if a.a + a.size < b.a + b.size:
            i += 1
        else:
            j += 1
    yield len(old), len(old), len(mine), len(theirs)


_ABSENT: Any = object()


def merge_entries(
    base: Mapping[str, Any], edited: Mapping[str, Any], sent: Mapping[str, Any], where: str = ""
) -> tuple[dict[str, Any], list[Conflict]]:
    """An article's entry with the changes of both, and the conflicts; lists of things with an `id` are merged by it."""
    merged: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for key in dict.fromkeys((*edited, *sent)):
        old, mine, theirs = (side.get(key, _ABSENT) for side in (base, edited, sent))
        value, found = _merge(old, mine, theirs, f"{where}{key}")
        conflicts += found
        if value is not _ABSENT:
            merged[key] = value
    return merged, conflicts


def _merge(base: Any, edited: Any, sent: Any, where: str) -> tuple[Any, list[Conflict]]:
    if sent in (base, edited):
        return edited, []
    if edited == base:
        return sent, []
    sides = (base, edited, sent)
    if all(isinstance(side, dict) for side in sides):
        return merge_entries(base, edited, sent, f"{where}.")
    if all(_have_ids(side) for side in sides):
        old, mine, theirs = ({item["id"]: item for item in side} for side in sides)
        merged, conflicts = merge_entries(old, mine, theirs, f"{where}.")
        return list(merged.values()), conflicts
    return edited, [Conflict(where, _shown(edited), _shown(sent))]


def _have_ids(value: Any) -> bool:
    """Whether it is a list of mappings, each of another `id`."""
    if not isinstance(value, list) or not all(isinstance(i, dict) and isinstance(i.get("id"), str) for i in value):
        return False
    return len({item["id"] for item in value}) == len(value)


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return ""
    return value if isinstance(value, str) else str(value)
