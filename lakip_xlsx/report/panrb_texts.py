"""Standing text for the parts that PermenPANRB 53/2014 adds: our own wording, its numbers computed."""

from __future__ import annotations

from collections.abc import Callable

from lakip_xlsx import bahasa
from lakip_xlsx.layouts.outline import Level
from lakip_xlsx.report import perjanjian, sentences, standard_texts, susunan
from lakip_xlsx.report.content import Paragraphs, Style, rujukan
from lakip_xlsx.report.source import Source, body, listed, placed


def ikhtisar_eksekutif(source: Source) -> Paragraphs:
    """Executive summary: what was promised, what came of it, what it cost."""
    opening = (
        f"{source.layout.short_name} {source.office} Tahun {source.year()} mempertanggungjawabkan sasaran strategis "
        "yang diperjanjikan, hasil yang dicapai, dan anggaran yang digunakan untuk mencapainya."
    )
    closing = f"Capaian dan predikat setiap sasaran strategis disajikan pada {rujukan('ringkasan')}."
    return body(opening, *sentences.measured(source), *sentences.reached(source), *sentences.spent(source), closing)


def latar_belakang(source: Source) -> Paragraphs:
    """Why the report is written, and for whom."""
    short, year, office = source.layout.short_name, source.year(), source.office
    return body(
        f"Setiap instansi pemerintah wajib mempertanggungjawabkan hasil kerja dan anggaran yang dipercayakan "
        f"kepadanya. Untuk memenuhi kewajiban itu, {office} menyusun {source.layout.report_name} ({short}) Tahun "
        f"{year} dengan berpedoman pada Peraturan Presiden Nomor 29 Tahun 2014 dan Peraturan Menteri Pendayagunaan "
        "Aparatur Negara dan Reformasi Birokrasi Nomor 53 Tahun 2014.",
        f"{short} ini membandingkan apa yang dijanjikan pada awal tahun dengan apa yang dihasilkan, menjelaskan sebab "
        "keberhasilan dan kekurangannya, dan menjadi dasar perbaikan pada tahun berikutnya.",
    )


def sistematika(source: Source) -> Paragraphs:
    """The chapters of this report, taken from its own outline."""
    opening = (
        f"{source.layout.short_name} {source.office} Tahun {source.year()} disusun dengan susunan sebagai berikut."
    )
    return body(opening) + listed(_chapters(source), Style.BULLET)


def _chapters(source: Source) -> list[str]:
    """Each chapter with the titles of its sections, the office's own ones last, then the appendices."""
    lines: list[str] = []
    sections: dict[str, list[str]] = {}
    parts, own = susunan.shown_parts(source), source.once(placed).own
    for part in parts:
        if part.level is Level.CHAPTER:
            sections[part.title] = []
        elif part.level is Level.SECTION and sections:
            sections[next(reversed(sections))].append(part.title)
    for number, (title, standing) in enumerate(sections.items(), 1):
        below = [*standing, *(each.title for each in own if each.bab == bahasa.roman(number))]
        held = f", memuat {bahasa.enumerate_([_in_sentence(name) for name in below])}" if below else ""
        lines.append(f"Bab {bahasa.roman(number)} {title}{held};")
    appendices = susunan.appendix_titles(parts, own)
    if appendices:
        lines.append(f"Lampiran, memuat {bahasa.enumerate_([_in_sentence(name) for name in appendices])}.")
    return lines


def _in_sentence(title: str) -> str:
    """A title inside a sentence: Sumber Daya Aparatur → sumber daya aparatur; LAKIP stays."""
    return " ".join(word if word.isupper() else word[:1].lower() + word[1:] for word in title.split())


def perjanjian_kinerja(source: Source) -> Paragraphs:
    """What the office promised for the year."""
    many = perjanjian.counts(source)
    if many is None:
        held = "target kinerja yang harus diwujudkan"
    else:
        held = f"{bahasa.counted(many[0], 'sasaran strategis')} dengan {bahasa.counted(many[1], 'indikator kinerja')}"
    with_whom = source.book.form.text("jabatan_atasan") if source.book.form else ""
    partner = f" dengan {with_whom}" if with_whom else ""
    return body(
        f"Perjanjian Kinerja Tahun {source.year()} adalah kesepakatan {source.office}{partner} tentang hasil yang "
        f"harus dicapai dengan anggaran yang tersedia. Perjanjian tersebut memuat {held}. Ikhtisarnya disajikan di "
        "bawah ini, sedangkan perjanjian selengkapnya terdapat pada lampiran."
    )


def capaian_kinerja(source: Source) -> Paragraphs:
    """How performance was measured."""
    return body(
        f"Kinerja tahun {source.year()} diukur dengan membandingkan realisasi setiap indikator dengan target yang "
        "diperjanjikan. Ketentuan pengukurannya adalah sebagai berikut."
    )


def pengantar_skala(source: Source) -> Paragraphs:
    """The scale of predikat."""
    skala = source.figures.skala
    name = skala.nama if skala else "[skala predikat belum ditetapkan]"
    return body(f"Predikat capaian ditetapkan menurut {standard_texts.as_scale(name)} dengan kelas sebagai berikut.")


def realisasi_anggaran(source: Source) -> Paragraphs:
    """Money that was used for the performance that was promised."""
    return body(
        f"Untuk mewujudkan kinerja yang diperjanjikan, {source.office} pada tahun {source.year()} mengelola anggaran "
        "menurut program, sumber dana, dan sasaran strategis sebagaimana diuraikan di bawah ini."
    )


TEXTS: dict[str, Callable[[Source], Paragraphs]] = {
    writer.__name__: writer
    for writer in (
        ikhtisar_eksekutif,
        latar_belakang,
        sistematika,
        perjanjian_kinerja,
        capaian_kinerja,
        pengantar_skala,
        realisasi_anggaran,
    )
}
"""Part key → the function that writes its standard text."""
