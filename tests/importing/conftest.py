"""What the tests of importing share."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_file import ISSUE, Bring, WordFile, lost_words

from layout.importing import Imported, import_article


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Saves a Word file, a text or bytes under a name and imports it; a Word file may not lose a word."""

    def bring(source: WordFile | str | bytes, name: str = "") -> Imported:
        if isinstance(source, WordFile):
            path = source.save(tmp_path / (name or "稿件.docx"))
        else:
            path = tmp_path / (name or "稿件.txt")
            path.write_bytes(source if isinstance(source, bytes) else source.encode())
        imported = import_article(path)
        if isinstance(source, WordFile):
            assert not lost_words(path, imported)
        return imported

    return bring


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue's folder with one article in it."""
    folder = tmp_path / "2026-12"
    folder.mkdir()
    (folder / "issue.yaml").write_text(ISSUE, encoding="utf-8")
    (folder / "ferry.md").write_text("渡口歇了，船停在老榆树下。\n", encoding="utf-8")
    return folder
