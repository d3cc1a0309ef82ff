"""Rules of the family IND on what stands in the cells of an indicator: direction, units, quotients."""

from __future__ import annotations

import re
from decimal import Decimal

from lakip_xlsx.checks.indikator import cut_off, several
from lakip_xlsx.checks.persen import unit_of
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import heading
from lakip_xlsx.figures.capaian import Arah, arah, capaian
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.numbers import decimals, fold, half_up, percent, plain, show
from lakip_xlsx.workbook.book import Oddity, Table
from lakip_xlsx.workbook.spec import Kind

_LOWER = re.compile(
    r"\b(?:menurun(?:nya)?|berkurang(?:nya)?|temuan|peringkat|ran[gk]?king|prevalensi|keluhan|pelanggaran|tunggakan)\b"
    r"|\b(?:angka|tingkat|persentase) (?:kematian|kemiskinan|pengangguran|kesakitan|putus sekolah|kriminalitas|"
    r"kecelakaan|perceraian|buta aksara|buta huruf|stunting|inflasi|kerugian)\b"
    r"|\b(?:jumlah|banyaknya|angka|persentase) (?:kasus|kejadian|konflik|sengketa|pengaduan)\b"
    r"|\bwaktu (?:tunggu|tanggap|layanan|pelayanan|penyelesaian|proses|respon|respons|temu|tempuh|penerbitan)\b"
    r"|\b(?:lama|lamanya|rata-rata|rerata) waktu\b"
)
_TURNED = re.compile(
    r"(?<!belum )(?<!tidak )(?<!tanpa )\b(?:di|ter)?(?:tindaklanjuti|tindak lanjuti|selesaikan|tangani|atasi|ungkap|"
    r"cegah|layani|kendalikan|respons?|tanggapi|penuhi|mediasi|damaikan|entaskan|sembuhkan|verifikasi|ketahui)\b"
    r"|(?<!belum )(?<!tidak )\b(?:terselesaikan|tertangani|teratasi|terungkap|tercegah|selesai|tuntas|sembuh|"
    r"penyelesaian|penanganan|penurunan|pencegahan|pengurangan|tindak lanjut|rekomendasi)\b"
    r"|\b(?:tepat|ketepatan|sesuai|kesesuaian) waktu\b|\b(?:peningkatan|kenaikan|meningkatnya|naiknya) "
    r"(?:peringkat|ran[gk]?king)\b"
)
_HIGHER = re.compile(
    r"\b(?:meningkat(?:nya)?|bertambah(?:nya)?|peningkatan|kenaikan)\b"
    r"|\bindeks (?:kepuasan|pembangunan manusia|reformasi|profesionalitas|literasi)\b|\bcakupan (?:layanan|pelayanan)\b"
)
_RANK = re.compile(r"\b(?:peringkat|ran[gk]?king|rank)\b")
_PER = tuple(Decimal(factor) for factor in (100, 1, 1000, 100_000))
_ENOUGH = 3


@rule(
    Rule(
        code="IND-005",
        severity=Severity.WARNING,
        nomor=(13,),
        title="Arah berlawanan dengan bunyi indikator",
        what="Bunyi indikator dibandingkan dengan Arah: kata seperti menurunnya, angka kematian, jumlah kasus, temuan, "
        "peringkat, atau waktu tunggu berarti Turun; kata seperti meningkatnya berarti Naik. Bunyi yang menyebut "
        "penyelesaian atau tindak lanjut tidak dinilai.",
        why="Dengan arah yang keliru keberhasilan tercatat sebagai kegagalan, dan sebaliknya.",
        fix="Periksa Arah di baris itu. Bila sudah benar, perjelas bunyi indikatornya.",
        example='"Jumlah kasus konflik" dengan Arah Naik.',
        needs=("indikator.indikator", "indikator.arah"),
    )
)
def arah_bunyi(indikator: Table) -> Outcome:
    """The direction against the words of each indicator."""
    for row, values in indikator.records():
        said, text = arah(str(values["arah"] or "")), fold(str(values["indikator"] or ""))
        meant, word = _meant(text)
        if meant is None and _RANK.search(unit := fold(str(values.get("satuan") or ""))) and not _TURNED.search(text):
            meant, word = Arah.TURUN, unit
        if said is None or meant is None or said is meant:
            continue
        yield Fault(
            At(indikator, row, "arah"),
            f'Arah tertulis {said.value}, sedangkan "{word}" pada bunyi indikatornya berarti makin '
            f"{'rendah' if meant is Arah.TURUN else 'tinggi'} makin baik.",
            expected=meant.value,
            actual=said.value,
            related=(At(indikator, row, "indikator"),),
        )


def _meant(text: str) -> tuple[Arah | None, str]:
    """The direction that a wording tells, with the word that tells it; None where it is not plain."""
    if _TURNED.search(text):
        return None, ""
    lower, higher = _LOWER.search(text), _HIGHER.search(text)
    if lower is not None and higher is None:
        return Arah.TURUN, lower[0]
    return (Arah.NAIK, higher[0]) if higher is not None and lower is None else (None, "")


