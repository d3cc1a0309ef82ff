"""What kind of table this is, told by the concepts of its columns together."""

from __future__ import annotations

from enum import StrEnum

from lakip_xlsx.importing.codes import KEPT
from lakip_xlsx.importing.tables import Column, Table
from lakip_xlsx.importing.vocabulary import Concept

_STAFF = (Concept.GOLONGAN, Concept.PENDIDIKAN, Concept.JABATAN, Concept.KELAMIN, Concept.STATUS)
_FEWEST_YEARS = 2


class Kind(StrEnum):
    """A kind of table; the value is what people are told."""

    BUDGET = "anggaran dan realisasi program"
    SOURCES = "anggaran menurut sumber dana"
    BY_GOAL = "anggaran menurut sasaran"
    AGREEMENT = "perjanjian kinerja"
    MEASURED = "pengukuran kinerja"
    SERIES = "realisasi beberapa tahun"
    ACTIONS = "rencana aksi"
    OUTPUTS = "keluaran program dan kegiatan"
    STAFF = "daftar pegawai"
    STAFF_COUNT = "jumlah pegawai"


def kinds_of(table: Table) -> list[Kind]:
    """The kinds of a table; the form RKT is two at once. None where nothing in it has a place in the workbook."""
    people = _people(table)
    if people is not None:
        return [people]
    found: list[Kind] = []
    if table.has(Concept.INDIKATOR):
        found += _performance(table)
    if found:
        return found
    money = bool(table.having(Concept.PAGU, Concept.BELANJA))
    named = table.has(Concept.KODE) or any(column.about.level != "Sasaran" for column in _names(table))
    if money and named:
        return [Kind.BUDGET]
    if money and table.has(Concept.SUMBER_DANA):
        return [Kind.SOURCES]
    if money and table.has(Concept.SASARAN):
        return [Kind.BY_GOAL]
    return []


def _names(table: Table) -> list[Column]:
    return table.having(Concept.URAIAN)


def _people(table: Table) -> Kind | None:
    if table.having(Concept.PAGU, Concept.BELANJA, Concept.INDIKATOR):
        return None
    if table.has(Concept.NAMA) and table.having(Concept.NIP, *_STAFF):
        return Kind.STAFF
    labelled = table.having(Concept.URAIAN, Concept.JENIS, *_STAFF)
    counted = table.having(Concept.AWAL, Concept.AKHIR)
    return Kind.STAFF_COUNT if labelled and counted else None


def _performance(table: Table) -> list[Kind]:
    """Tables with indicators: of sasaran, or of program and kegiatan."""
    of_program = any(column.about.level in KEPT for column in table.having(Concept.INDIKATOR))
    names = [column for column in _names(table) if column.about.level != "Sasaran"]
    found: list[Kind] = []
    if names and (of_program or not table.has(Concept.SASARAN) or table.has(Concept.KODE)):
        if table.having(Concept.TARGET, Concept.REALISASI):
            found.append(Kind.OUTPUTS)
        if table.having(Concept.PAGU, Concept.BELANJA):
            found.insert(0, Kind.BUDGET)
        if not any(column.about.level == "Sasaran" for column in table.having(Concept.INDIKATOR)):
            return found
    if all(column.about.level in KEPT for column in table.having(Concept.INDIKATOR)):
        return found
    targets = table.having(Concept.TARGET)
    if len([column for column in targets if column.about.quarter]) >= _FEWEST_YEARS:
        return [*found, Kind.ACTIONS]
    if len(table.having(Concept.NILAI_TAHUN)) >= _FEWEST_YEARS:
        return [*found, Kind.SERIES]
    if table.having(Concept.REALISASI, Concept.STANDAR):
        return [*found, Kind.MEASURED]
    return [*found, Kind.AGREEMENT] if targets else found
