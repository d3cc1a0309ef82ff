"""Rules of the family NAR on the paragraphs as such: missing, misplaced, doubled, unfinished."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks import near
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.texts import Texts
from lakip_xlsx.figures import bagian
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.numbers import fold, squeeze
from lakip_xlsx.workbook.book import Oddity, Table

_NUMBERED = Pattern(r"\s*(?P<open>\(?)(?P<number>[0-9]{1,2})(?P<close>[.)])\s+\S")
_LONG = 60  # letters: shorter paragraphs may well stand twice
_EXPLAINING = frozenset({"analisis", "hambatan", "solusi"})
_SIGN = Pattern(r"\.(?:\.\.\.|(?<!\S\.))|…|__|\{|\}|<|>>|\[|\((?:isi|diisi|tulis|sebut|lengkap|jelas|nama|tahun)")
_HINTS = ("XXX", "xxx", "orem", "TBD", "TODO", "ontoh", "diisi", "isikan", "tuliskan", "sebutkan", "jelaskan")
"""A sign or a word of every placeholder: a quick look before the slower pattern."""
_PLACEHOLDER = Pattern(
    r"\.{4,}|…{2,}|_{3,}|\{\{|\}\}|<<|>>"
    r"|(?<!ke-)(?<!ke )(?<!MTQ )(?<!PON )(?<!HUT )\b(?:X{3,}|x{3,})\b"
    r"|\b[Ll]orem\b|\b(?:TBD|TODO)\b"
    r"|[\[(<](?:isi(?:kan)?|diisi|tulis(?:kan)?|sebutkan|lengkapi|jelaskan|nama instansi|nama opd|tahun laporan)\b"
    r"[^\])>]*[\])>]"
    r"|^[^\S\n]*[Cc]ontoh\s*:|^[^\S\n]*(?:diisi|isikan|tuliskan|sebutkan|jelaskan)\s+(?:dengan|oleh|uraian|penjelasan)\b"
    r"|^[^\S\n]*[.…]+[^\S\n]*$",
    re.MULTILINE,
)


@rule(
    Rule(
        code="NAR-002",
        severity=Severity.ERROR,
        title="Bagian wajib belum ditulis",
        what="Bagian laporan yang tidak punya kalimat baku, misalnya Tugas Pokok dan Fungsi, dicari pada lembar "
        "Narasi.",
        why="Hanya instansi yang tahu isinya; tanpa teks itu laporan memuat penanda kosong.",
        fix="Tambahkan baris dengan Bagian itu pada lembar Narasi dan tulis teksnya.",
        example="Tidak ada baris Struktur Organisasi.",
        needs=("narasi.bagian", "narasi.teks"),
        kind=FindingKind.UNFILLED,
    )
)
def bagian_wajib(narasi: Table, layout: Layout, texts: Texts) -> Outcome:
    """Required parts without a paragraph."""
    written = {passage.bagian for passage in texts.narasi if passage.key == "teks"}
    for key, part in layout.narasi().items():
        if part.required and key not in written:
            yield Fault(
                At(narasi, narasi.header_row, "bagian"),
                f"Bagian {part.title} belum ditulis.",
                expected=part.title,
                actual="tidak ada",
            )


@rule(
    Rule(
        code="NAR-003",
        severity=Severity.ERROR,
        title="Bagian tidak ada dalam tata letak",
        what="Setiap Bagian pada lembar Narasi dicari di antara bagian laporan menurut tata letak yang dipilih. Bagian "
        "buatan sendiri dikenal bila kolom Bab-nya diisi.",
        why="Teks pada bagian yang tidak dikenal tidak dimuat dalam laporan.",
        fix="Pilih Bagian dari daftar; untuk bagian buatan sendiri isi kolom Bab (I, II, III, IV, atau Lampiran).",
        example='Bagian "Kata Penganter" kiranya "Kata Pengantar".',
        needs=("narasi.bagian", "narasi.teks"),
    )
)
def bagian_dikenal(narasi: Table, layout: Layout) -> Outcome:
    """Names of parts that the layout does not have; each name once, with all its rows."""
    unknown: dict[str, list[int]] = {}
    own = bagian.chapters_of(narasi, layout)
    for row, name in narasi.column("bagian"):
        if not isinstance(name, str) or not narasi.text(row, "teks") or fold(squeeze(name)) in own:
            continue
        if layout.find_narasi(name) is None and narasi.note(row, "bab") is not Oddity.NOT_CHOICE:
            unknown.setdefault(squeeze(name), []).append(row)
    titles = [part.title for part in layout.narasi().values()]
    for name, rows in unknown.items():
        others = [other.name for other in LAYOUTS if other.key != layout.key and other.find_narasi(name)]
        guess = near.closest(name, titles)
        if guess:
            rest = f" Apakah maksudnya {guess}?"
        else:
            rest = f" Bagian itu milik tata letak {others[0]}." if others else ""
        yield Fault(
            At(narasi, rows[0], "bagian"),
            f'Bagian "{name}" tidak ada dalam tata letak {layout.name}; teksnya tidak akan dimuat.{rest}',
            expected=guess,
            actual=name,
            related=tuple(At(narasi, row, "bagian") for row in rows[1:]),
        )


@rule(
    Rule(
        code="NAR-021",
        severity=Severity.WARNING,
        title="Bab pada lembar Narasi meragukan",
        what="Kolom Bab hanya untuk bagian buatan sendiri. Dicari Bab pada bagian yang sudah punya tempat, bagian yang "
        "menyebut dua bab, dan bagian buatan sendiri yang namanya mirip dengan bagian tata letak.",
        why="Teksnya dapat tercetak di tempat lain daripada yang dimaksud.",
        fix="Kosongkan Bab, samakan Bab pada semua baris bagian itu, atau perbaiki nama bagiannya.",
        example='Bagian "Kata Penganter" dengan Bab I; maksudnya kiranya Kata Pengantar.',
        needs=("narasi.bagian", "narasi.teks", "narasi.bab"),
    )
)
def bab_meragukan(narasi: Table, layout: Layout) -> Outcome:
    """Each doubtful Bagian once, at its first Bab that is in doubt."""
    titles = [part.title for part in layout.narasi().values()]
    used, there = bagian.chapters_of(narasi, layout), bagian.chapters(layout)
    told: set[str] = set()
    for name, row, bab in bagian.stated(narasi):
        key, part = fold(name), layout.find_narasi(name)
        guess = "" if part is not None or key in told else near.closest(name, titles)
        said = ""
        if part is not None:
            said = f'Bagian "{part.title}" sudah punya tempat dalam tata letak; Bab {bab} tidak dipakai.'
        elif bab not in there:
            said = f'Tata letak {layout.name} tidak punya Bab {bab}; bagian "{name}" tidak dimuat di sana.'
        elif bab != used[key]:
            said = f'Bagian "{name}" dimuat di Bab {used[key]}; Bab {bab} pada baris ini tidak dipakai.'
        elif guess:
            said = f'"{name}" dimuat sebagai bagian tersendiri di Bab {bab}. Apakah maksudnya {guess}?'
        if said and key not in told:
            told.add(key)
            yield Fault(At(narasi, row, "bab"), said, actual=bab)


@rule(
    Rule(
        code="NAR-010",
        severity=Severity.WARNING,
        nomor=(46,),
        title="Penanda yang belum diganti",
        what="Dalam semua teks dicari titik-titik panjang, XXX, lorem, {{…}}, garis bawah panjang, dan petunjuk "
        "pengisian yang tertinggal seperti [isi nama] atau contoh: di awal teks.",
        why="Petunjuk dari format kosong tidak boleh ikut tercetak.",
        fix="Ganti penandanya dengan isi yang sebenarnya, atau hapus.",
        example='"Kegiatan dilaksanakan pada tanggal ........ di XXX".',
        kind=FindingKind.UNFILLED,
    )
)
def penanda(texts: Texts) -> Outcome:
    """Leftovers of a blank form; one finding for each text."""
    hints = [word for word in _HINTS if word in texts.joined]
    if not hints and not _SIGN.search(texts.joined):
        return
    for passage in texts.passages:
        text = passage.text
        suspect = _SIGN.search(text) or any(word in text for word in hints)
        found = _PLACEHOLDER.search(text) if suspect else None
        if found is not None:
            said = squeeze(found[0])[:40]
            yield Fault(passage.place, f'Ada penanda yang belum diganti: "{said}".', actual=said)


@rule(
    Rule(
        code="NAR-011",
        severity=Severity.WARNING,
        nomor=(46,),
        title="Alinea ditempel dua kali",
        what="Dicari alinea yang sama persis pada lembar Narasi, dan teks yang sama pada kolom Analisis, Hambatan, "
        "dan Solusi. Teks yang pendek tidak diperiksa.",
        why="Alinea yang tercetak dua kali menandakan laporan belum dibaca ulang.",
        fix="Hapus salah satunya, atau tulis uraian yang sesuai dengan tempatnya.",
        example="Alinea ketiga Kata Pengantar sama dengan alinea pertama.",
    )
)
def dua_kali(texts: Texts) -> Outcome:
    """Paragraphs that stand twice; the later one is the fault."""
    first: dict[str, At] = {}
    for passage in texts.passages:
        wanted = (passage.is_narasi and passage.key == "teks") or (
            passage.sheet == "indikator" and passage.key in _EXPLAINING
        )
        if not wanted or not isinstance(passage.place, At):
            continue
        for line in passage.text.splitlines():
            text = " ".join(near.words(line))
            if len(text) < _LONG:
                continue
            before = first.setdefault(text, passage.place)
            if before is not passage.place:
                said = before.table.cell(before.row, before.key)
                yield Fault(
                    passage.place,
                    f"Alinea ini sama dengan {said}.",
                    actual=f"{squeeze(line)[:60]}…",
                    related=(before,),
                )
                break


@rule(
    Rule(
        code="NAR-013",
        severity=Severity.WARNING,
        title="Nomor daftar tidak urut",
        what="Nomor di depan baris (1. 2. 3.) pada setiap Bagian diperiksa urutannya. Daftar baru boleh mulai lagi "
        "dari 1.",
        why="Nomor yang berulang atau terlewat biasanya sisa butir yang dihapus atau disisipkan.",
        fix="Perbaiki nomornya, atau hapus nomor yang bukan bagian daftar.",
        example="Butir bernomor 1, 2, lalu 2 lagi.",
    )
)
def nomor_urut(texts: Texts) -> Outcome:
    """List numbers of each part, one run for each way of writing them."""
    last: dict[tuple[str, str], tuple[int, At]] = {}
    for passage in texts.narasi:
        if passage.key != "teks" or not isinstance(passage.place, At):
            continue
        for style, number in _numbers(passage.text):
            before, place = last.get((passage.bagian, style), (0, passage.place))
            last[passage.bagian, style] = (number, passage.place)
            if number in {before + 1, 1}:
                continue
            said = f"sesudah nomor {before}" if before else "di awal daftar"
            yield Fault(
                passage.place,
                f"Nomor {number} berada {said}.",
                expected=str(before + 1),
                actual=str(number),
                related=(place,) if place is not passage.place else (),
            )


def _numbers(text: str) -> Iterator[tuple[str, int]]:
    """The list numbers at the beginning of lines, with the marks around them."""
    for line in text.splitlines():
        match = _NUMBERED.match(line)
        if match is not None:
            yield match["open"] + match["close"], int(match["number"])
