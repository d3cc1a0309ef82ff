"""Uses a bundle as a person without Python would: ``python -m bundle.use FILE``.

In an empty environment and an empty folder: a blank workbook, a check, a workbook dropped on it, the page with a
workbook sent and its document taken. Says what was done; ends with 1 at the first thing that is not as it should be.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "samples" / "kesbangpol-tebo-2019.xlsx"
_KEPT = ("SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "PATHEXT", "COMSPEC")  # without which Windows starts nothing
_PATIENCE = 180.0


def _environment(folder: Path) -> dict[str, str]:
    path = os.environ.get("PATH", "") if os.name == "nt" else "/usr/bin:/bin"  # LibreOffice, and nothing of Python's
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"PATH": path, "HOME": str(folder)}


class User:
    """Somebody with the bundle in a folder."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.environment = _environment(folder)

    def run(self, *arguments: str, code: int) -> str:
        """Run the program; what it prints."""
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE,
            check=False,
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        _must(done.returncode == code, f"{' '.join(arguments)}: kode {done.returncode}, bukan {code}\n{said}")
        print(f"  {program_name(self.program)} {' '.join(arguments)}")
        return said

    def visit(self) -> None:
        """Open the page, send a workbook, take its document, end the program by the button."""
        with subprocess.Popen(
            [self.program, "web", "--tanpa-buka"],
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        ) as process:  # fmt: skip
            try:
                _must(process.stdout is not None, "tidak ada keluaran")
                line = process.stdout.readline().decode("utf-8", "replace")
                found = re.search(r"http://(127\.0\.0\.1:\d+)(/\S+)/", line)
                _must(found is not None, f"alamat tidak disebut: {line}")
                self._use(found[1], found[2])
                _must(process.wait(60) == 0, "laman tidak berakhir dengan baik")
            finally:
                if process.poll() is None:
                    process.kill()
        print(f"  {program_name(self.program)} web")

    def _use(self, host: str, base: str) -> None:
        body = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="tebo.xlsx"\r\n\r\n'
        body += SAMPLE.read_bytes() + b"\r\n--x--\r\n"
        told = _ask(host, "POST", f"{base}/berkas", body, "multipart/form-data; boundary=x")
        (key,) = json.loads(told)["diterima"]
        until = time.monotonic() + _PATIENCE
        while not json.loads(_ask(host, "GET", f"{base}/kerja/{key}/keadaan"))["selesai"]:
            _must(time.monotonic() < until, "workbook tidak selesai di laman")
            time.sleep(0.5)
        page = _ask(host, "GET", f"{base}/kerja/{key}").decode()
        _must("ANG-002" in page and "Selisih Rp 10" in page, f"temuan tidak tampil di laman\n{page}")
        for name in ("laman.css", "laman.js", "lakip.svg"):
            _must(len(_ask(host, "GET", f"/statis/{name}")) > 100, name)
        taken = self.folder / "dari-laman.docx"
        taken.write_bytes(_ask(host, "GET", f"{base}/kerja/{key}/ambil/dokumen"))
        _document(taken)
        _ask(host, "POST", f"{base}/selesai")


def program_name(program: Path) -> str:
    """The program as a person types it."""
    return program.stem


def _ask(host: str, method: str, path: str, body: bytes = b"", kind: str = "text/plain") -> bytes:
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        headers = {"Origin": f"http://{host}", "Accept": "application/json", "Content-Type": kind}
        connection.request(method, path, body if method == "POST" else None, headers)
        answer = connection.getresponse()
        data = answer.read()
        _must(answer.status < 400, f"{method} {path}: {answer.status}")
        return data
    finally:
        connection.close()


def _document(place: Path) -> None:
    with zipfile.ZipFile(place) as document:
        _must("KESATUAN BANGSA" in document.read("word/document.xml").decode().upper(), f"{place.name} tidak berisi")


def _must(true: bool, said: str) -> None:
    if not true:
        sys.exit(said)


def main() -> None:
    """Use it."""
    program = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = User(Path(shutil.copy(program, folder / program.name)), folder)
        print(f"{program.name}, dipakai tanpa Python:")
        _must("Perintah" in user.run("--help", code=0), "--help")
        user.run("new", "baru.xlsx", "--tahun", "2025", "--nama", "Dinas Contoh", code=0)
        _must("belum diisi" in user.run("check", "baru.xlsx", code=1), "check baru.xlsx")
        shutil.copy(SAMPLE, folder / "tebo.xlsx")
        _must("ANG-002" in user.run("tebo.xlsx", code=1), "berkas saja")
        _document(folder / "tebo.docx")
        user.run("convert", "tebo.xlsx", "baru.xlsx", "--jobs", "2", "-o", "hasil", "--tanpa-halaman", code=1)
        _must(len(list((folder / "hasil").glob("*.docx"))) == 2, "convert --jobs 2")
        _must("dari tebo.xlsx" in user.run("trace", "tebo.docx", "--berubah", code=0), "trace")
        _must("Tidak ada perintah" in user.run("chekc", code=2), "chekc")
        if shutil.which("soffice", path=user.environment["PATH"]):
            user.run("convert", "tebo.xlsx", "--pdf", code=1)
            _must((folder / "tebo.pdf").read_bytes().startswith(b"%PDF"), "--pdf")
        user.visit()
    print("Semuanya sebagaimana mestinya.")


if __name__ == "__main__":
    main()
