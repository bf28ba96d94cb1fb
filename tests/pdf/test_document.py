"""A file is written whole or not at all, and the same input gives the same bytes everywhere."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from layout.composition import Box, Composition, PlacedPicture
from layout.errors import Severity
from layout.pdf.document import write_pdf
from layout.pdf.target import Target, screen_target
from layout.runtime.store import ArtifactStore

from .compositions import SAMPLE, body, faces, issue, page, press, write
from .furniture_piece import plain, torture
from .readers import assert_clean, run, text_of

TARGETS = {"print": press(), "marks": press(marks=True), "screen": screen_target()}
SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from pdf.compositions import *
from pdf.test_document import TARGETS, sample
for kind, target in TARGETS.items():
    write(sample(Path(".")), Path(f"{kind}.pdf"), target=target)
"""


def sample(folder: Path) -> Composition:
    """A bit of everything."""
    from PIL import Image

    box = torture(folder)
    Image.radial_gradient("L").convert("RGB").save(folder / "photo.jpg", quality=85)
    pictures = (
        PlacedPicture(str(folder / "photo.jpg"), 300, 500, 100, 100, alt="谷场"),
        PlacedPicture(str(folder / "emblem.png"), 420, 500, 60, 60, alt="报徽"),
    )
    return issue(page(body(), boxes=(box,), pictures=pictures), page(body(SAMPLE[:40]), number=2))


@pytest.mark.slow
def test_the_same_bytes_from_any_folder_clock_locale_and_hash_seed(tmp_path: Path) -> None:
    told = []
    for number, (locale, zone) in enumerate((("C", "UTC"), ("zh_CN.UTF-8", "Asia/Shanghai"))):
        folder = tmp_path / f"folder {number}"
        folder.mkdir()
        environment = os.environ | {"LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": str(number + 1)}
        command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parents[1])]
        subprocess.run(command, cwd=folder, env=environment, check=True)
        told.append({kind: (folder / f"{kind}.pdf").read_bytes() for kind in TARGETS})
    assert told[0] == told[1]


@pytest.mark.parametrize("kind", TARGETS)
def test_the_same_bytes_with_and_without_a_cache(tmp_path: Path, kind: str) -> None:
    told = []
    for cache in (None, tmp_path / "cache", tmp_path / "cache"):
        ArtifactStore.clear_memory()
        told.append(write(sample(tmp_path), tmp_path / "a.pdf", target=TARGETS[kind], cache=cache).read_bytes())
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("kind", TARGETS)
def test_every_edition_is_read_by_all_programs(tmp_path: Path, kind: str) -> None:
    assert_clean(write(sample(tmp_path), tmp_path / "a.pdf", target=TARGETS[kind]))


def test_identifiers_follow_the_content(tmp_path: Path) -> None:
    def identifier(composition: Composition) -> str:
        return run("qpdf", "--show-object=trailer", write(composition, tmp_path / "a.pdf")).partition("/ID")[2]

    first = identifier(issue(page(body())))
    assert first == identifier(issue(page(body())))
    assert first != identifier(issue(page(body(SAMPLE[1:]))))


def test_a_build_that_fails_leaves_the_last_good_file(tmp_path: Path) -> None:
    path = write(issue(page(body())), tmp_path / "a.pdf")
    good = path.read_bytes()
    bad = issue(page(body(), pictures=(PlacedPicture("none.jpg", 0, 0, 10, 10),)))
    found = write_pdf(bad, path, faces=faces(), target=press(), cache=None)
    assert [problem.severity for problem in found] == [Severity.ERROR]
    assert path.read_bytes() == good
    assert list(tmp_path.iterdir()) == [path]


