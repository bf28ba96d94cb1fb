"""Lines under and through text: rules M3–M6."""

from __future__ import annotations

import pymupdf
import pytest
from elements import COLUMN, boxes, compose, lines

import layout
from issues import copy, issue, write

EM, LEADING = 9.0, 15.0  # of the standard grid
DESCENT = 0.12  # em from the baseline to the foot of a Han's cell


def drawn(pages):
    return [shape for box in boxes(pages, "text_lines") for shape in box.shapes]


def ends(shape):
    """Left and right end of a line, and its height."""
    return float(shape.path[0][1]), float(shape.path[-1][-2]), float(shape.path[0][2])


def cells(pages, text):
    """Left and right edge of a span's characters, and the baseline."""
    line, span = next((line, span) for line in lines(pages, "body") for span in line.spans if span.text == text)
    return span.xs[0], span.xs[-1] + EM, line.baseline


def styled(folder, text):
    style = folder / "lined"
    style.mkdir(parents=True, exist_ok=True)
    (style / "style.yaml").write_text(f"name: lined\nextends: town\n{text}\n", encoding="utf-8")
    return {"style": "lined"}


def test_M3_a_name_has_a_straight_line_under_its_characters_and_no_white_of_the_next(tmp_path):
    pages = compose(tmp_path, {"body": f"记者[苏南枝]{{.name}}说{copy(60)}"}, **COLUMN)
    (shape,) = drawn(pages)
    left, right, y = ends(shape)
    start, end, baseline = cells(pages, "苏南枝")
    assert (left, right) == (pytest.approx(start + 0.07 * EM), pytest.approx(end - 0.07 * EM))
    assert baseline + DESCENT * EM < y < baseline + LEADING - 0.88 * EM - 0.12 * EM
    assert len(shape.path) == 2
    assert shape.stroke is not None


def test_M3_the_lines_of_two_names_that_touch_do_not(tmp_path):
    pages = compose(tmp_path, {"body": f"[苏南枝]{{.name}}[何立]{{.name}}说{copy(60)}"}, **COLUMN)
    first, second = sorted(drawn(pages), key=ends)
    assert ends(second)[0] - ends(first)[1] == pytest.approx(0.14 * EM)


def test_M3_a_line_is_broken_where_the_text_is(tmp_path):
    name = "苇泾水利志编纂委员会办公室副主任"
    pages = compose(tmp_path, {"body": f"{copy(12)}[{name}]{{.name}}{copy(40)}"}, **COLUMN)
    shapes = sorted(drawn(pages), key=lambda shape: ends(shape)[2])
    assert len(shapes) == 2
    assert ends(shapes[1])[2] - ends(shapes[0])[2] == pytest.approx(LEADING)
    whole = sum(ends(shape)[1] - ends(shape)[0] for shape in shapes)
    assert whole == pytest.approx((len(name) - 4 * 0.07) * EM, abs=0.3 * EM)


def test_M3_a_line_goes_on_under_a_character_of_another_face(tmp_path):
    style = styled(tmp_path, "text: {body: {face: Song-Bold}}")
    pages = compose(tmp_path, {"body": f"[苏麤枝]{{.name}}说{copy(60)}"}, **COLUMN, **style)
    assert len({span.face for span in lines(pages, "body")[0].spans if span.text in "苏麤枝"}) == 2
    assert len(drawn(pages)) == 1


def test_M4_a_title_has_a_wavy_line(tmp_path):
    pages = compose(tmp_path, {"body": f"《柳河志》与[苇泾考]{{.title}}说{copy(60)}"}, **COLUMN)
    (shape,) = drawn(pages)
    start, end, _ = cells(pages, "苇泾考")
    assert {step[0] for step in shape.path[1:]} == {"c"}
    assert ends(shape)[0] > start
    assert ends(shape)[1] < end


def test_M4_a_style_may_want_the_line_under_what_stands_in_title_marks(tmp_path):
    style = styled(tmp_path, "text_lines: {brackets: true}")
    pages = compose(tmp_path, {"body": f"读《柳河**志**》《〈柳河志〉续》{copy(60)}"}, **COLUMN, **style)
    line = lines(pages, "body")[0]
    assert line.text.startswith("读《柳河志》《〈柳河志〉续》")  # no mark is taken away
    first, second = sorted(drawn(pages), key=ends)
    xs = [x for span in line.spans for x in span.xs]
    assert xs[1] < ends(first)[0]  # 《
    assert ends(first)[1] < xs[5]  # 》
    assert ends(second)[0] > ends(first)[1]


