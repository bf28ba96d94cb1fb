"""Every element in every style: the specimen in each, composed without a complaint, its composition kept as text."""

from __future__ import annotations

import pytest
from goldens import told_briefly
from specimens import STYLES, specimen

import layout
from layout.composition import Composition
from layout.errors import Severity
from layout.issue.model import Article, Kind
from layout.style.model import Style
from layout.style.reader import load_style

ROLES = {
    "kicker", "headline", "deck", "summary", "department", "body", "crosshead", "quote", "list", "verse", "byline",
    "caption", "credit", "item_head", "editors_note", "table", "names", "chart", "pull_quote", "speaker", "jump_line",
    "continuation_line",
}  # fmt: skip
FURNITURE = {
    "town": {"nameplate", "folio_line", "teasers", "staff_box"},
    "campus": {"nameplate", "folio_line", "teasers", "staff_box"},
    "bulletin": {"bulletin_head", "folio_line", "teasers", "staff_box", "bulletin_foot"},
}


@pytest.fixture(scope="module", params=STYLES)
def made_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Style, Composition]:
    style = str(request.param)
    issue = layout.load(specimen(style, tmp_path_factory.mktemp("specimen") / style))
    return style, load_style(issue.style, issue.folder), layout.compose(issue)


def test_every_element_stands_in_it_without_a_complaint(made_up: tuple[str, Style, Composition]) -> None:
    style, _, pages = made_up
    assert [problem.in_language() for problem in pages.problems if problem.severity is not Severity.NOTE] == []
    assert pages.overset == ()
    frames = [frame for page in pages.pages for frame in page.frames]
    boxes = [box for page in pages.pages for box in page.boxes]
    run_in = {"item_head"} if load_style(style).kind("notices").item_head == "run_in" else set()
    assert {frame.role for frame in frames} == ROLES - run_in
    assert FURNITURE[style] <= {box.name for box in boxes if box.kind == "furniture"}
    assert {"table_rule", "chart", "symbol_of_death", "emphasis_dots", "box_rule", "frame"} <= {
        box.name or box.kind for box in boxes
    }
    assert any(line.vertical for frame in frames for line in frame.lines)
    ends = [line.text for frame in frames for line in frame.lines if line.text.endswith("■")]
    assert len(ends) == 1, "the end mark"
    assert len([picture for page in pages.pages for picture in page.pictures]) == 7  # five photographs, two drawings


def test_all_text_of_bodies_stands_on_the_grid_of_the_style(made_up: tuple[str, Style, Composition]) -> None:
    _, style, pages = made_up
    grid = style.grid.grid(style.sheet)
    for page in pages.pages:
        for frame in page.frames:
            if frame.role in ("body", "crosshead", "quote", "list", "verse", "item_head", "editors_note", "jump_line"):
                for line in frame.lines:
                    rows = (line.baseline - grid.baseline(0)) / grid.leading
                    assert abs(rows - round(rows)) < 1e-6, line.text


def test_a_style_says_how_it_looks(made_up: tuple[str, Style, Composition], golden) -> None:  # type: ignore[no-untyped-def]
    style, _, pages = made_up
    if style != "town":  # of which every line is kept
        golden(f"specimen-{style}", told_briefly(pages))


def test_the_specimen_has_an_article_of_every_kind() -> None:
    issue = layout.load(specimen("town", None))  # type: ignore[arg-type]  # town is the specimen itself
    assert {article.kind for article in issue.articles.values()} == set(Kind.__args__)  # type: ignore[attr-defined]
    for field in ("editors_note", "items", "pictures", "groups", "charts", "tables", "names", "pull_quotes", "headpiece",
                  "standing_head", "department", "summary", "headline_box", "box", "end_mark", "drop_initial"):  # fmt: skip
        assert field in Article.__struct_fields__
        assert any(getattr(article, field) for article in issue.articles.values()), field
