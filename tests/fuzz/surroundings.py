"""The command in any surroundings: locale, time zone, umask, streams closed or full, disks full, folders that are not there."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from pathlib import Path
from random import Random
from typing import Any

from . import commands
from .case import BUILT, REFUSED, Input, Kind
from .watch import Fault

COMMANDS = (
    ["build", "issue", "-o", "out/a.pdf"], ["build", "issue", "-o", "out/a.pdf"], ["build", "issue"], ["check", "issue"], ["capacity", "issue", "--json"],
    ["build", "issue", "-o", "out/a.pdf", "--for-print", "out/shop"], ["build", "issue", "-o", "out/a.pdf", "--screen"], ["compose", "issue"],
    ["check", "issue", "--changes", "--lang", "zh"], ["schema"], ["fix", "issue"], ["plan", "issue"], ["doctor"], ["new", "fresh"],
    ["build", "issue", "issue/issue.yaml", "--folder", "out", "-j", "3"], ["preflight", "issue/issue.yaml"], ["import", "issue/a.md"],
    ["import", "issue/a.md", "--into", "issue"], ["proof", "issue", "-o", "out/p"], ["build", "issue", "-o", "/dev/full"], ["nothing"], [],
    ["build", "issue", "-o", "."], ["build", "issue", "-o", ""], ["build", "issue", "-o", "out"], ["build", "issue", "-o", "issue/issue.yaml/a.pdf"],
    ["build", "issue", "-o", "out/\udcff.pdf"], ["build", "iss\udcffue"], ["build", "nowhere"], ["build", ""], ["check", "\u202e"],
    ["build", "issue", "--printer", "nothing"], ["build", "issue", "--printer", "issue/issue.yaml"], ["impose", "issue/issue.yaml"],
    ["build", "issue", "-j", "100000"], ["build", "issue", "-j", "0"], ["build", "issue", "issue", "-j", "-3"], ["preview", "issue", "--port", "-1"],
    ["preview", "issue", "--port", "99999"], ["import", "/dev/zero"], ["import", "."], ["schema", "--style"], ["--help"], ["build", "--help"],
)  # fmt: skip
VARIABLES: dict[str, tuple[str | None, ...]] = {
    "LANG": ("C", "POSIX", "zh_CN.GB18030", "zh_CN.UTF-8", "xx_XX", "", None),
    "LC_ALL": (None, None, "C", "de_DE", "zh_CN"),
    "PYTHONIOENCODING": (None, None, "ascii", "utf-16", "gb2312:replace"),
    "PYTHONUTF8": (None, None, "0"),
    "PYTHONOPTIMIZE": (None, None, "2"),
    "PYTHONHASHSEED": (None, "1"),
    "TZ": (None, "Asia/Shanghai", "Nowhere/Nothing", ":", "UTC-14"),
    "SOURCE_DATE_EPOCH": (None, "0", "-1", "x"),
    "HOME": (None, "/nonexistent", "/dev/null", ""),
    "TMPDIR": (None, "/nonexistent", "/dev/null", ""),
    "LAYOUT_CACHE": (None, "/nonexistent/a", "/dev/null", "", "issue/issue.yaml", "open-to-all"),
    "XDG_CACHE_HOME": (None, "/dev/null"),
    "PATH": (None, "", "/nonexistent"),
    "COLUMNS": (None, "0", "x"),
    "TERM": (None, "dumb"),
    "LAYOUT_EDITOR": (None, "'", "{"),
}
STREAMS = ("null", "null", "closed", "full", "broken")
LIMITS = {
    "file-size": (resource.RLIMIT_FSIZE, (0, 100, 4096, 30_000)),
    "files": (resource.RLIMIT_NOFILE, (8, 16, 32)),
    "processes": (resource.RLIMIT_NPROC, (0,)),
}
DOCUMENTED = {0, 1, 2}


def generate(random: Random) -> Input:
    files = commands.plain_issue(random) | {"a.md": "# 渡口\n\n新船下水。\n".encode()}
    options: dict[str, Any] = {
        "command": random.choice(COMMANDS[:16]) if random.random() < 0.6 else random.choice(COMMANDS)
    }
    for _ in range(random.choice((1, 1, 2, 3))):
        match random.randrange(6):
            case 0 | 1:
                name = random.choice(sorted(VARIABLES))
                options.setdefault("variables", {})[name] = random.choice(VARIABLES[name])
            case 2:
                options[random.choice(("stdout", "stderr", "stdin"))] = random.choice(STREAMS)
            case 3:
                name = random.choice(sorted(LIMITS))
                options["limit"] = [name, random.choice(LIMITS[name][1])]
            case 4:
                options["umask"] = random.choice((0, 0o777, 0o077, 0o222))
            case _:
                options["cwd"] = random.choice(("deleted", "/", "issue", "unwritable"))
    return Input("surroundings", files, {}, options)


def attempt(given: Input, folder: Path) -> str:
    root, out, options = folder.parents[1], folder.parent / "out", given.options
    (folder.parent / "open-to-all").mkdir()
    (folder.parent / "open-to-all").chmod(0o777)
    command = [part.encode("utf-8", "surrogateescape") for part in options["command"]]
    where = _folder(options.get("cwd", ""), folder)

    def prepare() -> None:
        os.chdir(where)
        if options.get("cwd") == "deleted":
            os.rmdir(where)
        if "umask" in options:
            os.umask(options["umask"])
        if "limit" in options:
            name, most = options["limit"]
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(LIMITS[name][0], (most, most))
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            _stream(number, options.get(name, "pipe"))

    env = commands.environment(root, **options.get("variables", {}))
    process = commands.start(command, root, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,  # type: ignore[arg-type]
                             preexec_fn=prepare)  # fmt: skip
    try:
        said, complained = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Fault("hang", " ".join(map(str, options["command"]))) from None
    text = (said + complained).decode(errors="replace")
    if "Traceback" in text or "Error in sys.excepthook" in text or "Exception ignored" in text:
        raise Fault("traceback", text[-500:])
    started = options.get("limit", [""])[0] not in ("files",) or "layout" in text or process.returncode in DOCUMENTED
    if process.returncode not in DOCUMENTED and started:
        raise Fault("exit-status", f"{process.returncode}: {text[-300:]}")
    commands.check_left(out, root, strays=True)
    _clear(folder)
    return BUILT if process.returncode == 0 else REFUSED


def _folder(name: str, folder: Path) -> str:
    """Where the command is started."""
    if name in ("deleted", "unwritable"):
        place = folder.parents[1] / "temp" / name
        place.mkdir()
        (place / "issue").symlink_to(folder) if name == "unwritable" else None
        place.chmod(0o555 if name == "unwritable" else 0o755)
        return str(place)
    return {"/": "/", "issue": str(folder)}.get(name, str(folder.parent))


def _stream(number: int, how: str) -> None:
    if how == "closed":
        os.close(number)
    elif how in ("null", "full"):
        handle = os.open(f"/dev/{how}", os.O_RDWR)
        os.dup2(handle, number)
        os.close(handle)
    elif how == "broken":
        read, write = os.pipe()
        os.close(read)
        os.dup2(write, number)
        os.close(write)


def _clear(folder: Path) -> None:
    """What a command may leave in the current folder: its own output."""
    import shutil

    for name in ("fresh", "open-to-all"):
        shutil.rmtree(folder.parent / name, ignore_errors=True)


KIND = Kind("surroundings", generate, attempt, weight=8, full=300, writes=True, seconds=120, watched=False)
