"""What a style may set, as the manual has it: tables made from the records, in both languages.

python -m layout.style.schema        prints them
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import FieldRow, field_table, fields_of, json_schema
from ..records.shapes import NamedShape
from .model import Style


def style_schema() -> dict[str, Any]:
    """JSON Schema of `style.yaml`."""
    return json_schema(Style, title="style.yaml")


def style_table() -> list[FieldRow]:
    """Every field of a style and of the records inside it, each record once."""
    return list(field_table(Style))


def style_reference() -> str:
    """The fields in tables of Markdown, one for each part of a style."""
    places = dict(_places())
    tables: dict[str, list[str]] = {}
    for row in style_table():
        cells = (
            f"`{row.name}`",
            row.kind.zh,
            f"`{row.default}`" if row.default else "",
            f"{row.words.zh}<br>{row.words.en}",
        )
        tables.setdefault(row.record, []).append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    head = "| 键 | 值 | 不写 | 意思 |\n|--|--|--|--|\n"
    parts = (f"### {places[record]}\n\n{head}" + "\n".join(rows) + "\n" for record, rows in tables.items())
    return "\n".join(parts)


def _places() -> Iterator[tuple[str, str]]:
    """Each record's name and where in `style.yaml` it is first met, such as `text.NAME`."""
    waiting: list[tuple[type, str]] = [(Style, "")]
    seen: set[type] = {Style}
    while waiting:
        record, path = waiting.pop(0)
        yield record.__name__, f"`{path}`" if path else "`style.yaml`"
        for name, field in fields_of(record).items():
            for inner in field.shape.records():
                if inner not in seen:
                    seen.add(inner)
                    many = isinstance(field.shape, NamedShape)
                    waiting.append((inner, ".".join(filter(None, (path, name, "名字" if many else "")))))


if __name__ == "__main__":
    print(style_reference(), end="")
