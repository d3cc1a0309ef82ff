"""Running the page: its socket, its folder, its server, and the browser that is led to it."""

from __future__ import annotations

import html
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from lakip_xlsx.errors import LakipError
from lakip_xlsx.files import reason
from lakip_xlsx.guard import limits
from lakip_xlsx.web.app import make_app
from lakip_xlsx.web.desk import Desk
from lakip_xlsx.web.safety import Doors, origins_of

HOME = "127.0.0.1"
_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - what they mean is told to who names them
_PREFIX = "lakip-laman-"
_ALIVE = "hidup"
_TIDYING = 2.0  # seconds between two rounds
_MOST_AT_ONCE = 100  # requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the page is wanted: ``host`` and ``port`` (0: any that is free), for several people with a ``password``.

    ``addresses`` are those by which people reach it where they differ, as behind a proxy.
    """

    host: str = HOME
    port: int = 0
    password: str = ""
    addresses: tuple[str, ...] = ()


def serve(wish: Wish, ready: Callable[[str, Path], None]) -> None:
    """Show the page until it is closed; ``ready`` is told the address that opens it, and a folder of this run.

    Raises:
        LakipError: the address cannot be used.
        KeyboardInterrupt: somebody stopped it in the window of the program; all is thrown away by then.
    """
    with _socket(wish) as listening, _folder() as folder:
        port = listening.getsockname()[1]
        doors = Doors(
            origins=origins_of(wish.addresses or tuple(_addresses(wish.host, port))),
            largest=limits.current().file,
            password=wish.password,
        )
        desk = Desk(folder)
        server: list[uvicorn.Server] = []
        kept = "" if wish.password else desk.open().key

        def leave() -> None:
            server[0].should_exit = True

        app = make_app(desk, doors, None if wish.password else leave)
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_MOST_AT_ONCE,
            timeout_graceful_shutdown=3,
        )
        server.append(uvicorn.Server(config))
        over = threading.Event()
        tidier = threading.Thread(target=_tidy, args=(desk, kept, folder, over), daemon=True)
        tidier.start()
        try:
            first = wish.addresses[0].rstrip("/") if wish.addresses else f"http://{_shown(wish.host)}:{port}"
            ready(f"{first}/{kept}/" if kept else f"{first}/", folder)
            with _stopping(leave):
                server[0].run(sockets=[listening])
        finally:
            over.set()
            desk.close()
            tidier.join()


@contextmanager
def _stopping(leave: Callable[[], None]) -> Iterator[None]:
    """Let a signal end the server first, and only then whatever it would end else."""
    caught: list[int] = []

    def heed(number: int, _: FrameType | None) -> None:
        caught.append(number)
        leave()

    numbers = [getattr(signal, name) for name in ("SIGHUP",) if hasattr(signal, name)]  # uvicorn heeds the others
    before = {number: signal.signal(number, heed) for number in numbers}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
        if caught:
            signal.raise_signal(caught[0])


def _tidy(desk: Desk, kept: str, folder: Path, over: threading.Event) -> None:
    while not over.wait(_TIDYING):
        desk.tidy(kept)
        with suppress(OSError):
            os.utime(folder)


def _socket(wish: Wish) -> socket.socket:
    """The socket to listen at.

    Raises:
        LakipError: the address or the port cannot be used.
    """
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((wish.host, wish.port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        unknown = isinstance(error, socket.gaierror | OverflowError)
        why = "alamatnya tidak dikenal komputer ini" if unknown or not isinstance(error, OSError) else reason(error)
        raise LakipError(
            f"{wish.host}:{wish.port} tidak dapat dipakai ({why}). Pakai --port lain, atau --host alamat komputer ini."
        ) from error
    return listening


def _shown(host: str) -> str:
    """A host as it stands in an address; one that means all of them is shown by this computer's name."""
    if host in _EVERYWHERE:
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _addresses(host: str, port: int) -> Sequence[str]:
    """The addresses by which this computer is reached at a host."""
    if host == HOME:
        return [f"http://{HOME}:{port}", f"http://localhost:{port}"]
    if host not in _EVERYWHERE:
        return [f"http://{_shown(host)}:{port}"]
    names = {HOME, "localhost", socket.gethostname()}
    with suppress(OSError):
        names |= {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(("192.0.2.1", 9))  # sends nothing; the system only says which of its addresses would be used
        names.add(way.getsockname()[0])
    return [f"http://{_shown(name.partition('%')[0])}:{port}" for name in sorted(names)]


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for this run, that nobody else can read; those of runs that were killed are removed."""
    _sweep(Path(tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name,
        (Path(name) / _ALIVE).open("w") as sign,
        _locked(sign.fileno()),
    ):
        yield Path(name)


def _sweep(temporary: Path) -> None:
    for folder in temporary.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if not folder.is_symlink() and not _is_alive(folder / _ALIVE):
                shutil.rmtree(folder, ignore_errors=True)


if sys.platform == "win32":

    @contextmanager
    def _locked(_: int) -> Iterator[None]:
        yield  # a file that is open cannot be removed

    def _is_alive(sign: Path) -> bool:
        try:
            sign.unlink()
        except FileNotFoundError:
            return _is_young(sign)
        except OSError:
            return True
        return False

else:
    import fcntl

    @contextmanager
    def _locked(stream: int) -> Iterator[None]:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield

    def _is_alive(sign: Path) -> bool:
        try:
            with sign.open("r") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return _is_young(sign)
        except OSError:
            return True
        return False


def _is_young(sign: Path) -> bool:
    """Whether a folder without its sign of life was made just now, so that the sign may still come."""
    return time.time() - sign.parent.stat().st_mtime < 60


def lead_browser(address: str, folder: Path) -> None:
    """Open the page in the browser.

    By a small file that only this user can read, because the command line of a browser is seen by everybody who
    uses this computer, and the address holds the token.
    """
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return  # a browser in the terminal would take it over
    page = folder / "buka.html"
    shown = html.escape(address, quote=True)
    page.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={shown}">'
        f'<title>lakip-xlsx</title><a href="{shown}">Buka lakip-xlsx</a>\n',
        encoding="utf-8",
    )
    libraries = os.environ.pop("LD_LIBRARY_PATH", None) if getattr(sys, "frozen", False) else None
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(page.as_uri())
    if libraries is not None:  # those of the bundle, which its own processes need and a browser must not see
        os.environ["LD_LIBRARY_PATH"] = libraries
