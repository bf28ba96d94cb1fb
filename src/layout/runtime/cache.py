"""The cache folder: artifacts of earlier runs."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """The folder of artifacts: `LAYOUT_CACHE`, else the user's cache folder."""
    if chosen := os.environ.get("LAYOUT_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newsletter-layout"
