"""Styles in an issue's folder: style.yaml, templates, style sheets; changed by chance, and by somebody who means harm."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from layout.runtime.resources import data_folder

from . import issues, mutation, writing
from .case import Input, Kind

PUBLICATION = {
    "title": "试刊",
    "sponsor": "试刊社",
    "publisher": "试刊社",
    "ear": ["明日", "多云"],
    "emblem": "photo.png",
}
MAP = [{7: "nameplate"}, {20: "a a b"}, {12: "c c-1 teasers"}, {4: "colophon"}, {"auto": "staff_box"}]
REACHES = [
    "../secret.html", "../../secret.css", "/etc/passwd", "file:///etc/passwd", "file://../secret.svg", "../secret.png",
    "https://example.org/a.png", "//example.org/a.css", "data:text/html,x", "data:image/png;base64,AAAA", "photo.png", "ftp://x/y",
    "/dev/zero", "/proc/self/environ", "style.yaml", "#", "", "photo.png#xywh=1", "%2e%2e/secret.png", "..%5csecret.png",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><image href='/etc/passwd'/></svg>",
]  # fmt: skip
TEMPLATES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self.__init__.__globals__ }}", "{{ publication.__class__ }}", "{{ issue.date.__reduce__() }}", "{{ 9**9**9 }}",
    "{% for a in range(99999999) %}x{% endfor %}", "{% include 'REACH' %}", "{% extends 'REACH' %}", "{{ 'a' * 999999999 }}",
    "{% import 'REACH' as x %}", "{{ nothing }}", "{{ publication.title|nothing }}", "{% if %}", "{{", "{% for %}", "{{ 1/0 }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{{ page.number.real.__class__ }}", "{{ words.update({'a': 1}) }}",
    "{{ lipsum(n=99999) }}", "{{ namespace }}", "{{ joiner.__init__ }}", "{{ publication.title.__class__.parse }}",
    "{{ '%s' % publication }}", "{{ '{0.__class__}'.format(publication) }}", "{{ 'x'|center(99999999)|length }}", "{% set a = [] %}",
    "{{ publication.title|safe }}<script>1</script>", "{{ publication.ear|map('upper')|list }}", "{% raw %}{{ x }}{% endraw %}",
    "{% include 'nameplate.html' %}", "{{ issue.date.strftime('%c') }}", "{{ ''.join(['a'] * 1000) }}",
]  # fmt: skip
MARKUP = [
    "<img src='REACH'>", "<link rel=stylesheet href='REACH'>", "<object data='REACH'></object>", "<embed src='REACH'>",
    "<link rel=attachment href='REACH'>", "<a href='REACH'>x</a>", "<style>@import url(REACH);</style>", "<iframe src='REACH'></iframe>",
    "<svg viewBox='0 0 9 9'><image href='REACH' width='9' height='9'/></svg>", "<div style='background: url(REACH)'>x</div>",
    "<base href='REACH'>", "<table><tr><td>a", "<ol><li>甲<li>乙</ol>", "<p>" * 300, "<input value=x>", "<ruby>字<rt>zì</rt></ruby>",
    "<svg viewBox='0 0 9 9'><use href='REACH'/><text>字</text></svg>", "<meta http-equiv=refresh content='0;url=REACH'>", "&#0;", "\0",
]  # fmt: skip
SHEETS = [
    ".nameplate { background: url(REACH) }", "@import url(REACH);", "@import 'REACH';", "@font-face { font-family: X; src: url(REACH) }",
    ".nameplate::after { content: url(REACH) }", "* { width: 1e30pt }", "* { width: calc(1pt / 0) }", "* { font-size: 0 }",
    ".name { font-size: 99999pt }", "* { position: fixed; float: left }", "* { column-count: 999999 }", "@page { size: 1pt; margin: 99in }",
    ":root { --a: var(--b); --b: var(--a) } * { color: var(--a) }", "* { content: counter(x, lower-roman); counter-increment: x 999999999 }",
    ".piece { break-before: page }", "* { transform: scale(1e9) rotate(1deg) }", "{{{{", "}", "@media {", "/*", "* { color: oklch(1 2 3) }",
    "* { background: linear-gradient(red, blue) }", "* { border: 3pt ridge red }", "* { display: grid; grid-template-columns: repeat(9999, 1fr) }",
    "li { list-style: url(REACH) }", "* { writing-mode: vertical-rl }", "* { opacity: nan }", "* { color: separation(\"X\" 1 0 0 0 0) }",
    "* { cursor: url(REACH) } .name { mask: url(REACH); clip-path: url(REACH#a) }", "@namespace x url(REACH);", "* { box-shadow: 0 0 9pt red }",
    ".name { font-family: 'No Such Face' }", "@charset 'gb2312';", ".a { --x: " + "(" * 300, "* { margin: -99999pt }", "* { zoom: 9 }",
]  # fmt: skip


@lru_cache(maxsize=1)
def town() -> dict[str, bytes]:
    folder = data_folder("styles") / "town"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@lru_cache(maxsize=1)
def words() -> list[str]:
    from layout.style.schema import style_schema

    found: set[str] = set()
    waiting: list[Any] = [style_schema()]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found |= one.get("properties", {}).keys()
            found |= {value for value in one.get("enum", ()) if isinstance(value, str)}
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return [*sorted(found), "accent", "body", "lead", "Song-Regular", "town", "nameplate.html"]


def reaching(random: Random, text: str) -> str:
    return text.replace("REACH", random.choice(REACHES))


def generate(random: Random) -> Input:
    files = dict(issues.pictures())
    articles = {
        name: {
            "headline": writing.head(random),
            "rank": rank,
            "body": "\n\n".join(writing.paragraph(random) for _ in range(3)),
        }
        for name, rank in zip("abc", ("lead", "major", "minor"), strict=True)
    }
    articles["c"]["pictures"] = [{"file": "photo.png", "alt": "白", "caption": "图说"}]
    for name in "abc":
        if random.random() < 0.4:
            articles[name]["box"] = random.choice(("tint", "frame", "oxford", "wavy"))
        if random.random() < 0.3:
            articles[name] |= {"kicker": "引题", "deck": "副题", "department": "栏目", "drop_initial": True}
    page = {"name": "要闻", "areas": MAP, "columns": {"a": 2, "b": 1, "c": 1}}
    data: dict[str, Any] = {"publication": dict(PUBLICATION), "number": 1, "date": "2026-11-20", "style": "style"}
    data |= {"articles": articles, "pages": [page, {"name": "民生"}], "staff_box": {"主编": "顾行简"}}
    del data["pages"][1:]
    if random.random() < 0.1:
        data["publication"][random.choice(("emblem", "logotype"))] = random.choice(REACHES)
    style = {name: text for name, text in town().items() if name == "style.yaml" or random.random() < 0.4}
    made = yaml.safe_load(style["style.yaml"])
    if random.random() < 0.75:
        style = {k: v for k, v in style.items() if k != "style.yaml"}
        made = {"name": "own", "extends": "town"} | {
            key: made[key] for key in random.sample(sorted(made), random.randint(2, 12)) if key != "name"
        }
    for _ in range(random.choice((0, 1, 2, 4, 8))):
        mutation.change_value(random, made)
    if random.random() < 0.25:
        mutation.change_data(random, made, words())
    text = issues.dump(made)
    if random.random() < 0.05:
        text = mutation.change_text(random, text)
    style["style.yaml"] = mutation.encoded(random, text)
    if random.random() < 0.35:
        name = random.choice(("nameplate.html", "folio_line.html", "teasers.html", "staff_box.html"))
        template = town()[name].decode()
        piece = reaching(random, random.choice((*TEMPLATES, *MARKUP)))
        at = random.choice((0, len(template), template.find("</div>")))
        template = template[:at] + piece + template[at:] if random.random() < 0.7 else piece
        style[name] = mutation.encoded(random, template)
    if random.random() < 0.3:
        sheet = town()["furniture.css"].decode() + "\n" + reaching(random, random.choice(SHEETS))
        style["furniture.css"] = mutation.encoded(
            random, mutation.change_text(random, sheet) if random.random() < 0.3 else sheet
        )
    files |= {f"style/{name}": data for name, data in style.items()}
    links = {}
    if random.random() < 0.04:
        name = random.choice(("nameplate.html", "furniture.css", "style.yaml"))
        files.pop(f"style/{name}", None)
        links[f"style/{name}"] = random.choice(
            ("../../secret.html", "../../secret.css", "/dev/zero", "/etc/passwd", "nothing")
        )
    if random.random() < 0.05:
        data["style"] = random.choice(
            ("../issue/style", "./style", "style/", "style/style.yaml", "/etc", "..", "../..", "\0", "style\n")
        )
    files["issue.yaml"] = issues.dump(data).encode("utf-8", "surrogatepass")
    return Input("styles", files, links, {"pdf": True})


def attempt(given: Input, folder: Path) -> str:
    return issues.attempt(given, folder)


KIND = Kind("styles", generate, attempt, weight=8, full=400)
