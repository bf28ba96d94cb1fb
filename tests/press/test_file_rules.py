"""The rules about the file itself, each with what just keeps it, and the words in which it is reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf, String
from press_sheets import BLEED, HEIGHT, ICC, MM, WIDTH, clean, draw, font, page_one, replace_xmp, save

from layout.press.preflight.file_rules import check_count
from layout.press.preflight.findings import Finding, Findings
from layout.press.preflight.preflight import preflight
from layout.press.printer import Printer

Change = Callable[[Pdf], object]


@pytest.fixture
def checked(coated: Printer, tmp_path: Path) -> Callable[..., list[Finding]]:
    def checked(change: Change = lambda pdf: None, pages: int = 4, **options: object) -> list[Finding]:
        pdf = clean(pages)
        change(pdf)
        return preflight(save(pdf, tmp_path / "a.pdf", **options), coated, ink=False)

    return checked


Checked = Callable[..., list[Finding]]


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.what.en) for finding in findings]


# Identification.


@pytest.mark.parametrize("key", ["xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"])
def test_X1_names_what_the_metadata_lack(key: str, checked: Checked) -> None:
    (found,) = checked(lambda pdf: replace_xmp(pdf, key, "xmpMM:Other"))
    assert found.rule == "X1"
    assert f"there is no {key} in the XMP" in found.what.en


def test_X1_the_older_name_of_the_version_counts_too(checked: Checked) -> None:
    def older(pdf: Pdf) -> None:
        replace_xmp(pdf, "http://www.npes.org/pdfx/ns/id/", "http://ns.adobe.com/pdfx/1.3/")

    assert checked(older) == []

    def by_docinfo(pdf: Pdf) -> None:
        replace_xmp(pdf, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "")
        pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-4")

    assert checked(by_docinfo) == []

    def nowhere(pdf: Pdf) -> None:
        replace_xmp(pdf, "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "")

    (found,) = checked(nowhere)
    assert (found.rule, found.what.en.count("does not say that it is PDF/X")) == ("X1", 1)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("dc:title", "a title"),
        ("xmp:CreatorTool", "the program that made it"),
        ("xmp:CreateDate", "a creation date"),
        ("xmp:ModifyDate", "a modification date"),
        ("xmp:MetadataDate", "a metadata date"),
    ],
)
def test_X2_names_what_is_missing(key: str, words: str, checked: Checked) -> None:
    prefix = key.partition(":")[0]
    (found,) = checked(lambda pdf: replace_xmp(pdf, key, f"{prefix}:Other"))
    assert found.rule == "X2"
    assert f"{words} ({key})" in found.what.en


def test_X2_a_file_without_metadata_lacks_all_of_it(checked: Checked) -> None:
    def without(pdf: Pdf) -> None:
        del pdf.Root.Metadata

    rules = [found.rule for found in checked(without)]
    assert rules.count("X1") == 1
    assert rules.count("X2") == 5
    assert rules.count("X3") == 1


def test_X3_the_two_places_that_say_trapped_agree_or_one_is_silent(checked: Checked) -> None:
    def silent(pdf: Pdf) -> None:
        del pdf.docinfo["/Trapped"]

    def trapped(pdf: Pdf) -> None:
        replace_xmp(pdf, "<pdf:Trapped>False", "<pdf:Trapped>True")
        pdf.docinfo["/Trapped"] = Name("/True")

    assert checked(silent) == []
    assert checked(trapped) == []
    (found,) = checked(lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name("/True")))
    assert "pdf:Trapped = False, Info Trapped = True" in found.what.en


# The output intent.


def intent(**entries: object) -> Change:
    def change(pdf: Pdf) -> None:
        one = pdf.Root.OutputIntents[0]
        for key, value in entries.items():
            if value is None:
                del one[f"/{key}"]
            else:
                one[f"/{key}"] = value

    return change


def profile(change: Callable[[bytearray], object], components: int = 4) -> Change:
    def put(pdf: Pdf) -> None:
        data = bytearray(ICC.read_bytes())
        change(data)
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(data), N=components)

    return put


def head(at: int, value: bytes) -> Callable[[bytearray], object]:
    return lambda data: data.__setitem__(slice(at, at + len(value)), value)


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        (intent(OutputConditionIdentifier=None), "X4", "it has no OutputConditionIdentifier"),
        (intent(RegistryName=None, Info=None), "X4", "it has no RegistryName"),
        (intent(DestOutputProfile=None), "X4", "its ICC profile is not embedded"),
        (profile(head(36, b"ascp")), "X4", "its ICC profile is no output (prtr) profile"),
        (profile(head(12, b"mntr")), "X4", "no output (prtr) profile"),
        (profile(lambda data: None, components=3), "X4", "its profile's N is not 4"),
        (profile(head(16, b"GRAY")), "GWG R0035", "GRAY"),
        (intent(S=Name.GTS_PDFA1), "X4", "there is none"),
        (intent(OutputConditionIdentifier=String("FOGRA51")), "S4", "FOGRA51"),
        (profile(head(100, b"????")), "S4", "FOGRA39 with another ICC file"),
    ],
)
def test_X4_and_S4_say_what_is_wrong_with_the_output_intent(
    change: Change, rule: str, words: str, checked: Checked
) -> None:
    found, *others = checked(change)
    assert (found.rule, words in found.what.en) == (rule, True), found.what
    assert {other.rule for other in others} <= {"S4"}  # it is another file than the printer's


@pytest.mark.parametrize("kept", [{"RegistryName": None}, {"Info": None}])
def test_X4_a_registry_or_words_about_the_condition_are_enough(kept: dict[str, object], checked: Checked) -> None:
    assert checked(intent(**kept)) == []


def test_X4_other_intents_beside_that_of_the_press_do_not_count(checked: Checked) -> None:
    def beside(pdf: Pdf) -> None:
        pdf.Root.OutputIntents.insert(0, Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1))
        pdf.Root.OutputIntents.append(String("none"))

    assert checked(beside) == []

    def twice(pdf: Pdf) -> None:
        pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])

    (found,) = checked(twice)
    assert "there are 2, not one" in found.what.en


# What may not be in it.


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(Fields=Array([]))), []),
        (lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(XFA=String("x"))), ["X9"]),
        (lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.GoTo)), []),
        (lambda pdf: pdf.Root.__setitem__("/OpenAction", Array([pdf.pages[0].obj, Name.Fit])), []),
        (lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.Launch)), ["X10"]),
        (lambda pdf: pdf.Root.__setitem__("/AA", Dictionary()), ["X10"]),
        (lambda pdf: pdf.Root.__setitem__("/Names", Dictionary(Dests=Dictionary())), []),
        (lambda pdf: pdf.Root.__setitem__("/Names", Dictionary(JavaScript=Dictionary())), ["X10"]),
        (lambda pdf: page_one(pdf).__setitem__("/AA", Dictionary()), ["X10"]),
    ],
)
def test_X9_X10_forms_scripts_and_actions_that_do_something_are_reported(
    change: Change, rules: list[str], checked: Checked
) -> None:
    assert [found.rule for found in checked(change)] == rules


def annotated(kind: str, rectangle: list[float] | None) -> Change:
    def change(pdf: Pdf) -> None:
        entry = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind))
        if rectangle:
            entry.Rect = Array(rectangle)
        page_one(pdf).Annots = Array([String("none"), entry])

    return change


@pytest.mark.parametrize(
    ("kind", "x", "reported"),
    [
        ("Link", WIDTH + BLEED - 1, True),
        ("Link", WIDTH + BLEED + 1, False),
        ("TrapNet", 100, False),
        ("PrinterMark", 100, False),
        ("Text", 100, True),
    ],
)
def test_X9_an_annotation_that_reaches_into_the_bleed_is_reported(
    kind: str, x: float, reported: bool, checked: Checked
) -> None:
    for rectangle in ([x, 200, x + 50, 220], [x + 50, 220, x, 200]):  # corners in either order
        found = checked(annotated(kind, rectangle))
        assert [one.rule for one in found] == ["X9"] * reported
        assert all(f"an annotation ({kind})" in one.what.en for one in found)
        assert [round(one.place.y) for one in found if one.place] == [round((HEIGHT - 220) / MM)] * reported


def test_X9_an_annotation_without_a_place_stands_at_the_page_s_corner(checked: Checked) -> None:
    (found,) = checked(annotated("Link", None))
    assert (found.rule, found.place) == ("X9", pytest.approx((0, 297, 0, 0), abs=0.01))


# Pages.


def test_R0004_tells_both_sizes_and_the_first_page_that_differs(checked: Checked) -> None:
    def lower(pdf: Pdf) -> None:
        for number in (1, 3):
            pdf.pages[number].obj.TrimBox = Array([0, 0, round(WIDTH, 4), round(HEIGHT - 10 * MM, 4)])

    (found,) = checked(lower)
    assert (found.rule, found.page) == ("GWG R0004", 2)
    assert "the trim is 210 × 287 mm, that of the first page 210 × 297 mm" in found.what.en


def test_R0002_tells_the_scale_of_a_page(checked: Checked) -> None:
    (found,) = checked(lambda pdf: page_one(pdf).__setitem__("/UserUnit", 1.5))
    assert (found.rule, "1.5" in found.what.en) == ("GWG R0002", True)
    assert checked(lambda pdf: page_one(pdf).__setitem__("/UserUnit", 1)) == []


def test_a_file_none_of_whose_pages_can_be_read_says_so_and_nothing_of_multiples(coated: Printer) -> None:
    findings = Findings(coated)
    check_count(0, findings)
    (found,) = findings.all()
    assert (found.rule, "it has no pages" in found.what.en) == ("GWG R0001", True)


def test_R0005_a_page_is_empty_whose_text_is_white_or_in_the_slug(checked: Checked) -> None:
    """Whether its text looks like that of a page before it or not."""
    ink, white = "0 0 0 1 k", "0 0 0 0 k"

    def only(*operators: str) -> Change:
        def change(pdf: Pdf) -> None:
            for page, content in zip(pdf.pages, operators, strict=True):
                page.obj.Contents = pdf.make_stream(content.encode())

        return change

    def words(colour: str, y: float = 400) -> str:
        return f"/On gs {colour} BT /F 14 Tf 80 {y} Td <00050006> Tj ET"

    def empty(*operators: str) -> list[int | None]:
        return [found.page for found in checked(only(*operators)) if found.rule == "GWG R0005"]

    lines = words(ink) + " " + words(ink, 380)
    assert empty(words(ink), words(ink), lines, lines) == []
    near = "/On gs 0 0 0 1 k BT /F 14 Tf 80 400 Td <0005> Tj 0 -398 Td <0005> Tj ET"  # one line in the margin
    assert empty(words(ink), near, near, near) == []
    fallen = near.replace("-398", "-425")  # one line within the page, one below the bleed
    assert empty(words(ink), fallen, fallen, fallen) == []
    plain = "0 0 0 0 k BT /F 14 Tf 80 400 Td <0005> Tj ET"
    assert empty(plain, plain, words(ink), plain) == [1, 2, 4]
    assert empty(words(ink), words(ink, HEIGHT + 12), "", words(white)) == [2, 3, 4]


@pytest.mark.parametrize(("wanted", "reported"), [(None, False), (4, False), (8, True), (3, True)])
def test_R0006_a_printer_that_wants_so_many_pages_gets_them(
    wanted: int | None, reported: bool, coated: Printer, tmp_path: Path
) -> None:
    sheet = replace(coated.sheet, pages=wanted)
    printer = replace(coated, sheet=sheet, rules=coated.rules | {"GWG R0006": "error"})
    found = preflight(save(clean(4), tmp_path / "a.pdf"), printer, ink=False)
    assert [one.rule for one in found] == ["GWG R0006"] * reported


# Words about many.


@pytest.mark.parametrize(("count", "told"), [(8, False), (9, True)])
def test_S11_names_eight_fonts_and_says_where_there_are_more(
    count: int, told: bool, coated: Printer, tmp_path: Path
) -> None:
    pdf = clean()
    for number in range(count - 1):  # beside the one that is there
        page_one(pdf).Resources.Font[f"/F{number}"] = font(pdf, name=f"AAAAAA+Face{number}")
        draw(pdf, f"/On gs 0 0 0 1 k BT /F{number} 9 Tf 80 400 Td <0005> Tj ET")
    printer = replace(coated, rules=coated.rules | {"S11": "note"})
    (found,) = preflight(save(pdf, tmp_path / "a.pdf"), printer, ink=False)
    assert found.rule == "S11"
    assert found.what.en.endswith("Square" + "".join(f", Face{number}" for number in range(7)) + ", …" * told)


def test_what_the_reader_had_to_mend_is_counted_and_three_of_it_are_quoted(
    coated: Printer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(clean(), tmp_path / "a.pdf")
    warnings = [f"a.pdf (object {number} 0): fault {number}" for number in range(1, 5)]
    monkeypatch.setattr(pikepdf.Pdf, "get_warnings", lambda self: warnings)
    (found,) = preflight(path, coated, ink=False)
    assert "4 times (fault 1; fault 2; fault 3)" in found.what.en
    assert "修补了 4 处" in found.what.zh


@pytest.mark.parametrize("name", ["柳溪镇报.txt", "gone.pdf", "folder"])
def test_what_cannot_be_read_is_one_error_with_its_reason(name: str, coated: Printer, tmp_path: Path) -> None:
    (tmp_path / "柳溪镇报.txt").write_text("不是 PDF", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    reason = {"柳溪镇报.txt": "it is no PDF", "gone.pdf": "there is no such file", "folder": "it is not a file"}[name]
    (found,) = preflight(tmp_path / name, coated)
    assert (found.rule, found.page, reason in found.what.en) == ("GWG R0001", None, True)
