"""`layout plan`: area maps for the pages that have none, as YAML to paste into `issue.yaml` and change."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..errors import LayoutError, Message, Problem, SourceLocation, has_errors
from ..runtime.progress import progress_line
from .messages import add_style, show_problems

if TYPE_CHECKING:
    from ..issue.model import Issue
    from ..planning import Plan

LARGEST = 12  # plans that are worth telling apart


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", metavar="ISSUE", help="folder that holds issue.yaml, or that file")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="so many different plans, the best first")
    parser.add_argument(
        "--thumbnails", metavar="FILE", help="draw the plans there, small, one under the other: PNG, WebP"
    )
    add_style(parser)
    parser.add_argument(
        "--again",
        nargs="?",
        const="",
        metavar="PLAN",
        help="breaking news: start from the maps that the issue has, or from a plan printed before, and change as few "
        "pages as possible; pinned pages stay",
    )


def run(options: argparse.Namespace) -> int:
    """Prints the plans; exit status 1 where something did not fit."""
    from ..issue.reader import load
    from ..planning import plan_yaml

    language = str(options.language)
    try:
        with progress_line(language=language) as line:
            line.show(Message("安排版面…", "planning…").in_language(language))
            issue = load(options.issue, style=options.style)
            plans = _plans(issue, options)
        for number, plan in enumerate(plans, 1):
            head = Message(f"# 方案 {number}", f"# plan {number}").in_language(language)
            print(f"{head}\n{plan_yaml(plan)}" if len(plans) > 1 else plan_yaml(plan))
            show_problems(plan.problems, language)
        if options.thumbnails:
            _draw(issue, plans, Path(options.thumbnails))
    except LayoutError as error:
        show_problems(error.problems, language)
        return 1
    return 1 if has_errors(plans[0].problems) else 0


def _plans(issue: Issue, options: argparse.Namespace) -> Sequence[Plan]:
    from ..planning import plan_issue, replan
    from ..style.reader import style_of
    from ..text.fonts.faces import load_faces

    style = style_of(issue)
    faces = load_faces(style.font_files(), style.font_places())
    if options.again is None:
        return plan_issue(issue, style, faces, count=min(max(1, options.count), LARGEST))
    return [replan(issue, _finished(issue, options.again), style, faces)]


def _finished(issue: Issue, file: str) -> Plan:
    """The plan to start from: one that was printed, in which pages drawn by hand stay; or the issue's own maps."""
    from ..issue.pages import numbered
    from ..planning import Plan, read_plan

    pages = read_plan(Path(file)) if file else issue.pages
    if not any(page.areas for page in pages):
        what = Message("这一期还没有版面图", "the issue has no maps yet")
        remedy = Message(
            "先用 layout plan 排一次，存成文件，写作 --again 文件", "plan it first, keep that, and say --again FILE"
        )
        raise LayoutError([Problem("no-plan", what, remedy, SourceLocation(file) if file else None)])
    drawn = {at for at, page in enumerate(issue.pages) if page.areas} if file else set[int]()
    kept = tuple(issue.pages[at] if at in drawn else page for at, page in enumerate(pages))
    numbers = [number for number, _ in numbered(kept)]
    return Plan(kept, tuple(number for at, number in enumerate(numbers) if at not in drawn and not kept[at].spread))


def _draw(issue: Issue, plans: Sequence[Plan], file: Path) -> None:
    """The pages of each plan in a row, as a picture."""
    from PIL import Image

    from ..editor.page_images import pdf_of
    from ..editor.proofs.proof_files import proof_target
    from ..editor.proofs.thumbnails import contact_sheet
    from ..production import compose
    from ..runtime.cache import cache_folder
    from ..runtime.files import whole_file

    target = replace(proof_target(), max_ppi=72.0, target_ppi=72.0)
    rows = [pdf_of(compose(plan.of(issue)), target, cache_folder()) for plan in plans]
    try:
        picture = contact_sheet(rows)
        kind = Image.registered_extensions().get(file.suffix.lower())
        if kind not in Image.SAVE:
            raise ValueError(f"unknown file extension: {file.suffix}")
        with whole_file(file) as draft:
            picture.save(draft, kind)
    except (OSError, ValueError) as error:
        what = Message(f"写不出 {file}：{error}", f"{file} cannot be written: {error}")
        remedy = Message(
            "写 .png 或 .webp，放在能写的文件夹里", "name a .png or .webp, in a folder that can be written to"
        )
        raise LayoutError([Problem("unwritable", what, remedy)]) from error
    print(f"# {file}")
