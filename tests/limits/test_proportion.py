"""What is four times as long takes about four times the work: steps of the interpreter are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from composing import FACES
from generated import Writer

from layout.issue.hygiene import clean
from layout.issue.markdown import parse
from layout.planning.assignment import Assigner, AssignmentItem, PageSlot
from layout.records import Prose
from layout.text.characters import kind_of, with_western_marks
from layout.text.paragraph import Breaking, LineSetting, Paragraph, TextRun

pytestmark = pytest.mark.slow  # the interpreter is watched line by line
LONG = 3000
MOST = 5.5  # times the work for four times the text


def steps(action: Callable[[], object]) -> int:
    """How many lines of Python an action runs through."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    sys.settrace(line)
    try:
        action()
    finally:
        sys.settrace(None)
    return count


def _set(runs: list[TextRun], way: Breaking) -> None:
    paragraph = Paragraph(runs, LineSetting(), FACES)
    paragraph.lines(paragraph.break_lines([18.0], way), [18.0])


TEXTS: dict[str, Callable[[int], list[TextRun]]] = {
    "plain text": lambda n: [TextRun(Writer(1).paragraph(n), "Square")],
    "one word": lambda n: [TextRun("communication" * (n // 13), "Square")],
    "digits": lambda n: [TextRun("1" * n, "Square")],
    "bars": lambda n: [TextRun("|" * n, "Square")],
    "commas": lambda n: [TextRun("，" * n, "Square")],
    "commas and stops": lambda n: [TextRun("字" + "，。" * (n // 2) + "字", "Square")],
    "opening brackets": lambda n: [TextRun("（" * n, "Square")],
    "opening quotation marks": lambda n: [TextRun("“" * n, "Square")],
    "leaders": lambda n: [TextRun("……" * (n // 2), "Square")],
    "wide spaces": lambda n: [TextRun("字" + "\u3000" * n + "字", "Square")],
    "spaces": lambda n: [TextRun("字" + " " * n + "字", "Square")],
    "accents": lambda n: [TextRun("e" + "\u0301" * n, "Square")],
    "emoji": lambda n: [TextRun("😀" * n, "Square")],
    "addresses": lambda n: [TextRun("见https://www.example.org/issues/2026?page=3和" * (n // 40), "Square")],
    "bold and plain in turn": lambda n: [TextRun("河堤", "Square", tag=str(at % 2)) for at in range(n // 2)],
    "runs without width": lambda n: [TextRun("\u200b", "Square", tag=str(at % 2)) for at in range(n)],
    "readings": lambda n: [TextRun("泾", "Square", ruby="jīng" if at % 2 else "") for at in range(n)],
}


@pytest.mark.parametrize("way", ["first-fit", "optimum"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_paragraph_is_set_in_proportion_to_its_length(name: str, way: Breaking) -> None:
    text = TEXTS[name]
    _set(text(LONG // 10), way)  # tables and hyphens are looked up once
    little, much = (steps(lambda n=n: _set(text(n), way)) for n in (LONG, 4 * LONG))
    assert much <= MOST * little + 1000


def test_a_wished_number_of_lines_of_a_long_paragraph_is_sought_at_its_end() -> None:
    def wish(length: int) -> None:
        paragraph = Paragraph([TextRun(Writer(1).paragraph(length), "Square")], LineSetting(), FACES)
        natural = paragraph.break_lines([18.0])
        for lines in (len(natural) - 1, len(natural) + 1):
            ends = paragraph.break_lines([18.0], lines=lines)
            assert ends is None or (len(ends) == lines and ends[-1] == paragraph.characters)

    wish(2500)
    little, much = (steps(lambda n=n: wish(n)) for n in (3000, 12000))
    assert much <= MOST * little


def test_a_longer_paragraph_can_be_a_line_shorter_or_longer() -> None:
    paragraph = Paragraph([TextRun(Writer(3).paragraph(4000), "Square")], LineSetting(), FACES)
    natural = paragraph.break_lines([18.0])
    assert len(natural) > 200
    met = paragraph.break_lines([18.0], lines=len(natural) + 1)
    assert met is not None
    assert len(met) == len(natural) + 1
    assert met[:50] == natural[:50]


def test_a_token_that_is_almost_a_number_is_classed_at_once() -> None:
    assert chr(kind_of("1" + "." * 100_000 + "a")) == "A"  # 5,000,000,000 ways to divide the points, were all tried
    assert chr(kind_of("1" + "." * 100_000)) == "N"


def test_quotation_marks_without_letters_stay_as_they_are() -> None:
    text = "“" * 100_000
    assert with_western_marks(text) == text
    assert with_western_marks("the “abc” of it") != "the “abc” of it"


def _deal(desk: Any, pages: int) -> int:
    cards = [AssignmentItem(at, at % 4, f"{at % 5}", (180, 200, 220), at % 3 == 0) for at in range(4 * pages)]
    dealer = Assigner(desk, cards, [PageSlot(600, front=page == 0) for page in range(pages)])
    deal = dealer.first()
    return steps(lambda: dealer.better(deal, most=20))


class _Desk:
    """What a dealer asks of its desk: the plan of a style and its weights."""

    def __init__(self) -> None:
        from layout.style.planning import PlanStyle

        self.plan = PlanStyle()
        self.weights = self.plan.weights


def test_dealing_looks_again_only_at_pages_that_changed() -> None:
    """Twice the pages are four times the pairs; every trade used to look at all of them."""
    first, second = _deal(_Desk(), 6), _deal(_Desk(), 12)
    assert second <= MOST * first


MARKED = {
    "stars": "*a ",
    "stars and underscores": "**a_",
    "brackets": "[",
    "backticks": "`a ",
    "links that do not end": "[字](https://www.example.org/a ",
    "footnotes that do not end": "[^a",
    "struck-out words": "~~字~~好",
    "underscores on lines of their own": "_字_\n",
    "rows of a table": "|字|好|\n",
    "list": "- 字\n",
}


@pytest.mark.parametrize("sign", MARKED.values(), ids=MARKED)
def test_markdown_is_read_in_proportion_to_its_length(sign: str) -> None:
    little, much = (
        steps(lambda n=n: parse(Prose.of_file(f"[字]\n\n|字|好|\n|-|-|\n{sign * n}", "a.md"))) for n in (500, 2000)
    )
    assert much <= MOST * little


TYPED = {
    "addresses": "见https://www.example.org/a ",
    "address with brackets behind it": "https://www.example.org/a" + ")" * 40,
    "brackets in brackets": "",
    "quotation marks": '"字',
    "apostrophes": "'",
    "commas": "字,",
}


@pytest.mark.parametrize("sign", TYPED.values(), ids=TYPED)
def test_typing_is_cleaned_in_proportion_to_its_length(sign: str) -> None:
    little, much = (steps(lambda n=n: clean(sign * n or "(a" * n + ")" * n)) for n in (400, 1600))
    assert much <= MOST * little


def test_an_address_is_sought_once_in_a_long_run() -> None:
    assert clean("a" * 200_000 + ",好 a@b.example") == "a" * 200_000 + "，好a@b.example"  # was tried at each character
    assert clean("a." * 100_000 + "，好,a.example/?b,c") == "a." * 100_000 + "，好，a.example/?b,c"
