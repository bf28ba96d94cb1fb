"""Links of the screen edition: printed addresses, and jump lines."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from msgspec.structs import replace

from layout.composition import Frame, PlacedLine
from layout.pdf.tagging.links import threads_of, with_links
from layout.pdf.target import screen_target

from .compositions import body, issue, line, page, press, span, write
from .furniture_piece import plain


def links(*texts: str, role: str = "body") -> list[tuple[str, str]]:
    """Every span with a link of a paragraph whose lines are these."""
    lines = tuple(replace(line(text, 40, 40 + 15 * at), paragraph=1) for at, text in enumerate(texts))
    found = with_links(Frame("a", role, 0, 0, 200, 200, lines), 1, {})
    spans = [span for line in found.lines for span in line.spans]
    assert "".join(span.text for span in spans) == "".join(texts)
    assert all(len(span.xs) == len(span.text) for span in spans)
    return [(span.text, span.link) for span in spans if span.link]


@pytest.mark.parametrize(
    ("text", "shown", "link"),
    [
        ("预约：banshou@wuchuan.example。", "banshou@wuchuan.example", "mailto:banshou@wuchuan.example"),
        ("起在www.weijing.example公示7天。", "www.weijing.example", "http://www.weijing.example"),
        ("见lib.wuchuan.example/seat；连接", "lib.wuchuan.example/seat", "http://lib.wuchuan.example/seat"),
        ("见（https://a.example/b?c=1#d）。", "https://a.example/b?c=1#d", "https://a.example/b?c=1#d"),
        ("See http://a.example/x.", "http://a.example/x", "http://a.example/x"),
        ("镇网站 weijing.gov.cn，每周更新", "weijing.gov.cn", "http://weijing.gov.cn"),
    ],
)
def test_a_printed_address_is_a_link(text: str, shown: str, link: str) -> None:
    assert links(text) == [(shown, link)]


@pytest.mark.parametrize("text", ["第3.5版", "3.5kg", "见 README.md", "U.S.A.", "12:30—14.00", "a.b公司", "@所有人"])
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert links(text) == []


def test_an_address_broken_over_two_lines_is_one() -> None:
    whole = "http://lib.wuchuan.example/seat"
    assert links("座位预约：lib.wuchuan.", "example/seat；连接") == [("lib.wuchuan.", whole), ("example/seat", whole)]


def test_what_the_editor_made_a_link_stays_as_it_is() -> None:
    given = replace(span("www.weijing.example", 40.0), link="https://other.example/")
    frame = Frame("a", "body", 0, 0, 200, 200, (PlacedLine(given.text, 40, 40, 90, 9, (given,), 1),))
    assert with_links(frame, 1, {}) == frame


def test_a_jump_line_leads_on_and_its_continuation_back(tmp_path: Path) -> None:
    def jump(role: str, text: str, y: float) -> Frame:
        return Frame("harvest", role, 40, y, 160, 15, (line(text, 40, y + 11),))

    first = page(body("前文"), jump("jump_line", "（下转第3版）", 600))
    last = page(jump("continuation_line", "（上接第1版）", 40), replace(body("后文"), order=9), number=3)
    composition = issue(first, page(number=2), last)
    assert threads_of(composition) == {"harvest": [1, 3]}
    with pikepdf.open(write(composition, tmp_path / "a.pdf", target=screen_target())) as pdf:
        one, _, three = pdf.pages
        (on,), (back,) = one.Annots, three.Annots
        assert (on.Dest[0].objgen, back.Dest[0].objgen) == (three.objgen, one.objgen)
        assert (str(on.Contents), str(back.Contents)) == ("（下转第3版）", "（上接第1版）")
    with pikepdf.open(write(composition, tmp_path / "b.pdf", target=press())) as pdf:
        assert all("/Annots" not in sheet for sheet in pdf.pages)


def test_an_address_in_furniture_is_a_link_where_it_is_printed(tmp_path: Path) -> None:
    """Read back: the annotations lead there, lie over the words, and belong to Link elements."""
    box = plain("<p style='margin:0'>邮箱 weijing@weijing.example，网站 www.weijing.example。第3.5版</p>")
    composition = issue(page(body("文"), boxes=(box,)), page(boxes=(box,), number=2))
    for again in ("drawn", "kept"):  # the second time from the store
        file = write(composition, tmp_path / f"{again}.pdf", target=screen_target(), cache=tmp_path / "kept")
        with pikepdf.open(file) as pdf:
            for sheet in pdf.pages:
                assert [str(link.A.URI) for link in sheet.Annots] == [
                    "mailto:weijing@weijing.example",
                    "http://www.weijing.example",
                ]
                assert all("/StructParent" in link and link.F == 4 for link in sheet.Annots)
        with pdfplumber.open(file) as read:
            for sheet in read.pages:
                for link, text in zip(sheet.annots, ("weijing@weijing.example", "www.weijing.example"), strict=True):
                    under = [
                        char["text"]
                        for char in sheet.chars
                        if link["x0"] < (char["x0"] + char["x1"]) / 2 < link["x1"]
                        and link["top"] < (char["top"] + char["bottom"]) / 2 < link["bottom"]
                    ]
                    assert "".join(under) == text
    with pikepdf.open(write(composition, tmp_path / "press.pdf", target=press())) as pdf:
        assert all("/Annots" not in sheet for sheet in pdf.pages)
