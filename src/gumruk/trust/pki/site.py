"""Lets the demonstration's authorities answer over HTTP on the loopback: status, lists, time stamps. A small WSGI program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from gumruk.trust.pki import folder as folders
from gumruk.trust.pki.authority import ISSUERS, Authority

LARGEST = 64 * 1024
Start = Callable[[str, list[tuple[str, str]]], Any]


class Site:
    """What answers. The folder is read for every request: a revocation holds at once."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        status, kind, body = self._answer(environ)
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[str, str, bytes]:
        path, posted = str(environ.get("PATH_INFO", "")), environ.get("REQUEST_METHOD") == "POST"
        authority, at = folders.load(self._folder), self._now()
        if posted and path in ("/ocsp", "/tsa"):
            asked = _body(environ)
            if asked is None:
                return "413 Content Too Large", "text/plain", b"too large\n"
            return _said(authority, path, asked, at)
        name = path.removeprefix("/").removesuffix(".crl")
        if not posted and path == f"/{name}.crl" and name in ISSUERS:
            return "200 OK", "application/pkix-crl", authority.crl(name, at=at)
        return "404 Not Found", "text/plain", b"not here\n"


def _said(authority: Authority, path: str, asked: bytes, at: datetime) -> tuple[str, str, bytes]:
    if path == "/ocsp":
        return "200 OK", "application/ocsp-response", authority.status(asked, at=at)
    return "200 OK", "application/timestamp-reply", authority.stamp(asked, at=at)


def _body(environ: dict[str, Any]) -> bytes | None:
    """The body, None when it is too large or says no length."""
    try:
        size = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return None
    if not 0 <= size <= LARGEST:
        return None
    read: bytes = environ["wsgi.input"].read(size)
    return read


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ARG002 - the library's form
        return


def server(folder: Path, port: int, now: Callable[[], datetime]) -> WSGIServer:
    """A server on the loopback; port 0 takes a free one."""
    return make_server("127.0.0.1", port, Site(folder, now), handler_class=_Quiet)


def addresses(port: int) -> dict[str, str]:
    """The addresses for a provider over HTTP."""
    base = f"http://127.0.0.1:{port}"
    lists = {f"list_{name}": f"{base}/{name}.crl" for name in ("root", "issuing", "services")}
    return {"status": f"{base}/ocsp", "stamp": f"{base}/tsa", **lists}
