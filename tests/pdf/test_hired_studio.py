"""A hired studio draws what one of our own would, and is not missed when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from layout.errors import Mark, Problem
from layout.hired import Unreachable
from layout.pdf.document import write_pdf
from layout.pdf.furniture import Furniture, Piece
from layout.pdf.hired_studio import HiredStudio, hire_studio, is_empty, is_new
from layout.pdf.inks import Inks
from layout.pdf.store import Store
from layout.pdf.studio import Studio

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


def test_orders_are_delivered_in_any_order(tmp_path: Path, studio: HiredStudio) -> None:
    """More of them than there is room for between two processes, and some that nobody asks for in the end."""
    pieces = [
        Piece(f"<p>{number}", f"/*{'字' * 20_000}*/ p{{font:9pt 'Newsletter Song'}}", "", 80.0, 20.0)
        for number in range(40)
    ]
    studio.open(faces(), press(), Store(None))
    for piece in pieces:
        studio.order(piece)
    own = Studio(faces(), press(), Inks(press()), Store(None))
    for piece in (pieces[30], pieces[2], pieces[31]):
        assert studio.draw(piece) == own.draw(piece)


def test_furniture_is_ordered_once(tmp_path: Path) -> None:
    class Clerk(HiredStudio):
        def __init__(self) -> None:
            self.orders: list[Piece] = []

        def open(self, *_: object) -> None: ...

        def order(self, piece: Piece) -> None:
            self.orders.append(piece)

    clerk, store = Clerk(), Store(None)
    Store.forget()
    furniture = Furniture(faces(), press(), Inks(press()), store, clerk)
    first, second = (Piece("<p>字", "", "", 80.0, 60.0, mark=Mark("issue.yaml", line)) for line in (1, 2))
    furniture.order(first)
    furniture.order(second)
    assert clerk.orders == [first]
    own = Furniture(faces(), press(), Inks(press()), store)
    assert own.piece(first)[0] is not None
    again = Furniture(faces(), press(), Inks(press()), store, clerk)
    again.order(second)
    assert clerk.orders == [first], "what the store has is not ordered"


def test_when_it_is_gone_we_draw_ourselves(tmp_path: Path, studio: HiredStudio) -> None:
    studio.close()
    assert build(tmp_path / "a.pdf", tmp_path, studio) == []
    assert (tmp_path / "a.pdf").stat().st_size > 10_000


def test_it_is_hired_for_what_is_new_alone(tmp_path: Path) -> None:
    assert is_empty(None)
    assert is_empty(tmp_path / "cache")
    assert is_new(tmp_path / "cache", b"issue", b"style")
    assert not is_empty(tmp_path / "cache")
    Store.forget()
    assert not is_new(tmp_path / "cache", b"issue", b"style")
    assert is_new(tmp_path / "cache", b"another issue", b"style")


def test_it_leaves_with_the_crew() -> None:
    with ExitStack() as crew:
        studio = hire_studio(crew)
        assert studio is not None
    with pytest.raises(Unreachable):
        studio.draw(Piece("<p>字", "", "", 80.0, 20.0))
