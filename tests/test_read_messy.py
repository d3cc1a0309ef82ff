"""Workbooks as busy people leave them: merged cells, filtered rows, notes beside the table, twice the same label."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.told import spans
from tests.hostile.base import ANGGARAN, INSTANSI, MONEY, changed, pack, plain, row, rows, sheet, with_money


@pytest.fixture
def book_of(tmp_path):
    """Read a workbook that is given as its parts."""

    def read(parts):
        path = tmp_path / "isi.xlsx"
        path.write_bytes(pack(parts))
        return read_workbook(path)

    return read


def said(book):
    return [(finding.code, str(finding.cell)) for finding in book.findings]


def merged(*ranges: str) -> str:
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    return f"<mergeCells>{cells}</mergeCells>"


def test_filtered_rows_are_told_in_one_finding(book_of):
    data = rows(ANGGARAN[:1]) + "".join(
        row(number, [number, "APBD", 5, 4]).replace("<row ", '<row hidden="1" ' if number != 5 else "<row ")
        for number in range(2, 9)
    )
    book = book_of(with_money(data))
    (hidden,) = [finding for finding in book.findings if finding.code == "BRK-009"]
    assert str(hidden.cell) == "Anggaran!A2"
    assert "6 baris tersembunyi (2–4, 6–8)" in hidden.message
    assert [str(cell) for cell in hidden.related] == [f"Anggaran!A{number}" for number in (3, 4, 6, 7, 8)]


def test_signature_under_the_table_is_one_finding(book_of):
    notes = [["Muara Tebo, Januari 2026"], [], [None, "Kepala Dinas"]]
    book = book_of(with_money(rows(ANGGARAN) + rows(notes, start=6)))
    (remark,) = [finding for finding in book.findings if finding.code == "BRK-008"]
    assert "2 baris di bawah Jumlah (6, 8)" in remark.message


def test_row_numbers_are_shown_in_short():
    assert spans([5]) == "5"
    assert spans([5, 7, 8, 9]) == "5, 7–9"
    assert spans(range(2, 40, 2)).endswith("12, …")


def test_group_name_merged_over_columns_and_rows_holds_below(book_of):
    table = [["No", "Sumber Dana", "Anggaran (Rp)", "Realisasi (Rp)"], [1, "APBD", 5, 4], [2, None, 6, 5]]
    book = book_of(with_money(rows(table), after=merged("B2:B3")))
    assert book.tables["anggaran"].frame["sumber_dana"].tolist() == ["APBD", "APBD"]


def test_amounts_are_never_spread_over_merged_rows(book_of):
    table = [ANGGARAN[0], [1, "APBD", 5, 4], [2, "DAK", None, 5]]
    book = book_of(with_money(rows(table), after=merged("C2:C3")))
    assert book.tables["anggaran"].frame["anggaran"].tolist() == [Decimal(5), None]


def test_heading_above_sub_headings_is_read_as_one(book_of):
    head = [["No", "Sumber Dana", "Tahun 2025", None, None], [None, None, *ANGGARAN[0][2:]]]
    after = merged("A1:A2", "B1:B2", "C1:E1")
    table = book_of(with_money(rows(head) + rows(ANGGARAN[1:], start=3), after=after)).tables["anggaran"]
    assert (table.header_row, table.letters) == (
        2,
        {"no": "A", "sumber_dana": "B", "anggaran": "C", "realisasi": "D", "serapan": "E"},
    )


def test_title_merged_above_the_table_is_no_heading(book_of):
    data = row(1, ["REALISASI ANGGARAN"]) + rows(ANGGARAN, start=3)
    table = book_of(with_money(data, after=merged("A1:E2"))).tables["anggaran"]
    assert (table.header_row, table.rows) == (3, [4, 5])


def test_numbering_below_a_merged_heading_is_no_data(book_of):
    head = [ANGGARAN[0], [], [1, 2, 3, 4, "5=4/3"]]
    after = merged("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2")
    table = book_of(with_money(rows(head) + rows(ANGGARAN[1:], start=4), after=after)).tables["anggaran"]
    assert table.rows == [4, 5]


def test_row_of_ordinary_numbers_is_data(book_of):
    book = book_of(with_money(rows([ANGGARAN[0], [1, "2", 3, 3]])))
    assert book.tables["anggaran"].frame["sumber_dana"].tolist() == ["2"]


def test_label_that_stands_twice_and_one_that_is_unknown_are_told(book_of):
    form = [*INSTANSI, ["Nama Instansi", "Dinas Lain"], ["Telepon", "0747 21001"]]
    book = book_of(plain() | {"xl/worksheets/sheet1.xml": sheet(rows(form))})
    assert book.form is not None
    assert book.form.text("nama") == "Dinas Contoh & Rekan"
    assert {("BRK-004", "Instansi!A5"), ("BRK-005", "Instansi!A6")} <= set(said(book))


def test_value_stands_right_of_a_label_where_no_heading_says_so(book_of):
    form = [["IDENTITAS"], ["Nama Instansi", None, "Dinas Contoh"], ["Tahun Laporan", 2025]]
    book = book_of(plain() | {"xl/worksheets/sheet1.xml": sheet(rows(form))})
    assert book.form is not None
    assert (book.form.text("nama"), str(book.form.cell("nama"))) == ("Dinas Contoh", "Instansi!C2")
    assert book.form.year("tahun") == 2025


def test_many_columns_without_meaning_are_told_together(book_of):
    book = book_of(with_money(row(1, [*ANGGARAN[0], *(f"Catatan {number}" for number in range(300))])))
    unknown = [finding for finding in book.findings if finding.code == "BRK-005"]
    assert len(unknown) == 21
    assert "280 kolom lain" in unknown[-1].message


def test_sheet_that_is_not_ours_may_be_damaged(book_of):
    parts = plain()
    parts["xl/worksheets/sheet3.xml"] = b"<rusak"
    for name, old, new in (
        ("xl/workbook.xml", b"</sheets>", b'<sheet name="Catatan" sheetId="9" r:id="rId9"/></sheets>'),
        (
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="rId9" Type="x/worksheet" Target="worksheets/sheet3.xml"/></Relationships>',
        ),
    ):
        parts[name] = parts[name].replace(old, new)
    assert ("BRK-012", "Catatan") in said(book_of(parts))


SHARED = '<f t="shared" si="0" ref="E2:E3">D2/C2</f>'


@pytest.mark.parametrize(
    ("first", "second"), [("<f>D2/C2</f>", "<f>D3/C3</f>"), (SHARED, '<f t="shared" si="0"/>')], ids=["own", "shared"]
)
def test_copies_of_a_formula_read_the_same(first: str, second: str, book_of):
    body = rows(ANGGARAN[:1])
    for number, formula in ((2, first), (3, second)):
        cell = f'<c r="E{number}">{formula}<v>0.5</v></c>'
        body += row(number, ANGGARAN[number - 1]).replace("</row>", f"{cell}</row>")
    table = book_of(with_money(body)).tables["anggaran"]
    assert [table.formulas[number, "serapan"] for number in (2, 3)] == ["R[0]C[-1]/R[0]C[-2]"] * 2


def test_sound_workbook_is_read_from_a_part_with_another_name(book_of):
    parts = changed("xl/_rels/workbook.xml.rels", lambda data: data.replace(b"sheet2.xml", b"uang.xml"))
    parts["xl/worksheets/uang.xml"] = parts.pop(MONEY)
    assert len(book_of(parts).tables["anggaran"]) == 2
