"""A hired studio draws what one of our own would, and is not missed when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from layout.errors import Problem
from layout.pdf.document import write_pdf
from layout.pdf.hired_studio import HiredStudio, hire_studio
from layout.pdf.store import Store

from .compositions import body, faces, issue, page, press, write
from .furniture_piece import plain, torture


@pytest.fixture
def studio() -> Iterator[HiredStudio]:
    Store.forget()
    hired = HiredStudio()
    yield hired
    hired.close()


def build(path: Path, folder: Path, studio: HiredStudio) -> list[Problem]:
    composition = issue(page(body(), boxes=(torture(folder),)))
    return write_pdf(composition, path, faces=faces(), target=press(), cache=None, studio=studio)


def test_it_draws_the_same(tmp_path: Path, studio: HiredStudio) -> None:
    assert build(tmp_path / "a.pdf", tmp_path, studio) == []
    Store.forget()
    own = write(issue(page(body(), boxes=(torture(tmp_path),))), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == own.read_bytes()


def test_its_complaints_arrive(tmp_path: Path, studio: HiredStudio) -> None:
    bad = issue(page(boxes=(plain("<img src='none.png'>", base=str(tmp_path)),)))
    found = write_pdf(bad, tmp_path / "a.pdf", faces=faces(), target=press(), cache=None, studio=studio)
    assert [problem.rule for problem in found] == ["furniture"]
    assert "none.png" in found[0].what.zh


def test_when_it_is_gone_we_draw_ourselves(tmp_path: Path, studio: HiredStudio) -> None:
    studio.close()
    assert build(tmp_path / "a.pdf", tmp_path, studio) == []
    assert (tmp_path / "a.pdf").stat().st_size > 10_000


def test_it_is_hired_for_what_is_new_alone(tmp_path: Path) -> None:
    first = hire_studio(tmp_path, b"issue", b"style")
    assert first is not None
    first.close()
    Store.forget()
    assert hire_studio(tmp_path, b"issue", b"style") is None
    another = hire_studio(tmp_path, b"another issue", b"style")
    assert another is not None
    another.close()
