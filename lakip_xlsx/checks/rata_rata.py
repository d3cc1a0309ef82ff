"""IND-018: a printed mean of capaian that is not the mean."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import differs
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.figures.jumlah import mean_rows
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import as_written, mean, percent
from lakip_xlsx.workbook.book import Table


@rule(
    Rule(
        code="IND-018",
        severity=Severity.ERROR,
        title="Rata-rata capaian tidak sesuai",
        what="Baris rata-rata pada lembar Indikator dibandingkan dengan rata-rata capaian semua indikatornya, atau "
        "indikator sejak baris rata-rata di atasnya. Capaian dengan dan tanpa batas, dan yang dibulatkan, diterima.",
        why="Rata-rata dikutip dalam kesimpulan; yang tertinggal dari tahun lalu tampak wajar.",
        fix="Hitung ulang rata-ratanya, hanya dari indikator yang dapat dihitung.",
        example="Capaian 100,00 dan 90,00, rata-rata tertulis 97,50.",
        tolerance="Setengah angka terakhir yang tertulis.",
        needs=("indikator.capaian",),
    )
)
def rata_rata_capaian(indikator: Table, figures: Figures) -> Outcome:
    """Each printed mean against the mean of its rows; one over the n/a as well is for IND-002."""
    previous = indikator.header_row
    for row in mean_rows(indikator):
        printed = indikator.number(row, "capaian")
        above = [line for line in indikator.rows if previous < line < row]
        previous = row
        means = [value for rows in (indikator.rows, above) for value in _means(indikator, figures, rows)]
        if printed is None or not means or any(not differs(printed, value) for value in means):
            continue
        if any(not differs(printed, value) for value in _over_all(figures)):
            continue
        yield Fault(
            At(indikator, row, "capaian"),
            f"Rata-rata capaian tertulis {as_written(printed)}, sedangkan hitungannya {percent(means[0])}.",
            expected=percent(means[0]),
            actual=as_written(printed),
            related=tuple(At(indikator, line, "capaian") for line in indikator.rows),
        )


def _means(indikator: Table, figures: Figures, rows: list[int]) -> Iterator[Decimal]:
    """The means that a person may rightly write: of the counted capaian, of the uncapped, of the typed ones."""
    measured = [figures.indikator[row] for row in rows if row in figures.indikator]
    for values in (
        [one.capaian for one in measured if one.capaian is not None],
        [one.mentah for one in measured if one.mentah is not None],
        list(indikator.numbers("capaian", rows).values()),
    ):
        if values:
            yield mean(values)


def _over_all(figures: Figures) -> Iterator[Decimal]:
    values = [one.capaian for one in figures.indikator.values() if one.capaian is not None]
    if values and len(values) < len(figures.indikator):
        yield mean(values) * len(values) / len(figures.indikator)
