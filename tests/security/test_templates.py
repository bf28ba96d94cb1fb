"""A style's templates are a stranger's: they see what they need and no more, and they come to an end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hostile import STYLE, build, furnished, secrets

import layout
from layout.page.furniture import sandbox
from layout.runtime.limits import Limit

pytestmark = pytest.mark.slow  # processes and their ends

REACHING = [
    '{{ cycler.__init__.__globals__.os.popen("id").read() }}',
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ publication.__class__ }}",
    '{{ publication|attr("__class__") }}',
    '{{ "{0.__class__.__init__.__globals__}".format(publication) }}',
    '{{ "{0.__class__}".format_map({"0": publication}) }}',
    '{{ ("{0" ~ ".__class__}").format(publication) }}',
    '{% set f = "{0.__class__}".format %}{{ f(publication) }}',
    "{{ self.__init__.__globals__ }}",
    "{{ joiner.__call__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    '{{ [publication]|sort(attribute="__class__.__base__.__subclasses__") }}',
    "{{ range.__self__ }}",
    "{{ publication.place('title') }}",
    "{{ publication.read('x', 'y') }}",
    "{{ words.update({'a': 1}) }}",
    "{{ words.clear() }}",
    "{{ teasers.append(1) }}",
    "{{ lipsum() }}",
    "{{ page.__dict__ }}",
    "{{ (publication.title|string).__class__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% for x in [1] %}{{ loop._iterator }}{{ loop.__class__ }}{% endfor %}",
    "{{ config }}",
    "{{ import('os') }}",
    "{% import 'os' as os %}",
    "{{ ''['__class__'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ (issue.date).__reduce__() }}",
    "{{ issue.date.__class__.today.__self__ }}",
]


@pytest.mark.parametrize("html", REACHING)
def test_a_template_that_reaches_for_more_is_reported_with_its_line(html: str, tmp_path: Path) -> None:
    folder = furnished(tmp_path / "issue", f"<p>字</p>\n{html}")
    told = build(folder)
    (problem,) = [problem for problem in told.problems if problem.rule in ("template", "furniture")]
    assert problem.rule == "template", problem
    assert problem.mark
    assert problem.mark.file.endswith("own/own.html"), problem
    assert problem.mark.line == 2, problem
    assert not told.pdf


@pytest.mark.parametrize(
    "html",
    [
        '{{ ["a"]|map("attr", "__class__")|list }}',
        '{{ [publication]|map(attribute="__class__")|list }}',
        '{{ [publication]|groupby("__class__") }}',
        '{{ [issue.date]|map(attribute="__class__.__mro__")|join }}',
    ],
)
def test_what_a_filter_reaches_for_is_nothing(html: str, tmp_path: Path) -> None:
    told = build(furnished(tmp_path / "issue", f"<p>字{html}</p>"))
    if "template" not in told.rules:
        pages = layout.compose(layout.load(tmp_path / "issue"))
        (drawn,) = [box.html for page in pages.pages for box in page.boxes if box.name == "ear"]
        assert "class" not in drawn


ENDLESS = {
    "for": "{% set r = range(1000) %}{% for a in r %}{% for b in r %}{% for c in r %}{% for d in r %}{% endfor %}"
    "{% endfor %}{% endfor %}{% endfor %}",
    "recursion": "{% macro m(n) %}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}",
    "itself": '{% include "own.html" %}',
    "range": "{{ range(10**9)|list }}",
    "times": '{{ "x" * 10**9 }}',
    "times-list": "{{ [0] * 10**9 }}",
    "times-times": '{{ ("x" * 999999) * 999999 }}',
    "power": "{{ 9 ** (9 ** 9) }}",
    "width": '{{ "{:1000000000}".format(1) }}',
    "percent": '{{ "%1000000000d" % 1 }}',
    "filter": '{{ "%1000000000d"|format(1) }}',
    "centre": '{{ "x"|center(10**9) }}',
    "just": '{{ "x".ljust(10**9) }}',
    "indent": '{{ "x\\nx"|indent(10**9) }}',
    "double": '{% set ns = namespace(s="xxxxxxxx") %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}',
    "replace": '{% set s = "x" * 900000 %}{{ s.replace("x", s) }}',
    "join": '{% set s = "x" * 900000 %}{{ s|join(s) }}',
    "output": "{% for a in range(99999) %}{{ 'x' * 999 }}{% endfor %}",
    "in": "{% set r = range(100000)|list %}{{ r|select('in', r|reverse|list)|list|length }}",
}


@pytest.mark.parametrize("html", ENDLESS.values(), ids=ENDLESS)
def test_a_template_comes_to_an_end(html: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "TEMPLATE_SECONDS", Limit("template-seconds", 1, sandbox.TEMPLATE_SECONDS.what))
    folder = furnished(tmp_path / "issue", f"<p>字</p>\n{html}")
    start = time.process_time()
    told = build(folder)
    assert time.process_time() - start < 12
    (problem,) = [problem for problem in told.problems if problem.rule == "template"]
    assert problem.mark
    assert problem.mark.line == 2, problem
    assert not told.pdf


def test_a_number_is_rounded_to_no_more_places_than_there_are(tmp_path: Path) -> None:
    told = build(furnished(tmp_path / "issue", "<p>{{ 1.25|round(1) }}{{ 1.5|round(999999999, 'ceil') }}"))
    assert told.pdf, told.says()


def test_what_is_within_the_limits_is_as_it_was(tmp_path: Path) -> None:
    html = (
        "{% macro m(n) %}<b>{{ n }}</b>{% endmacro %}{% set ns = namespace(n=0) %}"
        "{% for i in range(3) %}{% set ns.n = ns.n + i %}{{ m(ns.n) }}{{ loop.index }}{% endfor %}"
        "<p>{{ publication.title|upper }} {{ '%02d' % issue.number }} {{ '{:>4}'.format(7) }} {{ 'ab' * 2 }}"
        "{{ words.items()|list|length }}{{ issue.date|date }}{{ issue.date.year }}</p>"
    )
    told = build(furnished(tmp_path / "issue", html))
    assert told.pdf, told.says()


NAMES = ["../../secrets/canary.html", "link.html", "linked/canary.html", "{secrets}/canary.html"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("word", ["include", "import", "extends"])
def test_a_template_takes_in_none_from_elsewhere(word: str, name: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    tail = " as x" if word == "import" else ""
    folder = furnished(tmp_path / "issue", f'{{% {word} "{name.format(secrets=hidden)}"{tail} %}}')
    (folder / "own" / "link.html").symlink_to(hidden / "canary.html")
    (folder / "own" / "linked").symlink_to(hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert "template" in told.rules
    assert not told.pdf


WORDS = ["{page.__class__}", "{page[0]}", "{page!r}", "{page:1000000000}", "{page:{page.__class__}}", "{0}", "{"]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("key", ["jump", "continuation"])
def test_words_of_a_style_have_only_their_blanks_filled(key: str, words: str, tmp_path: Path) -> None:
    folder = furnished(tmp_path / "issue", style=f'{STYLE}words: {{{key}: "第{words}版"}}\n')
    assert "words" in build(folder).rules


@pytest.mark.parametrize("words", [word.replace("page", "unit") for word in WORDS])
def test_so_have_those_of_a_chart(words: str, tmp_path: Path) -> None:
    folder = furnished(tmp_path / "issue", style=f'{STYLE}words: {{unit: "{words}"}}\n')
    assert "words" in build(folder).rules
