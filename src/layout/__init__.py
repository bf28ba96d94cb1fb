"""Typesets Chinese newsletters: an issue folder in, a print-ready PDF out.

    import layout
    issue = layout.load("issues/2026-11")                # Issue; IssueError carries every problem
    pages = layout.compose(issue)                        # Composition; pages.overset says what did not fit
    pages.write_pdf("out.pdf")                           # PDF/X-4, whole or not at all
    report = layout.build("issues/2026-11", "out.pdf")   # the whole way; report.ok, report.problems
    found = layout.preflight("out.pdf")                  # what a print shop would say, of any PDF

Every name is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import (
        build,
        build_many,
        compose,
        import_article,
        load,
        plan,
        plan_yaml,
        preflight,
        proofread,
        set_lines,
        write_pdf,
    )
    from .composition import Composition
    from .errors import IssueError, LayoutError, Problem, Severity, SourceLocation, StyleError
    from .issue import Issue
    from .planning import Plan
    from .press.preflight.findings import Finding
    from .production import Report

_HOMES = {
    "Composition": "composition",
    "Finding": "press.preflight.findings",
    "Issue": "issue",
    "IssueError": "errors",
    "LayoutError": "errors",
    "Plan": "planning",
    "Problem": "errors",
    "Report": "production",
    "Severity": "errors",
    "SourceLocation": "errors",
    "StyleError": "errors",
    "build": "api",
    "build_many": "api",
    "compose": "api",
    "import_article": "api",
    "load": "api",
    "plan": "api",
    "plan_yaml": "api",
    "preflight": "api",
    "proofread": "api",
    "set_lines": "api",
    "write_pdf": "api",
}
__all__ = [
    "Composition",
    "Finding",
    "Issue",
    "IssueError",
    "LayoutError",
    "Plan",
    "Problem",
    "Report",
    "Severity",
    "SourceLocation",
    "StyleError",
    "build",
    "build_many",
    "compose",
    "import_article",
    "load",
    "plan",
    "plan_yaml",
    "preflight",
    "proofread",
    "set_lines",
    "write_pdf",
]


_RENAMED = {"Mark": "SourceLocation"}  # old names, until the end of 2027


def __getattr__(name: str) -> Any:
    if name in _RENAMED:
        from warnings import warn

        warn(f"layout.{name} is layout.{_RENAMED[name]} now", DeprecationWarning, stacklevel=2)
        return __getattr__(_RENAMED[name])
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value
