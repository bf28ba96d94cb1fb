"""Watches a trial: what it opens, starts and calls, how long it takes and how much memory, and what it leaves behind."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import site
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from types import FrameType
from typing import Any

from layout.errors import LayoutError
from layout.runtime.resources import data_folder

from .case import Input, Kind

CANARY = "暗号木樨三七二十一"  # stands in every file outside the issue's folder
PROGRAMS = frozenset({"gs", "fc-list"})  # Ghostscript measures ink; Matplotlib looks for fonts once
DRAWING = "layout.press.preflight.page_pictures"  # draws the pages of a report in a process of bounded memory
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TWO_PLACES = frozenset({"os.rename", "os.link", "shutil.move", "shutil.copyfile"})
_ONE_PLACE = frozenset({"os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.utime", "shutil.rmtree"})
_STARTS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"})
_CALLS = frozenset({"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.gethostbyname", "urllib.Request"})


class Fault(AssertionError):
    """Something that must not be; `rule` says what kind of thing."""

    def __init__(self, rule: str, said: object = "") -> None:
        super().__init__(f"{rule}: {said}")
        self.rule = rule


class Hang(BaseException):
    """Time is up. No `except Exception` of what is tried can take it for its own."""


class Bench:
    """A folder with room for one trial after another: `issue/` for its input, `out/`, canaries, temp and cache."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.trial, self.temp, self.cache = (self.root / name for name in ("trial", "temp", "cache"))
        self.issue, self.out = self.trial / "issue", self.trial / "out"
        for folder in (self.trial, self.temp, self.cache):
            folder.mkdir(parents=True, exist_ok=True)
        self.temp.chmod(0o700)
        self.cache.chmod(0o700)
        fonts = Path(tempfile.gettempdir()) / "fuzz-matplotlib"  # its list of fonts, made once
        os.environ["MPLCONFIGDIR"] = str(fonts)
        tempfile.tempdir = str(self.temp)
        os.environ |= {"TMPDIR": str(self.temp), "LAYOUT_CACHE": str(self.cache), "HOME": str(self.root)}
        shared = [
            sys.prefix,
            sys.base_prefix,
            sys.exec_prefix,
            *site.getsitepackages(),
            *sysconfig.get_paths().values(),
        ]
        shared += ["/usr/share", "/usr/lib", "/usr/local/share", "/etc", "/proc", "/sys", "/dev/null", "/dev/urandom"]
        shared += [data_folder("styles"), data_folder("fonts"), Path(sys.modules["layout"].__file__ or "").parent]
        shared += [
            Path(__file__).parents[1],
            "/usr/X11R6/lib/X11",
            "/usr/X11/lib/X11",
        ]  # where Matplotlib looks for fonts
        self.readable = tuple(
            {os.path.realpath(place) for place in (*shared, self.issue, self.out, self.temp, self.cache)}
        )
        settled = (os.path.realpath(fonts), self.root / ".cache")  # what libraries keep for the user
        self.writable = tuple(map(str, (self.out, self.temp, self.cache, "/dev/null", *settled)))
        self.readable += tuple(map(str, settled))
        self.listed = {os.path.realpath(place) for place in sys.path}

    def lay(self, given: Input) -> None:
        """A clean folder with an input and what lies beside it."""
        os.chdir(self.root)
        for place in (self.trial, self.temp):
            for entry in os.scandir(place):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, onerror=_opened_up)
                else:
                    os.unlink(entry.path)
        given.write(self.issue)
        self.out.mkdir()
        for name, data in CANARIES.items():
            (self.trial / name).write_bytes(data)
        os.chdir(self.trial)

    def look(self, given: Input, writes: bool) -> None:
        """Nothing is left where nothing may be."""
        there = {entry.name for entry in os.scandir(self.trial)} - {"issue", "out"}
        if there != CANARIES.keys():
            raise Fault("written-outside", sorted(there ^ CANARIES.keys()))
        for name, data in CANARIES.items():
            if (self.trial / name).read_bytes() != data:
                raise Fault("written-outside", name)
        if not writes:
            for name, data in given.files.items():
                if (self.issue / name).read_bytes() != data:
                    raise Fault("input-changed", name)
        for folder, _, names in os.walk(self.out):
            for name in names:
                if name.endswith(".part") or ".part" in name:
                    raise Fault("stray", os.path.join(folder, name))


def _opened_up(function: Any, path: str, _: Any) -> None:
    os.chmod(path, 0o700)
    with suppress(OSError):
        function(path)


