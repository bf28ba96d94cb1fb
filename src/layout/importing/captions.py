"""Finds the captions of pictures."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..errors import Message
from .bylines import looks_like_caption, split_caption
from .headline import body_size
from .manuscript import HEAD_ROLES, Figure, ImportLog, SourceBlock, SourceParagraph

SHORT = 60  # characters of a line that may be a caption by its place alone
_CHECK = Message("在 issue.yaml 的 pictures 里改", "change it under pictures in issue.yaml")


def with_captions(blocks: Sequence[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """The blocks with the captions moved to their pictures."""
    size = body_size(blocks)
    found: list[SourceBlock] = []
    captions: set[int] = set()
    for index, block in enumerate(blocks):
        if index in captions:
            continue
        if not isinstance(block, Figure):
            found.append(block)
            continue
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(after, Figure):
            group = index + 1
            while group < len(blocks) and isinstance(blocks[group], Figure):
                group += 1
            if group < len(blocks) and _is_caption(blocks[group], size, started=True) == "sure":
                zh, en = "几张图片连在一起，图片说明给了最后一张", "of pictures in a row, the last has the caption"
                notes.report("shared-caption", zh, en, at=block.number, remedy=_CHECK, needs_review=True)
            found.append(block)
            continue
        started = any(isinstance(b, SourceParagraph) for b in found)
        if isinstance(after, SourceParagraph) and (sure := _is_caption(after, size, started=started)):
            captions.add(index + 1)
            found.append(_captioned(block, after, notes, sure=sure == "sure"))
            continue
        before = found[-1] if found else None
        if isinstance(before, SourceParagraph) and (
            before.role == "caption" or before.text.startswith(("▼", "▽", "↓", "下图"))
        ):
            found[-1] = _captioned(block, before, notes, sure=True)
            continue
        found.append(block)
    return found


def _is_caption(block: SourceBlock, size: float, *, started: bool) -> str:
    """`sure`, `unsure` or ""; before the text has `started` a short line is rather a headline."""
    if not isinstance(block, SourceParagraph) or block.role in HEAD_ROLES:
        return ""
    if block.role == "caption" or (block.role == "" and looks_like_caption(block.text)):
        return "sure"
    if block.role != "" or len(block.text) > SHORT or (size and block.size > size) or not started:
        return ""
    smaller = bool(size and block.size and block.size < size)
    unlike = block.centred and not block.bold
    return "unsure" if smaller or unlike or any(run.kai for run in block.runs[:1]) else ""


def _captioned(figure: Figure, line: SourceParagraph, notes: ImportLog, *, sure: bool) -> Figure:
    caption, credit = split_caption(line.text)
    if not sure:
        zh, en = f"当作图片说明：{line.text}", f"taken for the caption of a picture: {line.text}"
        notes.report("unsure-caption", zh, en, at=line.number, remedy=_CHECK, needs_review=True)
    elif caption != line.text:
        zh, en = f"图片说明原文：{line.text}", f"the caption as it was: {line.text}"
        notes.report("caption", zh, en, at=line.number)
    return replace(figure, caption=caption, credit=credit)
