"""Every element is whole: record, field, name, composing, role, tag, proofreading and manual; a part forgotten is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args, get_origin

import pytest
from manuals import examples, made_up
from pdf.readers import elements

import layout
from issues import issue, write
from layout.composition import Composition
from layout.issue import floats as registry
from layout.issue.floats import ELEMENTS, ArticleElements, ElementKind, Float, floats_of, kind_of
from layout.issue.model import Issue
from layout.issue.texts import HeadlineText, Text
from layout.page.elements.composer import Composer, _composer, composer_of
from layout.pdf.document import write_pdf
from layout.pdf.target import screen_target
from layout.proofreading.copy import proof_texts
from layout.records import Record
from layout.records.record import fields_of, hint_of

UNPRINTED = {"alt", "id", "file", "mark", "marks"}
each = pytest.mark.parametrize("kind", ELEMENTS, ids=lambda kind: kind.field)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    """The manual's first example that shows a kind of element: its issue, and what is composed of it."""

    @cache
    def of(field: str) -> tuple[Issue, Composition]:
        for example in examples("issue-format.md"):
            if any(field in article for article in example["data"].get("articles", {}).values()):
                folder = tmp_path_factory.mktemp(field)
                composition = made_up(example, folder)
                return layout.load(folder), composition
        pytest.fail(f"docs/issue-format.md shows no {field}")

    return of


def texts_of(record: Record) -> Iterator[str]:
    """What of a record is printed, piece by piece."""

    def inside(value: object) -> Iterator[str]:
        if isinstance(value, Text):
            yield value.whole if isinstance(value, HeadlineText) else str(value)
        elif isinstance(value, Record):
            yield from texts_of(value)
        elif isinstance(value, tuple):
            for item in value:
                yield from inside(item)

    for name in record.__struct_fields__:
        if name not in UNPRINTED:
            yield from filter(None, inside(getattr(record, name)))


def test_every_field_of_elements_has_an_entry_and_every_entry_its_field():
    assert [kind.field for kind in ELEMENTS] == [*fields_of(ArticleElements)]
    for kind in ELEMENTS:
        hint = hint_of(ArticleElements, kind.field)
        assert get_origin(hint) is tuple
        assert get_args(hint) == (kind.record, ...)


def test_every_record_of_an_element_has_an_entry():
    records = {thing for thing in vars(registry).values() if isinstance(thing, type) and issubclass(thing, Float)}
    assert records - {Float} == {kind.record for kind in ELEMENTS}


def test_no_two_kinds_give_the_same_names():
    suffixes = [kind.suffix for kind in ELEMENTS]
    assert len(set(suffixes)) == len(suffixes)


@each
def test_its_module_composes_it(kind: ElementKind):
    assert isinstance(_composer(kind.composing), Composer)


def test_a_module_that_composes_nothing_is_an_error():
    with pytest.raises(TypeError, match="text_blocks has no COMPOSER"):
        _composer("text_blocks")


def test_an_element_without_an_entry_is_an_error():
    class Timeline(Float):
        pass

    with pytest.raises(KeyError):
        kind_of(Timeline())
    with pytest.raises(KeyError):
        composer_of(Timeline())


@each
def test_it_is_named_after_its_article(kind: ElementKind, made):
    read, _ = made(kind.field)
    for article in read.articles.values():
        stem = f"{article.id}-{kind.suffix}" if kind.suffix else article.id
        for number, one in enumerate(getattr(article, kind.field), 1):
            assert one.id == f"{stem}-{number}" or one.place("id") != one.mark


@each
def test_it_is_printed_whole_in_frames_of_its_role(kind: ElementKind, made):
    read, composition = made(kind.field)
    frames = [frame for page in composition.pages for frame in page.frames]
    assert kind.role in {frame.role for frame in frames}
    printed = {
        id: "".join(line.text for frame in frames if frame.article == id for line in frame.lines)
        for id in read.articles
    }
    found = 0
    for article in read.articles.values():
        for one in getattr(article, kind.field):
            for text in texts_of(one):
                found += 1
                assert re.sub(r"\s", "", text) in re.sub(r"\s", "", printed[article.id]), text
    assert found


@each
def test_the_proofreader_reads_all_of_it(kind: ElementKind, made):
    read, _ = made(kind.field)
    seen = {(text.article, text.text) for text in proof_texts(read)}
    for article in read.articles.values():
        for one in floats_of(article):
            assert {(article.id, text) for text in texts_of(one)} <= seen


@each
def test_a_reader_on_screen_meets_it_under_its_tag(kind: ElementKind, made, tmp_path: Path):
    _, composition = made(kind.field)
    write_pdf(composition, tmp_path / "a.pdf", faces=composition.faces, target=screen_target(), cache=None)
    assert kind.role.tag.decode() in {tag for tag, _ in elements(tmp_path / "a.pdf")}


def test_labels_of_charts_and_heads_of_tables_are_proofread(tmp_path: Path):
    article = {
        "headline": "春耕",
        "body": "| 村名 | 亩数 |\n|--|--|\n| 东圩 | 612 |\n\n播完了。",
        "charts": [{"kind": "bar", "data": [["南荡", 1]], "series": ["今年"], "alt": "南荡多。"}],
        "tables": [{"columns": [{"title": "渡口"}], "rows": [["石桥"]]}],
        "names": [{"names": ["卫昭", {"name": "章水林", "role": "渡工"}]}],
    }
    read = layout.load(write(tmp_path, issue({"a": article}, [{20: "a"}])))
    placed = {text.text: text.place(0) for text in proof_texts(read)}
    for word in ("村名", "亩数", "南荡", "今年", "渡口", "石桥", "卫昭", "章水林", "渡工"):
        assert placed[word].file.endswith("issue.yaml")
        assert placed[word].line > 1
