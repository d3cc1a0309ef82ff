"""A made-up but complete content, as the composing side hands it over."""

from __future__ import annotations

from decimal import Decimal

from lakip_xlsx.finding import Cell
from lakip_xlsx.layouts.lan_2003 import LAYOUT
from lakip_xlsx.report.content import (
    Align,
    Chart,
    ChartKind,
    Content,
    Grid,
    Paragraph,
    Paragraphs,
    Reference,
    Series,
    Style,
    Teks,
)

OFFICE = "Kantor Kesatuan Bangsa dan Politik Kabupaten Muara Jaya"


def t(text: str, cell: str = "", *, missing: bool = False) -> Teks:
    """A text; ``cell`` is written "Sheet!D4"."""
    sheet, _, ref = cell.partition("!")
    return Teks(text, (Cell(sheet, ref),) if cell else (), missing=missing)


def body(*texts: str, style: Style = Style.BODY) -> Paragraphs:
    return tuple(Paragraph(t(text), style) for text in texts)


def listed(*texts: str) -> Paragraphs:
    return body(*texts, style=Style.NUMBER)


PLAIN = (
    "Kantor menyelenggarakan urusan pemerintahan di bidang kesatuan bangsa dan politik dalam negeri, termasuk "
    "pembinaan wawasan kebangsaan, kewaspadaan dini masyarakat, dan fasilitasi organisasi kemasyarakatan.",
    "Sepanjang tahun berjalan, pelaksanaan tugas itu didukung oleh kerja sama dengan perangkat daerah lain, "
    "instansi vertikal, dan tokoh masyarakat di setiap kecamatan.",
)
SASARAN = (
    "Meningkatnya kerukunan hidup antarumat beragama",
    "Menurunnya potensi konflik sosial di masyarakat",
    "Meningkatnya partisipasi politik masyarakat dalam pemilihan umum",
    "Terlaksananya pelayanan administrasi perkantoran secara tertib dan tepat waktu",
)
INDIKATOR = (
    "Persentase forum kerukunan yang aktif",
    "Persentase konflik sosial yang diselesaikan",
    "Tingkat partisipasi pemilih",
    "Persentase surat yang diselesaikan tepat waktu",
)
PROGRAM = (
    "Program Peningkatan Keamanan dan Kenyamanan Lingkungan",
    "Program Pengembangan Wawasan Kebangsaan",
    "Program Pendidikan Politik Masyarakat",
    "Program Pelayanan Administrasi Perkantoran",
)
MONEY = (
    ("475.910.410", "471.451.874", "99,06"),
    ("186.286.890", "185.170.800", "99,40"),
    ("213.750.000", "212.847.100", "99,58"),
    ("94.000.000", "82.702.963", "87,98"),
)
TOTAL = {"anggaran": t("969.947.300"), "realisasi": t("952.172.737"), "serapan": t("98,17")}


def content(*, temuan: bool = False) -> Content:
    """The whole content; with ``temuan`` that of a draft."""
    return {
        "laporan": {
            "nama": t("Laporan Akuntabilitas Kinerja Instansi Pemerintah"),
            "nama_kapital": t("LAPORAN AKUNTABILITAS KINERJA INSTANSI PEMERINTAH"),
            "singkatan": t("LAKIP"),
            "tahun": t("2019", "Instansi!B9"),
        },
        "instansi": _instansi(),
        "temuan": _temuan() if temuan else None,
        "narasi": _narasi(),
        "penanda": {
            name: t(f"[{name} belum diisi]", missing=True)
            for name in [
                "ringkasan",
                "pegawai",
                "rencana_kerja",
                "indikator",
                "sumber_dana",
                "anggaran_sasaran",
                "anggaran_program",
                "rs",
                "rkt",
                "pkk",
                "pps",
            ]
        },
        "ringkasan": _ringkasan(),
        "daftar_lampiran": [
            {"no": t(str(number)), "judul": t(title), "keterangan": t("")}
            for number, title in enumerate((part.title for part in LAYOUT.parts if part.level == "Judul Lampiran"), 1)
        ]
        + [{"no": t("5"), "judul": t("Struktur Organisasi Kantor"), "keterangan": t("berkas terpisah")}],
        "pegawai": _pegawai(),
        "renstra": _renstra(),
        "rencana_kerja": [
            {"no": t(str(n)), "sasaran": t(s), "indikator": t(i, f"Indikator!C{n + 4}"), "target": t("70%")}
            for n, (s, i) in enumerate(zip(SASARAN, INDIKATOR, strict=True), 1)
        ],
        "metode": body(
            "Capaian setiap indikator dihitung dengan membandingkan realisasi dengan target tahun berjalan, lalu "
            "dinyatakan dalam persen. Indikator yang tidak dapat dihitung tidak diikutkan dalam rata-rata."
        ),
        "skala": body("Predikat capaian ditetapkan menurut kelas berikut.")
        + listed(
            "capaian 100% atau lebih: Sangat Baik",
            "capaian 85% sampai di bawah 100%: Baik",
            "capaian 70% sampai di bawah 85%: Sedang",
            "capaian di bawah 70%: Kurang Baik",
        ),
        "indikator": {
            "baris": [
                {
                    "no": t(str(n)),
                    "indikator": t(name, f"Indikator!C{n + 4}"),
                    "target": t("70%", f"Indikator!F{n + 4}"),
                    "realisasi": t("70%", f"Indikator!G{n + 4}"),
                    "capaian": t("100,00"),
                    "predikat": t("Sangat Baik"),
                    "keterangan": t(""),
                }
                for n, name in enumerate(INDIKATOR, 1)
            ],
            "kalimat": body("Dari 4 (empat) indikator, seluruhnya mencapai predikat Sangat Baik."),
        },
        "analisis": [
            {
                "judul": t(INDIKATOR[1]),
                "isi": body(PLAIN[1], "Hambatan: data dari desa terlambat diterima.", "Solusi: pelaporan daring."),
            },
            {"judul": t(INDIKATOR[2]), "isi": body(PLAIN[0])},
        ],
        "keuangan": _keuangan(),
        "formulir": _formulir(),
        "pengecualian": None,
        "reviu": None,
        "grafik": _grafik(),
    }


