"""Rules of the family NAR: sentences of the office against its own tables."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xlsx.checks.angka.classes import ClassCount, class_counts
from lakip_xlsx.checks.places import At, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Form, Table


@rule(
    Rule(
        code="NAR-001",
        severity=Severity.ERROR,
        nomor=(18,),
        title="Banyaknya indikator per predikat tidak sesuai dengan tabel",
        what="Kalimat pada lembar Narasi yang menyebut banyaknya indikator per predikat dibandingkan dengan hitungan "
        "dari lembar Indikator; bila semua predikat disebut, jumlahnya juga.",
        why="Kesimpulan yang berbeda dengan tabelnya biasanya kalimat yang tertinggal dari tahun lalu.",
        fix="Sesuaikan angka dalam kalimat itu, atau kosongkan bagian ini agar kalimatnya disusun dari tabel.",
        example='Tertulis "baik" sebanyak 4 indikator, menurut tabel 0.',
        tolerance="Tidak ada.",
        needs=("narasi.bagian", "narasi.teks"),
    )
)
def banyak_per_predikat(narasi: Table, indikator: Table, form: Form | None, figures: Figures) -> Outcome:
    """Counts per class in each Bagian against the counts of the table, and their sum."""
    sections = _sections(narasi, figures, form.year("tahun") if form else None)
    if figures.skala is None:
        yield Unchecked("Banyaknya indikator per predikat belum dapat dihitung: skala yang dipilih belum terbaca.")
        return
    if figures.waiting:
        yield Unchecked(f"Banyaknya indikator per predikat menunggu {figures.waiting} indikator yang belum lengkap.")
        return
    known = figures.predikat
    counted = sum(known.values())
    column = "predikat" if "predikat" in indikator else "realisasi"
    table: Place = At(indikator, indikator.header_row, column)
    for counts in sections.values():
        for said in counts:
            if said.count != known[said.predikat]:
                yield Fault(
                    At(narasi, said.row, "teks"),
                    f'Predikat "{said.predikat}" disebut {said.count} indikator, menurut tabel '
                    f"{known[said.predikat]} indikator.",
                    expected=str(known[said.predikat]),
                    actual=str(said.count),
                    related=(table,),
                )
        names = [said.predikat for said in counts]
        together = sum(said.count for said in counts)
        if sorted(names) == sorted(known) and together != counted:
            out = len(figures.indikator) - counted
            without = f" (di luar {out} yang n/a)" if out else ""
            rows = list(dict.fromkeys(said.row for said in counts))
            yield Fault(
                At(narasi, rows[0], "teks"),
                f"Banyaknya indikator per predikat berjumlah {together}, sedangkan indikator yang dinilai "
                f"{counted}{without}.",
                expected=str(counted),
                actual=str(together),
                related=(*(At(narasi, row, "teks") for row in rows[1:]), table),
            )


def _sections(narasi: Table, figures: Figures, year: int | None) -> dict[str, list[ClassCount]]:
    """Bagian → the class counts that its paragraphs state."""
    names = figures.skala.names if figures.skala else ()
    sections: dict[str, list[ClassCount]] = {}
    bagian = ""
    for (row, name), (_, text) in zip(narasi.column("bagian"), narasi.column("teks"), strict=True):
        bagian = fold(str(name)) if name else bagian
        if isinstance(text, str) and names:
            sections.setdefault(bagian, []).extend(class_counts(text, names, row, year))
    return {name: list(_without_scale(counts, len(figures.indikator))) for name, counts in sections.items()}


def _without_scale(counts: list[ClassCount], indicators: int) -> Iterator[ClassCount]:
    """Leaves out bare lines that list the limits of the scale (Baik: 85) and not counts."""
    bare = [said.count for said in counts if not said.certain]
    limits = any(count > indicators for count in bare)
    yield from (said for said in counts if said.certain or not limits)
