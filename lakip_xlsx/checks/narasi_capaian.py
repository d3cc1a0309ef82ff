"""Rules of the family NAR on what sentences say of success and failure, and on what they leave unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.checks import near
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import total_place
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Severity
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import HUNDRED, fold, percent, percentage, rupiah, show
from lakip_xlsx.workbook.book import Form, Table

_WHAT = r"(?:target|sasaran|indikator|kinerja)"
_MISSED = Pattern(
    rf"\b(?:tidak|belum)\s+(?:dapat\s+|bisa\s+|sepenuhnya\s+|seluruhnya\s+|semuanya\s+|optimal\s+)?"
    rf"(?:tercapai(?:nya)?|terpenuhi(?:nya)?|mencapai\s+(?:{_WHAT}|100))\b"
)
_ALL_MET = Pattern(
    r"\b(?:seluruh|semua|keseluruhan)\s+(?P<what>target|sasaran|indikator)\b(?:\s+[a-z]+){0,6}?\s+"
    r"(?:(?:telah|sudah|dapat|berhasil)\s+)*(?:tercapai|terpenuhi|mencapai\s+target|melampaui\s+target|memenuhi\s+target)\b"
)
_ABOUT = Pattern(rf"\b{_WHAT}\b")
_NOT_ABOUT = Pattern(r"\b(?:anggaran|keuangan|serapan|penyerapan|pekerjaan|fisik|belanja|keluaran|sub kegiatan)\b")
_UNSURE = Pattern(
    r"\b(?:bila|jika|apabila|seandainya|kemungkinan|risiko|resiko|agar|supaya|tidak ada|tidak ditemukan|tanpa ada|"
    r"tahun lalu|tahun sebelumnya|sebelumnya|tidak semua|tidak seluruh|belum semua|belum seluruh|hampir|sebagian|"
    r"kecuali|selain|disebut|dikatakan|predikat|kategori|diukur|harapan|diharapkan|triwulan\w*|semester|bulanan)\b|\?$"
)
_YEAR = Pattern(r"\b(?:19|20)[0-9]{2}\b")
_LEAST = Decimal(90)
_MONEY_TEXTS = frozenset({"penjelasan_keuangan", "akuntabilitas_keuangan", "realisasi_anggaran"})
_REASON = Pattern(
    r"\b(?:karena|disebabkan|sebab|akibat|selisih|efisiensi|penghematan|sisa|hambatan|kendala|terlambat)\w*\b"
)
_SHORT_NAME = 12


def _of_this_year(line: str, year: int | None) -> bool:
    years = {int(found) for found in _YEAR.findall(line)}
    return not years or year is None or year in years


@rule(
    Rule(
        code="NAR-008",
        severity=Severity.WARNING,
        nomor=(38,),
        title="Kalimat berlawanan dengan capaian",
        what="Kalimat bahwa target tidak tercapai dibandingkan dengan tabel yang semua capaiannya 100 atau lebih, dan "
        "kalimat bahwa seluruh target tercapai dengan tabel yang sebagian capaiannya di bawah 100.",
        why="Kesimpulan harus mengikuti hasil pengukuran.",
        fix="Sesuaikan kalimat itu dengan capaian pada lembar Indikator.",
        example='Semua capaian 100,00, kesimpulannya "tidak tercapainya seluruh target".',
    )
)
def tercapai(texts: Texts, indikator: Table, form: Form | None, figures: Figures) -> Outcome:
    """Claims of failure where there is none, and of full success where something fell short."""
    year = form.year("tahun") if form is not None else None
    values = {row: one.mentah for row, one in figures.indikator.items() if one.mentah is not None}
    short = [row for row, value in values.items() if value < HUNDRED]
    if not values:
        return
    column = "capaian" if "capaian" in indikator else "realisasi"
    for passage in texts.narasi:
        for line in passage.lines:
            missed, met = _MISSED.search(line), _ALL_MET.search(line)
            if not (missed or met) or not _ABOUT.search(line) or _UNSURE.search(line) or not _of_this_year(line, year):
                continue
            if missed and not (short or figures.waiting) and not _NOT_ABOUT.search(line):
                message = f'Disebut "{missed[0]}", padahal semua capaian ({len(values)} indikator) 100 atau lebih.'
                places: tuple[Place, ...] = (At(indikator, indikator.header_row, column),)
                yield Fault(passage.place, message, "tercapai", missed[0], places)
            elif met and short and not missed and not _means_met(met["what"], figures):
                message = f'Disebut "{met[0]}", padahal {len(short)} indikator capaiannya di bawah 100.'
                places = tuple(At(indikator, row, column) for row in short)
                yield Fault(passage.place, message, f"{len(values) - len(short)} dari {len(values)}", met[0], places)


def _means_met(what: str, figures: Figures) -> bool:
    """Whether the claim is about sasaran, and every one of them reached 100 on average."""
    means = [sasaran.capaian for sasaran in figures.sasaran.values() if sasaran.capaian is not None]
    return what == "sasaran" and bool(means) and all(value >= HUNDRED for value in means)


@rule(
    Rule(
        code="NAR-009",
        severity=Severity.WARNING,
        nomor=(40,),
        title="Serapan atau capaian rendah tanpa penjelasan",
        what="Serapan di bawah 90% (seluruhnya dan per sasaran) dan capaian di bawah 100% dicari penjelasannya: pada "
        "bagian keuangan di lembar Narasi, untuk sasaran dengan menyebut namanya, kodenya, persennya, atau sisanya; "
        "untuk indikator pada Analisis, Hambatan, Solusi, atau Keterangan.",
        why="Yang tertinggal dari rencana adalah yang pertama ditanyakan pembaca.",
        fix="Tulis sebabnya pada bagian Penjelasan Realisasi Anggaran, atau pada baris indikatornya.",
        example="Sasaran 9 menyerap 87,98% dan tidak disebut dalam penjelasan.",
        tolerance="Batasnya 90% untuk serapan dan 100% untuk capaian.",
    )
)
def tanpa_penjelasan(
    texts: Texts,
    narasi: Table,
    anggaran: Table | None,
    anggaran_sasaran: Table | None,
    indikator: Table | None,
    figures: Figures,
    layout: Layout,
) -> Outcome:
    """Low shares and missed targets that no text explains."""
    told = [passage for passage in texts.narasi if passage.key == "teks"] if len(narasi) else []
    if anggaran is not None:
        serapan = figures.totals["anggaran"].serapan
        explained = any(one.bagian in _MONEY_TEXTS and _REASON.search(fold(one.text)) for one in told)
        if serapan is not None and serapan < _LEAST and not explained:
            message = f"Serapan anggaran {percent(serapan)}% belum dijelaskan."
            yield Fault(total_place(anggaran, "realisasi"), message, "penjelasan di Narasi", f"{percent(serapan)}%")
    if anggaran_sasaran is not None:
        yield from _unexplained_rows(anggaran_sasaran, told)
    if indikator is not None and "hambatan" not in _wanted_elsewhere(layout):
        yield from _unexplained_results(indikator, told, figures)


def _wanted_elsewhere(layout: Layout) -> frozenset[str]:
    """What another rule demands in this layout already: IND-014."""
    return frozenset({"hambatan"}) if any(part.key == "analisis_penyebab" for part in layout.parts) else frozenset()


def _unexplained_rows(table: Table, told: list[Passage]) -> Iterator[Fault]:
    budgets, spent = table.numbers("anggaran"), table.numbers("realisasi")
    for row, budget in budgets.items():
        if budget <= 0 or row not in spent:
            continue
        share = percentage(spent[row], budget)
        kode, name = table.text(row, "kode_sasaran"), table.text(row, "sasaran")
        marks = (percent(share), rupiah(budget - spent[row]), rupiah(spent[row]))
        if share < _LEAST and not any(_speaks_of(one.text, kode, name, marks) for one in told):
            yield Fault(
                At(table, row, "serapan" if "serapan" in table else "realisasi"),
                f"Serapan sasaran {kode or name} {percent(share)}% dan belum dijelaskan di lembar Narasi.",
                expected="penjelasan di Narasi",
                actual=f"{percent(share)}%",
                related=(At(table, row, "anggaran"), At(table, row, "realisasi")),
            )


def _speaks_of(text: str, kode: str, name: str, marks: tuple[str, ...]) -> bool:
    """Whether a paragraph names a sasaran: its wording, its code, or one of its figures."""
    if any(re.search(rf"(?<![\d.,]){re.escape(mark)}(?![\d]|[.,]\d)", text) for mark in marks):
        return True
    if kode and re.search(rf"\bsasaran(?: strategis)?(?: ke)?[ -]{re.escape(fold(kode))}\b", fold(text)):
        return True
    return len(name) >= _SHORT_NAME and " ".join(near.words(name)) in " ".join(near.words(text))


def _unexplained_results(indikator: Table, told: list[Passage], figures: Figures) -> Iterator[Fault]:
    for row, one in figures.indikator.items():
        if one.capaian is None or one.capaian >= HUNDRED:
            continue
        if any(indikator.text(row, key) for key in ("analisis", "hambatan", "solusi", "keterangan")):
            continue
        name = indikator.text(row, "indikator")
        if any(_speaks_of(passage.text, "", name, ()) for passage in told):
            continue
        kode = indikator.text(row, "kode")
        yield Fault(
            At(indikator, row, "hambatan" if "hambatan" in indikator else "realisasi"),
            f"Capaian indikator {kode} {show(one.capaian, 2)}% dan belum dijelaskan.",
            expected="penjelasan",
            actual=f"{percent(one.capaian)}%",
            related=(At(indikator, row, "target"), At(indikator, row, "realisasi")),
        )