@rule(
    Rule(
        code="IND-006",
        severity=Severity.WARNING,
        nomor=(14,),
        title="Capaian dibatasi tanpa pernyataan",
        what="Dicari capaian yang diketik tepat 100, 110, 120, atau 150 padahal hitungannya lebih tinggi, sedangkan "
        "Batas Capaian pada lembar Instansi kosong.",
        why="Batas capaian boleh dipakai asal dinyatakan dalam bab metodologi dan berlaku bagi semua indikator.",
        fix="Isi Batas Capaian pada lembar Instansi, atau kosongkan capaiannya agar dihitung sendiri.",
        example="Target 10, realisasi 15, capaian tertulis 100,00 tanpa Batas Capaian.",
    )
)
def capaian_dibatasi(indikator: Table | None, program: Table | None, figures: Figures) -> Outcome:
    """Typed capaian cut off at a usual cap, where the workbook declares none."""
    for table, reached in ((indikator, "realisasi"), (program, "realisasi_keluaran")):
        if table is None:
            continue
        targets, results, ways = table.numbers("target"), table.numbers(reached), dict(table.column("arah"))
        for row, typed in table.numbers("capaian").items():
            way = arah(str(ways.get(row) or "")) if table.spec.key == "indikator" else Arah.NAIK
            exact = capaian(targets.get(row), results.get(row), way)
            if exact is not None and cut_off(typed, exact, figures.batas):
                yield Fault(
                    At(table, row, "capaian"),
                    f"Capaian tertulis {percent(typed)}, sedangkan hitungannya {percent(exact)} dan Batas Capaian "
                    "tidak diisi.",
                    expected=percent(exact),
                    actual=percent(typed),
                    related=(At(table, row, "target"), At(table, row, reached)),
                )


@rule(
    Rule(
        code="IND-007",
        severity=Severity.WARNING,
        nomor=(16,),
        title="Realisasi tidak sesuai dengan pembilang dan penyebutnya",
        what="Bila Pembilang dan Penyebut diisi, hasil baginya (dalam persen, per seribu, per seratus ribu, atau apa "
        "adanya) dibandingkan dengan Realisasi.",
        why="Pembilang dan penyebut adalah bukti realisasi; keduanya harus menghasilkan angka yang sama.",
        fix="Periksa ketiga angka di baris itu dengan sumber datanya.",
        example="Pembilang 21, penyebut 40, realisasi 55%; hitungannya 52,5%.",
        tolerance="Setengah angka terakhir yang tertulis pada realisasi.",
        needs=("indikator.pembilang", "indikator.penyebut"),
    )
)
def pembilang_penyebut(indikator: Table) -> Outcome:
    """Realisasi against the quotient of its two sources."""
    reached = indikator.numbers("realisasi")
    parts, wholes = indikator.numbers("pembilang"), indikator.numbers("penyebut")
    for row in sorted(parts.keys() | wholes.keys()):
        part, whole, value = parts.get(row), wholes.get(row), reached.get(row)
        related: tuple[Place, ...] = tuple(At(indikator, row, key) for key in ("pembilang", "penyebut"))
        if part is None or whole is None:
            missing = "pembilang" if part is None else "penyebut"
            if not indikator.text(row, missing) and indikator.note(row, missing) is None:
                said = f"{heading(indikator, missing)} kosong, padahal pasangannya diisi."
                place = At(indikator, row, missing)
                yield Fault(place, said, actual="kosong", related=related, kind=FindingKind.UNFILLED)
        elif value is None or (whole == 0 and part == 0):
            continue
        elif whole == 0:
            yield Fault(
                At(indikator, row, "penyebut"), "Penyebut 0 padahal pembilangnya ada.", actual="0", related=related
            )
        elif not any(abs(part / whole * factor - value) <= _half_place(value) for factor in _PER):
            exact = half_up(part / whole * _factor(indikator, row), 2)
            yield Fault(
                At(indikator, row, "realisasi"),
                f"Realisasi {show(value)}, sedangkan {show(part)} dibagi {show(whole)} adalah {show(plain(exact))}.",
                expected=show(plain(exact)),
                actual=show(value),
                related=related,
            )


def _half_place(value: Decimal) -> Decimal:
    """Half a unit of the last written place."""
    return Decimal(5).scaleb(-decimals(value) - 1)


def _factor(table: Table, row: int) -> Decimal:
    percent_like = table.units.get((row, "realisasi")) == "%" or unit_of(table.text(row, "satuan")) == "%"
    return _PER[0] if percent_like else _PER[1]


