"""Pictures and drawings of strangers: asked how much they are before they are decoded or drawn."""

from __future__ import annotations

import time
from pathlib import Path

import drawings
import pictures_sent as sent
import pytest
from damage import damaged
from lowered import lower

from layout.errors import Severity, SourceLocation
from layout.issue import svg
from layout.issue.files import picture_size
from layout.pdf import images
from layout.pdf.target import Target
from layout.press.printer import Printer
from layout.runtime.limits import LimitError
from layout.runtime.store import ArtifactStore

pytestmark = pytest.mark.slow  # much of everything

MARK = SourceLocation("issue.yaml")


@pytest.fixture(params=["print", "screen"])
def target(request: pytest.FixtureRequest, coated: Printer) -> Target:
    return Target(coated.profile, edition=request.param)


def looked(path: Path) -> set[str]:
    return {problem.rule for problem in picture_size(path, path.name, MARK)[1]}


def converted(data: bytes, target: Target, folder: Path) -> bool:
    """Whether it was taken; what is not is told as a bad picture and nothing else."""
    try:
        images.convert_picture(data, 60.0, 40.0, images.WHOLE, target, ArtifactStore(folder))
    except images.BadPicture:
        return False
    return True


@pytest.mark.parametrize("kind", sent.GOOD)
def test_good_pictures_are_taken(tmp_path: Path, target: Target, kind: str) -> None:
    data = sent.GOOD[kind]()
    path = tmp_path / "a.png"
    path.write_bytes(data)
    assert looked(path) == ({"picture-kind"} if kind == "gif" else set())
    assert converted(data, target, tmp_path)


@pytest.mark.parametrize("kind", sent.PROFILES)
def test_a_profile_that_does_not_fit_is_reported_and_left_out(tmp_path: Path, target: Target, kind: str) -> None:
    data = sent.PROFILES[kind]()
    path = tmp_path / "a.png"
    path.write_bytes(data)
    size, problems = picture_size(path, "a.png", MARK)
    assert size == (40, 30)
    assert [(problem.rule, problem.severity) for problem in problems] == [("picture-profile", Severity.WARNING)]
    assert converted(data, target, tmp_path)


@pytest.mark.parametrize("kind", sent.GOOD)
def test_damaged_pictures_are_taken_or_refused(tmp_path: Path, coated: Printer, kind: str) -> None:
    target, good, path = Target(coated.profile), sent.GOOD[kind](), tmp_path / "a.png"
    for seed in range(40):
        data = damaged(good, seed)
        path.write_bytes(data)
        looked(path)
        converted(data, target, tmp_path)


def test_pixels_are_counted_before_they_are_decoded(tmp_path: Path, target: Target) -> None:
    path = tmp_path / "a.png"
    for side in (13_000, 100_000):
        path.write_bytes(sent.png_of(side, side))
        begun = time.process_time()
        assert looked(path) == {"limit"}
        assert not converted(path.read_bytes(), target, tmp_path)
        assert time.process_time() - begun < 1


@pytest.mark.parametrize("kind", drawings.KINDS)
def test_every_kind_of_drawing_is_counted_in_no_time(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.svg"
    for size in (1, 97, 20_000):
        path.write_text(drawings.KINDS[kind](size), encoding="utf-8")
        begun = time.process_time()
        assert looked(path) <= {"limit", "corrupt-picture"}
        assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("kind", "size", "name"),
    [("rectangles", 300_000, "svg-elements"), ("uses", 8, "svg-elements"), ("groups", 300, "nesting"),
     ("markers", 2000, "svg-elements")],
)  # fmt: skip
def test_what_a_drawing_has_too_much_of_is_named(kind: str, size: int, name: str) -> None:
    with pytest.raises(LimitError, match=name):
        svg.check(drawings.KINDS[kind](size).encode())
    svg.check(drawings.KINDS[kind](2).encode())


def test_a_packed_drawing_is_unpacked_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    data = gzip.compress(drawings.KINDS["rectangles"](1000).encode())
    assert svg.drawing_size(data) == (40, 30)
    lower(monkeypatch, "layout.issue.svg.SVG_BYTES", 1000)
    with pytest.raises(LimitError, match="svg-bytes"):
        svg.drawing_size(data)
    with pytest.raises(svg.DamagedSvg):
        svg.drawing_size(b"\x1f\x8b" + b"x" * 40)


@pytest.mark.parametrize("kind", ["immense", "no numbers", "nothing", "thin", "cut", "entities"])
def test_a_drawing_without_a_size_that_can_be_drawn_is_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.svg").write_text(drawings.KINDS[kind](9), encoding="utf-8")
    assert looked(tmp_path / "a.svg") == {"corrupt-picture"}
