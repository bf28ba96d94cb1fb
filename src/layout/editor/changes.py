"""Differences between two builds: moved lines and pictures, changed articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from ..composition import Composition, Fit, Frame, Page, PlacedLine
from ..errors import Message
from .hit_testing import PageBox, line_rectangle

NOTICED = 0.05  # pt that count as moved


class LayoutChange(Struct, frozen=True):
    """An item of the new page that was elsewhere (`moved`) or absent (`new`) before."""

    kind: Literal["moved", "new"]
    page: int
    rectangle: PageBox


class ArticleChange(Struct, frozen=True):
    """A change of an article: its page and the message."""

    article: str
    page: int
    words: Message


def changes_on_pages(old: Composition, new: Composition) -> list[LayoutChange]:
    """Lines and pictures that moved or are new."""
    before: dict[object, list[tuple[int, float, float]]] = defaultdict(list)
    for page in old.pages:
        for key, x, y, _ in _things(page):
            before[key].append((page.number, x, y))
    found = []
    for page in new.pages:
        for key, x, y, rectangle in _things(page):
            places = before[key]
            same = next((place for place in places if _alike(place, (page.number, x, y))), None)
            if same is not None:
                places.remove(same)
            else:
                found.append(LayoutChange("moved" if places else "new", page.number, rectangle))
                if places:
                    places.pop(0)
    return found


def _alike(one: tuple[int, float, float], other: tuple[int, float, float]) -> bool:
    return one[0] == other[0] and all(abs(a - b) < NOTICED for a, b in zip(one[1:], other[1:], strict=True))


def _things(page: Page) -> Iterator[tuple[object, float, float, PageBox]]:
    for frame in page.frames:
        for line in frame.lines:
            yield _key(frame, line), line.x, line.baseline, line_rectangle(line)
    for picture in page.pictures:
        rectangle = PageBox(picture.x, picture.y, picture.width, picture.height)
        key = ("picture", picture.file, round(picture.width, 1), round(picture.height, 1), picture.crop)
        yield key, picture.x, picture.y, rectangle


def _key(frame: Frame, line: PlacedLine) -> object:
    return frame.article, frame.role, line.text, line.size, round(line.width, 1)


def changes_of_articles(old: Composition, new: Composition) -> list[ArticleChange]:
    """Articles that were added or removed, changed pages, or take more or fewer lines."""
    before, after = _fits(old), _fits(new)
    found = [
        ArticleChange(article, fit.page, words)
        for article, fit in after.items()
        for words in _change_message(before.get(article), fit)
    ]
    removed = (
        ArticleChange(id, fit.page, Message("撤下", "taken out")) for id, fit in before.items() if id not in after
    )
    return [*found, *removed]


def _fits(composition: Composition) -> dict[str, Fit]:
    return {fit.article: fit for fit in composition.fit}


def _change_message(old: Fit | None, new: Fit) -> Iterator[Message]:
    if old is None:
        yield Message(f"新上第 {new.page} 版", f"new on page {new.page}")
        return
    if old.pages != new.pages:
        zh = ("、".join(map(str, pages)) for pages in (old.pages, new.pages))
        en = (", ".join(map(str, pages)) for pages in (old.pages, new.pages))
        yield Message("从第 {} 版到第 {} 版".format(*zh), "from page {} to page {}".format(*en))
    if characters := new.characters - old.characters:
        yield Message(f"{_signed(characters)} 字", f"{_signed(characters)} characters")
    if lines := new.lines_used - old.lines_used:
        yield Message(f"{_signed(lines)} 行", f"{_signed(lines)} lines")
    if more_lines := new.lines - old.lines:
        yield Message(f"版面 {_signed(more_lines)} 行", f"room {_signed(more_lines)} lines")


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}"
