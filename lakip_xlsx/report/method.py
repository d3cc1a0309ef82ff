"""The method section: formula, cap, rounding and scale, as the workbook declares them."""

from __future__ import annotations

from lakip_xlsx import numbers
from lakip_xlsx.figures.capaian import Arah, Kelas, arah
from lakip_xlsx.report import origin
from lakip_xlsx.report.content import Paragraphs, Style
from lakip_xlsx.report.source import Source, listed, missing_text, sentence


def metode(source: Source) -> Paragraphs:
    """The rules by which capaian and predikat of this report were computed."""
    table = source.book.table("indikator")
    used = {arah(str(value or "")) for _, value in table.column("arah")} if table else set()
    rules = ["Indikator yang makin tinggi makin baik: capaian = realisasi ÷ target × 100%."]
    if Arah.TURUN in used:
        rules.append("Indikator yang makin rendah makin baik: capaian = (2 × target − realisasi) ÷ target × 100%.")
    batas = source.figures.batas
    if batas is None:
        rules.append("Capaian tidak dibatasi; nilai di atas 100% ditampilkan apa adanya.")
    else:
        rules.append(f"Capaian yang diakui paling tinggi {numbers.show(batas)}%.")
    rules += [
        "Capaian sasaran adalah rata-rata capaian indikatornya yang dapat dihitung; indikator tanpa target atau tanpa "
        "realisasi ditulis n/a dan tidak ikut dirata-ratakan.",
        "Persentase ditampilkan dua desimal, dibulatkan setengah ke atas; predikat ditetapkan dari capaian sebelum "
        "dibulatkan.",
        "Persentase realisasi anggaran suatu jumlah dihitung dari jumlah realisasi dibagi jumlah anggaran.",
    ]
    form = source.book.form
    cells = (*origin.span(table, ("arah",)), *((form.cell("batas_capaian"),) if form else ()))
    return listed((sentence(rule, cells, "ketentuan menurut isian workbook") for rule in rules), Style.NUMBER)


def skala(source: Source) -> Paragraphs:
    """The scale in words, best class first."""
    scale = source.figures.skala
    if scale is None:
        return missing_text("skala predikat belum ditetapkan: lembar Instansi dan Skala")
    upper: list[Kelas | None] = [None, *scale.kelas[:-1]]
    table = source.book.table("skala")
    lines = (
        sentence(
            f"{_range(kelas, above)}: {kelas.predikat}",
            origin.span(table, ("batas", "predikat", "termasuk"), (kelas.row,)),
            "kelas menurut lembar Skala",
        )
        for kelas, above in zip(scale.kelas, upper, strict=True)
    )
    return listed(lines, Style.NUMBER)


def _range(kelas: Kelas, above: Kelas | None) -> str:
    low = f"mulai {numbers.show(kelas.batas)}%" if kelas.termasuk else f"di atas {numbers.show(kelas.batas)}%"
    if above is None:
        return f"Capaian {low}"
    high = f"di bawah {numbers.show(above.batas)}%" if above.termasuk else f"{numbers.show(above.batas)}%"
    joint = "sampai" if above.termasuk else "sampai dengan"
    return f"Capaian {low} {joint} {high}"
