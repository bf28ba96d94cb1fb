"""Whether this machine has all that is needed, and how to get what is not there."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ..errors import NO_MESSAGE, LayoutError, Message, has_errors
from ..runtime.extras import EXTRAS, install_command, is_installed

DISTRIBUTION = "newsletter-layout"
PYTHON = (3, 11)
PANGO = (1, 44)  # the least that WeasyPrint takes
_SPACE = 300  # MB that the cache of a year's issues may take
# How each system gets them: the libraries that WeasyPrint draws with, and Ghostscript.
_SYSTEMS = {
    "apt-get": ("sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "sudo apt-get install ghostscript"),
    "dnf": ("sudo dnf install pango harfbuzz", "sudo dnf install ghostscript"),
    "zypper": ("sudo zypper install libpango-1_0-0 libharfbuzz-subset0", "sudo zypper install ghostscript"),
    "pacman": ("pacman -S pango", "pacman -S ghostscript"),
    "apk": ("apk add pango harfbuzz-subset", "apk add ghostscript"),
    "brew": ("brew install pango", "brew install ghostscript"),
}  # fmt: skip


class Diagnosis(Struct, frozen=True):
    """One check and its result; `good` is None where only some commands need what is missing."""

    name: Message
    found: Message
    good: bool | None = True
    remedy: Message = NO_MESSAGE

    def in_language(self, language: str) -> str:
        state = {True: Message("好", "good"), False: Message("缺", "bad "), None: Message("注意", "note")}[self.good]
        line = f"{state.in_language(language)}\t{self.name.in_language(language)}: {self.found.in_language(language)}"
        remedy = self.remedy.in_language(language)
        return f"{line}\n\t→ {remedy}" if remedy and self.good is not True else line


def diagnoses(*, builds: bool = True) -> Iterator[Diagnosis]:
    """All checks, one after another; `builds` also builds the example issue where nothing needed is missing."""
    checks: list[Callable[[], Iterator[Diagnosis]]] = [
        python, packages, extras, libraries, fonts, colour_profiles, ghostscript, cache, encoding,
    ]  # fmt: skip
    good = True
    for check in checks:
        for finding in check():
            good = good and finding.good is not False
            yield finding
    if builds and good:  # where something is missing the reasons are given already
        yield from trial()


def _same(text: str) -> Message:
    return Message(text, text)


def python() -> Iterator[Diagnosis]:
    version = sys.version_info[:3]
    wanted = ".".join(map(str, PYTHON))
    remedy = Message(f"装 Python {wanted} 或更新的", f"install Python {wanted} or newer")
    yield Diagnosis(_same("Python"), _same(".".join(map(str, version))), version[:2] >= PYTHON, remedy)


def packages() -> Iterator[Diagnosis]:
    """Every distribution that this one requires: there, and of the version where one is pinned."""
    name = Message("Python 程序包", "Python packages")
    install = Message(f"pip install --force-reinstall {DISTRIBUTION}", f"pip install --force-reinstall {DISTRIBUTION}")
    try:
        wanted = [r for r in importlib.metadata.requires(DISTRIBUTION) or [] if "extra ==" not in r]
    except importlib.metadata.PackageNotFoundError:
        what = Message("本程序不是装上的，查不了依赖", "this program was not installed; what it needs is unknown")
        yield Diagnosis(name, what, None, Message(f"pip install {DISTRIBUTION}", f"pip install {DISTRIBUTION}"))
        return
    wrong = []
    for requirement in wanted:
        parts = re.match(r"([\w.-]+)(?:\[[^]]*\])?\s*(?:==\s*([\w.]+))?", requirement)
        if not parts:
            continue
        try:
            version = importlib.metadata.version(parts[1])
        except importlib.metadata.PackageNotFoundError:
            wrong.append(Message(f"没有 {parts[1]}", f"{parts[1]} is missing"))
            continue
        if parts[2] and version != parts[2]:
            wrong.append(Message(f"{parts[1]} {version}，应为 {parts[2]}", f"{parts[1]} {version}, not {parts[2]}"))
    found = _together(wrong) or Message(f"{len(wanted)} 个都在", f"all {len(wanted)} are there")
    yield Diagnosis(name, found, not wrong, install)


def extras() -> Iterator[Diagnosis]:
    """The extras: what is left out stops those alone who use it."""
    missing = [name for name in EXTRAS if not is_installed(name)]
    if missing:
        purposes = [EXTRAS[name].purpose for name in missing]
        zh, en = "、".join(one.zh for one in purposes), ", ".join(one.en for one in purposes)
        found = Message(f"没有装：{zh}", f"not installed: {en}")
    else:
        found = Message(f"{len(EXTRAS)} 组都在", f"all {len(EXTRAS)} are there")
    yield Diagnosis(
        Message("附加的程序包", "extras"), found, None if missing else True, _same(install_command(*missing))
    )


def _together(words: Sequence[Message]) -> Message | None:
    return Message("；".join(w.zh for w in words), "; ".join(w.en for w in words)) if words else None


def libraries() -> Iterator[Diagnosis]:
    """Pango and HarfBuzz, which WeasyPrint loads; it is imported in another process, since it may crash the interpreter."""
    remedy = _how_to(0)
    version = _pango_version()
    if version is None:
        yield Diagnosis(_same("Pango"), Message("没有找到", "not found"), False, remedy)
    else:
        yield Diagnosis(_same("Pango"), _same(".".join(map(str, version))), version[:2] >= PANGO, remedy)
    done = subprocess.run(
        [sys.executable, "-c", "import weasyprint; print(weasyprint.__version__)"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1][:200]
        yield Diagnosis(_same("WeasyPrint"), Message(f"不能用：{last}", f"cannot be used: {last}"), False, remedy)
    else:
        yield Diagnosis(_same("WeasyPrint"), _same(done.stdout.strip()))
    if not _library("harfbuzz-subset"):
        missing = Message("没有找到，PDF 会大一些", "not found; PDFs will be larger")
        yield Diagnosis(_same("HarfBuzz subset"), missing, None, remedy)


def _library(name: str) -> ctypes.CDLL | None:
    names = [ctypes.util.find_library(name), f"lib{name}.so.0", f"lib{name}.0.dylib", f"lib{name}-0.dll"]
    for candidate in filter(None, names):
        try:
            return ctypes.CDLL(candidate)
        except OSError:
            continue
    return None


def _pango_version() -> tuple[int, int, int] | None:
    pango = _library("pango-1.0")
    if pango is None:
        return None
    number = int(pango.pango_version())
    return number // 10_000, number // 100 % 100, number % 100


def _how_to(which: int) -> Message:
    """The command of this system's package manager: for the libraries (0) or Ghostscript (1)."""
    for manager, commands in _SYSTEMS.items():
        if shutil.which(manager):
            return _same(commands[which])
    if os.name == "nt":
        sites = ("doc.courtbouillon.org/weasyprint → Installation → Windows", "ghostscript.com/releases")
        return Message(f"照 {sites[which]} 的说明装", f"follow {sites[which]}")
    names = ("Pango ≥ 1.44, HarfBuzz", "Ghostscript")
    return Message(f"用系统的软件管理器装 {names[which]}", f"install {names[which]} with the system's package manager")


