"""The preview in a real browser: what the editor sees when a file is saved, broken, mended, clicked."""

from __future__ import annotations

import http.client
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from desk_browser import chromium, preview

import issues

pytestmark = pytest.mark.slow  # a browser
MAIN = "#stage figure[data-page='{}'] img"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue of four pages, each article in a file of its own."""
    folder = tmp_path_factory.mktemp("preview") / "2026-11"
    names = ("harvest", "bridge", "school", "market")
    articles = {
        name: {"headline": f"{head}有了新消息", "body_file": f"{name}.md"}
        for name, head in zip(names, ("秋收", "石桥", "学堂", "集市"), strict=True)
    }
    data = issues.issue(articles, [{50: "harvest"}])
    data["pages"] = [{"name": name, "areas": [{50: name}], "columns": {name: 3}} for name in names]
    issues.write(folder, data)
    for index, name in enumerate(names):
        text = "\n\n".join(issues.copy(180, start=7 * index + number) for number in range(8))
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def opened(folder: Path) -> Path:
    """Where the test's own editor writes what it was asked to open."""
    return folder.parent / "opened.txt"


@pytest.fixture(scope="module")
def address(folder: Path, opened: Path) -> Iterator[str]:
    script = folder.parent / "editor.sh"
    script.write_text(f'#!/bin/sh\necho "$@" > {opened}\n')
    script.chmod(0o755)
    with preview(folder, "--editor", f"{script} {{line}} {{column}} {{file}}") as address:
        yield address


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    with chromium(viewport={"width": 1400, "height": 900}, locale="zh-CN") as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        page.wait_for_selector(MAIN.format(1) + "[data-build]")
        yield page


def shown(page: Any, number: int) -> str:
    """The picture that stands for a page: its address without the build."""
    return str(page.get_attribute(MAIN.format(number), "data-key"))


def changes(page: Any, number: int, key: str) -> None:
    """Waits until another picture stands for a page."""
    page.wait_for_selector(MAIN.format(number) + f":not([data-key='{key}'])")


def shows(page: Any, number: int) -> None:
    """Turns to a page and waits until it and the one facing it are there."""
    page.keyboard.press("Home")
    for _ in range(number // 2):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(MAIN.format(number) + "[data-build]")
    page.wait_for_selector("#stage img:not([data-build])", state="detached")


def test_a_save_changes_the_page_and_no_other(page: Any, folder: Path) -> None:
    shows(page, 2)
    before, other = shown(page, 2), shown(page, 3)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    file = folder / "bridge.md"
    file.write_text(file.read_text(encoding="utf-8").replace("稻谷", "新米", 1), encoding="utf-8")
    changes(page, 2, before)
    assert shown(page, 3) == other
    assert not [url for url in fetched if "/3.jpg" in url]


def test_a_mistake_is_reported_beside_the_last_good_page(page: Any, folder: Path) -> None:
    shows(page, 2)
    before = shown(page, 2)
    file = folder / "issue.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("number: 1", "number: 1: 2"), encoding="utf-8")
    page.wait_for_selector("#errors:not([hidden]) .spot")
    line = good.splitlines().index("number: 1") + 1
    assert f"issue.yaml:{line}:" in page.inner_text("#errors .spot")
    assert shown(page, 2) == before
    assert page.is_visible(MAIN.format(2))
    file.write_text(good, encoding="utf-8")
    page.wait_for_selector("#errors", state="hidden")


def test_a_click_on_a_line_names_its_place(page: Any, folder: Path, opened: Path) -> None:
    shows(page, 1)
    box = page.locator(MAIN.format(1)).bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5)
    page.wait_for_selector("#place:not([hidden])")
    file, line, column = page.inner_text("#place-file").rsplit(":", 2)
    text = page.inner_text("#place-text")
    typed = (folder / "harvest.md").read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert file.endswith("harvest.md")
    assert typed[int(column) - 1] in text
    page.keyboard.press("Enter")
    page.wait_for_selector("#place-text:has-text('打开')")
    for _ in range(100):
        if opened.exists() and opened.read_text().strip():
            break
        page.wait_for_timeout(20)
    assert opened.read_text().split() == [line, column, str((folder / "harvest.md").resolve())]


def test_overset_is_marked_listed_and_measured(page: Any, folder: Path) -> None:
    file = folder / "market.md"
    good = file.read_text(encoding="utf-8")
    file.write_text(good + "\n\n" + issues.copy(3000), encoding="utf-8")
    page.wait_for_selector("#problem-list .error")
    shows(page, 4)
    assert "超出" in page.inner_text("#problem-list .error")
    assert page.locator("#stage figure[data-page='4'] rect.error").count() == 1
    page.click("#tab-slots")
    assert page.locator(".slot.over").count() == 1
    assert "字" in page.inner_text(".slot.over")
    page.click("#tab-problems")
    file.write_text(good, encoding="utf-8")
    page.wait_for_selector("#problem-list .error", state="detached")


def test_what_moved_is_shown(page: Any, folder: Path) -> None:
    file = folder / "school.md"
    first, rest = file.read_text(encoding="utf-8").split("\n\n", 1)
    shows(page, 3)
    key = shown(page, 3)
    file.write_text(issues.copy(60, start=3) + "\n\n" + rest, encoding="utf-8")
    changes(page, 3, key)
    page.keyboard.press("c")
    assert page.locator("#stage figure[data-page='3'] rect.moved").count() > 20
    assert page.locator("#stage figure[data-page='2'] rect.moved").count() == 0
    page.click("#tab-changes")
    assert "第3版" in page.inner_text("#changes")
    page.keyboard.press("c")
    now = shown(page, 3)
    page.keyboard.press("b")
    changes(page, 3, now)
    page.keyboard.press("b")
    page.click("#tab-problems")
    file.write_text(first + "\n\n" + rest, encoding="utf-8")


