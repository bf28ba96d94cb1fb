"""Vertical articles (直排): lines downwards from right to left in tiers, marks, digits, letters, heads (rules V1–V12)."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from elements import boxes, compose, drawing, frames, lines, pictures, png, problem, rules, texts

import layout
from issues import copy, issue, write
from layout.editor.proofs.text_proof import text_proof
from layout.errors import IssueError, SourceLocation
from layout.page.map.areas import Area, Strip
from layout.page.map.tiers import divide_into_tiers, tier_count
from layout.style.grid import Grid
from layout.text.fonts.faces import load_faces
from layout.text.paragraph import LineSetting, Paragraph, TextRun
from layout.text.vertical import with_units, with_vertical_marks

RUNNING = ("body", "list", "verse", "crosshead", "byline")
ISSUES = Path(__file__).parents[2] / "issues"
EM, LEADING, TOP, LEFT, RIGHT = 9.0, 15.0, 50.0, 36.6, 36.6 + 58 * 9.0
DOWN = LineSetting(indent=0.0, vertical=True)
FACES = load_faces()
GRID = Grid(em=9.0, leading=15.0, units=6, unit_em=8.0, gutter_em=2.0, lines=50, left=36.6, top=50.0)


def vertical(body: str, **fields):
    return {"direction": "vertical", "body": body, **fields}


def set_down(text: str, measure: float = 40.0, **changes):
    """The lines of a vertical paragraph in a face of the library."""
    setting = LineSetting(**({"indent": 0.0, "vertical": True} | changes))
    paragraph = Paragraph(with_units([TextRun(text, "Song-Regular")]), setting, FACES)
    return paragraph.lines(paragraph.break_lines([measure]), [measure])


def origins(text: str) -> list[tuple[str, float]]:
    (line,) = set_down(text)
    return [(c, round(x, 3)) for piece in line.pieces for c, x in zip(piece.text, piece.xs, strict=True)]


def units(text: str) -> list[tuple[str, int]]:
    """The units of upright letters and digits with their cells."""
    return [(run.text.strip(), run.cells) for run in with_units([TextRun(text)]) if run.cells]


def spans(pages, role: str = "body"):
    return [span for line in lines(pages, role) for span in line.spans]


# V1: the direction of lines.


def test_V1_lines_run_down_and_follow_each_other_to_the_left(tmp_path):
    pages = compose(tmp_path, vertical(copy(400)))
    body = lines(pages, "body")
    assert all(line.vertical for line in body)
    assert all(one.x > other.x for one, other in pairwise(body))
    assert all(list(span.xs) == sorted(span.xs) for span in spans(pages))
    assert body[0].x < RIGHT
    assert body[0].baseline == pytest.approx(TOP + 3 + 2 * EM)  # indented by two em
    assert body[1].baseline == pytest.approx(TOP + 3)


def test_V1_horizontal_and_vertical_articles_share_a_page_and_its_first_line(tmp_path):
    data = issue({"a": vertical(copy(300)), "b": {"headline": "", "body": copy(300)}}, [{30: "a b"}], {"a": 1, "b": 1})
    data["articles"]["a"]["headline"] = ""
    pages = layout.compose(layout.load(write(tmp_path, data)))
    down = [line for frame in pages.pages[0].frames if frame.article == "a" for line in frame.lines]
    across = [line for frame in pages.pages[0].frames if frame.article == "b" for line in frame.lines]
    assert {line.vertical for line in down} == {True}
    assert {line.vertical for line in across} == {False}
    assert down[1].baseline == pytest.approx(across[0].baseline - 0.88 * EM)


def test_V1_the_pdf_says_so_and_gives_the_text_back(tmp_path):
    text = "河湾镇的老渡口，在下街尽头。他说：“船换过3条，篙用坏了41根——记不清了……”"
    pages = compose(tmp_path, vertical(text))
    layout.write_pdf(pages, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        marked = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/P" and "/A" in one
        ]
        assert [str(one.A.WritingMode) for one in marked] == ["/TbRl"]
    for command in (["mutool", "draw", "-q", "-F", "txt"], ["pdftotext", "-raw"]):
        file = [str(tmp_path / "a.pdf")] + (["-"] if command[0] == "pdftotext" else [])
        read = subprocess.run([*command, *file], capture_output=True, text=True, check=True).stdout
        assert text in "".join(read.split())


# V2: marks in vertical forms.


def test_V2_marks_are_shown_in_their_vertical_forms_and_read_as_typed(tmp_path):
    face = FACES["Song-Regular"]
    for mark in "，。、：；！？（）《》“”‘’「」『』【】〔〕～":
        assert face.vertical[mark] != face.glyphs[mark], mark
    assert "".join(texts(compose(tmp_path, vertical("他说：“好。”")), "body")) == "他说：“好。”"


def test_V2_a_face_without_vertical_forms_takes_its_marks_from_the_fallback(tmp_path):
    class Plain:
        vertical = glyphs = FACES["Song-Regular"].glyphs

    faces = {"Plain": Plain(), "Song-Regular": FACES["Song-Regular"]}
    found = with_vertical_marks([TextRun("河水，慢了。", "Plain")], faces, ["Plain", "Song-Regular"])
    assert [(run.text, run.face) for run in found] == [
        ("河水", "Plain"), ("，", "Song-Regular"), ("慢了", "Plain"), ("。", "Song-Regular"),
    ]  # fmt: skip


def test_V2_the_interpunct_stands_in_the_middle_of_its_half_em(tmp_path):
    pages = compose(tmp_path, vertical("列夫·托尔斯泰"))
    (line,) = lines(pages, "body")
    at = line.text.index("·")
    ys = [(y - line.baseline) / EM for span in line.spans for y in span.xs]
    assert ys[at] == pytest.approx(1.75)  # its glyph is a cell high, its place from 2 to 2.5 em
    assert ys[at + 1] == pytest.approx(2.5)


# V3: the white of marks.


def test_V3_pauses_and_stops_have_their_white_below_colons_and_exclamation_marks_fill_the_cell():
    assert origins("他说：“好！”") == [
        ("他", 0),
        ("说", 1),
        ("：", 2),
        ("“", 2.5),
        ("好", 3.5),
        ("！", 4.5),
        ("”", 5.5),
    ]
    assert origins("天，“地。”")[1:] == [("，", 1), ("“", 1.5), ("地", 2.5), ("。", 3.5), ("”", 4.0)]


def test_V3_two_marks_have_a_cell_each():
    assert origins("什么？！走")[2:] == [("？", 2), ("！", 3), ("走", 4)]


def test_V3_what_may_not_begin_or_end_a_line_is_as_on_horizontal_ones():
    for mark in "，。、：；！？”）》":
        for line in set_down("河湾镇的老渡口" + mark + "在下街尽头的地方", 7.0)[1:]:
            assert line.text[0] not in "，。、：；！？”）》"
    assert all(line.text[-1] not in "“（《" for line in set_down("河湾镇的老渡“在下”街尽头的地方", 7.0))


# V4: digits that share a cell.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共7人", [("7", 1)]),
        ("12月31日", [("12", 1), ("31", 1)]),
        ("上游800米", [("800", 1)]),
        ("少了85%。", [("85%", 2)]),
        ("长326.5米", []),
        ("共12345人", []),
        ("in 12 days", []),
        ("3—5天", []),
    ],
)
def test_V4_up_to_three_digits_are_one_unit_in_one_cell(text, found):
    assert units(text) == found


def test_V4_digits_stand_side_by_side_in_the_cell_and_are_no_wider_than_it(tmp_path):
    pages = compose(tmp_path, vertical("渡口有12级，上游有800米"))
    across = [span for span in spans(pages) if span.across]
    assert [span.text for span in across] == ["12", "800"]
    assert all(len(set(span.xs)) == 1 for span in across)
    face = FACES["Song-Regular"]
    for span in across:
        assert sum(face.advances[c] for c in span.text) * span.scale <= 1101
    places = dict(origins("渡口有12级"))
    assert places["级"] == 4.0


def test_V4_B6_a_number_and_its_measure_word_are_parted_only_at_a_cost():
    text = "从老渡口最末一级石阶沿着青苔的边沿一步一步往上走12米就是那座亭子，亭子里坐着的都是来看水的人，也有等船的人"
    for runs, parted in (
        (with_units([TextRun(text, "Song-Regular")]), False),
        ([TextRun(text.replace("12", "谷"))], True),
    ):
        soft = Paragraph(runs, DOWN, FACES)
        found = soft.lines(soft.break_lines([25.0]), [25.0])
        assert any(line.text.startswith("米") for line in found) is parted


def test_V4_the_number_of_a_list_item_stands_in_one_cell(tmp_path):
    pages = compose(tmp_path, vertical("先说规矩：\n\n1. 随叫随到\n2. 不收钱"))
    assert [span.text for span in spans(pages, "list") if span.across] == ["1.", "2."]


# V5: letters upright.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026年春", [("2026", 4)]),
        ("2026号", []),
        ("换成LED灯", [("LED", 3)]),
        ("用5G打B超", [("5G", 2), ("B", 1)]),
        ("题为Ferry的", []),
        ("the GPS map", []),
        ("ABCDE五个", []),
    ],
)
def test_V5_years_and_acronyms_stand_upright_one_letter_a_cell(text, found):
    assert units(text) == found


def test_V5_an_acronym_is_not_parted():
    for measure in (5.0, 6.0, 7.0):
        assert any("LED" in line.text for line in set_down("给它换了一只LED灯泡", measure))


# V6: letters and dashes on their side.


def test_V6_words_and_decimals_lie_on_their_side_with_a_gap(tmp_path):
    pages = compose(tmp_path, vertical("桥长326.5米，题为Last Ferry的文章"))
    assert [span.text for span in spans(pages) if span.turned] == ["326.5", "Last Ferry"]
    places = origins("题为Ferry的")
    assert places[2] == ("F", 2.25)


def test_V6_dashes_are_one_line_along_the_text(tmp_path):
    pages = compose(tmp_path, vertical("划了一道——那道痕"))
    assert [span.text for span in spans(pages) if span.turned] == ["——"]


def test_V6_quotation_marks_of_western_words_lie_with_them(tmp_path):
    pages = compose(tmp_path, vertical("他念了句It’s late就走"))
    assert [span.text for span in spans(pages) if span.turned] == ["It’s late"]


# V7, V8: what stands at the right of a line.


def test_V7_emphasis_dots_stand_at_the_right_of_their_characters(tmp_path):
    pages = compose(tmp_path, vertical("喊[来不及]{.}了"))
    (line,) = lines(pages, "body")
    (dots,) = boxes(pages, "emphasis_dots")
    centres = [(shape.path[0][1] - 0.075 * EM, shape.path[0][2]) for shape in dots.shapes]
    assert [round(x - line.x, 2) for x, _ in centres] == [round(0.62 * EM, 2)] * 3
    assert [round((y - line.baseline) / EM, 2) for _, y in centres] == [1.5, 2.5, 3.5]


def test_V8_readings_stand_at_the_right_and_pinyin_lies_on_its_side(tmp_path):
    pages = compose(tmp_path, vertical("[苇泾]{wěi jīng}的[渡]{ㄉㄨ}口"))
    readings = [span for span in spans(pages) if span.rise]
    assert [(span.text, span.turned) for span in readings] == [("wěi jīng", True), ("ㄉㄨ", False)]
    assert all(span.rise == pytest.approx((0.5 + 0.02 + 0.25) * EM) for span in readings)


# V9: tiers.


def area(*strips: tuple[int, int, int, int]) -> Area:
    return Area("a", "", tuple(Strip(*strip) for strip in strips), SourceLocation("issue.yaml", 1, 1))


def test_V9_tiers_are_whole_em_high_and_level_with_the_lines_beside_them():
    tiers, problems = divide_into_tiers(area((0, 3, 0, 30)), 2, GRID)
    assert not problems
    high = (29 * LEADING + EM) / EM
    assert [tier.measure for tier in tiers] == [23.0, 23.0]
    assert tiers[0].start * EM == pytest.approx(3.0)
    assert (tiers[1].start + tiers[1].measure) * EM == pytest.approx(3.0 + high * EM)


def test_V9_the_first_and_the_last_line_touch_the_sides():
    (tier,), _ = divide_into_tiers(area((0, 3, 0, 12)), 1, GRID)
    width = GRID.measure(3) * EM
    assert tier.middle(0, EM) + EM / 2 == pytest.approx(GRID.x(GRID.measure(3)))
    assert tier.middle(tier.lines - 1, EM) - EM / 2 == pytest.approx(GRID.x(0.0))
    assert LEADING <= tier.pitch < LEADING * 1.1
    assert (tier.lines - 1) * tier.pitch + EM == pytest.approx(width)


def test_V9_an_area_of_any_shape_is_cut_into_blocks_of_one_width():
    tiers, _ = divide_into_tiers(area((0, 6, 0, 16), (2, 4, 16, 16)), 2, GRID)
    assert [(round(tier.edge, 2), tier.lines) for tier in tiers] == [(round(RIGHT, 2), 35), (round(RIGHT, 2), 23)]
    around, _ = divide_into_tiers(area((0, 6, 0, 12), (0, 2, 12, 12), (4, 2, 12, 12)), 2, GRID)
    assert [round(tier.edge, 2) for tier in around[1:]] == [round(RIGHT, 2), round(GRID.x(18.0), 2)]


def test_V9_the_text_fills_the_upper_tier_first(tmp_path):
    pages = compose(tmp_path, vertical(copy(900)), columns=2)
    first, second = frames(pages, "body")[0], frames(pages, "body")[-1]
    assert first.y < second.y
    starts = [(line.paragraph, line.start) for line in lines(pages, "body")]
    assert starts == sorted(starts)


def test_V9_a_rule_stands_between_two_tiers(tmp_path):
    (rule,) = boxes(compose(tmp_path, vertical(copy(1200)), columns=2), "column_rule")
    assert rule.width > 20 * EM
    assert rule.height == 0.25


def test_V9_tiers_too_low_are_told_with_the_height_of_their_lines(tmp_path):
    with pytest.raises(IssueError) as caught:
        compose(tmp_path, vertical(copy(100)), lines=12, columns=4)
    (found,) = [one for one in caught.value.problems if one.rule == "columns"]
    assert "4 tiers" in found.what.en


def test_V9_the_page_need_not_say_how_many_tiers_there_are():
    assert [tier_count(area((0, 3, 0, high))) for high in (4, 12, 25, 50)] == [1, 1, 2, 4]


# V10: heads.

HEADS = {"headline": "老渡口的最后一盏灯", "kicker": "渡口百年", "deck": "魏长庚和他的木船", "rank": "major"}


def test_V10_the_headline_stands_at_the_right_of_all_tiers_in_vertical_lines(tmp_path):
    pages = compose(tmp_path, vertical(copy(900), department="旧事", **HEADS), columns=2)
    (head,), (kicker,), (deck,) = (lines(pages, role) for role in ("headline", "kicker", "deck"))
    assert head.vertical
    assert RIGHT > kicker.x > head.x > deck.x > max(line.x for line in lines(pages, "body"))
    (label,) = lines(pages, "department")
    assert label.baseline < kicker.baseline
    assert not [one for one in pages.problems if one.rule == "headline-long"]


def test_V10_head_spans_leaves_the_tiers_below_to_the_text(tmp_path):
    data = issue({"a": vertical(copy(1200), **HEADS)}, [{40: "a"}], {"a": 2})
    data["pages"][0]["head_spans"] = {"a": 1}
    pages = layout.compose(layout.load(write(tmp_path, data)))
    upper, lower = frames(pages, "body")[0], frames(pages, "body")[-1]
    assert lower.x + lower.width > upper.x + upper.width + 20


def test_V10_a_headline_area_above_is_horizontal_and_one_beside_vertical(tmp_path):
    data = issue({"a": vertical(copy(300), **HEADS)}, [{6: "a.headline"}, {24: "a"}], {"a": 1})
    above = layout.compose(layout.load(write(tmp_path / "above", data)))
    assert not lines(above, "headline")[0].vertical
    data = issue({"a": vertical(copy(300), **HEADS)}, [{24: "a a a.headline"}], {"a": 1})
    beside = layout.compose(layout.load(write(tmp_path / "beside", data)))
    assert lines(beside, "headline")[0].vertical


def test_V10_summary_and_byline_are_vertical_lines_before_and_after_the_text(tmp_path):
    pages = compose(tmp_path, vertical(copy(300), summary=copy(40), byline="沈若溪", **HEADS))
    summary, body, byline = (lines(pages, role) for role in ("summary", "body", "byline"))
    assert all(line.vertical for line in [*summary, *byline])
    assert summary[-1].x > body[0].x
    assert byline[0].x <= body[-1].x
    last = byline[0].baseline + byline[0].width
    assert last == pytest.approx(max(frame.y + frame.height for frame in frames(pages, "body")))  # at the line's foot


def test_V10_a_drop_initial_stands_over_the_first_two_lines(tmp_path):
    pages = compose(tmp_path, vertical(copy(200), drop_initial=True))
    first, second, third = lines(pages, "body")[:3]
    initial = first.spans[0]
    assert initial.size > 2 * EM
    assert first.x + initial.rise == pytest.approx((first.x + second.x) / 2)
    assert second.baseline > third.baseline + 2 * EM


# V11: pictures, tables, quotes.


def test_V11_a_picture_is_as_high_as_a_tier_and_the_text_goes_on_at_its_left(tmp_path):
    article = vertical(copy(500) + "\n\n![](map)\n\n" + copy(200))
    article["pictures"] = [{"id": "map", "file": png(tmp_path, height=1500), "alt": "白"}]
    pages = compose(tmp_path, article, lines=20)
    (picture,) = pictures(pages)
    assert picture.y == pytest.approx(TOP + 3)
    (tier,), _ = divide_into_tiers(area((0, 6, 0, 20)), 1, GRID)
    assert picture.height == pytest.approx(tier.measure * EM)
    assert picture.width / picture.height == pytest.approx(1200 / 1500, rel=0.1)
    before = [line for line in lines(pages, "body") if line.paragraph == 1]
    after = [line for line in lines(pages, "body") if line.paragraph == 3]
    assert min(line.x for line in before) > picture.x + picture.width
    assert max(line.x for line in after) < picture.x


def test_V11_a_picture_without_a_place_stands_at_the_right_of_a_tier(tmp_path):
    article = vertical(copy(700), headline="渡口")
    article["pictures"] = [{"id": "map", "file": png(tmp_path, height=2000), "alt": "白", "caption": "渡口"}]
    pages = compose(tmp_path, article, columns=2)
    (picture,) = pictures(pages)
    assert not lines(pages, "caption")[0].vertical
    beside = [line for line in lines(pages, "body") if line.baseline >= picture.y - 1]
    assert beside
    assert all(line.x < picture.x for line in beside)


def test_V11_a_table_stands_upright_in_its_tier(tmp_path):
    article = vertical(copy(300))
    article["tables"] = [{"title": "水位", "columns": [{"title": "年"}, {"title": "级"}], "rows": [["1985", "8"]]}]
    pages = compose(tmp_path, article)
    cells = lines(pages, "table")
    assert {"1985", "8", "年", "级"} <= {line.text for line in cells}
    assert not any(line.vertical for line in cells)


def test_V11_a_pull_quote_has_vertical_lines_between_upright_rules(tmp_path):
    article = vertical("\n\n".join(copy(150) for _ in range(4)))
    article["pull_quotes"] = [{"text": "有人要过河，我就摆。", "speaker": "魏长庚"}]
    pages = compose(tmp_path, article)
    (quote,), (speaker,) = lines(pages, "pull_quote"), lines(pages, "speaker")
    assert quote.vertical
    assert speaker.x < quote.x
    assert [rule.height > 100 for rule in boxes(pages, "box_rule")] == [True, True]


def test_V11_what_no_tier_holds_is_told_by_name(tmp_path):
    article = vertical(copy(300))
    article["pictures"] = [{"id": "map", "file": png(tmp_path, width=2000, height=500), "alt": "白"}]
    pages = compose(tmp_path, article, lines=40, units="a . .")
    assert "inset-left-over: a figure of “a” wants" in " ".join(rules(pages))


# V12: threads, overset, and what is refused.


def test_V12_the_text_jumps_to_another_page_and_is_whole(tmp_path):
    body = "\n\n".join(copy(180, start) for start in range(8))
    pages = [{"areas": [{20: "a"}], "columns": {"a": 1}}, {"areas": [{40: "a"}], "columns": {"a": 2}}]
    made = layout.compose(layout.load(write(tmp_path, issue({"a": vertical(body)}, [], pages=pages))))
    assert "".join(texts(made, "body")) == body.replace("\n", "")
    (away,), (back,) = lines(made, "jump_line"), lines(made, "continuation_line")
    assert away.vertical
    assert back.vertical
    assert away.x < min(line.x for f in made.pages[0].frames if f.role == "body" for line in f.lines)
    assert back.x > max(line.x for f in made.pages[1].frames if f.role == "body" for line in f.lines)


def test_V12_overset_is_reported_with_place_count_and_the_width_that_is_wanting(tmp_path):
    pages = compose(tmp_path, vertical("\n\n".join(copy(150) for _ in range(9))), lines=12)
    (over,) = pages.overset
    assert over.characters == 1350 - len("".join(texts(pages, "body")))
    told = problem(pages, "overset")
    assert f"{over.characters} characters" in told.what.en
    assert "em wider, or higher" in told.remedy.en


def test_V12_the_height_of_an_area_is_found_from_its_text(tmp_path):
    articles = {"a": vertical(copy(1200)), "b": {"headline": "横排", "body": copy(800)}}
    data = issue(articles, [{"auto": "a"}, {"auto": "b"}], {"a": 1, "b": 3})
    pages = layout.compose(layout.load(write(tmp_path, data)))
    assert not pages.overset
    (fit,) = [one for one in pages.fit if one.article == "a"]
    assert 0.8 < fit.lines_used / fit.lines <= 1


def test_V12_picture_news_does_not_run_downwards(tmp_path):
    article = vertical("渡口新貌。", kind="picture_news")
    article["pictures"] = [{"id": "map", "file": png(tmp_path), "alt": "白"}]
    told = problem(compose(tmp_path, article), "vertical-article")
    assert told.mark is not None
    assert told.mark.line


@pytest.mark.parametrize(
    ("body", "lang", "told"),
    [
        ("The river.", "en", "is in en"),
        ("老渡口[^1]。\n\n[^1]: 在下街。", "zh", "footnotes"),
        ("河水שלום慢了。", "zh", "shaped"),
    ],
)
def test_V12_other_languages_and_shaped_scripts_are_named(tmp_path, body, lang, told):
    article = vertical(copy(60) + body, **({"lang": lang} if lang != "zh" else {}))
    if told == "shaped":  # no face of the library has these letters: all of it is told at once
        with pytest.raises(IssueError) as caught:
            compose(tmp_path, article)
        problems = caught.value.problems
    else:
        problems = compose(tmp_path, article).problems
    (found,) = [one for one in problems if one.rule == "vertical-article"]
    assert told in found.what.en


@pytest.mark.parametrize("body", ["水位[^1]落了。\n\n[^1]: 县水文站。", "[苏南枝]{.name}来了。", "~~旧船~~新船来了。"])
def test_V12_footnotes_and_lines_at_text_are_named(tmp_path, body):
    told = problem(compose(tmp_path, vertical(copy(60) + body)), "vertical-article")
    assert "footnotes or lines" in told.what.en


def test_V12_an_article_that_no_map_holds_is_named_and_not_planned(tmp_path):
    data = issue({"a": vertical(copy(300)), "b": {"headline": "横排", "body": copy(300)}}, [])
    data.pop("pages")
    loaded = layout.load(write(tmp_path, data))
    with pytest.raises(IssueError) as caught:
        layout.plan(loaded)
    (found,) = caught.value.problems
    assert found.rule == "vertical-unplaced"
    assert "name a in the areas" in found.remedy.en


def test_V12_no_vertical_text_stands_across_the_fold(tmp_path):
    page = {"spread": True, "areas": [{50: "a"}]}
    first = {"areas": [{50: "b"}], "columns": {"b": 3}}
    articles = {"a": vertical(copy(300)), "b": {"headline": "横排", "body": copy(300)}}
    loaded = layout.load(write(tmp_path, issue(articles, [], pages=[first, page])))
    with pytest.raises(IssueError) as caught:
        layout.compose(loaded)
    assert [one.rule for one in caught.value.problems] == ["fold"]


def test_V12_a_box_and_a_note_of_the_editor_hold_vertical_lines(tmp_path):
    pages = compose(tmp_path, vertical(copy(300), box="frame", editors_note=copy(30), headpiece=drawing(tmp_path)))
    (frame,) = [box for box in boxes(pages) if box.kind == "frame" and box.stroke]
    for line in [*lines(pages, "editors_note"), *lines(pages, "body")]:
        assert line.vertical
        assert frame.x + EM - 0.1 <= line.x - EM / 2
        assert line.x + EM / 2 <= frame.x + frame.width - EM + 0.1


# The specimen.


@pytest.fixture(scope="module")
def specimen():
    return layout.compose(layout.load(Path(__file__).parents[1] / "fixtures" / "languages" / "vertical"))


def test_G8_V12_no_line_is_longer_than_the_tier_in_which_it_stands(specimen):
    """A paragraph that jumps with a line left empty at the foot is broken to the tiers in which its lines stand."""
    checked = 0
    for page in specimen.pages:
        for frame in page.frames:
            for line in frame.lines if frame.role in RUNNING else ():
                if line.vertical:
                    checked += 1
                    assert line.baseline + line.width <= frame.y + frame.height + 0.1, line.text
    assert checked > 80


def test_V12_the_specimen_is_whole_and_prints(specimen, tmp_path):
    assert specimen.overset == ()
    assert {one.severity.name for one in specimen.problems} <= {"NOTE"}
    loaded = layout.load(Path(__file__).parents[1] / "fixtures" / "languages" / "vertical")
    for id, article in loaded.articles.items():
        printed = "".join(
            line.text
            for page in specimen.pages
            for f in page.frames
            if f.article == id and f.role in RUNNING
            for line in f.lines
        )
        for block in article.body.blocks:
            assert "".join(block.text.split()) in "".join(printed.split()), block.text
    assert not [one for one in layout.write_pdf(specimen, tmp_path / "a.pdf") if one.severity.name == "ERROR"]


def test_V1_the_text_proof_is_indented_as_the_lines_are(specimen):
    proof = text_proof(layout.load(Path(__file__).parents[1] / "fixtures" / "languages" / "vertical"), specimen)
    assert "    1  　　河湾镇的老渡口，" in proof
    assert "    2  从最末一级长起" in proof
