"""The preflight report as it is written: verdicts, rows, and where frames and numbers stand on the pages."""

from __future__ import annotations

import io
import json
import re
from base64 import b64decode
from pathlib import Path

import pytest
from PIL import Image
from press_sheets import SLUG, WIDTH, clean, save

from layout.errors import Message, PageRectangle, Problem, Severity
from layout.press.preflight import page_pictures
from layout.press.preflight.findings import Finding
from layout.press.preflight.page_pictures import draw_pages
from layout.press.preflight.report import html_report, json_report, text_report
from layout.press.printer import Printer
from layout.runtime import limits

EDGE = 13  # mm from the sheet's edge to the trim


def finding(
    *places: tuple[float, float, float, float], page: int | None = 1, severity: Severity = Severity.WARNING
) -> Finding:
    where = tuple(PageRectangle(*place) for place in places)
    what, remedy = Message("线太细", "a thin line"), Message("加粗", "make it thicker")
    first = where[0] if where else None
    return Finding("S8", what, remedy, severity=severity, page=page, place=first, places=where, count=len(where))


def frames(figure: str) -> list[tuple[float, ...]]:
    """Frames round places, in mm from the trim's top left: left, top, width, height."""
    found = re.findall(r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)" stroke', figure)
    return [(float(x) - EDGE, float(y) - EDGE, float(w), float(h)) for x, y, w, h in found]


def labels(figure: str) -> list[tuple[str, float, float]]:
    found = re.findall(r'<text x="(\S+)" y="(\S+)">(\d+)</text>', figure)
    return [(number, round(float(x) - EDGE, 2), round(float(y) - 1.6 - EDGE, 2)) for x, y, number in found]


