"""The page, served by the program in a process of its own; and a visitor who says exactly what it wants."""

from __future__ import annotations

import http.client
import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NO_OFFICE = {"PATH": "/tiada"}
"""An environment in which LibreOffice is not found, so that a workbook takes a second and not eight."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def data(self):
        return json.loads(self.body)


@dataclass
class Visitor:
    """Somebody who knows an address."""

    process: subprocess.Popen[str]
    port: int
    base: str  # "/token"; empty where a password comes first
    cookie: str = ""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Ask as a browser on the page would; a header that is "" is left out."""
        given = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        if method == "POST":
            given |= {"Origin": self.origin, "Content-Length": str(len(body))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                if value:
                    connection.putheader(name, value.encode())
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", self.base + path, **headers)

    def send(self, name: str, content: bytes, **headers: str) -> Answer:
        """Send a file as the form does."""
        body, kind = form(("berkas", name, content))
        return self.ask("POST", f"{self.base}/berkas", body, Content_Type=kind, Accept="application/json", **headers)

    def work(self, name: str, content: bytes, seconds: float = 60) -> str:
        """Send a workbook and wait until it is done; its key."""
        (key,) = self.send(name, content).data["diterima"]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.get(f"/kerja/{key}/keadaan").data["selesai"]:
                return key
            time.sleep(0.1)
        raise TimeoutError(name)


def form(*fields: tuple[str, str, bytes]) -> tuple[bytes, str]:
    """Fields (name, file name or "", content) as a browser writes them, and their kind."""
    edge, body = "----batas-formulir", b""
    for name, file, content in fields:
        told = f'; filename="{file}"'.replace("\r", "%0D").replace("\n", "%0A") if file else ""
        body += f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{told}\r\n\r\n'.encode() + content + b"\r\n"
    return body + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


@contextmanager
def served(*options: str, temporary: Path, env: Mapping[str, str] = NO_OFFICE) -> Iterator[Visitor]:
    """The program with its page, until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "lakip_xlsx", "web", "--tanpa-buka", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "TMPDIR": str(temporary), **env},
    ) as process:
        try:
            assert process.stdout is not None
            ready, _, _ = select.select([process.stdout], [], [], 60)
            line = process.stdout.readline() if ready else ""
            found = re.search(r"http://[^:/]+:(\d+)(/\S*)", line)
            assert found, line + (process.stderr.read() if process.poll() is not None and process.stderr else "")
            yield Visitor(process, int(found[1]), found[2].rstrip("/"))
        finally:
            process.terminate()
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
