"""What is kept is never wrong: broken files count as missing, the folder has a limit, builds may share it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from layout.composition import Colour
from layout.pdf.form_xobject import FormXObject, ShownGlyph
from layout.runtime.store import ArtifactStore, digest, versions

KEY = digest("a")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    ArtifactStore.clear_memory()


def test_what_is_put_is_got_by_another_process(tmp_path: Path) -> None:
    ArtifactStore(tmp_path).put(KEY, b"piece")
    ArtifactStore.clear_memory()
    assert ArtifactStore(tmp_path).get(KEY) == b"piece"
    assert ArtifactStore(tmp_path).get(digest("b")) is None


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = ArtifactStore(None)
    store.put(KEY, b"piece")
    assert store.get(KEY) == b"piece"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:3] + b"X" + data[4:]])
def test_a_torn_file_counts_as_missing_and_is_written_anew(tmp_path: Path, damage: object) -> None:
    ArtifactStore(tmp_path).put(KEY, b"a piece of furniture")
    (file,) = tmp_path.glob("*/*")
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    ArtifactStore.clear_memory()
    store = ArtifactStore(tmp_path)
    assert store.get(KEY) is None
    store.put(KEY, b"a piece of furniture")
    ArtifactStore.clear_memory()
    assert store.get(KEY) == b"a piece of furniture"


def test_the_folder_keeps_under_its_limit_and_drops_what_was_not_used_longest(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path, limit=10_000)
    for number in range(12):
        store.put(digest(str(number)), bytes(1000))
        path = tmp_path / digest(str(number))[:2] / digest(str(number))[2:]
        os.utime(path, (1000 + number, 1000 + number))
    ArtifactStore.clear_memory()
    assert store.get(digest("0")) is not None  # used now
    store.close()
    assert sum(file.stat().st_size for file in tmp_path.glob("*/*")) <= 10_000
    ArtifactStore.clear_memory()
    assert store.get(digest("0")) is not None
    assert store.get(digest("1")) is None
    assert store.get(digest("11")) is not None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = ArtifactStore(tmp_path / "file")
    store.put(KEY, b"piece")
    store.close()
    assert store.get(KEY) == b"piece"


def test_builds_at_once_share_a_folder(tmp_path: Path) -> None:
    def build(number: int) -> bool:
        store = ArtifactStore(tmp_path)
        for turn in range(50):
            key = digest(str(turn % 7))
            store.put(key, str(turn % 7).encode() * 1000)
            ArtifactStore.clear_memory()
            data = store.get(key)
            if data is not None and data != str(turn % 7).encode() * 1000:
                return False
        return True

    with ThreadPoolExecutor(4) as crew:
        assert all(crew.map(build, range(4)))
    assert not [file for file in tmp_path.glob("*/*") if "." in file.name]


def test_names_depend_on_every_part_and_where_it_ends() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("c", "ab")}) == 4


def test_versions_are_those_of_the_installed_distributions() -> None:
    assert "weasyprint-70" in versions("weasyprint")


def test_a_frozen_piece_survives_packing() -> None:
    fragment = FormXObject(
        ((b"<</A \x001\x00>>", None), (b"/Type/XObject", b"\x00\n>>stream")),
        12.5,
        30.0,
        (ShownGlyph("Song-Regular", 77, 1000, "柳"),),
        (Colour(0, 1, 0.8, 0, spot="PANTONE 186 C"),),
    )
    assert FormXObject.unpack(fragment.pack()) == fragment


def test_a_folder_far_from_its_limit_is_not_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: looked.append(folder) or scandir(folder))
    for number in range(16):  # as many builds
        store = ArtifactStore(tmp_path, limit=1_000_000)
        store.put(digest(str(number)), bytes(4096))
        store.close()
        assert bool(looked) == (number == 15)