@pytest.fixture(autouse=True)
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are drawn in this process, which takes less time than one of their own."""
    monkeypatch.setattr("layout.press.preflight.page_pictures.can_start_python", lambda: False)


@pytest.fixture
def drawn_apart(drawn_here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layout.press.preflight.page_pictures.can_start_python", lambda: True)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return save(clean(2), tmp_path / "a.pdf")


def figures(path: Path, printer: Printer, *findings: Problem, language: str = "en") -> list[str]:
    return html_report(path, findings, printer, language).split("<figure>")[1:]


def test_a_frame_stands_a_millimetre_outside_and_is_six_wide_at_least(sheet: Path, coated: Printer) -> None:
    first, second = figures(sheet, coated, finding((20, 40, 30, 10), (50, 60, 0.5, 20)), finding((1, 2, 9, 9), page=2))
    assert frames(first) == [(19, 39, 32, 12), (pytest.approx(47.25), 59, 6, 22)]
    assert frames(second) == [(0, 1, 11, 11)]
    assert labels(first) == [("1", 19, 39)]  # at the first of its places
    assert labels(second) == [("2", 0, 1)]


def test_a_number_stands_beside_one_that_is_there_already(sheet: Path, coated: Printer) -> None:
    first, _ = figures(sheet, coated, *[finding((20, 40, 30, 10))] * 3, finding((60, 40, 30, 10)))
    assert labels(first) == [("1", 19, 39), ("2", 27, 39), ("3", 35, 39), ("4", 59, 39)]


def test_the_trim_is_drawn_and_the_picture_is_the_whole_sheet(sheet: Path, coated: Printer) -> None:
    first, _ = figures(sheet, coated)
    assert f'<rect class="trim" x="{EDGE:.2f}" y="{EDGE:.2f}" width="210.00" height="297.00"/>' in first
    assert 'viewBox="0 0 236.00 323.00"' in first
    with Image.open(io.BytesIO(b64decode(first.split("base64,")[1].partition('"')[0]))) as picture:
        assert abs(picture.width - 560) <= 1
        assert picture.height == pytest.approx(560 * 323 / 236, abs=2)


def test_a_turned_page_is_drawn_as_it_stands_in_the_file(tmp_path: Path, coated: Printer) -> None:
    pdf = clean(1)
    pdf.pages[0].obj.Rotate = 90
    (first,) = figures(save(pdf, tmp_path / "a.pdf"), coated)
    with Image.open(io.BytesIO(b64decode(first.split("base64,")[1].partition('"')[0]))) as picture:
        assert picture.height > picture.width


def test_a_tall_page_is_drawn_narrower(tmp_path: Path, coated: Printer) -> None:
    pdf = clean(1)
    pdf.pages[0].obj.MediaBox = [-SLUG, 0, WIDTH + SLUG, 8 * WIDTH]
    (first,) = figures(save(pdf, tmp_path / "a.pdf"), coated)
    with Image.open(io.BytesIO(b64decode(first.split("base64,")[1].partition('"')[0]))) as picture:
        assert picture.height == pytest.approx(4 * 560, abs=2)


def test_of_a_long_file_the_pages_with_findings_are_shown(tmp_path: Path, coated: Printer) -> None:
    def shown(pages: int, *findings: Finding) -> list[str]:
        path = save(clean(pages), tmp_path / "a.pdf")
        return [re.findall(r"<figcaption>Page (\d+)<", figure)[0] for figure in figures(path, coated, *findings)]

    assert shown(24) == [str(number) for number in range(1, 25)]
    assert shown(25) == []
    assert shown(25, finding(page=25), finding(page=3), finding(page=3), finding(page=26), finding(page=None)) == [
        "3",
        "25",
    ]
    assert len(shown(28, *[finding(page=number) for number in range(1, 27)])) == 24


def test_a_process_of_its_own_draws_the_same_pages(sheet: Path, request: pytest.FixtureRequest) -> None:
    here = draw_pages(sheet, [2])
    request.getfixturevalue("drawn_apart")
    assert draw_pages(sheet, [2]) == here
    assert [picture.number for picture in here] == [1, 2]


def test_of_the_pages_that_are_wanted_each_is_left_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(clean(25), tmp_path / "a.pdf")
    (tmp_path / "out").mkdir()
    monkeypatch.setattr("sys.argv", ["page_pictures", str(path), str(tmp_path / "out"), "3", "25", "26"])
    page_pictures._main()
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["000003", "000025"]
    assert draw_pages(path, [25])[0].jpeg in (tmp_path / "out" / "000025").read_bytes()


def test_pages_that_are_not_drawn_in_time_are_left_out(
    sheet: Path, coated: Printer, drawn_apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_no_time = limits.PAGE_DRAWING_SECONDS._replace(most=0.001)
    monkeypatch.setattr("layout.press.preflight.page_pictures.PAGE_DRAWING_SECONDS", in_no_time)
    report = html_report(sheet, [finding((20, 40, 30, 10))], coated, "en")
    assert ("<figure>" in report, "a thin line" in report, report.rstrip().endswith("</html>")) == (False, True, True)


def test_pages_are_named_in_the_reader_s_language(sheet: Path, coated: Printer) -> None:
    assert "<figcaption>第 1 页</figcaption>" in figures(sheet, coated, language="zh")[0]
    assert "<figcaption>Page 1</figcaption>" in figures(sheet, coated)[0]


def test_without_a_limit_broken_pages_are_drawn_and_with_one_they_are_not(sheet: Path, coated: Printer) -> None:
    over = Problem("limit", Message("没有检查", "not checked"))
    assert len(figures(sheet, coated)) == 2
    assert figures(sheet, coated, over) == []


@pytest.mark.parametrize(
    ("severities", "zh", "en", "bad"),
    [
        ([], "可以交印", "ready for print", False),
        ([Severity.NOTE], "可以交印", "ready for print", False),
        ([Severity.WARNING] * 2, "可以交印，有 2 个提醒", "ready for print, with 2 warnings", False),
        ([Severity.ERROR, Severity.WARNING], "不能交印：1 个错误，1 个提醒", "not ready for print: 1 errors, 1 warnings", True),
    ],
)  # fmt: skip
def test_the_verdict(severities: list[Severity], zh: str, en: str, bad: bool, coated: Printer, tmp_path: Path) -> None:
    findings = [finding(severity=severity) for severity in severities]
    gone = tmp_path / "gone.pdf"
    assert text_report(gone, findings, coated, "zh").splitlines()[-1] == f"gone.pdf · offset-coated: {zh}"
    assert text_report(gone, findings, coated).splitlines()[-1] == f"gone.pdf · offset-coated: {en}"
    assert json.loads(json_report(gone, findings, coated))["ok"] is not bad
    page = html_report(gone, findings, coated, "zh")
    assert f'<header class="{"bad" if bad else "good"}"><h1>印前检查</h1>' in page
    assert f'<p class="verdict">{zh}</p>' in page
    assert ("<table>" in page) is bool(findings)
    assert "<figure>" not in page


def test_a_row_has_number_kind_rule_page_words_and_place(coated: Printer, tmp_path: Path) -> None:
    page = html_report(tmp_path / "gone.pdf", [finding((20.4, 39.6, 30, 10), page=3)], coated, "en", name="named.pdf")
    row = page.split("<tr ")[1].split("</tr>")[0]
    assert row == (
        'class="warning"><td><b>1</b> warning</td><td>S8<br><small>Line too thin</small></td><td>3</td>'
        "<td>a thin line<br><small>make it thicker</small></td><td>20, 40</td>"
    )
    assert "<b>named.pdf</b>" in page
    other = html_report(tmp_path / "gone.pdf", [Problem("overset", Message("", "over"))], coated, "en")
    row = other.split("<tr ")[1].split("</tr>")[0]
    assert "<td>overset</td><td></td>" in row
    assert row.endswith("<td></td>")


def test_json_gives_counts_and_places_of_findings_and_of_other_problems(coated: Printer, tmp_path: Path) -> None:
    place = PageRectangle(1, 2, 3, 4)
    other = Problem("overset", Message("", "over"), place=place, page=2)
    one, two, three = json.loads(
        json_report(tmp_path / "a.pdf", [finding((1, 2, 3, 4), (5, 6, 7, 8)), other, finding()], coated)
    )["findings"]
    assert (one["count"], len(one["places"]), one["places"][1]["x"]) == (2, 2, 5)
    assert (two["count"], two["places"], two["page"]) == (1, [place._asdict()], 2)
    assert three["places"] == []


def test_a_frame_is_of_the_colour_of_its_kind(sheet: Path, coated: Printer) -> None:
    first, _ = figures(sheet, coated, *[finding((9, 9, 9, 9), severity=kind) for kind in Severity])
    assert re.findall(r'stroke="(#\w+)"', first) == ["#c8102e", "#b26a00", "#35618e"]
