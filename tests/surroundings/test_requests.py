"""The preview and requests that its own page would never make: a status, never a traceback."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from issues import article, issue, write
from layout.editor.preview.server import application
from layout.editor.session import EditingSession
from layout.editor.text_editor import chosen_editor


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("preview"), issue({"a": article(300)}, [{20: "a"}]))
    desk = EditingSession(folder, "offset-coated", None)

    async def build() -> None:
        await desk.rebuild()

    asyncio.run(build())
    assert desk.build
    yield application(desk, chosen_editor("true"), "token", "en")
    desk.close()


def status(app: Any, path: str, method: str = "GET", body: bytes = b"") -> int:
    """What the application answers; an exception is one of the test's."""
    target = urlsplit(path)
    scope = {
        "type": "http",
        "method": method,
        "path": target.path,
        "raw_path": target.path.encode(),
        "query_string": target.query.encode(),
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")],
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "http_version": "1.1",
    }
    parts = [body[at : at + 10_000] for at in range(0, len(body), 10_000)] or [b""]
    found: list[int] = []

    async def receive() -> dict[str, Any]:
        data = parts.pop(0)
        return {"type": "http.request", "body": data, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    asyncio.run(app(scope, receive, send))
    return found[0]


def test_a_page_of_the_build_is_shown(app):
    assert status(app, "/pages/1/1.jpg") == 200
    assert status(app, "/place?build=1&page=1&x=100&y=100") == 200


@pytest.mark.parametrize(
    "path",
    [
        "/pages/" + "9" * 5000 + "/1.jpg",
        "/pages/1/" + "9" * 5000 + ".jpg",
        "/pages/-1/1.jpg",
        "/pages/²/1.jpg",
        "/pages/1/１.jpg",
        "/pages/1/1.jpg?scale=nan",
        "/pages/1/1.jpg?scale=1e999",
        "/place",
        "/place?build=1&page=1&x=nan&y=1",
        "/place?build=1&page=1&x=inf&y=1",
        "/place?build=" + "1" * 5000 + "&page=1&x=1&y=1",
        "/browser/..%2f..%2fetc%2fpasswd",
    ],
)
def test_odd_addresses_are_answered_4xx(app, path):
    assert status(app, path) in {400, 404}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"1",
        b'"a"',
        b"{}",
        b"\xff\xfe",
        b'{"file": "x", "line": "1", "column": 1}',
        b'{"file": "x", "line": 1e999, "column": 1}',
        b'{"file": "x", "line": true, "column": 1}',
        b'{"file": "x", "line": -1, "column": 1}',
        b'{"file": ["x"], "line": 1, "column": 1}',
        b'{"file": "x\\u0000", "line": 1, "column": 1}',
        b'{"file": "\\ud800", "line": 1, "column": 1}',
        b'{"file": "x", "line": ' + b"9" * 5000 + b', "column": 1}',
        b"[" * 50_000,
    ],
)
def test_odd_bodies_are_answered_400(app, body):
    assert status(app, "/open", "POST", body) == 400


@pytest.mark.parametrize("file", ["x" * 5000, "/dev/zero", "../" * 400, "/etc/hostname"])
def test_files_that_are_not_the_issues_are_refused(app, file):
    assert status(app, "/open", "POST", f'{{"file": "{file}", "line": 1, "column": 1}}'.encode()) == 403


def test_a_body_without_end_is_not_taken_in(app):
    assert status(app, "/open", "POST", b" " * 10_000_000) == 413


def test_a_file_of_the_issue_is_opened(app, monkeypatch, tmp_path):
    file = Path(app.routes[-1].endpoint.__self__.session.path) / "issue.yaml"
    assert status(app, "/open", "POST", f'{{"file": "{file}", "line": 1, "column": 1}}'.encode()) == 200


def test_a_fault_of_the_program_ends_no_session_and_is_written_down(tmp_path, monkeypatch):
    def broken(*_, **__):
        raise KeyError("nobody foresaw this")

    desk = EditingSession(write(tmp_path / "issue", issue({"a": article(300)}, [{20: "a"}])), "offset-coated", tmp_path)
    monkeypatch.setattr("layout.editor.session.make_build", broken)
    asyncio.run(desk.rebuild())
    desk.close()
    (problem,), (report,) = desk.errors, (tmp_path / "faults").iterdir()
    assert problem.rule == "fault"
    assert str(report) in problem.what.zh
    assert "nobody foresaw this" in report.read_text(encoding="utf-8")
