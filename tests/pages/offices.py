"""Offices made by rule, to be laid out: one so large that every table runs over pages, and one that fills the least.

What they say is nonsense of the right length: names and units as long as they get, amounts of trillions, lists of
two levels in every text that an office writes. The same layout gives the same workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

SASARAN, INDIKATOR, PROGRAM = 12, 40, 12
"""Of the large office; with three kegiatan of two sub kegiatan each its sheet Program has 120 rows."""
LAYOUTS = {"lan": "LAN 239/2003", "panrb": "PermenPANRB 53/2014"}
_PANJANG = (
    "Meningkatnya kualitas penyelenggaraan pelayanan administrasi kependudukan",
    "Terwujudnya pertanggungjawaban pengelolaan keuangan dan kekayaan daerah",
    "Menurunnya ketidakmerataan ketersediaan prasarana kesehatan masyarakat",
    "Bertambahnya keikutsertaan masyarakat dalam penyelenggaraan pemerintahan",
)
_LANJUTAN = (
    "yang merata sampai ke kelurahan dan desa di wilayah perbatasan",
    "serta terjaganya keberlanjutan pembangunan yang berwawasan lingkungan",
    "melalui pemberdayaan kelompok usaha masyarakat berpenghasilan rendah",
)
_SATUAN = ("%", "dokumen", "poin", "orang/tahun", "kilometer jalan", "perangkat daerah")
_CATATAN = (
    "Pencapaian ini ditopang oleh tiga hal:<br>1. penyederhanaan tata cara pelayanan di seluruh kecamatan;<br>"
    "2. pendampingan oleh perangkat daerah, yaitu:<br>  - pendampingan penyusunan rencana;<br>"
    "  - pendampingan pelaporan triwulanan/semesteran;<br>3. pemutakhiran data setiap bulan."
)
_HAMBATAN = (
    "- keterbatasan pegawai yang menguasai penganggaran dan pertanggungjawaban keuangan;<br>"
    "- letak wilayah yang berjauhan sehingga ketersediaan sarana tidak merata."
)
_SOLUSI = (
    "Langkah yang ditempuh:<br>1. pelatihan bagi pengelola keuangan;<br>2. penempatan pegawai menurut beban kerja;<br>"
    "3. pengadaan sarana secara bertahap."
)
_BAB = (
    "Uraian bagian ini disusun menurut peraturan perundang-undangan yang berlaku dan menjelaskan penyelenggaraan "
    "urusan pemerintahan yang menjadi kewenangan daerah, termasuk pembinaan, pengawasan, dan pertanggungjawabannya "
    "kepada kepala daerah melalui sekretaris daerah."
)
_DAFTAR = (
    "- Sekretariat, yang mengurus perencanaan dan keuangan;<br>- Bidang Penyelenggaraan Pelayanan, terdiri atas:<br>"
    "  - Seksi Pendaftaran;<br>  - Seksi Pengelolaan Informasi;<br>- Kelompok Jabatan Fungsional."
)
_BAGIAN = {
    "lan": (
        "Kata Pengantar|Tugas Pokok dan Fungsi|Struktur Organisasi|Indikator Kinerja|Penjelasan Realisasi Anggaran|"
        "Kesimpulan|Strategi Pemecahan Masalah"
    ),
    "panrb": (
        "Kata Pengantar|Latar Belakang|Tugas dan Fungsi|Struktur Organisasi|Aspek Strategis Organisasi|"
        "Permasalahan Utama|Penjelasan Realisasi Anggaran|Simpulan|Langkah ke Depan"
    ),
}


def large(layout: str) -> str:
    """The large office as the Markdown of its workbook; ``layout`` is a key of :data:`LAYOUTS`."""
    office = "Dinas Pemberdayaan Masyarakat, Perlindungan Perempuan dan Anak, serta Pengendalian Penduduk Kabupaten"
    sheets = [
        _form(layout, f"{office} Kepulauan Contoh Makmur Sejahtera", "Dinas P3A Dalduk"),
        _table("Renstra", ("Jenis", "Kode", "Induk", "Uraian", "..."), _renstra()),
        _table("Pegawai", ("Kelompok", "Uraian", "Awal Tahun", "Akhir Tahun", "..."), _pegawai()),
        _table("Program", _PROGRAM, _programs()),
        _table("Indikator", _INDIKATOR, _indicators()),
        _table("Anggaran", ("No", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)", "..."), _funds()),
        _table(
            "Anggaran Sasaran",
            ("Kode Sasaran", "Sasaran Strategis", "Anggaran (Rp)", "Realisasi (Rp)", "..."),
            _by_sasaran(),
        ),
        _table("Narasi", ("Bagian", "Teks"), _narasi(layout)),
        _table("Lampiran", ("No", "Judul", "Keterangan"), [("1", "Bagan Struktur Organisasi", "Menurut peraturan")]),
    ]
    if layout == "panrb":
        rows = [(kode, nama, target) for kode, _, nama, _, _, target, *_ in _indicators()]
        sheets.append(_table("Perjanjian Kinerja", ("Kode Indikator", "Indikator Kinerja", "Target"), rows))
    return "\n".join(sheets)


def minimal(layout: str) -> str:
    """An office that fills what is required and no more: one sasaran, one indicator, one program."""
    program = [("1.01.01", "Program", "Program Pelayanan", "S1", "APBD", "900.000", "810.000", "", "", "", "")]
    indicator = [("I1", "S1", "Nilai pelayanan", "poin", "Naik", "80", "82", "78", "90", "80", "", "Sudah baik.", "")]
    sheets = [
        _form(layout, "Kantor Contoh", ""),
        _table(
            "Renstra",
            ("Jenis", "Kode", "Induk", "Uraian", "..."),
            [
                ("Visi", "V1", "", "Daerah yang maju"),
                ("Misi", "M1", "V1", "Melayani dengan baik"),
                ("Tujuan", "T1", "M1", "Meningkatkan mutu layanan"),
                ("Sasaran", "S1", "T1", "Meningkatnya mutu layanan"),
                ("Kebijakan", "K1", "S1", "Menyederhanakan tata cara"),
            ],
        ),
        _table(
            "Pegawai",
            ("Kelompok", "Uraian", "Awal Tahun", "Akhir Tahun", "..."),
            [("Pendidikan", "S 1", "4", "4"), ("Pendidikan", "Jumlah", "=", "=")],
        ),
        _table("Program", _PROGRAM, [*program, ("", "", "Jumlah", "", "", "=", "=", "", "", "", "")]),
        _table("Indikator", _INDIKATOR, indicator),
        _table(
            "Anggaran",
            ("No", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)", "..."),
            [("1", "APBD", "900.000", "810.000"), ("", "Jumlah", "=", "=")],
        ),
        _table(
            "Anggaran Sasaran",
            ("Kode Sasaran", "Sasaran Strategis", "Anggaran (Rp)", "Realisasi (Rp)", "..."),
            [("S1", "=", "900.000", "810.000"), ("Jumlah", "", "=", "=")],
        ),
        _table("Narasi", ("Bagian", "Teks"), [(name, "Sebagaimana peraturan.") for name in _wanted(layout)]),
        _table("Lampiran", ("No", "Judul", "Keterangan"), []),
    ]
    if layout == "panrb":
        sheets.append(
            _table(
                "Perjanjian Kinerja",
                ("Kode Indikator", "Indikator Kinerja", "Target"),
                [("I1", "Nilai pelayanan", "80")],
            )
        )
    return "\n".join(sheets)


_PROGRAM = (
    *("Kode", "Jenis", "Uraian", "Kode Sasaran", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)"),
    *("Indikator Keluaran", "Satuan", "Target", "Realisasi Keluaran", "..."),
)
_INDIKATOR = (
    *("Kode", "Kode Sasaran", "Indikator Kinerja", "Satuan", "Arah", "Target", "Realisasi", "Realisasi n-1"),
    *("Target Akhir Renstra", "Standar Nasional", "Program Penunjang", "Analisis", "Hambatan", "Solusi", "..."),
)


def _table(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A sheet; short rows are filled up with empty cells."""
    wide = [[*row, *[""] * (len(headings) - len(row))] for row in rows]
    lines = (f"| {' | '.join(cells)} |" for cells in [headings, ["---"] * len(headings), *wide])
    return "\n".join([f"## {name}", "", *lines, ""])