def _instansi() -> dict[str, Teks | None]:
    return {
        "nama": t(OFFICE, "Instansi!B4"),
        "nama_kapital": t(OFFICE.upper(), "Instansi!B4"),
        "nama_singkat": t("Kantor Kesbangpol"),
        "logo": None,
        "pemda": t("Pemerintah Kabupaten Muara Jaya"),
        "pemda_kapital": t("PEMERINTAH KABUPATEN MUARA JAYA"),
        "provinsi": t("Jambi"),
        "alamat": t("Jalan Merdeka Nomor 10"),
        "tahun": t("2019"),
        "periode": t("2017–2022"),
        "tempat": t("Muara Jaya"),
        "tanggal": t("31 Januari 2020"),
        "tempat_tanggal": t("Muara Jaya, 31 Januari 2020"),
        "kepala": t("Dra. SITI RAHMAWATI, M.Si."),
        "jabatan_kepala": t(f"Kepala {OFFICE}"),
        "jabatan_kepala_kapital": t(f"KEPALA {OFFICE.upper()}"),
        "pangkat": t("Pembina Tk. I (IV/b)"),
        "nip": t("19671011 198810 2 001"),
    }


def _temuan() -> dict[str, object]:
    rows = (
        ("ANG-002", "Anggaran Sasaran!D14", "Jumlah anggaran menurut sasaran berbeda dengan menurut sumber dana."),
        ("NAR-003", "Narasi!B12", "Tahun 2014 disebut dalam teks, sedangkan tahun laporan 2019."),
    )
    return {
        "jumlah": t("2"),
        "kalimat": t("Dokumen ini masih memuat 2 (dua) kesalahan dan belum boleh ditandatangani."),
        "baris": [
            {"no": t(str(n)), "kode": t(code), "tempat": t(place), "uraian": t(said), "tindakan": t("Perbaiki sel.")}
            for n, (code, place, said) in enumerate(rows, 1)
        ],
    }


def _narasi() -> dict[str, Paragraphs]:
    texts: dict[str, Paragraphs] = {key: body(*PLAIN) for key in LAYOUT.narasi()}
    texts["tugas_pokok"] = body(PLAIN[0]) + listed("perumusan kebijakan teknis;", "pelaksanaan kebijakan;", "evaluasi.")
    texts["struktur_organisasi"] = (Paragraph(t("[Struktur Organisasi belum diisi]", missing=True), Style.MISSING),)
    texts["strategi_pemecahan"] = (
        body("Langkah perbaikan tahun berikutnya:")
        + body("mempercepat pelaksanaan kegiatan;", "memperkuat koordinasi.", style=Style.BULLET)
        + listed("Pertama.", "Kedua.")
    )
    return texts


def _ringkasan() -> Grid:
    heads = ("No", "Sasaran Strategis", "Program", "Sangat Baik", "Baik", "Sedang", "Kurang Baik")
    rows = tuple(
        (t(str(n)), t(s), t(p), t("√"), t(""), t(""), t(""))
        for n, (s, p) in enumerate(zip(SASARAN, PROGRAM, strict=True), 1)
    )
    center = (Align.CENTER,) * 4
    return Grid(
        tuple(t(head) for head in heads),
        (0.9, 4.5, 4.2, 1.4, 1.3, 1.4, 1.4),
        (Align.CENTER, Align.LEFT, Align.LEFT, *center),
        rows,
    )


def _pegawai() -> list[dict[str, object]]:
    tables: list[dict[str, object]] = []
    for group, kinds, detailed in (
        ("Pendidikan", ("Pascasarjana", "Sarjana", "Diploma", "SLTA"), True),
        ("Golongan", ("Golongan IV", "Golongan III", "Golongan II"), False),
    ):
        tables.append(
            {
                "kelompok": t(group),
                "judul": t(f"Jumlah Pegawai menurut {group} Tahun 2019"),
                "awal_judul": t("Keadaan 1 Januari 2019 (orang)"),
                "akhir_judul": t("Keadaan 31 Desember 2019 (orang)"),
                "baris": [
                    {
                        "uraian": t(kind),
                        "awal": t("3"),
                        "akhir": t("4"),
                        "laki": t("3"),
                        "perempuan": t("1"),
                        "keterangan": t(""),
                    }
                    for kind in kinds
                ],
                "jumlah": {"awal": t("12"), "akhir": t("13"), "laki": t("9"), "perempuan": t("4")},
                "rinci": detailed,
            }
        )
    return tables


