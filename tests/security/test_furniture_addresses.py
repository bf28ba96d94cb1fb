"""Whatever a template, a style sheet or an SVG refers to lies in the issue's folder or the style's, or is not read."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hostile import WORDS, build, furnished, secrets

import issues

pytestmark = pytest.mark.slow  # each address in each place is drawn

HTML = {
    "img": "<img src='{}'>",
    "srcset": "<img srcset='{} 2x' src='{}'>",
    "object": "<object data='{}'></object>",
    "object-typed": "<object type='image/svg+xml' data='{}'></object>",
    "embed": "<embed src='{}'>",
    "stylesheet": "<link rel=stylesheet href='{}'><p>字",
    "attachment": "<link rel=attachment href='{}'><p>字",
    "attached": "<a rel=attachment href='{}'>字</a>",
    "import": "<style>@import '{}';</style><p>字",
    "import-url": "<style>@import url({});</style><p>字",
    "background": "<p style='background:url({})'>字",
    "list": '<ul><li style="list-style-image:url({})">字</ul>',
    "border": "<p style='border-image:url({}) 1;border-style:solid'>字",
    "mask": "<p style='mask:url({})'>字",
    "content": "<style>p::before {{ content: url({}) }}</style><p>字",
    "profile": "<style>@color-profile --x {{ src: url({}) }}</style><p>字",
    "svg-image": "<svg viewBox='0 0 9 9' width=9 height=9><image href='{}' width=9 height=9 /></svg>",
    "svg-xlink": "<svg xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9' width=9 height=9>"
    "<image xlink:href='{}' width=9 height=9 /></svg>",
    "svg-use": "<svg viewBox='0 0 9 9' width=9 height=9><use href='{}#x' /></svg>",
    "base": "<base href='file:///'><img src='{}'>",
    "data-svg": "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
    "<image href='{}' width='9' height='9'/></svg>\">",
}
PLACES = {
    "file": "file://{secrets}/{name}",
    "localhost": "file://localhost{secrets}/{name}",
    "upper": "FILE://{secrets}/{name}",
    "host": "file://elsewhere{secrets}/{name}",
    "absolute": "{secrets}/{name}",
    "above": "../secrets/{name}",
    "encoded": "%2e%2e/secrets/{name}",
    "encoded-slash": "..%2Fsecrets%2F{name}",
    "link": "link-{name}",
    "linked": "linked/{name}",
    "query": "file://{secrets}/{name}?x",
    "own": "own/../../secrets/{name}",
}
KINDS = {"stylesheet": "css", "import": "css", "import-url": "css", "profile": "txt"}
SVG = {"object-typed": "svg", "svg-use": "svg"}


def linked(folder: Path, hidden: Path) -> None:
    """Links to the secrets in an issue's folder."""
    for file in hidden.iterdir():
        (folder / f"link-{file.name}").symlink_to(file)
    (folder / "linked").symlink_to(hidden)


