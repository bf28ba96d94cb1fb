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
    from .batch import build_many
    from .composition import Composition
    from .errors import IssueError, LayoutError, Problem, Severity, SourceLocation, StyleError
    from .importing import import_article
    from .issue import Issue, load
    from .page.makeup import compose
    from .planning import Plan, plan_yaml
    from .planning.plan import plan
    from .press.preflight.findings import Finding
    from .press.preflight.preflight import preflight
    from .production import Report, build
    from .proofreading import proofread
    from .text.plain_lines import set_lines

_HOMES = {
    "Report": "production",
    "build": "production",
    "build_many": "batch",
    "Composition": "composition",
    "IssueError": "errors",
    "LayoutError": "errors",
    "SourceLocation": "errors",
    "Problem": "errors",
    "Severity": "errors",
    "StyleError": "errors",
    "Finding": "press.preflight.findings",
    "Issue": "issue",
    "Plan": "planning",
    "import_article": "importing",
    "load": "issue",
    "compose": "page.makeup",
    "plan": "planning.plan",
    "plan_yaml": "planning",
    "preflight": "press.preflight.preflight",
    "proofread": "proofreading",
    "set_lines": "text.plain_lines",
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
