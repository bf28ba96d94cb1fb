"""layout builds issues one after another into one file: with_layout.py FILE.pdf ISSUE… Says seconds.

With `--edit N FILE.pdf ISSUE` it changes a paragraph of the issue N times, and says the medians of the milliseconds to
compose what changed, to paint its page, and to build the whole file, and how many pages it has.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from statistics import median

import yaml
from msgspec.structs import replace

import layout
from layout.api import compose
from layout.composition import Page
from layout.composition_cache import open_composition_cache
from layout.page.flow.solution_cache import FlowSolutionCache
from layout.pdf.document import write_pdf
from layout.pdf.target import print_target
from layout.press.printer import load_printer
from layout.runtime.cache import cache_folder


def build_all(pdf: Path, issues: list[Path]) -> None:
    for issue in issues:
        start = time.perf_counter()
        report = layout.build(issue, pdf)
        seconds = time.perf_counter() - start
        assert report.pdf, [problem.in_language() for problem in report.problems]
        print(seconds)


def edit(runs: int, pdf: Path, issue: Path) -> None:
    file = issue / "issue.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert layout.build(issue, pdf).pdf
    target = print_target(load_printer("offset-coated"))
    composing, painting, whole = [], [], []
    with open_composition_cache(cache_folder(), issue) as (known, solutions):
        before = compose(layout.load(issue), result_cache=known, solutions=solutions)
        for name in [*data["articles"]][1 : 1 + runs]:
            article = data["articles"][name]
            article["body"] = article["body"][:40] + "改了几个字" + article["body"][45:]
            file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
            changed, solutions = layout.load(issue), FlowSolutionCache(solutions.asked, solutions.lines)
            start = time.perf_counter()
            after = compose(changed, result_cache=known, solutions=solutions)
            composing.append(time.perf_counter() - start)
            (other,) = (new for old, new in zip(before.pages, after.pages, strict=True) if not same(old, new))
            page = replace(after, pages=(other,))
            start = time.perf_counter()
            assert not write_pdf(page, io.BytesIO(), faces=after.faces, target=target, cache=cache_folder())
            painting.append(time.perf_counter() - start)
            start = time.perf_counter()
            assert layout.build(issue, pdf).pdf
            whole.append(time.perf_counter() - start)
            before = after
    print(*(f"{1000 * median(seconds):.0f}" for seconds in (composing, painting, whole)), len(before.pages))


def same(one: Page, other: Page) -> bool:
    return [[line.text for line in frame.lines] for frame in one.frames] == [
        [line.text for line in frame.lines] for frame in other.frames
    ]


if __name__ == "__main__":
    if sys.argv[1] == "--edit":
        edit(int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        build_all(Path(sys.argv[1]), [Path(issue) for issue in sys.argv[2:]])
