"""`layout capacity`: characters that each article's place holds, has, and is over or under by."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import LayoutError, Message
from ..runtime.messages import show_problems
from .main import add_style

if TYPE_CHECKING:
    from ..capacity import SlotCapacity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue")
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    add_style(parser)


def run(options: argparse.Namespace) -> int:
    from ..capacity import slots_of, wrong_lengths
    from ..issue import load
    from ..production import compose

    try:
        issue = load(options.issue, drafts=True, style=options.style)
        composition = compose(issue)
    except LayoutError as error:
        show_problems(error.problems, options.language)
        return 1
    slots = slots_of(issue, composition)
    show_problems(wrong_lengths(issue, composition, slots), options.language)
    if options.json:
        import json

        from msgspec.structs import asdict

        print(json.dumps([asdict(slot) | {"room": slot.room} for slot in slots], ensure_ascii=False, indent=1))
    else:
        show_slots(slots, options.language)
    return 1 if any(slot.room < 0 for slot in slots) else 0


def show_slots(slots: Sequence[SlotCapacity], language: str) -> None:
    """A table: page, characters held, had and left, lines left, length agreed on, article."""
    zh = f"{'版':>3} {'容':>6} {'实':>6} {'余字':>5} {'余行':>5} {'约定':>5}  稿件"
    en = f"{'page':>4} {'holds':>7} {'has':>7} {'room':>7} {'lines':>7} {'agreed':>7}  article"
    print(Message(zh, en).in_language(language))
    for slot in slots:
        row = f"{slot.page:>4} {slot.holds:>7} {slot.has:>7} {slot.room:>7} {slot.lines:>7} {slot.length or '':>7}"
        print(f"{row}  {slot.article}")
