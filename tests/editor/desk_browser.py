"""A preview that runs, and a browser that looks at it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def preview(issue: Path, *options: str) -> Iterator[str]:
    """Runs `layout preview` and gives its address; ends it as Ctrl+C does."""
    command = [
        sys.executable,
        "-m",
        "layout",
        "preview",
        str(issue),
        "--no-open",
        "--lang",
        "zh",
        "--port",
        "0",
        *options,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address, line + process.stdout.read()
            yield address[0]
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def chromium(**context: Any) -> Iterator[Any]:
    """A context of Debian's Chromium, with the library's own faces and nothing of the network."""
    from playwright.sync_api import sync_playwright

    program = which("chromium") or which("chromium-browser") or which("google-chrome")
    assert program, "the tests of the preview need Chromium: make test installs it"
    environment = {**os.environ, "FONTCONFIG_FILE": str(ROOT / "fonts" / "fonts.conf")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), env=environment)
        try:
            yield browser.new_context(**context)
        finally:
            browser.close()
