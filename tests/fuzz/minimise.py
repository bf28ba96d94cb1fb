"""Makes a faulty input small: fewer options, files, lines and bytes, as long as the fault stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from time import monotonic
from typing import Any, TypeVar

from msgspec.structs import replace

from .case import Input

T = TypeVar("T")
TEXT = (".yaml", ".md", ".html", ".css", ".txt", ".svg", ".xml")
TRIES, SECONDS = 800, 60.0


class Spent(Exception):
    """Enough was tried."""


def minimise(given: Input, is_faulty: Callable[[Input], bool]) -> Input:
    """The smallest input found that is faulty in the same way."""
    tries, end = 0, monotonic() + SECONDS
    best = given

    def better(made: Input) -> bool:
        nonlocal tries, best
        tries += 1
        if tries > TRIES or monotonic() > end:
            raise Spent
        if is_faulty(made):
            best = made
            return True
        return False

    try:
        for _ in range(3):
            before = best
            _less_options(best, better)
            _less_files(best, better)
            for name in sorted(best.files, key=lambda name: -len(best.files[name])):
                _less_of_a_file(best, name, better)
            if best == before:
                break
    except Spent:
        pass
    return best


def _less_options(given: Input, better: Callable[[Input], bool]) -> None:
    for held in ("options", "links"):
        for key in list(getattr(given, held)):
            left = {k: v for k, v in getattr(given, held).items() if k != key}
            if better(replace(given, **{held: left})):
                given = replace(given, **{held: left})
    for key, value in given.options.items():
        if isinstance(value, list):
            for shorter in _parts(value):
                made = replace(given, options=deepcopy(given.options) | {key: list(shorter)})
                if better(made):
                    given = made
                    break


def _less_files(given: Input, better: Callable[[Input], bool]) -> None:
    for name in sorted(given.files, key=lambda name: -len(given.files[name])):
        made = replace(given, files={k: v for k, v in given.files.items() if k != name})
        if better(made):
            given = made


def _less_of_a_file(given: Input, name: str, better: Callable[[Input], bool]) -> None:
    if name not in given.files:
        return
    data = given.files[name]

    def whole(parts: Sequence[Any], glue: bytes) -> Input:
        return replace(given, files=given.files | {name: glue.join(parts)})

    if name.endswith(TEXT):
        lines = reduced(data.split(b"\n"), lambda parts: better(whole(parts, b"\n")))
        text = b"\n".join(lines).decode("utf-8", "surrogateescape")
        if len(text) < 20_000:
            signs = [c.encode("utf-8", "surrogateescape") for c in text]
            reduced(signs, lambda parts: better(whole(parts, b"")), least=1 if len(signs) < 400 else 8)
    else:
        size = max(1, len(data) // 64)
        while True:
            pieces = [data[at : at + size] for at in range(0, len(data), size)]
            data = b"".join(reduced(pieces, lambda parts: better(whole(parts, b""))))
            if size == 1 or len(data) > 4000:
                break
            size = max(1, size // 8)


def reduced(parts: list[T], is_faulty: Callable[[list[T]], bool], least: int = 1) -> list[T]:
    """Delta debugging: takes stretches away, half of them first, down to `least` parts at a time."""
    size = len(parts) // 2
    while size >= least:
        at = 0
        while at < len(parts):
            left = parts[:at] + parts[at + size :]
            if left and is_faulty(left):
                parts = left
            else:
                at += size
        size //= 2
    return parts


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """One item alone, then all but one."""
    if len(values) > 1:
        for value in values:
            yield [value]
        for at in range(len(values)):
            yield [*values[:at], *values[at + 1 :]]
