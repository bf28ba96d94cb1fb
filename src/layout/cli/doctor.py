"""`layout doctor`: whether this machine has all that is needed, and how to get what is not there."""

from __future__ import annotations

import argparse

from ..editor.doctor import diagnoses
from ..errors import Message


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-trial", action="store_true", help="do not build the example issue")


def run(options: argparse.Namespace) -> int:
    """Exit status 0 where issues can be built here, 1 where something needed is not there."""
    good = True
    for finding in diagnoses(builds=not options.no_trial):
        good = good and finding.good is not False
        print(finding.in_language(options.language), flush=True)
    message = Message("可以排版。", "Issues can be built here.") if good else Message("还不能排版。", "Not ready.")
    print(message.in_language(options.language))
    return 0 if good else 1
