"""Articles and runs of other languages on pages, in the PDF and at the proofreader's (rules L1, L6, L10 to L14)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

import layout
from layout.composition import Composition, Frame, PlacedLine
from layout.issue import hygiene
from layout.issue.markdown import parse
from layout.issue.reader import examine
from layout.proofreading import proofread
from layout.records import Prose
from layout.text.fonts.faces import load_faces

ROOT = Path(__file__).parents[2]
BILINGUAL = ROOT / "tests" / "fixtures" / "languages" / "bilingual"


@pytest.fixture(scope="module")
def pages() -> Composition:
    return layout.compose(layout.load(BILINGUAL))


@pytest.fixture(scope="module")
def pdf(pages: Composition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("languages") / "bilingual.pdf"
    pages.write_pdf(file)
    return file


def frames(pages: Composition, article: str, role: str) -> list[Frame]:
    return [frame for page in pages.pages for frame in page.frames if frame.article == article and frame.role == role]


def lines(pages: Composition, article: str, role: str = "body") -> list[PlacedLine]:
    return [line for frame in frames(pages, article, role) for line in frame.lines]


def written(folder: Path, article: dict[str, Any] | None = None, **publication: str) -> Path:
    """An issue of one article."""
    data = {
        "publication": {"title": "苇湾通讯", **publication},
        "number": 1,
        "date": "2026-11-20",
        "pages": [{"name": "要闻", "areas": [{6: "nameplate"}, {20: "ferry ferry ferry"}], "columns": {"ferry": 1}}],
        "articles": {"ferry": {"headline": "渡船", "body": "船停了。"} | (article or {})},
    }
    (folder / "issue.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def rules(folder: Path) -> list[tuple[str, int]]:
    return [(problem.rule, problem.mark.line if problem.mark else 0) for problem in examine(folder)[1]]


def test_L1_marks_of_traditional_chinese_are_drawn_in_the_middle_of_their_cells(pages: Composition) -> None:
    face = load_faces()["Song-Regular"]
    assert face.centring("，") == pytest.approx((0.35, 0.42), abs=0.02)
    assert face.centring("・") == (0.0, 0.0)
    moved = [s for line in lines(pages, "traditional") for s in line.spans if s.text == "，"]
    assert len(moved) >= 4
    for span in moved:
        left, bottom, right, top = face.font.ink(face.glyphs["，"])
        assert span.rise / span.size + (bottom + top) / 2 == pytest.approx(0.38, abs=0.01)
    line = next(line for line in lines(pages, "traditional") if "年，" in line.text)
    xs = dict(zip("".join(s.text for s in line.spans), [x for s in line.spans for x in s.xs], strict=True))
    ink = xs["，"] + (left + right) / 2 * line.size
    assert ink - xs["年"] > 1.2 * line.size
    assert all(s.rise == 0 for line in lines(pages, "han") for s in line.spans)


def test_L6_no_indent_after_a_head_and_one_em_elsewhere(pages: Composition) -> None:
    firsts: dict[int, float] = {}
    for frame in frames(pages, "ferry", "body"):
        for line in frame.lines:
            if line.paragraph not in firsts:
                column = min(other.x for other in frame.lines if abs(other.x - line.x) < 3 * line.size)
                firsts[line.paragraph] = round((line.x - column) / line.size, 2)
    assert firsts[1] == 0.0
    assert firsts[2] == 1.0
    assert firsts[4] == 0.0  # after the crosshead, which is the third block
    assert firsts[5] == 1.0


def test_L8_a_narrow_column_of_english_is_ragged_and_one_of_chinese_is_not(tmp_path: Path) -> None:
    text = "The river rose in the night and the boats were brought up to the meadow before the bell had rung. " * 3
    for lang, body in (("en", text), ("zh-Hans", "河水夜里涨了，船都拖到草场上，钟还没有响，人已经到齐了。" * 6)):
        folder = tmp_path / lang
        folder.mkdir()
        page = {"name": "x", "areas": [{6: "nameplate"}, {40: "ferry . ."}], "columns": {"ferry": 2}}
        issue = written(folder, {"body": body, "lang": lang})
        data = yaml.safe_load((issue / "issue.yaml").read_text(encoding="utf-8")) | {"pages": [page]}
        (issue / "issue.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        made = lines(layout.compose(layout.load(issue)), "ferry")
        widths = {round(line.x + line.width) for line in made if not line.ends_paragraph}
        assert (len(widths) > 4) is (lang == "en")


def test_L10_ligatures_are_drawn_and_their_letters_can_be_taken_out(pdf: Path, pages: Composition) -> None:
    import pymupdf

    with pymupdf.open(pdf) as document:
        text = "".join(page.get_text(flags=0) for page in document)
    for word in ("offices", "affidavits", "fluffy", "official", "first"):
        assert word in text
    with pikepdf.open(pdf) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        maps = b"".join(font.ToUnicode.read_bytes() for font in fonts)
    assert "ffi".encode("utf-16-be").hex().encode() in maps
    assert "fl".encode("utf-16-be").hex().encode() in maps


def test_L10_words_of_a_chinese_article_have_none(tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    layout.compose(layout.load(written(tmp_path, {"body": "用Office写 first。"}))).write_pdf(file)
    with pikepdf.open(file) as document:
        maps = b"".join(f.ToUnicode.read_bytes() for page in document.pages for f in page.Resources.Font.values())
    assert "ffi".encode("utf-16-be").hex().encode() not in maps


def test_L11_a_language_has_the_faces_that_the_style_names(tmp_path: Path) -> None:
    style = tmp_path / "own"
    style.mkdir()
    shutil.copy(ROOT / "fonts" / "Hei-Regular.ttf", style / "gothic.ttf")
    faces = {"ja": {"Song-Regular": "Gothic", "Song-Bold": "Gothic", "Hei-Bold": "Gothic"}}
    text = {"name": "own", "extends": "town", "fonts": {"Gothic": "gothic.ttf"}, "faces": faces}
    (style / "style.yaml").write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    body = "船停了，[渡し]{lang=ja}。"
    issue = layout.load(written(tmp_path, {"body": body}), style=style)
    used = {span.text: span.face for line in lines(layout.compose(issue), "ferry") for span in line.spans}
    assert used == {"船停了，": "Song-Regular", "渡し": "Gothic", "。": "Song-Regular"}
    whole = layout.load(written(tmp_path, {"body": "渡し船", "lang": "ja"}), style=style)
    made = layout.compose(whole)
    assert {
        span.face for role in ("body", "headline") for line in lines(made, "ferry", role) for span in line.spans
    } == {"Gothic"}


def test_L11_a_face_that_the_style_does_not_have_is_reported(tmp_path: Path) -> None:
    style = tmp_path / "own"
    style.mkdir()
    (style / "style.yaml").write_text(
        "name: own\nextends: town\nfaces: {ja: {Song-Regular: Mincho}}\n", encoding="utf-8"
    )
    with pytest.raises(layout.StyleError) as raised:
        layout.compose(layout.load(written(tmp_path), style=style))
    (problem,) = raised.value.problems
    assert "Mincho" in problem.what.en
    assert problem.mark is not None
    assert problem.mark.line == 3


def test_L12_a_byline_of_english_has_no_brackets_and_one_of_chinese_has(pages: Composition) -> None:
    assert lines(pages, "ferry", "byline")[0].text == "Ellen Marsh"
    assert lines(pages, "han", "byline")[0].text == "（何苇）"


def test_L12_the_date_and_the_number_of_an_english_publication_are_english(pages: Composition) -> None:
    furniture = " ".join(box.html for page in pages.pages for box in page.boxes if box.kind == "furniture")
    assert "November 20, 2026" in furniture
    assert "Friday" in furniture
    assert "No. 7" in furniture
    assert "星期" not in furniture


def test_L12_a_style_words_fixed_wordings_by_language() -> None:
    from layout.style.reader import load_style

    style = load_style("town")
    assert style.word("jump", "", "en-GB") == "Continued on page {page}"
    assert style.word("jump", "", "zh-Hans") == style.word("jump", "", "ja") == "（下转第{page}版）"
    assert style.words_in("en")["teasers"] == "In this issue"
    assert style.words_in("zh-Hans") is style.words


def test_L13_the_pdf_tells_the_language_of_the_document_of_articles_and_of_runs(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        assert document.Root.Lang == "en"
        found: list[str] = []
        waiting = [document.Root.StructTreeRoot.K[0]]
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Dictionary):
                if element.get("/S") == "/Art" and "/Lang" in element:
                    found.append(str(element.Lang))
                kids = element.get("/K", [])
                waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        content = b"".join(page.Contents.read_bytes() for page in document.pages)
    assert sorted(found) == ["ja", "zh-Hans", "zh-Hant-TW"]
    assert content.count(b"/Span<</Lang(zh-Hans)>>BDC") == 2
    assert content.count(b"/Span<</Lang(en)>>BDC") >= 1


def test_L13_a_chinese_file_says_what_it_always_did(tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    layout.compose(layout.load(written(tmp_path))).write_pdf(file)
    with pikepdf.open(file) as document:
        assert document.Root.Lang == "zh-CN"


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en", '"It\'s done" -- he said...', "“It’s done” — he said…"),
        ("en", "1998--99, see (this), then go!", "1998–99, see (this), then go!"),
        ("en", "one\ntwo  three", "one two three"),
        ("en", "write to a--b@example.org", "write to a--b@example.org"),
        ("ja", "これは, 半角,の例。", "これは, 半角,の例。"),
        ("ja", "東京へ\n行く", "東京へ行く"),
        ("ja", "word\nword", "word word"),
        ("ko", "새 다리,\n열렸다.", "새 다리, 열렸다."),
        ("zh-Hant-TW", '他說,"好"。', "他說，「好」。"),
        ("zh-Hant-TW", "約翰‧密爾", "約翰‧密爾"),
        ("zh-Hans", '他说,"好"。', "他说，“好”。"),
    ],
)
def test_L14_text_is_cleaned_by_the_rules_of_its_language(language: str, typed: str, printed: str) -> None:
    assert hygiene.clean(typed, language=language) == printed
    assert hygiene.clean(printed, language=language) == printed


def test_L14_in_a_run_too_and_the_spaces_at_its_edges_stay(tmp_path: Path) -> None:
    body = '他说[ "Hello,world"-- ]{lang=en}好,的。'
    issue, problems = examine(written(tmp_path, {"body": body}))
    assert not [problem for problem in problems if problem.rule == "language"]
    assert issue is not None
    runs = issue.articles["ferry"].body.blocks[0].runs
    assert [(run.text, run.lang) for run in runs] == [("他说", ""), (" “Hello,world”— ", "en"), ("好，的。", "")]


def test_L14_emphasis_and_links_may_stand_in_a_run(tmp_path: Path) -> None:
    body = "他说[a **bold** [site](https://example.org) word]{lang=en}。"
    issue, _ = examine(written(tmp_path, {"body": body}))
    assert issue is not None
    runs = issue.articles["ferry"].body.blocks[0].runs
    assert [(run.text, run.lang, run.bold, bool(run.link)) for run in runs] == [
        ("他说", "", False, False),
        ("a ", "en", False, False),
        ("bold", "en", True, False),
        (" ", "en", False, False),
        ("site", "en", False, True),
        (" word", "en", False, False),
        ("。", "", False, False),
    ]


def test_L14_no_rule_for_chinese_looks_at_other_languages(tmp_path: Path) -> None:
    wrong = "他说“好。" * 2 + "的的"
    assert proofread(layout.load(written(tmp_path, {"body": wrong})))
    japanese = layout.load(written(tmp_path, {"body": wrong, "lang": "ja"}))
    assert not proofread(japanese)
    run = layout.load(written(tmp_path, {"body": f"这是[{wrong}]{{lang=ja}}。"}))
    assert not proofread(run)


def test_a_language_that_is_not_set_is_named_at_its_place(tmp_path: Path) -> None:
    folder = written(tmp_path, {"lang": "jp"})
    line = next(n for n, text in enumerate((folder / "issue.yaml").read_text().split("\n"), 1) if "lang" in text)
    assert ("language", line) in rules(folder)
    assert [rule for rule, _ in rules(written(tmp_path, lang="xx"))].count("language") == 1
    assert [rule for rule, _ in rules(written(tmp_path, {"body": "船[x]{lang=fr}[y]{lang=de}"}))].count("language") == 2


def test_the_lang_of_an_article_holds_where_the_publication_has_another() -> None:
    issue = layout.load(BILINGUAL)
    assert issue.language_of("") == issue.language_of("ferry") == "en"
    assert issue.language_of("han") == "zh-Hans"
    assert issue.articles["ferry"].deck == "Eighty years on the river end with a bridge and a brass band"


def test_a_span_may_stand_in_a_span(tmp_path: Path) -> None:
    issue, _ = examine(written(tmp_path, {"body": "他说[one [渡し]{lang=ja} two]{lang=en}。"}))
    assert issue is not None
    runs = issue.articles["ferry"].body.blocks[0].runs
    assert [(run.text, run.lang) for run in runs] == [
        ("他说", ""),
        ("one ", "en"),
        ("渡し", "ja"),
        (" two", "en"),
        ("。", ""),
    ]


def test_brackets_without_a_language_stay_as_typed() -> None:
    text = "[x]" * 200 + "[" * 200 + "[a]{lang=en}"
    body, problems = parse(Prose.of_file(text, "x.md"))
    assert not problems
    assert body.text == "[x]" * 200 + "[" * 200 + "a"
