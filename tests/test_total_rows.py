"""Whatever totals stand among the rows of a table, under whatever name and in whatever column: the data stay."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.excel.headings import Heading, Names
from lakip_xlsx.excel.looks import PLAIN
from lakip_xlsx.excel.raw import RawCell, RawSheet
from lakip_xlsx.excel.rows import read_rows
from lakip_xlsx.workbook.sheets import BY_KEY

WORDS = st.sampled_from(["jumlah", "total", "jml", "jml.", "t o t a l", "j u m l a h"])
BEFORE = st.sampled_from(["", "", "sub ", "sub-", "sub", "grand "])
BEHIND = st.sampled_from(["", "", " keseluruhan", " seluruhnya", " i", " ii", " 3", " :", " a", " akhir"])
CASES = st.sampled_from([str.lower, str.upper, str.title])
MONEY = {"anggaran": "number", "realisasi": "number"}
DATA = {
    "anggaran": {"no": "number", "sumber_dana": ("APBD", "DAK Fisik", "Hibah", "Dana Totalitas", "Jumlahan"), **MONEY},
    "anggaran_sasaran": {
        "kode_sasaran": ("S1", "S2", "III.a"),
        "sasaran": ("Meningkatnya jumlah kunjungan", "Total Quality Management", "Mutu layanan"),
        **MONEY,
    },
    "program": {
        "kode": ("1.01", "2.16.01", "A"),
        "jenis": ("Program", "Kegiatan", "Sub Kegiatan"),
        "uraian": ("Total Quality Management", "Jumlah Penduduk Terlayani", "Penyediaan jasa", "Subtotalisasi"),
        **MONEY,
    },
}
TOTAL_COLUMNS = {"anggaran": ("no", "sumber_dana"), "anggaran_sasaran": ("kode_sasaran", "sasaran"),
                 "program": ("kode", "uraian")}  # fmt: skip


@st.composite
def labels(draw: st.DrawFn) -> str:
    """A name of a total, as someone would write it."""
    word, before, behind = draw(WORDS), draw(BEFORE), draw(BEHIND)
    spaced = len(word.split()) > 1
    return draw(CASES)(word if spaced else f"{before}{word}{behind}")


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, dict[int, dict[str, str | int]], set[int]]:
    """A sheet's key, its rows, and which of them are data."""
    key = draw(st.sampled_from(sorted(DATA)))
    rows: dict[int, dict[str, str | int]] = {}
    data = set()
    for row in range(2, draw(st.integers(2, 12))):
        amounts = {name: draw(st.integers(0, 10**12)) for name in MONEY}
        if draw(st.booleans()):
            texts = {name: draw(st.sampled_from(kind)) for name, kind in DATA[key].items() if isinstance(kind, tuple)}
            rows[row] = {**({"no": row} if key == "anggaran" else {}), **texts, **amounts}
            data.add(row)
        else:
            rows[row] = {draw(st.sampled_from(TOTAL_COLUMNS[key])): draw(labels()), **amounts}
    return key, rows, data


def stored(value: str | int) -> RawCell:
    return RawCell("n" if isinstance(value, int) else "s", str(value), PLAIN)


@settings(max_examples=500, deadline=None)
@given(made=tables())
def test_the_data_rows_are_exactly_those_that_were_data(
    made: tuple[str, dict[int, dict[str, str | int]], set[int]],
) -> None:
    key, rows, data = made
    spec = BY_KEY[key]
    columns = {name: at for at, name in enumerate(DATA[key], 1)}
    sheet = RawSheet(spec.name, hidden=False)
    for row, cells in rows.items():
        sheet.rows[row] = {columns[name]: stored(value) for name, value in cells.items()}
    table = read_rows(sheet, spec, Heading(Names(spec.fields), 1, columns, top=1), date1904=False).table
    assert (set(table.rows), set(table.totals)) == (data, rows.keys() - data)


KUNJUNGAN = ("Jumlah kunjungan wisatawan", "Total nilai ekspor", "Jml penduduk miskin", "Sub total layanan publik")


@settings(max_examples=200, deadline=None)
@given(names=st.lists(st.sampled_from(KUNJUNGAN), min_size=1, max_size=6), word=WORDS, case=CASES)
def test_an_indicator_may_begin_as_a_total(names: list[str], word: str, case: object) -> None:
    assert callable(case)
    spec = BY_KEY["indikator"]
    columns = {"kode": 1, "indikator": 2, "target": 3, "realisasi": 4}
    sheet = RawSheet(spec.name, hidden=False)
    for row, name in enumerate([*names, case(word)], 2):
        sheet.rows[row] = {2: stored(name), 3: stored(5), 4: stored(4)}
    table = read_rows(sheet, spec, Heading(Names(spec.fields), 1, columns, top=1), date1904=False).table
    assert table.rows == list(range(2, 2 + len(names)))
