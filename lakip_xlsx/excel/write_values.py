"""What the formulas of a workbook give, exactly: the results that are stored beside them.

Excel and LibreOffice calculate again when they open the file; readers that do not calculate (and our own)
find the right value all the same. The rules are those of :mod:`lakip_xlsx.figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from lakip_xlsx.excel.write_data import (
    BlankCell,
    CellInput,
    DateCell,
    ErrorCell,
    FormulaCell,
    NumberCell,
    StandardCell,
    TextCell,
)
from lakip_xlsx.excel.write_formulas import DIFFERENCES, NO_DIFFERENCE, Check, Formulas, Mark
from lakip_xlsx.excel.write_plan import PlannedTable
from lakip_xlsx.figures.capaian import Kelas, arah, build_skala, capaian, capped
from lakip_xlsx.numbers import HUNDRED, fold, plain

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_TOLERANCE = Decimal("0.00005")
_CENT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """The result of a formula that cannot be calculated."""

    code: str


Result = Decimal | str | ErrorValue | None


@dataclass(slots=True)
class Values:
    """The value of every cell, whether typed or calculated; each is calculated once."""

    formulas: Formulas
    _known: dict[tuple[str, int, str], Result] = field(default_factory=dict)

    def value(self, table: PlannedTable, number: int, key: str) -> Result:
        """What a cell shows: a number, a text, an error, or None where it is empty."""
        place = (table.data.name, number, key)
        if place not in self._known:
            cell = table.row(number).cells.get(key, StandardCell())
            self._known[place] = self.standard(table, number, key) if isinstance(cell, StandardCell) else typed(cell)
        return self._known[place]

    def standard(self, table: PlannedTable, number: int, key: str) -> Result:
        """The result of the standard formula of a cell; None if there is none."""
        if self.formulas.standard(table, number, key) is None or table.spec is None:
            return None
        total = table.spec.total
        if table.row(number).total and total is not None and key in total.fields:
            return self._sum(table, number, key)
        if key == "periksa":
            return "; ".join(dict.fromkeys(mark.text for mark in self.wrong(table, number)))
        computed = _COMPUTED[table.spec.key, key](self, table, number)
        return "" if computed is None else computed

    def wrong(self, table: PlannedTable, number: int) -> list[Mark]:
        """The live checks of a row that find something."""
        return [mark for mark in self.formulas.marks(table, number) if self._holds(table, number, mark)]

    def summary(self, table: PlannedTable) -> str:
        """The line that counts what does not agree."""
        texts = (self.value(table, number, "periksa") for number in table.numbers())
        count = sum(text.count(";") + 1 for text in texts if isinstance(text, str) and text)
        return f"Pemeriksaan: {count}{DIFFERENCES}" if count else NO_DIFFERENCE

    def number(self, table: PlannedTable, row: int, key: str) -> Decimal | None:
        """The number in a cell, or None."""
        value = self.value(table, row, key)
        return value if isinstance(value, Decimal) else None

    def text(self, table: PlannedTable, row: int, key: str) -> str:
        """What is in a cell as text; empty for an empty cell or an error."""
        value = self.value(table, row, key)
        return f"{value:f}" if isinstance(value, Decimal) else value if isinstance(value, str) else ""

    def form(self, key: str) -> Result:
        """A value of the form, or None."""
        form = self.formulas.plan.form
        line = next((line for line in form.data.lines if line.key == key), None) if form else None
        return typed(line.value) if line else None

    def _rows_of(self, table: PlannedTable, total: int) -> list[int]:
        """The rows that a Jumlah adds up."""
        where = table.spec.total.where if table.spec and table.spec.total else None
        rows = [row for row in range(table.anchor(total) + 1, total) if not table.row(row).total]
        if where is None or table.column(where[0]) is None:
            return rows
        return [row for row in rows if fold(self.text(table, row, where[0])) == fold(where[1])]

    def _sum(self, table: PlannedTable, total: int, key: str) -> Result:
        values = [self.value(table, row, key) for row in self._rows_of(table, total)]
        error = next((value for value in values if isinstance(value, ErrorValue)), None)
        if error is not None:
            return error
        amounts = [value for value in values if isinstance(value, Decimal)]
        return sum(amounts, Decimal(0)) if amounts else ""

    def _holds(self, table: PlannedTable, number: int, mark: Mark) -> bool:
        """Whether a live check finds something wrong."""
        value = self.value(table, number, mark.key)
        if mark.check is Check.FIELD:
            key = table.spec.key if table.spec else ""
            special = _SPECIAL_MARKS.get((key, mark.key))
            if special is not None:
                return special(self, table, number)
            return _far(value, self.standard(table, number, mark.key))
        if not isinstance(value, Decimal):
            return False
        if mark.check is Check.SUM:
            exact = self._sum(table, number, mark.key)
            exact = Decimal(0) if exact == "" else exact
        elif mark.check is Check.GROUP:
            exact = self.value(table, mark.other_row, mark.key)
        else:
            other = self.formulas.plan.table(mark.other)
            exact = self.value(other, other.totals()[-1], mark.key) if other else None
        return isinstance(exact, Decimal) and abs(value - exact) > _CENT


def typed(cell: CellInput) -> Result:
    """What a typed cell shows. A date counts as text here: no formula uses one."""
    match cell:
        case NumberCell(value=value):
            return value
        case TextCell(text=text):
            return text
        case DateCell(day=day):
            return day.isoformat()
        case FormulaCell(cached=cached):
            return ErrorValue(cached) if isinstance(cached, str) and cached in ERRORS else cached
        case ErrorCell(code=code):
            return ErrorValue(code)
        case BlankCell() | StandardCell():
            return None


def _far(value: Result, *exact: Result) -> bool:
    """Whether a typed percentage is none of these, within half of its last printed place."""
    known = [each for each in exact if isinstance(each, Decimal)]
    if not isinstance(value, Decimal) or not known:
        return False
    return all(abs(reading - each) > _TOLERANCE for each in known for reading in (value, value / HUNDRED))


def _ratio(part: str, whole: str) -> Callable[[Values, PlannedTable, int], Result]:
    def ratio(values: Values, table: PlannedTable, row: int) -> Result:
        pair = [values.value(table, row, key) for key in (whole, part)]
        error = next((value for value in pair if isinstance(value, ErrorValue)), None)
        if error is not None or not all(isinstance(value, Decimal) for value in pair):
            return None
        first, second = values.number(table, row, whole), values.number(table, row, part)
        return None if first is None or second is None or first == 0 else short(second, first)

    return ratio


def _ratio_wrong(key: str, part: str, whole: str) -> Callable[[Values, PlannedTable, int], bool]:
    def wrong(values: Values, table: PlannedTable, row: int) -> bool:
        value, first, second = (values.number(table, row, each) for each in (key, whole, part))
        if value is None or first is None or second is None:
            return False
        return value != 0 if first == 0 else _far(value, short(second, first))

    return wrong


def short(part: Decimal, whole: Decimal) -> Decimal:
    """A ratio with the 17 digits that Excel itself would store."""
    with localcontext() as context:
        context.prec = 17
        return plain(part / whole)


def _capaian(values: Values, table: PlannedTable, row: int, *, cap: bool = True) -> Result:
    target, realisasi = values.number(table, row, "target"), values.number(table, row, "realisasi")
    raw = capaian(target, realisasi, arah(values.text(table, row, "arah")))
    batas = values.form("batas_capaian")
    counted = capped(raw, batas) if cap and isinstance(batas, Decimal) else raw
    return None if counted is None else short(counted, HUNDRED)


def _capaian_wrong(values: Values, table: PlannedTable, row: int) -> bool:
    value = values.number(table, row, "capaian")
    if value is None or values.number(table, row, "realisasi") is None:
        return False
    if values.number(table, row, "target") == 0:
        return True
    return _far(value, _capaian(values, table, row), _capaian(values, table, row, cap=False))


def _predikat(values: Values, table: PlannedTable, row: int) -> Result:
    value, nama, scales = (
        values.number(table, row, "capaian"),
        values.form("skala"),
        values.formulas.plan.table("skala"),
    )
    if value is None or not isinstance(nama, str) or scales is None:
        return None
    kelas = []
    for line in scales.numbers():
        batas, predikat = values.number(scales, line, "batas"), values.text(scales, line, "predikat")
        if fold(values.text(scales, line, "skala")) == fold(nama) and batas is not None and predikat:
            termasuk = fold(values.text(scales, line, "termasuk")) != "tidak"
            kelas.append(Kelas(batas, predikat, termasuk, line))
    return build_skala(nama, kelas).predikat(value * HUNDRED)


def _predikat_wrong(values: Values, table: PlannedTable, row: int) -> bool:
    said, computed = values.text(table, row, "predikat"), _predikat(values, table, row)
    return bool(said) and isinstance(computed, str) and fold(said) != fold(computed)


def _uraian_sasaran(values: Values, table: PlannedTable, row: int) -> Result:
    kode, renstra = values.text(table, row, "kode_sasaran"), values.formulas.plan.table("renstra")
    if not kode or renstra is None:
        return None
    lines = (line for line in renstra.numbers() if values.text(renstra, line, "kode") == kode)
    return next((values.text(renstra, line, "uraian") for line in lines), None)


def _kode_wrong(values: Values, table: PlannedTable, row: int) -> bool:
    kode, renstra = values.text(table, row, "kode_sasaran"), values.formulas.plan.table("renstra")
    if not kode or "," in kode or renstra is None:
        return False
    return all(fold(values.text(renstra, line, "kode")) != fold(kode) for line in renstra.numbers())


def _nama_skala(values: Values, table: PlannedTable, row: int) -> Result:
    names: dict[str, str] = {}
    for line in table.numbers():
        nama = values.text(table, line, "skala")
        if nama:
            names.setdefault(fold(nama), nama)
    position = row - table.first
    return list(names.values())[position] if position < len(names) else None


_COMPUTED: Mapping[tuple[str, str], Callable[[Values, PlannedTable, int], Result]] = {
    **{(sheet, "serapan"): _ratio("realisasi", "anggaran") for sheet in ("program", "anggaran", "anggaran_sasaran")},
    ("program", "capaian"): _ratio("realisasi_keluaran", "target"),
    ("indikator", "capaian"): _capaian,
    ("indikator", "predikat"): _predikat,
    ("anggaran_sasaran", "sasaran"): _uraian_sasaran,
    **{(sheet, "bunyi_sasaran"): _uraian_sasaran for sheet in ("program", "indikator")},
    ("skala", "pilihan"): _nama_skala,
}

_SPECIAL_MARKS: Mapping[tuple[str, str], Callable[[Values, PlannedTable, int], bool]] = {
    **{
        (sheet, "serapan"): _ratio_wrong("serapan", "realisasi", "anggaran")
        for sheet in ("program", "anggaran", "anggaran_sasaran")
    },
    ("program", "capaian"): _ratio_wrong("capaian", "realisasi_keluaran", "target"),
    ("indikator", "capaian"): _capaian_wrong,
    ("indikator", "predikat"): _predikat_wrong,
    **{(sheet, "kode_sasaran"): _kode_wrong for sheet in ("program", "indikator", "anggaran_sasaran")},
}
