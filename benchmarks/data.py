"""The workbook of the measurements: an invented office, in the standard form, of any size.

60 budget rows in 12 sheets are the usual case; the number of budget rows may be raised to see what grows.
The same numbers give the same workbook. ``python -m benchmarks.data FILE ROWS`` writes one.
"""

from __future__ import annotations

import random
import sys
from decimal import Decimal
from pathlib import Path

from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.excel.write_data import BlankCell, CellInput, NumberCell, Row, TextCell, WorkbookData
from lakip_xlsx.layouts import catalog
from lakip_xlsx.workbook import skala

LAYOUT = catalog.LAYOUTS[0]
_WORDS = [
    "layanan",
    "warga",
    "desa",
    "kota",
    "jalan",
    "jembatan",
    "sekolah",
    "puskesmas",
    "pasar",
    "pelatihan",
    "pendataan",
    "pembinaan",
    "penyuluhan",
    "pengawasan",
    "pelaporan",
    "penyusunan",
    "jadwal",
    "rencana",
    "anggaran",
    "kinerja",
    "sasaran",
    "mutu",
    "waktu",
    "biaya",
    "tenaga",
    "arsip",
    "koordinasi",
    "kelompok",
    "tani",
    "nelayan",
    "usaha",
    "kecil",
    "pemuda",
    "olahraga",
    "perpustakaan",
]
_LIVE = 1000  # rows that have live checks of their own; nobody copies those formulas 100,000 times
_GROUPS = {
    "Pendidikan": ("S 3", "S 2", "S 1", "D 3", "SLTA", "SLTP"),
    "Golongan": tuple(f"Golongan {level}/{step}" for level in ("II", "III", "IV") for step in "abcd"),
    "Jabatan": ("Struktural", "Fungsional", "Pelaksana"),
    "Jenis Kelamin": ("Laki-laki", "Perempuan"),
}
_TEXTS = (
    "kata_pengantar", "ringkasan_eksekutif", "tugas_pokok", "struktur_organisasi", "sumber_daya_aparatur",
    "maksud_tujuan", "renstra", "rencana_kerja", "indikator_kinerja", "akuntabilitas_keuangan",
    "penjelasan_keuangan", "strategi_pemecahan",
)  # fmt: skip


def number(value: int | str | Decimal) -> NumberCell:
    """A number as a cell."""
    return NumberCell(Decimal(value))


def write(path: Path, *, budget: int = 60, seed: int = 0) -> None:
    """Write a workbook with so many rows of programs and kegiatan."""
    write_workbook(path, workbook(budget=budget, seed=seed), layout=LAYOUT)


def workbook(*, budget: int = 60, seed: int = 0) -> WorkbookData:
    """The content of the workbook; it has no fault that makes the report a draft."""
    chance = random.Random(seed)
    programs, paid, spent = _programs(chance, budget)
    tables = {
        "skala": [
            {"skala": TextCell(name), "batas": number(limit), "predikat": TextCell(word), "termasuk": TextCell(ends)}
            for name, limit, word, ends in skala.PRESETS
        ],
        "renstra": _renstra(chance),
        "pegawai": _pegawai(),
        "program": programs,
        "indikator": _indikator(chance),
        "anggaran": _money(("APBD Kabupaten",), "sumber_dana", [(paid, spent)]),
        "anggaran_sasaran": _money(tuple(f"S{n}" for n in range(1, 9)), "kode_sasaran", _split(paid, spent, 8)),
        "narasi": _narasi(chance),
        "lampiran": [{"no": TextCell(str(n)), "judul": TextCell(f"Dokumen {n}")} for n in range(1, 11)],
    }
    return WorkbookData.of(_form(), tables)


def _said(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(least, most))).capitalize()


def _form() -> dict[str, CellInput]:
    texts = {
        "nama": "Dinas Ukur Kabupaten Contoh", "nama_singkat": "Dinas Ukur", "pemda": "Pemerintah Kabupaten Contoh",
        "provinsi": "Contoh", "tempat": "Kota Contoh", "tanggal": "30 Januari 2026", "kepala": "Sri Ukur, S.E.",
        "jabatan_kepala": "Kepala Dinas Ukur Kabupaten Contoh", "pangkat": "Pembina (IV/a)",
        "nip": "197001011995032001", "atasan": "Budi Contoh", "jabatan_atasan": "Bupati Contoh",
        "tata_letak": LAYOUT.name, "skala": skala.LAN_2003,
    }  # fmt: skip
    years = {"tahun": 2025, "awal_renstra": 2025, "akhir_renstra": 2029}
    return {key: TextCell(text) for key, text in texts.items()} | {key: number(year) for key, year in years.items()}


def _renstra(chance: random.Random) -> list[dict[str, CellInput]]:
    lines = [("Visi", "V", ""), ("Misi", "M1", "")]
    lines += [("Tujuan", f"T{n}", "M1") for n in range(1, 5)]
    lines += [("Sasaran", f"S{n}", f"T{(n + 1) // 2}") for n in range(1, 9)]
    lines += [("Kebijakan", f"K{n}", f"S{n}") for n in range(1, 9)]
    return [
        {
            "jenis": TextCell(jenis),
            "kode": TextCell(kode),
            "induk": TextCell(induk),
            "uraian": TextCell(f"{_said(chance, 4, 7)} {kode}"),
        }
        for jenis, kode, induk in lines
    ]


