"""The manual's tables of the issue format, made from the records, in both languages.

python -m layout.issue.manual        prints them
"""

from __future__ import annotations

from ..records.manual import reference
from .model import Issue


def issue_reference() -> str:
    """The fields of `issue.yaml` in tables of Markdown, one for each part of it."""
    return reference(Issue, "issue.yaml")


if __name__ == "__main__":
    print(issue_reference(), end="")
