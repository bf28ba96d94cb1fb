"""The text proof: each article as printed, line by line, for the proofreader."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from html import unescape

from ...composition import Box, Composition, Frame, PlacedLine
from ...issue.model import Issue
from ...roles import RUNNING, Role

_INDENT = "\u3000"


def text_proof(issue: Issue, composition: Composition) -> str:
    """The text proof: the articles in the order of the pages with headlines, columns of numbered lines and overset
    text; then the text of each page's furniture."""
    parts = [f"{composition.metadata.get('title', '')}　文字校样"]
    places: dict[str, list[tuple[int, Frame]]] = defaultdict(list)
    for page in composition.pages:
        for frame in page.frames:
            places[frame.article].append((page.number, frame))
    for id, frames in places.items():
        parts.append("\n".join(_article(issue, composition, id, frames)))
    for page in composition.pages:
        words = [line for box in page.boxes for line in _furniture(box)]
        if words:
            parts.append("\n".join((f"第 {page.number} 版　{page.name}　版面构件", *words)))
    return "\n\n".join(parts) + "\n"


def _article(issue: Issue, composition: Composition, id: str, frames: list[tuple[int, Frame]]) -> Iterator[str]:
    article = issue.articles.get(id)
    fit = next((fit for fit in composition.fit if fit.article == id), None)
    size = f"　{fit.characters} 字，版位 {fit.capacity} 字" if fit else ""
    yield f"【{id}】{article.title if article else ''}{size}"
    number, at = 0, (0, 0)
    last: PlacedLine | None = None
    for page, frame in sorted(frames, key=lambda pair: (pair[1].order, pair[0], pair[1].column)):
        if (page, frame.column) != at and frame.role in RUNNING:
            at = (page, frame.column)
            yield f"　第 {page} 版第 {frame.column} 栏"
        for line in frame.lines:
            if frame.role not in RUNNING:
                yield f"　〔{frame.role.label.zh}〕{line.text}"
                continue
            number += 1
            last = line if frame.role is not Role.BYLINE else last
            before = line.baseline - frame.y if line.vertical else line.x - frame.x
            ems = round(before / line.size) if line.size else 0
            yield f"{number:>5}  {_INDENT * max(0, min(ems, 20))}{line.text}"
    left = next((over for over in composition.overset if over.article == id), None)
    if left and article:
        yield f"　〔没有排下：{left.characters} 字，{left.lines} 行〕"
        notes = {line.paragraph for _, frame in frames if frame.role is Role.FOOTNOTE for line in frame.lines}
        yield from (f"       {text}" for text in _rest(article.body.blocks, last, notes))


def _rest(blocks: tuple[object, ...], last: PlacedLine | None, notes: Collection[int]) -> Iterator[str]:
    """The text after the last printed line, without the footnotes that are printed, by the numbers of their blocks."""
    from ...issue.body import Block

    begun = last.paragraph if last else 0
    for number, block in enumerate(blocks, 1):
        assert isinstance(block, Block)
        if number == begun and last and not last.ends_paragraph:
            yield block.source[last.end :]
        elif number > begun and block.runs and number not in notes:
            yield block.text


def _furniture(box: Box) -> Iterator[str]:
    """The text of a furniture fragment, without its markup."""
    if box.kind != "furniture":
        return
    body = re.sub(r"(?s)<(style|script|svg|head)\b.*?</\1>", "", box.html)
    text = unescape(re.sub(r"</(?:p|div|li|tr|h\d|section|dd|dt)>|<br\s*/?>", "\n", body))
    lines = (re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", line)).strip() for line in text.split("\n"))
    for line in filter(None, lines):
        yield f"　〔{box.name}〕{line}"
