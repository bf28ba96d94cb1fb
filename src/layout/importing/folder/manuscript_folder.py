"""The manuscripts in a folder, in the order of their names, each with the pictures that lie beside it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from ...errors import Message, Problem, Severity, SourceLocation
from ...runtime.gate import Gate
from ...runtime.limits import ARTICLES, FOLDER_FILES
from ..manuscript import Figure
from ..sources import PICTURE_SUFFIXES, is_manuscript, read_source, within

_PAGE_FILES = re.compile(r"(.+)(?:_files|\.files|_文件)$")  # what browsers and Word save beside a page
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_ORDER = re.compile(r"^(?:图|照片|第)?\s*0*(\d{1,3})(?!\d)[\s._、，,篇\-]*")
_VERSION = re.compile(r"(?:终稿|定稿|最终版|修改稿|副本|最新)\d*$")


class SourceFile(Struct, frozen=True):
    """A manuscript and the pictures beside it that are its own; `name` is its place in the folder, with slashes."""

    path: Path
    name: str
    pictures: tuple[Path, ...] = ()

    def digest(self) -> str:
        """SHA-256 of the manuscript, its pictures and the files that were saved with a page. Raises ArticleError."""
        found = sha256()
        for path in (self.path, *self.pictures, *_saved_with(self.path)):
            found.update(sha256(read_source(path)).digest())
        return found.hexdigest()

    def figures(self, after: int) -> list[Figure]:
        """The pictures beside it as figures that follow paragraph `after`. Raises ArticleError."""
        return [Figure(after, read_source(path), path.name) for path in self.pictures]


def manuscripts_in(folder: Path, *, but: Path | None = None) -> tuple[list[SourceFile], list[Path]]:
    """Every manuscript in a folder and those below it but for `but`, numbers in names counted as numbers; and what
    lies there and belongs to none.

    Hidden files, locks of Word and the files of saved pages are passed over, and links that lead out of the folder.

    Raises:
        ArticleError: more files than FOLDER_FILES, more manuscripts than ARTICLES.
    """
    texts, pictures, others = [], [], []
    for path in _files(folder, but):
        suffix = path.suffix.lower().removeprefix(".")
        if suffix in PICTURE_SUFFIXES:
            pictures.append(path)
        elif is_manuscript(suffix):
            texts.append(path)
        else:
            others.append(path)
    within(ARTICLES, len(texts), folder)
    owners: dict[Path, list[Path]] = {path: [] for path in texts}
    for picture in pictures:
        owner = _owner(picture, texts, folder)
        (owners[owner] if owner else others).append(picture)
    found = [SourceFile(path, _name(path, folder), tuple(own)) for path, own in owners.items()]
    return found, others


def _name(path: Path, folder: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def _files(folder: Path, but: Path | None) -> list[Path]:
    gate = Gate((folder,))
    found: list[Path] = []
    count = 0
    for place, folders, names in os.walk(folder):
        here = Path(place)
        count += len(names) + len(folders)
        within(FOLDER_FILES, count, folder)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and not _PAGE_FILES.match(name)
            and (but is None or (here / name).resolve() != but.resolve())
        ]
        found += [
            here / name
            for name in names
            if not name.startswith((".", "~$"))
            and name.lower() not in ("thumbs.db", "desktop.ini")
            and gate.is_file(here / name)
        ]
    return sorted(found, key=lambda path: natural(path.relative_to(folder).as_posix()))


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts names with their numbers as numbers: 2 before 10."""
    parts = re.split(r"(\d{1,18})", unicodedata.normalize("NFKC", name))
    return [(0, int(part), "") if index % 2 else (1, 0, part) for index, part in enumerate(parts)]


def _saved_with(page: Path) -> list[Path]:
    """The files in the folder that was saved with a page."""
    if page.suffix.lower() not in (".html", ".htm", ".xhtml"):
        return []
    found = []
    for ending in ("_files", ".files", "_文件"):
        folder = page.with_name(page.stem + ending)
        if folder.is_dir():
            found += [path for path in _files(folder, None) if path.suffix.lower()[1:] in PICTURE_SUFFIXES]
    return found


def _owner(picture: Path, texts: Sequence[Path], folder: Path) -> Path | None:
    """The manuscript that a picture belongs to: its name begins with that of the manuscript, or is its number; or it
    lies in a folder called after it, or in a folder of its own with one manuscript."""
    beside = [path for path in texts if path.parent == picture.parent]
    if owner := _called_after(picture.stem, beside):
        return owner
    if picture.parent == folder:
        return None
    if len(beside) == 1:
        return beside[0]
    above = [path for path in texts if path.parent == picture.parent.parent]
    return None if beside else _called_after(picture.parent.name, above)


def _called_after(name: str, texts: Iterable[Path]) -> Path | None:
    number, words = _number_and_words(name)
    best: tuple[int, bool] = (0, False)
    found: list[Path] = []
    for path in texts:
        own_number, own_words = _number_and_words(path.stem)
        if len(own_words) > 1 and words.startswith(own_words):
            rank = (len(own_words), bool(number) and number == own_number)
        elif number and number == own_number and not words.strip("0123456789图照片"):
            rank = (1, True)
        else:
            continue
        if rank > best:
            best, found = rank, [path]
        elif rank == best:
            found.append(path)
    return found[0] if len(found) == 1 else None


def _number_and_words(name: str) -> tuple[str, str]:
    """The number at the head of a name, and its letters without what stands in brackets."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).strip()
    order = _ORDER.match(text)
    rest = _VERSION.sub("", text[order.end() :] if order else text)
    return order.group(1) if order else "", "".join(re.findall(r"[^\W_]+", rest)).lower()


def left_out(folder: Path, paths: Sequence[Path]) -> Problem:
    """What is said of files that belong to no manuscript."""
    names = [_name(path, folder) for path in paths]
    what = Message(
        f"{len(names)} 个文件不知道归哪篇，没有导入：{'、'.join(names)}",
        f"{len(names)} files belong to no manuscript and were left out: {', '.join(names)}",
    )
    remedy = Message(
        "是图片就照稿件的名字起名，如“望苇桥.docx”的图叫“望苇桥-1.jpg”，再导入一次",
        "name a picture after its manuscript, as bridge-1.jpg for bridge.docx, and import again",
    )
    return Problem("left-out", what, remedy, SourceLocation(str(folder)), Severity.WARNING)
