"""The tree of performance: nothing of the Renstra is lost, and the table says who hangs on whom."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx import pipeline
from lakip_xlsx.figures import pohon
from lakip_xlsx.workbook.book import Table
from lakip_xlsx.workbook.sheets import RENSTRA
from tests.kantor import LAN, PANRB, office

KINDS = ("Misi", "Tujuan", "Sasaran")
STATEMENTS = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from("abcdefg"), st.sampled_from(" abcdefgX")))


def renstra(statements: list[tuple[str, str, str]]) -> Table:
    letters = {"jenis": "A", "kode": "B", "induk": "C", "uraian": "D"}
    rows = {6 + at: [kind, kode, induk.strip() or None, kode] for at, (kind, kode, induk) in enumerate(statements)}
    return Table.of(RENSTRA, "Renstra", 5, letters, rows)


@given(STATEMENTS)
def test_every_statement_is_in_the_tree_or_told_to_hang_on_nothing(statements: list[tuple[str, str, str]]) -> None:
    table = renstra(statements)
    tree = pohon.read(table)
    kinds = {row: table.text(row, "jenis") for row in table.rows}
    placed = Counter(branch.sasaran for branch in tree.cabang if branch.sasaran is not None)
    assert set(placed.values()) <= {1}
    loose = set(tree.lepas)
    for row, kind in kinds.items():
        if kind == "Sasaran":
            assert (row in placed) != (row in loose) or (not tree.cabang and row not in placed)
        elif tree.cabang:
            assert any(row in (branch.misi, branch.tujuan) for branch in tree.cabang)
    misi = [branch.misi for branch in tree.cabang]
    assert all(misi.index(each) + misi.count(each) - 1 == len(misi) - 1 - misi[::-1].index(each) for each in misi)


@pytest.mark.parametrize("name", [PANRB, LAN])
def test_the_table_tells_the_tree_from_the_visi_to_the_programs(name: str, tmp_path: Path) -> None:
    made = pipeline.document(pipeline.check(office(tmp_path / "k.xlsx", name)))
    document = docx.Document(io.BytesIO(made.data))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Misi")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Misi", "Tujuan", "Sasaran Strategis", "Indikator Kinerja", "Program"]
    assert set(rows[1]) == {"Visi: Contoh Makmur yang cerdas, berbudaya, dan berpemerintahan bersih"}
    assert len(rows) == 2 + 10  # one for each indicator
    first = rows[2]
    assert first[0].startswith("Membangun masyarakat yang gemar membaca")
    assert first[1:3] == [
        "Meningkatkan literasi masyarakat melalui layanan perpustakaan yang merata",
        "Meningkatnya kegemaran membaca dan literasi masyarakat",
    ]
    assert "Program Pembinaan Perpustakaan" in first[4]
    assert rows[3][:3] == first[:3]  # joined cells
    assert [row[3] for row in rows[2:4]] == [
        "Tingkat Kegemaran Membaca masyarakat",
        "Indeks Pembangunan Literasi Masyarakat",
    ]


def test_without_codes_there_is_no_tree_and_a_part_of_it_is_told(tmp_path: Path) -> None:
    bare = office(tmp_path / "a.xlsx", cells={("renstra", row, "induk"): "" for row in range(10)})
    checked = pipeline.check(bare)
    assert next(f.message for f in checked.findings if f.code == "REN-003").startswith("Pohon kinerja tidak dimuat")
    text = [p.text for p in docx.Document(io.BytesIO(pipeline.document(checked).data)).paragraphs]
    assert not any("Pohon Kinerja" in line for line in text)
    part = office(tmp_path / "b.xlsx", cells={("renstra", 9, "induk"): "T9"})
    text = [p.text for p in docx.Document(io.BytesIO(pipeline.document(pipeline.check(part)).data)).paragraphs]
    assert "Belum terhubung dengan yang di atasnya: sasaran S4." in text
