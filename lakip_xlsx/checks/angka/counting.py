"""How many there are of things: what a sentence counts, of the whole office or of one thing that it names.

"The whole" must be said or be meant beyond doubt; a part ("3 program teknis", "1 indikator atau 10%", "pada misi
IV") is no claim about the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lakip_xlsx.checks.angka.index import Index
from lakip_xlsx.checks.angka.kinds import Figure, Kind, Measure, Subject
from lakip_xlsx.checks.angka.names import Named
from lakip_xlsx.checks.angka.quantities import BANYAK, PEGAWAI, parts, reached, whole_counts
from lakip_xlsx.checks.angka.read import Mention
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.places import At
from lakip_xlsx.numbers import fold

_NOUN = Pattern(
    r"^(?:(?:\s*\([^()]{1,60}\))?\s*(?:buah\s+|butir\s+|jenis\s+)?)"
    r"(?P<noun>sub[\s-]?kegiatan|kegiatan|program|sasaran|indikator|tujuan|misi|sumber\s+dana|orang|pegawai|aparatur|asn)"
    r"(?P<kind>(?:\s+(?:kinerja|sasaran|strategis|renstra|pegawai|aparatur|asn|kegiatan|perangkat\s+daerah|dinas))*)\b"
)
_PART_OF = Pattern(
    r"^\s*(?:\([^()]{1,40}\)\s*)?dari\s+(?:total\s+|keseluruhan\s+)?[a-z0-9]+(?:\s+(?:belas|puluh)(?:\s+[a-z]+)?)?"
    r"\s*(?:\([^()]{1,40}\)\s*)?(?P<noun>indikator|sasaran)(?:\s+(?:kinerja|strategis|utama))*"
)
_OUT_OF = Pattern(
    r"(?:[0-9]|\)|\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belas|puluh))\s+dari\s+(?:total\s+)?$"
)
_BEHIND = Pattern(
    r"^\s*(?:$|[.,;:)§]|hanya\b|terdapat\b|sebanyak\b|ada\b|(?:dan|serta|maupun|atau)\b(?!\s+[0-9]+\s*(?:%|persen))|dengan\s+(?:[0-9]|total|jumlah|anggaran|rincian|\w+\s+\()|"
    r"untuk\s+(?:[0-9]|dua|tiga|empat|lima|enam|tujuh|delapan|mencapai|mewujudkan|mendukung|mengukur)|guna\s+(?:mencapai|mewujudkan|mendukung)|yang\s+(?:diukur|ditetapkan|"
    r"diperjanjikan|dijabarkan|tertuang|tercantum|terdiri|terbagi|tersebar|dimiliki|ada\b|harus|menjadi\s+tanggung|dilaksanakan\s*(?:$|[.,;])|"
    r"telah\s+(?:ditetapkan|diperjanjikan|direncanakan)|akan\s+dicapai)|dalam\s+(?:[0-9]|beberapa|rangka|mencapai|perjanjian|renstra|"
    r"rencana|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)|ke\s+dalam|pada\s+(?:[0-9]|tahun|akhir)|"
    r"tahun|selama|melalui|sebagai|diukur|didukung|dicapai|diwujudkan|dilaksanakan|adalah|terdiri|tersebut|di\s+tahun|sesuai|meliputi|yaitu|yakni|per\s+31|kinerja\b)"
)
_OFFICE_WIDE = Pattern(
    r"\b(?:melaksanakan|dilaksanakan|merencanakan|direncanakan|menetapkan|ditetapkan|memiliki|mempunyai|menjabarkan|dijabarkan|"
    r"menyelenggarakan|mewujudkan|diwujudkan|diukur|mengukur|didukung|terdiri|terbagi|mencakup|meliputi|memuat|seluruh|capaian|pencapaian|hasil|"
    r"keseluruhan|semua|total|berjumlah|sejumlah|jumlah|seluruhnya|melalui|terdapat|mengelola|menjalankan|dijalankan|dari|atas|dalam|"
    r"dengan|ke\s+dalam|memperjanjikan|menggunakan|dilakukan\s+terhadap|sebanyak)\b"
)
_PARTIAL = Pattern(
    r"\b(?:sisa|sisanya|hanya|baru|sekitar|kurang|lebih|paling|minimal|maksimal|masing-masing|setiap|tiap|per|rata-rata|"
    r"antara|di\s?antaranya|termasuk|tambahan|bertambah|berkurang|ditambah|dikurangi|selisih|tersisa|bidang|seksi|subbagian|"
    r"sub\s?bagian|sekretariat|nasional|provinsi|kecamatan|desa|kelurahan|puskesmas|sekolah|upt\w*|berpredikat|predikat|kategori|"
    r"terlaksana|kecuali|selain|salah\s+satu|misalnya|antara\s+lain|khusus\w*|sebagian|prioritas|unggulan|misi\s+\w+|"
    r"tujuan\s+(?:ke|[ivx0-9])\w*|sebelumnya|semula|awalnya|dihapus|digabung|dipindah\w*|dialihkan|mutasi|pensiun|"
    r"mengikuti|ikut|dilatih|menerima|peserta|pelatihan|rakor|rapat|sosialisasi|bimtek|fungsional|struktural|honorer|kontrak|"
    r"kekurangan|membutuhkan|kebutuhan|idealnya|formasi|rekomendasi|temuan|inovasi|gubernur|presiden|bupati|walikota|rpjm\w*|"
    r"rkpd|lain|lainnya|kementerian|dinas\s+lain)\b|\u00a7"
)
_HIGHER = {
    "indikator": ("sasaran", "program", "kegiatan", "misi", "tujuan"),
    "sub kegiatan": ("program", "kegiatan", "sasaran"),
    "kegiatan": ("program", "sasaran"),
    "program": ("sasaran", "tujuan", "misi"),
    "sasaran": ("tujuan", "misi"),
}
_PLURAL = re.compile(
    r"(?:[0-9)]|\b(?:seluruh|semua|setiap|keseluruhan|dan|indikator|kinerja|capaian|analisis|tingkat|mencapai|mewujudkan|pencapaian|"
    r"pelaksanaan|terhadap|atas|satunya|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belas|puluh))\s*$"
)
_MET = Pattern(
    r"^\s*(?:(?:sasaran|kinerja|utama|strategis)\s+)*(?:\(?(?:atau\s+|sebesar\s+)*[0-9]+(?:[.,][0-9]+)?\s*(?:%|persen)\)?\s*)?(?:yang\s+)?(?:telah\s+|sudah\s+|berhasil\s+|dapat\s+|dinyatakan\s+)*"
    r"(?:(?P<beyond>melampaui|melebihi)|mencapai(?:\s+(?:atau|maupun|dan/atau)\s+(?:melampaui|melebihi))?|memenuhi|tercapai|terpenuhi)(?:\s+(?:target|100\s*%|100\s+persen))?"
    r"(?=\s*(?:$|[.,;:)]|dan\b|serta\b|sedangkan\b|sementara\b|target|dengan\s+capaian|sesuai))"
)
_MISSED = Pattern(
    r"^\s*(?:(?:sasaran|kinerja|utama|strategis)\s+)*(?:\(?(?:atau\s+|sebesar\s+)*[0-9]+(?:[.,][0-9]+)?\s*(?:%|persen)\)?\s*)?(?:yang\s+)?(?:masih\s+)?(?:(?:belum|tidak|gagal)\s+(?:dapat\s+|berhasil\s+)?"
    r"(?:mencapai|memenuhi|tercapai|terpenuhi)|(?:belum|tidak)(?=\s*(?:$|[.,;]))|(?:berada\s+)?di\s*bawah\s+(?:target|100))"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence counts: the true figures (the first is told), and whether it must be one of them."""

    noun: str
    figures: tuple[Figure, ...]
    certain: bool


