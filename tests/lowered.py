"""A limit lowered for a test, so that what is over it need not be large."""

from __future__ import annotations

from importlib import import_module

import pytest


def lower(monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    """`name` is where the limit is used: `layout.importing.word.package.MANUSCRIPT_PARTS`."""
    module, _, limit = name.rpartition(".")
    monkeypatch.setattr(name, getattr(import_module(module), limit)._replace(most=most))
