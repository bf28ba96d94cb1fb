"""A wheel carries all it needs: fonts, styles and printers' profiles travel in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from issues import article, issue, write

TOP = Path(__file__).parent.parent


@pytest.mark.slow
def test_a_wheel_unpacked_elsewhere_builds_an_issue(tmp_path):
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(TOP)]
    subprocess.run(wheel, check=True, capture_output=True)
    installed = tmp_path / "site"
    zipfile.ZipFile(next(tmp_path.glob("newsletter_layout-*.whl"))).extractall(installed)
    folder = write(tmp_path / "issue", issue({"a": article(300)}, [{7: "nameplate"}, {20: "a"}]))
    environment = os.environ | {"PYTHONPATH": str(installed)}
    where = [sys.executable, "-c", "import layout; print(layout.__file__)"]
    found = subprocess.run(where, env=environment, check=True, capture_output=True, text=True, cwd=tmp_path).stdout
    assert found.startswith(str(installed))
    command = [sys.executable, "-m", "layout", "build", str(folder), "-o", "out.pdf", "--no-cache"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-1.6")
