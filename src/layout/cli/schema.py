"""`layout schema`: the JSON Schema of issue.yaml, of style.yaml or of a printer's profile, for editors."""

from __future__ import annotations

import argparse
import json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--style", action="store_true", help="that of style.yaml instead")
    other.add_argument("--printer", action="store_true", help="that of a printer's profile instead")


def run(options: argparse.Namespace) -> int:
    from ..issue import schema
    from ..press.manual import printer_schema
    from ..style.schema import style_schema

    chosen = style_schema if options.style else printer_schema if options.printer else schema
    print(json.dumps(chosen(), ensure_ascii=False, indent=1))
    return 0
