"""Makes the pictures of the README from the samples: ``python -m docs.gambar`` (needs LibreOffice and poppler)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = Path(__file__).parent / "gambar"
RESOLUTION = 58  # dots per inch: readable in the README, small in the repository

# picture → sample file, and a text that only the wanted page holds
PICTURES: dict[str, tuple[str, str]] = {
    "workbook-petunjuk": ("workbook_templates/lakip-standar.xlsx", "PETUNJUK PENGISIAN"),
    "workbook-anggaran": ("samples/dinas-contoh-2025.xlsx", "ANGGARAN MENURUT SASARAN STRATEGIS"),
    "laporan-sampul": ("samples/dinas-contoh-2025.docx", "INSTANSI PEMERINTAH"),
    "laporan-tabel": ("samples/dinas-contoh-2025.docx", "Pencapaian Indikator Kinerja Sasaran"),
    "laporan-keuangan": ("samples/dinas-contoh-2025.docx", "Anggaran dan Realisasi menurut Program"),
    "laporan-formulir": ("samples/dinas-contoh-2025.docx", "Cara Mencapai Tujuan dan Sasaran"),
    "laporan-draf": ("samples/kesbangpol-tebo-2019.docx", "TEMUAN PEMERIKSAAN"),
}


def as_pdf(source: Path, folder: Path) -> Path:
    """A file as PDF, laid out by LibreOffice with a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        sys.exit("LibreOffice (soffice) tidak terpasang.")
    profile = (folder / "profil").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    indonesian = os.environ | {"LC_ALL": "id_ID.UTF-8", "LANG": "id_ID.UTF-8"}  # 1.019.250.000, as an office sees it
    command += ["--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, timeout=180, capture_output=True, env=indonesian)
    return folder / f"{source.stem}.pdf"


def page_with(pdf: Path, text: str) -> int:
    """The first page that holds a text.

    Raises:
        LookupError: no page does.
    """
    printed = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for number, page in enumerate(printed.split("\f"), 1):
        if text in page:
            return number
    raise LookupError(f"{pdf.name}: {text}")


def main() -> None:
    """Make every picture anew."""
    with tempfile.TemporaryDirectory() as name:
        made: dict[str, Path] = {}
        for picture, (file, text) in PICTURES.items():
            if file not in made:
                folder = Path(name) / file.replace("/", "-")
                folder.mkdir()
                made[file] = as_pdf(ROOT / file, folder)
            page = str(page_with(made[file], text))
            command = ["pdftoppm", "-png", "-r", str(RESOLUTION), "-f", page, "-l", page, "-singlefile"]
            subprocess.run([*command, str(made[file]), str(TARGET / picture)], check=True)
            print(TARGET / f"{picture}.png")


if __name__ == "__main__":
    main()
