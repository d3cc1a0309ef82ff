"""Standard texts: our own wording for the parts that an office may leave to us.

Every number in it is computed from the same figures as the tables. A row in the sheet Narasi replaces
the whole text of its part.
"""

from __future__ import annotations

from collections.abc import Callable

from lakip_xlsx import bahasa
from lakip_xlsx.numbers import fold
from lakip_xlsx.report import sentences
from lakip_xlsx.report.content import Paragraphs, Style, rujukan
from lakip_xlsx.report.source import Source, body, listed, missing_text, sentence

_SAKIP_FROM = 2014  # Perpres 29/2014 governs the reports from this year on


def kata_pengantar(source: Source) -> Paragraphs:
    """Preface."""
    name, short, year, office = source.layout.report_name, source.layout.short_name, source.year(), source.office
    basis = (
        "Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja Instansi Pemerintah"
        if (source.tahun or _SAKIP_FROM) >= _SAKIP_FROM
        else "Instruksi Presiden Nomor 7 Tahun 1999 tentang Akuntabilitas Kinerja Instansi Pemerintah"
    )
    return body(
        f"Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa, karena {name} ({short}) {office} Tahun "
        f"{year} telah "
        "selesai disusun.",
        f"Laporan ini merupakan pertanggungjawaban {office} atas tugas, fungsi, dan anggaran yang dikelola selama "
        f"tahun "
        f"{year}, dan disusun berdasarkan {basis}. Di dalamnya disajikan sasaran yang hendak dicapai, hasil yang "
        f"diperoleh, "
        "serta anggaran yang digunakan, sehingga keberhasilan dan kekurangannya dapat dinilai secara terbuka.",
        "Kami menyampaikan terima kasih kepada semua pihak yang telah membantu. Saran yang membangun sangat kami "
        "harapkan "
        "untuk perbaikan kinerja dan pelaporan pada tahun berikutnya.",
    )


def ringkasan_eksekutif(source: Source) -> Paragraphs:
    """Executive summary."""
    opening = (
        f"{source.layout.short_name} {source.office} Tahun {source.year()} menyajikan capaian atas sasaran "
        f"strategis yang "
        "telah ditetapkan beserta penggunaan anggarannya."
    )
    closing = f"Predikat capaian setiap sasaran strategis disajikan pada {rujukan('ringkasan')}."
    return body(opening, *sentences.measured(source), *sentences.spent(source), closing)


def sumber_daya_aparatur(source: Source) -> Paragraphs:
    """Staffing."""
    sums = sentences.staff(source)
    if sums is None:
        return missing_text("jumlah pegawai belum dapat disebutkan: lembar Pegawai")
    start, end = bahasa.counted(sums.start, "orang"), bahasa.counted(sums.end, "orang")
    before = "tetap sama dengan keadaan" if sums.start == sums.end else f"berubah dari {start}"
    said = f"Pada akhir tahun {source.year()}, {source.office} didukung oleh {end} pegawai, {before} pada awal tahun."
    return body(sentence(f"{said} Susunannya disajikan mulai {rujukan('pegawai')}.", sums.cells))


def maksud_tujuan(source: Source) -> Paragraphs:
    """Purpose of the report."""
    short, year, office = source.layout.short_name, source.year(), source.office
    return body(
        f"{short} {office} Tahun {year} disusun untuk mempertanggungjawabkan pelaksanaan tugas dan fungsi, pencapaian "
        f"sasaran, serta penggunaan anggaran selama tahun {year}.",
        f"Tujuan penyusunan {short} adalah:",
    ) + listed(
        (
            "memberikan informasi kinerja yang terukur kepada pemberi amanah;",
            "menjadi bahan evaluasi atas keberhasilan dan kekurangan pelaksanaan program dan kegiatan;",
            "menjadi dasar perbaikan perencanaan dan kinerja pada tahun berikutnya.",
        ),
        Style.NUMBER,
    )


def renstra(source: Source) -> Paragraphs:
    """Strategic plan."""
    form = source.book.form
    start, end = (form.year("awal_renstra"), form.year("akhir_renstra")) if form else (None, None)
    period = f" periode {start}–{end}" if start and end else ""
    return body(
        f"Rencana Strategis (Renstra) {source.office}{period} menjadi pedoman dalam menetapkan sasaran, program, dan "
        "kegiatan setiap tahun. Pokok-pokoknya adalah sebagai berikut."
    )


