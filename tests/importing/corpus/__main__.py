"""Scores a half of the corpus: `PYTHONPATH=src:tests/importing python -m corpus open|aside|fresh [field]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from . import score_half
from .scoring import FIELDS

half, *shown = sys.argv[1:] or ["open"]
with tempfile.TemporaryDirectory() as folder:
    count, scores = score_half(half, Path(folder))
print(f"{half}: {count} files")
for name in FIELDS:
    one = scores[name]
    print(
        f"{name:12} P {one.precision:6.1%}  R {one.recall:6.1%}  right {one.right} wrong {one.wrong} missing {one.missing}"
    )
    if name in shown or "all" in shown:
        for miss in one.misses:
            print("   ", miss)
