"""What stands before the page: who may ask for what, checked before a byte of a body is read; and what answers say.

The page is for this computer's user, or for those who know its password. It is not for other pages that are open in
the same browser (Origin, Sec-Fetch-Site), nor for names that somebody else lets lead here (Host, DNS rebinding).
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lakip_xlsx.guard.limits import MIB
from lakip_xlsx.web.desk import Desk, FullError, Session

COOKIE = "lakip"
_OPEN = re.compile(r"/|/masuk|/statis/[^/]+")  # what is answered without a session
UPLOADS = ("/berkas", "/lanjut", "/impor")
"""How the addresses end that a file is sent to."""
_SMALL = 64 * 1024  # bytes of any other form
_FORM = MIB  # what a form may hold beside the file
_DRAINED = 256 * MIB  # of a file that is too large, so that the browser reads the answer
_PATIENCE = 60.0  # seconds without a byte of a body

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""What every answer says: nothing from elsewhere, nothing inline, no frame around it, nothing kept in a cache."""

FOREIGN = "Permintaan ini datang dari alamat atau laman lain, jadi ditolak. Buka laman dari jendela programnya."
UNKNOWN = (
    "Alamat ini tidak berlaku atau sudah ditutup. Buka lagi laman dari jendela programnya, "
    "lalu jatuhkan berkasnya sekali lagi."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """From where the page may be asked for.

    ``origins`` are the addresses as a browser writes them (``http://127.0.0.1:8765``). With ``password`` the page
    is for several people; without, for the one who has the address with the token. ``largest`` is the size of a
    file in bytes.
    """

    origins: frozenset[str]
    largest: int
    password: str = ""

    @property
    def hosts(self) -> frozenset[str]:
        """The values of Host that are ours."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def is_encrypted(self) -> bool:
        """Whether people reach the page by HTTPS, through a proxy."""
        return bool(self.origins) and all(origin.startswith("https:") for origin in self.origins)


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: int
    text: str
    drain: bool = False  # take the rest of the body in, and keep nothing of it


Told = Callable[[Scope, Refusal], ASGIApp]


class Guard:
    """The application behind its door. ``tell`` makes the page that says why it stays shut."""

    def __init__(self, app: ASGIApp, desk: Desk, doors: Doors, tell: Told) -> None:
        self._app = app
        self._desk = desk
        self._doors = doors
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        session = self._session(scope)
        scope["session"] = session
        refusal = self._refusal(scope, session)
        if refusal is None:
            await self._app(scope, _patient(receive), _with_headers(send))
        else:
            scope["session"] = None if refusal.status == 403 else session
            answer = self._tell(scope, refusal)
            await _refuse(answer, scope, receive, _with_headers(send), drain=refusal.drain)

    def _session(self, scope: Scope) -> Session | None:
        """The session whose token stands first in the path, if this browser is the one that opened it."""
        session = self._desk.find(scope["path"].partition("/")[2].partition("/")[0])
        if session is not None and self._doors.password:
            theirs = _cookie(Headers(scope=scope).get("cookie", ""))
            if not secrets.compare_digest(theirs.encode(), session.secret.encode()):
                return None
        if session is not None:
            self._desk.touch(session)
        return session

    def _refusal(self, scope: Scope, session: Session | None) -> Refusal | None:
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        if headers.getlist("host") != [headers.get("host")] or headers.get("host") not in self._doors.hosts:
            return Refusal(403, FOREIGN)
        if method not in {"GET", "HEAD", "POST"}:
            return Refusal(405, "Cara meminta ini tidak dikenal.")
        if not self._is_from_here(headers, changes=method == "POST"):
            return Refusal(403, FOREIGN)
        if session is None and _OPEN.fullmatch(path) is None:
            return Refusal(404, UNKNOWN)
        if method == "POST":
            return self._body_refusal(headers, session, is_upload=path.endswith(UPLOADS) and session is not None)
        return None

    def _is_from_here(self, headers: Headers, *, changes: bool) -> bool:
        """Whether a request comes from our own page; reading may also begin at an address that was typed or opened."""
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if site is not None and site not in {"same-origin", "none"} and (changes or mode != "navigate"):
            return False
        origin, referer = headers.get("origin"), headers.get("referer")
        if origin is not None:
            return origin in self._doors.origins
        if not changes:
            return True
        parts = urlsplit(referer or "")  # old browsers send no Origin with a form of the same page
        return f"{parts.scheme}://{parts.netloc}" in self._doors.origins

    def _body_refusal(self, headers: Headers, session: Session | None, *, is_upload: bool) -> Refusal | None:
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers or not (length.isascii() and length.isdecimal()):
            return Refusal(411, "Panjang kiriman tidak disebut.")
        size, limit = int(length), self._doors.largest + _FORM if is_upload else _SMALL
        if size > limit:
            return Refusal(413, too_large(self._doors.largest), drain=is_upload and size <= _DRAINED)
        if is_upload and session is not None:
            try:
                self._desk.must_have_room(session, size)
            except FullError as error:
                return Refusal(503, str(error), drain=True)
        return None


def too_large(largest: int) -> str:
    """Why a file is not taken."""
    return (
        f"Kiriman ini lebih dari {largest // MIB} MiB, jadi tidak diterima. Hapus gambar dan lembar yang tidak perlu "
        "dari workbooknya, atau kirim satu per satu."
    )


def _cookie(header: str) -> str:
    try:
        held = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return held.value if held else ""


def _patient(receive: Receive) -> Receive:
    """Wait for a body only as long as something comes."""

    async def inner() -> Message:
        try:
            return await asyncio.wait_for(receive(), _PATIENCE)
        except TimeoutError:
            return {"type": "http.disconnect"}

    return inner


def _with_headers(send: Send) -> Send:
    async def inner(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return inner


async def _refuse(answer: ASGIApp, scope: Scope, receive: Receive, send: Send, *, drain: bool) -> None:
    """Send a refusal at once; then, if so wished, take in what the browser still sends, and keep nothing of it."""

    async def drained(message: Message) -> None:
        if message["type"] == "http.response.body" and drain:
            await send({**message, "more_body": True})
            await _swallow(_patient(receive))
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    await answer(scope, receive, drained)


async def _swallow(receive: Receive) -> None:
    taken = 0
    while taken <= _DRAINED:
        message = await receive()
        taken += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


class Attempts:
    """How often a wrong password was tried: after a few, everybody waits."""

    MOST, WINDOW = 8, 60.0

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: list[float] = []

    def must_wait(self) -> bool:
        """Whether no password is looked at now."""
        now = self._clock()
        self._wrong = [then for then in self._wrong if now - then < self.WINDOW]
        return len(self._wrong) >= self.MOST

    def note(self) -> None:
        """One more was wrong."""
        self._wrong.append(self._clock())


def origins_of(addresses: Iterable[str]) -> frozenset[str]:
    """Addresses as a browser names them in Origin.

    Raises:
        ValueError: one is no address of a page; it is the error's text.
    """
    found = set()
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.path.strip("/"):
            raise ValueError(address)
        usual = {"http": 80, "https": 443}[parts.scheme]
        name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        found.add(f"{parts.scheme}://{name}" + ("" if parts.port in {None, usual} else f":{parts.port}"))
    return frozenset(found)