class Counting:
    """The counts that sentences claim, against those of one workbook."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def _whole(self) -> dict[str, tuple[Figure, ...]]:
        found: dict[str, list[Figure]] = {}
        for noun, value, place in whole_counts(self._index.book, self._index.figures):
            found.setdefault(noun, []).append(Figure(Decimal(value), noun, BANYAK, Measure.BANYAK, 0, (place,)))
        for figure in self._index.of(PEGAWAI):
            if figure.measure is Measure.BANYAK:
                found.setdefault("pegawai", []).append(figure)
        return {noun: tuple(figures) for noun, figures in found.items()}

    def claim(self, line: str, plain: str, one: Mention, named: Sequence[Named]) -> Claim | None:
        """What a number counts; None where it counts nothing that the workbook knows."""
        bare_end = one.end
        of_them = _PART_OF.match(plain[bare_end:])
        if of_them is not None and not (one.unit or one.year):
            return self._outcome(of_them["noun"], plain[: one.start], plain[bare_end + of_them.end() :])
        noun_at = _NOUN.match(plain[bare_end:])
        if noun_at is None or one.unit or one.year:
            return None
        noun = _noun(noun_at["noun"], noun_at["kind"], plain)
        if noun is None:
            return None
        before, after = plain[: one.start], plain[bare_end + noun_at.end() :]
        if _OUT_OF.search(before):
            return Claim(noun, self._whole.get(noun, ()), certain=not one.rough and "\u00a7" not in before)
        if noun in {"indikator", "sasaran"} and (found := self._outcome(noun, before, after)) is not None:
            return found
        if noun == "pegawai":
            return self._staff(before, after, noun_at["kind"])
        owner = self._owner(noun, line, one, named)
        if owner is not None:
            return owner
        figures = self._whole.get(noun, ())
        return Claim(noun, figures, not one.rough and self._is_whole(noun, before, after))

    def _is_whole(self, noun: str, before: str, after: str) -> bool:
        clause = re.split(r"[,:;]|\bdan\b|\bserta\b|\bsedangkan\b", before)[-1]
        if _PARTIAL.search(clause) or not _BEHIND.match(after):
            return False
        if not _OFFICE_WIDE.search(before):
            return False
        for higher in _HIGHER.get(noun, ()):
            for found in re.finditer(rf"\b{higher}\b", before):
                if not _PLURAL.search(before[: found.start()]) and before[: found.start()].strip():
                    return False
        return "§" not in before and _FOREIGN.search(before) is None

    def _outcome(self, noun: str, before: str, after: str) -> Claim | None:
        """So many indicators that reached their target, or did not."""
        missed, met = _MISSED.match(after), _MET.match(after)
        values = reached(self._index.figures)[noun]
        table = self._index.book.table("indikator")
        if not (missed or met) or not values or table is None:
            return None
        full, beyond, exact, short = parts(values)
        right = (short,) if missed else (beyond, full) if met and met["beyond"] else (full, exact)
        place = At(table, table.header_row, "realisasi")
        figures = tuple(Figure(Decimal(each), noun, BANYAK, Measure.BANYAK, 0, (place,)) for each in right)
        clause = re.split(r"[;:]", before)[-1]
        certain = not _NOT_WHOLE.search(clause) and "§" not in before and not _PARTIAL_OUTCOME.search(after)
        certain = certain and not any(re.search(r"\btriwulan|\bsemester|\bprogram\b", part) for part in (before, after))
        return Claim(noun, figures, certain)

    def _owner(self, noun: str, line: str, one: Mention, named: Sequence[Named]) -> Claim | None:
        """So many indicators of a sasaran, kegiatan of a program: where one is named in front."""
        ahead = [each for each in named if each.end <= one.start]
        behind = [each for each in named if each.start >= one.end]
        if not ahead and behind and len(behind[0].subjects) == 1:
            own = self._own(noun, behind[0].subjects[0])
            link = re.match(
                rf"\s*(?:\([^()]*\)\s*)?{noun}(?:\s+kinerja)?\s+(?:pada|untuk|dalam|di|bagi)\s+[\"“'(]?$",
                line[one.end : behind[0].start],
            )
            if own is not None and link is not None:
                return Claim(noun, (own,), certain=not one.rough)
        if not ahead or len(ahead[-1].subjects) != 1:
            return None
        subject, between = ahead[-1].subjects[0], line[ahead[-1].end : one.start]
        own = self._own(noun, subject)
        if own is None:
            return Claim(noun, (), certain=False)
        said = re.fullmatch(
            r"[\s\"”'),(]*(?:yang\s+)?(?:ini\s+)?(?:diukur|terdiri|didukung|dilaksanakan|diwujudkan|memiliki|mempunyai|mencakup|meliputi|memuat|"
            r"dijabarkan|terbagi)\s*(?:dengan|dari|atas|melalui|oleh|ke\s+dalam|menggunakan|dalam)?\s*",
            between,
        )
        return Claim(noun, (own,), certain=said is not None and not one.rough)

    def _own(self, noun: str, subject: Subject) -> Figure | None:
        book = self._index.book
        if subject.kind is Kind.SASARAN and noun == "indikator":
            sasaran, table = self._index.figures.sasaran.get(str(subject.key)), book.table("indikator")
            if sasaran is not None and table is not None:
                place = At(table, table.header_row, "kode_sasaran")
                return Figure(Decimal(sasaran.indikator), noun, subject, Measure.BANYAK, 0, (place,))
        program = book.table("program")
        if (
            subject.kind is Kind.PROGRAM
            and isinstance(subject.key, int)
            and program is not None
            and noun.endswith("kegiatan")
        ):
            code = program.text(subject.key, "kode")
            kinds = dict(program.column("jenis"))
            below = [
                row
                for row, kode in program.column("kode")
                if code and str(kode or "").startswith(f"{code}.") and fold(str(kinds.get(row) or "")) == noun
            ]
            if below:
                return Figure(Decimal(len(below)), noun, subject, Measure.BANYAK, 0, (At(program, below[0], "kode"),))
        return None

    def _staff(self, before: str, after: str, kind: str) -> Claim | None:
        """Staff: of a row that the words behind the number name, or of the whole office."""
        table = self._index.book.table("pegawai")
        if table is None:
            return None
        near = re.split(r"[,;:]|\bdan\b", after)[0][:48]
        ahead = before[-64:]
        for figure in self._index.of(PEGAWAI):
            place = figure.places[0]
            if (
                figure.measure is Measure.DATA
                and len(figure.places) == 1
                and isinstance(place, At)
                and place.key == "akhir"
            ):
                name = re.escape(fold(table.text(place.row, "uraian")))
                said = rf"(?<![\w]){name}"
                if name and (
                    re.match(rf"^\s*(?:pegawai\s+|asn\s+)?(?:ber)?(?:jenis\s+kelamin\s+|pendidikan\s+)?{said}\b", near)
                    or re.search(rf"{said}\s+(?:(?:ada|berjumlah|sebanyak|sejumlah|sebesar|adalah)\s+)?$", ahead)
                ):
                    same = tuple(
                        each
                        for each in self._index.of(PEGAWAI)
                        if self._same_row(each, table.text(place.row, "uraian"))
                    )
                    return Claim(
                        "pegawai", same or (figure,), certain=not _PARTIAL.search(re.split(r"[,;:]", before)[-1])
                    )
        figures = self._whole.get("pegawai", ())
        clause = re.split(r"[,:;]|\bdan\b", before)[-1]
        is_whole = (
            bool(figures)
            and bool(_STAFF_WHOLE.search(clause))
            and bool(_BEHIND.match(after) or after[:12].strip() == "")
        )
        return Claim("pegawai", figures, certain=is_whole and not _PARTIAL.search(clause) and "asn" not in kind)

    def _same_row(self, figure: Figure, uraian: str) -> bool:
        place = figure.places[0] if figure.places else None
        return (
            isinstance(place, At)
            and len(figure.places) == 1
            and place.row in place.table.rows
            and (fold(place.table.text(place.row, "uraian")) == fold(uraian) and figure.measure is Measure.DATA)
        )


_STAFF_WHOLE = Pattern(
    r"\b(?:didukung|memiliki|mempunyai|berjumlah|sejumlah|sebanyak|jumlah|total|seluruh|keseluruhan|dengan|terdapat)\b"
)
_FOREIGN = Pattern(r"\b(?:rpj\w*|gubernur|kementerian|misi\s+(?:ke\w*|[ivx]+|pertama)|tujuan\s+(?:ke\w*|pertama))\b")
_NOT_WHOLE = Pattern(
    r"\b(?:misi|tujuan|bidang|program\s+\w+|triwulan|semester|kecuali|pada\s+sasaran|sasaran\s+(?:ke|[0-9])\w*|"
    r"sub\s?kegiatan|kegiatan|provinsi|nasional|kabupaten\s+lain|rpjmd|masing-masing|setiap)\b"
)
_PARTIAL_OUTCOME = Pattern(
    r"^[^.;]{0,60}\b(?:pada\s+misi|pada\s+sasaran|pada\s+tujuan|pada\s+bidang|di\s+bidang|rpjmd|akhir\s+renstra)\b"
)


def _noun(noun: str, kind: str, before: str) -> str | None:
    """The thing that is counted, or nothing: "orang" are staff only where staff is spoken of."""
    plain = re.sub(r"[\s-]+", " ", noun)
    if plain == "subkegiatan":
        return "sub kegiatan"
    if plain.startswith("sumber"):
        return "sumber"
    if plain in {"pegawai", "aparatur", "asn"} or "pegawai" in kind or "aparatur" in kind:
        return "pegawai"
    if plain == "orang":
        return (
            "pegawai"
            if re.search(r"\b(?:pegawai|aparatur|sumber\s+daya\s+manusia|personil|personel|asn)\b", before)
            else None
        )
    return plain
