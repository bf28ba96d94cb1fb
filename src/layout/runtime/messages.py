"""Messages of a command on standard error: problems, and the step that is running."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from ..errors import Message, Problem, Severity, SourceLocation, counted, source_line
from .progress import ProgressLine, clear_progress

_EXCERPT = 100  # characters of a line that are shown
STEPS = {
    "read": Message("读稿", "reading"),
    "compose": Message("排版", "composing"),
    "write": Message("写 PDF", "writing the PDF"),
    "preflight": Message("印前检查", "preflight"),
}


def show_problems(problems: Sequence[Problem], language: str) -> None:
    """All problems on standard error, the gravest first, each with its source line."""
    clear_progress()
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    for problem in sorted(problems, key=lambda p: rank[p.severity]):
        lines = problem.in_language(language).splitlines()
        if problem.mark and problem.severity is Severity.ERROR and (source := _excerpt(problem.mark)):
            lines.insert(1, f"    {source}")
        print("\n".join(lines), file=sys.stderr)
    errors = sum(p.severity is Severity.ERROR for p in problems)
    warnings = sum(p.severity is Severity.WARNING for p in problems)
    if errors or warnings:
        message = Message(
            f"{errors} 个错误，{warnings} 个提醒", f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        )
        print(message.in_language(language), file=sys.stderr)


def _excerpt(mark: SourceLocation) -> str:
    """The line of a mark, of a long one the part that the mark is in."""
    line = source_line(mark)
    begin = mark.column - 1 - _EXCERPT // 2 if mark.column > _EXCERPT else 0
    return ("…" if begin else "") + line[begin:].strip()[:_EXCERPT]


def progress(language: str) -> Callable[[str], None] | None:
    """Shows on a terminal which step is running, and for how long; nothing in a pipe."""
    line = ProgressLine(language=language)
    return (lambda step: line.show(f"{STEPS[step].in_language(language)}…")) if line.is_live else None
