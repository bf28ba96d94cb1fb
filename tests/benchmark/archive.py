"""An archive: as many issues as one likes, no two alike, built side by side: python tests/benchmark/archive.py [--issues 1000]

Issues have 2 to 16 pages; dates, numbers, headlines and texts differ. Says issues and pages a second. `--compare N`
builds N of them on one process first and says how many times as fast all of them are; `--scheduler ADDRESS` builds
them on a Dask cluster. Let the machine do nothing else meanwhile.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import sys
import tempfile
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import yaml

HERE = Path(__file__).parent / "peers"
sys.path.insert(0, str(HERE))

from copy_text import copies, four_articles  # noqa: E402  (of the peers' job)
from sources import write_issue  # noqa: E402

import layout  # noqa: E402
from layout.production import Report  # noqa: E402

SIZES = (1, 2, 2, 4, 4, 4, 6, 8)  # times the four articles, of two pages
SHOWN_EVERY = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; default one a processor")
    parser.add_argument("--compare", type=int, default=0, metavar="N", help="issues to build on one process first")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster that sees the same files")
    parser.add_argument("--folder", type=Path, help="where to make the archive; default a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = options.folder or Path(name)
        start = time.perf_counter()
        archive = [make_issue(place / "issues", number) for number in range(1, options.issues + 1)]
        print(f"{len(archive)} issues made in {time.perf_counter() - start:.0f} s")
        os.environ.setdefault("LAYOUT_CACHE", str(place / "cache"))
        alone = None
        if options.compare:
            with ProcessPoolExecutor(1) as one:
                alone = build(archive[: options.compare], one, place / "alone")
        if options.scheduler:
            from distributed import Client

            with Client(options.scheduler) as client:
                rate = build(archive, client.get_executor(), place / "out")
        else:
            with ProcessPoolExecutor(options.jobs) as processes:
                rate = build(archive[options.compare :], processes, place / "out")
        if alone:
            print(f"{rate / alone:.2f} times as fast as on one process")


def make_issue(folder: Path, number: int) -> Path:
    """An issue of 2 to 16 pages."""
    dice = random.Random(number)
    articles = copies(four_articles(), dice.choice(SIZES), number)
    dice.shuffle(articles)
    place = write_issue(articles, folder / f"{number:04}")
    file = place / "issue.yaml"
    issue = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    issue["number"] = number
    issue["date"] = (datetime.date(1990, 1, 5) + datetime.timedelta(weeks=number)).isoformat()
    for article in issue["articles"].values():
        article["headline"] = dice.choice(("新闻", "本周", "续报", "回望")) + "|" + article["headline"]
    text = yaml.dump(issue, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    file.write_text(text, encoding="utf-8")
    return place


def build(archive: list[Path], executor: Executor, out: Path) -> float:
    """Builds them, and gives the pages a second."""
    ready: list[Path] = []

    def done(issue: Path, report: Report) -> None:
        ready.append(issue)
        if len(ready) % SHOWN_EVERY == 0:
            print(f"{len(ready)}/{len(archive)}", file=sys.stderr)

    start = time.perf_counter()
    reports = layout.build_many(archive, executor, folder=out, done=done)
    seconds = time.perf_counter() - start
    good = [report for report in reports.values() if report.ok]
    pages = sum(max(page for fit in report.fit for page in fit.pages) for report in good)
    megabytes = sum(report.pdf.stat().st_size for report in good if report.pdf) / 1e6
    print(
        f"{len(good)} of {len(archive)} issues, {pages} pages, {megabytes:.0f} MB in {seconds:.0f} s: "
        f"{len(good) / seconds:.2f} issues and {pages / seconds:.1f} pages a second"
    )
    for issue, report in reports.items():
        if not report.ok:
            print(issue, *(problem.in_language() for problem in report.problems), sep="\n  ")
    return pages / seconds


if __name__ == "__main__":
    main()