def _renstra() -> dict[str, Paragraphs | None]:
    return {
        "visi": body("Terwujudnya masyarakat yang rukun, demokratis, dan berwawasan kebangsaan."),
        "misi": listed("Memperkuat kerukunan.", "Meningkatkan pendidikan politik."),
        "tujuan": listed("Memelihara ketahanan bangsa.", "Mendorong partisipasi."),
        "sasaran": listed(*SASARAN),
        "strategi": None,
        "kebijakan": listed("Pemberdayaan forum masyarakat."),
        "program": listed(*PROGRAM),
    }


def _keuangan() -> dict[str, object]:
    rows = [
        {
            "no": t(str(n)),
            "uraian": t(name),
            "anggaran": t(a, f"Anggaran Sasaran!C{n + 3}"),
            "realisasi": t(r),
            "serapan": t(s),
        }
        for n, (name, (a, r, s)) in enumerate(zip(SASARAN, MONEY, strict=True), 1)
    ]
    by_program = [row | {"kode": t(f"8.01.0{row['no']}"), "uraian": t(PROGRAM[n])} for n, row in enumerate(rows)]
    source = {"no": t("1"), "uraian": t("APBD Kabupaten Muara Jaya"), **TOTAL}
    return {
        "sumber_dana": {"kalimat": (), "baris": [source], "jumlah": TOTAL},
        "sasaran": {
            "kalimat": body("Menurut sasaran, anggaran itu terbagi sebagai berikut."),
            "baris": rows,
            "jumlah": TOTAL,
        },
        "program": {
            "kalimat": body("Menurut program, rinciannya sebagai berikut."),
            "baris": by_program,
            "jumlah": TOTAL,
        },
        "penjelasan": body("Sisa anggaran sebesar Rp17.774.563 terutama berasal dari efisiensi belanja."),
    }


def _formulir() -> dict[str, object]:
    numbers = {"target": t("70%"), "realisasi": t("70%"), "persentase": t("100,00"), "keterangan": t("")}
    pairs = list(zip(SASARAN, INDIKATOR, PROGRAM, strict=True))
    return {
        "rs": [
            {
                "tujuan": t("Memelihara ketahanan bangsa" if not n else ""),
                "sasaran": t(s),
                "indikator": t(i),
                "kebijakan": t("Pemberdayaan forum masyarakat"),
                "program": t(p),
                "keterangan": t(""),
            }
            for n, (s, i, p) in enumerate(pairs)
        ],
        "rkt": [
            {
                "sasaran": t(s),
                "indikator": t(i),
                "target": t("70%"),
                "program": t(p),
                "kegiatan": t("Rapat koordinasi dan pembinaan"),
                "indikator_kegiatan": t("Jumlah rapat"),
                "satuan": t("kali"),
                "target_kegiatan": t("12"),
                "keterangan": t(""),
            }
            for s, i, p in pairs
        ],
        "pkk": [
            {
                "program": t(p),
                "kegiatan": t("Rapat koordinasi"),
                "indikator": t("Jumlah rapat"),
                "satuan": t("kali"),
                **numbers,
            }
            for _, _, p in pairs
        ],
        "pps": [{"sasaran": t(s), "indikator": t(i), **numbers} for s, i, _ in pairs],
    }


def _grafik() -> dict[str, object]:
    """A chart lying, with a line at 100, and one standing; no other."""
    lying = Chart(
        kind=ChartKind.BAR,
        title="Capaian Indikator Tahun 2019",
        categories=INDIKATOR,
        full_names=INDIKATOR,
        series=(Series("Capaian (%)", tuple(Decimal(value) for value in ("100.00", "98.65", "120.00", "87.50"))),),
        places=2,
        alt="Grafik batang mendatar. Capaian Indikator Tahun 2019.",
        reference=Reference(Decimal(100), "Capaian (%)"),
        sources=(Cell("Indikator", "F5"), Cell("Indikator", "G5")),
    )
    names = ("Pascasarjana", "Sarjana", "SLTA")
    standing = Chart(
        kind=ChartKind.COLUMN,
        title="Jumlah Pegawai Tahun 2019",
        categories=names,
        full_names=names,
        series=tuple(Series(name, (Decimal(3), Decimal(4), Decimal(5))) for name in ("1 Januari", "31 Desember")),
        places=0,
        alt="Grafik batang. Jumlah Pegawai Tahun 2019.",
    )
    return {
        "capaian": [{"judul": t(lying.title), "bagan": lying}],
        "pegawai": [{"judul": t(standing.title), "bagan": standing}],
        "anggaran_sasaran": [],
        "anggaran_program": [],
        "tahun": [],
    }
