"""`layout import`: brings articles in, one or a folder of them, and says what it was unsure of."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import LayoutError, Message, Problem, Severity, SourceLocation

if TYPE_CHECKING:
    from ..importing.folder.batch import ImportedBatch, ImportedManuscript
    from ..importing.folder.manuscript_folder import SourceFile

_COLUMNS = (
    Message("稿件", "file"),
    Message("稿名", "article"),
    Message("结果", "outcome"),
    Message("标题", "headline"),
    Message("署名", "byline"),
    Message("体裁", "kind"),
    Message("字", "characters"),
    Message("图", "pictures"),
    Message("要看", "doubts"),
)
_WIDEST = 28  # cells of a column of words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="articles: .docx, .md, .txt, .html; or folders that hold them"
    )
    parser.add_argument(
        "--into", metavar="ISSUE", help="issue that they go into; left out, they are only shown on standard output"
    )
    parser.add_argument("--id", metavar="NAME", help="name of the article in the issue; else made from the file's name")
    parser.add_argument("--json", action="store_true", help="the table of what was imported, as JSON")


def run(options: argparse.Namespace) -> int:
    """Exit status 0 where every file was brought in, 1 where one was not or a version conflicts, 2 for wrong usage."""
    from ..importing.folder.batch import ImportedBatch, import_all, read_all
    from ..runtime.limits import MANUSCRIPT_MEMORY
    from ..runtime.processes.children import bounded_memory
    from ..runtime.progress import progress_line

    language = str(getattr(options, "language", "en"))
    given = [Path(file) for file in options.files]
    as_table = options.json or any(path.is_dir() for path in given)
    if options.id and (len(given) > 1 or given[0].is_dir()):
        said = Message("--id 只能和一个文件一起用", "--id goes with one file only")
        print(said.in_language(language), file=sys.stderr)
        return 2
    into = Path(options.into) if options.into else None
    reading = Message("读稿", "reading").in_language(language)
    try:
        sources, others = _sources(given, into)
        with progress_line() as line, bounded_memory(MANUSCRIPT_MEMORY.most):

            def report(number: int, count: int, name: str) -> None:
                line.step(reading, number, count, name)

            if into is None and not as_table:
                batch = ImportedBatch([])
                failed = _show_articles(given, options.id, language)
            else:
                found = read_all(sources, options.id, report) if into is None else None
                batch = (
                    ImportedBatch(found) if found is not None else import_all(into or "", sources, options.id, report)
                )
                failed = sum(_is_refused(m) for m in batch.manuscripts)
    except LayoutError as error:
        _show(error.problems, language)
        return 1
    for manuscript in batch.manuscripts:
        _show(manuscript.problems, language)
    _show(_left_out(others, batch), language)
    if options.json:
        _print_json(batch)
    elif as_table:
        print(table(batch.manuscripts, language))
    else:
        for path in batch.written:
            print(path)
    _show_rest(batch, into, as_table, language)
    if failed:
        done = len(sources) - failed
        said = Message(f"导入 {done} 篇，{failed} 篇没有导入", f"{done} brought in, {failed} not")
        print(said.in_language(language), file=sys.stderr)
    return 1 if failed or any(m.conflicts for m in batch.manuscripts) else 0


def _sources(given: Sequence[Path], into: Path | None) -> tuple[list[SourceFile], list[tuple[Path, Path]]]:
    """The manuscripts that are named or lie in a folder that is; and each file of a folder that belongs to none."""
    from ..importing.folder.manuscript_folder import SourceFile, manuscripts_in
    from ..importing.manuscript import ArticleError, reject

    issue = (into if into.is_dir() or not into.suffix else into.parent) if into else None
    sources: list[SourceFile] = []
    others: list[tuple[Path, Path]] = []
    for path in given:
        if not path.is_dir():
            sources.append(SourceFile(path, path.name))
            continue
        if issue is not None and issue.resolve() == path.resolve():
            what = Message(f"{path} 就是期号文件夹", f"{path} is the folder of the issue itself")
            remedy = Message("来稿放在另一个文件夹里", "put the manuscripts in a folder of their own")
            raise reject(path, "same-folder", what, remedy)
        try:
            found, left = manuscripts_in(path, but=issue)
        except OSError as error:
            from ..runtime.files import unwritable

            raise ArticleError([unwritable(path, error)]) from error
        if not found:
            what = Message(f"{path} 里没有稿件", f"there is no manuscript in {path}")
            remedy = Message("稿件是 .docx、.md、.txt、.html", "manuscripts are .docx, .md, .txt or .html")
            raise reject(path, "no-manuscript", what, remedy)
        sources += found
        others += [(path, file) for file in left]
    return sources, others


def _left_out(others: Sequence[tuple[Path, Path]], batch: ImportedBatch) -> list[Problem]:
    """What is said of the files that no manuscript has, be it by naming them."""
    from hashlib import sha256

    from ..importing.folder.manuscript_folder import left_out
    from ..runtime.files import read_bytes

    used = {digest for manuscript in batch.manuscripts for digest in manuscript.data}
    left: dict[Path, list[Path]] = {}
    for folder, file in others:
        try:
            known = bool(used) and sha256(read_bytes(file)).hexdigest() in used
        except (OSError, LayoutError):
            known = False
        if not known:
            left.setdefault(folder, []).append(file)
    return [left_out(folder, files) for folder, files in left.items()]


def _is_refused(manuscript: ImportedManuscript) -> bool:
    from ..importing.folder.batch import Outcome

    return manuscript.outcome is Outcome.REFUSED


def _show_rest(batch: ImportedBatch, into: Path | None, as_table: bool, language: str) -> None:
    """What is left to do, on standard error."""
    from ..importing.folder.batch import Outcome

    same = [m.article for m in batch.manuscripts if m.outcome is Outcome.UNCHANGED]
    if same and not as_table:
        names = Message("、".join(same), ", ".join(same))
        said = Message(f"{names.zh} 没有变", f"{names.en}: unchanged")
        print(said.in_language(language), file=sys.stderr)
    if batch.unplaced:
        names = Message("、".join(batch.unplaced), ", ".join(batch.unplaced))
        said = Message(
            f"{names.zh} 还没有版位：在 pages 的 areas 里写上它的名字",
            f"no place yet: {names.en}; name it in an area map under pages",
        )
        print(said.in_language(language), file=sys.stderr)
    if into is None:
        said = Message("以上只是看看；加 --into 期号文件夹 才写进去", "this only shows; add --into ISSUE to write it")
        print(said.in_language(language), file=sys.stderr)


def table(manuscripts: Sequence[ImportedManuscript], language: str) -> str:
    """A line for each manuscript, its columns aligned on a terminal, with the sums below."""
    rows = [[column.in_language(language) for column in _COLUMNS]]
    for m in manuscripts:
        words = (m.file, m.article, m.outcome.value.in_language(language), m.headline, m.byline, m.kind)
        rows.append([*(_clipped(word) for word in words), str(m.characters), str(m.pictures), str(m.doubts)])
    sums = (sum(getattr(m, name) for m in manuscripts) for name in ("characters", "pictures", "doubts"))
    rows.append([Message("合计", "total").in_language(language), *[""] * 5, *(str(number) for number in sums)])
    from ..runtime.progress import cells

    widths = [max(cells(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    return "\n".join(
        "  ".join(
            word + " " * (width - cells(word)) if column < 6 else " " * (width - cells(word)) + word
            for column, (word, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _clipped(text: str) -> str:
    """A text on one line of a table."""
    from ..runtime.progress import cells

    text = "".join(c if c.isprintable() else " " for c in text)
    if cells(text) <= _WIDEST:
        return text
    while cells(text) >= _WIDEST:
        text = text[:-1]
    return text + "…"


def _print_json(batch: ImportedBatch) -> None:
    import json

    manuscripts = [
        {
            "file": m.file,
            "article": m.article,
            "outcome": m.outcome.name.lower(),
            "headline": m.headline,
            "byline": m.byline,
            "kind": m.kind,
            "characters": m.characters,
            "pictures": m.pictures,
            "doubts": m.doubts,
            "conflicts": [
                {"where": c.where, "line": c.line, "editor": c.edited, "author": c.sent} for c in m.conflicts
            ],
            "problems": [
                {"rule": p.rule, "severity": p.severity.value, "zh": p.what.zh, "en": p.what.en} for p in m.problems
            ],
        }
        for m in batch.manuscripts
    ]
    found = {
        "manuscripts": manuscripts,
        "written": [str(path) for path in batch.written],
        "without_place": batch.unplaced,
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _show_articles(files: Sequence[Path], name: str | None, language: str) -> int:
    """The articles as they would stand in an issue, on standard output; how many could not be read."""
    from ..importing.article import import_article
    from ..importing.issue_file import entry, id_of, renamed, yaml_of

    failed = 0
    for file in files:
        try:
            article = name or id_of(file)
            imported = renamed(import_article(file), article)
        except LayoutError as error:
            failed += 1
            _show(error.problems, language)
            continue
        names = [f"pictures/{article}-{n}{p.suffix}" for n, p in enumerate(imported.pictures, 1)]
        body = f"{article}.md" if imported.body else ""
        print(yaml_of({article: entry(imported, article, body, names)}))
        print(imported.body)
        _show(imported.notes, language)
    return failed


def _show(problems: Iterable[Problem], language: str) -> None:
    """On standard error, what needs a look first; a paragraph of a Word file has no line of its own to show."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    for problem in sorted(problems, key=lambda p: (rank[p.severity], p.mark or SourceLocation(""))):
        print(problem.in_language(language), file=sys.stderr)