def pengantar_program(source: Source) -> Paragraphs:
    """Opening of the list of programs."""
    programs = sentences.programs(source)
    said = f"{bahasa.counted(programs, 'program')}" if programs else "program"
    whole = f"Untuk mewujudkan sasaran tersebut, pada tahun {source.year()} dilaksanakan {said}:"
    return body(sentence(whole, sentences.kind_cells(source)) if programs else whole)


def rencana_kerja(source: Source) -> Paragraphs:
    """Annual plan."""
    return body(
        f"Rencana kerja tahun {source.year()} menjabarkan sasaran Renstra ke dalam target tahunan. Target setiap "
        f"indikator "
        f"disajikan pada {rujukan('rencana_kerja')}, dan rinciannya pada Formulir Rencana Kinerja Tahunan (RKT) dalam "
        "lampiran."
    )


def akuntabilitas_kinerja(source: Source) -> Paragraphs:
    """Opening of the chapter on performance."""
    return body(
        f"Bab ini menyajikan hasil pengukuran kinerja {source.office} tahun {source.year()}: indikator yang "
        f"dipakai, cara "
        "pengukurannya, capaian setiap sasaran strategis, dan penggunaan anggarannya."
    )


def indikator_kinerja(source: Source) -> Paragraphs:
    """Indicators."""
    total, _ = sentences.indicators(source)
    number = f" sebanyak {bahasa.counted(total, 'indikator')}" if total else ""
    said = (
        "Indikator kinerja adalah ukuran yang menunjukkan tercapai atau tidaknya suatu sasaran. Indikator yang dipakai "
        f"dalam laporan ini{number} ditetapkan pada tingkat sasaran strategis."
    )
    return body(sentence(said, sentences.measured_cells(source)) if total else said)


def metodologi(source: Source) -> Paragraphs:
    """Method of measurement."""
    return body(
        f"Pengukuran kinerja tahun {source.year()} dilakukan dengan membandingkan realisasi setiap indikator dengan "
        "targetnya. Ketentuan yang dipakai adalah sebagai berikut."
    )


def analisis_sasaran(source: Source) -> Paragraphs:
    """Analysis."""
    return body(f"Capaian setiap indikator dikelompokkan menurut {_scale(source)} dengan ketentuan sebagai berikut.")


def _scale(source: Source) -> str:
    name = source.figures.skala.nama if source.figures.skala else "[skala predikat belum ditetapkan]"
    return as_scale(name)


def as_scale(name: str) -> str:
    """A scale in a sentence; many are named "Skala …" themselves."""
    return name if fold(name.lstrip("[")).startswith("skala") else f"skala {name}"


def akuntabilitas_keuangan(source: Source) -> Paragraphs:
    """Money."""
    return body(
        f"Anggaran {source.office} tahun {source.year()} dan realisasinya menurut sumber dana disajikan pada "
        f"{rujukan('sumber_dana')}."
    )


def pengantar_anggaran_sasaran(source: Source) -> Paragraphs:
    """Money by sasaran."""
    return body("Menurut sasaran strategis yang didukungnya, anggaran dan realisasi tersebut adalah sebagai berikut.")


def penjelasan_keuangan(source: Source) -> Paragraphs:
    """What was left over."""
    return body(*sentences.spent(source)) or missing_text("realisasi anggaran belum dapat disebutkan: lembar Anggaran")


def kesimpulan(source: Source) -> Paragraphs:
    """Conclusion, with the counts of the tables."""
    numbered = listed([*sentences.carried_out(source), *sentences.measured(source)], Style.NUMBER)
    classes = listed(sentences.per_class(source))
    rest = listed([*sentences.reached(source), *sentences.spent(source)], Style.BODY)
    if not (numbered or classes or rest):
        return missing_text("kesimpulan belum dapat disusun: lembar Indikator dan Anggaran")
    return numbered + classes + rest


TEXTS: dict[str, Callable[[Source], Paragraphs]] = {
    writer.__name__: writer
    for writer in (
        kata_pengantar,
        ringkasan_eksekutif,
        sumber_daya_aparatur,
        maksud_tujuan,
        renstra,
        pengantar_program,
        rencana_kerja,
        akuntabilitas_kinerja,
        indikator_kinerja,
        metodologi,
        analisis_sasaran,
        akuntabilitas_keuangan,
        pengantar_anggaran_sasaran,
        penjelasan_keuangan,
        kesimpulan,
    )
}
"""Part key → the function that writes its standard text."""
