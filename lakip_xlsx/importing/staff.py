"""Staff: lists with one person in each row, which are counted, and tables that count already."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from lakip_xlsx.importing.amounts import Doubt, count
from lakip_xlsx.importing.proposal import NONE, Given, Record, Sum, Taken, Years, name_key
from lakip_xlsx.importing.tables import Column, Table, lines_above
from lakip_xlsx.importing.vocabulary import Concept
from lakip_xlsx.numbers import fold, show
from lakip_xlsx.workbook.labels import begins_as_total, plain_label
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.sheets import BY_KEY

_GROUPS = {
    Concept.PENDIDIKAN: "Pendidikan",
    Concept.GOLONGAN: "Golongan",
    Concept.JABATAN: "Jabatan",
    Concept.KELAMIN: "Jenis Kelamin",
    Concept.STATUS: "Status Kepegawaian",
}
_DEGREES = (  # the first that fits
    ("S 3", r"s ?-?3|doktor|strata (?:3|iii)"),
    ("S 2", r"s ?-?2|magister|strata (?:2|ii)|pasca ?sarjana"),
    ("S 1 / D IV", r"s ?-?1|d ?-?(?:iv|4)|sarjana|strata (?:1|i)|diploma (?:iv|4)"),
    ("D III", r"d ?-?(?:iii|3)|diploma (?:iii|3)|sarjana muda"),
    ("D II", r"d ?-?(?:ii|2)|diploma (?:ii|2)"),
    ("D I", r"d ?-?(?:i|1)|diploma (?:i|1)"),
    ("SLTA", r"slta|sma|smk|smu|stm|sma/smk|ma|slta/sederajat|sma/sederajat|smea|man"),
    ("SLTP", r"sltp|smp|mts"),
    ("SD", r"sd|mi|sekolah dasar"),
)
_RANK = re.compile(r"(?<![a-z])(iv|iii|ii|i)\s*[/.]?\s*[a-e](?![a-z])")
_CONTRACT = re.compile(r"\b(?:pppk|p3k)\b")
_HONORARY = re.compile(r"\b(?:honorer|non ?-?asn|thl|ptt|kontrak|tenaga harian|tks)\b")
_MALE, _FEMALE = frozenset({"l", "lk", "laki-laki", "laki laki", "pria"}), frozenset({"p", "pr", "perempuan", "wanita"})
_YEAR_END = re.compile(r"\b31 desember\b|\bakhir tahun\b|\bper desember\b")
_YEAR_START = re.compile(r"\b1 januari\b|\bawal tahun\b|\bper januari\b")


def take_list(table: Table, taken: Taken, years: Years) -> None:
    """Count the people of a list, by each of its columns; in which column they belong only its title can say."""
    said = fold(" ".join(lines_above(table)))
    starts, ends = _YEAR_START.search(said), _YEAR_END.search(said)
    if (starts is None) == (ends is None):
        taken.leave(
            table.name, "tidak tertulis keadaan per 1 Januari atau per 31 Desember; tulis di judulnya, lalu ulangi"
        )
        return
    key = "awal" if starts else "akhir"
    if years.back == 1 and ends:
        key = "awal"  # the end of last year is the beginning of this one
    elif years.back:
        taken.leave(table.name, f"keadaan tahun {years.source}, sedangkan laporannya tahun {years.report}")
        return
    name, sex = table.having(Concept.NAMA)[0], next(iter(table.having(Concept.KELAMIN)), None)
    rows = [row for row in table.rows if _is_person(table, row, name)]
    for concept, group in _GROUPS.items():
        columns = table.having(concept)
        if columns:
            _count(table, rows, (columns[0], concept, group), (sex, key), taken)
    taken.told.append(f"{len(rows)} orang dihitung sebagai keadaan {'awal' if key == 'awal' else 'akhir'} tahun")


def _is_person(table: Table, row: int, name: Column) -> bool:
    text = table.text(row, name)
    return bool(text) and text not in NONE and not begins_as_total(plain_label(text)) and len(table.grid.rows[row]) > 2


def _count(
    table: Table,
    rows: list[int],
    what: tuple[Column, Concept, str],
    how: tuple[Column | None, str],
    taken: Taken,
) -> None:
    column, concept, group = what
    sex, key = how
    everybody: Counter[str] = Counter()
    men: Counter[str] = Counter()
    women: Counter[str] = Counter()
    unknown: list[int] = []
    for row in rows:
        label = _label(concept, table.text(row, column))
        if not label:
            unknown.append(row)
            continue
        everybody[label] += 1
        of = fold(table.text(row, sex))
        men[label] += of in _MALE
        women[label] += of in _FEMALE
    if unknown:
        shown = f"{group}: {len(unknown)} orang tidak dikenal golongannya, jadi kelompok ini tidak dihitung"
        taken.leave(table.place(unknown[0], column), shown)
        return
    source = f"{table.name}: hitungan {len(rows)} orang menurut kolom {column.heading}"
    for label, number in everybody.items():
        record = Record("pegawai", (group, name_key(label)))
        record.give("kelompok", Given(group, source))
        record.give("uraian", Given(label, source))
        record.give(key, Given(Decimal(number), source))
        if sex is not None and key == "akhir" and men[label] + women[label] == number:
            record.give("laki", Given(Decimal(men[label]), source))
            record.give("perempuan", Given(Decimal(women[label]), source))
        taken.records.append(record)
    taken.sums.append(Sum(f"{group} (orang)", Decimal(len(rows)), None, Decimal(everybody.total())))


def _label(concept: Concept, text: str) -> str:
    """The word of the workbook for what stands in a list; empty where it is none that is known for certain."""
    said = fold(text)
    if concept is Concept.KELAMIN:
        return "Laki-laki" if said in _MALE else "Perempuan" if said in _FEMALE else ""
    if concept is Concept.PENDIDIKAN:
        first = re.split(r"[\s,.(]+(?=[a-z]{4,})", said.replace(".", ""))[0].strip()
        return next((label for label, words in _DEGREES if re.fullmatch(words, first) or re.fullmatch(words, said)), "")
    if _CONTRACT.search(said):
        return "PPPK"
    if _HONORARY.search(said):
        return "Non-ASN"
    if concept is Concept.GOLONGAN:
        rank = _RANK.search(said)
        return f"Golongan {rank[1].upper()}" if rank else ""
    if concept is Concept.STATUS:
        return "PNS" if said in {"pns", "asn", "cpns", "pns/cpns"} else ""
    return ""  # titles of posts are too many to be sorted without a guess


def take_counts(table: Table, taken: Taken, years: Years) -> None:
    """A table that counts: by education, rank, post or sex, at the beginning and the end of the year."""
    if years.back:
        taken.leave(table.name, f"keadaan tahun {years.source}, sedangkan laporannya tahun {years.report}")
        return
    labelled = table.having(Concept.URAIAN, *_GROUPS, Concept.JENIS)
    label = next((c for c in labelled if c.about.concept is not Concept.JENIS), labelled[0])
    group_of = next((c for c in table.having(Concept.JENIS) if c is not label), None)
    words = Words(BY_KEY["pegawai"].field("kelompok"))
    named = _GROUPS.get(label.about.concept, "") or _named(table, words)
    columns = {
        key: found[0]
        for concept, key in (
            (Concept.AWAL, "awal"),
            (Concept.AKHIR, "akhir"),
            (Concept.LAKI, "laki"),
            (Concept.PEREMPUAN, "perempuan"),
        )
        if len(found := table.having(concept)) == 1
    }
    book = _Counts(table, taken, columns)
    for row in table.rows:
        text = table.text(row, label)
        group = words(table.text(row, group_of)) if group_of else named or _group_of(text)
        if text not in NONE:
            book.take(row, label, text, group)
    book.add_up()


class _Counts:
    """The rows of a table that counts, and their sums."""

    def __init__(self, table: Table, taken: Taken, columns: dict[str, Column]) -> None:
        self._table, self._taken, self._columns = table, taken, columns
        self._added: Counter[str] = Counter()
        self._totals: dict[str, Decimal] = {}

    def take(self, row: int, label: Column, text: str, group: str) -> None:
        """One row: a label with its counts, or the printed total."""
        counts = {key: count(self._table.cell(row, column)) for key, column in self._columns.items()}
        if not any(isinstance(value, Decimal) for value in counts.values()):
            return
        if begins_as_total(plain_label(text)):
            self._totals |= {key: value for key, value in counts.items() if isinstance(value, Decimal)}
            return
        if not group:
            why = f'"{text}" tidak jelas kelompoknya (pendidikan, golongan, jabatan, …)'
            self._taken.leave(self._table.place(row), why)
            return
        record = Record("pegawai", (group, name_key(text)))
        record.give("kelompok", Given(group, self._table.place(row)))
        record.give("uraian", Given(text, self._table.place(row, label)))
        for key, value in counts.items():
            place = self._table.place(row, self._columns[key])
            if isinstance(value, Doubt):
                self._taken.leave(place, value.why)
            elif isinstance(value, Decimal):
                record.give(key, Given(value, place))
                self._added[key] += int(value)
        self._taken.records.append(record)

    def add_up(self) -> None:
        """Hold the sums against the printed ones."""
        for key in ("awal", "akhir"):
            if key not in self._columns:
                continue
            added, printed = Decimal(self._added[key]), self._totals.get(key)
            self._taken.sums.append(Sum(f"{key.capitalize()} tahun (orang)", added, printed, added))
            if printed is not None and printed != added:
                why = f"{key}: jumlah tercetak {show(printed)}, jumlah barisnya {show(added)}"
                self._taken.leave(self._table.name, why)


def _named(table: Table, words: Words) -> str:
    """The group that the lines in front of a table name, the nearest first."""
    for line in reversed(list(lines_above(table))):
        said = fold(line)
        for group in BY_KEY["pegawai"].field("kelompok").choices:
            if fold(group) in said or words(line) == group:
                return group
    return ""


def _group_of(text: str) -> str:
    """The group that a row by itself belongs to: only what the blank workbook offers says so."""
    wanted = name_key(text)
    found = {group for group, *rest in BY_KEY["pegawai"].presets if rest and name_key(rest[0]) == wanted}
    return found.pop() if len(found) == 1 else ""