@pytest.mark.parametrize("html", HTML)
@pytest.mark.parametrize("place", ["file", "link", "encoded"])
def test_no_element_reads_what_lies_elsewhere(html: str, place: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    name = f"canary.{KINDS.get(html) or SVG.get(html, 'png')}"
    address = PLACES[place].format(secrets=hidden, name=name)
    folder = furnished(tmp_path / "issue", HTML[html].replace("{}", address).replace("{{", "{").replace("}}", "}"))
    linked(folder, hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    if html not in UNREAD:
        assert "outside-folder" in told.rules, told.says()
        assert not told.pdf


# WeasyPrint reads none of these.
UNREAD = {"srcset", "mask", "svg-use", "base", "profile", "border"}


@pytest.mark.parametrize("place", PLACES)
def test_however_the_address_is_written(place: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    folder = furnished(tmp_path / "issue", f"<img src='{PLACES[place].format(secrets=hidden, name='canary.png')}'>")
    linked(folder, hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert "outside-folder" in told.rules, told.says()
    assert not told.pdf


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/stdin", "/proc/self/environ", "/proc/self/fd/0", "/etc/passwd"])
def test_no_device_and_no_file_of_the_system_is_read(device: str, tmp_path: Path) -> None:
    told = build(furnished(tmp_path / "issue", f"<img src='file://{device}'><img src='{device}'>"))
    assert not [name for name in told.opened if name == device]
    assert "outside-folder" in told.rules


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


@pytest.mark.parametrize("scheme", ["http://127.0.0.1:{}/x.png", "//127.0.0.1:{}/x.png", "ftp://127.0.0.1:{}/x.png"])
@pytest.mark.parametrize("html", ["img", "stylesheet", "import", "svg-image", "attachment"])
def test_nobody_is_called(html: str, scheme: str, listening: socket.socket, tmp_path: Path) -> None:
    address = scheme.format(listening.getsockname()[1])
    told = build(furnished(tmp_path / "issue", HTML[html].replace("{}", address)))
    assert not [name for name in told.opened if name.startswith("NETWORK")]
    with pytest.raises(TimeoutError):
        listening.accept()
    assert "outside-folder" in told.rules, told.says()


SHEETS = [
    '@import "{}";',
    "@import url({}) print;",
    "p {{ background: url({}) }}",
    "p {{ background: url('{}') }}",
    "@font-face {{ font-family: 'Newsletter Song'; src: url({}) }} p {{ font-family: 'Newsletter Song' }}",
    "@page {{ background: url({}) }}",
]


@pytest.mark.parametrize("css", SHEETS)
@pytest.mark.parametrize("place", ["file", "link", "above"])
def test_no_style_sheet_reads_what_lies_elsewhere(css: str, place: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    name = "canary.css" if css.startswith("@import") else "canary.png"
    address = PLACES[place].format(secrets=hidden, name=name)
    folder = furnished(tmp_path / "issue", "<p>字", css.format(address))
    linked(folder, hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    # The style's colours stand in front of its sheets, so an import is told to be at the wrong place.
    assert told.rules & {"outside-folder", "style-sheet"}, told.says()
    assert not told.pdf


# Pictures that are SVG.

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 60">'
DRAWINGS = {
    "image": HEAD + '<image href="{png}" width="9" height="9"/></svg>',
    "xlink": HEAD + '<image xlink:href="{png}" width="9" height="9"/></svg>',
    "image-svg": HEAD + '<image href="{svg}" width="9" height="9"/></svg>',
    "use": HEAD + '<use href="{svg}#x"/><use xlink:href="{svg}#x"/></svg>',
    "import": HEAD + "<style>@import '{css}';</style><rect width='9' height='9'/></svg>",
    "import-url": HEAD + "<style>@import url({css});</style><rect width='9' height='9'/></svg>",
    "font": HEAD + "<style>@font-face {{ font-family: x; src: url({png}) }}</style><text y='9'>字</text></svg>",
    "fill": HEAD + '<rect width="9" height="9" fill="url({svg}#x)"/></svg>',
    "nested": HEAD + "<image href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
    "%3Cimage href='{png}' width='9' height='9'/%3E%3C/svg%3E\" width='9' height='9'/></svg>",
    "entity": '<!DOCTYPE svg [<!ENTITY x SYSTEM "{txt}">]>' + HEAD + "<text y='9'>&x;</text></svg>",
    "parameter": '<!DOCTYPE svg [<!ENTITY % x SYSTEM "{txt}"> %x;]>' + HEAD + "<rect width='9' height='9'/></svg>",
    "dtd": '<!DOCTYPE svg SYSTEM "{txt}">' + HEAD + "<rect width='9' height='9'/></svg>",
    "stylesheet": '<?xml-stylesheet href="{css}" type="text/css"?>' + HEAD + "<rect width='9' height='9'/></svg>",
    "include": HEAD + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{svg}"/></svg>',
    "foreign": HEAD + '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="{png}"/></foreignObject></svg>',
}
READ = {"image", "xlink", "image-svg", "nested", "font"}


def with_drawing(folder: Path, drawing: str) -> Path:
    """An issue that shows an SVG."""
    picture = {"id": "boat", "file": "boat.svg", "caption": "船", "alt": "一条船"}
    article = issues.article(200, rank="lead", pictures=[picture])
    data = issues.issue({"a": article}, [{10: " ".join(["boat"] * 6)}, {30: " ".join(["a"] * 6)}])
    issues.write(folder, data)
    (folder / "boat.svg").write_text(drawing, encoding="utf-8")
    return folder


@pytest.mark.parametrize("drawing", DRAWINGS)
@pytest.mark.parametrize("place", ["file", "absolute", "above", "link"])
def test_an_svg_reads_nothing_that_lies_elsewhere(drawing: str, place: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    text = DRAWINGS[drawing].replace("{{", "{").replace("}}", "}")
    for kind in ("png", "svg", "css", "txt"):
        text = text.replace(f"{{{kind}}}", PLACES[place].format(secrets=hidden, name=f"canary.{kind}"))
    folder = with_drawing(tmp_path / "issue", text)
    linked(folder, hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    if drawing in READ:
        assert "outside-folder" in told.rules, told.says()
        assert not told.pdf


def test_an_svg_that_swells_when_it_is_read_is_refused(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    drawing = f'<!DOCTYPE svg [<!ENTITY a0 "ha">{laughs}]>{HEAD}<text>&a9;</text></svg>'
    assert "corrupt-picture" in build(with_drawing(tmp_path / "issue", drawing)).rules


def test_an_svg_may_show_what_lies_in_the_issue(tmp_path: Path) -> None:
    folder = with_drawing(tmp_path / "issue", HEAD + '<image href="own/here.png" width="9" height="9"/></svg>')
    (folder / "own").mkdir()
    secrets(tmp_path / "secrets")
    (tmp_path / "secrets" / "canary.png").rename(folder / "own" / "here.png")
    told = build(folder)
    assert told.pdf, told.says()
    assert WORDS not in yaml.safe_dump(sorted(told.rules))
