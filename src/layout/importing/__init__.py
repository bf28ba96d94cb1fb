"""Import of articles from Word, Markdown, plain text and web pages.

    from layout.importing import id_of, import_article, write_into

    imported = import_article("望苇桥通行了.docx")
    imported.fields          # {"headline": …, "deck": …, "byline": …}
    imported.body            # Markdown, as a body_file has it
    imported.pictures        # bytes at full size, captions, credits
    imported.notes           # everything that was left out, changed or guessed, each with its place
    write_into("issues/2026-11", imported, "bridge")

A source becomes a `Manuscript` (blocks with text and formatting), a manuscript an article, an article an entry of
`issue.yaml`. Another package adds a kind of source by an entry point of the group `layout.importers`.

Names are imported on first use, so that other commands start faster.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .article import import_article, make_article
    from .issue_file import WrittenFiles, id_of, write_into
    from .manuscript import (
        ArticleError,
        Figure,
        Imported,
        ImportLog,
        Manuscript,
        SourceParagraph,
        SourcePicture,
        SourceTable,
    )
    from .sources import GROUP, read_manuscript, suffixes

_HOMES = {
    "article": ("import_article", "make_article"),
    "issue_file": ("WrittenFiles", "id_of", "write_into"),
    "manuscript": (
        "ArticleError",
        "Figure",
        "Imported",
        "Manuscript",
        "ImportLog",
        "SourceParagraph",
        "SourcePicture",
        "SourceTable",
    ),
    "sources": ("GROUP", "read_manuscript", "suffixes"),
}
__all__ = [
    "GROUP",
    "ArticleError",
    "Figure",
    "ImportLog",
    "Imported",
    "Manuscript",
    "SourceParagraph",
    "SourcePicture",
    "SourceTable",
    "WrittenFiles",
    "id_of",
    "import_article",
    "make_article",
    "read_manuscript",
    "suffixes",
    "write_into",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
