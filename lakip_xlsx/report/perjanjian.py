"""Perjanjian Kinerja: the indicators and targets that were promised, the programs, and the two parties."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lakip_xlsx import bahasa, numbers
from lakip_xlsx.figures.hierarchy import top_level
from lakip_xlsx.finding import Cell
from lakip_xlsx.report import origin
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Node, Paragraphs, Teks
from lakip_xlsx.report.credit import credit
from lakip_xlsx.report.penandatangan import place_and_day
from lakip_xlsx.report.source import Source
from lakip_xlsx.report.tables import name_cell
from lakip_xlsx.workbook.book import Table, Value
from lakip_xlsx.workbook.tingkat import is_pemda

Row = dict[str, Node]
Record = tuple[int, dict[str, Value]]


def compose(source: Source) -> Node:
    """The agreement as the template names it; tables that have no rows are None."""
    form = source.book.form
    parties: Row = {}
    for key, label in (("atasan", "nama atasan"), ("jabatan_atasan", "jabatan atasan")):
        said = form.text(key) if form else ""
        parties[key] = Teks(said, (form.cell(key),)) if form and said else src.gap(f"{label} belum diisi")
    return {
        "baris": rows(source) or None,
        "perubahan": changes(source),
        "program": programs(source),
        "dua_pihak": form is None or not is_pemda(form),
        "tempat_tanggal": place_and_day(source, "tanggal_perjanjian"),
        **parties,
    }


def counts(source: Source) -> tuple[int, int] | None:
    """How many sasaran and how many indicators were promised; None if the agreement is not in the workbook."""
    table = source.book.table("perjanjian")
    if table is None or not len(table):
        return None
    owners = _owners(source)
    known = {owners.get(table.text(row, "kode"), "") for row in table.rows}
    return len(known - {""}), len(table)


def rows(source: Source) -> list[Row]:
    """Sasaran, indikator and the target of the last signed agreement, in the order of the sasaran."""
    table = source.book.table("perjanjian")
    if table is None:
        return []
    names = {kode: Teks(sasaran.uraian, name_cell(source, sasaran)) for kode, sasaran in source.figures.sasaran.items()}
    owners, units = _owners(source), _units(source)
    groups: dict[str, list[Record]] = {kode: [] for kode in [*names, ""]}
    for row, values in table.records():
        owner = owners.get(str(values.get("kode") or ""), "")
        groups[owner if owner in groups else ""].append((row, values))
    found: list[Row] = []
    for number, (kode, members) in enumerate(((k, m) for k, m in groups.items() if m), 1):
        sasaran = names.get(kode) or src.gap("sasaran belum ditunjuk")
        for at, record in enumerate(members):
            first = at == 0
            found.append(
                {
                    "no": Teks(str(number) if first else ""),
                    "sasaran": sasaran if first else Teks(""),
                    "indikator": src.text(table, record[0], "indikator", record[1].get("indikator")),
                    "target": _target(table, record, units),
                }
            )
    return found


def last_signed(table: Table, row: int, values: dict[str, Value]) -> str:
    """The column that holds the target of the last signed agreement: the revised one where there is one."""
    revised = values.get("target_perubahan")
    return "target" if revised is None and table.note(row, "target_perubahan") is None else "target_perubahan"


def _target(table: Table, record: Record, units: dict[str, str], key: str = "") -> Teks:
    row, values = record
    column = key or last_signed(table, row, values)
    satuan = units.get(str(values.get("kode") or ""), "")
    return src.with_unit(src.quantity(table, row, column, values.get(column), satuan), satuan)


def changes(source: Source) -> Paragraphs:
    """Which targets were revised, and from what to what; a sentence if none was; nothing without an agreement."""
    table = source.book.table("perjanjian")
    if table is None or not len(table):
        return ()
    units, revised = _units(source), origin.span(table, ("target_perubahan",))
    lines = []
    for record in table.records():
        row, values = record
        if last_signed(table, row, values) == "target_perubahan":
            before, after = (_target(table, record, units, key) for key in ("target", "target_perubahan"))
            name = src.text(table, row, "indikator", values.get("indikator"))
            sources = (*name.sources, *before.sources, *after.sources)
            lines.append(Teks(f"{name}: dari {before} menjadi {after}.", sources))
    if not lines:
        return credit(src.body("Target tersebut tidak berubah sepanjang tahun."), revised, origin.STANDING)
    said = f"Target pada tabel adalah target perjanjian perubahan bagi {bahasa.counted(len(lines), 'indikator')}:"
    return credit(src.body(said), revised, origin.SENTENCE) + src.listed(lines)


def programs(source: Source) -> Node:
    """Program, anggaran and source of money, with the sum; None if the sheet has no program."""
    table = source.book.table("program")
    sums = source.figures.totals.get("program")
    if table is None or sums is None or not len(table):
        return None
    rows = top_level(table)
    chosen = list(table.records(rows))
    funded = _funding(table, {str(values.get("kode")) for _, values in chosen})
    found: list[Row] = []
    for number, (row, values) in enumerate(chosen, 1):
        amount = values.get("anggaran")
        found.append(
            {
                "no": Teks(str(number)),
                "uraian": src.text(table, row, "uraian", values.get("uraian")),
                "anggaran": src.money(table, row, "anggaran", amount),
                "keterangan": _money_sources(funded.get(str(values.get("kode")), []), amount)
                or src.text(table, row, "sumber_dana", values.get("sumber_dana"))
                or src.DASH,
            }
        )
    return (
        {"baris": found, "jumlah": {"anggaran": src.total(sums.anggaran, table, "anggaran", rows)}} if found else None
    )


@dataclass(frozen=True, slots=True)
class _Funded:
    """What one row says about its money: the source as written, the amount, the cell."""

    name: str
    amount: Decimal | None
    cell: Cell


def _funding(table: Table, programs: set[str]) -> dict[str, list[_Funded]]:
    """Code of a program → the sources of its lowest rows (its sub kegiatan, or itself)."""
    records = list(table.records())
    above = {prefix for _, values in records for prefix in _above(str(values.get("kode") or ""))}
    found: dict[str, list[_Funded]] = {}
    for row, values in records:
        kode, name, amount = str(values.get("kode") or ""), values.get("sumber_dana"), values.get("anggaran")
        owner = next((code for code in (kode, *_above(kode)) if code in programs), None)
        if owner is not None and kode not in above and isinstance(name, str) and name:
            told = amount if isinstance(amount, Decimal) else None
            found.setdefault(owner, []).append(_Funded(name, told, table.cell(row, "sumber_dana")))
    return found


def _above(kode: str) -> list[str]:
    """The codes above a code: 2.23.01 → 2.23, 2."""
    parts = kode.split(".")
    return [".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def _money_sources(funded: list[_Funded], whole: Value) -> Teks:
    """The sources of a program's money; with several also their amounts, if those add up to the program's."""
    amounts: dict[str, Decimal] = {}
    for each in funded:
        amounts[each.name] = amounts.get(each.name, Decimal(0)) + (each.amount or 0)
    cells = [each.cell for each in funded]
    if len(amounts) < 2 or sum(amounts.values()) != whole:
        return Teks(bahasa.enumerate_(list(amounts)), cells)
    return Teks("\n".join(f"{name}: Rp{numbers.rupiah(amount)}" for name, amount in amounts.items()), cells)


def _owners(source: Source) -> dict[str, str]:
    """Code of an indicator → code of its sasaran."""
    return {each.kode: each.kode_sasaran for each in source.figures.indikator.values()}


def _units(source: Source) -> dict[str, str]:
    """Folded code of an indicator → its unit."""
    table = source.book.table("indikator")
    pairs = table.records() if table else ()
    return {str(values.get("kode") or ""): str(values.get("satuan") or "") for _, values in pairs}
