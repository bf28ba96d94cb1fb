"""Characters in, out and told: what a file holds, by a reader of its own for each format, beside what came of it.

`PYTHONPATH=src:tests/importing python -m corpus.characters` prints the sums over all its parts.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from layout.importing import Imported, import_article

from . import file_of, forms_of, originals
from .markup import manuscripts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHOWN = (f"{W}t", f"{W}delText", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def held(path: Path) -> Counter[str]:
    """Every character of the text in a file but for white space."""
    if path.suffix == ".docx":
        text = "".join(_words_of_package(path))
    elif path.suffix == ".html":
        reader = _Words()
        # What the head of a page says of it is its title again.
        reader.feed(path.read_text(encoding="utf-8").partition("<body>")[2])
        text = "".join(reader.found)
    else:
        text = path.read_bytes().decode("gb18030" if path.stem.endswith(("-gb", "-notepad")) else "utf-8")
    return _characters(text)


def _words_of_package(path: Path) -> Iterator[str]:
    """The words of every part that a reader sees: text, notes, comments, headers; one alternative of each content."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name):
                root = ElementTree.fromstring(package.read(name))
                skipped = {e for fallback in root.iter(FALLBACK) for e in fallback.iter()}
                yield from (e.text or "" for e in root.iter() if e not in skipped and e.tag in SHOWN)


def _characters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


def came(imported: Imported) -> tuple[Counter[str], Counter[str]]:
    """The characters that came into the article, and those that were reported."""
    texts = [*imported.fields.values(), re.sub(r"\\(.)", r"\1", imported.body), *_words_in(imported.parts)]
    texts += [part for picture in imported.pictures for part in (picture.caption, picture.credit)]
    told = [note.what.zh for note in imported.notes if note.rule not in ("hygiene", "encoding")]
    return _characters("".join(texts)), _characters("".join(told))


def _words_in(part: object) -> list[str]:
    if isinstance(part, str):
        return [part]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [text for item in inner for text in _words_in(item)]


def files(folder: Path) -> list[Path]:
    marked = [one.file.save(folder / f"{one.name}.docx") for one in manuscripts()]
    return marked + [
        file_of(one, form, folder)
        for half in ("open", "aside", "fresh")
        for one in originals(half)
        for form in forms_of(one)
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        sums: Counter[str] = Counter()
        for path in files(Path(place)):
            inside = held(path)
            out, told = came(import_article(path))
            rest = inside - out
            sums.update(files=1, held=inside.total(), came=(inside & out).total(), told=(rest & told).total())
            sums.update(lost=(rest - told).total())
            if rest - told:
                print(path.name, dict(rest - told))
    print(dict(sums))
