"""NAR-006: years in sentences that belong to another report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import Isian
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold, visible
from lakip_xlsx.workbook.book import Form

_YEAR = r"(?:19|20)[0-9]{2}"
_ANY_YEAR = Pattern(rf"(?=({_YEAR}))")
"""Every year, also inside longer numbers: a quick look before the slower patterns."""
_RANGE = Pattern(
    rf"(?P<start>{_YEAR})\s*(?:-|–|—|/|s\.?\s?d\.?|sampai(?: dengan)?|hingga)\s*(?:tahun\s+)?(?P<end>{_YEAR})\b"
)
_LAW = Pattern(
    rf"\b(?:nomor|no)\b\.?\s*:?\s*[\w./-]{{1,80}}(?:\s+[\w./-]{{1,80}})?\s+tahun\s+{_YEAR}"
    rf"|\b(?>[0-9a-z./-]{{0,30}}?[0-9][a-z0-9.]{{0,12}}/)[a-z0-9./-]{{0,80}}(?<={_YEAR})\b"
    rf"|\btahun\s+{_YEAR}\s+(?:tentang|nomor|no)\b|[:.]{_YEAR}\b"
)
_CLAIM = Pattern(
    rf"(?P<before>\b(?:tahun(?: anggaran| laporan| pelaporan)?|t\.?a\.?|anggaran|apbd(?:-?p)?|dpa|renja|rkt|rka|"
    rf"lakip|lkjip|lkip|laporan kinerja|per 31 desember|keadaan 31 desember|posisi 31 desember)\s+)(?P<year>{_YEAR})\b"
)
_RENSTRA = Pattern(r"\b(?:renstra|rencana strategis)\b")
_OTHER_PLAN = Pattern(r"\brpj|\bprovinsi\b|\bnasional\b|\b(?:lama|lalu|sebelumnya|sebelum|terdahulu)\b")
_COMPARING = Pattern(
    r"\b(?:dibanding\w*|diperbandingkan|perbandingan|sebelumnya|lalu|terdahulu|meningkat|menurun|naik|turun|kenaikan|"
    r"penurunan|peningkatan|bertambah|berkurang|sejak|semenjak|mulai|dari tahun|berturut-turut|tren|baseline|data awal|"
    r"kondisi awal|tahun dasar|pada awal|sementara|sedangkan|semula|lebih (?:tinggi|rendah|baik))\b"
)
_ELSEWHERE = Pattern(
    r"\b(?:nasional|provinsi|pusat|kementerian|bps|bpk|kpk|sensus|survei|susenas|sakernas|podes|riskesdas|menurut|publikasi|"
    r"pandemi|covid\S*|wabah|bencana|gempa|banjir|longsor|tsunami|krisis|pemilu|pemilihan|pilkada|rpj\w*|sdgs?|"
    r"sejak|semenjak|mulai|berdiri|dibentuk|pembentukan|didirikan|lahir|diresmikan|pemekaran|dimekarkan|dibangun|"
    r"direnovasi|dihibahkan|beroperasi|menjabat|dilantik|terakhir|pertama kali|diluncurkan|terbit|"
    r"diterbitkan|diundangkan|disahkan|berlaku|dicabut|sejarah|perolehan|meraih|diraih|penghargaan|juara|piala|anugerah|opini|adipura|sertifi\w+|akreditasi|"
    r"evaluasi|penilaian|lhe|lhp|reviu|audit|pemeriksaan|rekomendasi|temuan|tindak lanjut|kurikulum|versi|angkatan|"
    r"data|edisi|kasus|putusan|peristiwa|musibah|warisan|peninggalan|utang|tunggakan|luncuran|lanjutan)\b"
)
"""What has a year of its own: other bodies, events, history, awards, evaluations. It excuses its own clause only."""
_PLANNED = Pattern(
    r"\b(?:akan|rencana|direncanakan|merencanakan|perencanaan|target|ditargetkan|usul\w*|diusulkan|mendatang|berikutnya|"
    r"depan|hingga|sampai|akhir|renstra|rpj\w*|renja|rkpd|rkt|disusun|penyusunan|dilanjutkan|selanjutnya|diharapkan|"
    r"harapan|diproyeksikan|proyeksi|prioritas|perbaikan|langkah|tindak lanjut|ditandatangani|dimulai|diupayakan|agar|"
    r"untuk|persiapan|disiapkan|dianggarkan|dialokasikan|dijadwalkan)\b"
)
_DONE = Pattern(
    r"\b(?:te?realisasi\w*|realisasi|direalisasikan|mencapai|tercapai|capaian|pencapaian|terserap|penyerapan|serapan|"
    r"melaksanakan|dilaksanakan|telah|laporan kinerja|lakip|lkjip|lkip|pengukuran|diukur|memperoleh|terlaksana|"
    r"menghasilkan)\b"
)
_OWN = Pattern(
    r"\b(?:dinas|kami|ini|tersebut|program|kegiatan|anggaran|pagu|te?realisasi|"
    r"realisasi|kinerja|capaian|target|sasaran|indikator|laporan|lakip|lkjip|lkip|renja|rkt|rka|dpa|apbd|pegawai|aparatur|"
    r"pengukuran|dilaksanakan|melaksanakan|pelaksanaan|disusun|penyusunan|pelayanan|dilakukan|diselenggarakan|renstra|rencana|dipakai|dipergunakan)\b"
)
"""What a report says of its own office; a year beside nothing of the kind belongs to something else."""
_SERIES = Pattern(r"^(?:sedangkan |sementara |adapun )?(?:pada )?(?:akhir )?tahun\b")
_CLAUSE = Pattern(r",(?![0-9])|\b(?:sedangkan|sementara|namun|tetapi|kemudian|sehingga)\b")
_NEAR = 3
_EARLIER_IN_TITLES = frozenset({"uraian", "keluaran", "judul"})


@rule(
    Rule(
        code="NAR-006",
        severity=Severity.ERROR,
        nomor=(33,),
        title="Tahun dari laporan lain",
        what="Tahun dalam kalimat, misalnya sesudah kata tahun, anggaran, atau LAKIP, dibandingkan dengan Tahun "
        "Laporan. Diterima dalam anak kalimatnya sendiri: tahun pembanding, periode Renstra, riwayat, peristiwa, "
        "penghargaan, evaluasi, data lembaga lain, rencana tahun berikutnya, nomor dan tanggal peraturan.",
        why="Tahun yang tertinggal menunjukkan kalimat yang disalin dari laporan lain dan belum diperiksa.",
        fix="Ganti tahunnya dan periksa seluruh kalimatnya, atau sebutkan bahwa itu tahun pembanding.",
        example='Laporan tahun 2019 memuat "pengukuran kinerja tahun 2014 ini".',
    )
)
def tahun_lain(texts: Texts, form: Form, numbers: Numbers) -> Outcome:
    """Years that are neither this report's nor named for a reason."""
    year = form.year("tahun")
    start, end = form.year("awal_renstra"), form.year("akhir_renstra")
    if year is None:
        return
    period = (start, end) if start is not None and end is not None else (year, year)
    office = fold(form.text("nama"))
    for passage in texts.with_digits:
        if passage.sheet == "instansi" or passage.key in {"sumber_data", "sumber_dana"}:
            continue
        for stale, shown, quote in dict.fromkeys(_stale(passage, year, period, office, numbers)):
            yield Fault(
                passage.place,
                f"{shown} tidak sesuai dengan {'lembar Instansi' if '-' in stale else f'tahun laporan {year}'}: "
                f'"{quote}".',
                expected=stale,
                actual=shown,
                related=tuple(
                    Isian(form, key) for key in (("awal_renstra", "akhir_renstra") if "-" in stale else ("tahun",))
                ),
            )


