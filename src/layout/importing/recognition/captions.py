"""Finds the captions of pictures: under, above or beside them, listed elsewhere, and inside the text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ...errors import Message
from ..manuscript import HEAD_ROLES, Figure, ImportLog, SourceBlock, SourceParagraph, cut_runs
from .caption_text import Captioned, caption_inside, captions_in, has_caption_sign, looks_like_caption, split_caption
from .headline import body_size

SHORT = 60  # characters of a line that may be a caption by its place alone
_CHECK = Message("在 issue.yaml 的 pictures 里改", "change it under pictures in issue.yaml")
_POINTS_DOWN = ("▼", "▽", "↓", "下图")


def with_captions(blocks: Sequence[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """The blocks with the captions moved to their pictures; reported with their place and as they were."""
    if not any(isinstance(block, Figure) for block in blocks):
        return list(blocks)
    return _from_text(_from_list(_from_beside(blocks, notes), notes), notes)


def _from_beside(blocks: Sequence[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """Captions next to their pictures; of pictures in a row, one line each, or one line for all."""
    size = body_size(blocks)
    found: list[SourceBlock] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if not isinstance(block, Figure):
            found.append(block)
            index += 1
            continue
        row: list[Figure] = []
        while index < len(blocks) and isinstance(one := blocks[index], Figure):
            row.append(one)
            index += 1
        started = any(isinstance(b, SourceParagraph) for b in found)
        lines = _lines_after(blocks[index : index + len(row)], size, started=started)
        above = _lines_above(found, len(row)) if not lines else []
        if lines:
            captioned, used = _shared(row, lines, size, notes, started=started)
            index += used
        elif above:
            captioned = [_captioned(f, line, notes, sure=True) for f, line in zip(row, above, strict=True)]
            del found[-len(above) :]
        else:
            captioned = row
        found += captioned
    return found


def _lines_after(blocks: Sequence[SourceBlock], size: float, *, started: bool) -> list[SourceParagraph]:
    """The captions in a row; a second line is one only by its form."""
    lines: list[SourceParagraph] = []
    for block in blocks:
        sure = _is_caption(block, size, started=started)
        if not isinstance(block, SourceParagraph) or not sure or (lines and sure != "sure"):
            break
        lines.append(block)
    return lines


def _lines_above(found: Sequence[SourceBlock], count: int) -> list[SourceParagraph]:
    """The captions above a row of pictures: one that points down or has the style; or one with its number for each."""
    lines = [block for block in found[-count:] if isinstance(block, SourceParagraph)]
    if len(lines) < count:
        return []
    if count == 1:
        return lines if lines[0].role == "caption" or lines[0].text.startswith(_POINTS_DOWN) else []
    return lines if all(line.role == "caption" or has_caption_sign(line.text) for line in lines) else []


def _shared(
    row: list[Figure], lines: list[SourceParagraph], size: float, notes: ImportLog, *, started: bool
) -> tuple[list[Figure], int]:
    """The pictures of a row with the captions under them, and how many lines these were."""
    if len(row) == 1:
        sure = _is_caption(lines[0], size, started=started)
        return [_captioned(row[0], lines[0], notes, sure=sure == "sure")], 1
    if parts := captions_in(lines[0].text, len(row)):
        _report_typed(lines[0], notes)
        return [replace(figure, caption=c, credit=by) for figure, (c, by) in zip(row, parts, strict=True)], 1
    if len(lines) == len(row):
        return [_captioned(figure, line, notes, sure=True) for figure, line in zip(row, lines, strict=True)], len(row)
    if _is_caption(lines[0], size, started=True) != "sure":
        return row, 0
    zh, en = "几张图片连在一起，图片说明给了最后一张", "of pictures in a row, the last has the caption"
    notes.report("shared-caption", zh, en, at=row[0].number, remedy=_CHECK, needs_review=True)
    return [*row[:-1], _captioned(row[-1], lines[0], notes, sure=True)], 1


def _from_list(blocks: list[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """Captions in lines of their own elsewhere, where there are as many as pictures without one."""
    bare = [index for index, block in enumerate(blocks) if isinstance(block, Figure) and not block.caption]
    lines = [index for index, b in enumerate(blocks) if isinstance(b, SourceParagraph) and _is_labelled(b)]
    if not bare or len(bare) != len(lines):
        return blocks
    found = list(blocks)
    for figure_at, line_at in zip(bare, lines, strict=True):
        figure, line = blocks[figure_at], blocks[line_at]
        if isinstance(figure, Figure) and isinstance(line, SourceParagraph):
            found[figure_at] = _captioned(figure, line, notes, sure=False)
    return [block for index, block in enumerate(found) if index not in lines]


def _is_labelled(line: SourceParagraph) -> bool:
    return line.role in ("", "caption", "list") and has_caption_sign(line.text)


def _from_text(blocks: list[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """Captions at the end of a paragraph (……。（图为……）), where it is beside a picture or both are the only ones."""
    found = list(blocks)
    bare = [index for index, block in enumerate(found) if isinstance(block, Figure) and not block.caption]
    inside = [
        i for i, b in enumerate(found) if isinstance(b, SourceParagraph) and b.role == "" and caption_inside(b.text)
    ]
    for index in bare:
        beside = [at for at in (index - 1, index + 1) if at in inside] or (
            inside if len(inside) == len(bare) == 1 else []
        )
        if not beside:
            continue
        figure, line = found[index], found[beside[0]]
        if not isinstance(figure, Figure) or not isinstance(line, SourceParagraph):
            continue
        parts = caption_inside(line.text)
        assert parts is not None
        inside.remove(beside[0])
        taken = line.text[len(parts[0]) :].strip()
        zh, en = f"取自正文的图片说明：{taken}", f"a caption taken from the text: {taken}"
        notes.report("unsure-caption", zh, en, at=line.number, remedy=_CHECK, needs_review=True)
        found[index] = _with(figure, split_caption(parts[1]))
        whole = "".join(run.text for run in line.runs)
        blank = len(whole) - len(whole.lstrip())
        found[beside[0]] = replace(line, runs=cut_runs(line.runs, 0, blank + len(parts[0])))
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
    return "unsure" if smaller or unlike or block.boxed or any(run.kai for run in block.runs[:1]) else ""


def _captioned(figure: Figure, line: SourceParagraph, notes: ImportLog, *, sure: bool) -> Figure:
    if not sure:
        zh, en = f"当作图片说明：{line.text}", f"taken for the caption of a picture: {line.text}"
        notes.report("unsure-caption", zh, en, at=line.number, remedy=_CHECK, needs_review=True)
    elif split_caption(line.text).caption != line.text:
        _report_typed(line, notes)
    return _with(figure, split_caption(line.text))


def _report_typed(line: SourceParagraph, notes: ImportLog) -> None:
    notes.report("caption", f"图片说明原文：{line.text}", f"the caption as it was: {line.text}", at=line.number)


def _with(figure: Figure, captioned: Captioned) -> Figure:
    return replace(figure, caption=captioned.caption, credit=captioned.credit)
