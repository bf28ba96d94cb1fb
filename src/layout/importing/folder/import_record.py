"""`import-log.json` in an issue's folder: what each article was imported as, so that a new version can be merged.

The file is read as untrusted: bounded, through the gate, by a strict schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, field

from ...errors import Message
from ...runtime.gate import Gate, Outside
from ...runtime.limits import ARTICLES, ISSUE_FILE_BYTES, LimitError, over
from ..manuscript import ArticleError, reject

RECORD_FILE = "import-log.json"
_VERSION = 1


class ImportedArticle(Struct, frozen=True, forbid_unknown_fields=True):
    """One article as it was imported: `source` is the manuscript's name in its folder, `digest` the SHA-256 of it and
    its pictures, `entry` its YAML under `articles`, `pictures` a file and its SHA-256 each, in order."""

    source: str
    digest: str
    entry: str
    body: str
    pictures: tuple[tuple[str, str], ...] = ()


class ImportRecord(Struct, forbid_unknown_fields=True):
    """All articles that were imported into an issue, by their names there."""

    version: Annotated[int, Meta(ge=_VERSION, le=_VERSION)] = _VERSION
    articles: dict[str, ImportedArticle] = field(default_factory=dict)


def read_import_record(folder: Path) -> ImportRecord:
    """What was imported into the issue in a folder; an empty record where nothing was.

    Raises:
        ArticleError: `import-log` where the file is damaged, of a later version or no file; `limit`.
    """
    path = folder / RECORD_FILE
    try:
        data = Gate((folder,)).read(path, ISSUE_FILE_BYTES)
        record = msgspec.json.decode(data, type=ImportRecord)
    except LimitError as error:
        raise ArticleError(error.problems) from error
    except FileNotFoundError:
        return ImportRecord()
    except (Outside, OSError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        reason = str(error)[:200]
        what = Message(f"{RECORD_FILE} 读不懂：{reason}", f"{RECORD_FILE} cannot be read: {reason}")
        remedy = Message(
            "换回备份；没有备份就移走它，已有的稿件就不再跟着来稿更新",
            "restore it; without a copy move it away, and the articles there are no longer updated",
        )
        raise reject(path, "import-log", what, remedy) from error
    if len(record.articles) > ARTICLES.most:
        raise ArticleError([over(ARTICLES, found=len(record.articles), subject=RECORD_FILE)])
    return record


def record_bytes(record: ImportRecord) -> bytes:
    """The record as a file, indented, so that versions of it can be compared."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
