"""An input: files, links and options, made from a seed or kept as a case."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import yaml
from msgspec import Struct, field

CASES = Path(__file__).parent / "cases"
BUILT, REFUSED = "built", "refused"


class Input(Struct):
    """What one trial is given. `files` lie in its folder, `links` are symbolic; `options` say what is done with them."""

    kind: str
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name, target in self.links.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.symlink(target, folder / name)

    def keep(self, folder: Path, fault: str, note: str = "") -> None:
        """Writes it as a case that is replayed from now on."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        said = {"fault": fault, "note": note, "links": self.links, "options": self.options}
        text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
        for name, data in self.files.items():
            path = folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def read_case(folder: Path) -> Input:
    """A case from its folder, `cases/KIND/NAME`."""
    said = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    root = folder / "files"
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    return Input(folder.parent.name, files, said.get("links") or {}, said.get("options") or {})


def all_cases() -> list[Path]:
    return sorted(path.parent for path in CASES.glob("*/*/case.yaml"))


class Kind(Struct, frozen=True):
    """A kind of inputs. `attempt` tries one in the current folder, where it lies in `issue/`, and gives BUILT or
    REFUSED; what it raises is a fault. `weight` is its share of a run's time, `full` how many a whole run tries."""

    name: str
    generate: Callable[[Random], Input]
    attempt: Callable[[Input, Path], str]
    weight: float
    full: int
    writes: bool = False  # into the folder of its input
    seconds: float = 20.0  # of the processor
    megabytes: int = 600
    watched: bool = True  # its files; a kind that starts processes of its own is not
    each: int = 500  # inputs tried in one process


def choose(random: Random, weights: Mapping[str, float]) -> str:
    return random.choices([*weights], [*weights.values()])[0]
