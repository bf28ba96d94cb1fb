"""Random cases by their seeds: a few are tried while working, all of them before a change is merged."""

from __future__ import annotations

from typing import Any

import pytest


def seeds(count: int, quick: int) -> list[Any]:
    """The seeds from 0 on, for `parametrize`; those after the `quick` first are slow tests."""
    return [pytest.param(seed, marks=[pytest.mark.slow] * (seed >= quick)) for seed in range(count)]
