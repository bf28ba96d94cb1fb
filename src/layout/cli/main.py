"""The command `layout`.

Exit status: 0 ready, 1 problems found, 2 wrong usage, 70 a fault of the program, 74 standard output cannot be written,
128 and the signal's number where one ended it.
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from ..errors import Message, Problem
from ..runtime import streams
from ..runtime.files import unwritable
from ..runtime.garbage import rare_collection
from ..runtime.messages import show_problems
from ..runtime.processes.process_exit import end_process

# Every command: the module beside this one with its `add_arguments` and `run`, and its summary.
COMMANDS = {
    "new": ("new", "begin an issue from the last one, a publication, or a style"),
    "build": ("build", "make the print PDF of an issue"),
    "check": ("check", "read and compose only: every problem, and how full each article is"),
    "capacity": ("capacity", "characters each slot holds, has, and is over or under by"),
    "plan": ("plan", "area maps for the pages that have none, as YAML to paste and change"),
    "fix": ("fix", "do what is sure: marks, spaces, misspelt keys; say what is left"),
    "preview": ("preview", "the issue in a browser, built again at each save"),
    "proof": ("proof", "pages to sign off, with grid, frames and threads; the text proof; what differs"),
    "import": ("import_articles", "bring in articles from Word, Markdown, plain text or HTML"),
    "preflight": ("preflight", "what a print shop would check in a PDF"),
    "impose": ("impose", "printer's spreads for saddle stitching, or two pages on a sheet"),
    "compose": ("compose", "print the composition as JSON"),
    "schema": ("schema", "JSON Schema of issue.yaml, for editors"),
    "doctor": ("doctor", "whether this machine has all that is needed, and how to get it"),
}


def run() -> NoReturn:
    """The command, at whose end the process ends.

    SIGTERM keeps its default action, which ends the process even where a library does not return: subprocess workers
    end when their connection does, and the next build removes the drafts.
    """
    streams.prepare_streams()
    with rare_collection():
        status = main()
        end_process(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; its exit status. An unforeseen exception is reported as a fault of the program (`runtime.faults`)."""
    given = sys.argv[1:] if arguments is None else arguments
    language = _language()
    try:
        options = command_parser(given).parse_args(given)
        language = options.language = options.lang or language
        if not _has_a_folder():
            what = Message("当前文件夹已经不在了", "the current folder is gone")
            show_problems([Problem("no-folder", what, Message("换到另一个文件夹", "change to another"))], language)
            return 1
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except (streams.OutputError, BrokenPipeError) as error:
        streams.abandon_output()
        if error.errno != errno.EPIPE:  # who closes a pipe has seen enough
            from msgspec.structs import replace

            output = Message("标准输出", "standard output").in_language(language)
            show_problems([replace(unwritable(output, error), mark=None)], language)
        return streams.OUTPUT_STATUS
    except KeyboardInterrupt:
        print(Message("中断。", "Interrupted.").in_language(language), file=sys.stderr)
        return 128 + signal.SIGINT
    except MemoryError:
        what = Message("内存不够", "there is not enough memory")
        remedy = Message("分成几份，或换一台内存大些的机器", "divide it, or take a machine with more memory")
        show_problems([Problem("memory", what, remedy)], language)
        return 1
    except Exception as error:
        from ..runtime import faults
        from ..runtime.cache import cache_folder

        folder = None
        with suppress(Exception):
            folder = cache_folder()
        show_problems([faults.fault(error, folder)], language)
        return faults.FAULT_STATUS


def _has_a_folder() -> bool:
    try:
        return bool(os.getcwd())
    except OSError:
        return False


def command_parser(arguments: Sequence[str], *, whole: bool = False) -> argparse.ArgumentParser:
    """The parser of the command that `arguments` name; of all commands by name where they name none.

    Only the named command's module is imported, so that a build imports no web server. `whole` imports all of them and
    adds all their options, as the documentation lists them.
    """
    parser = argparse.ArgumentParser(
        prog="layout", description="Typesets Chinese newsletters: an issue folder in, a print-ready PDF out."
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), help="language of messages; else the locale's")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    wanted = next((word for word in arguments if word in COMMANDS), None)
    for name, (home, summary) in COMMANDS.items():
        if wanted in (None, name):
            command = commands.add_parser(name, parents=[common], help=summary, description=summary)
            if wanted or whole:
                module = import_module(f".{home}", __package__)
                command.set_defaults(run=module.run)
                module.add_arguments(command)
    return parser


def add_style(parser: argparse.ArgumentParser) -> None:
    """The option of all commands that read an issue and its style."""
    parser.add_argument(
        "--style",
        metavar="FOLDER",
        help="style to take instead of the issue's: a name, or a folder anywhere that you trust",
    )


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.startswith("zh") else "en"
    return "en"
