"""The tokeniser of content streams finds the operators and operands that qpdf's parser finds, one by one and many at once."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import NamedTuple

import pikepdf
import pytest
from content_streams import Found, broken_stream, by_operations, by_qpdf, by_statements, good_stream

import layout
from layout.pdfcontent.statements import _TOKEN, operations, statements, tokens

pytestmark = pytest.mark.slow  # streams by the hundred

ISSUES = Path(__file__).parents[2] / "issues"
SAMPLES = sorted(path.parent.name for path in ISSUES.glob("*/issue.yaml"))


class Difference(NamedTuple):
    """Where the tokeniser and qpdf do not agree, and why the tokeniser does what it does."""

    reason: str
    pattern: re.Pattern[bytes]  # of an operation's text in the stream, tokens that are well formed taken out


_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
DIFFERENCES = {
    "malformed number": Difference(
        "qpdf makes it an operator; here it is an operand that its operator cannot use, as in viewers",
        re.compile(rb"[-+,.0-9][^\s\0()<>\[\]{}/%]*"),
    ),
    "lone delimiter": Difference(
        "qpdf makes it a null or drops what stands beside it; here it alone is passed over",
        re.compile(rb"[()<>\[\]{}]"),
    ),
    "malformed dictionary": Difference(
        "qpdf makes up a key or drops a value; here it is a row of tokens, and no operator of preflight reads it",
        re.compile(rb"<<|>>"),
    ),
    "malformed name": Difference(
        "qpdf replaces a number sign that two digits do not follow, or two noughts; here it stays as it is written",
        re.compile(rb"/[^\s\0()<>\[\]{}/%]*#(?![0-9A-Fa-f]{2}(?<!00))"),
    ),
    "lone ID": Difference(
        "qpdf takes what follows for the data of an inline picture; here a picture has a BI",
        re.compile(rb"ID$"),
    ),
}
_WELL_FORMED = re.compile(
    _NUMBER + rb"|/(?:[^\s\0()<>\[\]{}/%#]|#[0-9A-Fa-f]{2}(?<!00))*|<[0-9A-Fa-f\s\0]*>", re.DOTALL
)


def defects(segment: bytes) -> set[str]:
    """The names of the differences that an operation's part of a stream gives rise to."""
    found = set()
    passed_over = _TOKEN.sub(b" ", segment).strip(b" \t\r\n\f\0")
    open_dictionaries: list[int] = []  # how many entries each has, keys and values
    for token in tokens(segment):
        if token == b">>":
            if not open_dictionaries or open_dictionaries.pop() % 2:
                found.add("malformed dictionary")
            continue
        if open_dictionaries:
            if open_dictionaries[-1] % 2 == 0 and token[:1] != b"/":
                found.add("malformed dictionary")
            open_dictionaries[-1] += 1
        if token == b"<<":
            open_dictionaries.append(0)
        elif token[:1] == b"[":
            found |= defects(token[1:-1])
        elif token[:1] != b"(" and not _WELL_FORMED.fullmatch(token):
            found |= {name for name, difference in DIFFERENCES.items() if difference.pattern.match(token)}
    if open_dictionaries:
        found.add("malformed dictionary")
    return found | {"lone delimiter"} if passed_over else found


def segments(data: bytes) -> list[bytes]:
    """The stream cut behind every operator, with what was passed over before it."""
    cut, before = [], 0
    for operation in operations(data):
        end = data.index(operation.source, before) + len(operation.source)
        cut.append(data[before:end])
        before = end
    return [*cut, data[before:]]


def unexplained(data: bytes, qpdf: list[Found]) -> Iterator[str]:
    """Operations that only one of both has, where the stream has none of the named defects."""
    own, cut = by_operations(data), segments(data)
    if own[: len(qpdf)] == qpdf:  # qpdf ends at a string or an array that is not closed
        return
    matcher = SequenceMatcher(None, [repr(each) for each in own], [repr(each) for each in qpdf], autojunk=False)
    for tag, first, end, other, other_end in matcher.get_opcodes():
        near = b" ".join(cut[max(first - 1, 0) : end + 1])
        if tag != "equal" and end < len(own) and not defects(near):
            yield f"{own[first:end]} {qpdf[other:other_end]} {near!r}"


def dropped(found: list[Found]) -> list[Found]:
    """What a statement of lines leaves out: the ends of texts and marked content paint nothing; `TJ` is told as `Tj`."""
    return [
        (b"Tj" if operator == b"TJ" else operator, operands)
        for operator, operands in found
        if operator not in (b"ET", b"EMC", b"BMC", b"BDC")
    ]


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_of_a_good_stream_qpdf_finds_the_same(start: int) -> None:
    for seed in range(start, start + 100):
        data = good_stream(Random(seed))
        assert by_operations(data) == by_qpdf(data), seed
        assert set().union(*map(defects, segments(data))) <= {"lone ID"}, seed  # an ID that has its BI


def test_behind_an_inline_picture_qpdf_takes_an_operator_with_a_digit_for_the_pictures_data() -> None:
    """It looks ten tokens ahead for what no operator is called, and forgets the widths of Type 3 glyphs."""
    plain, picture = b"1 0 d0 f", b"BI /W 1 /H 1 /BPC 8 /CS /G ID A\nEI\n"
    assert by_operations(plain) == by_qpdf(plain) == [(b"d0", (1.0, 0.0)), (b"f", ())]
    assert by_operations(picture + plain) == [(b"BI", ()), (b"d0", (1.0, 0.0)), (b"f", ())]
    assert by_qpdf(picture + plain + b" BI /W 1 ID B\nEI f") == [(b"BI", ()), (b"f", ())]


def test_of_a_broken_stream_qpdf_finds_the_same_but_for_what_is_named() -> None:
    results: Counter[str] = Counter()
    for seed in range(600):
        data = broken_stream(Random(seed))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                qpdf = by_qpdf(data)
            except (pikepdf.PdfError, ValueError, TypeError, IndexError):
                results["not parsed by qpdf"] += 1
                continue
        results["same" if by_operations(data) == qpdf else "different"] += 1
        assert list(unexplained(data, qpdf)) == [], seed
    assert results["same"] > 200, results
    assert results["not parsed by qpdf"] < 100, results


@pytest.mark.parametrize("make", [good_stream, broken_stream])
def test_statements_are_the_operations_many_at_once(make) -> None:  # type: ignore[no-untyped-def]
    for seed in range(1000):
        data = make(Random(seed))
        assert dropped(by_statements(statements(data))) == dropped(by_operations(data)), seed


@pytest.mark.parametrize("sample", SAMPLES)
def test_of_the_samples_pages_qpdf_finds_the_same(sample: str, tmp_path: Path) -> None:
    """Forms too: among them is the furniture."""
    layout.build(ISSUES / sample, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
        forms = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        contents += [form.read_bytes() for form in forms]
        assert forms
    for data in contents:
        assert by_operations(data) == by_qpdf(data)
        assert dropped(by_statements(statements(data))) == dropped(by_operations(data))
