"""Links of the screen edition: printed addresses, and jump lines to the page where their article continues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from ...composition import Composition, Frame, PlacedLine, Span
from ...roles import JUMPS, Role

# Mail, an address with its scheme, or a host of a domain that people print without one, with or without a path.
_URL = r"[\w\-.~:/?#\[\]@!$&'()*+,;=%]*[\w/#=%&-]"
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:"
    r"(?P<mail>[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,})"
    rf"|(?P<whole>https?://{_URL})"
    rf"|(?:[\w-]+\.)+(?:com|cn|net|org|gov|edu|example)(?![\w.-])(?:/{_URL}|/)?"
    r")",
    re.ASCII | re.IGNORECASE,
)

Threads = Mapping[str, Sequence[int]]
NotePlaces = Mapping[tuple[str, int], tuple[int, float]]


def threads_of(composition: Composition) -> dict[str, list[int]]:
    """The pages that each article's text runs through, in its order, each once."""
    places: dict[str, list[tuple[int, int]]] = {}
    for page in composition.pages:
        for frame in page.frames:
            if frame.role is Role.BODY:
                places.setdefault(frame.article, []).append((frame.order, page.number))
    return {article: list(dict.fromkeys(page for _, page in sorted(found))) for article, found in places.items()}


def places_of_notes(composition: Composition) -> dict[tuple[str, int], tuple[int, float]]:
    """For each footnote, by article and paragraph, its page and how far its top lies above the trim's foot."""
    places: dict[tuple[str, int], tuple[int, float]] = {}
    for page in composition.pages:
        for frame in page.frames:
            if frame.role is Role.FOOTNOTE:
                for line in frame.lines:
                    places.setdefault(
                        (frame.article, line.paragraph), (page.number, page.height - line.baseline + line.size)
                    )
    return places


def with_links(frame: Frame, page: int, threads: Threads) -> Frame:
    """A frame of page number `page` with links on its jump lines and printed addresses."""
    if frame.role in JUMPS:
        there = _other_page(frame, page, threads)
        return _leading_to(frame, f"#{there}") if there else frame
    if not any("." in line.text for line in frame.lines):
        return frame
    groups = groupby(frame.lines, key=lambda line: line.paragraph)
    return replace(frame, lines=tuple(line for _, group in groups for line in _with_addresses(list(group))))


def _other_page(frame: Frame, page: int, threads: Threads) -> int | None:
    pages = threads.get(frame.article, ())
    if page not in pages:
        return None
    there = pages.index(page) + (1 if frame.role is Role.JUMP_LINE else -1)
    return pages[there] if 0 <= there < len(pages) else None


def _leading_to(frame: Frame, link: str) -> Frame:
    def led(line: PlacedLine) -> PlacedLine:
        return replace(line, spans=tuple(replace(span, link=span.link or link) for span in line.spans))

    return replace(frame, lines=tuple(led(line) for line in frame.lines))


def addresses(text: str) -> list[tuple[int, int, str]]:
    """The printed addresses of a text: where each begins and ends, and its target."""
    return [(match.start(), match.end(), _link(match)) for match in _ADDRESS.finditer(text)]


def _with_addresses(lines: Sequence[PlacedLine]) -> Iterator[PlacedLine]:
    """The lines of a paragraph; an address that is broken over two of them is one all the same."""
    text = "".join(span.text for line in lines for span in line.spans)
    found = addresses(text)
    at = 0
    for line in lines:
        spans: list[Span] = []
        for span in line.spans:
            spans += _cut(span, [(start - at, end - at, link) for start, end, link in found]) if found else [span]
            at += len(span.text)
        yield replace(line, spans=tuple(spans)) if found else line


def _link(match: re.Match[str]) -> str:
    if match["mail"]:
        return f"mailto:{match[0]}"
    return match[0] if match["whole"] else f"http://{match[0]}"


def _cut(span: Span, found: Sequence[tuple[int, int, str]]) -> list[Span]:
    """A span in parts, those within an address with their link; `found` counts from the span's first character."""
    length = len(span.text)
    inside = [(max(start, 0), min(end, length), link) for start, end, link in found if start < length and end > 0]
    if span.link or not inside or span.glyphs:
        return [span]
    parts, at = [], 0
    for start, end, link in inside:
        parts += [(at, start, ""), (start, end, link)]
        at = end
    parts.append((at, length, ""))
    return [
        replace(span, text=span.text[start:end], xs=span.xs[start:end], link=link)
        for start, end, link in parts
        if start < end
    ]
