"""The documentation site: make docs, then open out/docs/index.html"""

import re
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

project = "newsletter-layout"
author = "newsletter-layout"
version = release = version_of("newsletter-layout")
language = "zh_CN"
html_title = f"newsletter-layout {version}"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinxarg.ext"]
exclude_patterns = ["_build"]
suppress_warnings = ["misc.highlighting_failure", "ref.python"]  # Pygments knows not all of YAML that PyYAML reads

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

default_role = "literal"  # in docstrings, what stands in backticks is code
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": False, "exclude-members": "read, place"}
napoleon_google_docstring = True

html_theme = "furo"
html_static_path = ["site"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#a3201d", "color-brand-content": "#a3201d"},
    "dark_css_variables": {"color-brand-primary": "#f08a80", "color-brand-content": "#f08a80"},
    "top_of_page_buttons": [],
}


def chapters(app: Any, page: str, source: list[str]) -> None:
    """Chapters that an edition leaves out are left out of the contents, and words that lead to them are words alone."""
    there = {file.stem for file in Path(app.srcdir).glob("*.md")}
    if page == "index":
        source[0] = re.sub(r"^([a-z-]+)\n", lambda one: one[0] if one[1] in there else "", source[0], flags=re.M)
    lead = re.compile(r"\[([^]]+)\]\(([a-z-]+)\.md(?:#[^)]*)?\)")
    source[0] = lead.sub(lambda one: one[0] if "/" in page or one[2] in there else one[1], source[0])


def table_of_limits(app: Any, page: str, source: list[str]) -> None:
    """The table of all limits, in the place of a comment."""
    from layout.runtime import limits

    rows = ["| 上限 · limit | 算什么 · of what | 最多 · at most |", "| --- | --- | ---: |"]
    for limit in vars(limits).values():
        if isinstance(limit, limits.Limit):
            rows.append(f"| `{limit.name}` | {limit.what.zh} · {limit.what.en} | {limit.most:,} |")
    source[0] = source[0].replace("<!-- limits -->", "\n".join(rows))


def table_of_roles(app: Any, page: str, source: list[str]) -> None:
    """The table of the roles of text, in the place of a comment."""
    from layout.roles import Role

    rows = ["| `role` | 标签 · label | structure type |", "| --- | --- | --- |"]
    rows += [f"| `{role}` | {role.label.zh} · {role.label.en} | `{role.tag.decode()}` |" for role in Role]
    source[0] = source[0].replace("<!-- roles -->", "\n".join(rows))


def setup(app: Any) -> None:
    app.connect("source-read", table_of_roles)
    app.connect("source-read", chapters)
    app.connect("source-read", table_of_limits)