def _form(layout: str, name: str, short: str) -> str:
    head = f"Kepala {name.split(' Kabupaten', maxsplit=1)[0]}"
    lines = {
        "Nama Instansi": name,
        "Nama Singkat": short,
        "Pemerintah Daerah": "Pemerintah Kabupaten Kepulauan Contoh Makmur Sejahtera" if short else "Pemerintah Contoh",
        "Tahun Laporan": "2025",
        "Awal Periode Renstra": "2025",
        "Akhir Periode Renstra": "2029",
        "Tempat": "Contoh",
        "Tanggal Penandatanganan": "30 Januari 2026",
        "Nama Kepala": "Dr. Ir. H. Bintang Rekaan Contoh Makmur, S.Sos., M.Si., M.Hum." if short else "Bintang, S.E.",
        "Jabatan Kepala": head,
        "Pangkat/Golongan": "Pembina Utama Muda (IV/c)",
        "NIP": "19700817 199503 1 001",
        "Nama Atasan": "H. Raka Teladan, S.H.",
        "Jabatan Atasan": "Bupati Kepulauan Contoh",
        "Tata Letak": LAYOUTS[layout],
        "Skala Predikat": "Permendagri 86/2017 (5 kelas)",
        "Batas Capaian": "120",
        "Logo": "logo.png" if short else "",
    }
    return _table("Instansi", ("Isian", "Nilai"), [*lines.items(), ("...", "")])


