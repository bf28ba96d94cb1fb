"""The screen edition: the same pages as tagged PDF/UA with its structure from the composition."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from layout.composition import Box, Colour, Composition, Frame, PlacedLine, PlacedPicture, TableCell, TableRow
from layout.errors import Severity
from layout.pdf.document import write_pdf
from layout.pdf.target import screen_target

from .compositions import A4, SAMPLE, body, faces, issue, line, lines_of, page, press, span, write
from .furniture_piece import emblem, plain, torture
from .readers import colours, elements, plates

ADDRESS = "https://example.org/秋收?a=1"


def linked() -> Frame:
    before, link, after = span("详见", 40.0), replace(span("example.org", 58.0), link=ADDRESS), span("网站。", 130.0)
    first = PlacedLine("详见example.org网站。", 40, 300, 120, 9, (before, link, after), 5)
    jump = replace(span("（下转第2版）", 40.0), link="#2")
    return Frame("harvest", "body", 40, 280, 160, 40, (first, PlacedLine(jump.text, 40, 315, 70, 9, (jump,), 6)))


@pytest.fixture(scope="module")
def composition(tmp_path_factory: pytest.TempPathFactory) -> Composition:
    folder = tmp_path_factory.mktemp("screen")
    emblem(folder / "emblem.png")
    head = Frame(
        "harvest",
        "headline",
        36,
        20,
        400,
        60,
        (line("秋粮入库", 36.64, 44, paragraph=0, size=24.0), line("颗粒归仓", 36.64, 72, paragraph=0, size=24.0)),
    )
    long = list(lines_of(SAMPLE, 36.64, 80, paragraph=1))
    first, rest = long[:4], long[4:]
    cross = Frame("harvest", "crosshead", 230, 80, 160, 15, (line("晒谷场上", 230, 91, paragraph=2),))
    caption = Frame("harvest", "caption", 230, 480, 160, 12, (line("合作社的院子。", 230, 490, size=8.0),))
    picture = PlacedPicture(str(folder / "emblem.png"), 230, 400, 80, 80, alt="一枚圆形报徽", article="harvest")
    nameplate = replace(plain("<p style='margin:0'>柳河新声", base=str(folder)), alt="柳河新声")
    first_page = page(
        head,
        Frame("harvest", "body", 36.64, 80, 162, 60, tuple(first)),
        cross,
        linked(),
        caption,
        boxes=(Box("rule", 210, 80, 0.25, 300, fill=Colour()), nameplate, torture(folder)),
        pictures=(picture,),
    )
    again = Frame("harvest", "body", 36.64, 80, 162, 60, tuple(rest))
    other = Frame("school", "headline", 36, 400, 300, 30, (line("开学第一课", 36.64, 424, paragraph=0, size=20.0),))
    second_page = page(again, other, body("新学期开始了。", 36.64, 440, article="school"), number=2)
    heads = {"harvest": "秋粮入库 颗粒归仓", "school": "开学第一课"}
    return replace(issue(first_page, second_page, author="柳河镇"), headlines=heads)


@pytest.fixture(scope="module")
def screen(composition: Composition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(composition, tmp_path_factory.mktemp("screen") / "screen.pdf", target=screen_target())


def test_paragraphs_are_whole_across_columns_and_pages(screen: Path) -> None:
    told = elements(screen)
    assert ("P", SAMPLE) in told
    assert ("H1", "秋粮入库颗粒归仓") in told
    assert ("H2", "晒谷场上") in told
    assert ("H1", "开学第一课") in told
    assert ("Caption", "合作社的院子。") in told
    assert ("Link", "example.org") in told
    assert ("P", "详见example.org网站。") in told
    assert told[0][0] == "Document"
    assert [tag for tag, _ in told].count("Art") == 2


def row(number: int, y: float, *cells: tuple[float, str], face: str = "Song-Regular") -> tuple[PlacedLine, ...]:
    return tuple(line(text, x, y, paragraph=number, face=face) for x, text in cells)


def test_tables_have_rows_heads_and_cells_for_every_column(tmp_path: Path) -> None:
    lines = (
        line("六路公交时刻", 60, 100, paragraph=1),
        *row(2, 115, (40, "班次"), (100, "首班"), (160, "末班"), face="Hei-Bold"),
        *row(3, 130, (40, "县城开"), (100, "6:00"), (160, "17:10")),
        *row(4, 145, (40, "桥北开"), (160, "17:48")),
        line("节假日照常。", 40, 160, paragraph=5),
    )
    rows = (
        TableRow("head", tuple(TableCell(at, at + 1, heads="column") for at in (1, 2, 3))),
        TableRow("body", tuple(TableCell(at, at + 1) for at in (4, 5, 6))),
        TableRow("body", (TableCell(7, 8), TableCell(8, 8), TableCell(8, 9))),
    )
    table = Frame("bus", "table", 40, 85, 160, 80, lines, rows=rows)
    told = elements(write(issue(page(table)), tmp_path / "a.pdf", target=screen_target()))
    rows = [part for part in told if part[0] not in ("Document", "Art")]
    assert rows == [
        ("P", "六路公交时刻"),
        ("Table", "班次首班末班县城开6:0017:10桥北开17:48"),
        *(("TR", "班次首班末班"), ("TH", "班次"), ("TH", "首班"), ("TH", "末班")),
        *(("TR", "县城开6:0017:10"), ("TD", "县城开"), ("TD", "6:00"), ("TD", "17:10")),
        *(("TR", "桥北开17:48"), ("TD", "桥北开"), ("TD", ""), ("TD", "17:48")),
        ("P", "节假日照常。"),
    ]


TALLY = (
    *((40, 100, "岸"), (100, 100, "年内存粮"), (40, 115, "东岸")),
    *((100, 115, "612"), (130, 115, "437"), (40, 130, "合计"), (100, 130, "612"), (130, 130, "437")),
)


def tally() -> Frame:
    """A head over two columns, a row, and a row of totals, all of one face."""
    lines = tuple(line(text, x, y, paragraph=y) for x, y, text in TALLY)
    rows = (
        TableRow("head", (TableCell(0, 1, heads="column"), TableCell(1, 2, columns=2, heads="column"))),
        TableRow("body", (TableCell(2, 3), TableCell(3, 4), TableCell(4, 5))),
        TableRow("total", (TableCell(5, 6, heads="row"), TableCell(6, 7), TableCell(7, 8))),
    )
    return Frame("grain", "table", 40, 85, 160, 60, lines, rows=rows)


def cells(path: Path) -> list[tuple[str, str]]:
    """The cells of all tables, each with its structure type and its attributes."""
    with pikepdf.open(path) as pdf:
        found = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/P" in thing]
        told = []
        for thing in found:
            if thing.get("/S") in ("/TH", "/TD"):
                attributes = thing.get("/A", {})
                told.append((str(thing.S), " ".join(str(v) for k, v in sorted(attributes.items()) if k != "/O")))
        return told


def test_a_total_is_the_head_of_its_row_and_a_merged_head_spans_its_columns(tmp_path: Path) -> None:
    told = cells(write(issue(page(tally())), tmp_path / "a.pdf", target=screen_target()))
    assert told == [
        *(("/TH", "/Column"), ("/TH", "2 /Column")),
        *(("/TD", ""), ("/TD", ""), ("/TD", "")),
        *(("/TH", "/Row"), ("/TD", ""), ("/TD", "")),
    ]


def test_a_table_whose_rows_nobody_gives_is_paragraphs(tmp_path: Path) -> None:
    without = replace(tally(), rows=())
    told = elements(write(issue(page(without)), tmp_path / "a.pdf", target=screen_target()))
    assert [part[0] for part in told] == ["Document", "Art", "P", "P", "P"]


def test_items_that_follow_on_each_other_are_one_list(tmp_path: Path) -> None:
    def item(number: int, text: str) -> Frame:
        return Frame(
            "a", "list", 40, 100 + 15 * number, 160, 15, (line(text, 40, 111 + 15 * number, paragraph=number),)
        )

    frames = (
        item(1, "一是修路。"),
        item(2, "二是架桥。"),
        body("另有两件。", 40, 145, article="a", paragraph=3),
        item(4, "三是通车。"),
    )
    told = elements(write(issue(page(*frames)), tmp_path / "a.pdf", target=screen_target()))
    assert [part for part in told if part[0] in ("L", "LBody", "P")] == [
        ("L", "一是修路。二是架桥。"),
        ("LBody", "一是修路。"),
        ("LBody", "二是架桥。"),
        ("P", "另有两件。"),
        ("L", "三是通车。"),
        ("LBody", "三是通车。"),
    ]


def test_the_print_file_has_the_same_structure(composition: Composition, tmp_path: Path, screen: Path) -> None:
    printed = elements(write(composition, tmp_path / "print.pdf", target=press()))
    assert [told for told in printed if told[0] != "Link"] == [told for told in elements(screen) if told[0] != "Link"]


def test_figures_have_a_text_and_a_place(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        figures = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
        assert {str(figure.Alt) for figure in figures} == {"一枚圆形报徽", "柳河新声"}
        (place,) = [figure.A.BBox for figure in figures if str(figure.Alt) == "一枚圆形报徽"]
        assert [float(value) for value in place] == pytest.approx([230, A4[1] - 480, 310, A4[1] - 400], abs=0.01)


def test_a_figure_is_read_where_its_order_says(tmp_path: Path) -> None:
    emblem(tmp_path / "emblem.png")
    head = Frame("a", "headline", 40, 40, 160, 30, (line("秋粮入库", 40, 60, paragraph=0),), order=1)
    text = replace(body("秋天到了。", 40, 80, article="a"), order=2)
    caption = Frame("a", "caption", 40, 200, 160, 30, (line("报徽。", 40, 212, paragraph=9),), order=3)
    picture = PlacedPicture(str(tmp_path / "emblem.png"), 40, 120, 60, 60, alt="报徽", article="a", order=3)
    path = write(issue(page(head, text, caption, pictures=(picture,))), tmp_path / "a.pdf", target=screen_target())
    assert [tag for tag, _ in elements(path)] == ["Document", "Art", "H1", "P", "Figure", "Caption"]


def test_articles_are_read_in_the_order_of_their_texts(tmp_path: Path) -> None:
    """Pictures are painted first, and one of the second article must not bring it before the first."""
    emblem(tmp_path / "emblem.png")
    picture = PlacedPicture(str(tmp_path / "emblem.png"), 230, 400, 80, 80, alt="报徽", article="school")
    first, second = body("先读这一篇。"), body("后读这一篇。", 36.64, 440, article="school")
    path = write(issue(page(first, second, pictures=(picture,))), tmp_path / "a.pdf", target=screen_target())
    told = [(tag, text) for tag, text in elements(path) if tag in ("P", "Figure")]
    assert told == [("P", "先读这一篇。"), ("Figure", ""), ("P", "后读这一篇。")]


def test_a_picture_without_words_is_an_ornament_and_reported(tmp_path: Path) -> None:
    emblem(tmp_path / "emblem.png")
    composition = issue(page(pictures=(PlacedPicture(str(tmp_path / "emblem.png"), 40, 120, 60, 60, article="a"),)))
    path = tmp_path / "a.pdf"
    (problem,) = write_pdf(composition, path, faces=faces(), target=screen_target(), cache=None)
    assert (problem.rule, problem.severity) == ("no-alt", Severity.WARNING)
    assert elements(path) == [("Document", "")]
    assert write_pdf(composition, path, faces=faces(), target=press(), cache=None) == []


def test_links_lead_to_addresses_and_pages_and_say_where(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        address, jump = pdf.pages[0].Annots
        assert str(address.A.URI) == "https://example.org/%E7%A7%8B%E6%94%B6?a=1"
        assert str(address.Contents) == ADDRESS
        assert jump.Dest[0].objgen == pdf.pages[1].objgen
        left, bottom, right, top = (float(value) for value in address.Rect)
        assert left == pytest.approx(58, abs=0.01)
        assert bottom < A4[1] - 300 < top
        assert right > left + 40


def test_the_print_file_has_no_annotations(composition: Composition, tmp_path: Path) -> None:
    with pikepdf.open(write(composition, tmp_path / "print.pdf")) as pdf:
        assert all("/Annots" not in sheet for sheet in pdf.pages)
        assert "/Outlines" not in pdf.Root


def test_the_outline_has_the_headlines(screen: Path) -> None:
    with pikepdf.open(screen) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["秋粮入库 颗粒归仓", "开学第一课"]
        assert outline.root[1].destination[0].objgen == pdf.pages[1].objgen


def test_it_says_what_it_is(screen: Path) -> None:
    with pikepdf.open(screen) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfuaid:part"], about["pdfaid:part"], about["pdfaid:conformance"]) == ("1", "2", "A")
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert all(str(sheet.Tabs) == "/S" for sheet in pdf.pages)
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[12:20] == b"mntrRGB "
        assert [float(value) for value in pdf.pages[0].MediaBox] == pytest.approx([0, 0, *A4], abs=1e-3)


def test_it_is_in_rgb_and_black_is_black(screen: Path) -> None:
    assert colours(screen) <= {"rg", "RG", "/DeviceRGB", "/DeviceGray"}
    with pikepdf.open(screen) as pdf:
        set_ = [
            tuple(float(value) for value in operands)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[1])
            if str(operator) == "rg"
        ]
    assert set_ == [(0, 0, 0)]


def test_inks_look_on_screen_as_on_the_sheet(tmp_path: Path) -> None:
    band = Box("rule", 0, 0, 300, 300, fill=Colour(0, 1, 1, 0.15))
    path = write(issue(page(boxes=(band,))), tmp_path / "a.pdf", target=screen_target())
    with pikepdf.open(path) as pdf:
        (red, green, blue) = next(
            tuple(float(value) for value in operands)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "rg"
        )
    assert red > 0.7
    assert max(green, blue) < 0.2
    assert plates(path)  # Ghostscript takes it too
