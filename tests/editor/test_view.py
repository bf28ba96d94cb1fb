"""What the preview marks on a page: where each problem shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

import issues
from layout.composition import PlacedLine
from layout.editor.build import Build, make_build
from layout.editor.hit_testing import line_rectangle
from layout.editor.preview.json_view import preview_state, rectangle_to_dict
from layout.editor.session import preflight_of, review_text
from layout.page.checks.lines import loose_lines

PICTURE = {"file": "boat.jpg", "caption": "新船靠岸", "alt": "船", "id": "boat"}


@pytest.fixture
def build(tmp_path: Path) -> Build:
    article = issues.article(200, pictures=[PICTURE])
    folder = issues.write(
        tmp_path / "issue", issues.issue({"a": article}, [{4: "a.headline"}, {20: "boat"}, {26: "a"}])
    )
    Image.effect_noise((300, 200), 60).convert("RGB").save(folder / "boat.jpg")
    return make_build(folder, 1)


def marked(build: Build, rule: str, findings: tuple = ()) -> list[list[float]]:
    (problem,) = (one for one in preview_state(build, None, findings)["problems"] if one["rule"] == rule)
    return problem["rectangles"]


def test_a_coarse_picture_is_marked_whole_by_us_and_by_preflight(build: Build) -> None:
    (picture,) = build.composition.pages[0].pictures
    whole = [picture.x, picture.y, picture.width, picture.height]
    assert marked(build, "low-resolution")[0] == pytest.approx(whole, abs=0.01)
    findings = preflight_of(build, "offset-coated", None)
    assert marked(build, "GWG R0031", tuple(findings))[0] == pytest.approx(whole, abs=0.5)


def test_the_desk_says_what_check_says_of_the_text(tmp_path: Path) -> None:
    article = issues.article(200) | {"body": "新船的的票价不变，" + issues.copy(200)}
    build = make_build(issues.write(tmp_path, issues.issue({"a": article}, [{50: "a"}])), 1)
    assert "doubled-word" in {problem.rule for problem in review_text(build, "offset-coated", None)}
    assert "white" in {problem.rule for problem in build.problems}


def test_a_loose_line_is_marked_and_no_other(build: Build) -> None:
    (page,) = build.composition.pages

    def spread(line: PlacedLine) -> PlacedLine:
        return replace(line, loose=0.4)

    body = next(frame for frame in page.frames if frame.role == "body")
    loose = replace(body, lines=(body.lines[0], spread(body.lines[1]), *body.lines[2:]))
    frames = tuple(loose if frame is body else frame for frame in page.frames)
    made = replace(build, composition=replace(build.composition, pages=(replace(page, frames=frames),)))
    found = tuple(loose_lines(made.composition.pages))
    assert marked(made, "E12", found) == [rectangle_to_dict(line_rectangle(body.lines[1]))]


def test_a_remark_on_a_headline_is_marked_on_it(build: Build) -> None:
    from layout.errors import Message, Problem, Severity

    (head,) = (frame for frame in build.composition.pages[0].frames if frame.role == "headline")
    line = head.lines[0]
    remark = Problem("J4", Message("数字", "number"), Message("改", "mend"), line.mark, Severity.WARNING)
    assert marked(build, "J4", (remark,)) == [rectangle_to_dict(line_rectangle(line))]
