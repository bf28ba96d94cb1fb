"""The picture of planned pages in the documentation: python docs/planned.py"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from pictures import TOP, sheet

import layout

NAME, ACROSS = "campus-autumn", 4
PAGES = re.compile(r"^pages:.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Builds a sample issue without its `pages`, so that every page is planned."""
    with tempfile.TemporaryDirectory() as place:
        folder = shutil.copytree(TOP / "issues" / NAME, Path(place) / NAME)
        file = folder / "issue.yaml"
        file.write_text(PAGES.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
        report = layout.build(folder, Path(place) / "planned.pdf", screen=True)
        assert report.pdf, [problem.in_language() for problem in report.problems]
        target = TOP / "docs" / "pictures" / "planned.webp"
        sheet(report.pdf, ACROSS).save(target, quality=80, method=6)
        print(target, target.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
