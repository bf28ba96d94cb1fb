"""All commands of `layout`, for the reference."""

from __future__ import annotations

import argparse

from layout.cli.main import _parser


def parser() -> argparse.ArgumentParser:
    """The parser with every command's own arguments."""
    return _parser([], whole=True)