def test_M4_a_style_may_want_neither_line(tmp_path):
    style = styled(tmp_path, "text_lines: {name: none, title: none}")
    body = f"[苏南枝]{{.name}}写[柳河志]{{.title}}，[要紧]{{.underline}}{copy(60)}"
    pages = compose(tmp_path, {"body": body}, **COLUMN, **style)
    assert len(drawn(pages)) == 1
    assert "苏南枝写柳河志" in lines(pages, "body")[0].text


def test_M5_underlined_and_struck_text(tmp_path):
    pages = compose(tmp_path, {"body": f"[要紧]{{.underline}}，~~“不**对**”~~{copy(60)}"}, **COLUMN)
    under, through = sorted(drawn(pages), key=ends)
    start, end, baseline = cells(pages, "要紧")
    assert ends(under)[:2] == (pytest.approx(start), pytest.approx(end))
    assert ends(under)[2] > baseline
    left, right, y = ends(through)
    assert baseline - 0.88 * EM < y < baseline - 0.2 * EM
    line = lines(pages, "body")[0]
    xs = dict(zip(line.text, [x for span in line.spans for x in span.xs], strict=True))
    assert left == pytest.approx(xs["“"] + 0.5 * EM)  # at the ink of the mark
    assert right == pytest.approx(xs["”"] + 0.5 * EM)


def test_M6_lines_clear_dots_readings_and_descenders(tmp_path):
    body = f"[苏南枝]{{.name .}}说[Magpie]{{.name}}又[Magpie]{{.name .}}{copy(30)}[苇泾]{{wěi jīng}}{copy(60)}"
    pages = compose(tmp_path, {"body": body}, units="a a .", columns=1)
    by_left = sorted(drawn(pages), key=ends)
    dots = [shape for box in boxes(pages, "emphasis_dots") for shape in box.shapes]
    top = min(min(float(step[2]) for step in shape.path if len(step) > 2) for shape in dots)
    han, descending, dotted = by_left
    half = float(han.stroke_width) / 2
    assert ends(han)[2] + half < top - 0.3
    assert ends(dotted)[2] + half < top - 0.3
    assert ends(descending)[2] > ends(han)[2]  # under the g and the p
    line = lines(pages, "body")[0]
    reading_top = line.baseline + LEADING - (0.88 + 0.11 + 0.4) * EM  # of a reading over the next line, its marks too
    assert ends(han)[2] + half < reading_top + 0.1


def test_M6_lines_have_the_ink_of_the_text_or_the_styles(tmp_path):
    pages = compose(tmp_path / "a", {"body": f"[苏南枝]{{.name}}{copy(30)}"}, **COLUMN)
    assert drawn(pages)[0].stroke == lines(pages, "body")[0].spans[0].colour
    style = styled(tmp_path / "b", "colours: {sky: [80, 20, 0, 0]}\ntext_lines: {colour: sky}")
    pages = compose(tmp_path / "b", {"body": f"[苏南枝]{{.name}}{copy(30)}"}, **COLUMN, **style)
    assert drawn(pages)[0].stroke.c == 0.8


def test_M6_lines_are_artifacts_and_joiners_no_text_of_the_pdf(tmp_path):
    body = f"[苏南枝]{{.name}}与图\\ 5、第\u2060三章{copy(30)}"
    folder = write(tmp_path, issue({"a": {"headline": "书名线", "body": body}}, [{20: "a"}]))
    assert layout.build(folder, tmp_path / "a.pdf").pdf
    with pymupdf.open(tmp_path / "a.pdf") as pdf:
        text = pdf[0].get_text().replace("\n", "")
        contents = pdf[0].read_contents()
    assert "苏南枝与图5、第三章" in text.replace(" ", "")
    assert "\u2060" not in text
    assert "第三章" in text
    assert b"/Artifact BMC" in contents


def test_M3_names_in_a_boxed_note_have_their_lines(tmp_path):
    style = styled(tmp_path, "boxes: {editors_note: {stroke: black, width: 0.4pt, padding: 1}}")
    note = "见[苏南枝]{.name}[要]{.}。"
    pages = compose(tmp_path, {"editors_note": note, "body": copy(90)}, **COLUMN, **style)
    assert len(drawn(pages)) == 2  # the line and the dot
    line = lines(pages, "editors_note")[0]
    assert all(line.baseline < float(shape.path[0][2]) < line.baseline + 0.5 * EM for shape in drawn(pages))


def test_M3_names_in_footnotes_have_their_lines(tmp_path):
    pages = compose(tmp_path, {"body": f"{copy(30)}[^1]。\n\n[^1]: 见[苏南枝]{{.name}}[要]{{.}}。"}, **COLUMN)
    assert len(drawn(pages)) == 2  # the line and the dot
