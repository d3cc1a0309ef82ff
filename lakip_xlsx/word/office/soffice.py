"""Running LibreOffice: alone in a profile of its own, without network, macros and links, and never beyond our own end.

On systems with process groups a small program between us (:mod:`.keeper`) ends LibreOffice and all that it started
when its time is over, when the work here is interrupted, and when this process is killed. On Windows a job object
does the same (written after its documentation, not yet run there).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from lakip_xlsx.guard.word import admit

TIME_LIMIT = 90  # seconds
KEEPER = "--penjaga"
"""The first argument by which a bundle of this program knows that it is to be the keeper of another program."""
_PATIENCE = 10  # seconds that the end of all its processes may take
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_NOWHERE = "127.0.0.1", 9  # a proxy that is not there, for systems where the network cannot be taken away
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", _NOWHERE[0]) for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", str(_NOWHERE[1])) for kind in ("HTTP", "HTTPS", "FTP")),
)


def find_soffice() -> str | None:
    """LibreOffice's program, if it is installed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found is not None:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def as_pdf(source: bytes, program: str, options: Mapping[str, bool | int]) -> bytes | None:
    """A ``.docx`` as PDF by LibreOffice; None when it fails or takes longer than :data:`TIME_LIMIT`.

    ``options`` are those of LibreOffice's PDF export.

    Raises:
        UnreadableError: the document holds what would fetch or run something.
    """
    admit(source, "dokumen")
    return lay_out(source, program, options)


def lay_out(source: bytes, program: str, options: Mapping[str, bool | int]) -> bytes | None:
    """:func:`as_pdf` of a document that was let in already."""
    kinds = {bool: "boolean", int: "long"}
    values = {name: {"type": kinds[type(value)], "value": str(value).lower()} for name, value in options.items()}
    with tempfile.TemporaryDirectory(prefix="lakip-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        document, profile = folder / "isi.docx", folder / "profil"
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(values)}",
            "--outdir",
            name,
            str(document),
        ]
        try:
            document.write_bytes(source)
            _settle(profile)
            done = run_kept(command, folder)
            return document.with_suffix(".pdf").read_bytes() if done else None
        except OSError:
            return None


def _settle(profile: Path) -> None:
    """Make a profile in which no link is followed and no macro is run."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _keeper() -> list[str]:
    """The command of the keeper; a bundle has no interpreter to run it with, and does it itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, KEEPER]
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name("keeper.py"))]


def _environment(folder: Path) -> dict[str, str]:
    """The environment of a run: no way to the network, and temporary files where they are removed with the rest."""
    proxy = "http://{}:{}".format(*_NOWHERE)
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), proxy)
    return os.environ | proxies | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))


def run_kept(command: Sequence[str], folder: Path) -> bool:
    """Run a program within its time; whether it said that all went well. Nothing of it is left afterwards.

    If this process ends before the program, ``folder`` is removed with it.

    Raises:
        OSError: it cannot be started.
    """
    if sys.platform == "win32":
        from lakip_xlsx.word.office.job_object import run_in_job  # noqa: PLC0415 - there is none elsewhere

        return run_in_job(command, _environment(folder), TIME_LIMIT)
    with subprocess.Popen(  # noqa: S603
        [*_keeper(), str(folder), str(TIME_LIMIT), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        start_new_session=True,  # the user's Ctrl-C is for us
    ) as process:
        try:
            return process.wait(TIME_LIMIT) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
