"""How the text of each kind of article is set: briefs, notices, questions, letters, verse, lists, notes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from elements import COLUMN, boxes, compose, frames, lines, texts

from issues import copy

LEFT, EM, LEADING = 36.6, 9.0, 15.0  # of the standard grid: where its first column begins


def first(pages, role="body"):
    return lines(pages, role)[0]


def indent(line, left=LEFT):
    return round((line.x - left) / EM, 2)


def test_I9_the_head_of_a_brief_runs_in_with_its_text(tmp_path):
    items = [{"headline": "书屋开到九点", "body": copy(60)}, {"headline": "冬至集市", "body": copy(40)}]
    pages = compose(tmp_path, {"kind": "briefs", "items": items}, **COLUMN)
    line = first(pages)
    assert line.text.startswith("▪\u3000书屋开到九点\u3000稻谷")
    faces = [span.face for span in line.spans if span.text != "\u3000"]
    assert faces == ["Song-Regular", "Hei-Bold", "Song-Regular"]
    assert len({line.paragraph for line in lines(pages, "body")}) == 2


def test_the_head_of_a_notice_stands_on_its_own_line_and_a_line_parts_the_notices(tmp_path):
    items = [{"headline": "停水", "body": copy(20), "byline": "水务站"}, {"headline": "换证", "body": copy(20)}]
    pages = compose(tmp_path, {"kind": "notices", "items": items}, **COLUMN)
    heads = lines(pages, "item_head")
    assert [line.text for line in heads] == ["停水", "换证"]
    assert heads[1].baseline - lines(pages, "body")[1].baseline == pytest.approx(2 * LEADING)


def test_J2_bylines_have_one_form_throughout(tmp_path):
    items = [{"headline": "停水", "body": copy(20), "byline": "水务站（下塘街）"}]
    pages = compose(tmp_path, {"kind": "notices", "items": items, "byline": "镇政府"}, **COLUMN)
    assert texts(pages, "byline") == ["（水务站〔下塘街〕）", "（镇政府）"]


def test_G4_question_and_answer_hang_behind_who_speaks(tmp_path):
    body = f"问：{copy(40)}\n\n答：{copy(40, 5)}\n\n记者甲：{copy(40, 9)}"
    pages = compose(tmp_path, {"kind": "questions", "body": body}, **COLUMN)
    set_lines = lines(pages, "body")
    by_paragraph = {number: [line for line in set_lines if line.paragraph == number] for number in (1, 2, 3)}
    for number, hanging in ((1, 2), (2, 2), (3, 4)):
        head, *rest = by_paragraph[number]
        assert indent(head) == 0
        assert {indent(line) for line in rest} == {hanging}
        assert head.spans[0].face == "Hei-Bold"
    assert by_paragraph[1][0].spans[-1].face == "Hei-Bold"  # a question is bold throughout
    assert by_paragraph[2][0].spans[-1].face == "Song-Regular"


def test_G4_the_colon_after_who_speaks_gives_nothing(tmp_path):
    """Where the rest of a line has to be squeezed, what is said still stands flush over what hangs under it."""
    said = "，".join(copy(4)[:3] for _ in range(20)) + "。"
    pages = compose(tmp_path, {"kind": "questions", "body": f"答：{said}\n\n答：{said[1:]}"}, **COLUMN)
    for head in (line for line in lines(pages, "body") if line.text.startswith("答：")):
        assert (head.spans[1].xs[0] - LEFT) / EM >= 2 - 1e-6


def test_a_letter_ends_with_its_words_of_honour_flush(tmp_path):
    body = f"编辑同志：\n\n{copy(30)}\n\n此致\n\n敬礼！"
    pages = compose(tmp_path, {"kind": "letter", "body": body}, **COLUMN)
    assert [(line.text, indent(line)) for line in lines(pages, "body")[-2:]] == [("此致", 2), ("敬礼！", 0)]


def test_a_line_of_verse_stands_in_as_far_as_it_was_typed(tmp_path):
    pages = compose(tmp_path, {"kind": "verse", "body": "春水初生\n　　稻花开了\n灯火照桥"}, **COLUMN)
    first, second, third = map(indent, lines(pages, "verse"))
    assert (second - first, third - first) == (2, 0)


def test_a_letter_greets_its_reader_without_an_indent(tmp_path):
    pages = compose(tmp_path, {"kind": "letter", "body": f"编辑同志：\n\n{copy(30)}"}, **COLUMN)
    assert [indent(line) for line in lines(pages, "body")[:2]] == [0, 2]


def test_G5_a_poem_keeps_its_lines_its_stanzas_and_stands_in_the_middle(tmp_path):
    pages = compose(tmp_path, {"kind": "verse", "body": "春水初生\n稻花开了\n\n灯火照桥"}, **COLUMN)
    verse = lines(pages, "verse")
    assert [line.text for line in verse] == ["春水初生", "稻花开了", "灯火照桥"]
    assert [round((b.baseline - a.baseline) / LEADING) for a, b in pairwise(verse)] == [1, 2]
    assert {indent(line) for line in verse} == {7}  # half of what four characters leave of 18


def test_a_line_of_verse_too_long_for_its_measure_is_turned_in(tmp_path):
    pages = compose(tmp_path, {"kind": "verse", "body": copy(30)}, **COLUMN)
    head, rest = lines(pages, "verse")
    assert rest.x - head.x == pytest.approx(2 * EM)


def test_the_labels_of_a_list_stand_in_whole_em(tmp_path):
    body = f"- {copy(40)}\n  1. {copy(40)}\n\n10. {copy(40)}"
    pages = compose(tmp_path, {"body": body}, **COLUMN)
    by_paragraph = {}
    for line in lines(pages, "list"):
        by_paragraph.setdefault(line.paragraph, []).append(line)
    (outer, more), (inner, inner_more), (ten, ten_more) = (group[:2] for group in by_paragraph.values())
    assert outer.text[:2] == "▪\u3000"
    assert (indent(outer), indent(more)) == (0, 2)
    assert (indent(inner), indent(inner_more)) == (1.5, 3.5)
    assert (indent(ten), indent(ten_more)) == (0, 2)
    for line in (outer, inner, ten):  # the first line's text begins where the second's does
        text = next(span for span in line.spans if span.text[0] in "稻")
        assert (text.xs[0] - LEFT) / EM == pytest.approx(indent(line) + 2, abs=0.1)  # what justifying the line gives


def test_a_bold_lead_in_is_parted_from_its_text_by_an_em(tmp_path):
    pages = compose(tmp_path, {"body": f"**缴多少** {copy(60)}"}, **COLUMN)
    lead, text = first(pages).spans
    assert (lead.face, lead.text) == ("Hei-Bold", "缴多少")
    assert text.text[0] == "\u3000"


def test_a_drop_initial_spans_the_em_boxes_of_its_lines(tmp_path):
    pages = compose(tmp_path, {"body": "河" + copy(120), "drop_initial": True}, **COLUMN)
    one, two, three = lines(pages, "body")[:3]
    initial = one.spans[0]
    assert initial.text == "河"
    assert initial.size == pytest.approx(LEADING + EM)
    top = one.baseline - initial.rise - 0.88 * initial.size
    foot = one.baseline - initial.rise + 0.12 * initial.size
    assert top == pytest.approx(one.baseline - 0.88 * EM)
    assert foot == pytest.approx(two.baseline + 0.12 * EM)
    beside = initial.xs[0] + initial.size
    assert one.spans[1].xs[0] == pytest.approx(two.x) == pytest.approx(beside + 0.3 * EM)
    assert indent(three) == 0
    assert one.text.startswith("河稻谷")


def test_a_paragraph_too_short_for_an_initial_goes_without(tmp_path):
    pages = compose(tmp_path, {"body": f"河{copy(8)}\n\n{copy(40)}", "drop_initial": True}, **COLUMN)
    assert [span.size for span in first(pages).spans] == [EM]


@pytest.mark.parametrize(
    ("start", "initial"),
    [
        ("“好。”", "“好"),
        ("1208人", "1208"),
        ("OK，好", "OK"),
        ("5G网", "5G"),
        ("《河》", "《河"),
        ("A股", "A"),
        ("一、", "一"),
    ],
)
def test_J13_a_short_word_or_number_drops_whole_with_the_mark_that_opens_before_it(tmp_path, start, initial):
    pages = compose(tmp_path, {"body": start + copy(80), "drop_initial": True}, **COLUMN)
    one, two = lines(pages, "body")[:2]
    letter = one.spans[0]
    assert (letter.text, letter.size) == (initial, pytest.approx(LEADING + EM))
    assert one.text.startswith(start)
    at = letter.xs[0] + (letter.size / 2 if initial[0] in "“《" else 0)
    assert at == pytest.approx(one.x)  # flush at the left with its ink
    assert two.x > letter.xs[-1] + letter.size * 0.4


@pytest.mark.parametrize("start", ["Microsoft公司", "12,080人", "8:30开会", "——他说"])
def test_J13_a_long_word_or_number_does_not_drop_nor_a_part_of_it(tmp_path, start):
    pages = compose(tmp_path, {"body": start + copy(80), "drop_initial": True}, **COLUMN)
    assert {span.size for span in first(pages).spans} == {EM}


def test_an_end_mark_ends_the_last_paragraph(tmp_path):
    pages = compose(tmp_path, {"body": f"{copy(40)}\n\n{copy(44)}", "end_mark": True}, **COLUMN)
    last = lines(pages, "body")[-1]
    assert last.text.endswith("。■")
    assert last.spans[-1].size == 6.5


def test_an_editors_note_comes_first_in_kai_behind_its_label(tmp_path):
    pages = compose(tmp_path, {"editors_note": copy(40), "body": copy(90)}, **COLUMN)
    note = lines(pages, "editors_note")
    assert note[0].text.startswith("编者按\u3000稻谷")
    assert note[1].spans[0].face == "Kai-Regular"
    assert lines(pages, "body")[0].baseline - note[-1].baseline == 2 * LEADING


def test_a_label_that_was_typed_is_not_printed_twice(tmp_path):
    pages = compose(tmp_path, {"editors_note": f"编者按：{copy(40)}", "body": copy(90)}, **COLUMN)
    assert texts(pages, "editors_note")[0].startswith("编者按：稻谷")


def test_a_boxed_note_stands_across_the_columns_that_begin_the_text(tmp_path):
    style = "name: boxed\nextends: town\nboxes: {editors_note: {fill: tint, padding: 1}}\n"
    (tmp_path / "boxed").mkdir()
    (tmp_path / "boxed" / "style.yaml").write_text(style, encoding="utf-8")
    article = {"editors_note": copy(40), "body": copy(900)}
    pages = compose(tmp_path, article, columns=3, style="boxed")
    note, text = frames(pages, "editors_note")[0], frames(pages, "body")
    assert note.width == pytest.approx(56 * EM)
    assert len({frame.y for frame in text}) == 1
    assert text[0].y > note.y + note.height + EM
    assert [box.width for box in boxes(pages) if box.kind == "frame"] == [pytest.approx(58 * EM)]


def test_J6_emphasis_dots_are_centred_under_their_characters_and_marks_have_none(tmp_path):
    pages = compose(tmp_path, {"body": f"[真要紧，要紧]{{.}}{copy(60)}"}, **COLUMN)
    line = first(pages)
    dotted = [x + EM / 2 for char, x in zip(line.spans[0].text, line.spans[0].xs, strict=True) if char != "，"]
    shapes = [shape for box in boxes(pages, "emphasis_dots") for shape in box.shapes]
    centres = [float(shape.path[0][1]) - 0.075 * EM for shape in shapes]
    assert centres == pytest.approx(dotted)
    assert all(line.baseline < float(shape.path[0][2]) < line.baseline + LEADING - EM for shape in shapes)


def test_J7_a_reading_stands_over_its_characters_and_is_no_part_of_the_text(tmp_path):
    pages = compose(tmp_path, {"body": f"过了[苇泾]{{wěi jīng}}{copy(60)}"}, **COLUMN)
    line = first(pages)
    assert line.text.startswith("过了苇泾稻谷")
    ruby = next(span for span in line.spans if span.text == "wěi jīng")
    base = next(span for span in line.spans if span.text == "苇泾")
    assert ruby.size == EM / 2
    assert ruby.rise > 0.88 * EM
    middle = base.xs[0] + EM
    width = ruby.xs[-1] - ruby.xs[0] + 0.3 * EM
    assert ruby.xs[0] + width / 2 == pytest.approx(middle, abs=1.5)


def test_two_lines_of_one_paragraph_keep_the_leading_whatever_stands_over_or_under_them(tmp_path):
    pages = compose(tmp_path, {"body": f"[苇泾]{{wěi jīng}}[要紧]{{.}}{copy(90)}"}, **COLUMN)
    baselines = [line.baseline for line in lines(pages, "body")]
    assert {round(b - a, 3) for a, b in pairwise(baselines)} == {LEADING}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("story", "- 稻谷满仓\n- 灯火照桥"),
        ("story", "| 村名 | 人次 |\n|--|--:|\n| 东圩 | 412 |"),
        ("verse", "把河还给河\n把船拴在柳上"),
        ("questions", "问：末班船几点？\n\n答：晚上九点。"),
        ("letter", "编辑同志：\n\n渡口的灯该换了。"),
    ],
)
def test_a_dateline_that_cannot_run_in_has_a_line_of_its_own(tmp_path, kind, body):
    pages = compose(tmp_path, {"kind": kind, "dateline": "本镇讯", "body": body}, **COLUMN)
    everything = [line.text for page in pages.pages for frame in page.frames for line in frame.lines]
    assert everything.count("本镇讯") == 1
    told = next(line for page in pages.pages for frame in page.frames for line in frame.lines if line.text == "本镇讯")
    rest = [line for page in pages.pages for frame in page.frames for line in frame.lines if line is not told]
    assert all(line.baseline > told.baseline for line in rest)
