"""Rules of the family REN: the Renstra."""

from __future__ import annotations

from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.figures import pohon
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import DASHES, fold, percent
from lakip_xlsx.workbook.book import Oddity, Table


@rule(
    Rule(
        code="REN-001",
        severity=Severity.ERROR,
        nomor=(17,),
        title="Predikat sasaran tidak sesuai dengan capaian indikatornya",
        what="Predikat yang diketik untuk sebuah sasaran pada lembar Renstra dibandingkan dengan skala, diterapkan "
        "pada rata-rata capaian indikator sasaran itu.",
        why="Predikat tanpa pengukuran, atau yang berlawanan dengan pengukurannya, tidak dapat dipertanggungjawabkan.",
        fix="Kosongkan predikatnya agar dihitung sendiri, atau lengkapi indikator sasaran itu pada lembar Indikator.",
        example='Sasaran S1 tertulis "Baik", rata-rata capaian indikatornya 100,00: "Sangat Baik".',
        needs=("renstra.jenis", "renstra.kode"),
    )
)
def predikat_sasaran(renstra: Table, indikator: Table | None, figures: Figures) -> Outcome:
    """A typed predikat of a sasaran against the one that its indicators give."""
    typed = {
        row: text
        for row, value in renstra.column("predikat")
        if (text := str(value or "")) and fold(text) not in DASHES and fold(renstra.text(row, "jenis")) == "sasaran"
    }
    if not typed:
        return
    if figures.skala is None or indikator is None:
        yield Unchecked("Predikat sasaran belum dapat dihitung: skala atau lembar Indikator belum terbaca.")
        return
    known = figures.sasaran
    indicators: dict[str, list[Place]] = {}
    for line, code in indikator.column("kode_sasaran"):
        column = "capaian" if "capaian" in indikator else "kode_sasaran"
        indicators.setdefault(str(code or ""), []).append(At(indikator, line, column))
    for row, text in typed.items():
        kode = renstra.text(row, "kode")
        sasaran = known.get(kode)
        predikat = (sasaran.predikat if sasaran else None) or ""
        if fold(text) == fold(predikat):
            continue
        measured = indicators.get(kode, [])
        if sasaran is None or not predikat:
            reason = "capaian indikatornya tidak dapat dihitung" if measured else "tidak ada indikator yang mengukurnya"
            message = f'Predikat "{text}" tidak punya dasar pengukuran: {reason}.'
        else:
            average = percent(sasaran.capaian)
            message = f'Predikat tertulis "{text}", sedangkan rata-rata capaian {average} berarti "{predikat}".'
        yield Fault(At(renstra, row, "predikat"), message, predikat or "n/a", text, tuple(measured))


_EVERYWHERE = ("Visi", "Misi", "Tujuan", "Sasaran")
_ALSO = {"lan-2003": ("Kebijakan",)}
"""Layout key → the statements that its chapter on the Renstra shows beside those of every layout."""


@rule(
    Rule(
        code="REN-002",
        severity=Severity.ERROR,
        title="Uraian Renstra belum lengkap",
        what="Lembar Renstra harus memuat visi, misi, tujuan, dan sasaran; untuk LAN 239/2003 juga kebijakan.",
        why="Bab perencanaan menyajikan semuanya; yang tidak ada tercetak sebagai penanda kosong.",
        fix="Tambahkan baris dengan Jenis itu menurut dokumen Renstra.",
        example="Lembar Renstra tanpa baris Visi.",
        needs=("renstra.jenis",),
        kind=FindingKind.UNFILLED,
    )
)
def jenis_lengkap(renstra: Table, layout: Layout) -> Outcome:
    """The kinds of statements that the report shows, each with at least one row."""
    unknown = [row for row in renstra.rows if renstra.note(row, "jenis") is Oddity.NOT_CHOICE]
    if unknown:
        yield Unchecked(f"Jenis di {renstra.cell(unknown[0], 'jenis').ref} belum dikenal.")
        return
    present = {fold(str(jenis)) for row, jenis in renstra.column("jenis") if jenis and renstra.text(row, "uraian")}
    for jenis in (*_EVERYWHERE, *_ALSO.get(layout.key, ())):
        if fold(jenis) not in present:
            yield Fault(
                At(renstra, renstra.header_row, "jenis"),
                f"{jenis} belum ada pada lembar {renstra.name}.",
                expected=f"paling sedikit satu baris {jenis}",
                actual="tidak ada",
            )


@rule(
    Rule(
        code="REN-003",
        severity=Severity.INFO,
        title="Pohon kinerja tidak utuh",
        what="Setiap sasaran menunjuk tujuannya (atau misinya) pada kolom Induk, dan setiap tujuan menunjuk misinya "
        "bila ada misi.",
        why="Dari kode itu pohon kinerja disusun; tanpa satu pun hubungan sasaran, pohonnya tidak dimuat.",
        fix="Isi kolom Induk dengan kode di atasnya, sama persis dengan kolom Kode.",
        example="Sasaran S3 tanpa Induk.",
        needs=("renstra.jenis", "renstra.kode", "renstra.uraian"),
    )
)
def pohon_utuh(renstra: Table) -> Outcome:
    """All that hangs on nothing, in one finding."""
    tree = pohon.read(renstra)
    if not tree.lepas:
        return
    column = "induk" if "induk" in renstra else "kode"
    first, *rest = tree.lepas
    said = "Pohon kinerja tidak dimuat" if not tree.cabang else "Pohon kinerja tidak utuh"
    yield Fault(
        At(renstra, first, column),
        f"{said}: {len(tree.lepas)} baris belum menunjuk yang di atasnya.",
        expected="kode tujuan atau misi di atasnya",
        actual=renstra.text(first, column) or "kosong" if column == "induk" else "kolom Induk tidak ada",
        related=tuple(At(renstra, row, column) for row in rest),
    )