@rule(
    Rule(
        code="IND-008",
        severity=Severity.WARNING,
        nomor=(42,),
        title="Satuan target dan realisasi berbeda",
        what="Satuan yang tertulis di sel target dan realisasi (termasuk format persen) dibandingkan satu sama lain "
        "dan dengan kolom Satuan.",
        why="Target dan realisasi dengan satuan berbeda tidak dapat dibandingkan.",
        fix="Samakan satuannya: tulis 70% di kedua sel, atau angka saja di keduanya.",
        example="Target 70%, realisasi 0,7 tanpa tanda persen.",
    )
)
def satuan(indikator: Table | None, program: Table | None) -> Outcome:
    """Units written in the cells, against each other and against the column Satuan."""
    for table, reached in ((indikator, "realisasi"), (program, "realisasi_keluaran")):
        if table is None:
            continue
        results = table.numbers(reached)
        written = {row for row, key in table.units if key in {"target", reached}}
        for row, target in table.numbers("target").items():
            if row not in written:
                continue  # numbers only: nothing is said that could differ
            value = results.get(row)
            units = {key: table.units.get((row, key), "") for key in ("target", reached)}
            said = unit_of(table.text(row, "satuan"))
            message = _units(table, reached, units, said)
            if message:
                yield Fault(
                    At(table, row, reached),
                    message,
                    expected=said or units["target"],
                    actual=units[reached] or show(value if value is not None else target),
                    related=(At(table, row, "target"), At(table, row, "satuan")),
                )


def _units(table: Table, reached: str, units: dict[str, str], said: str) -> str:
    """What is wrong with the written units; empty if nothing is."""
    written = {key: unit for key, unit in units.items() if unit}
    if len(written) == 2 and not _same_unit(units["target"], units[reached]):
        return f'Satuan target "{units["target"]}", satuan realisasi "{units[reached]}".'
    for key, unit in written.items():
        if said and not _same_unit(unit, said):
            return f'{heading(table, key)} ditulis dengan satuan "{unit}", sedangkan kolom Satuan "{said}".'
    return ""


def _same_unit(left: str, right: str) -> bool:
    """Whether two units are the same, one of them perhaps abbreviated: dok, dokumen."""
    first, second = sorted((unit_of(left), unit_of(right)), key=len)
    if first == second or second.startswith(first) or first in re.split(r"[/ ]", second):
        return True
    return len(first) >= 2 and first[0] == second[0] and re.search(".*".join(map(re.escape, first)), second) is not None


@rule(
    Rule(
        code="IND-009",
        severity=Severity.WARNING,
        nomor=(43,),
        title="Dua besaran dalam satu sel",
        what="Dicari sel besaran yang memuat dua angka atau lebih, misalnya 12 dokumen dan 3 laporan. Perbandingan "
        "seperti 1:32 dan rentang seperti 10-12 tidak termasuk.",
        why="Dari dua besaran tidak dapat dihitung satu capaian.",
        fix="Pecah menjadi dua baris indikator, atau tulis 100 dari 110 pada Pembilang dan Penyebut.",
        example='Target "12 dokumen, 3 laporan".',
    )
)
def dua_besaran(indikator: Table | None, program: Table | None, perjanjian: Table | None) -> Outcome:
    """Texts with several numbers in columns of quantities."""
    for table in (indikator, program, perjanjian):
        for (row, key), note in sorted(table.notes.items()) if table is not None else ():
            if table is None or note.oddity is not Oddity.NOT_NUMBER or not table.is_data(row):
                continue
            if table is indikator and key in {"target", "realisasi"} and not table.text(row, "keterangan"):
                continue  # IND-004 tells it
            if table.spec.field(key).kind is Kind.QUANTITY and several(note.raw):
                yield Fault(
                    At(table, row, key),
                    f'{heading(table, key)} "{note.raw}" memuat dua besaran.',
                    expected="satu besaran",
                    actual=note.raw,
                )


@rule(
    Rule(
        code="IND-010",
        severity=Severity.WARNING,
        nomor=(39,),
        title="Semua realisasi tepat sama dengan targetnya",
        what="Bila ada tiga indikator atau lebih dan semua realisasinya tepat sama dengan target, hal itu disebutkan.",
        why="Hasil pengukuran jarang tepat sama dengan target di semua indikator; mungkin target yang disalin.",
        fix="Periksa realisasi tiap indikator dengan sumber datanya. Bila memang benar, jelaskan di Narasi.",
        example="Lima indikator dengan target 70% dan realisasi 70%.",
        needs=("indikator.target", "indikator.realisasi"),
    )
)
def semua_tepat(indikator: Table) -> Outcome:
    """Every result equal to its target: said once, at the first one."""
    targets, reached = indikator.numbers("target"), indikator.numbers("realisasi")
    if len(reached) < _ENOUGH or reached != targets:
        return
    rows = list(reached)
    yield Fault(
        At(indikator, rows[0], "realisasi"),
        f"Realisasi semua indikator ({len(rows)}) tepat sama dengan targetnya.",
        actual=f"{len(rows)} dari {len(rows)} indikator",
        related=tuple(At(indikator, row, "realisasi") for row in rows[1:]),
    )
