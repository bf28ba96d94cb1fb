"""`layout fix`: applies the sure fixes to the files of an issue; prints the changes and the problems left."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import LayoutError, Message, Problem, Severity, has_errors
from ..runtime.messages import show_problems
from ..runtime.progress import ProgressLine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", help="folder that holds issue.yaml, or that file")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, show the difference")
    parser.add_argument("--emoji", action="store_true", help="also take out emoji and other signs that no face has")


def run(options: argparse.Namespace) -> int:
    """Exit status 0 where no error is left, 1 where one is or nothing could be read."""
    from ..editor.autofix.folder import autofix
    from ..editor.autofix.remaining import difference, remaining_problems
    from ..issue.reader import ISSUE_FILE, examine

    language = options.language
    given = Path(options.issue)
    folder = given if given.is_dir() else given.parent
    if not (folder / ISSUE_FILE).is_file() or (given.is_file() and given.name != ISSUE_FILE):
        _, problems = examine(given)
        show_problems(problems, language)
        return 1
    line = ProgressLine(language=language)
    line.show(Message("改稿…", "mending…").in_language(language))
    try:
        fixes = autofix(folder, emoji=options.emoji)
        if options.dry_run:
            print(difference(fixes.before, fixes.after, folder), end="")
            left = [*fixes.left, _not_composed(folder)]
        else:
            written = fixes.save()
            line.clear()
            for path in written:
                print(path)
            line.show(Message("排版…", "composing…").in_language(language))
            left = remaining_problems(folder)
    except LayoutError as error:
        show_problems(error.problems, language)
        return 1
    except OSError as error:
        place = error.filename or folder
        what = Message(f"{place} 读写不了：{error.strerror}", f"{place} cannot be read or written: {error.strerror}")
        show_problems([Problem("unwritable", what, Message("检查权限", "look at its permissions"))], language)
        return 1
    finally:
        line.clear()
    for change in sorted(fixes.changes):
        where = change.mark._replace(file=(folder / change.mark.file).as_posix())
        print(f"{where}: {_shown(change.old)} → {_shown(change.new)} [{change.rule}]", file=sys.stderr)
    count = len(fixes.changes)
    done = Message(f"改了 {count} 处", f"{count} changed")
    if options.dry_run:
        done = Message(f"可改 {count} 处，没有写", f"{count} could be changed; nothing was written")
    print(done.in_language(language), file=sys.stderr)
    if left:
        head = Message("还要自己看的：", "left for you to look at:")
        print(head.in_language(language), file=sys.stderr)
        show_problems(left, language)
    return 1 if has_errors(left) else 0


def _not_composed(folder: Path) -> Problem:
    """The note that a dry run does not check the pages."""
    what = Message("没有排版，版面上的错误没有看", "nothing was composed: errors of the pages were not looked for")
    remedy = Message(f"用 layout check {folder} 看", f"see layout check {folder}")
    return Problem("not-composed", what, remedy, severity=Severity.NOTE)


def _shown(text: str) -> str:
    """A text for a terminal: spaces and invisible characters by their codes."""
    return "".join(c if c.isprintable() and c != " " else f"<{ord(c):04X}>" for c in text) or "∅"
