"""Files that are written: whole or not at all, by drafts of their own, wherever they go."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import layout
from issues import article, issue, write
from layout.cli.main import main
from layout.errors import Severity
from layout.runtime.files import draft_for, whole_file, whole_files, whole_folder, write_bytes

GOOD = issue({"a": article(300)}, [{20: "a"}])
OTHER = issue({"a": article(260, headline="渡口夜校开课两月")}, [{20: "a"}])


def strays(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".part")]


def test_a_file_appears_when_it_is_finished(tmp_path):
    target = tmp_path / "new" / "a.txt"
    with whole_file(target) as draft:
        draft.write_text("稿")
        assert draft.parent == target.parent
        assert not target.exists()
    assert (target.read_text(), os.listdir(target.parent)) == ("稿", ["a.txt"])


def test_a_file_stays_as_it_was_where_its_writing_fails(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("旧")
    with pytest.raises(ZeroDivisionError), whole_file(target) as draft:  # noqa: PT012
        draft.write_text("半")
        raise ZeroDivisionError
    assert (target.read_text(), os.listdir(tmp_path)) == ("旧", ["a.txt"])


def test_the_umask_is_honoured_and_a_mode_that_was_there_is_kept(tmp_path):
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "new", b"1")
        (tmp_path / "old").write_bytes(b"0")
        (tmp_path / "old").chmod(0o664)
        write_bytes(tmp_path / "old", b"1")
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "old")] == [0o640, 0o664]


def test_a_link_is_followed(tmp_path):
    (tmp_path / "shelf").mkdir()
    (tmp_path / "a.pdf").symlink_to("shelf/b.pdf")
    write_bytes(tmp_path / "a.pdf", b"1")
    assert (tmp_path / "a.pdf").is_symlink()
    assert (tmp_path / "shelf" / "b.pdf").read_bytes() == b"1"


def test_a_link_to_itself_is_refused(tmp_path):
    (tmp_path / "a").symlink_to("a")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        write_bytes(tmp_path / "a", b"1")
    assert (tmp_path / "a").is_symlink()


def test_a_pipe_is_written_through(tmp_path):
    pipe, data = tmp_path / "pipe", os.urandom(300_000)
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write_bytes(pipe, data)
    reader.join(20)
    assert heard == [data]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_written_through_and_stays_a_device(tmp_path):
    try:
        os.mknod(tmp_path / "sink", 0o600 | stat.S_IFCHR, os.makedev(1, 3))
        with (tmp_path / "sink").open("wb") as sink:
            sink.write(b"1")
    except OSError:
        pytest.skip("devices may not be made or used here")
    report = layout.build(write(tmp_path / "issue", GOOD), tmp_path / "sink")
    assert report.ok
    assert stat.S_ISCHR((tmp_path / "sink").stat().st_mode)
    assert not strays(tmp_path)


@pytest.mark.parametrize("name", [".", "..", "/", "", "字" * 200, "a\0b"])
def test_what_cannot_be_a_file_is_a_message(name, tmp_path, monkeypatch):
    folder = write(tmp_path / "issue", GOOD)
    monkeypatch.chdir(tmp_path)
    report = layout.build(folder, name)
    assert [problem.rule for problem in report.problems if problem.severity is Severity.ERROR] == ["unwritable"]
    assert sorted(os.listdir(tmp_path)) == ["issue"]


def test_files_that_belong_together_appear_together(tmp_path):
    (tmp_path / "a").write_text("旧")
    (tmp_path / "c").mkdir()
    with pytest.raises(OSError, match=os.strerror(errno.EISDIR)), whole_files() as draft_of:  # noqa: PT012
        for name in "abc":
            draft_of(tmp_path / name).write_text("新")
    assert (sorted(os.listdir(tmp_path)), (tmp_path / "a").read_text()) == (["a", "c"], "旧")


def test_files_that_were_put_are_taken_back_where_a_later_one_cannot_be(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("旧")
    replace = os.replace

    def full(source, target):
        if Path(target).name == "c":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    monkeypatch.setattr("layout.runtime.files.os.replace", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)), whole_files() as draft_of:  # noqa: PT012
        for name in "abc":
            draft_of(tmp_path / name).write_text("新")
    assert (os.listdir(tmp_path), (tmp_path / "a").read_text()) == (["a"], "旧")


def test_a_folder_appears_whole(tmp_path):
    (tmp_path / "new").mkdir()
    with whole_folder(tmp_path / "new") as draft:
        (draft / "a").write_text("1")
        assert not os.listdir(tmp_path / "new")
    assert (os.listdir(tmp_path), os.listdir(tmp_path / "new")) == (["new"], ["a"])
    with pytest.raises(OSError, match=os.strerror(errno.ENOTEMPTY)), whole_folder(tmp_path / "new") as draft:
        (draft / "b").write_text("1")
    assert (os.listdir(tmp_path), os.listdir(tmp_path / "new")) == (["new"], ["a"])


KILLED = """
import os, signal, sys
from pathlib import Path
from layout.runtime.files import draft_for, whole_folder
with draft_for(Path(sys.argv[1], "a.pdf")) as draft, whole_folder(Path(sys.argv[1], "b")) as folder:
    draft.write_bytes(b"half")
    (folder / "c").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, timeout=60)
    assert len(strays(tmp_path)) == 2
    theirs = tmp_path / ".somebody.part"
    theirs.write_bytes(b"1")
    with draft_for(tmp_path / "other") as alive:
        write_bytes(tmp_path / "a.pdf", b"1")
        assert sorted(os.listdir(tmp_path)) == sorted([alive.name, theirs.name, "a.pdf"])
    assert sorted(os.listdir(tmp_path)) == sorted([theirs.name, "a.pdf"])


