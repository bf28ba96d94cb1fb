"""Rules (线条): column rules, rules between stories (rule H9), rules round boxes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from ...composition import Box, DrawnShape
from ...style.elements import BoxStyle, RuleStyle
from ...style.model import Style
from ..canvas import Canvas
from ..map.columns import Column
from ..map.threads import PagePlan

PathStep = tuple[str | float, ...]
RulePath = tuple[PathStep, ...]


def rule_height(style: Style, name: str) -> float:
    """The full height of a rule of the style in pt; 0 where there is none of that name."""
    return style.rules[name].height if name in style.rules else 0.0


def rule_across(style: Style, name: str, x: float, y: float, width: float, label: str = "") -> list[Box]:
    """A rule of the style, `width` pt long, with its top left corner at (x, y) pt."""
    rule = style.rules.get(name)
    if rule is None or not rule.width or width <= 0:
        return []
    colour, label = style.colour(rule.colour), label or f"{name}_rule"
    if rule.kind in ("dotted", "dashed", "wavy"):
        shape = DrawnShape(_path(rule, width), None, colour, rule.width, *_pattern(rule, width))
        return [Box("drawing", x, y, width, rule.height, shapes=(shape,), name=label)]
    return [Box("rule", x, y + top, width, thickness, fill=colour, name=label) for top, thickness in _strokes(rule)]


def rules_around(style: Style, box: BoxStyle, x: float, y: float, width: float, height: float) -> list[Box]:
    """A box of the style inside this rectangle (pt): tint, frame, rules all round or at top and foot."""
    boxes = []
    fill, stroke = (style.colour(name) if name else None for name in (box.fill, box.stroke))
    if fill or stroke:
        boxes.append(
            Box("frame", x, y, width, height, fill=fill, stroke=stroke, stroke_width=box.width if stroke else 0.0)
        )
    if rule := style.rules.get(box.rule):
        boxes += _ring(style, rule, x, y, width, height)
    boxes += rule_across(style, box.top, x, y, width, "box_rule")
    foot = style.rules.get(box.foot)
    if foot:
        boxes += rule_across(style, box.foot, x, y + height - foot.height, width, "box_rule")
    return boxes


def _ring(style: Style, rule: RuleStyle, x: float, y: float, width: float, height: float) -> list[Box]:
    """The rule along all four sides, its first line outermost."""
    colour = style.colour(rule.colour)
    if rule.kind in ("dotted", "dashed"):
        half = rule.width / 2
        corners = ((half, half), (width - half, half), (width - half, height - half), (half, height - half))
        sides = []
        for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
            length = abs(x1 - x0) + abs(y1 - y0) + (rule.width if rule.kind == "dotted" else 0.0)  # with its last dot
            side: RulePath = (("m", x0, y0), ("l", x1, y1))
            sides.append(DrawnShape(side, None, colour, rule.width, *_pattern(rule, length)))
        return [Box("drawing", x, y, width, height, shapes=tuple(sides), name="box_rule")]
    if rule.kind == "wavy":
        shape = DrawnShape(_wave_round(rule, width, height), None, colour, rule.width)
        return [Box("drawing", x, y, width, height, shapes=(shape,), name="box_rule")]
    return [
        Box(
            "frame",
            x + inside,
            y + inside,
            width - 2 * inside,
            height - 2 * inside,
            stroke=colour,
            stroke_width=thickness,
            name="box_rule",
        )
        for inside, thickness in _strokes(rule)
    ]


def _strokes(rule: RuleStyle) -> list[tuple[float, float]]:
    """The straight lines of a rule: (top, thickness) of each in pt."""
    if rule.kind == "double":
        return [(0.0, rule.width), (rule.width + rule.space, rule.width)]
    if rule.kind == "thick_thin":
        return [(0.0, rule.width), (rule.width + rule.space, rule.thin)]
    if rule.kind == "thin_thick":
        return [(0.0, rule.thin), (rule.thin + rule.space, rule.width)]
    return [(0.0, rule.width)]


def _pattern(rule: RuleStyle, length: float) -> tuple[tuple[float, ...], bool]:
    """Dash and round ends of a line `length` pt long: a whole number of dots or dashes, one at each end."""
    if rule.kind == "wavy":
        return (), True
    dash = 0.0 if rule.kind == "dotted" else 2 * rule.space
    inner = length - rule.width if rule.kind == "dotted" else length
    count = max(1, round((inner - dash) / (dash + rule.space)))
    return (dash, max(0.01, (inner - dash) / count - dash)), rule.kind == "dotted"


def _path(rule: RuleStyle, length: float) -> RulePath:
    """The centre line of a rule from left to right, from the rule's own top left corner."""
    middle = rule.height / 2
    if rule.kind != "wavy":
        half = rule.width / 2 if rule.kind == "dotted" else 0.0
        return (("m", half, middle), ("l", length - half, middle))
    count = max(2, round(length / rule.space) // 2 * 2)  # half waves, a crest and a trough
    step, swing = length / count, (rule.height - rule.width) / 2
    path: list[PathStep] = [("m", 0.0, middle)]
    for index in range(count):
        # the middle points of a cubic are 4/3 of the height that its curve reaches
        y = middle + (swing if index % 2 else -swing) * 4 / 3
        x = index * step
        path.append(("c", x + 0.36 * step, y, x + 0.64 * step, y, x + step, middle))
    return tuple(path)


def _wave_round(rule: RuleStyle, width: float, height: float) -> RulePath:
    """One wave round a box: a crest at both ends of each side, so that it goes through the corners without a break."""
    middle, swing = rule.height / 2, (rule.height - rule.width) / 2 * 4 / 3
    corners = ((middle, middle), (width - middle, middle), (width - middle, height - middle), (middle, height - middle))
    path: list[PathStep] = [("m", middle, middle)]
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        length = abs(x1 - x0) + abs(y1 - y0)
        count = max(1, 2 * round((length / rule.space - 1) / 2) + 1)  # half waves
        across, down = (x1 - x0) / length, (y1 - y0) / length
        for index in range(count):
            out, points = -swing if index % 2 else swing, list[float]()
            for part, away in ((0.36, out), (0.64, out), (1.0, 0.0)):
                along = (index + part) * length / count
                points += x0 + along * across + away * down, y0 + along * down - away * across
            path.append(("c", *points))
    return (*path, ("h",))


def column_rules(canvas: Canvas, columns: Sequence[Column], ends: Sequence[int]) -> list[Box]:
    """A rule in the gutter of each two neighbours of one area that both hold text, down to the foot of the longer text.

    `columns` are those before jump lines and levelling shortened them; `ends` gives for each the line after its last
    line of text.
    """
    rule = canvas.style.rules.get("column")
    if not rule or not rule.width:
        return []
    grid, boxes = canvas.grid, []
    inset = (grid.leading - grid.em) / 2
    for (left, left_end), (right, right_end) in permutations(zip(columns, ends, strict=True), 2):
        if left.area != right.area or right.number != left.number + 1:
            continue
        if left.pitch:
            boxes += _tier_rule(canvas, rule, left, right, (left_end, right_end))
            continue
        top, foot = max(left.line, right.line), min(max(left_end, right_end), left.end, right.end)
        if min(left_end, right_end) <= top:
            continue
        x = grid.x((left.start + left.measure + right.start) / 2) - rule.width / 2
        y, height = grid.y(top) + inset, (foot - top) * grid.leading - 2 * inset
        boxes.append(Box("rule", x, y, rule.width, height, fill=canvas.style.colour(rule.colour), name="column_rule"))
    return boxes


def _tier_rule(canvas: Canvas, rule: RuleStyle, upper: Column, lower: Column, ends: tuple[int, int]) -> list[Box]:
    """The rule between two tiers of a vertical article that have one right edge and both hold text."""
    first, end = max(upper.line, lower.line), max(ends)
    if (upper.edge, upper.pitch) != (lower.edge, lower.pitch) or min(ends) <= first:
        return []
    em = canvas.grid.em
    y = canvas.grid.top + (upper.start + upper.measure + lower.start) / 2 * em - rule.width / 2
    left, right = upper.middle(end - 1, em) - em / 2, upper.middle(first, em) + em / 2
    fill = canvas.style.colour(rule.colour)
    return [Box("rule", left, y, right - left, rule.width, fill=fill, name="column_rule")]


def story_rules(canvas: Canvas, plan: PagePlan) -> list[Box]:
    """A rule in the middle of the gap above each story that has another above it; one for all its areas in a row.

    The edge of a box separates too, so there is no rule where only boxed stories are above; where others are above as
    well, the rule runs under all of them.
    """
    rule = canvas.style.rules.get("story")
    if not rule or not rule.width:
        return []
    grid = canvas.grid
    edges: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for area in plan.areas:
        owner = canvas.setup.owner(area.name)
        above = {canvas.setup.owner(name.partition(".")[0]) for name in area.above} - {"", owner}
        if owner and above - canvas.boxed and canvas.setup.gap(area) and owner not in canvas.boxed:
            top = [(s.unit, s.unit + s.units) for s in area.strips if s.line == area.line]
            edges.setdefault((owner, area.line), []).extend(top)
    boxes = []
    for (_, line), spans in edges.items():
        y = grid.y(line + canvas.style.grid.gap / 2) - rule.height / 2
        for first, last in _joined(spans):
            x, width = grid.x(grid.start(first)), grid.measure(last - first) * grid.em
            boxes += rule_across(canvas.style, "story", x, y, width)
    return boxes


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and joined[-1][1] >= first:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
