"""The same job by layout, Typst and WeasyPrint, in turn in one run: python tests/benchmark/peers/run.py [--readme README.md]

Needs `pip install typst`. Cold is a whole process: `first` with empty caches, `rebuild` with the caches of another issue
of the publication built before (what an editor has) and another text. Warm is a second, different issue in a process
that has built one. Every text is new to every peer. The ratio is to Typst as people run it (system fonts searched).

Seconds are medians of --runs runs (3 of ×64, 1 of ×512). WeasyPrint has CSS columns, and no sizes above ×8: it takes
minutes. With --readme the tables take the place of those between the marks in that file. Let the machine do nothing
else meanwhile; it takes about five minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TOP = HERE.parents[2]
sys.path.insert(0, str(HERE))

from copy_text import copies, four_articles  # noqa: E402  (beside this script)
from sources import html_of, write_issue  # noqa: E402

LAYOUT = [sys.executable, "-m", "layout", "build"]
TYPST = [sys.executable, str(HERE / "with_typst.py")]
WEASYPRINT = [sys.executable, str(HERE / "with_weasyprint.py")]
MOST_OF_WEASYPRINT, MOST_WARM = 8, 64
BEGIN, END = "<!-- benchmark: made by tests/benchmark/peers/run.py -->", "<!-- /benchmark -->"


class Figure(NamedTuple):
    """Seconds, the peak memory of the process in MiB (0: unknown), and the PDF's size in KiB."""

    seconds: float
    peak: float
    size: int


Rows = dict[str, dict[int, Figure]]  # peer → size → figure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1,8,64,512")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--readme", type=Path, metavar="FILE", help="file whose tables are to be replaced")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.readme and not (BEGIN in (old := options.readme.read_text(encoding="utf-8")) and END in old):
        sys.exit(f"{options.readme} has no place for the tables: {BEGIN} … {END}")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        parts = [
            f"{os.cpu_count()} cores, Python {platform.python_version()}, Typst {version('typst')}, "
            f"WeasyPrint {version('weasyprint')}. Seconds, times Typst's, peak MiB, KiB of the PDF.",
            f"Cold: a whole process\n\n{table(cold(work, sizes, options.runs), sizes)}",
            f"Warm: another issue in the same process\n\n{table(warm(work, sizes, options.runs), sizes)}",
            edit(work, options.runs),
        ]
    text = "\n\n".join(parts)
    print(text)
    if options.readme:
        before, _, rest = old.partition(BEGIN)
        after = rest.partition(END)[2]
        options.readme.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def prepare(work: Path, size: int, seed: int) -> dict[str, Path]:
    place = work / f"x{size}-{seed}"
    place.mkdir(exist_ok=True)
    articles = copies(four_articles(), size, seed)
    (place / "data.json").write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")
    (place / "page.html").write_text(html_of(articles), encoding="utf-8")
    return {"issue": write_issue(articles, place / "issue"), "json": place / "data.json", "html": place / "page.html"}


def cold(work: Path, sizes: list[int], runs: int) -> Rows:
    rows: Rows = {}
    pdf = work / "out.pdf"
    for size in sizes:
        figures: dict[str, list[Figure]] = {}
        shared, empty = work / f"cache-x{size}", work / "empty-cache"
        timed([*LAYOUT, str(prepare(work, size, 0)["issue"]), "-o", str(pdf)], pdf, shared)
        for seed in range(1, (runs if size < 64 else 3 if size < 512 else 1) + 1):
            sources = prepare(work, size, seed)
            build = [*LAYOUT, str(sources["issue"]), "-o", str(pdf)]
            shutil.rmtree(empty, ignore_errors=True)
            jobs: dict[str, tuple[list[str], Path | None]] = {
                "layout, first build": (build, empty),
                "layout, rebuild": (build, shared),
                "Typst": ([*TYPST, "system", str(pdf), str(sources["json"])], None),
                "Typst, fonts of one folder": ([*TYPST, "alone", str(pdf), str(sources["json"])], None),
            }
            if size <= MOST_OF_WEASYPRINT:
                jobs["WeasyPrint"] = ([*WEASYPRINT, str(pdf), str(sources["html"])], None)
            for name, (command, cache) in jobs.items():
                figures.setdefault(name, []).append(timed(command, pdf, cache)[0])
        for name, found in figures.items():
            seconds = statistics.median(figure.seconds for figure in found)
            rows.setdefault(name, {})[size] = Figure(seconds, max(figure.peak for figure in found), found[-1].size)
    return rows


