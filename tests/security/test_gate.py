"""The gate itself, and what is kept between builds."""

from __future__ import annotations

import ast
import os
import pickle
import re
from hashlib import blake2b
from pathlib import Path

import pytest

import issues
import layout
from layout.editor.doctor import cache as look_at_cache
from layout.errors import Message
from layout.production import build
from layout.runtime.gate import Gate, Outside, leads_out, place_in
from layout.runtime.limits import Limit, LimitError
from layout.runtime.ownership import who_else_writes
from layout.runtime.store import ArtifactStore

SOURCES = Path(layout.__file__).parent


def test_a_file_inside_is_read_and_one_outside_is_not(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    gate = Gate((tmp_path / "in",))
    assert gate.read(tmp_path / "in" / "a") == b"a"
    for path in (tmp_path / "b", tmp_path / "in" / ".." / "b", tmp_path / "inside", tmp_path / "in\0"):
        with pytest.raises((Outside, FileNotFoundError)):
            gate.read(path)
    with pytest.raises(LimitError):
        gate.read(tmp_path / "in" / "a", Limit("none", 0, Message("字节", "bytes")))


def test_a_folder_that_becomes_a_link_after_it_was_looked_at_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between resolving and opening somebody puts a link in the place of a folder."""
    for name in ("in/sub", "out"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a").write_text(name)
    gate, find = Gate((tmp_path / "in",)), Gate.find

    def swapped(self: Gate, path: str | Path) -> Path:
        found = find(self, path)
        (tmp_path / "in" / "sub").rename(tmp_path / "moved")
        (tmp_path / "in" / "sub").symlink_to(tmp_path / "out")
        return found

    monkeypatch.setattr(Gate, "find", swapped)
    with pytest.raises(OSError, match="not inside"):
        gate.read(tmp_path / "in" / "sub" / "a")


def test_a_file_that_becomes_a_link_after_it_was_looked_at_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    for name in ("in/a", "b"):
        (tmp_path / name).write_text(name)
    gate, find = Gate((tmp_path / "in",)), Gate.find

    def swapped(self: Gate, path: str | Path) -> Path:
        found = find(self, path)
        found.unlink()
        found.symlink_to(tmp_path / "b")
        return found

    monkeypatch.setattr(Gate, "find", swapped)
    with pytest.raises(OSError, match=r"."):
        gate.read(tmp_path / "in" / "a")


@pytest.mark.parametrize("name", ["..", "../x", "a/../../x", "/x", "\\x", "\\\\s\\x", "C:x", "C:\\x", "a\0"])
def test_a_name_that_leads_out_in_so_many_words(name: str, tmp_path: Path) -> None:
    assert leads_out(name)
    assert place_in(tmp_path, name) is None


@pytest.mark.parametrize("name", ["x", "a/x", "a/../x", "./x", "桥.png", "..x", "a..b/x"])
def test_a_name_that_does_not(name: str, tmp_path: Path) -> None:
    assert not leads_out(name)
    assert place_in(tmp_path, name) == tmp_path / name


def test_links_of_installed_packages_may_lead_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some installers link the files of packages to a store of theirs."""
    home = tmp_path / "site-packages"
    (home / "harbour").mkdir(parents=True)
    (tmp_path / "store").write_text("name: harbour")
    (home / "harbour" / "style.yaml").symlink_to(tmp_path / "store")
    gate = Gate((home / "harbour",))
    with pytest.raises(Outside):
        gate.read(home / "harbour" / "style.yaml")
    monkeypatch.syspath_prepend(str(home))
    assert gate.read(home / "harbour" / "style.yaml") == b"name: harbour"


# What is kept.


def test_a_cache_that_others_can_write_into_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    assert ArtifactStore(folder).folder == folder
    for mode in (0o770, 0o707, 0o722):
        folder.chmod(mode)
        assert ArtifactStore(folder).folder is None
    folder.chmod(0o700)
    tmp_path.chmod(0o777)
    assert ArtifactStore(folder).folder is None  # somebody may put another in its place
    tmp_path.chmod(0o1777)
    assert ArtifactStore(folder).folder == folder  # not where the sticky bit is, as in /tmp


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_nor_is_one_that_belongs_to_somebody_else(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)
    assert "somebody else" in str(who_else_writes(folder))
    assert ArtifactStore(folder).folder is None


def test_nor_one_behind_a_link_into_such_a_folder(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "cache").symlink_to("open")
    assert who_else_writes(tmp_path / "cache")


def test_what_is_kept_is_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        ArtifactStore(tmp_path / "new" / "cache").put("ab" * 20, b"x")
    finally:
        os.umask(before)
    folders = [path for path in (tmp_path / "new", *(tmp_path / "new").rglob("*")) if path.is_dir()]
    assert len(folders) == 3
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_a_build_and_the_doctor_say_that_the_cache_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "cache"))
    data = issues.issue({"a": issues.article(200, rank="lead")}, [{30: " ".join(["a"] * 6)}])
    report = build(issues.write(tmp_path / "issue", data), tmp_path / "a.pdf")
    assert report.ok
    assert "cache" in {problem.rule for problem in report.problems}
    assert not [*(tmp_path / "cache").iterdir()]
    assert "not used" in next(look_at_cache()).found.en


def test_what_a_stranger_put_into_the_cache_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "run"),)

    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "cache"))
    data = issues.issue({"a": issues.article(200, rank="lead")}, [{30: " ".join(["a"] * 6)}])
    folder = issues.write(tmp_path / "issue", data)
    assert build(folder, tmp_path / "a.pdf").ok
    ArtifactStore.clear_memory()
    bomb = pickle.dumps(Bomb())
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file() and path.name != "tally":
            path.write_bytes(bomb + blake2b(bomb, digest_size=16).digest())
    build(folder, tmp_path / "a.pdf")
    assert not (tmp_path / "run").exists()


def test_pickles_come_from_our_own_children_alone() -> None:
    """Whoever unpickles says where the bytes come from; nothing that is kept on disk is."""
    found = {}
    for path in SOURCES.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"^\s*(?:import|from) (?:c?[Pp]ickle|marshal|shelve|dill|joblib)", text, re.M):
            found[path.relative_to(SOURCES).as_posix()] = [
                line for line in text.splitlines() if "pickle.load" in line and "def " not in line
            ]
    assert set(found) <= {"page/flow/workers.py", "runtime/processes/worker.py"}
    assert all("# of" in line for lines in found.values() for line in lines)


@pytest.mark.slow
def test_no_other_environment_of_jinja2() -> None:
    """Every template is rendered in the sandbox."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", "") or getattr(node, "id", "")
            assert name not in {"Environment", "NativeEnvironment", "FileSystemLoader", "Template"}, path