def test_keys_turn_pages_zoom_search_and_change_the_language(page: Any) -> None:
    shows(page, 2)
    assert page.inner_text("#where").startswith("2–3")
    page.keyboard.press("End")
    assert page.inner_text("#where").startswith("4")
    page.keyboard.press("s")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#where").startswith("3 ")
    page.keyboard.press("s")
    width = page.locator("#stage .sheet").first.bounding_box()["width"]
    page.keyboard.press("+")
    assert page.locator("#stage .sheet").first.bounding_box()["width"] > width
    page.keyboard.press("0")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    assert page.inner_text("#tab-slots") == "Slots"
    page.keyboard.press("l")
    assert page.inner_text("#tab-slots") == "版位"


def test_it_is_readable_at_200_percent(page: Any) -> None:
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"] // 2, "height": size["height"] // 2})
    try:
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.is_visible("#tab-problems")
    finally:
        page.set_viewport_size(size)


def test_every_button_has_a_name_and_every_page_an_alternative(page: Any) -> None:
    nameless = "[...document.querySelectorAll('button')].filter(b => !b.textContent.trim() && !b.ariaLabel).length"
    assert page.evaluate(nameless) == 0
    assert page.get_attribute("#stage img", "alt")


def ask(address: str, path: str, method: str = "GET", body: str | None = None, **headers: str) -> int:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    for name, value in ({"Host": parts.netloc} | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body.encode() if body is not None else None)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("path", ["/", "/pages/1/1.jpg", "/place?build=1&page=1&x=9&y=9", "/browser/preview.js"])
def test_only_its_own_page_is_answered(address: str, path: str) -> None:
    port = urlsplit(address).port
    assert ask(address, path) in (200, 404)
    assert ask(address, path, Host=f"evil.example:{port}") == 421
    assert ask(address, path, Host="127.0.0.1") == 421
    assert ask(address, path, Origin="https://evil.example") == 403
    assert ask(address, path, Origin="null") == 403
    assert ask(address, path, Origin=f"http://localhost:{port + 1}") == 403
    assert ask(address, path, Sec_Fetch_Site="cross-site") == 403
    assert ask(address, path, Sec_Fetch_Site="same-site") == 403


def test_what_changes_something_wants_the_token(page: Any, address: str, folder: Path) -> None:
    token = page.evaluate("document.documentElement.dataset.token")
    inside = json.dumps({"file": str(folder / "issue.yaml"), "line": 1, "column": 1})
    outside = json.dumps({"file": "/etc/hostname", "line": 1, "column": 1})
    assert ask(address, "/open", "POST", inside) == 403
    assert ask(address, "/open", "POST", inside, X_Layout_Token="guess") == 403
    assert ask(address, "/open", "POST", inside, X_Layout_Token=token, Origin="https://evil.example") == 403
    assert ask(address, "/open", "PUT", inside, X_Layout_Token=token) == 405
    assert ask(address, "/open", "POST", outside, X_Layout_Token=token) == 403
    assert ask(address, "/open", "POST", "not JSON", X_Layout_Token=token) == 400
    assert ask(address, "/open", "POST", inside, X_Layout_Token=token) == 200


def test_it_listens_on_this_machine_alone(address: str) -> None:
    port = urlsplit(address).port
    for other in ("127.0.0.2", socket.gethostbyname(socket.gethostname())):
        if other != "127.0.0.1":
            with pytest.raises((ConnectionRefusedError, TimeoutError)):
                socket.create_connection((other, port), timeout=2).close()


def test_a_page_of_another_origin_gets_nothing(page: Any, address: str) -> None:
    """What a browser sends for a foreign page: fetch, an image, a script, a frame, a form."""
    reach = f"""<!doctype html><title>foreign</title><body><script type=module>
      const seen = {{}};
      seen.fetch = await fetch("{address}").then(r => r.ok, () => false);
      seen.blind = await fetch("{address}events", {{mode: "no-cors"}}).then(r => r.status, () => 0);
      seen.image = await new Promise(done => {{ const i = new Image(); i.onload = () => done(true);
        i.onerror = () => done(false); i.src = "{address}pages/1/1.jpg" }});
      seen.script = await new Promise(done => {{ const s = document.createElement("script"); s.onload = () => done(true);
        s.onerror = () => done(false); s.src = "{address}browser/words.js"; document.body.append(s) }});
      seen.post = await fetch("{address}open", {{method: "POST", body: "{{}}"}}).then(r => r.ok, () => false);
      document.title = JSON.stringify(seen);
    </script>"""

    class Foreign(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(reach.encode())

        def log_message(self, format: str, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    foreign = page.context.new_page()
    try:
        foreign.goto(f"http://127.0.0.1:{server.server_port}/")
        foreign.wait_for_function("document.title.startsWith('{')")
        seen = json.loads(foreign.title())
    finally:
        foreign.close()
        server.shutdown()
        server.server_close()
    assert seen == {"fetch": False, "blind": 0, "image": False, "script": False, "post": False}
