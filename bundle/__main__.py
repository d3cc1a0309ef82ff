"""Makes one file that holds the whole program, for people without Python: ``python -m bundle [FOLDER]``.

It is made on the system that it is for: on Windows ``lakip-xlsx.exe``, with an icon and its version. Needs the extras
``web`` and ``bundle`` (``pip install '.[web,bundle]'``). ``python -m bundle.use FILE`` then uses it as a person would.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bundle import icon
from lakip_xlsx import __version__

ROOT = Path(__file__).parent.parent
NAME = "lakip-xlsx"
_LEFT_OUT = (
    *("IPython", "PIL", "babel", "dask", "distributed", "hypothesis", "matplotlib", "num2words", "numba"),
    *("openxml_audit", "pip", "pyarrow", "pytest", "scipy", "selenium", "setuptools", "sqlalchemy", "tkinter"),
)
"""What others that are installed beside it would bring in, and the program does not use."""

_SERVER = ("uvicorn.lifespan.off", "uvicorn.loops.asyncio", "uvicorn.protocols.http.h11_impl")
"""What the server loads by name, as ``lakip_xlsx/web/serve.py`` wishes it."""

_VERSION = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable('042104b0', [
      StringStruct('CompanyName', 'lakip-xlsx'),
      StringStruct('FileDescription', 'lakip-xlsx: dari workbook Excel menjadi LAKIP'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', 'lakip-xlsx'),
      StringStruct('LegalCopyright', 'Lisensi MIT'),
      StringStruct('OriginalFilename', 'lakip-xlsx.exe'),
      StringStruct('ProductName', 'lakip-xlsx'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [0x0421, 1200])]),
  ]
)
"""


def version_data(version: str) -> str:
    """What Windows shows of the file, as PyInstaller reads it; 0x0421 is Bahasa Indonesia."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    return _VERSION.format(numbers=(*numbers, *(0,) * (4 - len(numbers))), version=version)


def options(work: Path, target: Path) -> list[str]:
    """The arguments for PyInstaller; what it needs beside the code is written to ``work``."""
    (work / "lakip.ico").write_bytes(icon.ico())
    (work / "versi.txt").write_text(version_data(__version__), encoding="utf-8")
    given = ["--noconfirm", "--clean", "--onefile", "--console", "--name", NAME, "--log-level", "WARN"]
    given += ["--distpath", str(target), "--workpath", str(work / "kerja"), "--specpath", str(work)]
    given += ["--paths", str(ROOT), "--icon", str(work / "lakip.ico")]
    data = {"workbook_templates": "lakip_xlsx/workbook_templates", "lakip_xlsx/locale": "lakip_xlsx/locale"}
    data |= {f"lakip_xlsx/web/{name}": f"lakip_xlsx/web/{name}" for name in ("templat", "statis")}
    for source, place in data.items():
        given += ["--add-data", f"{ROOT / source}:{place}"]
    parts = find_spec("docx.parts")
    if parts is not None and parts.origin:  # python-docx looks for its templates beside this folder
        given += ["--add-data", f"{parts.origin}:docx/parts"]
    for name in ("lakip_xlsx", "rapidfuzz"):  # of which modules are imported by name, when they are needed
        given += ["--collect-submodules", name]
    given += ["--collect-data", "docx"]
    for name in _SERVER:
        given += ["--hidden-import", name]
    for name in _LEFT_OUT:
        given += ["--exclude-module", name]
    if sys.platform == "win32":
        given += ["--version-file", str(work / "versi.txt")]
    return [*given, str(ROOT / "bundle" / "start.py")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the bundle, and say where it is; the exit code."""
    parser = argparse.ArgumentParser(description="Membuat satu berkas program untuk orang tanpa Python.")
    parser.add_argument("folder", nargs="?", default="dist", help="tempat hasilnya (bawaan: dist)")
    target = Path(parser.parse_args(arguments).folder).absolute()
    try:
        from PyInstaller.__main__ import run  # noqa: PLC0415 - only here
    except ImportError:
        print("Pasang dahulu: pip install '.[web,bundle]'")
        return 2
    with tempfile.TemporaryDirectory() as work:
        run(options(Path(work), target))
    made = next(target.glob(f"{NAME}.exe"), target / NAME)
    print(f"{made} ({made.stat().st_size / 2**20:.0f} MiB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