def fonts() -> Iterator[Diagnosis]:
    """The files of `fonts/` by their hashes: other fonts would set other lines."""
    from ..runtime.resources import data_folder

    name = Message("字体", "fonts")
    remedy = Message(
        f"重装：pip install --force-reinstall {DISTRIBUTION}", f"pip install --force-reinstall {DISTRIBUTION}"
    )
    try:
        folder = data_folder("fonts")
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Diagnosis(name, Message(f"字体清单读不出来：{error}", f"the list cannot be read: {error}"), False, remedy)
        return
    wrong = [face for face, about in manifest.items() if not _is_sound(folder / about["file"], about["sha256"])]
    if wrong:
        found = Message(f"{'、'.join(wrong)} 缺失或被改过", f"{', '.join(wrong)} missing or changed")
    else:
        found = Message(f"{len(manifest)} 款完好", f"all {len(manifest)} sound")
    yield Diagnosis(name, found, not wrong, remedy)


def _is_sound(file: Path, sha256: str) -> bool:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == sha256
    except OSError:
        return False


def colour_profiles() -> Iterator[Diagnosis]:
    """Every shipped printer's profile with its ICC file."""
    from ..press.printer import load_printer
    from ..runtime.resources import data_folder

    name = Message("印厂档案和 ICC", "printers' profiles and ICC")
    wrong, printers = [], sorted(data_folder("styles").glob("printers/*.yaml"))
    for file in printers:
        try:
            load_printer(file.stem)
        except LayoutError as error:
            wrong.append(
                Message(f"{file.stem}：{error.problems[0].what.zh}", f"{file.stem}: {error.problems[0].what.en}")
            )
    if not printers:
        wrong = [Message("没有", "none")]
    found = _together(wrong) or Message(f"{len(printers)} 份完好", f"all {len(printers)} sound")
    yield Diagnosis(name, found, not wrong, _same(f"pip install --force-reinstall {DISTRIBUTION}"))


