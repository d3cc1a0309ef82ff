"""Rules of the family IDN: the office, the year, the person who signs, and the chosen scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xlsx.checks.near import nearest
from lakip_xlsx.checks.places import At, Isian, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, Unchecked, rule
from lakip_xlsx.figures.capaian import Kelas
from lakip_xlsx.figures.figures import Figures, all_skala
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.numbers import fold, show
from lakip_xlsx.workbook import picture
from lakip_xlsx.workbook.book import YEARS, Book, Form, Oddity, Table
from lakip_xlsx.workbook.spec import Kind

_HAS_OWN_FINDING = frozenset(
    {Oddity.ERROR, Oddity.UNCALCULATED, Oddity.AMBIGUOUS, Oddity.NOT_NUMBER, Oddity.LOST_DIGITS}
)


@rule(
    Rule(
        code="IDN-001",
        severity=Severity.ERROR,
        title="Isian wajib pada lembar Instansi kosong",
        what="Isian bertanda * pada lembar Instansi harus terisi.",
        why="Isian itu tercetak di sampul, kata pengantar, dan tanda tangan.",
        fix="Isi kolom Nilai pada baris itu.",
        example="Nama Kepala kosong.",
        kind=FindingKind.UNFILLED,
    )
)
def isian_wajib(form: Form) -> Outcome:
    """Required rows without a value; a dash is no value here. A missing row is a matter of form (BRK)."""
    for field in form.spec.fields:
        note = form.notes.get(field.key)
        if not field.required or (note is not None and note.oddity in _HAS_OWN_FINDING):
            continue
        if field.key in form.cells and form.text(field.key).strip(" -–—") == "":
            message = f"Isian {field.heading} masih kosong."
            fix = field.note or None
            yield Fault(Isian(form, field.key), message, actual="kosong", fix=fix)


@rule(
    Rule(
        code="IDN-002",
        severity=Severity.ERROR,
        nomor=(35,),
        title="Tahun laporan di luar periode Renstra",
        what="Tahun Laporan harus berada di antara Awal dan Akhir Periode Renstra, dan awalnya tidak sesudah akhirnya.",
        why="Capaian setahun dinilai terhadap Renstra yang berlaku pada tahun itu.",
        fix="Periksa ketiga tahun itu; mungkin periodenya masih dari Renstra yang lama.",
        example="Tahun laporan 2023, periode Renstra 2017 sampai 2022.",
    )
)
def periode_renstra(form: Form) -> Outcome:
    """The report year within the period of the Renstra."""
    year, start, end = (form.year(key) for key in ("tahun", "awal_renstra", "akhir_renstra"))
    if start is not None and end is not None and start > end:
        yield Fault(
            Isian(form, "akhir_renstra"),
            f"Akhir Periode Renstra {end} mendahului awalnya, {start}.",
            expected=f"{start} atau sesudahnya",
            actual=str(end),
            related=(Isian(form, "awal_renstra"),),
        )
        return
    if year is None:
        return
    if (start is not None and year < start) or (end is not None and year > end):
        period = f"{start or '…'} sampai {end or '…'}"
        yield Fault(
            Isian(form, "tahun"),
            f"Tahun Laporan {year} di luar periode Renstra {period}.",
            expected=period,
            actual=str(year),
            related=(Isian(form, "awal_renstra"), Isian(form, "akhir_renstra")),
        )


@rule(
    Rule(
        code="IDN-003",
        severity=Severity.ERROR,
        nomor=(46,),
        title="NIP tersimpan sebagai angka",
        what="NIP harus tersimpan sebagai teks.",
        why="Excel hanya menyimpan 15 angka dari sebuah bilangan; angka ke-16 sampai ke-18 dari NIP sudah hilang.",
        fix="Ubah format sel menjadi Teks, lalu ketik ulang NIP lengkap menurut SK.",
        example="NIP 196710111988102001 tersimpan sebagai 196710111988102000.",
    )
)
def nip_angka(form: Form) -> Outcome:
    """A NIP that lost its last digits in the file itself."""
    note = form.notes.get("nip")
    if note is not None and note.oddity is Oddity.LOST_DIGITS:
        yield Fault(
            Isian(form, "nip"),
            f"NIP tersimpan sebagai angka ({note.raw}); angka terakhirnya sudah hilang.",
            expected="18 angka, sebagai teks",
            actual=note.raw,
        )


@rule(
    Rule(
        code="IDN-004",
        severity=Severity.ERROR,
        title="Skala yang dipilih tidak ada",
        what="Nama pada Skala Predikat di lembar Instansi dicari pada lembar Skala.",
        why="Tanpa skala tidak ada predikat, dan cara menilainya tidak dapat dicetak.",
        fix="Pilih salah satu nama skala yang ada pada lembar Skala, atau tambahkan kelas-kelasnya di sana.",
        example='Skala Predikat berisi "Skala Tiga Kelas", lembar Skala tidak memuatnya.',
    )
)
def skala_terpilih(form: Form, skala: Table) -> Outcome:
    """The chosen scale among those of the sheet Skala."""
    wanted = form.text("skala")
    names = {fold(name): name for _, name in skala.column("skala") if isinstance(name, str)}
    if not wanted or fold(wanted) in names:
        return
    near = nearest(fold(wanted), names)
    guess = f' Apakah maksudnya "{names[near]}"?' if near else ""
    yield Fault(
        Isian(form, "skala"),
        f'Skala Predikat "{wanted}" tidak ada pada lembar {skala.name}.{guess}',
        expected=", ".join(names.values()),
        actual=wanted,
        related=(At(skala, skala.header_row, "skala"),),
    )


@rule(
    Rule(
        code="IDN-005",
        severity=Severity.ERROR,
        nomor=(19,),
        title="Skala berlubang, bertumpuk, atau tertutup",
        what="Kelas skala yang dipakai diperiksa: kelas terbawah mulai dari 0, batas dan predikat tidak berulang, "
        "batasnya angka dalam persen, dan kelas teratas dapat tercapai.",
        why="Setiap capaian harus mendapat tepat satu predikat.",
        fix="Perbaiki kelas itu pada lembar Skala: satu batas bawah untuk satu predikat, yang terbawah 0.",
        example="Kelas terbawah mulai dari 50: capaian 49 tidak mendapat predikat.",
        needs=("skala.skala", "skala.batas", "skala.predikat"),
    )
)
def skala_utuh(form: Form, skala: Table, figures: Figures) -> Outcome:
    """Holes, overlaps and unreachable classes of the scale in use."""
    wanted = fold(form.text("skala"))
    rows = [row for row, name in skala.column("skala") if isinstance(name, str) and fold(name) == wanted]
    if not rows:
        yield Unchecked("Skala yang dipilih tidak ada pada lembar Skala.")
        return
    unreadable = [row for row in rows if skala.note(row, "batas") in {Oddity.NOT_NUMBER, Oddity.DASH}]
    if unreadable:
        texts = [skala.notes[row, "batas"].raw for row in unreadable]
        named = ", ".join(f'"{text}"' for text in texts)
        places = [At(skala, row, "batas") for row in unreadable]
        message = f"Batas Bawah {named} bukan angka."
        yield Fault(places[0], message, "batas bawah saja, misalnya 85", texts[0], tuple(places[1:]))
    kelas = all_skala(skala).get(wanted, [])
    if unreadable or len(kelas) < len(rows):
        return  # an incomplete class has its own finding; the rest cannot be judged
    faults = [*_fraction(skala, kelas), *_repeated(skala, kelas), *_hole(skala, kelas)]
    faults += _closed(form, skala, kelas, figures.batas) if not faults else ()
    if faults:  # one scale, one finding
        first, *others = faults
        more = tuple(place for each in others for place in (each.place, *each.related))
        message = " ".join(dict.fromkeys(each.message for each in faults))
        yield replace(first, message=message, related=(*first.related, *more))


def _fraction(skala: Table, kelas: list[Kelas]) -> Iterator[Fault]:
    top = max(kelas, key=lambda k: k.batas)
    if 0 < top.batas <= 1:
        yield Fault(
            At(skala, top.row, "batas"),
            f"Batas tertinggi {show(top.batas)}; batas ditulis dalam persen, misalnya {show(top.batas * 100)}.",
            expected=show(top.batas * 100),
            actual=show(top.batas),
        )


def _repeated(skala: Table, kelas: list[Kelas]) -> Iterator[Fault]:
    limits: dict[Decimal, Kelas] = {}
    names: dict[str, Kelas] = {}
    for one in kelas:
        same_limit = limits.setdefault(one.batas, one)
        same_name = names.setdefault(fold(one.predikat), one)
        if same_limit is not one:
            yield Fault(
                At(skala, one.row, "batas"),
                f'Batas {show(one.batas)} dipakai oleh "{same_limit.predikat}" dan "{one.predikat}".',
                actual=show(one.batas),
                related=(At(skala, same_limit.row, "batas"),),
            )
        if same_name is not one:
            yield Fault(
                At(skala, one.row, "predikat"),
                f'Predikat "{one.predikat}" ada dua kali dalam skala ini.',
                actual=one.predikat,
                related=(At(skala, same_name.row, "predikat"),),
            )


def _hole(skala: Table, kelas: list[Kelas]) -> Iterator[Fault]:
    lowest = min(kelas, key=lambda k: (k.batas, not k.termasuk))
    if lowest.batas > 0:
        yield Fault(
            At(skala, lowest.row, "batas"),
            f"Kelas terbawah mulai dari {show(lowest.batas)}; capaian di bawahnya tidak mendapat predikat.",
            expected="0",
            actual=show(lowest.batas),
        )
    elif lowest.batas == 0 and not lowest.termasuk:
        yield Fault(
            At(skala, lowest.row, "termasuk"),
            "Kelas terbawah tidak memuat 0; capaian 0 tidak mendapat predikat.",
            expected="Ya",
            actual="Tidak",
        )


def _closed(form: Form, skala: Table, kelas: list[Kelas], cap: Decimal | None) -> Iterator[Fault]:
    cap_place: Place = Isian(form, "batas_capaian")
    for one in kelas:
        if cap is not None and not one.holds(cap):
            yield Fault(
                At(skala, one.row, "batas"),
                f'Predikat "{one.predikat}" tidak akan pernah tercapai: mulai {one.text()}, sedangkan Batas Capaian '
                f"{show(cap)}.",
                expected=f"paling tinggi {show(cap)}",
                actual=show(one.batas),
                related=(cap_place,),
            )


@rule(
    Rule(
        code="IDN-009",
        severity=Severity.ERROR,
        title="Logo tidak dapat dipakai",
        what="Berkas yang disebut pada isian Logo harus gambar PNG atau JPG di folder workbook.",
        why="Logo tercetak di sampul; tanpa berkasnya tempat itu berisi penanda.",
        fix="Letakkan gambarnya di folder workbook dan tulis namanya, atau kosongkan isian Logo.",
        example="Isian Logo berbunyi logo.png, padahal berkas itu tidak ada.",
    )
)
def logo_ada(form: Form, book: Book) -> Outcome:
    """The picture is there, inside the folder, and is one."""
    name = form.text("logo")
    problem = picture.read(book.path.parent, name) if name else ""
    if isinstance(problem, str) and problem:
        yield Fault(Isian(form, "logo"), f'Logo "{name}" tidak dapat dipakai: {problem}.', actual=name)


@rule(
    Rule(
        code="IDN-012",
        severity=Severity.ERROR,
        title="Tahun tidak masuk akal",
        what=f"Isian tahun pada lembar Instansi harus tahun yang bulat, {YEARS[0]} sampai {YEARS[-1]}.",
        why="Sampul, judul, dan semua perbandingan antartahun memakai tahun itu.",
        fix="Tulis empat angka tahunnya saja, misalnya 2025.",
        example="Tahun Laporan 2025,5 atau 20255.",
    )
)
def tahun_wajar(form: Form) -> Outcome:
    """Numbers in the place of a year that are none; what is no number has its own finding (SEL)."""
    for field in form.spec.fields:
        if field.kind is not Kind.YEAR or form.year(field.key) is not None:
            continue
        value, note = form.number(field.key), form.notes.get(field.key)
        written = note.raw if note is not None and note.oddity is Oddity.LOST_DIGITS else value and show(value)
        if written is not None:
            yield Fault(
                Isian(form, field.key),
                f"{field.heading} {written} bukan tahun.",
                expected=f"tahun bulat, {YEARS[0]} sampai {YEARS[-1]}",
                actual=str(written),
            )
