"""Access control of the preview: only requests of its own page in a browser on this machine are allowed.

Pages of other sites in the same browser must not reach it: a foreign `Host` indicates DNS rebinding, a foreign
`Origin` or `Sec-Fetch-Site` a request from another site, and requests that change anything need a token that only the
preview's own page has.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
SendMessage = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, SendMessage], Awaitable[None]]

READING = frozenset({"GET", "HEAD"})
TOKEN = "x-layout-token"
SECURITY_HEADERS = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class HostCheck:
    """ASGI middleware for an application that is served on `port` of the local machine."""

    def __init__(self, app: App, port: int, token: str) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: SendMessage) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        status = self._refusal(scope)
        if status:
            await send({"type": "http.response.start", "status": status, "headers": _pairs(SECURITY_HEADERS)})
            await send({"type": "http.response.body", "body": b""})
            return

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_pairs(SECURITY_HEADERS)]
            await send(message)

        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> int:
        """The HTTP status of a rejected request, 0 for an allowed one."""
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        hosts = headers.get("host", [])
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 421
        if any(origin not in self._origins for origin in headers.get("origin", [])):
            return 403
        if any(site not in ("same-origin", "none") for site in headers.get("sec-fetch-site", [])):
            return 403
        if scope["method"] in READING:
            return 0
        if scope["method"] != "POST":
            return 405
        tokens = headers.get(TOKEN, [""])
        return 0 if len(tokens) == 1 and secrets.compare_digest(tokens[0].encode(), self._token.encode()) else 403


def _pairs(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]
