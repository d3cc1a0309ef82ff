"""The offices of the corpus, and the true values of their tables, worked out here and not by the program."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from lakip_xlsx.excel.write_data import WorkbookData
from samples.markdown import parse_markdown

OFFICES = Path(__file__).parent / "offices"
Row = dict[str, str]


def number(text: str) -> Decimal:
    """A number as the offices' tables hold it: 1.234, 97,12%, 52,78."""
    return Decimal(text.removesuffix("%").replace(".", "").replace(",", "."))


def rows(text: str, sheet: str) -> list[Row]:
    """The rows of a sheet in Markdown, by heading."""
    _, _, rest = text.partition(f"## {sheet}\n")
    lines = [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("|")]
    head, _, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(head, cells, strict=True)) for cells in body]


@dataclass(frozen=True)
class Office:
    """One office: its workbook in Markdown, and path → true value (a number, or a predikat)."""

    key: str
    markdown: str
    values: dict[str, Decimal]
    predikat: dict[str, str]
    classes: tuple[str, ...]

    @property
    def year(self) -> int:
        return int(self.values["th"])

    def workbook(self, passages: list[str]) -> WorkbookData:
        """The workbook with these passages in the sheet Narasi, one in each row."""
        lines = "\n".join(f"| Kesimpulan | {text} |" for text in passages)
        return parse_markdown(f"{self.markdown}\n## Narasi\n\n| Bagian | Teks |\n| --- | --- |\n{lines}\n", self.key)


@cache
def offices() -> dict[str, Office]:
    return {path.stem: _office(path.stem, path.read_text(encoding="utf-8")) for path in sorted(OFFICES.glob("*.md"))}


def _office(key: str, text: str) -> Office:
    form = {row["Isian"]: row["Nilai"] for row in rows(text, "Instansi")}
    values = {
        "th": Decimal(form["Tahun Laporan"]),
        "awal": Decimal(form["Awal Periode Renstra"]),
        "akhir": Decimal(form["Akhir Periode Renstra"]),
    }
    values["lalu"] = values["th"] - 1
    values["depan"] = values["th"] + 1
    sources = rows(text, "Anggaran")
    _money(values, "total", [(row["Anggaran (Rp)"], row["Realisasi (Rp)"]) for row in sources])
    for place, row in enumerate(sources, start=1):
        _money(values, f"F{place}", [(row["Anggaran (Rp)"], row["Realisasi (Rp)"])])
    programs = rows(text, "Program")
    at = {"Program": 0, "Kegiatan": 0}
    for row in programs:
        at[row["Jenis"]] += 1
        _money(values, f"{row['Jenis'][0]}{at[row['Jenis']]}", [(row["Anggaran (Rp)"], row["Realisasi (Rp)"])])
    for row in rows(text, "Anggaran Sasaran"):
        _money(values, f"S{row['Kode Sasaran'].strip('S')}", [(row["Anggaran (Rp)"], row["Realisasi (Rp)"])])
    scale = [
        (number(row["Batas Bawah (%)"]), row["Predikat"], row["Termasuk Batas"] == "Ya") for row in rows(text, "Skala")
    ]
    predikat: dict[str, str] = {}
    indicators = rows(text, "Indikator")
    for place, row in enumerate(indicators, start=1):
        reached = _indicator(values, f"I{place}", row)
        predikat[f"I{place}.predikat"] = next(
            name for limit, name, inside in scale if (reached >= limit if inside else reached > limit)
        )
    _counts(values, text, programs, indicators, predikat)
    return Office(key, text, values, predikat, tuple(name for _, name, _ in scale))


def _money(values: dict[str, Decimal], name: str, pairs: list[tuple[str, str]]) -> None:
    budget, spent = (sum((number(pair[side]) for pair in pairs), Decimal(0)) for side in (0, 1))
    values[f"{name}.pagu"], values[f"{name}.realisasi"] = budget, spent
    values[f"{name}.sisa"], values[f"{name}.serapan"] = budget - spent, spent / budget * 100
    values[f"{name}.porsi"] = budget / values["total.pagu"] * 100 if "total.pagu" in values else Decimal(100)


def _indicator(values: dict[str, Decimal], name: str, row: Row) -> Decimal:
    named = {
        "target": "Target",
        "realisasi": "Realisasi",
        "lalu1": "Realisasi n-1",
        "lalu2": "Realisasi n-2",
        "akhir": "Target Akhir Renstra",
        "standar": "Standar Nasional",
    }
    for key, heading in named.items():
        if row[heading] != "tidak ada":
            values[f"{name}.{key}"] = number(row[heading])
    target, now, before = (values[f"{name}.{key}"] for key in ("target", "realisasi", "lalu1"))
    reached = now / target * 100 if row["Arah"] == "Naik" else (2 * target - now) / target * 100
    values[f"{name}.capaian"] = reached
    values[f"{name}.naik"], values[f"{name}.beda"] = abs(now - before), abs(now - target)
    values[f"{name}.tumbuh"] = abs(now - before) / before * 100 if before else Decimal(0)
    values[f"{name}.kurang"] = abs(values[f"{name}.akhir"] - now)
    return reached


def _counts(
    values: dict[str, Decimal], text: str, programs: list[Row], indicators: list[Row], predikat: dict[str, str]
) -> None:
    many = len(indicators)
    met = sum(values[f"I{place}.capaian"] >= 100 for place in range(1, many + 1))
    counted = {
        "sasaran": len(rows(text, "Renstra")),
        "indikator": many,
        "program": sum(row["Jenis"] == "Program" for row in programs),
        "kegiatan": sum(row["Jenis"] == "Kegiatan" for row in programs),
        "sumber": len(rows(text, "Anggaran")),
        "tercapai": met,
        "belum": many - met,
    }
    for place, row in enumerate(rows(text, "Renstra"), start=1):
        counted[f"indikator_S{place}"] = sum(each["Kode Sasaran"] == row["Kode"] for each in indicators)
    for name in set(predikat.values()):
        counted[f"kelas_{name.replace(' ', '_').lower()}"] = list(predikat.values()).count(name)
    for key, value in counted.items():
        values[f"n.{key}"] = Decimal(value)
    values["n.bagian_tercapai"] = Decimal(met * 100) / many
    values["n.bagian_belum"] = Decimal((many - met) * 100) / many
    staff = [row for row in rows(text, "Pegawai") if row["Kelompok"] == "Jenis Kelamin"]
    values["n.pegawai"] = sum((number(row["Akhir Tahun"]) for row in staff), Decimal(0))
    values["n.laki"], values["n.perempuan"] = (number(row["Akhir Tahun"]) for row in staff)