def ghostscript() -> Iterator[Diagnosis]:
    """It measures total ink and makes outlined files; issues can be built without it."""
    name = _same("Ghostscript")
    program = shutil.which("gs")
    try:
        done = subprocess.run([program or "gs", "--version"], capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        what = Message("没有：总墨量量不了，--outlined 用不了", "missing: no total ink, no --outlined")
        yield Diagnosis(name, what, None, _how_to(1))
        return
    yield Diagnosis(name, _same(done.stdout.strip()))


def cache() -> Iterator[Diagnosis]:
    """Whether the cache folder and that of temporary files can be written and have free space."""
    from ..runtime.cache import cache_folder
    from ..runtime.ownership import make_own, who_else_writes

    for name, folder in (
        (Message("缓存", "cache"), cache_folder()),
        (Message("临时文件", "temporary files"), Path(tempfile.gettempdir())),
    ):
        try:
            make_own(folder)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"\0")
            free = shutil.disk_usage(folder).free // 2**20
            others = who_else_writes(folder) if folder == cache_folder() else None
        except OSError as error:
            what = Message(f"{folder} 写不进去：{error.strerror}", f"{folder} cannot be written: {error.strerror}")
            remedy = Message(
                "改权限，或用环境变量 LAYOUT_CACHE、TMPDIR 另指一个文件夹", "set LAYOUT_CACHE or TMPDIR to another"
            )
            yield Diagnosis(name, what, False, remedy)
            continue
        if others:
            found = Message(f"没有用：{others.zh}", f"not used: {others.en}")
            remedy = Message(
                f"删去 {folder}，或用 LAYOUT_CACHE 另指一个只有自己能写的文件夹",
                f"delete {folder}, or set LAYOUT_CACHE to a folder that you alone can write to",
            )
            yield Diagnosis(name, found, None, remedy)
            continue
        found = Message(f"{folder}，还有 {free} MB", f"{folder}, {free} MB free")
        yield Diagnosis(
            name, found, True if free > _SPACE else None, Message("腾出一些磁盘空间", "free some disk space")
        )


def encoding() -> Iterator[Diagnosis]:
    """Chinese file names and messages come through."""
    bad = [name for name in (sys.getfilesystemencoding(), sys.stdout.encoding or "utf-8") if not _takes_chinese(name)]
    found = Message(f"{'、'.join(bad)} 不能写汉字", f"{', '.join(bad)} cannot hold Chinese") if bad else _same("UTF-8")
    yield Diagnosis(Message("文字编码", "encoding"), found, None if bad else True, _same("PYTHONUTF8=1"))


def _takes_chinese(encoding: str) -> bool:
    try:
        "苇泾镇".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def trial() -> Iterator[Diagnosis]:
    """The example issue, begun, built and held to the preflight."""
    import datetime

    from ..editor.new_issue.starter import NewIssue, write_issue
    from ..production import build

    name = Message("试排一期", "an issue on trial")
    publication = {"title": "试排", "sponsor": "试排", "publisher": "试排"}
    with tempfile.TemporaryDirectory(prefix="layout-") as place:
        folder = Path(place, "issue")
        write_issue(NewIssue(1, datetime.date(2026, 1, 1), 1, "town", "", publication), folder)
        try:
            report = build(folder, Path(place, "issue.pdf"), cache=False)
        except Exception as error:  # every kind of failure of the machine is a result
            what = Message(f"中断：{error!r}", f"it broke: {error!r}")
            yield Diagnosis(
                name, what, False, Message("把上面这一行发给维护者", "send the line above to the maintainers")
            )
            return
    errors = [problem for problem in report.problems if has_errors([problem])]
    found = Message("排好了，印前检查通过", "built, and the preflight lets it pass")
    if errors:
        found = errors[0].what
    yield Diagnosis(name, found, report.ok, Message("把上面这一行发给维护者", "send the line above to the maintainers"))