def _pegawai() -> list[Row]:
    """36 people in every group."""
    rows: list[Row] = []
    for group, names in _GROUPS.items():
        each = 36 // len(names)
        for name in names:
            cells: dict[str, CellInput] = {"kelompok": TextCell(group), "uraian": TextCell(name)}
            rows.append(Row(cells | {"awal": number(each), "akhir": number(each)}))
        rows.append(Row({"uraian": TextCell("Jumlah"), "awal": number(36), "akhir": number(36)}, total=True))
    return rows


def _programs(chance: random.Random, count: int) -> tuple[list[Row], int, int]:
    """Programs of nine kegiatan each; their rows, and the sums."""
    rows: list[Row] = []
    paid = spent = 0
    for start in range(0, count, 10):
        members = min(9, count - start - 1)
        lines = [(chance.randint(10, 900) * 1_000_000, chance.randint(900, 999)) for _ in range(members)]
        lines = [(amount, amount // 1000 * share) for amount, share in lines]
        whole = (sum(amount for amount, _ in lines), sum(used for _, used in lines))
        if not members:
            whole = (10_000_000, 9_500_000)
        paid, spent = paid + whole[0], spent + whole[1]
        kode, sasaran = f"1.{start // 10 + 1:05}", f"S{start // 10 % 8 + 1}"
        rows.append(Row(_line(chance, kode, "Program", sasaran, whole)))
        rows += [Row(_line(chance, f"{kode}.{n:02}", "Kegiatan", sasaran, line)) for n, line in enumerate(lines, 1)]
    if count > _LIVE:
        rows = [Row({**row.cells, "periksa": BlankCell()}) for row in rows]
    rows.append(Row({"uraian": TextCell("Jumlah"), "anggaran": number(paid), "realisasi": number(spent)}, total=True))
    return rows, paid, spent


def _line(chance: random.Random, kode: str, jenis: str, sasaran: str, money: tuple[int, int]) -> dict[str, CellInput]:
    target = chance.randint(2, 40)
    return {
        "kode": TextCell(kode),
        "jenis": TextCell(jenis),
        "uraian": TextCell(f"{_said(chance, 3, 6)} {kode}"),
        "kode_sasaran": TextCell(sasaran),
        "sumber_dana": TextCell("APBD Kabupaten"),
        "anggaran": number(money[0]),
        "realisasi": number(money[1]),
        "keluaran": TextCell(f"Banyaknya {_said(chance, 2, 4).lower()} {kode}"),
        "satuan": TextCell("kegiatan"),
        "target": number(target),
        "realisasi_keluaran": number(target),
    }


def _split(paid: int, spent: int, parts: int) -> list[tuple[int, int]]:
    """The sums in so many parts that add up to them."""
    shares = [(paid // parts, spent // parts)] * (parts - 1)
    return [*shares, (paid - paid // parts * (parts - 1), spent - spent // parts * (parts - 1))]


def _money(names: tuple[str, ...], key: str, lines: list[tuple[int, int]]) -> list[Row]:
    rows = [
        Row({key: TextCell(name), "anggaran": number(paid), "realisasi": number(spent)})
        for name, (paid, spent) in zip(names, lines, strict=True)
    ]
    label = "sumber_dana" if key == "sumber_dana" else "sasaran"
    sums = {"anggaran": number(sum(p for p, _ in lines)), "realisasi": number(sum(s for _, s in lines))}
    return [*rows, Row({label: TextCell("Jumlah"), **sums}, total=True)]


def _indikator(chance: random.Random) -> list[dict[str, CellInput]]:
    rows: list[dict[str, CellInput]] = []
    for n in range(1, 33):
        target = chance.randint(50, 100)
        real = target + chance.randint(0, 9)
        rows.append(
            {
                "kode": TextCell(f"I{n}"),
                "kode_sasaran": TextCell(f"S{(n + 3) // 4}"),
                "indikator": TextCell(f"{_said(chance, 3, 6)} I{n}"),
                "satuan": TextCell(chance.choice(("indeks", "dokumen", "orang"))),
                "arah": TextCell("Naik"),
                "target": number(target),
                "realisasi": number(real),
                "lalu1": number(target - 1),
                "target_akhir": number(target + 20),
                "analisis": TextCell(f"{_said(chance, 18, 26)}."),
                "hambatan": TextCell(f"{_said(chance, 6, 10)}."),
                "solusi": TextCell(f"{_said(chance, 6, 10)}."),
                "sumber_data": TextCell("Laporan bulanan"),
                "penanggung_jawab": TextCell(f"Bidang {_said(chance, 1, 2)}"),
            }
        )
    return rows


def _narasi(chance: random.Random) -> list[dict[str, CellInput]]:
    narasi = LAYOUT.narasi()
    return [{"bagian": TextCell(narasi[key].title), "teks": TextCell(f"{_said(chance, 40, 60)}.")} for key in _TEXTS]


if __name__ == "__main__":
    write(Path(sys.argv[1]), budget=int(sys.argv[2]))
