"""Stored artifacts: furniture, pictures, subsets, by the hash of everything that they depend on."""

from __future__ import annotations

import os
import sys
import zlib
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar

from .ownership import make_own, who_else_writes

_FORMAT = b"layout 2"
_CHECK = 16
_MOST_IN_MEMORY = 64 << 20
_BLOCK = 4096  # bytes that one byte of the tally stands for


def digest(*parts: bytes | str) -> str:
    """One name for these parts in this order."""
    whole = blake2b(_FORMAT, digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.hexdigest()


@lru_cache(16)
def versions(*distributions: str) -> str:
    """The versions of distributions, from the names of their `.dist-info` folders.

    (`importlib.metadata` has the same after 50 ms.)
    """
    found = [zlib.ZLIB_RUNTIME_VERSION]
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError):
            names = [entry.lower() for entry in os.listdir(folder or ".") if entry.endswith(".dist-info")]
            found += sorted(n for n in names if n.partition("-")[0] in distributions)
    return " ".join(found)


class ArtifactStore:
    """Bytes by name, in memory and, unless `folder` is None, in files.

    A file ends in its checksum and appears whole or not at all, so that builds may share a folder; what cannot be
    read counts as missing, and a folder that cannot be written is no error. `limit` bounds the folder, in bytes: what
    was not used for longest goes first. A folder that others can write into is not used.
    """

    _memory: ClassVar[
        dict[str, bytes]
    ] = {}  # of the process: a name is the hash of everything that its bytes depend on
    _held: ClassVar[int] = 0

    def __init__(self, folder: Path | None, limit: int = 512 << 20) -> None:
        self.folder = folder if folder and not who_else_writes(folder) else None
        self.limit = limit
        self._written = 0

    def get(self, key: str) -> bytes | None:
        if (data := ArtifactStore._memory.get(key)) is not None:
            return data
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            with path.open("rb") as file:
                packed = file.read()
        except OSError:
            return None
        data = packed[:-_CHECK]
        if len(packed) < _CHECK or blake2b(data, digest_size=_CHECK).digest() != packed[-_CHECK:]:
            return None
        with suppress(OSError):
            os.utime(path)
        self._remember(key, data)
        return data

    def put(self, key: str, data: bytes) -> None:
        self._remember(key, data)
        if self.folder is None:
            return
        path = self._path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}.{id(data):x}")
        try:
            make_own(path.parent)
            with part.open("wb") as file:
                file.write(data)
                file.write(blake2b(data, digest_size=_CHECK).digest())
            part.replace(path)
            self._written += len(data)
        except OSError:
            with suppress(OSError):
                part.unlink()

    def close(self) -> None:
        """Reduces the folder to its limit where it may exceed it.

        Listing a folder of many files takes longer than a build, so a tally file counts what was written: every build
        adds to it, and one of them lists the folder when the tally has come to a sixteenth of the limit.
        """
        if self.folder is None or not self._written:
            return
        tally, written, self._written = self.folder / "tally", self._written, 0
        with suppress(OSError):
            with tally.open("ab") as file:
                file.write(b"." * -(-written // _BLOCK))
                whole = file.tell()
            if whole * _BLOCK < self.limit // 16:
                return
            tally.unlink()
        files = []
        with suppress(OSError):
            for folder in os.scandir(self.folder):
                if folder.is_dir():
                    files += [_age(entry) for entry in os.scandir(folder.path)]
        total = sum(size for _, size, _ in files)
        if total <= self.limit * 15 // 16:
            return
        for _, size, path in sorted(files):
            with suppress(OSError):
                os.unlink(path)
            total -= size
            if total <= self.limit * 0.8:
                return

    @classmethod
    def clear_memory(cls) -> None:
        """Clears the artifacts in the process's memory."""
        cls._memory.clear()
        cls._held = 0

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / key[2:]

    @classmethod
    def _remember(cls, key: str, data: bytes) -> None:
        if len(data) > _MOST_IN_MEMORY // 8:
            return
        if cls._held + len(data) > _MOST_IN_MEMORY:
            cls.clear_memory()
        cls._memory[key] = data
        cls._held += len(data)


def _age(entry: os.DirEntry[str]) -> tuple[int, int, str]:
    """When a file was used last, its size, its path; one that has just been removed has size 0."""
    try:
        state = entry.stat()
    except OSError:
        return 0, 0, entry.path
    return state.st_mtime_ns, state.st_size, entry.path
