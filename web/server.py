"""The server: the endpoint behind checks of who is spoken to, run until Ctrl-C."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from .sparql import sparql_route

if TYPE_CHECKING:
    from ..graph.rdf_query import Question, Reply
    from ..graph.rdf_store import Projection

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class LocalOnly:
    """Refuses requests whose Host is not this machine: a page elsewhere may have its own name lead here (rebinding)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
            name = host if host.endswith("]") else host.rpartition(":")[0] or host
            if name not in _LOCAL_NAMES:
                refusal = PlainTextResponse("This server answers to localhost and 127.0.0.1 alone.\n", 421)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def application(ask: Callable[[Question], Reply], *, local: bool = True, origins: tuple[str, ...] = ()) -> Starlette:
    """Return the application.

    Args:
        ask: answers a question.
        local: answer only to names of this machine.
        origins: origins whose pages may read the answers; none is the rule.

    """
    middleware = [Middleware(LocalOnly)] if local else []
    if origins:
        middleware.append(Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"]))
    return Starlette(routes=[sparql_route(ask)], middleware=middleware)


def is_loopback(host: str) -> bool:
    """Say whether an address is of this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def run(
    projection: Projection, host: str, port: int, *, origins: tuple[str, ...] = (), ready: Callable[[str], None]
) -> None:
    """Serve until interrupted; `ready` is told the address once it can be spoken to.

    Raises:
        OSError: if the port is taken or the address is not of this machine.

    """
    app = application(projection.ask, local=is_loopback(host), origins=origins)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", lifespan="off", server_header=False)
    config.timeout_graceful_shutdown = 3  # answers under way have that long, then they are cut
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(projection), socket.create_server((host.strip("[]"), port), family=family) as listening:
        shown, bound = listening.getsockname()[:2]
        ready(f"http://{f'[{shown}]' if ':' in shown else shown}:{bound}/sparql")
        uvicorn.Server(config).run([listening])
