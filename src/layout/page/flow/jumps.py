"""Jump lines: `（下转第N版）` where a story leaves a page, `（上接第N版）` and its short head where it goes on (rule J3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from ...composition import Frame
from ...errors import Message, Problem, Severity
from ...roles import Role
from ...text.paragraph import Paragraph, TextRun
from ..canvas import Canvas
from ..composed_lines import composed_line, setting_of
from ..map.columns import Column
from ..map.threads import Story
from ..parts.flow_solution import FlowedStory
from ..vertical_lines import composed_vertical_line, vertical_runs


def jump_points(canvas: Canvas, pages: Sequence[int]) -> list[int]:
    """Indices of the columns after which the thread jumps to a page that is not on the same map."""
    return [index for index, (here, there) in enumerate(pairwise(pages)) if not canvas.setup.is_one_map(here, there)]


def reserve_jumps(canvas: Canvas, columns: Sequence[Column], pages: Sequence[int]) -> list[Column]:
    """The columns without the lines for jump lines: the last before each jump, the first after it."""
    reserved = list(columns)
    for index in jump_points(canvas, pages):
        reserved[index] = replace(reserved[index], lines=reserved[index].lines - 1)
        reserved[index + 1] = reserved[index + 1].without_head(1)
    return reserved


def place_jumps(
    canvas: Canvas, story: Story, columns: Sequence[Column], pages: Sequence[int], flow: FlowedStory, order: int
) -> None:
    """Places the jump lines in the lines reserved for them; reports a story that ends before its jump."""
    slots_before = 0
    reserved = reserve_jumps(canvas, columns, pages)
    for index in jump_points(canvas, pages):
        slots_before = sum(column.lines for column in reserved[: index + 1])
        here, there = pages[index], pages[index + 1]
        if flow.used <= slots_before:
            canvas.problems.append(_not_needed(story, there))
            continue
        foot = columns[index].end - 1
        language = canvas.language(story.id)
        away = canvas.style.word("jump", "（下转第{page}版）", language).format(page=there)
        back = canvas.style.word("continuation", "（上接第{page}版）", language).format(page=here)
        short = story.article.short_title
        _line(canvas, story, here, columns[index], foot, Role.JUMP_LINE, away, order)
        _line(
            canvas,
            story,
            there,
            columns[index + 1],
            columns[index + 1].line,
            Role.CONTINUATION_LINE,
            back + short,
            order - 1,
        )


def _line(canvas: Canvas, story: Story, page: int, column: Column, row: int, role: Role, text: str, order: int) -> None:
    style = canvas.style.text_style(role)
    language = canvas.language(story.id)
    runs, setting = (
        canvas.glyphs.runs([TextRun(text, style.face)], story.article.mark, language),
        setting_of(style, language),
    )
    if column.pitch:
        runs, setting = vertical_runs(canvas, runs), setting_of(style, language, vertical=True)
    paragraph = Paragraph(runs, setting, canvas.faces)
    measure = column.measure * canvas.grid.em / style.size
    ends = paragraph.break_lines([measure], style.breaking)
    line = paragraph.lines(ends[:1], [measure])[0]
    if len(ends) > 1:
        canvas.problems.append(_short_head_too_long(story, text, page))
    x, y = canvas.grid.x(column.start), canvas.grid.baseline(row)
    if column.pitch:
        x, y = column.middle(row, canvas.grid.em), canvas.grid.top + column.start * canvas.grid.em
        composed = composed_vertical_line(
            line, runs, style, canvas.style, x, y, ends_paragraph=True, number=0, faces=canvas.faces
        )
    else:
        composed = composed_line(
            line, runs, style, canvas.style, x, y, ends_paragraph=True, number=0, language=language
        )
    box = column.box(canvas.grid, row, 1)
    canvas.add_frames(page, [Frame(story.id, role, *box, (composed,), order=order)])


def _not_needed(story: Story, page: int) -> Problem:
    return Problem(
        "jump-unneeded",
        Message(
            f"《{story.article.title}》在转版之前已经排完，第 {page} 版的位置空着",
            f"“{story.article.title}” ends before its jump: its area on page {page} stays empty",
        ),
        Message("减小前一版的区域，或删去后一版的区域", "make the first area smaller, or take the second away"),
        story.article.mark,
        Severity.WARNING,
        page=page,
    )


def _short_head_too_long(story: Story, text: str, page: int) -> Problem:
    return Problem(
        "short-head-long",
        Message(f"接转行放不下：{text}", f"the continuation line is too long: {text}"),
        Message("给稿件写一个更短的 short_head", "give the article a shorter short_head"),
        story.article.place("short_head" if story.article.short_head else "headline"),
        page=page,
    )
