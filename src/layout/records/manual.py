"""Tables of the manual in both languages, made from the records of a file."""

from __future__ import annotations

from collections.abc import Iterator

from .record import fields_of
from .schema import field_table
from .shapes import ListShape, NamedShape

_HEAD = "| 键 | 值 | 不写 | 意思 |\n|--|--|--|--|\n"
_NAME, ITEM = "名字", "[]"  # placeholders for a name chosen by the editor and for an item of a list


def reference(cls: type, file: str) -> str:
    """The fields of a record and of those inside it, in tables of Markdown, one for each place of the file."""
    places = dict(_places(cls, file))
    tables: dict[str, list[str]] = {}
    for row in field_table(cls):
        words = f"{row.words.zh}<br>{row.words.en}".replace("![", "!\\[")  # quoted, not rendered
        if row.example:
            words += f"<br>`{row.example}`"
        default = "必写" if row.required else f"`{row.default}`" if row.default else ""
        cells = (f"`{row.name}`", row.kind.zh, default, words)
        tables.setdefault(row.record, []).append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    parts = (f"### `{places[record]}`\n\n{_HEAD}" + "\n".join(rows) + "\n" for record, rows in tables.items())
    return "\n".join(parts)


def _places(cls: type, file: str) -> Iterator[tuple[str, str]]:
    """Each record's name and its first path in the file, such as `articles.NAME.pictures[]`."""
    waiting: list[tuple[type, str]] = [(cls, "")]
    seen: set[type] = {cls}
    while waiting:
        record, path = waiting.pop(0)
        yield record.__name__, path or file
        for name, field in fields_of(record).items():
            for inner in field.shape.records():
                if inner not in seen:
                    seen.add(inner)
                    own = name + (ITEM if isinstance(field.shape, ListShape) else "")
                    many = [_NAME] if isinstance(field.shape, NamedShape) else []
                    waiting.append((inner, ".".join([*([path] if path else []), own, *many])))
