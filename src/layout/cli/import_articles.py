"""`layout import`: brings articles in, and says what it was unsure of."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from ..errors import LayoutError, Message, Problem, Severity, SourceLocation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="articles: .docx, .md, .txt, .html")
    parser.add_argument(
        "--into", metavar="ISSUE", help="issue that they go into; left out, they are only shown on standard output"
    )
    parser.add_argument("--id", metavar="NAME", help="name of the article in the issue; else made from the file's name")


def run(options: argparse.Namespace) -> int:
    """Exit status 0 where every file was brought in, 1 where one was not, 2 for wrong usage."""
    language = str(getattr(options, "language", "en"))
    if options.id and len(options.files) > 1:
        said = Message("--id 只能和一个文件一起用", "--id goes with one file only")
        print(said.in_language(language), file=sys.stderr)
        return 2
    failed = 0
    for file in options.files:
        try:
            _import_file(Path(file), options.into, options.id, language)
        except LayoutError as error:
            failed += 1
            _show(error.problems, language)
    if failed:
        done = len(options.files) - failed
        said = Message(f"导入 {done} 篇，{failed} 篇没有导入", f"{done} brought in, {failed} not")
        print(said.in_language(language), file=sys.stderr)
    return 1 if failed else 0


def _import_file(file: Path, into: str | None, name: str | None, language: str) -> None:
    from ..importing.article import import_article
    from ..importing.issue_file import entry, id_of, renamed, write_into, yaml_of

    imported = import_article(file)
    article = name or id_of(file)
    if into is None:
        imported = renamed(imported, article)
        names = [f"pictures/{article}-{n}{p.suffix}" for n, p in enumerate(imported.pictures, 1)]
        body = f"{article}.md" if imported.body else ""
        print(yaml_of({article: entry(imported, article, body, names)}))
        print(imported.body)
        _show(imported.notes, language)
        said = Message("以上只是看看；加 --into 期号文件夹 才写进去", "this only shows; add --into ISSUE to write it")
        print(said.in_language(language), file=sys.stderr)
        return
    written = write_into(into, imported, article)
    _show(imported.notes, language)
    for path in (written.issue, written.body if imported.body else None, *dict.fromkeys(written.pictures)):
        if path is not None:
            print(path)
    if written.has_pages:
        said = Message(
            f"{article} 还没有版位：在 pages 的 areas 里写上它的名字",
            f"{article} has no place yet: name it in an area map under pages",
        )
        print(said.in_language(language), file=sys.stderr)


def _show(problems: Iterable[Problem], language: str) -> None:
    """On standard error, what needs a look first; a paragraph of a Word file has no line of its own to show."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    for problem in sorted(problems, key=lambda p: (rank[p.severity], p.mark or SourceLocation(""))):
        print(problem.in_language(language), file=sys.stderr)