def _canaries() -> dict[str, bytes]:
    import io

    from PIL import Image

    with io.BytesIO() as data:
        Image.new("RGB", (60, 40), (1, 254, 77)).save(data, "PNG")
        png = data.getvalue()
    text = f"{CANARY}。\n".encode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{CANARY}</text></svg>'.encode()
    css = f'.nameplate::after {{ content: "{CANARY}" }}\n'.encode()
    return {"secret.md": text, "secret.png": png, "secret.svg": svg, "secret.css": css, "secret.html": text}


CANARIES = _canaries()


class Watch:
    """What a trial may touch. The hook stays for good, so there is one for a process."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.on = False
        self.writable = bench.writable
        self.seen: list[tuple[str, str]] = []
        sys.addaudithook(self._heard)

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.on:
            return
        self.on = False
        try:
            self._judge(event, given)
        finally:
            self.on = True

    def _judge(self, event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = given
            writes = (flags or 0) & _WRITES if mode is None else set(mode) & set("wax+")
            self._place(path, bool(writes))
        elif event in _ONE_PLACE:
            self._place(given[0], True, given[-1] if len(given) > 1 else None)
        elif event in _TWO_PLACES:
            for path in given[:2]:
                self._place(path, True)
        elif event in ("os.listdir", "os.scandir"):
            self._place(given[0], False)
        elif event in _STARTS:
            program = given[0] if isinstance(given[0], (str, bytes, os.PathLike)) else given[1][0]
            ours = len(given) > 1 and DRAWING in map(str, given[1] or ())
            if os.path.basename(os.fsdecode(program)) not in PROGRAMS and not ours:
                self.seen.append(("process-started", os.fsdecode(program)))
        elif event in _CALLS:
            if event == "socket.connect" and isinstance(given[1], str):
                return  # of this machine
            if event == "urllib.Request" and str(given[0]).startswith(("file:", "data:")):
                return  # what it opens is seen
            self.seen.append(("network", f"{event} {given[:2]}"))

    def _place(self, path: Any, writes: bool, folder: Any = None) -> None:
        if path is None or isinstance(path, int):
            return
        name = os.fsdecode(path)
        if isinstance(folder, int) and folder >= 0 and not os.path.isabs(name):
            with suppress(OSError):
                name = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
        if "\0" in name:
            return
        real = os.path.realpath(name)
        allowed = self.writable if writes else self.bench.readable
        if not writes and real in self.bench.listed:
            return  # where modules are looked for
        if not any(real == place or real.startswith(place + os.sep) for place in allowed):
            if not writes and (real == str(self.bench.trial) or str(self.bench.trial).startswith(real + os.sep)):
                return  # the folder above, looked at for the folder's own name
            self.seen.append(("written-outside" if writes else "read-outside", real))


def attempt(kind: Kind, given: Input, watch: Watch) -> str:
    """Tries an input under every watch. What is raised is a fault."""
    bench = watch.bench
    bench.lay(given)
    watch.seen.clear()
    watch.writable = (*bench.writable, str(bench.issue)) if kind.writes else bench.writable
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with _in_time(kind.seconds):
        watch.on = kind.watched
        try:
            result = kind.attempt(given, bench.issue)
        except LayoutError as error:
            raise Fault("unhandled-refusal", error) from error
        finally:
            watch.on = False
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    if watch.seen:
        rule, place = watch.seen[0]
        raise Fault(rule, place)
    if grown > kind.megabytes:
        raise Fault("memory", f"{grown} MB")
    bench.look(given, kind.writes)
    return result


@contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    """Raises Hang after so many seconds of the processor, or five times as many by the clock."""

    def up(number: int, frame: FrameType | None) -> None:
        raise Hang("processor" if number == signal.SIGPROF else "clock")

    usual = [(number, signal.signal(number, up)) for number in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 5 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in usual:
            signal.signal(number, handler)


def signature(error: BaseException) -> str:
    """What makes two faults the same: the rule, or the exception and the innermost place of this library."""
    if isinstance(error, Fault):
        return error.rule
    place, tb = "", error.__traceback__
    while tb is not None:
        file = tb.tb_frame.f_code.co_filename
        if f"{os.sep}layout{os.sep}" in file:
            place = f"{file.rpartition(f'{os.sep}layout{os.sep}')[2]}:{tb.tb_frame.f_code.co_name}"
        tb = tb.tb_next
    return f"{type(error).__name__} {place}".strip()


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=5).hexdigest()
