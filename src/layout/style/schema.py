"""The manual's tables of the style format, made from the records, in both languages.

python -m layout.style.schema        prints them
"""

from __future__ import annotations

from typing import Any

from ..records import FieldRow, field_table, json_schema
from ..records.manual import reference
from .model import Style


def style_schema() -> dict[str, Any]:
    """JSON Schema of `style.yaml`."""
    return json_schema(Style, title="style.yaml")


def style_table() -> list[FieldRow]:
    """All fields of a style and of the records inside it, each record once."""
    return list(field_table(Style))


def style_reference() -> str:
    """The fields in tables of Markdown, one for each part of a style."""
    return reference(Style, "style.yaml")


if __name__ == "__main__":
    print(style_reference(), end="")
