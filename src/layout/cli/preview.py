"""`layout preview`: an issue in the browser, built again at each save."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Message
from ..runtime.extras import is_installed, missing_extra
from ..runtime.messages import show_problems
from .main import add_style

if TYPE_CHECKING:
    from ..editor.text_editor import TextEditor

HOST, PORT = "127.0.0.1", 8086


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", metavar="ISSUE", help="folder that holds issue.yaml, or that file")
    parser.add_argument("--port", type=int, metavar="N", help=f"port on this machine; default {PORT}, else a free one")
    parser.add_argument("--no-open", action="store_true", help="do not open the browser")
    parser.add_argument(
        "--editor", metavar="COMMAND", help="what opens a file at a line, as `kate`; else LAYOUT_EDITOR, else VS Code"
    )
    parser.add_argument("--printer", default="offset-coated", help="name of a printer's profile, or its file")
    add_style(parser)


def run(options: argparse.Namespace) -> int:
    """Exit status 0 when the editor ends it, 2 where it cannot begin."""
    language = str(options.language)
    if not is_installed("preview"):
        show_problems([missing_extra("preview")], language)
        return 2
    from ..editor.text_editor import chosen_editor

    issue = Path(options.issue)
    if not issue.exists():
        return _usage_error(
            Message(
                f"没有 {issue}；用 layout new {issue} 开始一期", f"there is no {issue}; begin with layout new {issue}"
            ),
            language,
        )
    try:
        editor = chosen_editor(options.editor)
    except (ValueError, LookupError):
        return _usage_error(
            Message(
                f"看不懂 --editor {options.editor}；写成 kate 或 'kate -l {{line}} {{file}}'",
                f"--editor {options.editor} is not understood; write kate or 'kate -l {{line}} {{file}}'",
            ),
            language,
        )
    try:
        listening = listen(options.port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _usage_error(
            Message(f"端口 {options.port} 不能用：{reason}", f"port {options.port} cannot be used: {reason}"), language
        )
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(issue, editor, listening, options))
    return 0


def _usage_error(words: Message, language: str) -> int:
    print(words.in_language(language), file=sys.stderr)
    return 2


def listen(port: int | None) -> socket.socket:
    """A socket on the loopback address: on the chosen port, else on the usual one or any that is free.

    Raises:
        OSError: the chosen port is in use or not allowed.
    """
    for number in (port,) if port is not None else (PORT, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, number))
        except OSError:
            listening.close()
            if port is not None:
                raise
            continue
        return listening
    raise OSError("no free port")


async def _serve(issue: Path, editor: TextEditor, listening: socket.socket, options: argparse.Namespace) -> None:
    import uvicorn

    from ..editor.preview.host_check import HostCheck
    from ..editor.preview.server import application
    from ..editor.preview.watching import watch
    from ..editor.session import EditingSession
    from ..runtime.cache import cache_folder

    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    session = EditingSession(issue, options.printer, cache_folder(), options.style)
    app = HostCheck(application(session, editor, token, options.language), port, token)
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    address = f"http://{HOST}:{port}/"
    message = Message(f"预览在 {address}（Ctrl+C 结束）", f"preview at {address} (Ctrl+C ends it)")
    print(message.in_language(options.language), flush=True)
    watching = asyncio.create_task(watch(session))
    if not options.no_open:
        asyncio.get_running_loop().call_later(0.3, webbrowser.open, address)
    try:
        await uvicorn.Server(config).serve(sockets=[listening])
    finally:
        watching.cancel()
        session.close()
