"""All commands of `layout`, for the reference."""

from __future__ import annotations

import argparse

from layout.cli.main import command_parser


def parser() -> argparse.ArgumentParser:
    """The parser with every command's own arguments."""
    return command_parser([], whole=True)
