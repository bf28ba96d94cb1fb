"""The screen edition of every sample, by a checker of PDF/UA-1 that is not ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

import layout

from .readers import assert_clean, elements, text_of

pytestmark = pytest.mark.slow  # every sample issue
outloud = pytest.importorskip("outloud")

ISSUES = Path(__file__).parents[2] / "issues"
SAMPLES = sorted(path.parent.name for path in ISSUES.glob("*/issue.yaml"))


@pytest.fixture(scope="module", params=SAMPLES)
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = layout.build(ISSUES / request.param, tmp_path_factory.mktemp("screen") / "a.pdf", screen=True)
    assert report.ok, [problem.in_language() for problem in report.problems]
    assert report.pdf
    return report.pdf


def test_nothing_is_held_against_it(edition: Path) -> None:
    """What a checker can tell by itself. It takes headlines with numbers for references (HDG-010); they are headlines."""
    result: Any = outloud.check(str(edition))
    told = [(found.rule, found.message) for found in result.findings if not str(found.severity).endswith("info")]
    assert [finding for finding in told if finding[0] != "HDG-010"] == []


def test_readers_are_silent_and_get_all_text(edition: Path) -> None:
    assert_clean(edition)
    marked = "".join("".join(text.split()) for kind, text in elements(edition) if kind == "Art")
    assert len(marked) > 0.8 * len(text_of(edition))  # the rest is furniture, which has its words as a figure


def test_headings_are_in_the_outline_and_jumps_lead_to_pages(edition: Path) -> None:
    with pikepdf.open(edition) as pdf:
        with pdf.open_outline() as outline:
            assert len(outline.root) > 0
            assert all(item.title for item in outline.root)
        pages = {page.objgen for page in pdf.pages}
        for annotation in (link for page in pdf.pages for link in page.get("/Annots", [])):
            assert annotation.Subtype == "/Link"
            assert "/A" in annotation or annotation.Dest[0].objgen in pages
            assert str(annotation.Contents)


def test_it_is_small(edition: Path) -> None:
    with pikepdf.open(edition) as pdf:
        assert edition.stat().st_size < 300_000 * len(pdf.pages)
