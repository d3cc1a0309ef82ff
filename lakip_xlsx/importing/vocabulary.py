"""What the headings of foreign tables mean, by their words: whatever their order, their case and small slips.

A heading may stand in one cell or be stacked over several ("Realisasi" over "Triwulan" over "II"); here it is one
text. What none of the words explains means nothing, and its column is told as left over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from lakip_xlsx import bahasa
from lakip_xlsx.numbers import fold


class Concept(StrEnum):
    """What a column holds; the value is what people are told."""

    NO = "nomor urut"
    KODE = "kode"
    URAIAN = "uraian"
    JENIS = "jenis"
    TUJUAN = "tujuan"
    SASARAN = "sasaran"
    INDIKATOR = "indikator"
    SATUAN = "satuan"
    TARGET = "target"
    REALISASI = "realisasi kinerja"
    PAGU = "anggaran"
    BELANJA = "realisasi keuangan"
    STANDAR = "standar nasional"
    SUMBER_DANA = "sumber dana"
    SUMBER_DATA = "sumber data"
    PENANGGUNG = "penanggung jawab"
    AKSI = "rencana aksi"
    KETERANGAN = "keterangan"
    TAHUN = "tahun"
    OPD = "perangkat daerah"
    NILAI_TAHUN = "nilai menurut tahun"
    NAMA = "nama pegawai"
    NIP = "NIP"
    GOLONGAN = "golongan"
    JABATAN = "jabatan"
    PENDIDIKAN = "pendidikan"
    KELAMIN = "jenis kelamin"
    STATUS = "status kepegawaian"
    AWAL = "awal tahun"
    AKHIR = "akhir tahun"
    LAKI = "laki-laki"
    PEREMPUAN = "perempuan"
    JUMLAH = "jumlah"
    HITUNGAN = "hitungan (dihitung sendiri)"  # percentages, differences, predicates
    LAIN = "tidak dipakai"  # cash plans, physical progress, links


@dataclass(frozen=True, slots=True)
class Meaning:
    """A concept with what its heading says more.

    ``level`` is the step of the hierarchy ("Program", "Rekening", …); ``phase`` grows from the first budget of the
    year to its last change; ``plan`` marks the target at the end of the Renstra; ``summed`` an amount up to a month.
    """

    concept: Concept
    level: str = ""
    phase: int = 0
    quarter: int = 0
    month: int = 0
    year: int = 0
    plan: bool = False
    summed: bool = False
    percent: bool = False


_WORDS = frozenset(
    """
    nomor kode rekening uraian nama program kegiatan subkegiatan anggaran pagu realisasi belanja keuangan sumber dana
    pendanaan target indikator kinerja sasaran strategis satuan triwulan keterangan capaian persentase perubahan
    sebelum setelah sesudah murni tujuan utama keluaran penanggung jawab pegawai golongan pangkat jabatan pendidikan
    kelamin perempuan bertambah berkurang selisih alokasi jumlah tahun urusan bidang perangkat daerah koefisien volume
    harga rincian perhitungan lokasi prakiraan bulanan tahunan kemajuan persen menurut terealisasi pencapaian plafon
    januari februari maret april juni juli agustus september oktober november desember belum dicairkan efisiensi
    pergeseran daerah kabupaten penyerapan serapan kumulatif perjanjian rencana jangka menengah definitif semula menjadi
    akuntansi rupiah penuh dokumen pelaksanaan tahapan renja pk rkt
    """.split()  # noqa: SIM905  read as a page, not as a column
)
_SMALL = frozenset(
    """
    no kd rp rupiah % l p lk pr dan atau per menurut ke s/d sd s d di pada untuk akhir awal januari desember bulan tw
    i ii iii iv total jml ket opd skpd unit dpa rka dppa papbd apbd simda sipd nilai persen renstra rpjmd nasional
    standar data sisa fisik gol ruang tmt nip usia jk sat target orang giat sub tagging kas spd dkkb rak induk akun
    lalu ini tri predikat aksi langkah rencana kebutuhan bulanan penarikan lokasi perangkat daerah instansi iku
    pencapaian laki penyerapan serapan deviasi efisiensi pergeseran semula menjadi tahunan asn kualifikasi terakhir
    """.split()  # noqa: SIM905
)
_LONGEST = 120
_MONTHS = {name.casefold(): at for at, name in enumerate(bahasa.MONTHS, start=1)}
_MONTHS |= {name[:3]: at for name, at in _MONTHS.items()} | {"agt": 8, "agts": 8, "ags": 8, "sept": 9, "nop": 11}
_MONTHS |= {"nopember": 11, "pebruari": 2}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"\b(?:tw|triwulan|tribulan|triw|kuartal)[ ./-]*(?:ke[ -]*)?(iv|iii|ii|i|[1-4])\b")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_SUMMED = re.compile(r"\b(?:s ?[./]? ?d|sampai dengan|sd|kumulatif)\b")
_LEVELS = (
    ("Sub Kegiatan", re.compile(r"\bsub ?kegiatan\b|\bsub ?giat\b|\bsubkeg\b")),
    ("Kegiatan", re.compile(r"\bkegiatan\b|\bgiat\b")),
    ("Program", re.compile(r"\bprogram\b")),
    ("Rekening", re.compile(r"\brekening\b|\bakun\b|\bbelanja\b|\bobjek\b|\bkomponen\b")),
    ("Bidang", re.compile(r"\bbidang\b")),
    ("Urusan", re.compile(r"\burusan\b")),
)


def is_heading(text: str) -> bool:
    """Whether a text can be a heading by itself: it means something, and most of its words are words of headings."""
    if len(text) > _LONGEST or meaning(text) is None:
        return False
    words = [word for word in re.split(r"[ /&]+", _plain(text)) if word]
    known = sum(word in _WORDS or word in _SMALL or word in _MONTHS or word.isdigit() for word in words)
    return bool(known >= 0.6 * len(words))


def is_lower_heading(text: str) -> bool:
    """Whether a text can stand under another heading: Rp, %, I, 2024, Target."""
    plain = _plain(text)
    is_period = plain in _MONTHS or _QUARTER.fullmatch(plain) or _YEAR.fullmatch(plain) or plain in _ROMAN
    return bool(is_period) or plain in _SMALL or is_heading(text)


def is_understood(text: str) -> bool:
    """Whether every word of a heading is known: then nothing in it can say that the column is something else."""
    words = [word for word in re.split(r"[ /&%]+", _plain(text)) if word]
    return all(word in _WORDS or word in _SMALL or word in _MONTHS or word.isdigit() for word in words)


@lru_cache(maxsize=4096)
def meaning(heading: str) -> Meaning | None:
    """What a heading means; None if its words say nothing that is known."""
    text = _plain(heading)
    if not text:
        return None
    concept = next((rule.concept for rule in _RULES if rule.fits(text)), None)
    return None if concept is None else _about(text, concept)


def _plain(heading: str) -> str:
    """The words of a heading: no case, no signs but %, slips of the keyboard mended."""
    text = re.sub(r"[^\w%&/ ]+", " ", fold(heading).replace("_", " ").replace("sub-kegiatan", "sub kegiatan"))
    words = (_mended(word) for word in text.replace("/", " / ").split())
    return re.sub(r" / ", "/", " ".join(words))


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    if len(word) < 5 or word in _WORDS or not word.isalpha():
        return word
    near = process.extractOne(word, _WORDS, scorer=fuzz.ratio, score_cutoff=86)
    return near[0] if near else word


def _about(text: str, concept: Concept) -> Meaning:
    """A concept with level, period and year of its heading."""
    quarter, year = _QUARTER.search(text), _YEAR.search(text)
    months = [_MONTHS[word] for word in re.split(r"[ /]", text) if word in _MONTHS]
    return Meaning(
        concept,
        level=_level(text) if concept in _LEVELLED else "",
        phase=_phase(text) if concept in {Concept.PAGU, Concept.TARGET} else 0,
        quarter=_ROMAN[quarter[1]] if quarter else 0,
        month=months[-1] if months and not quarter else 0,
        year=int(year[0]) if year else 0,
        plan=concept is Concept.TARGET and _found("akhir|jangka menengah|renstra|rpjmd", text),
        summed=_SUMMED.search(text) is not None,
        percent="%" in text or "persen" in text,
    )


_LEVELLED = frozenset(
    {Concept.KODE, Concept.URAIAN, Concept.INDIKATOR, Concept.SATUAN, Concept.TARGET, Concept.REALISASI}
)


def _level(text: str) -> str:
    """The step of the hierarchy that a heading names; none where it names several steps."""
    if re.search(r"\bsasaran\b", text):
        return "Sasaran"
    named, rest = [], text
    for level, pattern in _LEVELS:
        if pattern.search(rest):
            named.append(level)
            rest = pattern.sub(" ", rest)
    return named[0] if len(named) == 1 else "Bidang" if named == ["Bidang", "Urusan"] else ""


def _phase(text: str) -> int:
    """0 not said, 1 the first budget, 2 shifted or cut, 3 changed, 4 the last amended."""
    if re.search(r"\b(?:sebelum|murni|induk|semula|awal|rka)\b", text):
        return 1
    if re.search(r"\b(?:pergeseran|efisiensi|refocusing)\b", text):
        return 2
    if re.search(r"\b(?:perubahan|papbd|apbdp|dppa|menjadi|setelah|sesudah|p apbd|apbd p)\b", text):
        return 3
    return 2 if re.search(r"\bdpa\b", text) else 0


class _Rule(NamedTuple):
    """A concept is meant where ``words`` are found and ``unless`` are not; both are patterns of whole words."""

    concept: Concept
    words: str
    unless: str = ""

    def fits(self, text: str) -> bool:
        """Whether the rule fits a heading."""
        return _found(self.words, text) and not (self.unless and _found(self.unless, text))


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def _found(words: str, text: str) -> bool:
    return bool(_pattern(words).search(text))


_RULES = (  # the first that fits decides
    # numbering, and what is computed anyway
    _Rule(Concept.NO, r"^(?:no|nomor|no urut|nomor urut)$"),
    _Rule(Concept.AKSI, "rencana aksi|renaksi|aksi"),
    _Rule(Concept.HITUNGAN, r"sisa|selisih|deviasi|saldo|bertambah|berkurang|lebih/? ?kurang"),
    _Rule(Concept.LAIN, r"fisik|kas|rak|spd|dkkb|penarikan|volume|harga|koefisien|ppn|lokasi|prakiraan|usulan|n\+1"),
    _Rule(Concept.LAIN, "tahun lalu|tahun sebelumnya|bulan lalu|bulan ini|belum|indikatif", "indikator|sasaran"),
    _Rule(Concept.HITUNGAN, "predikat|kriteria|kategori|perubahan setahun|serapan|penyerapan|efisiensi %"),
    _Rule(Concept.STANDAR, "standar nasional|nasional", "prioritas"),
    _Rule(Concept.HITUNGAN, r".*%|persen|persentase|prosentase|capaian|kemajuan", "indikator|target|pencapaian"),
    # indicators, targets, what was reached
    _Rule(Concept.SUMBER_DATA, "sumber data"),
    _Rule(Concept.SATUAN, r"^(?:.*[ /])?(?:satuan|sat)(?: target| indikator)?$"),
    _Rule(Concept.TARGET, "target", "anggaran|pagu|keuangan"),
    _Rule(Concept.INDIKATOR, "indikator|iku|ikk|tolok ukur", "jumlah indikator|kode"),
    _Rule(
        Concept.BELANJA,
        r"(?=.*(?:keuangan|anggaran|belanja|nilai|dana|spj|apbd|rp|rupiah)).*(?:realisasi|terealisasi|pencapaian)",
    ),
    _Rule(Concept.REALISASI, "realisasi|terealisasi|pencapaian|realisasinya"),
    # codes, names and amounts of a budget
    _Rule(Concept.SUMBER_DANA, "sumber dana|sumber pendanaan|sumber anggaran|sumber pembiayaan|sumber"),
    _Rule(Concept.OPD, r"(?:kode|kd) (?:skpd|opd|unit|sub unit).*"),
    _Rule(Concept.KODE, r"kode|kd|no rekening|^rekening$", "uraian|nama|program & kode"),
    _Rule(Concept.PENANGGUNG, "penanggung jawab|penanggungjawab|pelaksana|pengampu"),
    _Rule(Concept.OPD, "skpd|opd|perangkat daerah|unit kerja|instansi", "program|anggaran"),
    _Rule(Concept.PAGU, r"anggaran|pagu|alokasi|p?apbd|dppa|dpa|rka|plafon|dana", "uraian|nama|tahun anggaran|jenis"),
    _Rule(
        Concept.PAGU,
        r"(?=.*(?:jumlah|perubahan|rp|rupiah|pergeseran)).*(?:sebelum|setelah|sesudah|semula|menjadi|murni)",
    ),
    # staff
    _Rule(Concept.NIP, r"^nip.*|nomor induk pegawai"),
    _Rule(Concept.NAMA, r"^nama(?: pegawai| lengkap| asn|/nip| dan gelar| pejabat)?$"),
    _Rule(Concept.LAKI, r"^l$|laki laki|pria|lk|.*[ /]l$", "l/p|l & p"),
    _Rule(Concept.PEREMPUAN, r"^p$|perempuan|wanita|pr|.*[ /]p$", "l/p|l & p"),
    _Rule(Concept.AWAL, "1 januari|awal tahun"),
    _Rule(Concept.AKHIR, "31 desember|akhir tahun", "target|realisasi"),
    _Rule(Concept.KELAMIN, "kelamin|jk|gender|l/p"),
    _Rule(Concept.GOLONGAN, "golongan|gol|pangkat"),
    _Rule(Concept.PENDIDIKAN, "pendidikan|ijazah"),
    _Rule(Concept.STATUS, "status kepegawaian|status pegawai|status asn|jenis pegawai"),
    _Rule(Concept.JABATAN, "jabatan|eselon"),
    # names and remarks; a year that stands alone
    _Rule(Concept.KETERANGAN, "keterangan|ket|catatan"),
    _Rule(
        Concept.URAIAN,
        r"uraian|program|kegiatan|subkegiatan|sub kegiatan|belanja|nomenklatur|urusan|akun|giat|nama rekening",
    ),
    _Rule(Concept.SASARAN, "sasaran"),
    _Rule(Concept.TUJUAN, "tujuan"),
    _Rule(Concept.JENIS, r"^(?:jenis|level|tingkat|tipe|kelompok)$"),
    _Rule(Concept.TAHUN, r"^(?:tahun|tahun anggaran|ta)$"),
    _Rule(Concept.NILAI_TAHUN, r"^(?:tahun )?(?:19|20)[0-9]{2}$"),
    _Rule(Concept.JUMLAH, "jumlah|total|jml"),
)