def _name(at: int) -> str:
    """A long text, another one for every number."""
    return f"{_PANJANG[at % len(_PANJANG)]} {_LANJUTAN[at % len(_LANJUTAN)]} ({at})"


def _rest(at: int) -> str:
    """The text without its verb."""
    return _PANJANG[at % len(_PANJANG)].partition(" ")[2]


def _renstra() -> list[tuple[str, ...]]:
    rows = [("Visi", "V1", "", "Kepulauan Contoh yang maju, adil, dan berkelanjutan")]
    rows += [("Misi", f"M{at}", "V1", f"Menyelenggarakan pemerintahan yang baik, bagian {at}") for at in range(1, 5)]
    rows += [("Tujuan", f"T{at}", f"M{at}", f"Meningkatkan {_LANJUTAN[at % 3][5:]}, tujuan {at}") for at in range(1, 5)]
    for at in range(1, SASARAN + 1):
        rows.append(("Sasaran", f"S{at}", f"T{(at - 1) % 4 + 1}", _name(at)))
    for at in range(1, 2 * SASARAN + 1):
        rows.append(("Kebijakan", f"K{at}", f"S{(at - 1) % SASARAN + 1}", f"Kebijakan {at}: {_LANJUTAN[at % 3]}"))
    return rows


def _pegawai() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    kinds = {"Pendidikan": ("S 3", "S 2", "S 1", "D 3", "SLTA"), "Golongan": ("I", "II", "III", "IV", "IX")}
    for kind, names in kinds.items():
        rows += [(kind, name, str(12 + 3 * at), str(11 + 3 * at)) for at, name in enumerate(names)]
        rows.append((kind, "Jumlah", "=", "="))
    return rows


def _money(at: int) -> tuple[int, int]:
    """Anggaran and realisasi of a sub kegiatan: hundreds of billions, so that a program's are trillions."""
    amount = 211_351_829_790 + 7_919_000_017 * at
    return amount, amount * (9_400 + 7 * (at % 83)) // 10_000