def test_builds_at_the_same_time_to_one_file_have_drafts_of_their_own(tmp_path):
    folders = [write(tmp_path / name, data) for name, data in (("one", GOOD), ("two", OTHER))] * 3
    alone = set()
    for folder in folders[:2]:
        layout.build(folder, tmp_path / "alone.pdf")
        alone.add((tmp_path / "alone.pdf").read_bytes())
    with ThreadPoolExecutor(6) as crew:
        reports = list(crew.map(lambda folder: layout.build(folder, tmp_path / "out" / "a.pdf"), folders))
    assert all(report.ok for report in reports)
    assert os.listdir(tmp_path / "out") == ["a.pdf"]
    assert (tmp_path / "out" / "a.pdf").read_bytes() in alone


def test_what_the_preflight_refuses_is_kept_beside_the_last_good_file(tmp_path):
    profile = tmp_path / "strict.yaml"
    profile.write_text("name: strict\nextends: offset-coated\nrules: {S10: error}\n")
    folder = write(tmp_path / "issue", GOOD)
    assert layout.build(folder, tmp_path / "a.pdf").ok
    good = (tmp_path / "a.pdf").read_bytes()
    report = layout.build(folder, tmp_path / "a.pdf", printer=profile)
    assert "refused" in [problem.rule for problem in report.problems]
    assert (tmp_path / "a.pdf").read_bytes() == good
    assert (tmp_path / "a.refused.pdf").read_bytes()[:5] == b"%PDF-"
    assert not strays(tmp_path)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 20 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20k", "tmpfs", place], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=False)


def test_a_full_disk_is_a_message_and_leaves_no_half_files(small_disk, tmp_path, capsys):
    folder = write(tmp_path / "issue", GOOD)
    pdf = tmp_path / "a.pdf"
    assert layout.build(folder, pdf).ok
    commands = [
        ["build", folder, "-o", small_disk / "a.pdf"],
        ["preflight", pdf, "--html", small_disk / "a.html", "--no-ink"],
        ["build", folder, "-o", pdf, "--for-print", small_disk / "delivery"],
        ["impose", pdf, "--style", "2-up", "-o", small_disk / "imposed.pdf"],
        ["proof", folder, "-o", small_disk / "proof"],
    ]
    for command in commands:
        assert main([*map(str, command), "--lang", "en"]) == 1
        assert "cannot be written: No space left" in capsys.readouterr().err
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
