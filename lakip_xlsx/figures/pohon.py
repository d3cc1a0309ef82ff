"""The tree of performance, from the codes of the Renstra: what each tujuan and each sasaran hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Table

_ABOVE = {"tujuan": ("misi",), "sasaran": ("tujuan", "misi")}


@dataclass(frozen=True, slots=True)
class Cabang:
    """A branch by the rows of the Renstra: a misi or a tujuan may be missing above, a sasaran below."""

    misi: int | None
    tujuan: int | None
    sasaran: int | None


@dataclass(frozen=True, slots=True)
class Pohon:
    """The branches in the order of the Renstra, and the rows that say nothing, or nothing known, of what is above."""

    cabang: tuple[Cabang, ...]
    lepas: tuple[int, ...]


def read(renstra: Table) -> Pohon:
    """The tree. Without a single sasaran that hangs on something there is none: its branches are empty."""
    rows = _by_kind(renstra)
    above = {row: found for row in (*rows["tujuan"], *rows["sasaran"]) if (found := _parent(renstra, rows, row))}
    loose = tuple(row for row in rows["sasaran"] if row not in above)
    if rows["misi"]:
        loose += tuple(row for row in rows["tujuan"] if row not in above)
    if not any(row in above for row in rows["sasaran"]):
        return Pohon((), loose)
    branches = []
    for tujuan in rows["tujuan"]:
        below: list[int | None] = [row for row in rows["sasaran"] if above.get(row) == tujuan]
        branches += [Cabang(above.get(tujuan), tujuan, sasaran) for sasaran in below or [None]]
    for misi in rows["misi"]:
        below = [row for row in rows["sasaran"] if above.get(row) == misi]
        has_tujuan = any(branch.misi == misi for branch in branches)
        branches += [Cabang(misi, None, sasaran) for sasaran in below or ([] if has_tujuan else [None])]
    order = {row: at for at, row in enumerate(rows["misi"])}
    branches.sort(key=lambda branch: order.get(branch.misi, len(order)) if branch.misi is not None else len(order))
    return Pohon(tuple(branches), tuple(sorted(loose)))


def _by_kind(renstra: Table) -> dict[str, list[int]]:
    """Jenis → its rows that have a text."""
    found: dict[str, list[int]] = {kind: [] for kind in ("misi", "tujuan", "sasaran")}
    for row, values in renstra.records():
        kind = fold(str(values.get("jenis") or ""))
        if kind in found and values.get("uraian"):
            found[kind].append(row)
    return found


def _parent(renstra: Table, rows: dict[str, list[int]], row: int) -> int | None:
    """The row above that the Induk names."""
    code = fold(renstra.text(row, "induk")) if "induk" in renstra else ""
    kinds = _ABOVE[fold(renstra.text(row, "jenis"))]
    candidates = [other for kind in kinds for other in rows[kind]] if code else []
    return next((other for other in candidates if fold(renstra.text(other, "kode")) == code), None)
