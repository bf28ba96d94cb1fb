"""Word files that are broken, that are something else, or that hold what no newsletter can print."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from lowered import lower
from word_file import (
    LEDE,
    NAMESPACES,
    SIGN,
    TYPES,
    XMLNS,
    Bring,
    WordFile,
    field,
    image,
    numbered,
    p,
    picture,
    r,
    table,
    told,
    unsure,
)

from layout.errors import has_errors
from layout.importing import ArticleError, import_article

TITLE = p("题目", style="a3")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(path: Path) -> str:
    """Imports what cannot be imported: the rule, after seeing that both languages say what and how to mend it."""
    with pytest.raises(ArticleError) as caught:
        import_article(path)
    problem = caught.value.problems[0]
    assert not has_errors(caught.value.problems[1:])
    assert problem.mark
    assert problem.mark.file == str(path)
    for words in (problem.what, problem.remedy):
        assert words.zh
        assert words.en
    return problem.rule


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


# Refused.


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-source"),
        (b"\0" * 3000, "damaged-source"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "source-kind"),
        (b"%PDF-1.7\n", "source-kind"),
        (b"{\\rtf1 text}", "source-kind"),
        (b"<html><body>text</body></html>", "source-kind"),
        (b"PK\x03\x04 and no more", "damaged-source"),
    ],
    ids=["empty", "zeros", "password", "old doc", "pdf", "rtf", "html", "torn zip"],
)
def test_what_is_no_docx_is_refused_with_the_reason(tmp_path: Path, data: bytes, rule: str) -> None:
    assert refused(saved(tmp_path / "稿件.docx", data)) == rule


def test_a_file_cut_off_in_sending(tmp_path: Path) -> None:
    data = WordFile(TITLE, p(LEDE), SIGN).bytes()
    assert refused(saved(tmp_path / "a.docx", data[: len(data) // 2])) == "damaged-source"


def test_text_that_is_no_xml(tmp_path: Path) -> None:
    word = WordFile(TITLE, p(LEDE), "<w:p><w:r></w:p>")
    assert refused(word.save(tmp_path / "a.docx")) == "damaged-source"


@pytest.mark.parametrize("inside", ["xl/workbook.xml", "ppt/presentation.xml", "content.xml"])
def test_other_packages_under_the_name_of_a_docx(tmp_path: Path, inside: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(inside, "<x/>")
    assert refused(saved(tmp_path / "a.docx", out.getvalue())) == "source-kind"


def test_strict_open_xml_is_refused_and_not_read_as_empty(tmp_path: Path) -> None:
    word = WordFile(TITLE, p(LEDE), SIGN)
    word.namespaces = XMLNS.replace(NAMESPACES["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert refused(word.save(tmp_path / "a.docx")) == "strict-docx"


def test_a_bomb_of_zeros(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lower(monkeypatch, "layout.importing.word.package.MANUSCRIPT_INFLATED_BYTES", 1_000_000)
    word = WordFile(TITLE, p(LEDE))
    word.part("media/image1.png", bytes(2_000_000), "image")
    assert refused(word.save(tmp_path / "a.docx")) == "limit"


def test_a_document_without_words_or_pictures(tmp_path: Path) -> None:
    assert refused(WordFile(p(), p("　"), p()).save(tmp_path / "a.docx")) == "no-text"


def test_only_a_headline_is_no_article(tmp_path: Path) -> None:
    assert refused(WordFile(TITLE).save(tmp_path / "a.docx")) == "no-text"


@pytest.mark.parametrize(
    "name", ["a.doc", "a.wps", "a.pdf", "a.rtf", "a.odt", "a.docm", "a.pptx", "a.jpg", "a.xyz", "a"]
)
def test_kinds_that_are_not_taken_are_refused_with_the_way_out(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / name, b"x")
    assert refused(path) == "source-kind"
    with pytest.raises(ArticleError, match=r"docx|text|\.txt"):
        import_article(path)


def test_a_missing_file_a_folder_and_words_lock_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.docx") == "no-file"
    assert refused(tmp_path) == "no-file"
    assert refused(saved(tmp_path / "~$稿件.docx", b"x")) == "lock-file"


# Taken, and told.


def test_a_damaged_picture_leaves_the_text(tmp_path: Path) -> None:
    word = WordFile(TITLE, p(LEDE), p(picture("rId10")), SIGN)
    word.part("media/image1.png", data := image(), "image")
    package = bytearray(word.bytes())
    at = package.find(zlib.compress(data, 6)[2:40])
    assert at > 0
    package[at + 20] ^= 0xFF
    got = import_article(saved(tmp_path / "a.docx", bytes(package)))
    assert got.body == f"{LEDE}\n"
    assert "word/media/image1.png" in told(got, "damaged-part")
    assert {"damaged-part", "corrupt-picture"} <= unsure(got)


def test_a_picture_that_is_cut_short_is_saved_but_not_placed(bring: Bring) -> None:
    word = WordFile(TITLE, p(LEDE), p(picture("rId10")), SIGN)
    word.part("media/image1.jpg", data := image(800, 600, "JPEG")[:2000], "image")
    got = bring(word)
    assert got.pictures[0].data == data
    assert not got.pictures[0].usable
    assert "corrupt-picture" in unsure(got)


def test_windows_metafiles_are_saved_and_the_original_asked_for(bring: Bring) -> None:
    emf = struct.pack("<I", 1) + bytes(36) + b" EMF" + bytes(60)
    word = WordFile(TITLE, p(LEDE), p(picture("rId10")), SIGN)
    word.part("media/image1.emf", emf, "image")
    got = bring(word)
    assert (got.pictures[0].suffix, got.pictures[0].usable) == (".emf", False)
    assert "EMF" in told(got, "picture-kind")
    assert "picture-kind" in unsure(got)


@pytest.mark.parametrize("side", [13_000, 30_000])
def test_a_picture_of_too_many_pixels_is_saved_and_reported(bring: Bring, side: int) -> None:
    huge = _png_head(side, side)
    word = WordFile(TITLE, p(LEDE), p(picture("rId10")), SIGN)
    word.part("media/image1.png", huge, "image")
    got = bring(word)
    assert got.pictures[0].data == huge
    assert not got.pictures[0].usable
    assert "huge-picture" in unsure(got)


def _png_head(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and nothing more."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_gif_becomes_a_png_pixel_by_pixel(bring: Bring) -> None:
    from PIL import Image

    word = WordFile(TITLE, p(LEDE), p(picture("rId10")), SIGN)
    word.part("media/image1.gif", image(90, 80, "GIF", "crimson"), "image")
    (shown,) = bring(word).pictures
    with Image.open(io.BytesIO(shown.data)) as png:
        assert (png.format, png.size) == ("PNG", (90, 80))
        assert png.convert("RGB").getpixel((5, 5)) == (220, 20, 60)


def test_a_cropped_picture_comes_whole_with_its_focus(bring: Bring) -> None:
    word = WordFile(TITLE, p(LEDE), p(picture("rId10", crop='<a:srcRect l="50000" b="20000"/>')), SIGN)
    word.part("media/image1.png", image(400, 300), "image")
    got = bring(word)
    assert got.pictures[0].focus == (0.75, 0.4)
    assert "400×300" in told(got, "picture")
    assert "cropped-picture" in unsure(got)


def test_a_picture_that_is_only_a_link_is_reported_with_its_address(bring: Bring) -> None:
    word = WordFile(TITLE, p(LEDE), p(picture("rId10")), SIGN)
    word.relate("image", "file:///D:/照片/桥.jpg", external=True)
    got = bring(word)
    assert not got.pictures
    assert "file:///D:/照片/桥.jpg" in told(got, "linked-picture")


def test_a_picture_whose_part_is_missing_is_reported(bring: Bring) -> None:
    got = bring(WordFile(TITLE, p(LEDE), p(picture("rId77")), SIGN))
    assert "lost-picture" in unsure(got)


def test_a_table_that_only_arranges_pictures_is_read_in_order(bring: Bring) -> None:
    word = WordFile(TITLE, p(LEDE), table([p(picture("rId10"))], [p("图为晒谷场。")]), SIGN)
    word.part("media/image1.png", image(), "image")
    got = bring(word)
    assert got.pictures[0].caption == "图为晒谷场。"
    assert "layout-table" in {note.rule for note in got.notes}


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


FRACTION = f"<m:f><m:num>{m('44')}</m:num><m:den>{m('12')}</m:den></m:f>"
SUM = (
    f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{m("i=1")}</m:sub><m:sup>{m("n")}</m:sup>'
    f"<m:e><m:sSub><m:e>{m('E')}</m:e><m:sub>{m('i')}</m:sub></m:sSub></m:e></m:nary>"
)
SQUARE = f"<m:sSup><m:e>{m('a+b')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>"


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        (f"{m('C×')}{FRACTION}", "C×44/12"),
        (SUM, "∑(i=1…n)E_i"),
        (SQUARE, "(a+b)²"),
        (f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('2c')}</m:den></m:f>", "(a+b)/2c"),
        (f"<m:rad><m:deg/><m:e>{m('x+1')}</m:e></m:rad>", "√(x+1)"),
        (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{m("x")}</m:e></m:d>', "[x]"),
    ],
)
def test_an_equation_becomes_a_line_that_reads_as_it_does(formula: str, line: str, bring: Bring) -> None:
    got = bring(WordFile(TITLE, p(r(LEDE), f"<m:oMath>{formula}</m:oMath>"), SIGN))
    assert line in got.body.replace("\\", "")
    assert line in told(got, "equation")
    assert "equation" in unsure(got)


def test_a_matrix_is_refused_by_name(bring: Bring) -> None:
    matrix = f"<m:oMath><m:m><m:mr><m:e>{m('1')}</m:e><m:e>{m('0')}</m:e></m:mr></m:m></m:oMath>"
    got = bring(WordFile(TITLE, p(r(LEDE), matrix), SIGN))
    assert "〓" in got.body
    assert "矩阵" in told(got, "equation")


def test_an_embedded_equation_keeps_its_picture(bring: Bring) -> None:
    thing = '<w:r><w:object><v:shape><v:imagedata r:id="rId10"/></v:shape><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>'
    word = WordFile(TITLE, p(LEDE), p(thing), SIGN)
    word.part("media/image1.png", image(), "image")
    got = bring(word)
    assert len(got.pictures) == 1
    assert "Equation.DSMT4" in told(got, "equation")


def test_an_embedded_spreadsheet_is_reported(bring: Bring) -> None:
    got = bring(
        WordFile(TITLE, p(LEDE), p('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'), SIGN)
    )
    assert "Excel.Sheet.12" in told(got, "embedded-object")


def test_the_words_of_smartart_and_charts_are_reported(bring: Bring) -> None:
    def graphic(inner: str) -> str:
        return f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"

    word = WordFile(
        TITLE, p(LEDE), p(graphic('<dgm:relIds r:dm="rId10"/>')), p(graphic('<c:chart r:id="rId11"/>')), SIGN
    )
    word.part(
        "diagrams/data1.xml",
        f"<dgm:dataModel {XMLNS}><a:p><a:r><a:t>先议后建</a:t></a:r></a:p></dgm:dataModel>",
        "diagramData",
    )
    word.part(
        "charts/chart1.xml",
        f"<c:chartSpace {XMLNS}><a:t>各村收成</a:t><c:pt><c:v>645</c:v></c:pt></c:chartSpace>",
        "chart",
    )
    got = bring(word)
    assert "先议后建" in told(got, "smartart")
    assert "各村收成 645" in told(got, "embedded-chart")
    assert {"smartart", "embedded-chart"} <= unsure(got)


def test_drawn_lines_are_reported(bring: Bring) -> None:
    got = bring(WordFile(TITLE, p(r(LEDE), "<w:r><w:pict><v:line/></w:pict></w:r>"), SIGN))
    assert "drawing" in {note.rule for note in got.notes}


@pytest.mark.parametrize("strike", ["strike", "dstrike"])  # one line through the words, or two
def test_hidden_and_struck_out_words_are_reported(strike: str, bring: Bring) -> None:
    got = bring(WordFile(TITLE, p(r(LEDE), r("藏着的话", "<w:vanish/>"), r("划掉的话。", f"<w:{strike}/>")), SIGN))
    assert got.body == f"{LEDE}划掉的话。\n"
    assert "藏着的话" in told(got, "hidden-text")
    assert "划掉的话。" in told(got, "struck-out")


def test_looks_that_are_left_out_are_reported_with_their_paragraphs(bring: Bring) -> None:
    got = bring(
        WordFile(
            TITLE,
            p(r(LEDE, '<w:u w:val="single"/><w:color w:val="FF0000"/>')),
            p(r(LEDE, '<w:highlight w:val="yellow"/>')),
            SIGN,
        )
    )
    assert "下划线没有带进来（第 2 段）" in told(got, "formatting")
    assert "文字颜色没有带进来（第 2 段）" in told(got, "formatting")
    assert "突出显示没有带进来（第 3 段）" in told(got, "formatting")


def test_symbols_of_unknown_faces_hold_their_place(bring: Bring) -> None:
    symbols = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Webdings" w:char="F045"/></w:r>'
    got = bring(WordFile(TITLE, p(r(LEDE), symbols), SIGN))
    assert got.body == f"{LEDE}✓〓\n"
    assert "Webdings" in told(got, "symbol")


def test_a_table_of_contents_is_left_out_and_reported(bring: Bring) -> None:
    contents = p(field("TOC \\o", r("卖得出"), r("2")), style="TOC1")
    got = bring(WordFile(TITLE, contents, p(LEDE), SIGN))
    assert got.body == f"{LEDE}\n"
    assert "卖得出" in told(got, "contents")


def test_a_field_that_printed_nothing_is_reported(bring: Bring) -> None:
    got = bring(WordFile(TITLE, p(r(LEDE), field(r"EQ \o\ac(○,密)")), SIGN))
    assert r"EQ \o\ac(○,密)" in told(got, "field")


def test_prompts_in_content_controls_are_reported(bring: Bring) -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入日期')}</w:sdtContent></w:sdt>"
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('填好的话。')}</w:sdtContent></w:sdt>"
    got = bring(WordFile(TITLE, p(r(LEDE), prompt, filled), SIGN))
    assert got.body == f"{LEDE}填好的话。\n"
    assert "单击此处输入日期" in told(got, "placeholder")


def test_embedded_files_and_unknown_content_are_reported(bring: Bring) -> None:
    word = WordFile(TITLE, p(LEDE), '<w:altChunk r:id="rId10"/>', f"<w:novelty>{p('新东西里的话')}</w:novelty>", SIGN)
    word.part("afchunk.html", "<p>嵌入的网页</p>", "aFChunk", "text/html")
    got = bring(word)
    assert "/word/afchunk.html" in told(got, "embedded-file")
    assert "新东西里的话" in told(got, "unknown-content")


def test_forced_line_breaks_in_the_text_make_paragraphs_and_are_reported(bring: Bring) -> None:
    got = bring(WordFile(TITLE, p(r(LEDE), "<w:r><w:br/></w:r>", r(LEDE)), SIGN))
    assert got.body == f"{LEDE}\n\n{LEDE}\n"
    assert "1 处" in told(got, "line-break")


def test_several_articles_in_one_file_are_reported(bring: Bring) -> None:
    got = bring(
        WordFile(
            p("第一篇", style="1"), p(LEDE), p("第二篇", style="1"), p(LEDE), p("第三篇", style="1"), p(LEDE), SIGN
        )
    )
    assert "2 个一级标题" in told(got, "several-headlines")


def test_a_document_with_macros_is_refused_with_the_way_out(tmp_path: Path) -> None:
    data = WordFile(TITLE, p(LEDE)).bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(
                    f"{TYPES}.document.main+xml".encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml"
                )
            new.writestr(name, text)
    assert refused(saved(tmp_path / "a.docx", out.getvalue())) == "source-kind"


def test_a_package_without_styles_is_read_all_the_same(tmp_path: Path) -> None:
    data = WordFile(p(LEDE), SIGN).bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if "styles" not in name and not name.endswith("document.xml.rels"):
                new.writestr(name, old.read(name))
    got = import_article(saved(tmp_path / "a.docx", out.getvalue()))
    assert got.body == f"{LEDE}\n"


def test_a_package_that_names_its_styles_twice_is_read(bring: Bring) -> None:
    file = WordFile(p("湿谷进烘房", style="a3"), p(LEDE), SIGN)
    file.bytes()  # adds the styles, which saving adds again
    assert bring(file).fields["headline"] == "湿谷进烘房"


@pytest.mark.parametrize(
    ("face", "code", "character"),
    [("Wingdings", "F0FE", "☑"), ("Wingdings", "00E0", "→"), ("Symbol", "F0B4", "×"), ("Wingdings 2", "F052", "☑")],
)
def test_symbols_have_the_character_that_their_face_shows(face: str, code: str, character: str, bring: Bring) -> None:
    sign = f'<w:r><w:sym w:font="{face}" w:char="{code}"/></w:r>'
    got = bring(WordFile(p("题目", style="a3"), p(LEDE), p(r("甲"), sign, r("乙，各村都报了数。")), SIGN))
    assert f"甲{character}乙" in got.body


@pytest.mark.parametrize(("distance", "printed"), [("-6", "CO₂"), ("6", "CO²"), ("-2", "CO2")])
def test_a_small_figure_moved_by_hand_is_raised_or_lowered(distance: str, printed: str, bring: Bring) -> None:
    small = f'<w:position w:val="{distance}"/><w:sz w:val="14"/>'
    got = bring(WordFile(p("题目", style="a3"), p(LEDE), p(r("少排CO"), r("2", small), r("十二吨。")), SIGN))
    assert f"少排{printed}十二吨" in got.body


def test_items_of_a_deeper_level_under_one_are_on_one_level(bring: Bring) -> None:
    file = WordFile(p("题目", style="a3"), p(LEDE), *[numbered(text, 1, 2) for text in ("汽油", "活禽")], SIGN)
    file.numbering(_1=("bullet", "•"))
    assert bring(file).body.endswith("- 汽油\n- 活禽\n")
