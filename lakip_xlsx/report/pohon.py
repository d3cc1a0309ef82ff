"""The tree of performance as a table: misi, tujuan, sasaran, indikator and program, from left to right."""

from __future__ import annotations

from lakip_xlsx.bahasa import enumerate_
from lakip_xlsx.figures import pohon
from lakip_xlsx.figures.pohon import Cabang
from lakip_xlsx.numbers import fold
from lakip_xlsx.report import source as src
from lakip_xlsx.report.content import Node, Teks
from lakip_xlsx.report.panrb_kelompok import Kelompok, groups
from lakip_xlsx.report.panrb_upaya import Programs
from lakip_xlsx.report.source import Source
from lakip_xlsx.workbook.book import Table

Row = dict[str, Node]
_SAME = Teks("")  # belongs to the cell above


def compose(source: Source) -> Node:
    """The rows of the table, the visi above them, and what hangs on nothing; None where no code tells a tree."""
    renstra = source.book.table("renstra")
    tree = pohon.read(renstra) if renstra is not None else None
    if renstra is None or tree is None or not tree.cabang:
        return None
    rows: list[Row] = []
    last = Cabang(None, None, None)
    for branch in tree.cabang:
        first: Row = {
            "misi": _text(renstra, branch.misi, same=bool(rows) and branch.misi == last.misi),
            "tujuan": _text(renstra, branch.tujuan, same=bool(rows) and _same_tujuan(branch, last)),
            "sasaran": _text(renstra, branch.sasaran, same=False),
        }
        rows += _rows(source, renstra, branch, first)
        last = branch
    visi = [row for row, value in renstra.column("jenis") if fold(str(value or "")) == "visi"]
    return {
        "visi": _text(renstra, visi[0], same=False) if visi and renstra.text(visi[0], "uraian") else None,
        "baris": rows,
        "catatan": _loose(renstra, tree.lepas),
    }


def _same_tujuan(branch: Cabang, last: Cabang) -> bool:
    return branch.tujuan is not None and (branch.misi, branch.tujuan) == (last.misi, last.tujuan)


def _text(renstra: Table, row: int | None, *, same: bool) -> Teks:
    if same:
        return _SAME
    return src.DASH if row is None else src.text(renstra, row, "uraian", renstra.value(row, "uraian"))


def _rows(source: Source, renstra: Table, branch: Cabang, first: Row) -> list[Row]:
    """One row for each indicator of a sasaran; its programs stand together beside them."""
    kode = renstra.text(branch.sasaran, "kode") if branch.sasaran is not None else ""
    group = next((each for each in source.once(groups) if each.kode == kode), None) if kode else None
    named = [group.indikator(record) for record in group.records] if group else []
    same: Row = dict.fromkeys(("misi", "tujuan", "sasaran", "program"), _SAME)
    top: Row = {**first, "program": _programs(source, group)}
    return [{**(same if at else top), "indikator": name} for at, name in enumerate(named or [src.DASH])]


def _programs(source: Source, group: Kelompok | None) -> Teks:
    """The programs that serve a sasaran: those that name it, or that its indicators name, or stand above such ones."""
    programs = source.once(Programs.read)
    if group is None or programs.table is None:
        return src.DASH
    codes = [*programs.by_sasaran.get(group.kode, [])]
    for _, values in group.records:
        codes += [code.strip() for code in str(values.get("penunjang") or "").replace(";", ",").split(",")]
    shown: list[Teks] = []
    for code, (row, values) in programs.by_code.items():
        is_program = fold(str(values.get("jenis") or "")) == "program"
        if is_program and any(each == code or each.startswith(f"{code}.") for each in codes):
            shown.append(src.text(programs.table, row, "uraian", values.get("uraian")))
    cells = [cell for text in shown for cell in text.sources]
    return Teks("\n".join(shown), cells) if shown else src.DASH


def _loose(renstra: Table, rows: tuple[int, ...]) -> Teks | None:
    """What is not in the tree as it should be, by name."""
    if not rows:
        return None
    names = [f"{renstra.text(row, 'jenis').lower()} {renstra.text(row, 'kode')}".strip() for row in rows]
    cells = [renstra.cell(row, "kode") for row in rows]
    return Teks(f"Belum terhubung dengan yang di atasnya: {enumerate_(names)}.", cells)
