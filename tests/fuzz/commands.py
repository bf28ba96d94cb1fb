"""The command in a process of its own: an issue to build, how to start it, what it left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from . import issues, writing
from .watch import Fault

SOURCES = os.pathsep.join(map(str, (Path(__file__).parents[2] / "src", Path(__file__).parents[1])))


def plain_issue(random: Random) -> dict[str, bytes]:
    """An issue that builds."""
    body = "\n\n".join(writing.sentence(random, random.randint(20, 90)) for _ in range(3))
    data = {
        "publication": {"title": "试刊", "sponsor": "试刊社", "publisher": "试刊社"},
        "number": random.randint(1, 99),
        "date": "2026-11-20",
        "articles": {
            "a": {"headline": "渡口添了新船", "body": body},
            "b": {"headline": "庙会迁到新街", "body": body[:60]},
        },
        "pages": [
            {"name": "要闻", "areas": [{7: "nameplate"}, {25: "a a"}, {"auto": "b b"}], "columns": {"a": 2, "b": 1}}
        ],
    }
    return {"issue.yaml": issues.dump(data).encode()}


def environment(root: Path, **more: str | None) -> dict[str, str]:
    """As on a plain machine; None takes a variable away. `LAYOUT_FUZZ` marks every process that comes of the trial."""
    found = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "PYTHONPATH": SOURCES,
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(root),
        "TMPDIR": str(root / "temp"),
        "LAYOUT_CACHE": str(root / "cache"),
        "LANG": "C.UTF-8",
        "LAYOUT_FUZZ": str(root),
    }
    for name, value in more.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def start(arguments: list[str], root: Path, **options: Any) -> subprocess.Popen[bytes]:
    env = options.pop("env", None) or environment(root)
    return subprocess.Popen([sys.executable, "-m", "layout", *arguments], env=env, **options)


def left_running(root: Path, seconds: float = 8.0) -> list[int]:
    """Processes of a trial that go on when its own has ended."""
    end = time.monotonic() + seconds
    while (found := _running(root)) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _running(root: Path) -> list[int]:
    wanted, found = f"LAYOUT_FUZZ={root}".encode(), []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                state = Path(entry.path, "stat").read_bytes().rpartition(b")")[2].split()[0]
                if state != b"Z" and wanted in Path(entry.path, "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def check_left(out: Path, root: Path, *, strays: bool) -> None:
    """Under the target's name is a whole PDF or nothing; with `strays` no draft may lie there."""
    import pikepdf

    if running := left_running(root):
        for number in running:
            with suppress(OSError):
                os.kill(number, 9)
        raise Fault("orphans", running)
    for path in sorted(out.rglob("*")) if out.is_dir() else ():
        if path.suffix == ".pdf" and not path.name.startswith(".") and not path.is_dir():
            try:
                with pikepdf.open(path) as pdf:
                    if not len(pdf.pages) or pdf.get_warnings():
                        raise Fault("half-file", path.name)
            except pikepdf.PdfError as error:
                raise Fault("half-file", f"{path.name}: {error}") from None
        elif strays and not path.is_dir() and (path.name.startswith(".") or ".part" in path.name):
            raise Fault("stray", path.name)
