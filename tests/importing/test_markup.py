"""What Word puts into a text besides text: lists, notes, changes, boxes, fields, symbols, tables, pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus.markup import LAST, LEDE, Marked, manuscripts

from layout.importing import Imported, import_article
from layout.issue.markdown import parse
from layout.records import Prose


def printed(imported: Imported) -> list[str]:
    """The body's paragraphs; rows of tables with a bar, of totals with a plus; captions of pictures."""
    body, problems = parse(Prose.of_file(imported.body, "a.md"))
    assert not problems
    tables = {table["id"]: table for table in imported.parts.get("tables", [])}
    found = []
    for block in body.blocks:
        if block.table is not None:
            rows = [[str(column.title) for column in block.table.columns], *map(list, block.table.rows)]
            found += ["|" + "|".join(row) for row in rows]
        elif block.runs:
            label = block.label if block.label.rstrip(".").isdigit() else ""
            found.append(f"{label} {block.text}".strip())
    for table in tables.values():
        rows = [[column["title"] for column in table["columns"]], *table["rows"]]
        found += ["|" + "|".join(row) for row in rows]
        found += ["+|" + "|".join(table["total"])] if "total" in table else []
    return found + [f"图:{picture.caption}" for picture in imported.pictures]


@pytest.mark.parametrize("one", manuscripts(), ids=lambda one: one.name)
def test_of_what_word_puts_into_a_text(one: Marked, tmp_path: Path) -> None:
    path = one.file.save(tmp_path / "稿.docx")
    got = import_article(path)
    assert (got.fields["headline"], got.fields["byline"]) == (one.headline, "镇村建办 顾行简")
    text = printed(got)
    text.remove(LAST)  # the last paragraph, which notes follow
    assert text == [LEDE, *one.text]
    reported = " ".join(note.what.zh for note in got.notes)
    assert [words for words in one.told if words not in reported] == []