def test_a_crash_leaves_the_last_good_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(issue(page(body())), tmp_path / "a.pdf")
    good = path.read_bytes()
    monkeypatch.setattr("layout.pdf.document.write_metadata", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_pdf(issue(page()), path, faces=faces(), target=press(), cache=None)
    assert path.read_bytes() == good
    assert list(tmp_path.iterdir()) == [path]


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    boxes = plain("<img src='none.png'>", base=str(tmp_path)), plain("<p>x", "p{border:2pt ridge red}")
    bad = issue(page(body("䶮㐂\U00020bb7\u0e01"), boxes=boxes, pictures=(PlacedPicture("none.jpg", 0, 0, 10, 10),)))
    rules = {problem.rule for problem in write_pdf(bad, tmp_path / "a.pdf", faces=faces(), target=press(), cache=None)}
    assert rules == {"furniture", "not-for-press", "picture-unreadable", "no-glyph"}


def test_a_character_without_a_glyph_is_an_error_that_names_it(tmp_path: Path) -> None:
    found = write_pdf(issue(page(body("ก"))), tmp_path / "a.pdf", faces=faces(), target=press(), cache=None)
    assert len(found) == 1
    assert "U+0E01" in found[0].what.en
    assert "U+0E01" in found[0].what.zh
    assert "Song-Regular" in found[0].what.en


@pytest.mark.parametrize("kind", ["folder is a file", "file is a folder"])
def test_where_nothing_can_be_written_a_problem_says_so(tmp_path: Path, kind: str) -> None:
    (tmp_path / "out").write_text("") if kind == "folder is a file" else (tmp_path / "out" / "a.pdf").mkdir(
        parents=True
    )
    path = tmp_path / "out" / "a.pdf"
    found = write_pdf(issue(page(body())), path, faces=faces(), target=press(), cache=None)
    assert [problem.rule for problem in found] == ["unwritable"]
    assert str(path) in found[0].what.en


def test_it_writes_into_a_folder_that_is_not_there_yet_and_into_memory(tmp_path: Path) -> None:
    path = write(issue(page(body())), tmp_path / "new" / "out" / "a.pdf")
    memory = io.BytesIO()
    assert write_pdf(issue(page(body())), memory, faces=faces(), target=press(), cache=None) == []
    assert memory.getvalue() == path.read_bytes()


def test_progress_counts_pages(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    pages = [page(body(), number=number) for number in (1, 2, 3)]
    write_pdf(
        issue(*pages),
        tmp_path / "a.pdf",
        faces=faces(),
        target=press(),
        cache=None,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_issue_without_pages_or_title_is_still_a_file(tmp_path: Path) -> None:
    path = write(Composition((page(),)), tmp_path / "a.pdf")
    assert_clean(path)
    assert "untitled" in run("pdfinfo", path)


def test_a_title_in_any_script_is_reported_rightly(tmp_path: Path) -> None:
    title = "柳河（新声）<&> No. 3 \\ 𠮷"
    path = write(issue(page(body()), title=title), tmp_path / "a.pdf")
    assert title in run("pdfinfo", path)
    assert "&lt;&amp;&gt;" in run("pdfinfo", "-meta", path)


def test_file_and_text_grow_with_the_pages_alone(tmp_path: Path) -> None:
    def size(pages: int) -> int:
        many = issue(*(page(body(), number=number + 1) for number in range(pages)))
        return write(many, tmp_path / "a.pdf").stat().st_size

    one, hundred = size(1), size(100)
    assert hundred - one < 99 * 1500
    assert text_of(tmp_path / "a.pdf") == SAMPLE * 100


def test_another_printer_s_profile_is_embedded_byte_for_byte(tmp_path: Path) -> None:
    import pikepdf

    icc = press(printer="newsprint").icc
    target = Target(icc, "CGATS TR 002", "Newsprint", "http://www.color.org", "SNAP")
    path = write(issue(page(body(), boxes=(Box("rule", 0, 0, 9, 9, bleed=True),))), tmp_path / "a.pdf", target=target)
    with pikepdf.open(path) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == icc.read_bytes()
        assert str(intent.OutputConditionIdentifier) == "CGATS TR 002"


def test_a_bleed_of_another_width_moves_the_boxes(tmp_path: Path) -> None:
    import pikepdf

    target = replace(press(), bleed=14.0)
    with pikepdf.open(write(issue(page()), tmp_path / "a.pdf", target=target)) as pdf:
        assert [float(value) for value in pdf.pages[0].TrimBox][:2] == [14, 14]
        assert [float(value) for value in pdf.pages[0].BleedBox][:2] == [0, 0]
