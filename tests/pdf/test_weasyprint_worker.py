"""A WeasyPrint process draws what one of our own would, and is not missed when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from layout.errors import Problem, SourceLocation
from layout.pdf.document import write_pdf
from layout.pdf.furniture_forms import FurnitureForms, FurnitureFragment
from layout.pdf.inks import Inks
from layout.pdf.weasyprint.backend import WeasyPrintBackend
from layout.pdf.weasyprint.worker import WeasyPrintWorker, is_empty_cache, is_new_to_cache, start_worker
from layout.runtime.processes.worker import WorkerUnreachable
from layout.runtime.store import ArtifactStore

from .compositions import body, faces, issue, page, press, write
from .furniture_piece import plain, torture


@pytest.fixture
def backend() -> Iterator[WeasyPrintWorker]:
    ArtifactStore.clear_memory()
    worker = WeasyPrintWorker()
    yield worker
    worker.close()


def build(path: Path, folder: Path, backend: WeasyPrintWorker) -> list[Problem]:
    composition = issue(page(body(), boxes=(torture(folder),)))
    return write_pdf(composition, path, faces=faces(), target=press(), cache=None, worker=backend)


def test_it_draws_the_same(tmp_path: Path, backend: WeasyPrintWorker) -> None:
    assert build(tmp_path / "a.pdf", tmp_path, backend) == []
    ArtifactStore.clear_memory()
    own = write(issue(page(body(), boxes=(torture(tmp_path),))), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == own.read_bytes()


def test_its_complaints_arrive(tmp_path: Path, backend: WeasyPrintWorker) -> None:
    bad = issue(page(boxes=(plain("<img src='none.png'>", base=str(tmp_path)),)))
    found = write_pdf(bad, tmp_path / "a.pdf", faces=faces(), target=press(), cache=None, worker=backend)
    assert [problem.rule for problem in found] == ["furniture"]
    assert "none.png" in found[0].what.zh


def test_orders_are_delivered_in_any_order(tmp_path: Path, backend: WeasyPrintWorker) -> None:
    """More of them than there is room for between two processes, and some that nobody asks for in the end."""
    pieces = [
        FurnitureFragment(f"<p>{number}", f"/*{'字' * 20_000}*/ p{{font:9pt 'Newsletter Song'}}", "", 80.0, 20.0)
        for number in range(40)
    ]
    backend.open(faces(), press(), ArtifactStore(None))
    for fragment in pieces:
        backend.order(fragment)
    own = WeasyPrintBackend(faces(), press(), Inks(press()), ArtifactStore(None))
    for fragment in (pieces[30], pieces[2], pieces[31]):
        assert backend.draw(fragment) == own.draw(fragment)


def test_furniture_is_ordered_once(tmp_path: Path) -> None:
    class Clerk(WeasyPrintWorker):
        def __init__(self) -> None:
            self.orders: list[FurnitureFragment] = []

        def open(self, *_: object) -> None: ...

        def order(self, fragment: FurnitureFragment) -> None:
            self.orders.append(fragment)

    clerk, store = Clerk(), ArtifactStore(None)
    ArtifactStore.clear_memory()
    furniture = FurnitureForms(faces(), press(), Inks(press()), store, clerk)
    first, second = (
        FurnitureFragment("<p>字", "", "", 80.0, 60.0, mark=SourceLocation("issue.yaml", line)) for line in (1, 2)
    )
    furniture.order(first)
    furniture.order(second)
    assert clerk.orders == [first]
    own = FurnitureForms(faces(), press(), Inks(press()), store)
    assert own.fragment(first)[0] is not None
    again = FurnitureForms(faces(), press(), Inks(press()), store, clerk)
    again.order(second)
    assert clerk.orders == [first], "what the store has is not ordered"


def test_when_it_is_gone_we_draw_ourselves(tmp_path: Path, backend: WeasyPrintWorker) -> None:
    backend.close()
    assert build(tmp_path / "a.pdf", tmp_path, backend) == []
    assert (tmp_path / "a.pdf").stat().st_size > 10_000


def test_it_is_worker_for_what_is_new_alone(tmp_path: Path) -> None:
    assert is_empty_cache(None)
    assert is_empty_cache(tmp_path / "cache")
    assert is_new_to_cache(tmp_path / "cache", b"issue", b"style")
    assert not is_empty_cache(tmp_path / "cache")
    ArtifactStore.clear_memory()
    assert not is_new_to_cache(tmp_path / "cache", b"issue", b"style")
    assert is_new_to_cache(tmp_path / "cache", b"another issue", b"style")


def test_it_leaves_with_the_crew() -> None:
    with ExitStack() as crew:
        backend = start_worker(crew)
        assert backend is not None
    with pytest.raises(WorkerUnreachable):
        backend.draw(FurnitureFragment("<p>字", "", "", 80.0, 20.0))
