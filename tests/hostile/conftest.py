"""The printer that foreign files are held to, and the helpers of the press tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from layout.press.printer import Printer, load_printer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "press"))


@pytest.fixture(scope="session")
def coated() -> Printer:
    return load_printer("offset-coated")