def _programs() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    leaf = 0
    for program in range(1, PROGRAM + 1):
        below: list[tuple[str, ...]] = []
        whole = [0, 0]
        for kegiatan in range(1, 4):
            subs, part = [], [0, 0]
            for sub in range(1, 3):
                pair = _money(leaf)
                part = [old + new for old, new in zip(part, pair, strict=True)]
                kode = f"2.{program:02}.{program:02}.2.{kegiatan:02}.{sub:04}"
                subs.append(
                    _row(kode, "Sub Kegiatan", f"Koordinasi Laporan Triwulanan/Semesteran {leaf}", pair, program)
                )
                leaf += 1
            whole = [old + new for old, new in zip(whole, part, strict=True)]
            kode = f"2.{program:02}.{program:02}.2.{kegiatan:02}"
            below += [_row(kode, "Kegiatan", f"Kegiatan {kegiatan} {_LANJUTAN[kegiatan % 3]}", part, program), *subs]
        name = f"Program {_rest(program)} {_LANJUTAN[program % 3]} {program}"
        rows += [_row(f"2.{program:02}.{program:02}", "Program", name, whole, program), *below]
    return [*rows, ("", "", "Jumlah", "", "", "=", "=")]


def _row(kode: str, jenis: str, uraian: str, pair: Sequence[int], sasaran: int) -> tuple[str, ...]:
    made = ("Dokumen penyelenggaraan yang ditetapkan", "orang/semester", "12", "12")
    return (kode, jenis, uraian, f"S{sasaran}", "APBD Kabupaten", *(_rupiah(part) for part in pair), *made)


def _rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _sums() -> Iterator[tuple[int, int]]:
    """What each program comes to, by adding its sub kegiatan."""
    for program in range(PROGRAM):
        pairs = [_money(6 * program + at) for at in range(6)]
        yield sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def _indicators() -> list[tuple[str, ...]]:
    rows = []
    for at in range(1, INDIKATOR + 1):
        unit = _SATUAN[at % len(_SATUAN)]
        target = Decimal(60 + at % 30)
        made = (target * (88 + at % 20) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        owner = (at - 1) * SASARAN // INDIKATOR + 1
        kind = "Persentase" if unit == "%" else "Nilai"
        name = f"{kind} {_rest(at)} {_LANJUTAN[at % 3]} pada kelompok {at}"
        told = (_CATATAN, _HAMBATAN, _SOLUSI)
        shown = [str(number).replace(".", ",") for number in (target, made, made - 1, target + 9)]
        rows.append((f"I{at}", f"S{owner}", name, unit, "Naik", *shown, "tidak ada", f"2.{owner:02}.{owner:02}", *told))
    return rows


def _funds() -> list[tuple[str, ...]]:
    sums = list(_sums())
    halves = (sums[:6], sums[6:])
    names = ("APBD Kabupaten", "Dana Alokasi Khusus Nonfisik Bidang Pemberdayaan")
    rows = [
        (str(at), name, _rupiah(sum(pair[0] for pair in half)), _rupiah(sum(pair[1] for pair in half)))
        for at, (name, half) in enumerate(zip(names, halves, strict=True), 1)
    ]
    return [*rows, ("", "Jumlah", "=", "=")]


def _by_sasaran() -> list[tuple[str, ...]]:
    rows = [(f"S{at}", "=", *(_rupiah(part) for part in pair)) for at, pair in enumerate(_sums(), 1)]
    return [*rows, ("Jumlah", "", "=", "=")]


def _wanted(layout: str) -> list[str]:
    return _BAGIAN[layout].split("|")


def _narasi(layout: str) -> list[tuple[str, ...]]:
    return [(name, text) for name in _wanted(layout) for text in (_BAB, _BAB, _DAFTAR, _BAB)]
