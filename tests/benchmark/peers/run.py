"""The same job by layout, Typst and WeasyPrint, in turn in one run: python tests/benchmark/peers/run.py [--sizes 1,8,64]

Needs `pip install typst`. Cold is a whole process: `first` with empty caches, `rebuild` with the caches of another issue
of the publication built before (what an editor has), changed text. Warm is a second, different issue in one process.
Prints one table: seconds (median), peak memory, size, and the ratio to Typst as people run it (system fonts searched).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parents[2]
sys.path.insert(0, str(HERE))

from copy_text import copies, four_articles  # noqa: E402  (beside this script)
from sources import html_of, write_issue  # noqa: E402

LAYOUT = [sys.executable, "-m", "layout", "build"]
TYPST = """
import sys, typst
fonts = [sys.argv[4]]
alone = sys.argv[5] == "alone"
typst.Compiler(sys.argv[1], root="/", font_paths=fonts, ignore_system_fonts=alone).compile(
    output=sys.argv[3], sys_inputs={"data": sys.argv[2]})
"""
WEASYPRINT = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1,8,64")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        rows = cold(work, sizes, options.runs)
        print("\n## Cold: a whole process\n")
        print(table(rows, sizes))
        print("\n## Warm: another issue in the same process\n")
        print(table(warm(work, [size for size in sizes if size <= 64], options.runs), sizes))


def prepare(work: Path, size: int, seed: int) -> dict[str, Path]:
    place = work / f"x{size}-{seed}"
    place.mkdir(exist_ok=True)
    articles = copies(four_articles(), size, seed)
    (place / "data.json").write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")
    (place / "page.html").write_text(html_of(articles), encoding="utf-8")
    return {"issue": write_issue(articles, place / "issue"), "json": place / "data.json", "html": place / "page.html"}


def cold(work: Path, sizes: list[int], runs: int) -> dict[str, dict[int, tuple[float, float, int]]]:
    rows: dict[str, dict[int, tuple[float, float, int]]] = {}
    for size in sizes:
        times: dict[str, list[tuple[float, float, int]]] = {}
        shared = work / f"cache-x{size}"
        timed([*LAYOUT, str(prepare(work, size, 0)["issue"]), "-o", str(work / "0.pdf")], work / "0.pdf", shared)
        for seed in range(1, (runs if size < 64 else 3 if size < 512 else 1) + 1):
            sources, pdf = prepare(work, size, seed), work / "out.pdf"
            build = [*LAYOUT, str(sources["issue"]), "-o", str(pdf)]
            empty = work / "empty-cache"
            shutil.rmtree(empty, ignore_errors=True)
            jobs = {
                "layout, first build": (build, empty),
                "layout, rebuild": (build, shared),
                "Typst": (typst(sources, pdf, "system"), None),
                "Typst, own fonts alone": (typst(sources, pdf, "alone"), None),
            }
            if size <= 8:
                jobs["WeasyPrint"] = ([sys.executable, "-c", WEASYPRINT, str(sources["html"]), str(pdf)], None)
            for name, (command, cache) in jobs.items():
                times.setdefault(name, []).append(timed(command, pdf, cache))
        for name, found in times.items():
            seconds = statistics.median(row[0] for row in found)
            rows.setdefault(name, {})[size] = (seconds, max(row[1] for row in found), found[-1][2])
    return rows


def typst(sources: dict[str, Path], pdf: Path, fonts: str) -> list[str]:
    template = str(HERE / "newsletter.typ")
    return [sys.executable, "-c", TYPST, template, str(sources["json"]), str(pdf), str(TOP / "fonts"), fonts]


def timed(command: list[str], pdf: Path, cache: Path | None) -> tuple[float, float, int]:
    """Seconds, peak memory in MiB, and the PDF's size in KiB."""
    pdf.unlink(missing_ok=True)
    environment = os.environ | {"FONTCONFIG_FILE": str(TOP / "fonts" / "fonts.conf")}
    if cache:
        environment["LAYOUT_CACHE"] = str(cache)
    if command[0] == sys.executable and "typst" in command[2]:
        environment.pop("FONTCONFIG_FILE")
    measure = ["/usr/bin/time", "-f", "%e %M", *command] if Path("/usr/bin/time").exists() else command
    start = time.perf_counter()
    done = subprocess.run(measure, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if not pdf.exists():
        sys.exit(f"{command}: {done.stderr[-2000:]}")
    peak = float(done.stderr.split()[-1]) / 1024 if measure is not command else 0.0
    return seconds, peak, pdf.stat().st_size // 1024


def warm(work: Path, sizes: list[int], runs: int) -> dict[str, dict[int, tuple[float, float, int]]]:
    import typst as typst_library

    import layout

    rows: dict[str, dict[int, tuple[float, float, int]]] = {}
    compiler = typst_library.Compiler(str(HERE / "newsletter.typ"), root="/", font_paths=[str(TOP / "fonts")])
    os.environ["LAYOUT_CACHE"] = str(work / "warm-cache")
    for size in sizes:
        ours, theirs = [], []
        for seed in range(100, 101 + runs):
            sources, pdf = prepare(work, size, seed), work / "warm.pdf"
            start = time.perf_counter()
            report = layout.build(sources["issue"], pdf)
            ours.append(time.perf_counter() - start)
            assert report.pdf, [problem.say() for problem in report.problems]
            start = time.perf_counter()
            compiler.compile(output=str(pdf), sys_inputs={"data": str(sources["json"])})
            theirs.append(time.perf_counter() - start)
        for name, found in (("layout", ours), ("Typst", theirs)):
            rows.setdefault(name, {})[size] = (statistics.median(found[1:]), 0.0, pdf.stat().st_size // 1024)
    return rows


def table(rows: dict[str, dict[int, tuple[float, float, int]]], sizes: list[int]) -> str:
    lines = [
        "| | " + " | ".join(f"×{size} s | ratio | MiB | KiB" for size in sizes) + " |",
        "|---" * (1 + 4 * len(sizes)) + "|",
    ]
    for name, found in rows.items():
        cells = []
        for size in sizes:
            if size not in found:
                cells += ["", "", "", ""]
                continue
            seconds, peak, kib = found[size]
            cells += [
                f"{seconds:.3f}",
                f"{seconds / rows['Typst'][size][0]:.2f}",
                f"{peak:.0f}" if peak else "",
                str(kib),
            ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
