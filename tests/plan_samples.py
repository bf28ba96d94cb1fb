"""How planned issues come out: python tests/plan_samples.py [--random N] [--stretch F] [--proof FOLDER] [ISSUE …]

Each sample issue is planned from nothing but its articles: its `pages` are left out. For each: pages, articles,
characters; white space in parts of the type area, on average and on the worst page; jumps; lines over, articles held
over; seconds of the processor for planning; what makeup lint says. With `--random` so many random issues are planned
instead, and it is counted what came of them: lost text, overlaps and lines off the grid too. The digest of all plans
must be the same on every machine and with every PYTHONHASHSEED.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml
from msgspec import Struct, field
from plan.invariants import assert_all_the_text_is_there, assert_nothing_overlaps, assert_on_the_grid
from plan.random_issues import random_issue

import layout
from layout.page.checks.inspection import white_space
from layout.page.checks.makeup import check_makeup
from layout.page.map.threads import read_pages
from layout.planning import plan_issue, plan_yaml
from layout.planning.shortfalls import WORTH_TELLING
from layout.style.reader import load_style
from layout.text.fonts.faces import load_faces

SAMPLES = Path(__file__).parent.parent / "issues"
PAGES = re.compile(r"^pages:.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)


class Figures(Struct, dict=True):
    name: str
    pages: int
    articles: int
    characters: int
    seconds: float
    white: list[float] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    over: int = 0
    held: int = 0
    jumps: int = 0
    said: set[str] = field(default_factory=set)
    plan: str = ""
    broken: set[str] = field(default_factory=set)

    def row(self) -> str:
        average = 100 * sum(self.white) / len(self.white)
        told = ", ".join(f"{rule} {count}" for rule, count in sorted(self.rules.items())) or "nothing"
        return (
            f"{self.name:<16}{self.pages:>6}{self.articles:>9}{self.characters:>11}{average:>8.1f}%"
            f"{100 * max(self.white):>7.1f}%{self.jumps:>6}{self.over:>6}{self.held:>6}{self.seconds:>7.1f}s  {told}"
        )


HEAD = f"{'issue':<16}{'pages':>6}{'articles':>9}{'characters':>11}{'white':>9}{'worst':>8}{'jumps':>6}{'over':>6}{'held':>6}{'time':>8}  lint"


def measure(name: str, folder: Path, proof: Path | None = None) -> Figures:
    """Plans and composes an issue folder that has no maps."""
    issue = layout.load(folder)
    style = load_style(issue.style, issue.folder, issue.place("style"))
    faces = load_faces(style.font_files())
    start = time.process_time()
    plan = plan_issue(issue, style, faces)[0]
    seconds = time.process_time() - start
    issue = plan.of(issue)
    characters = sum(len(block.text) for one in issue.articles.values() for block in one.body.blocks)
    figures = Figures(name, len(plan.pages), len(issue.articles), characters, seconds, held=len(plan.held))
    pages = layout.compose(issue, style, faces)
    plans, _ = read_pages(issue, style, {})
    figures.white = white_space(pages, plans, issue, style)
    figures.rules = Counter(problem.rule for problem in check_makeup(pages, plans, issue, style))
    figures.over = sum(one.lines for one in pages.overset)
    figures.jumps = sum(frame.role == "jump_line" for page in pages.pages for frame in page.frames)
    figures.said = {problem.rule for problem in plan.problems}
    figures.plan = plan_yaml(plan)
    for invariant, given in (
        (assert_all_the_text_is_there, (pages, issue)),
        (assert_nothing_overlaps, (pages,)),
        (assert_on_the_grid, (pages, style)),
    ):
        try:
            invariant(*given)
        except AssertionError as error:
            figures.broken.add(f"{invariant.__name__.removeprefix('assert_')}: {error}")
    if proof:
        proof.mkdir(parents=True, exist_ok=True)
        pages.write_pdf(proof / f"{name}.pdf")
    return figures


def without_pages(folder: Path, into: Path) -> Path:
    """A copy of an issue folder whose `pages` are left out."""
    shutil.copytree(folder, into)
    file = into / "issue.yaml"
    file.write_text(PAGES.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    return into


def samples(folders: list[Path], proof: Path | None) -> Iterator[Figures]:
    for folder in folders:
        with tempfile.TemporaryDirectory() as place:
            yield measure(folder.name, without_pages(folder, Path(place) / folder.name), proof)


OUTCOMES = ("full", "over, said", "under, said", "over or under, not said", "text lost, overlaps, off the grid")


def outcome(figures: Figures) -> str:
    if figures.broken:
        return OUTCOMES[4]
    over, under = figures.held or figures.over, max(figures.white) > WORTH_TELLING + 0.01
    if over:
        return OUTCOMES[1 if figures.said & {"plan-held", "plan-over"} else 3]
    if under:
        return OUTCOMES[2 if "plan-under" in figures.said else 3]
    return OUTCOMES[0]


def random_issues(seeds: range, stretch: float) -> None:
    """Plans random issues, half of them such as an editor would plan, and prints what came of them."""
    outcomes: Counter[tuple[str, str]] = Counter()
    digest, slowest, worst = hashlib.sha256(), 0.0, 0.0
    for seed in seeds:
        kind = "sound" if seed % 2 else "any"
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            data = random_issue(seed, folder, kind=kind, stretch=stretch)
            (folder / "issue.yaml").write_text(
                yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8"
            )
            figures = measure(f"{kind} {seed}", folder)
        slowest, came = max(slowest, figures.seconds), outcome(figures)
        outcomes[kind, came] += 1
        digest.update(figures.plan.encode())
        worst = max(worst, max(figures.white) if came == OUTCOMES[0] else 0.0)
        print(figures.row(), *sorted(figures.broken), flush=True)
    print(f"\n| | {' | '.join(OUTCOMES)} |\n|---|{'---:|' * len(OUTCOMES)}")
    for kind, words in (("sound", "as many pages as the articles about fill"), ("any", "any number of pages")):
        print(f"| {words} | {' | '.join(str(outcomes[kind, came]) for came in OUTCOMES)} |")
    print(
        f"\nslowest {slowest:.1f} s, most white on a page of a full issue {100 * worst:.1f} %, digest {digest.hexdigest()[:16]}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("issues", nargs="*", type=Path)
    parser.add_argument("--random", type=int, default=0, metavar="N")
    parser.add_argument("--first", type=int, default=0, metavar="SEED", help="the seed of the first random issue")
    parser.add_argument("--stretch", type=float, default=1.0, metavar="F", help="random articles so many times as long")
    parser.add_argument("--proof", type=Path, metavar="FOLDER", help="write the PDFs there")
    options = parser.parse_args()
    print(HEAD)
    if options.random:
        random_issues(range(options.first, options.first + options.random), options.stretch)
        return
    folders = options.issues or sorted(path.parent for path in SAMPLES.glob("*/issue.yaml"))
    for figures in samples(folders, options.proof):
        print(figures.row(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
