"""``python -m tests.regency``: a regency is made, put together, and held against the numbers it was made of.

Prints the sums of both, the time, the planted faults that were found, and the follow-up after three runs.
With ``--salinan N`` one office is copied to N names, to see what many cost; ``--rencana N`` measures N/4 and N of
them and says what 500 regencies would cost.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from tests.regency.build import FAULTS, Regency, build, rewrite

_LIMIT = 20.0  # seconds for 40 workbooks on two idle cores


def recap(folder: Path, *more: str) -> tuple[float, int, int]:
    """Seconds, exit code, and the largest memory (MiB) of the process that puts together."""
    code = """import sys, resource
from lakip_xlsx.cli.main import main
if __name__ == "__main__":
    try:
        main()
    finally:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
    script = folder / "jalan.py"
    script.write_text(code)
    start = time.monotonic()
    arguments = [sys.executable, str(script), "recap", "masuk", "-o", "REKAP.xlsx", *more, "--quiet"]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        say(done.stdout[-2000:] + done.stderr[-2000:])
    numbers = re.findall(r"^(\d+)$", done.stderr, re.MULTILINE)
    return time.monotonic() - start, done.returncode, int(numbers[-1]) // 1024 if numbers else 0


def rows(folder: Path, name: str) -> list[dict[str, object]]:
    """The rows of a sheet of the recap, by heading."""
    page = openpyxl.load_workbook(folder / "REKAP.xlsx", data_only=True, read_only=True)[name]
    lines = list(page.iter_rows(min_row=4, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def main() -> int:
    """Make, put together, compare; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kantor", type=int, default=40)
    parser.add_argument("--salinan", type=int, default=0)
    parser.add_argument("--rencana", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rekap-") as name:
        folder = Path(name)
        if asked.rencana:
            return plan(folder, asked.rencana)
        if asked.salinan:
            return copies(folder, asked.salinan).code
        return judge(build(folder / "kab", offices=asked.kantor))


def judge(made: Regency) -> int:
    """One regency, three runs."""
    folder, lists = made.folder, ("--daftar", "daftar.xlsx", "--apbd", "apbd.xlsx")
    seconds, code, memory = recap(folder, *lists)
    limit = f"batas {_LIMIT:g} di dua inti lengang"
    say(f"{len(made.offices) + 1} workbook: {seconds:.1f} detik ({limit}), {memory} MiB, kode {code}")
    bad = 0
    total = next(row for row in rows(folder, "Uang") if row["Kantor"] == "Jumlah")
    for what, amount in zip(("Anggaran (Rp)", "Realisasi (Rp)"), made.totals(), strict=True):
        bad += total[what] != amount
        say(f"{what}: rekap {total[what]:,}, hitungan sendiri {amount:,}".replace(",", "."))
    programs = {row["Kode"]: row for row in rows(folder, "Uang per Program")}
    wrong = [key for key, amount in made.by_program().items() if programs[key[0]][f"{key[1].title()} (Rp)"] != amount]
    say(f"program: {len(made.by_program()) // 2} dicocokkan, {len(wrong)} berbeda")
    found = rows(folder, "Lintas Kantor")
    for fault, office in made.planted.items():
        hit = any(row["Kode"] == FAULTS[fault] and office in str(row["Temuan"]) for row in found)
        bad += not hit
        say(f"tanaman {fault} ({office}): {'ditemukan' if hit else 'TERLEWAT'}")
    extra = Counter(str(row["Kode"]) for row in found) - Counter(
        [*FAULTS.values(), *["LKT-001"] * len(made.missing), "LKT-002"]
    )
    say(f"temuan antarkantor yang tidak ditanam: {dict(extra) or 'tidak ada'}")
    states = Counter(str(row["Keadaan"]) for row in rows(folder, "Papan"))
    say(f"papan: {dict(states)}")
    for fault in (True, False, True):
        rewrite(folder / "masuk", made.offices[0], fault=fault)
        seconds, _, _ = recap(folder, *lists)
        told = Counter(str(row["Keadaan"]) for row in rows(folder, "Tindak Lanjut"))
        done = "satu kesalahan ditanam" if fault else "kesalahan itu diperbaiki"
        say(f"tindak lanjut, {done}: {dict(told)} ({seconds:.1f} detik)")
    return int(bool(bad or wrong or extra))


@dataclass
class Cost:
    """What so many workbooks cost: seconds of processor, MiB of the process that puts together, bytes on disk."""

    count: int
    code: int
    read: float
    write: float
    memory: int
    spool: int
    recap: int


def copies(folder: Path, count: int) -> Cost:
    """One office under many names, read and put together; then put together again without reading."""
    base = build(folder / f"kab{count}", offices=1, missing=0)
    with zipfile.ZipFile(base.folder / "masuk" / "000-1.01.xlsx") as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    home = folder / str(count)
    (home / "masuk").mkdir(parents=True)
    for at in range(count):
        with zipfile.ZipFile(home / "masuk" / f"{at:05}.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name, content in parts.items():
                target.writestr(name, content.replace(b"Pendidikan Kabupaten", b"Nomor %05d Kabupaten" % at))
    start = used()
    seconds, code, memory = recap(home)
    whole = used() - start
    start = used()
    recap(home)
    again = used() - start
    cost = Cost(
        count,
        code,
        whole - again,
        again,
        memory,
        *(_size(home / name) for name in (".REKAP.lakip-rekap", "REKAP.xlsx")),
    )
    minutes = f"prosesor {cost.read:.1f} detik membaca, {again:.1f} detik merekap"
    mib = f"simpanan {cost.spool / 2**20:.1f} MiB, rekap {cost.recap / 2**20:.1f} MiB"
    say(f"{count} workbook: {seconds:.0f} detik; {minutes}; {memory} MiB; {mib}; kode {code}")
    return cost


def plan(folder: Path, count: int) -> int:
    """What 500 regencies of 40 offices would cost, from what two sizes cost here; what grows is told per workbook."""
    few, many = copies(folder, count // 4), copies(folder, count)
    more = many.count - few.count
    write, memory = (many.write - few.write) / more, (many.memory - few.memory) / more
    read, spool, size = many.read / count, many.spool / count, (many.recap - few.recap) / more
    say(f"tiap workbook: {1000 * read:.0f} md membaca, {1000 * write:.1f} md merekap, {1024 * memory:.1f} KiB memori, "
        f"{spool / 1024:.1f} KiB simpanan, {size / 1024:.1f} KiB rekap")  # fmt: skip
    for number, noun in ((40, "satu kabupaten"), (2000, "50 kabupaten"), (20_000, "500 kabupaten, satu rekap")):
        base = few.memory - memory * few.count
        minutes = f"membaca {number * read / 60:.1f} menit-inti, merekap {number * write / 60:.1f} menit"
        sizes = f"simpanan {number * spool / 2**20:.0f} MiB, rekap {number * size / 2**20:.0f} MiB"
        say(f"{noun} ({number} workbook): {minutes}, memori {base + memory * number:.0f} MiB, {sizes}")
    return int(many.code not in {0, 1})


def used() -> float:
    """Seconds of processor of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _size(path: Path) -> int:
    return path.stat().st_size


def say(line: str) -> None:
    """One line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