def _stale(
    passage: Passage, year: int, period: tuple[int, int], office: str, numbers: Numbers
) -> Iterator[tuple[str, str, str]]:
    """What should stand there, what stands there, and the phrase."""
    before = ""
    for place, (line, written) in enumerate(zip(passage.lines, passage.sentences, strict=True)):
        if any(said != str(year) for said in _ANY_YEAR.findall(line)):
            for right, shown in _other_period(line, year, period):
                yield right, shown, _phrase(written, shown.split(" ")[-1].split("-")[0])
            rest = _LAW.sub(lambda match: " " * len(match[0]), _RANGE.sub(lambda match: " " * len(match[0]), line))
            proved, belied = numbers.years_told(passage, place) if passage.is_prose else (frozenset(), frozenset())
            for match in (*_CLAIM.finditer(rest), *_after_name(rest, office)):
                said = int(match["year"])
                if said == year or said in proved:
                    continue
                if said in belied or not _excused(match, year, period, passage, before, office):
                    words = match["before"].strip()
                    shown = f"{words[:1].upper()}{words[1:]} {said}" if len(words) > 2 else f"Tahun {said}"
                    yield str(year), shown, _phrase(written, str(said))
            claimed = {match["year"] for match in _CLAIM.finditer(rest)}
            for told in dict.fromkeys(_ANY_YEAR.findall(rest)):
                if int(told) in belied - proved and told not in claimed:
                    yield str(year), f"Tahun {told}", _phrase(written, told)
        before = line


