"""`python -m fuzz`: see the package."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .case import CASES, Kind, all_cases
from .run import MODULES, Tally, keep, kinds, replay, run_kind, table


def main() -> int:
    """Exit status 0 where there is no fault, 1 where there is one."""
    parser = argparse.ArgumentParser(prog="fuzz", description="Tries inputs made from seeds; keeps what is faulty.")
    parser.add_argument("--kind", action="append", choices=MODULES, help="kinds to try; default all")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, help="inputs of each kind")
    parser.add_argument("--time", type=float, help="seconds for all kinds together; default 60 where no count is given")
    parser.add_argument("--full", type=float, nargs="?", const=1.0, help="as many of each kind as a whole run tries")
    parser.add_argument("--jobs", type=int, default=1, help="kinds at once")
    parser.add_argument("--keep", type=Path, nargs="?", const=CASES, help="keep new faults, made small, in this folder")
    parser.add_argument("--replay", type=Path, nargs="*", metavar="CASE", help="try these cases; none given, all")
    parser.add_argument("--show", action="store_true", help="say all of each fault")
    options = parser.parse_args()
    if options.replay is not None:
        return _replay(options.replay or all_cases())
    chosen = kinds(options.kind)
    weights = sum(kind.weight for kind in chosen)

    def run(kind: Kind) -> Tally:
        count = options.count if options.full is None else max(1, round(kind.full * options.full))
        seconds = None
        if count is None or options.time is not None:
            seconds = (options.time or 60.0) * options.jobs * kind.weight / weights
        tally = run_kind(kind, options.seed, count=count, seconds=seconds)
        _tell(tally, kind, options)
        return tally

    with ThreadPoolExecutor(options.jobs) as threads:  # each waits for a process
        tallies = list(threads.map(run, chosen))
    print(table(tallies))
    return 1 if any(tally.faults for tally in tallies) else 0


def _tell(tally: Tally, kind: Kind, options: argparse.Namespace) -> None:
    """What came of a kind, as soon as it is known."""
    said = [table([tally]).splitlines()[1]]
    for found in (each[0] for each in tally.faults.values()):
        lines = found.said.strip().splitlines() or [""]
        words = "\n".join(lines) if options.show else lines[-1][:200]
        said.append(f"  {found.signature} ×{len(tally.faults[found.signature])}, seed {found.seed}: {words}")
        if options.keep:
            said.append(f"  kept: {keep(found, kind, options.keep)}")
    print("\n".join(said), file=sys.stderr, flush=True)


def _replay(folders: list[Path]) -> int:
    faults = 0
    for folder in folders:
        result, said = replay(folder.resolve())
        faults += result.startswith("!")
        print(
            f"{folder.parent.name}/{folder.name}: {result} {said.strip().splitlines()[-1] if said.strip() else ''}"[
                :300
            ]
        )
    print(f"{len(folders)} cases, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
