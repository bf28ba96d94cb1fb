"""What takes longer than a second shows signs of life on a terminal, and nothing into a pipe."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from issues import article, issue, write
from layout.runtime import progress
from layout.runtime.progress import ProgressLine, clear_progress, progress_line

SLOW = """
import time
from layout.runtime.progress import progress_line
with progress_line() as line:
    line.step("读稿", 3, 24, "收割.docx")
    end = time.monotonic() + 1.8
    while time.monotonic() < end:
        pass
print("done", flush=True)
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(*command: str) -> str:
    """What a command writes to a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen([sys.executable, *command], stderr=follower, stdout=follower, stdin=subprocess.DEVNULL)
    os.close(follower)
    written = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:  # its other end was closed
            break
        if not piece:
            break
        written += piece
    os.close(leader)
    assert process.wait(60) in (0, 1)
    return written.decode()


def test_the_line_appears_within_a_second_counts_on_and_goes() -> None:
    written = on_a_terminal("-c", SLOW)
    assert "读稿 3/24 收割.docx 1 s" in written
    assert written.endswith("\r\x1b[Kdone\r\n")


def test_nothing_is_written_into_a_pipe() -> None:
    done = subprocess.run([sys.executable, "-c", SLOW], capture_output=True, check=True)
    assert done.stderr == b""


def test_nothing_is_written_within_the_first_half_second() -> None:
    stream = Terminal()
    with progress_line(stream) as line:
        for number in range(100):
            line.step("读稿", number, 100)
    assert stream.getvalue() == ""


def test_the_timer_and_its_handler_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    before = signal.getsignal(signal.SIGALRM)
    line = ProgressLine(Terminal())
    line.show("排版…")
    assert signal.getitimer(signal.ITIMER_REAL) != (0.0, 0.0) or signal.getsignal(signal.SIGALRM) != before
    clear_progress()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_a_line_fits_the_terminal_and_holds_no_control_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setenv("COLUMNS", "20")
    stream = Terminal()
    with progress_line(stream) as line:
        time.sleep(0.01)
        line.step("读稿", 1, 2, "一份名字很长很长的稿件\x1b[31m.docx")
    shown = stream.getvalue().split("\r\x1b[K")[1]
    assert progress.cells(shown) <= 19
    assert "\x1b" not in shown


def test_a_check_says_what_it_does(tmp_path: Path) -> None:
    slow = f"""
import time
import layout.page.makeup as makeup
real = makeup.compose
def compose(*given, **named):
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        pass
    return real(*given, **named)
makeup.compose = compose
from layout.cli.main import main
main(["check", {str(write(tmp_path, issue({"a": article(300)}, [{20: "a"}])))!r}, "--lang", "zh"])
"""
    written = on_a_terminal("-c", slow)
    assert "排版… 1 s" in written
    assert "\r\x1b[K" in written[written.rindex("排版…") :]


def shown_while_composing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, **fields: object) -> str:
    """What the line shows while two articles are composed."""
    from layout.production import Production

    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_QUICK", 0.0)
    data = issue({"a": article(200), "b": article(200)}, [{20: "a"}, {20: "b"}]) | fields
    folder = write(tmp_path, {name: value for name, value in data.items() if value is not None})
    stream = Terminal()
    with progress_line(stream, language) as line:
        line.show("…")
        job = Production()
        job.compose(job.read(folder))
    return stream.getvalue()


def test_composing_counts_its_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_while_composing(tmp_path, monkeypatch, "en")
    assert "0/2 stories" in shown
    assert "1/2 stories" in shown


def test_planning_counts_articles_and_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_while_composing(tmp_path, monkeypatch, "zh", pages=None)
    assert "1/2 篇量好" in shown
    assert "0/1 版排定" in shown


def test_composing_without_a_line_counts_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown_while_composing(tmp_path, monkeypatch, "en")
    assert progress._lines == []
    progress.count_progress(1, 2, progress.Message("篇", "stories"))  # to no line, without an error
