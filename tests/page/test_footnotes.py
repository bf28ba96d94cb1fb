"""Footnotes on the page: rules N2–N6."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from elements import boxes, compose, frames, lines, texts

import layout
from issues import copy, issue, write
from layout.composition import Composition, Frame

EM, LEADING = 9.0, 15.0  # of the standard grid
NOTE = "据水务站当年的记录，堤外的田淹了两回，堤内的一回也没有。"


def body(*at: int, notes: int | None = None, length: int = 900) -> str:
    """A paragraph of `length` characters with marks after so many of them, and the notes."""
    text = copy(length)
    parts, before = [], 0
    for number, place in enumerate(at, 1):
        parts += [text[before:place], f"[^{number}]"]
        before = place
    whole = "".join([*parts, text[before:]])
    written = "\n\n".join(f"[^{n}]: 注文{n}，{NOTE}" for n in range(1, (len(at) if notes is None else notes) + 1))
    return f"{whole}\n\n{written}"


def styled(folder: Path, text: str) -> dict[str, str]:
    style = folder / "noted"
    style.mkdir(parents=True, exist_ok=True)
    (style / "style.yaml").write_text(f"name: noted\nextends: town\n{text}\n", encoding="utf-8")
    return {"style": "noted"}


def columns_of(pages: Composition) -> dict[int, tuple[str, list[Frame]]]:
    """By the left edge of each column its text, and its notes."""
    found: dict[int, tuple[str, list[Frame]]] = {}
    for frame in frames(pages, "body"):
        found[round(frame.x)] = "".join(line.text for line in frame.lines), []
    for frame in frames(pages, "footnote"):
        found[round(frame.x)][1].append(frame)
    return found


def test_N1_the_sign_is_small_raised_and_held_to_the_word_before(tmp_path):
    for start in range(14, 22):
        pages = compose(tmp_path / str(start), {"body": body(start)}, units="a . .")
        text = lines(pages, "body")
        assert not any(line.text.startswith("①") for line in text)
        (mark,) = [span for line in text for span in line.spans if span.text == "①"]
        assert mark.size == pytest.approx(0.672 * EM)
        assert mark.rise > 0


@pytest.mark.parametrize(("sign", "shown"), [("circled", "②"), ("digits", "2"), ("brackets", "[2]")])
def test_N1_the_style_has_the_form_of_the_sign_and_what_follows_is_found_in_the_file(tmp_path, sign, shown):
    style = styled(tmp_path, f"footnotes: {{sign: {sign}}}")
    pages = compose(tmp_path, {"body": "甲[^1]乙[^2]丙。\n\n[^1]: 注。\n\n[^2]: 再注。"}, **style)
    (line,) = lines(pages, "body")
    assert line.text.endswith(f"乙{shown}丙。")
    assert (line.start, line.end) == (0, 6)  # 甲①乙②丙。 as typed, without the syntax of Markdown
    assert [text[: len(shown) + 1] for text in texts(pages, "footnote")][1].startswith(shown)


def test_N2_notes_stand_after_the_article_smaller_and_under_a_short_rule(tmp_path):
    pages = compose(tmp_path, {"body": body(20, 300), "byline": "甲"}, columns=3, lines=30)
    (frame,) = frames(pages, "footnote")
    assert [line.text[0] for line in frame.lines if line.text[0] in "①②"] == ["①", "②"]
    assert {round(line.size, 3) for line in frame.lines} == {0.8 * EM}
    text = max(frames(pages, "body") + frames(pages, "byline"), key=lambda one: (one.x, one.y))
    assert frame.x == text.x
    assert frame.y > text.y + text.height
    (rule,) = boxes(pages, "footnote_rule")
    assert text.y + text.height < rule.y < frame.y
    assert rule.width == pytest.approx(6 * EM)


def test_N2_the_last_line_of_notes_stands_on_the_grid(tmp_path):
    for notes in (1, 2, 3):
        pages = compose(tmp_path / str(notes), {"body": body(*range(10, 10 + notes))})
        last = lines(pages, "footnote")[-1].baseline
        (first, *_) = lines(pages, "body")
        assert (last - first.baseline) / LEADING == pytest.approx(round((last - first.baseline) / LEADING))


def test_N3_all_words_of_notes_are_printed_once(tmp_path):
    for place in ("column", "article"):
        style = styled(tmp_path / place, f"footnotes: {{position: {place}}}")
        pages = compose(tmp_path / place, {"body": body(5, 200, 400, 800)}, columns=3, lines=40, **style)
        shown = "".join(texts(pages, "footnote"))
        for number in range(1, 5):
            assert shown.count(f"注文{number}，{NOTE}") == 1
        assert not pages.overset


@pytest.mark.parametrize("at", [(30,), (30, 290), (150, 160, 170), (10, 250, 480, 700)])
@pytest.mark.parametrize("height", [24, 25, 26, 28])
def test_N4_a_note_stands_at_the_foot_of_the_column_that_marks_it(tmp_path, at, height):
    style = styled(tmp_path, "footnotes: {position: column}\nfit: {level: false}")
    pages = compose(tmp_path, {"body": body(*at)}, columns=3, lines=height, **style)
    assert not pages.overset
    columns = columns_of(pages)
    order = sorted(columns)
    for left, (text, notes) in columns.items():
        here = {sign for sign in "①②③④" if sign in text}
        shown = {line.text[0] for frame in notes for line in frame.lines} & set("①②③④")
        before = columns[order[order.index(left) - 1]][0] if left != order[0] else ""
        assert shown - here <= {sign for sign in "①②③④" if sign in before}  # or went on by one column
        for frame in notes:
            foot = max(one.y + one.height for one in frames(pages, "body") if round(one.x) == left)
            assert frame.y > foot
    assert "".join("".join(text for text, _ in [columns[left]]) for left in order).count("①") == 1


def test_N4_most_notes_stand_in_the_column_of_their_mark(tmp_path):
    own = other = 0
    style = styled(tmp_path, "footnotes: {position: column}\nfit: {level: false}")
    for start in range(20, 330, 10):
        pages = compose(tmp_path, {"body": body(start, start + 60, length=800)}, columns=3, lines=24, **style)
        for text, notes in columns_of(pages).values():
            for sign in {line.text[0] for frame in notes for line in frame.lines} & set("①②"):
                own, other = own + (sign in text), other + (sign not in text)
    assert own + other == 2 * 31
    assert other <= 4


def test_N4_columns_over_notes_are_level(tmp_path):
    style = styled(tmp_path, "footnotes: {position: column}")
    pages = compose(tmp_path, {"body": body(30, length=600)}, columns=3, lines=24, **style)
    feet = {round(frame.x): frame.y + frame.height for frame in frames(pages, "body") + frames(pages, "footnote")}
    assert max(feet.values()) - min(feet.values()) < 2 * LEADING


def test_N4_text_in_a_column_leaves_room_for_its_notes(tmp_path):
    style = styled(tmp_path, "footnotes: {position: column}")
    pages = compose(tmp_path, {"body": body(30, length=1600)}, columns=3, lines=40, **style)
    (note,) = frames(pages, "footnote")
    foot = max(frame.y + frame.height for frame in frames(pages, "body"))
    assert note.y + note.height <= foot + 0.01  # no lower than the columns beside it


@pytest.mark.parametrize("place", ["column", "article"])
def test_N5_notes_without_room_are_overset_with_their_place_and_count(tmp_path, place):
    style = styled(tmp_path, f"footnotes: {{position: {place}}}")
    fits = compose(tmp_path, {"body": body(length=150)}, columns=1, lines=20, units="a . .", **style)
    assert not fits.overset
    pages = compose(tmp_path, {"body": body(10, 20, 30, length=150)}, columns=1, lines=9, units="a . .", **style)
    (over,) = pages.overset
    assert over.characters >= len(NOTE)
    assert over.lines > 0
    assert over.mark.line > 0
    shown = sum(len(line.text) for role in ("body", "footnote") for line in lines(pages, role))
    whole = 150 + 3 + sum(len(f"①\u3000注文1，{NOTE}") for _ in range(3))
    assert shown + over.characters == pytest.approx(whole, abs=1)  # the end of a line may lack its blank


def test_N5_a_note_of_an_overset_mark_is_overset_with_it(tmp_path):
    style = styled(tmp_path, "footnotes: {position: column}")
    pages = compose(tmp_path, {"body": body(880, length=900)}, columns=1, lines=20, units="a . .", **style)
    assert not frames(pages, "footnote")
    (over,) = pages.overset
    plain = compose(tmp_path / "plain", {"body": body(length=900)}, columns=1, lines=20, units="a . .").overset[0]
    assert over.characters > plain.characters + len(NOTE)


def test_N6_a_note_is_tagged_and_its_mark_refers_to_it(tmp_path):
    folder = write(tmp_path, issue({"a": {"headline": "脚注", "body": body(20, 40)}}, [{30: "a"}]))
    for screen in (False, True):
        report = layout.build(folder, tmp_path / f"{screen}.pdf", screen=screen)
        assert report.pdf, [problem.in_language() for problem in report.problems]
        with pikepdf.open(report.pdf) as pdf:
            kinds: dict[str, list[pikepdf.Object]] = {}
            _collect(pdf.Root.StructTreeRoot, kinds)
            assert len(kinds["/Note"]) == 2
            assert len(kinds["/Reference"]) == 2
            names = pdf.Root.StructTreeRoot.IDTree.Names
            assert [str(note.ID) for note in kinds["/Note"]] == [str(names[0]), str(names[2])]
            assert all(names[2 * at + 1].objgen == note.objgen for at, note in enumerate(kinds["/Note"]))
            if screen:
                links = [kid for one in kinds["/Reference"] for kid in one.K if kid.get("/S") == "/Link"]
                assert len(links) == 2
                found = [link for page in pdf.pages for link in page.get("/Annots", [])]
                assert [link.Dest[1] for link in found] == ["/XYZ", "/XYZ"]
                assert found[0].Dest[3] > found[1].Dest[3]  # the second note is under the first


def _collect(element: pikepdf.Object, kinds: dict[str, list[pikepdf.Object]]) -> None:
    if isinstance(element, pikepdf.Array):
        for kid in element:
            _collect(kid, kinds)
    elif isinstance(element, pikepdf.Dictionary) and "/K" in element:
        if "/S" in element:
            kinds.setdefault(str(element.S), []).append(element)
        _collect(element.K, kinds)


def test_N6_text_taken_out_of_the_pdf_has_sign_and_note(tmp_path):
    pymupdf = pytest.importorskip("pymupdf")
    folder = write(tmp_path, issue({"a": {"headline": "脚注", "body": body(20)}}, [{30: "a"}]))
    assert layout.build(folder, tmp_path / "a.pdf").pdf
    with pymupdf.open(tmp_path / "a.pdf") as pdf:
        text = "".join(page.get_text() for page in pdf).replace("\n", "")
    assert text.count("①") == 2
    assert "注文1，" + NOTE[:8] in text


def test_N1_notes_of_several_items_are_numbered_through(tmp_path):
    items = [{"headline": h, "body": f"{copy(40)}[^1]。\n\n[^1]: {h}的注。"} for h in ("书屋开到九点", "冬至集市")]
    pages = compose(tmp_path, {"kind": "briefs", "items": items}, units="a . .")
    assert [text.split("\u3000")[0][0] for text in texts(pages, "footnote")] == ["①", "②"]
    assert texts(pages, "footnote")[1].endswith("冬至集市的注。")


def test_N1_a_point_on_a_note_is_found_in_the_file(tmp_path):
    from layout.editor.hit_testing import line_mark

    text = "甲[^1]乙。\n\n[^1]: 注文在此。"
    read = layout.load(write(tmp_path, issue({"a": {"headline": "脚注", "body": text}}, [{20: "a"}])))
    note = lines(layout.compose(read), "footnote")[0]
    found = line_mark(read, "a", note)
    typed = (tmp_path / "issue.yaml").read_text("utf-8").splitlines()
    assert typed[found.line - 1][found.column - 1] == "注"
