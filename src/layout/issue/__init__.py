"""The issue as the editor wrote it: `load` reads it, `schema` is the JSON Schema of its file."""

from typing import Any

from .model import Article, Issue
from .reader import changes, load

__all__ = ["Article", "Issue", "changes", "load", "schema"]


def schema() -> dict[str, Any]:
    """JSON Schema of `issue.yaml`."""
    from ..records import json_schema

    return json_schema(Issue, title="issue.yaml")
