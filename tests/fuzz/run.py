"""Runs inputs in a process of their own, counts what came of them, and keeps every new fault as a small case."""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from time import monotonic, process_time
from typing import Any, Literal

from msgspec import Struct, field

from .case import Input, Kind, read_case
from .minimise import minimise
from .watch import Bench, Fault, Hang, Watch, attempt, digest, signature

MODULES = (
    "issues", "styles", "pictures", "fonts", "manuscripts", "pdfs", "requests", "surroundings", "kills", "builds",
)  # fmt: skip
ADDRESSES = 6 << 30  # bytes that a process of trials may map


class Found(Struct):
    """A fault: its signature, what was said, and the input."""

    signature: str
    said: str
    seed: int
    given: Input


class Tally(Struct):
    """What came of the inputs of a kind."""

    kind: str
    tried: int = 0
    results: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[Found]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def faulty(self) -> int:
        return sum(map(len, self.faults.values()))


def kinds(names: list[str] | None = None) -> list[Kind]:
    return [import_module(f".{name}", __package__).KIND for name in MODULES if not names or name in names]


def made(kind: Kind, seed: int) -> Input:
    """The input of a seed, always the same."""
    return kind.generate(Random(f"{kind.name} {seed}"))


@contextmanager
def bench() -> Iterator[Watch]:
    """A watched folder for trials in this process."""
    root = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        yield Watch(Bench(root))
    finally:
        shutil.rmtree(root, ignore_errors=True)


Said = tuple[Literal["result", "fault"], int, str, str]  # with the seed; the result, or signature and words


def try_one(kind: Kind, given: Input, watch: Watch) -> tuple[str, str]:
    """The result of an input, or the signature of its fault and what was said."""
    try:
        return attempt(kind, given, watch), ""
    except (Exception, Hang) as error:
        if isinstance(error, Fault):
            return f"! {signature(error)}", str(error)
        said = (
            traceback.format_exc(limit=-6)
            if not isinstance(error, Hang)
            else f"{error} {traceback.format_exc(limit=-6)}"
        )
        return f"! {signature(error)}", said


def _serve(pipe: Connection, kind: Kind, trials: Callable[[Watch], Iterator[tuple[int, Input]]]) -> None:
    """A process of trials: says what came of each."""
    sys.dont_write_bytecode = True
    warnings.simplefilter("ignore")  # of libraries, about files that are meant to be odd
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    with bench() as watch:
        for number, given in trials(watch):
            start = process_time()
            result, said = try_one(kind, given, watch)
            pipe.send((number, result, said, process_time() - start))
    pipe.send(None)


def run_kind(kind: Kind, first: int, *, count: int | None = None, seconds: float | None = None) -> Tally:
    """Tries inputs from a seed on, so many or for so long."""
    tally = Tally(kind.name)
    context = multiprocessing.get_context("fork")
    start, seed = monotonic(), first
    last = first + count if count is not None else None

    def enough() -> bool:
        return (last is not None and seed >= last) or (seconds is not None and monotonic() - start > seconds)

    while not enough():
        begin, stop = seed, min(seed + kind.each, last) if last is not None else seed + kind.each

        def trials(watch: Watch, begin: int = begin, stop: int = stop) -> Iterator[tuple[int, Input]]:
            del watch
            for number in range(begin, stop):
                if seconds is not None and monotonic() - start > seconds:
                    return
                yield number, made(kind, number)

        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, kind, trials))
        process.start()
        theirs.close()
        while True:
            answer = _answer(ours, kind)
            if answer is None:
                seed = max(seed, stop if not enough() else seed)
                break
            if isinstance(answer, str):  # it died, or is beyond reach
                _count(tally, kind, seed, f"! {answer}", answer, 6 * kind.seconds)
                process.kill()
                seed += 1
                break
            number, result, said, took = answer
            _count(tally, kind, number, result, said, took)
            seed = number + 1
        process.join(10)
        if process.is_alive():
            process.kill()
        ours.close()
    tally.seconds = monotonic() - start
    return tally


