"""The HTTP server of the preview: page, pictures, and the state as server-sent events."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ...errors import LayoutError, Message, SourceLocation
from ..hit_testing import hit_test
from ..session import EditingSession
from ..text_editor import TextEditor
from .json_view import location_to_dict, rectangle_to_dict

FOLDER = Path(__file__).parent / "browser"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}
_BODY_BYTES = 64_000
NEVER = {"cache-control": "no-store"}


def application(session: EditingSession, editor: TextEditor, token: str, language: str) -> Starlette:
    """The application of one editing session; must be wrapped in a `HostCheck`."""
    handlers = _Handlers(session, editor, token, language)
    return Starlette(
        routes=[
            Route("/", handlers.page),
            Route("/browser/{name}", handlers.file),
            Route("/events", handlers.events),
            Route("/pages/{build}/{page}.jpg", handlers.picture),
            Route("/place", handlers.place),
            Route("/open", handlers.open, methods=["POST"]),
        ]
    )


class _Handlers:
    def __init__(self, session: EditingSession, editor: TextEditor, token: str, language: str) -> None:
        self.session, self.editor, self.token, self.language = session, editor, token, language
        self.files = {path.name: path for path in FOLDER.iterdir() if path.suffix in KINDS}

    async def page(self, request: Request) -> Response:
        del request
        html = (FOLDER / "index.html").read_text(encoding="utf-8")
        for name, value in (("token", self.token), ("language", self.language)):
            html = html.replace(f"{{{{{name}}}}}", escape(value))
        return HTMLResponse(html, headers=NEVER)

    async def file(self, request: Request) -> Response:
        path = self.files.get(request.path_params["name"])
        if path is None:
            return Response(status_code=404)
        return Response(path.read_bytes(), media_type=KINDS[path.suffix], headers={"cache-control": "no-cache"})

    async def events(self, request: Request) -> Response:
        """Server-sent events, each with the whole state."""
        del request

        async def stream() -> AsyncIterator[str]:
            async for state in self.session.states():
                yield f"data: {json.dumps(state, ensure_ascii=False, separators=(',', ':'))}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=NEVER)

    async def picture(self, request: Request) -> Response:
        try:
            number, page = (_count(request.path_params[name]) for name in ("build", "page"))
        except ValueError:
            return Response(status_code=404)
        build = self.session.build_numbered(number)
        if build is None or page not in build.digests:
            return Response(status_code=404)
        try:
            scale = _finite(request.query_params.get("scale", "1"))
            picture = await self.session.picture(build, page, scale)
        except ValueError:
            return Response(status_code=400)
        except LayoutError as error:
            message = Message(
                "\n".join(p.in_language("zh") for p in error.problems),
                "\n".join(p.in_language() for p in error.problems),
            )
            return Response(message.in_language(self.language), status_code=422, media_type="text/plain", headers=NEVER)
        return Response(picture, media_type="image/jpeg", headers=FOR_EVER)

    async def place(self, request: Request) -> Response:
        """The text at a point of a page, and its source location."""
        try:
            number, page = (_count(request.query_params[name]) for name in ("build", "page"))
            x, y = (_finite(request.query_params[name]) for name in ("x", "y"))
        except (KeyError, ValueError):
            return Response(status_code=400)
        build = self.session.build_numbered(number)
        found = build and next((each for each in build.composition.pages if each.number == page), None)
        if not build or not found:
            return Response(status_code=404)
        struck = await run_in_threadpool(hit_test, build, found, x, y)
        if struck is None:
            return JSONResponse(None, headers=NEVER)
        return JSONResponse(
            {
                "article": struck.article,
                "role": struck.role,
                "text": struck.text,
                "place": location_to_dict(struck.mark),
                "rectangle": rectangle_to_dict(struck.rectangle),
                "link": self.editor.address(struck.mark),
            },
            headers=NEVER,
        )

    async def open(self, request: Request) -> Response:
        """Opens the text editor at a location in a file of the issue or its style; no other files."""
        try:
            mark = _mark(json.loads(await _body(request)))
        except _TooLargeError:
            return Response(status_code=413)
        except (ValueError, TypeError, KeyError, RecursionError):
            return Response(status_code=400)
        folders = self.session.build.folders if self.session.build else (_folder(self.session.path),)
        try:
            path = Path(mark.file).resolve()
            is_theirs = any(path.is_relative_to(folder) for folder in folders) and path.is_file()
        except (OSError, ValueError, RuntimeError):  # the name is too long, or links form a loop
            is_theirs = False
        if not is_theirs:
            return Response(status_code=403)
        if not self.editor.command:
            return JSONResponse({"link": self.editor.address(mark)}, headers=NEVER)
        try:
            self.editor.open(mark)
        except OSError as error:
            message = Message(f"打不开编辑器：{error}", f"the editor cannot be started: {error}")
            return Response(message.in_language(self.language), status_code=500, media_type="text/plain", headers=NEVER)
        return JSONResponse({}, headers=NEVER)


class _TooLargeError(Exception):
    """A request's body is larger than the preview's own page sends."""


async def _body(request: Request) -> bytes:
    """The body of a request; raises _TooLargeError before reading more than allowed."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _BODY_BYTES:
            raise _TooLargeError
    return data


def _count(text: str) -> int:
    """A number of a page or build; raises ValueError."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(text[:10])
    return int(text)


def _finite(text: str) -> float:
    """A finite number; raises ValueError."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text[:10])
    return number


def _mark(value: Any) -> SourceLocation:
    """A location in a file; raises ValueError, TypeError or KeyError."""
    file, line, column = value["file"], value["line"], value["column"]
    if not isinstance(file, str) or any(char == "\0" or "\ud800" <= char <= "\udfff" for char in file):
        raise ValueError("file")
    for number in (line, column):
        if type(number) is not int or not 0 < number < 10**9:
            raise ValueError("place")
    return SourceLocation(file, line, column)


def _folder(path: str | Path) -> Path:
    folder = Path(path).resolve()
    return folder if folder.is_dir() else folder.parent
