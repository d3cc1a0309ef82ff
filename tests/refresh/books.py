"""Workbooks that changed after their report was made, by rule: what a treasurer, a planner and a secretary do.

The data is a sample's Markdown, cut into its tables; a change takes the tables and a random source, changes
them, and says in a word what it did. Nothing is made consistent afterwards: a report of faulty figures is a
DRAF, and must be merged like any other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.layouts import catalog
from samples.build import as_standard
from samples.markdown import parse_markdown

SAMPLES = Path(__file__).parents[2] / "samples"
SOURCES = ("dinas-contoh-2025", "dinas-contoh-2025-permenpan", "kesbangpol-tebo-2019")
Rows = list[list[str]]
Tables = dict[str, Rows]  # the rows below the headings, by sheet
_MONEY = re.compile(r"\d{1,3}(\.\d{3}){2,}")


def parts(text: str) -> list[str]:
    """The text of a sample, with one piece for each sheet."""
    return re.split(r"(?m)^(?=## )", text)


def tables(text: str) -> Tables:
    found: Tables = {}
    for part in parts(text)[1:]:
        name = part.splitlines()[0].removeprefix("## ").strip()
        lines = [line for line in part.splitlines() if line.startswith("|")]
        found[name] = [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in lines]
    return found


def text_of(source: str, changed: Tables) -> str:
    """The sample with these tables in place of its own."""
    pieces = parts(source)
    for at, part in enumerate(pieces[1:], 1):
        name = part.splitlines()[0].removeprefix("## ").strip()
        rows = changed[name]
        pieces[at] = f"## {name}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n\n"
    return "".join(pieces)


def write(text: str, path: Path) -> Path:
    data = as_standard(parse_markdown(text))
    write_workbook(path, data, layout=catalog.LAYOUTS[0])
    return path


def source(name: str) -> str:
    """The text of a sample, whole: one that is laid over another says only what differs."""
    text = (SAMPLES / f"{name}.md").read_text(encoding="utf-8")
    base = re.search(r"(?m)^Dasar: (\S+)$", text)
    if base is None:
        return text
    below, above = source(base[1]), tables(text)
    whole = tables(below)
    form = {row[0]: row for row in above.pop("Instansi", [])}
    whole["Instansi"] = [form.get(row[0], row) for row in whole["Instansi"]]
    return text_of(below, {**whole, **{name: rows for name, rows in above.items() if rows}})


def column(rows: Rows, heading: str) -> int | None:
    return next((at for at, cell in enumerate(rows[0]) if cell.startswith(heading)), None)


def filled(rows: Rows) -> list[list[str]]:
    """The rows with data: no heading, no Jumlah."""
    return [row for row in rows[2:] if not any(cell.startswith(("Jumlah", "Total")) for cell in row)]


# Changes


def money(found: Tables, rng: random.Random) -> str:
    """One amount is corrected, wherever it is typed."""
    amounts = sorted(
        {
            cell
            for name in ("Anggaran", "Anggaran Sasaran", "Program")
            if name in found
            for row in filled(found[name])
            for cell in row
            if _MONEY.fullmatch(cell)
        }
    )
    old = rng.choice(amounts)
    new = f"{int(old.replace('.', '')) + rng.randrange(1, 9_999_999):,}".replace(",", ".")
    for rows in found.values():
        for row in rows[2:]:
            for at, cell in enumerate(row):
                row[at] = re.sub(rf"(?<![\d.]){re.escape(old)}(?![\d.])", new, cell)
    return "uang"


def realised(found: Tables, rng: random.Random) -> str:
    """A realisation is corrected."""
    rows = found["Indikator"]
    at = column(rows, "Realisasi")
    row = rng.choice(filled(rows))
    if at is not None:
        row[at] = re.sub(r"\d+", lambda number: str(int(number[0]) + rng.randrange(1, 4)), row[at], count=1)
    return "realisasi"


def sentence(found: Tables, rng: random.Random) -> str:
    """A sentence of the narrative gets another word, or a sentence more."""
    row = rng.choice(filled(found["Narasi"]))
    words = row[1].split(" ")
    if rng.random() < 0.5:
        words[rng.randrange(len(words))] = f"kata{rng.randrange(1000)}"
    else:
        words.append(f"Kalimat baru nomor {rng.randrange(1000)}.")
    row[1] = " ".join(words)
    return "kalimat"


def paragraph(found: Tables, rng: random.Random) -> str:
    """A paragraph comes into the narrative, or one goes."""
    rows = found["Narasi"]
    at = rng.randrange(2, len(rows))
    same = sum(row[0] == rows[at][0] for row in rows)
    if rng.random() < 0.3 and same > 1:
        del rows[at]
        return "paragraf hilang"
    said = f"Paragraf baru nomor {rng.randrange(1000)} yang ditambahkan kemudian."
    rows.insert(at + 1, [rows[at][0], said, *rows[at][2:]])
    return "paragraf baru"


def emptied(found: Tables, rng: random.Random) -> str:
    """A part of the narrative is emptied: a marker takes its place."""
    rows = found["Narasi"]
    part = rng.choice(rows[2:])[0]
    rows[2:] = [row for row in rows[2:] if row[0] != part]
    return "narasi dikosongkan"


def new_sasaran(found: Tables, rng: random.Random) -> str:
    """A sasaran with an indicator, a programme and money."""
    like = rng.choice([row for row in filled(found["Renstra"]) if row[0] == "Sasaran"])
    code = f"S{rng.randrange(50, 90)}"
    at = found["Renstra"].index(like) + 1
    found["Renstra"].insert(at, ["Sasaran", code, like[2], f"Sasaran tambahan {code} bagi masyarakat", *like[4:]])
    _insert_like(
        found["Indikator"],
        rng,
        {"Kode Sasaran": code, "Indikator Kinerja": f"Indikator tambahan {code}", "Kode": f"I{code}"},
    )
    _insert_like(found["Anggaran Sasaran"], rng, {"Kode Sasaran": code})
    return "sasaran baru"


def _insert_like(rows: Rows, rng: random.Random, cells: dict[str, str]) -> None:
    model = list(rng.choice(filled(rows)))
    for heading, said in cells.items():
        at = next((at for at, cell in enumerate(rows[0]) if cell == heading), None)
        if at is not None:
            model[at] = said
    last = rows.index(filled(rows)[-1])
    rows.insert(last + 1, model)


def gone_sasaran(found: Tables, rng: random.Random) -> str:
    """A sasaran with all that hangs on it is taken out."""
    codes = [row[1] for row in filled(found["Renstra"]) if row[0] == "Sasaran"]
    if len(codes) < 2:
        return realised(found, rng)
    code = rng.choice(codes)
    for name in ("Renstra", "Indikator", "Anggaran Sasaran", "Program"):
        rows = found.get(name, [])
        rows[2:] = [row for row in rows[2:] if code not in row]
    return "sasaran hilang"


def row_inserted(found: Tables, rng: random.Random) -> str:
    """A row in the middle of a table: all cells below it move."""
    name = rng.choice([name for name in ("Indikator", "Pegawai", "Lampiran") if len(found.get(name, [])) > 3])
    rows = found[name]
    row = list(rng.choice(filled(rows)))
    heading = {"Indikator": "Kode", "Pegawai": "Uraian", "Lampiran": "Judul"}[name]
    at = next(at for at, cell in enumerate(rows[0]) if cell == heading)
    place = rows.index(row)
    row[at] = f"Baru {rng.randrange(1000)}"
    rows.insert(place, row)
    return f"baris baru {name}"


def row_gone(found: Tables, rng: random.Random) -> str:
    """A row is deleted."""
    name = rng.choice(
        [name for name in ("Indikator", "Pegawai", "Program", "Lampiran") if len(filled(found.get(name, [[], []]))) > 2]
    )
    rows = found[name]
    rows.remove(rng.choice(filled(rows)))
    return f"baris hilang {name}"


def moved(found: Tables, rng: random.Random) -> str:
    """Two rows change places."""
    name = rng.choice(
        [name for name in ("Indikator", "Anggaran Sasaran", "Anggaran") if len(filled(found.get(name, [[], []]))) > 1]
    )
    rows = found[name]
    one, other = rng.sample(range(len(filled(rows))), 2)
    first, second = rows.index(filled(rows)[one]), rows.index(filled(rows)[other])
    rows[first], rows[second] = rows[second], rows[first]
    return f"urutan {name}"


def named(found: Tables, rng: random.Random) -> str:
    """The head of the office, or the name of a sasaran, is another one."""
    if rng.random() < 0.5:
        row = next(row for row in found["Instansi"] if row[0] == "Nama Kepala")
        row[1] = f"Pejabat Baru {rng.choice('ABCDEFG')}, S.Sos."
        return "pejabat"
    row = rng.choice([row for row in filled(found["Renstra"]) if row[0] == "Sasaran"])
    row[3] = f"{row[3]} secara {rng.choice(['merata', 'terbuka', 'bertahap'])}"
    return "uraian sasaran"


CHANGES: tuple[Callable[[Tables, random.Random], str], ...] = (
    money,
    money,
    realised,
    realised,
    sentence,
    sentence,
    paragraph,
    emptied,
    new_sasaran,
    gone_sasaran,
    row_inserted,
    row_gone,
    moved,
    named,
)


def changed(name: str, rng: random.Random, most: int = 4) -> tuple[str, list[str]]:
    """The text of a sample after some changes, and what they were."""
    text = source(name)
    found = tables(text)
    done = [rng.choice(CHANGES)(found, rng) for _ in range(rng.randint(1, most))]
    return text_of(text, found), done
