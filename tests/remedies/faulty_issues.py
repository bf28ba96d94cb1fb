"""Faulty issues, written as data: a sound issue (`bases/`), what is changed in it, what has to be reported, and where.

A file of `faults/` is a list of

    fault: what an editor did
    base: a folder of `bases/`
    change: {file: {text: text in its place, …}, other: whole text, gone.md: null, file.md: BASE, half.jpg: half of whole.jpg}
    reports: [rules, the first of them at ▸]
    choices: {words of the remedy: the change that an editor makes of them, …}

⟪300⟫ in a text is neutral text of 300 characters. ▸ stands before the character that the message points at, and is in no file. `said` in the place of `choices`
has what the remedy names (numbers, names, commands) done as it stands, by `said_remedies`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from issues import copy

HERE = Path(__file__).parent
POINT = "▸"
PICTURE_PIXELS = {
    "field": (1800, 1200),
    "boat": (1200, 1800),
    "large": (2400, 1600),
    "medium": (420, 280),
    "small": (120, 80),
}

Change = Mapping[str, Any]  # file → {text: text in its place}, a whole text, or None


class Fault(NamedTuple):
    name: str
    base: str
    change: Change
    reports: tuple[str, ...]
    choices: Mapping[str, Change] | None  # None: what the remedy says is done
    says: tuple[str, ...] = ()
    slow: bool = False
    at: str = ""  # where no ▸ can stand: file:line:column


def load_faults() -> list[Fault]:
    found = []
    for file in sorted((HERE / "faults").glob("*.yaml")):
        for one in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader):  # all are strings
            reports, says = one["reports"], one.get("says", ())
            found.append(
                Fault(
                    f"{file.stem}: {one['fault']}",
                    one.get("base", "page"),
                    one["change"],
                    (reports,) if isinstance(reports, str) else tuple(reports),
                    one.get("choices"),
                    (says,) if isinstance(says, str) else tuple(says),
                    one.get("slow") == "true",
                    one.get("at", ""),
                )
            )
    return found


def write_base(name: str, folder: Path) -> None:
    """The files of a base, and the pictures that it names."""
    base = HERE / "bases" / name
    for file in sorted(base.rglob("*")):
        if file.is_file():
            target = folder / file.relative_to(base)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    write_pictures(folder)


def write_pictures(folder: Path) -> None:
    (folder / "pictures").mkdir(exist_ok=True)
    for name, data in _pictures().items():
        (folder / "pictures" / name).write_bytes(data)


@cache
def _pictures() -> dict[str, bytes]:
    """Pictures by file, drawn once: no test needs a photograph."""
    from PIL import Image

    found = {}
    for name, size in PICTURE_PIXELS.items():
        picture = Image.linear_gradient("L").resize(size).convert("RGB")
        for kind, suffix in (("JPEG", "jpg"), ("GIF", "gif")):
            if kind == "JPEG" or name == "small":
                picture.save(file := BytesIO(), kind, dpi=(300, 300))
                found[f"{name}.{suffix}"] = file.getvalue()
    return found


def _with_copy(text: str) -> str:
    return re.sub("⟪(\\d+)⟫", lambda found: copy(int(found[1])), text)


def _bytes(words: str, name: str, base: str, folder: Path) -> bytes:
    """What cannot be written down as text; empty where `words` are the text itself."""
    if words == "BASE":
        return (HERE / "bases" / base / name).read_bytes()
    if words == "in GB 18030":
        return (HERE / "bases" / base / name).read_text(encoding="utf-8").encode("gb18030")
    if (folder / words).is_file():
        return (folder / words).read_bytes()
    if words.startswith("half of "):
        data = (folder / words.removeprefix("half of ")).read_bytes()
        return data[: len(data) // 2]
    return b""


def apply(change: Change, base: str, folder: Path) -> tuple[str, int, int] | None:
    """Makes a change; the place of ▸: file, line and column."""
    place = None
    for name, what in change.items():
        file = folder / name
        if what == "null":
            file.unlink()
            continue
        if isinstance(what, str) and (data := _bytes(what, name, base, folder)):
            file.write_bytes(data)
            continue
        text = _with_copy(what) if isinstance(what, str) else ""
        if isinstance(what, dict):
            text = file.read_text(encoding="utf-8")
            for old, new in ((_with_copy(one), _with_copy(other)) for one, other in what.items()):
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
                text = text.replace(old, new)
        before, point, after = text.partition(POINT)
        if point:
            place = (name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(before + after, encoding="utf-8", newline="")
    return place