def _phrase(written: str, year: str) -> str:
    """The words around a year, as they are written."""
    shown = visible(written)
    at = max(0, shown.find(year))
    head, tail = shown[max(0, at - 50) : at], shown[at : at + 34]
    head = head if at <= 50 else head.partition(" ")[2]
    return f"{head}{tail if at + 34 >= len(shown) else tail.rpartition(' ')[0]}".strip(" ,;:.")


def _after_name(line: str, office: str) -> Iterator[re.Match[str]]:
    """A year right behind the name of the office: the title of a report."""
    if office:
        yield from re.finditer(rf"(?P<before>){re.escape(office)}\s*,?\s*(?P<year>{_YEAR})\b", line)


def _other_period(line: str, year: int, period: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """A period of the Renstra that is not the one in the form."""
    if not _RENSTRA.search(line) or _OTHER_PLAN.search(line):
        return
    for match in _RANGE.finditer(line):
        start, end = int(match["start"]), int(match["end"])
        before = _RENSTRA.search(line[: match.start()])
        if not before or (start, end) == period or end - start < 2:
            continue
        half_right = (start == period[0]) != (end == period[1])
        if half_right or not start <= year <= end:
            yield f"{period[0]}-{period[1]}", f"Periode Renstra {start}-{end}"


def _excused(
    match: re.Match[str], year: int, period: tuple[int, int], passage: Passage, before: str, office: str
) -> bool:
    """Whether another year is named for a reason that its own clause gives; ``before`` is the sentence before it."""
    said, line = int(match["year"]), match.string
    gap = year - said
    if not passage.is_narasi and passage.key in _EARLIER_IN_TITLES:
        return gap <= 1 or (passage.sheet == "renstra" and period[0] - 1 <= said <= period[1])
    clause = _clause(line, match.start("year"))
    if passage.is_narasi and not _OWN.search(clause) and not (office and office.split(" ", maxsplit=1)[0] in clause):
        return True
    if gap < 0:
        return not _DONE.search(clause) or _PLANNED.search(clause) is not None
    if said == period[0] and _RENSTRA.search(line):
        return True
    if _ELSEWHERE.search(clause):
        return True
    if str(year) in line or _COMPARING.search(clause):
        return gap <= _NEAR + 2
    follows = _SERIES.search(line) is not None and _COMPARING.search(before) is not None
    return gap <= _NEAR and (follows or (_COMPARING.search(line) is not None and clause.strip() != line.strip()))


def _clause(line: str, at: int) -> str:
    """The part of a sentence around a place, between the signs and words that part clauses."""
    start, end = 0, len(line)
    for found in _CLAUSE.finditer(line):
        if found.end() <= at:
            start = found.start()
        elif found.start() > at:
            end = found.start()
            break
    return line[start:end]
