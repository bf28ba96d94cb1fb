"""Column rules between the columns of one story, and rules that part one story from the next (rule H9)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..composition import Box
from .columns import Column
from .dummy import Dummy
from .threads import PagePlan


def column_rules(dummy: Dummy, columns: Sequence[Column], ends: Sequence[int]) -> list[Box]:
    """A rule in the gutter of each two neighbours of one area, as far down as both hold text.

    `ends` gives for each column the line after its last line of text.
    """
    rule = dummy.style.rules.get("column")
    if not rule or not rule.width:
        return []
    grid, boxes = dummy.grid, []
    inset = (grid.leading - grid.em) / 2
    for (left, left_end), (right, right_end) in pairwise(zip(columns, ends, strict=True)):
        if left.area != right.area or right.number != left.number + 1:
            continue
        top, foot = max(left.line, right.line), min(left_end, right_end)
        if foot <= top:
            continue
        x = grid.x((left.start + left.measure + right.start) / 2) - rule.width / 2
        y, height = grid.y(top) + inset, (foot - top) * grid.leading - 2 * inset
        boxes.append(Box("rule", x, y, rule.width, height, fill=dummy.style.colour(rule.colour), name="column_rule"))
    return boxes


def story_rules(dummy: Dummy, plan: PagePlan) -> list[Box]:
    """A rule in the middle of the gap above each story that has another above it; one for all its areas in a row."""
    rule = dummy.style.rules.get("story")
    if not rule or not rule.width:
        return []
    grid = dummy.grid
    edges: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for area in plan.areas:
        owner = dummy.owner(area.name)
        above = {dummy.owner(name.partition(".")[0]) for name in area.above} - {"", owner}
        if owner and above and dummy.gap(area):
            top = [(s.unit, s.unit + s.units) for s in area.strips if s.line == area.line]
            edges.setdefault((owner, area.line), []).extend(top)
    boxes = []
    for (_, line), spans in edges.items():
        y = grid.y(line + dummy.style.grid.gap / 2) - rule.width / 2
        for first, last in _joined(spans):
            x, width = grid.x(grid.start(first)), grid.measure(last - first) * grid.em
            boxes.append(Box("rule", x, y, width, rule.width, fill=dummy.style.colour(rule.colour), name="story_rule"))
    return boxes


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and joined[-1][1] >= first:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