def warm(work: Path, sizes: list[int], runs: int) -> Rows:
    """Each peer sets one issue after another in a process of its own, which says how long each took."""
    rows: Rows = {}
    pdf = work / "warm.pdf"
    for size in (size for size in sizes if size <= MOST_WARM):
        sources = [prepare(work, size, seed) for seed in range(100, 101 + min(runs, 3 if size > 8 else runs))]
        jobs = {
            "layout": ([sys.executable, str(HERE / "with_layout.py"), str(pdf)], "issue"),
            "Typst": ([*TYPST, "system", str(pdf)], "json"),
        }
        if size <= MOST_OF_WEASYPRINT:
            jobs["WeasyPrint"] = ([*WEASYPRINT, str(pdf)], "html")
        for name, (command, kind) in jobs.items():
            figure, said = timed([*command, *(str(source[kind]) for source in sources)], pdf, work / "warm-cache")
            seconds = statistics.median(map(float, said.split()[1:]))
            rows.setdefault(name, {})[size] = figure._replace(seconds=seconds)
    return rows


def edit(work: Path, runs: int) -> str:
    """One paragraph of an issue of eight pages changed, in a process that has built it."""
    issue = prepare(work, 4, 200)["issue"]
    _, said = timed(
        [sys.executable, str(HERE / "with_layout.py"), "--edit", str(runs), str(work / "edit.pdf"), str(issue)],
        work / "edit.pdf",
        work / "edit-cache",
    )
    compose, paint, whole, pages = said.split()
    return (
        f"One paragraph of an issue of {pages} pages changed, warm: its page is composed anew in {compose} ms and "
        f"painted in {paint} ms; the whole file, read, composed, written and held to the preflight, takes {whole} ms."
    )


def timed(command: list[str], pdf: Path, cache: Path | None) -> tuple[Figure, str]:
    """The figure of a command that writes the PDF, and what it said."""
    pdf.unlink(missing_ok=True)
    environment = os.environ | {"FONTCONFIG_FILE": str(TOP / "fonts" / "fonts.conf")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody compiles a library at every start
    if cache:
        environment["LAYOUT_CACHE"] = str(cache)
    if command[:2] == TYPST:
        environment.pop("FONTCONFIG_FILE")  # as people run it
    measure = ["/usr/bin/time", "-f", "%M", *command] if Path("/usr/bin/time").exists() else command
    start = time.perf_counter()
    done = subprocess.run(measure, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if not pdf.exists():
        sys.exit(f"{command}: {done.stderr[-2000:]}")
    peak = float(done.stderr.split()[-1]) / 1024 if measure is not command else 0.0
    return Figure(seconds, peak, pdf.stat().st_size // 1024), done.stdout


def table(rows: Rows, sizes: list[int]) -> str:
    sizes = [size for size in sizes if size in rows["Typst"]]
    lines = [
        "| | " + " | ".join(f"×{size} s | ratio | MiB | KiB" for size in sizes) + " |",
        "|---" + "|---:" * (4 * len(sizes)) + "|",
    ]
    for name, found in rows.items():
        cells = []
        for size in sizes:
            figure = found.get(size)
            if figure is None:
                cells += ["", "", "", ""]
                continue
            ratio = figure.seconds / rows["Typst"][size].seconds
            cells += [f"{figure.seconds:.3f}", f"{ratio:.2f}", f"{figure.peak:.0f}" if figure.peak else ""]
            cells.append(str(figure.size))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
