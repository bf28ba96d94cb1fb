"""Checks of the page as a whole: gutters, white, pictures (rule H12)."""

from __future__ import annotations

from ...composition import Box
from ...issue.floats import kind_of
from .inspection import PageInspection, cells_of

WHOLE_GUTTER = 0.9  # of the type area's height
MOST_WHITE = 0.03  # of the type area, left empty on a page


def check_gutters(inspection: PageInspection) -> None:
    """Gutters between stories that nothing runs across; those inside a story do not count (rule H12)."""
    grid = inspection.grid
    owners = inspection.issue.floats()
    owner: dict[tuple[int, int], str] = {}
    for area in inspection.plan.areas:
        name = owners[area.name][0] if area.name in owners else area.name
        owner |= dict.fromkeys(cells_of(area), name)
    for unit in range(1, grid.units):
        run = longest = 0
        for line in range(grid.lines):
            left = owner.get((unit - 1, line))
            run = 0 if left is not None and left == owner.get((unit, line)) else run + 1
            longest = max(longest, run)
        if longest >= WHOLE_GUTTER * grid.lines and owner:
            x = grid.x(grid.start(unit) - grid.gutter_em)
            box = Box("rule", x, grid.y(0), grid.gutter_em * grid.em, grid.height)
            inspection.add_problem(
                "through-gutter",
                "一条栏距从头通到脚（通线）",
                "a gutter runs from head to foot of the page",
                box,
            )


def check_pictures(inspection: PageInspection) -> None:
    """Pages with neither a picture nor a tint, in an issue that has pictures."""
    if not any(kind_of(float_).stands == "head" for _, float_ in inspection.issue.floats().values()):
        return
    shown = bool(inspection.page.pictures) or any(box.kind == "drawing" and box.alt for box in inspection.page.boxes)
    dark = any(box.kind == "frame" and box.fill for box in inspection.page.boxes)
    if inspection.page.frames and not shown and not dark:
        inspection.add_problem(
            "no-picture",
            "没有图，也没有别的重色",
            "there is no picture, nor any other dark mass",
        )


def check_white(inspection: PageInspection) -> None:
    """Type area that is left empty."""
    share = inspection.white()
    if share > MOST_WHITE:
        inspection.add_problem(
            "white",
            f"空着版心的 {100 * share:.0f}%",
            f"{100 * share:.0f}% of the type area is left empty",
        )


CHECKS = (check_gutters, check_white, check_pictures)
