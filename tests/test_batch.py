"""Many issues: each is built, one that fails stops no other, on any executor."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext

import pytest

import layout
from issues import article, issue, write
from layout.cli.main import main

GOOD = issue({"a": article(300)}, [{20: "a"}])
BAD = issue({"a": article(5000)}, [{20: "a"}])


@pytest.fixture
def archive(tmp_path):
    return [write(tmp_path / name, data) for name, data in (("one", GOOD), ("two", BAD), ("three", GOOD))]


@pytest.mark.parametrize("make", [nullcontext, lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(2)])
def test_one_issue_that_fails_stops_no_other(make, archive, tmp_path):
    with make() as executor:
        reports = layout.build_many(archive, executor, folder=tmp_path / "out")
    assert [folder.name for folder in reports] == ["one", "two", "three"]
    assert [report.ok for report in reports.values()] == [True, False, True]
    assert sorted(file.name for file in (tmp_path / "out").glob("*.pdf")) == ["one.pdf", "three.pdf"]


def test_executors_give_the_bytes_that_building_alone_gives(archive, tmp_path):
    with ProcessPoolExecutor(2) as executor:
        layout.build_many(archive, executor, folder=tmp_path / "out")
    layout.build(archive[0], tmp_path / "alone.pdf")
    assert (tmp_path / "alone.pdf").read_bytes() == (tmp_path / "out" / "one.pdf").read_bytes()


def test_folders_of_one_name_do_not_overwrite_each_other(tmp_path):
    folders = [write(tmp_path / year / "11", GOOD) for year in ("2025", "2026")]
    layout.build_many(folders, folder=tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").glob("*.pdf")) == ["2025-11.pdf", "2026-11.pdf"]


def test_the_command_builds_several_and_gives_a_table(archive, tmp_path, capsys):
    status = main(["build", *map(str, archive), "--folder", str(tmp_path / "out"), "--jobs", "2", "--lang", "en"])
    said = capsys.readouterr()
    assert status == 1
    assert "3 issues, 2 ready" in said.out
    assert "[overset]" in said.err
