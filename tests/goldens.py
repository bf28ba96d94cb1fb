"""A composition told in words, for text goldens: frames with their lines, boxes, pictures; points to a tenth."""

from __future__ import annotations

from collections.abc import Iterator

from layout.composition import Box, Composition, Frame, Page


def told(pages: Composition, *roles: str) -> str:
    """Everything on the pages, or only frames of these roles."""
    return "".join(f"{line}\n" for page in pages.pages for line in _page(page, roles))


def told_briefly(pages: Composition) -> str:
    """Each frame in a line, with how many lines it holds, their size and face, its first and last words."""
    return "".join(f"{line}\n" for page in pages.pages for line in _briefly(page))


def _briefly(page: Page) -> Iterator[str]:
    yield f"page {page.number} {page.name}"
    for frame in page.frames:
        size = "/".join(f"{size:g}" for size in sorted({line.size for line in frame.lines}))
        faces = " ".join(sorted({span.face for line in frame.lines for span in line.spans}))
        words = "".join(line.text for line in frame.lines)
        shown = words if len(words) < 20 else f"{words[:9]}…{words[-9:]}"
        yield f"  {frame.role} of {frame.article} {_place(frame)}: {len(frame.lines)} × {size}pt {faces} {shown}"
    for box in page.boxes:
        if box.name != "emphasis_dots":
            yield _box(box)
    for picture in page.pictures:
        yield f"  picture {picture.file.rsplit('/', 1)[-1]} {_place(picture)}"


def _page(page: Page, roles: tuple[str, ...]) -> Iterator[str]:
    yield f"page {page.number}"
    for frame in page.frames:
        if not roles or frame.role in roles:
            yield from _frame(frame)
    if roles:
        return
    for box in page.boxes:
        if box.name not in ("column_rule", "story_rule") and box.kind != "furniture":
            yield _box(box)
    for picture in page.pictures:
        shows = " ".join(f"{edge:.3f}" for edge in picture.crop)
        yield f"  picture {picture.file.rsplit('/', 1)[-1]} {_place(picture)} crop {shows}"


def _frame(frame: Frame) -> Iterator[str]:
    yield f"  {frame.role} of {frame.article} {_place(frame)}"
    for line in frame.lines:
        down = " vertical" if line.vertical else ""
        yield f"    {line.x:.1f} {line.baseline:.1f} {line.size:g}pt{down} {line.text}"


def _box(box: Box) -> str:
    shapes = f" {len(box.shapes)} shapes" if box.shapes else ""
    return f"  {box.kind} {box.name} {_place(box)}{shapes}"


def _place(thing: object) -> str:
    return " ".join(f"{getattr(thing, name):.1f}" for name in ("x", "y", "width", "height"))
