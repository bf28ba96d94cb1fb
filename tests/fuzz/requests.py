"""Requests to the preview: any method, path, query, headers and body, straight to its ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from pathlib import Path
from random import Random
from typing import Any

from issues import article, issue, write
from layout.editor.preview.host_check import TOKEN, HostCheck
from layout.editor.preview.server import application
from layout.editor.session import EditingSession
from layout.editor.text_editor import TextEditor

from .case import BUILT, REFUSED, Input, Kind
from .watch import CANARY, Fault

PORT, SECRET = 8086, "token-of-this-run"
STATUSES = frozenset({200, 307, 400, 403, 404, 405, 413, 415, 421, 422})  # 500 only where an editor cannot be started
PATHS = (
    "/", "/browser/preview.js", "/browser/index.html", "/browser/../desk.py", "/browser/%2e%2e%2fdesk.py", "/browser/", "/events", "/place",
    "/open", "/pages/1/1.jpg", "/pages/1/2.jpg", "/pages/0/0.jpg", "/pages/-1/1.jpg", f"/pages/1/{'9' * 30}.jpg", f"/pages/{'9' * 5000}/1.jpg",
    "/pages/1/1.png", "/pages/a/b.jpg", "//example.org/", "/etc/passwd", "/\0", "/%00", "/%ff%fe", "/刊", "*", "", "/place/", "/favicon.ico",
    "/pages/１/1.jpg", "/pages/1.0/1.jpg", "/PLACE", "/pages/1/01.jpg",
)  # fmt: skip
NUMBERS = (
    "1",
    "2",
    "0",
    "-1",
    "1.5",
    "nan",
    "inf",
    "-inf",
    "1e400",
    "1e-400",
    "9" * 5000,
    "",
    "a",
    "１",
    "0x1",
    "1_0",
    " 1 ",
    "100000000",
)
HEADERS = (
    ("host", "example.org"), ("host", ""), ("host", f"127.0.0.1:{PORT}"), ("origin", "http://example.org"), ("origin", "null"),
    ("origin", f"http://localhost:{PORT}"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-origin"), (TOKEN, "wrong"),
    (TOKEN, SECRET), (TOKEN, "\xff"), ("content-length", "-1"), ("content-length", "9" * 30), ("content-type", "text/plain"),
    ("transfer-encoding", "chunked"), ("range", "bytes=0-"), ("accept-encoding", "\xff\xfe"), ("cookie", "a" * 9000), ("x", ""),
)  # fmt: skip
FILES = ("issue.yaml", "issue/issue.yaml", "../secret.md", "/etc/passwd", "\0", "", "a" * 5000, "issue/./issue.yaml", "\ud800", ".", "/dev/zero",
         "issue/../secret.md", "file:///etc/passwd", "~/.ssh/id_rsa", None, 1, ["a"], {"a": 1})  # fmt: skip
ODD = (None, True, 0, -1, 1.5, 1e308, float("nan"), float("inf"), "1", "a", [], {}, 10**30, "9" * 5000, "\ud800")


def _body(random: Random) -> bytes:
    if random.random() < 0.75:
        said = {"file": random.choice(FILES), "line": random.choice((1, 3, *ODD)), "column": random.choice((1, *ODD))}
        if random.random() < 0.2:
            del said[random.choice([*said])]
        return json.dumps(said).encode()
    return random.choice((b"", b"null", b"[]", b"1", b"{", b"\xff\xfe", b"[" * 100_000, b'{"file":' * 2000, b'"' + b"a" * 100_000, b"\0", b"1e999",
                          b'{"file": "a", "file": "b"}', b"9" * 6000, b"NaN"))  # fmt: skip


def generate(random: Random) -> Input:
    method = random.choice(
        ("GET", "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "OPTIONS", "get", "", "DELETE", "刊")
    )
    path = random.choice(PATHS)
    if random.random() < 0.35:
        method, path = "POST", "/open"
    elif random.random() < 0.3:
        method, path = "GET", random.choice(("/place", "/pages/1/1.jpg"))
    names = ("build", "page", "x", "y", "scale", "nothing")
    query = "&".join(
        f"{name}={random.choice(NUMBERS) if random.random() < 0.3 else 1}" for name in names if random.random() < 0.85
    )
    if random.random() < 0.1:
        query = random.choice(("", "&&&", "%", "%ff=%00", "a" * 9000, "build=1&build=2", "=", ";", "build[]=1"))
    headers = [["host", f"127.0.0.1:{PORT}"]]
    if method == "POST" and random.random() < 0.9:
        headers.append([TOKEN, SECRET])
    headers += [list(pair) for pair in random.sample(HEADERS, random.choice((0, 0, 0, 1, 2, 4)))]
    files = {"body": _body(random) if method == "POST" else b""}
    options = {
        "method": method,
        "path": path,
        "query": query,
        "headers": headers,
        "kind": "http" if random.random() < 0.97 else "websocket",
    }
    return Input("requests", files, {}, options)


class _Served:
    """One preview of one issue, asked again and again."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.desk: EditingSession | None = None

    def application(self, folder: Path) -> HostCheck:
        if self.desk is None:
            write(folder, issue({"a": article(200)}, [{7: "nameplate"}, {20: "a a"}], {"a": 2}))
            self.desk = EditingSession(folder, "offset-coated", None)
            self.loop.run_until_complete(self.desk.rebuild())
            if self.desk.errors:
                raise Fault("no-preview", self.desk.errors[0].in_language())
        return HostCheck(application(self.desk, TextEditor(), SECRET, "zh"), PORT, SECRET)


_SERVED = _Served()


def attempt(given: Input, folder: Path) -> str:
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    app = _SERVED.application(folder.parents[1] / "cache" / "served")
    sent = _SERVED.loop.run_until_complete(asyncio.wait_for(_ask(app, given), 15))
    starts = [message for message in sent if message["type"] == "http.response.start"]
    if given.options.get("kind") == "websocket":
        if any(message["type"] != "websocket.close" for message in sent):
            raise Fault("websocket", sent)
        return REFUSED
    if len(starts) != 1 or starts[0]["status"] not in STATUSES:
        raise Fault("status", [message.get("status") for message in starts])
    for _, value in starts[0]["headers"]:
        if b"\n" in value or b"\r" in value:
            raise Fault("header", value)
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    if CANARY.encode() in body or b"root:x:" in body or b"def application" in body:
        raise Fault("read-outside", given.options.get("path"))
    return BUILT if starts[0]["status"] == 200 else REFUSED


async def _ask(app: HostCheck, given: Input) -> list[dict[str, Any]]:
    said, sent = given.options, []
    done = asyncio.Event()
    path = str(said.get("path", "/"))
    scope = {
        "type": said.get("kind", "http"),
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": said.get("method", "GET"),
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": str(said.get("query", "")).encode("utf-8", "surrogatepass"),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in said.get("headers", ())],
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", PORT),
    }
    body = [given.files.get("body", b"")]

    async def receive() -> dict[str, Any]:
        if body:
            return {"type": "http.request", "body": body.pop(), "more_body": False}
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if message["type"] == "http.response.body":
            done.set()  # of a stream the first event is enough

    with contextlib.suppress(asyncio.CancelledError):
        await app(scope, receive, send)
    return sent


KIND = Kind("requests", generate, attempt, weight=5, full=2_000)