def _answer(pipe: Connection, kind: Kind) -> Any:
    """What the process says; a word where it says nothing any more."""
    if not pipe.poll(6 * kind.seconds + 10):
        return "hang-beyond-reach"
    try:
        return pipe.recv()
    except EOFError:
        return "died"


def _count(tally: Tally, kind: Kind, seed: int, result: str, said: str, took: float) -> None:
    tally.tried += 1
    del took
    if result.startswith("! "):
        tally.results["fault"] += 1
        found = Found(result[2:], said, seed, made(kind, seed))
        tally.faults.setdefault(found.signature, []).append(found)
    else:
        tally.results[result] += 1


# Cases.


def try_apart(kind: Kind, inputs: list[Input]) -> list[tuple[str, str]]:
    """What comes of inputs, tried one after the other in a process of their own."""
    results: list[tuple[str, str]] = []
    context = multiprocessing.get_context("fork")
    while len(results) < len(inputs):
        begin = len(results)

        def trials(watch: Watch, begin: int = begin) -> Iterator[tuple[int, Input]]:
            del watch
            yield from enumerate(inputs[begin:], begin)

        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, kind, trials))
        process.start()
        theirs.close()
        while (answer := _answer(ours, kind)) is not None:
            if isinstance(answer, str):
                process.kill()
                results.append((f"! {answer}", answer))
                break
            results.append((answer[1], answer[2]))
        process.join()
        ours.close()
    return results


def replay(folder: Path) -> tuple[str, str]:
    """What comes of a case."""
    given = read_case(folder)
    (kind,) = kinds([given.kind])
    return try_apart(kind, [given])[0]


def keep(found: Found, kind: Kind, cases: Path, note: str = "") -> Path:
    """Makes the input of a fault small and keeps it as a case."""
    wanted = f"! {found.signature}"
    crashes = found.signature in ("died", "hang-beyond-reach") or found.signature.startswith("Hang")
    small = found.given
    if not crashes and kind.watched:
        with _forked(kind) as ask:
            small = minimise(found.given, lambda given: ask(given) == wanted)
    name = "".join(c if c.isalnum() else "-" for c in found.signature).strip("-").lower()[:60]
    folder = cases / kind.name / f"{name}-{digest(repr(small).encode())[:4]}"
    last = (found.said.strip().splitlines() or [""])[-1].strip()[:200]  # the lines above name places of this machine
    small.keep(folder, found.signature, note or last)
    return folder


@contextmanager
def _forked(kind: Kind) -> Iterator[Callable[[Input], str]]:
    """A process that tries inputs as they come."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def serve() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
        with bench() as watch:
            while (given := theirs.recv()) is not None:
                theirs.send(try_one(kind, given, watch)[0])

    process = context.Process(target=serve)
    process.start()

    def ask(given: Input) -> str:
        ours.send(given)
        if not ours.poll(6 * kind.seconds + 10):
            process.kill()
            return "! hang-beyond-reach"
        result: str = ours.recv()
        return result

    try:
        yield ask
    finally:
        if process.is_alive():
            with suppress(OSError):
                ours.send(None)
            process.join(5)
        if process.is_alive():
            process.kill()


def table(tallies: list[Tally]) -> str:
    """kind, inputs tried, built, refused with messages, faults, seconds."""
    rows = [("kind", "tried", "built", "refused", "faults", "distinct", "seconds")]
    for tally in tallies:
        counts = (tally.tried, tally.results["built"], tally.results["refused"], tally.faulty, len(tally.faults))
        rows.append((tally.kind, *(f"{count:,}" for count in counts), f"{tally.seconds:.0f}"))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        first, *others = (cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in
                          enumerate(zip(row, widths, strict=True)))  # fmt: skip
        lines.append("  ".join((first, *others)))
    return "\n".join(lines)
