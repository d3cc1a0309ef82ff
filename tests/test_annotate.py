"""The marked copy of a workbook: what it adds, and that nothing else changes."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from html import escape
from pathlib import Path
from string import ascii_uppercase

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment
from openxml_audit import OpenXmlValidator

from lakip_xlsx import files, pipeline
from lakip_xlsx.errors import OutputError
from lakip_xlsx.excel.cells import read_listing
from lakip_xlsx.excel.raw import RawSheet
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell, Finding, Severity
from lakip_xlsx.guard.package import open_package
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.show.annotate import annotate as module
from lakip_xlsx.show.annotate import mark
from lakip_xlsx.show.annotate.annotate import annotate, marked_path, write_marked
from lakip_xlsx.show.annotate.sheet_temuan import COLOURS, HEADING_ROW, HEADINGS, MOST_ROWS
from samples import build
from samples.markdown import read_markdown
from tests.libreoffice import LibreOffice, needs_libreoffice, number

STRONG = {severity: colour.cell for severity, colour in COLOURS.items()}
LIGHT = {severity: colour.related for severity, colour in COLOURS.items()}

PRINTED = "kesbangpol-tebo-2019"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the report of 2019, as printed."""
    path = tmp_path_factory.mktemp("contoh") / f"{PRINTED}.xlsx"
    write_workbook(path, read_markdown(build.FOLDER / f"{PRINTED}.md"), layout=LAYOUTS[0])
    return path


def fault(
    sheet: str, ref: str, severity: Severity = Severity.ERROR, message: str = "Keliru.", **more: object
) -> Finding:
    return Finding("ANG-001", severity, message, Cell(sheet, ref), **more)  # type: ignore[arg-type]


def parts_of(source: Path | bytes) -> dict[str, bytes]:
    path = source if isinstance(source, Path) else None
    if path is None:
        import io

        with zipfile.ZipFile(io.BytesIO(source)) as archive:  # type: ignore[arg-type]
            return {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def save(data: bytes, folder: Path, name: str = "hasil.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def marked(source: Path, findings: list[Finding] | tuple[Finding, ...], folder: Path) -> Path:
    """The marked copy, in which a validator must find nothing that it does not find in the original."""
    result = save(annotate(source, findings), folder, f"hasil{source.suffix}")
    assert faults(result) - faults(source) == set()
    return result


def faults(path: Path) -> set[str]:
    """What the validator says; that Excel will store inline texts in another way when it saves is no fault."""
    said = {str(error) for error in OpenXmlValidator().validate(path).errors}
    return {text for text in said if "inline-string cell" not in text}


def raw(folder: Path, sheet: str, *, extra: dict[str, str] | None = None, encoding: str = "utf-8") -> Path:
    """A workbook with one sheet, whose XML is given."""
    held = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Anggaran" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        **(extra or {}),
    }
    path = folder / "mentah.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in held.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet.encode(encoding))
    return path


def sheet_of(body: str, *, root: str = f'<worksheet xmlns="{MAIN}">', head: str = "", tail: str = "") -> str:
    return f"{root}{head}{body}{tail}</worksheet>"


# The sample of 2019


def test_copy_has_the_findings_of_the_original(printed: Path, tmp_path: Path) -> None:
    checked = pipeline.check(printed)
    again = pipeline.check(marked(printed, checked.findings, tmp_path))
    assert len(checked.findings) > 20
    assert (again.findings, again.skipped) == (checked.findings, checked.skipped)


def test_same_input_gives_the_same_bytes_and_the_original_stays(printed: Path) -> None:
    before = printed.read_bytes()
    findings = pipeline.check(printed).findings
    assert annotate(printed, findings) == annotate(printed, findings)
    assert printed.read_bytes() == before


def test_everything_in_the_cells_stays(printed: Path) -> None:
    """Values to the last digit, formulas with their results, and texts: as the reader of the check sees them."""
    findings = pipeline.check(printed).findings
    with open_package(printed) as old, open_package(saved_beside(printed, annotate(printed, findings))) as new:
        before, after = (read_listing(package) for package in (old, new))
        sheets = {entry.name: after.sheet(entry) for entry in after.entries}
        seen = 0
        for entry in before.entries:
            sheet = before.sheet(entry)
            assert plain_cells(sheet) == plain_cells(sheets[entry.name]), entry.name
            assert (sheet.hidden, sheet.hidden_rows) == (sheets[entry.name].hidden, sheets[entry.name].hidden_rows)
            assert sorted(sheet.merges) == sorted(sheets[entry.name].merges)
            seen += len(sheet.rows)
    assert seen > 100


def plain_cells(sheet: RawSheet) -> dict[tuple[int, int], tuple[object, ...]]:
    """The cells of a sheet; a shared formula and the one that it stands for are the same."""
    return {
        (row, column): (
            cell.kind,
            cell.text if cell.kind != "n" or not cell.text else Decimal(cell.text).normalize(),
            cell.look,
            cell.formula and cell.formula.relative,
            cell.calculated,
        )
        for row, cells in sheet.rows.items()
        for column, cell in cells.items()
    }


def saved_beside(source: Path, data: bytes) -> Path:
    return save(data, source.parent, f"{source.stem}-salinan{source.suffix}")


LAYOUT = (
    "print_title_rows",
    "print_title_cols",
    "print_area",
    "freeze_panes",
    "sheet_state",
    "page_setup",
    "page_margins",
    "HeaderFooter",
    "conditional_formatting",
    "data_validations",
    "protection",
    "auto_filter",
)


def test_the_look_and_the_helps_of_every_sheet_stay(printed: Path, tmp_path: Path) -> None:
    findings = pipeline.check(printed).findings
    marks = {(cell.sheet, cell.ref) for each in findings for cell in (each.cell, *each.related) if cell}
    old, new = (openpyxl.load_workbook(path) for path in (printed, marked(printed, findings, tmp_path)))
    seen = 0
    for sheet in old:
        copy = new[sheet.title]
        for name in LAYOUT:
            shown = [re.sub(r" at 0x[0-9a-f]+", "", repr(getattr(each, name))) for each in (copy, sheet)]
            assert shown[0] == shown[1], (sheet.title, name)
        assert str(copy.HeaderFooter.oddFooter) == str(sheet.HeaderFooter.oddFooter)
        for kind in ("row_dimensions", "column_dimensions"):
            sizes = [
                {key: (each.height if kind[0] == "r" else each.width, each.hidden) for key, each in held.items()}
                for held in (getattr(sheet, kind), getattr(copy, kind))
            ]
            assert sizes[0] == {key: sizes[1].get(key) for key in sizes[0]}
        for cell in (cell for row in sheet.iter_rows() for cell in row if (sheet.title, cell.coordinate) not in marks):
            seen += 1
            for look in ("number_format", "font", "border", "alignment", "protection", "fill"):
                assert repr(getattr(copy[cell.coordinate], look)) == repr(getattr(cell, look)), cell
            assert (copy[cell.coordinate].comment and copy[cell.coordinate].comment.text) == (
                cell.comment and cell.comment.text
            )
    assert seen > 1_000
    assert old.custom_doc_props.names == [name for name in new.custom_doc_props.names if name != mark.PROPERTY]
    assert parts_of(printed)["docProps/core.xml"] == parts_of(tmp_path / "hasil.xlsx")["docProps/core.xml"]


def test_cells_are_coloured_by_weight_and_keep_their_look(printed: Path, tmp_path: Path) -> None:
    findings = [
        fault("Anggaran", "C8", Severity.WARNING),
        fault("Anggaran", "C8", Severity.ERROR, related=(Cell("Anggaran", "D8"), Cell("Anggaran", "C6"))),
        fault("Anggaran", "D8", Severity.INFO),
    ]
    old = openpyxl.load_workbook(printed)["Anggaran"]
    new = openpyxl.load_workbook(marked(printed, findings, tmp_path))["Anggaran"]
    wanted = {"C8": STRONG[Severity.ERROR], "D8": STRONG[Severity.INFO], "C6": LIGHT[Severity.ERROR]}
    assert {ref: new[ref].fill.fgColor.rgb for ref in wanted} == wanted
    for ref in wanted:
        for look in ("number_format", "font", "border", "alignment", "protection", "value"):
            assert repr(getattr(new[ref], look)) == repr(getattr(old[ref], look)), (ref, look)
    assert new["C7"].fill.fgColor.rgb == old["C7"].fill.fgColor.rgb


def test_names_of_sheets_move_with_their_sheets(printed: Path) -> None:
    old, new = (
        etree.fromstring(parts_of(source)["xl/workbook.xml"])
        for source in (printed, annotate(printed, [fault("Skala", "A6")]))
    )

    def names(root: etree._Element) -> set[tuple[str, str, str]]:
        sheets = [sheet.get("name", "") for sheet in root.iterfind("{*}sheets/{*}sheet")]
        entries = root.findall("{*}definedNames/{*}definedName")
        local = [(each.get("name", ""), each.get("localSheetId"), each.text or "") for each in entries]
        return {
            (name, sheets[int(number)] if number else "", ",".join(sorted(text.replace("'", "").split(","))))
            for name, number, text in local
        }

    assert names(old) < names(new)
    assert names(new) - names(old) == {
        ("_xlnm._FilterDatabase", "Temuan", f"Temuan!$A${HEADING_ROW}:$I${HEADING_ROW + 1}"),
        ("_xlnm.Print_Titles", "Temuan", f"Temuan!${HEADING_ROW}:${HEADING_ROW}"),
    }


# Notes


def test_note_says_everything_and_several_findings_are_one_note(printed: Path, tmp_path: Path) -> None:
    findings = [
        fault("Anggaran", "C8", message="Jumlah berbeda.", expected="10", actual="11", fix="Cari barisnya."),
        fault(
            "Anggaran", "C8", Severity.WARNING, message="Dua kali.", related=(Cell("Skala", "A6"), Cell("Skala", "A7"))
        ),
    ]
    note = openpyxl.load_workbook(marked(printed, findings, tmp_path))["Anggaran"]["C8"].comment
    assert note is not None
    assert note.text == (
        "KESALAHAN ANG-001\nJumlah berbeda.\nTertulis: 11\nSeharusnya: 10\nPerbaiki: Cari barisnya."
        "\n\nPERINGATAN ANG-001\nDua kali.\nLihat juga: Skala!A6, A7"
    )


def test_note_that_is_there_is_kept_above_ours_in_a_box_that_fits(printed: Path, tmp_path: Path) -> None:
    old = openpyxl.load_workbook(printed)["Anggaran"]["C5"].comment
    result = marked(printed, [fault("Anggaran", "C5", message="Kalimat panjang. " * 40)], tmp_path)
    note = openpyxl.load_workbook(result)["Anggaran"]["C5"].comment
    assert old is not None
    assert note is not None
    assert note.text.startswith(f"{old.text}\n\nKESALAHAN ANG-001\nKalimat panjang.")
    drawings = [data for name, data in parts_of(result).items() if name.endswith(".vml")]
    heights = [int(height) for data in drawings for height in re.findall(rb"height:([0-9]+)px", data)]
    assert max(heights) > 300 > sorted(heights)[-2]


def test_long_note_points_to_the_list_where_all_is_said(printed: Path, tmp_path: Path) -> None:
    findings = [fault("Anggaran", "C8", message=f"Temuan nomor {number}. " * 20) for number in range(9)]
    book = openpyxl.load_workbook(marked(printed, findings, tmp_path))
    note = book["Anggaran"]["C8"].comment
    assert note is not None
    assert "TEMUAN LAGI\nLihat lembar temuan." in note.text
    assert len(note.text) < 2_500
    told = [book["Temuan"].cell(HEADING_ROW + number, 6).value for number in range(1, 10)]
    assert told == [finding.message for finding in findings]


def test_workbook_without_notes_gets_its_first_one(tmp_path: Path) -> None:
    source = tmp_path / "polos.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Anggaran"
    sheet["B2"] = 5
    sheet.print_options.horizontalCentered = True
    book.save(source)
    result = marked(source, [fault("Anggaran", "B2"), fault("Anggaran", "D9")], tmp_path)
    held = openpyxl.load_workbook(result)["Anggaran"]
    assert held["B2"].comment is not None
    assert held["D9"].comment is not None
    assert "KESALAHAN ANG-001" in held["D9"].comment.text


def test_notes_written_by_another_program_are_extended(tmp_path: Path) -> None:
    source = tmp_path / "lain.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.active["A1"].comment = Comment("Catatan bendahara", "Bendahara")
    book.save(source)
    held = openpyxl.load_workbook(marked(source, [fault("Anggaran", "A1"), fault("Anggaran", "B2")], tmp_path))[
        "Anggaran"
    ]
    assert held["A1"].comment.text.startswith("Catatan bendahara\n\nKESALAHAN")
    assert held["A1"].comment.author == "Bendahara"
    assert held["B2"].comment.author == "lakip-xlsx"


def test_conversation_becomes_a_note_and_that_is_said(tmp_path: Path) -> None:
    source = tmp_path / "obrolan.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.active["A1"].comment = Comment("[Threaded comment] Sudah benar?", "tc={0F1E2D3C-0000-0000-0000-000000000001}")
    book.save(source)
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    related = f'<Relationship Id="rIdTc" Type="{kind}" Target="../threadedComments/tc1.xml"/></Relationships>'
    held = parts_of(source)
    held["xl/threadedComments/tc1.xml"] = b"<ThreadedComments/>"
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    held[rels] = held[rels].replace(b"</Relationships>", related.encode())
    source.write_bytes(files.pack(held))
    result = openpyxl.load_workbook(marked(source, [fault("Anggaran", "A1"), fault("Anggaran", "B2")], tmp_path))
    assert result["Anggaran"]["A1"].comment.text.startswith("[Threaded comment] Sudah benar?\n\nKESALAHAN")
    assert result["Anggaran"]["A1"].comment.author == "Percakapan"
    assert "1 percakapan (teksnya tinggal sebagai catatan biasa)" in said(result)


def said(book: openpyxl.Workbook) -> str:
    """What the sheet of findings says about the copy itself."""
    return str(book["Temuan"]["A3"].value or "")


def test_broken_drawing_of_notes_does_no_harm(tmp_path: Path) -> None:
    source = tmp_path / "lain.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.active["A1"].comment = Comment("Catatan", "Bendahara")
    book.save(source)
    held = parts_of(source)
    vml = next(name for name in held if name.endswith(".vml"))
    held[vml] = held[vml].replace(b"</xml>", b"<br></xml>")
    source.write_bytes(files.pack(held))
    note = openpyxl.load_workbook(marked(source, [fault("Anggaran", "A1")], tmp_path))["Anggaran"]["A1"].comment
    assert note.text.startswith("Catatan\n\nKESALAHAN")


def test_very_many_notes_are_limited_but_all_cells_are_coloured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NOTES", 30)
    source = tmp_path / "banyak.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.save(source)
    held = openpyxl.load_workbook(marked(source, [fault("Anggaran", f"A{row}") for row in range(1, 101)], tmp_path))
    sheet = held["Anggaran"]
    assert sum(sheet.cell(row, 1).comment is not None for row in range(1, 101)) == 30
    assert {sheet.cell(row, 1).fill.fgColor.rgb for row in range(1, 101)} == {STRONG[Severity.ERROR]}
    assert len([row for row in held["Temuan"].iter_rows(min_row=HEADING_ROW + 1, max_col=1) if row[0].value]) == 100


# The sheet of findings


def test_sheet_of_findings_is_in_front_and_leads_to_the_cells(printed: Path, tmp_path: Path) -> None:
    findings = pipeline.check(printed).findings
    book = openpyxl.load_workbook(marked(printed, findings, tmp_path))
    sheet = book["Temuan"]
    assert (book.sheetnames[0], book.active.title) == ("Temuan", "Temuan")
    assert [each.title for each in book if each.sheet_view.tabSelected] == ["Temuan"]
    assert tuple(cell.value for cell in sheet[HEADING_ROW]) == HEADINGS
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]
    assert [(row[0], row[2], row[3], row[4], row[6], row[7], row[8]) for row in rows] == [
        (
            position,
            each.code,
            each.cell.sheet,
            each.cell.ref,
            each.actual or None,
            each.expected or None,
            each.fix or None,
        )
        for position, each in enumerate(findings, start=1)
        if each.cell
    ]
    links = {
        cell.coordinate: cell.hyperlink
        for row in sheet.iter_rows(min_row=HEADING_ROW + 1)
        for cell in row
        if cell.hyperlink
    }
    assert len(links) == len(findings)
    assert all(link.id is None and link.location for link in links.values())
    assert links[f"E{HEADING_ROW + 1}"].location == "'{0.sheet}'!{0.ref}".format(findings[0].cell)
    assert sheet.freeze_panes == f"A{HEADING_ROW + 1}"
    assert sheet.auto_filter.ref == f"A{HEADING_ROW}:I{HEADING_ROW + len(findings)}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)


def test_counts_stand_on_top(printed: Path, tmp_path: Path) -> None:
    findings = [fault("Skala", "A6"), fault("Skala", "A7", Severity.INFO), fault("Skala", "A8")]
    sheet = openpyxl.load_workbook(marked(printed, findings, tmp_path))["Temuan"]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6, 7)] == [
        "2 kesalahan",
        "0 belum diisi",
        "0 peringatan",
        "1 informasi",
    ]


def test_workbook_without_findings_says_so(printed: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(marked(printed, [], tmp_path))["Temuan"]
    assert sheet.cell(HEADING_ROW + 1, 6).value == "Tidak ada temuan."


def test_findings_without_a_cell_or_on_a_missing_sheet_are_listed(printed: Path, tmp_path: Path) -> None:
    findings = [
        Finding("TPL-001", Severity.ERROR, "Tanda tidak dikenal."),
        fault("Tidak Ada", ""),
        fault("Skala", ""),
    ]
    sheet = openpyxl.load_workbook(marked(printed, findings, tmp_path))["Temuan"]
    cells = [sheet.cell(HEADING_ROW + position, 5) for position in (1, 2, 3)]
    assert [cell.value for cell in cells] == [None, "seluruh lembar", "seluruh lembar"]
    assert [cell.hyperlink and cell.hyperlink.location for cell in cells] == [None, None, "'Skala'!A1"]


HOSTILE = '=HYPERLINK("http://contoh","x")\x00\x0b\ud800 _x000D_ <b>&amp; \'kutip\' \r\nbaris'


def test_text_never_becomes_a_formula_or_breaks_the_file(printed: Path, tmp_path: Path) -> None:
    findings = [fault("Skala", "A6", message=HOSTILE, expected="+1", actual="-1", fix="@SUM(A1)")]
    path = marked(printed, findings, tmp_path)
    new = parts_of(path)
    assert b"<f>" not in new["xl/worksheets/sheet1.xml"]
    sheet = openpyxl.load_workbook(path)["Temuan"]
    cells = [sheet.cell(HEADING_ROW + 1, column) for column in (6, 7, 8, 9)]
    assert all(cell.data_type != "f" and cell.quotePrefix for cell in cells)
    said = '=HYPERLINK("http://contoh","x")\ufffd\ufffd\ufffd _x000D_ <b>&amp; \'kutip\' \nbaris'
    assert str(cells[0].value).replace("_x005F_", "_") == said
    external = [name for name, data in new.items() if name.endswith(".rels") and b"External" in data]
    assert external == []


def test_sheet_names_with_quotes_are_linked(tmp_path: Path) -> None:
    source = tmp_path / "kutip.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Bulan 'Mei' & Juni"
    book.save(source)
    sheet = openpyxl.load_workbook(marked(source, [fault("Bulan 'Mei' & Juni", "B3")], tmp_path))["Temuan"]
    assert sheet.cell(HEADING_ROW + 1, 5).hyperlink.location == "'Bulan ''Mei'' & Juni'!B3"


def test_sheet_of_the_office_named_temuan_stays(tmp_path: Path) -> None:
    source = tmp_path / "temuan.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "temuan"
    book.active["A1"] = "Temuan inspektorat"
    book.save(source)
    result = openpyxl.load_workbook(marked(source, [fault("temuan", "A1")], tmp_path))
    assert result.sheetnames == ["Temuan lakip-xlsx", "temuan"]
    assert result["temuan"]["A1"].value == "Temuan inspektorat"


# Sheets as other programs write them


ROWS = '<sheetData><row r="2" spans="1:2"><c r="A2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5"/></sheetData>'


@pytest.mark.parametrize("ref", ["A1", "B2", "A2", "E2", "C4", "B5", "A9"])
def test_missing_cells_are_put_in_their_place(ref: str, tmp_path: Path) -> None:
    source = raw(tmp_path, sheet_of(ROWS, head='<dimension ref="A2:D2"/>'))
    result = marked(source, [fault("Anggaran", ref)], tmp_path)
    book = openpyxl.load_workbook(result)
    assert book["Anggaran"][ref].fill.fgColor.rgb == STRONG[Severity.ERROR]
    assert (book["Anggaran"]["A2"].value, book["Anggaran"]["D2"].value) == (1, 2)


def test_empty_sheet_gets_rows(tmp_path: Path) -> None:
    source = raw(tmp_path, sheet_of("<sheetData/>"))
    result = openpyxl.load_workbook(marked(source, [fault("Anggaran", "C3"), fault("Anggaran", "A1")], tmp_path))
    assert {result["Anggaran"][ref].fill.fgColor.rgb for ref in ("A1", "C3")} == {STRONG[Severity.ERROR]}


def test_new_cell_looks_like_its_row_or_column(tmp_path: Path) -> None:
    source = tmp_path / "gaya.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet("Anggaran")
        money, percent = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.00%"})
        sheet.set_column(1, 1, 20, money)
        sheet.set_row(4, None, percent)
        sheet.write_number(0, 0, 1)
    held = openpyxl.load_workbook(marked(source, [fault("Anggaran", "B3"), fault("Anggaran", "B5")], tmp_path))[
        "Anggaran"
    ]
    assert (held["B3"].number_format, held["B5"].number_format) == ("#,##0", "0.00%")


def test_cells_without_addresses_are_found(tmp_path: Path) -> None:
    body = "<sheetData><row><c><v>1</v></c><c><f>1+1</f><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    source = raw(tmp_path, sheet_of(body))
    path = marked(source, [fault("Anggaran", "B1"), fault("Anggaran", "A2"), fault("Anggaran", "C2")], tmp_path)
    sheet = openpyxl.load_workbook(path, data_only=True)["Anggaran"]
    assert [sheet[ref].value for ref in ("A1", "B1", "A2", "C2")] == [1, 2, 3, None]
    assert {sheet[ref].fill.fgColor.rgb for ref in ("B1", "A2", "C2")} == {STRONG[Severity.ERROR]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_prefixed_names_comments_and_encodings(encoding: str, tmp_path: Path) -> None:
    declared = "utf-16" if encoding == "utf-16" else "utf-8"
    text = (
        f'<?xml version="1.0" encoding="{declared}"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><!-- <row r="1"> -->'
        '<x:row r="1"><x:c t="inlineStr" r="A1"><x:is><x:t>é &lt;c r="B1"&gt;</x:t></x:is></x:c></x:row>'
        "</x:sheetData><x:extLst/></x:worksheet>"
    )
    source = raw(tmp_path, text, encoding=encoding)
    result = save(
        annotate(source, [fault("Anggaran", "A1"), fault("Anggaran", "B1"), fault("Anggaran", "A3")]), tmp_path
    )
    held = openpyxl.load_workbook(result)["Anggaran"]
    assert held["A1"].value == 'é <c r="B1">'
    assert {held[ref].fill.fgColor.rgb for ref in ("A1", "B1", "A3")} == {STRONG[Severity.ERROR]}


def merges(areas: Iterable[str]) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"


BROKEN = {
    "doctype": f'<!DOCTYPE worksheet [<!ENTITY a "b">]>{sheet_of("<sheetData/>")}',
    "damaged": sheet_of("<sheetData><row></sheetData>"),
    "no number": sheet_of('<sheetData><row r="1"><c r="A1"><v>1.351.829.790</v></c></row></sheetData>'),
    "endless number": sheet_of(f'<sheetData><row r="1"><c r="A1"><v>{"9" * 5_000}</v></c></row></sheetData>'),
    "everything merged": sheet_of(
        "<sheetData/>", tail='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "columns merged": sheet_of(
        "<sheetData/>",
        tail=merges(f"{letter}1:{letter}1048576" for letter in ascii_uppercase),
    ),
    "merged often": sheet_of(
        "<sheetData/>",
        tail=merges(f"A{2 * n}:B{2 * n}" for n in range(1, 50_001)),
    ),
    "everything linked": sheet_of(
        "<sheetData/>", tail='<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    ),
    "long formula, shared": sheet_of(
        f'<sheetData><row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A20000">{"1+" * 4_000}1</f></c></row>'
        + "".join(f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 20_001))
        + "</sheetData>"
    ),
    "very many cells": sheet_of(
        "<sheetData>" + "".join(f'<row r="{n}">{"<c/>" * 1_000}</row>' for n in range(1, 302)) + "</sheetData>"
    ),
    "row nowhere": sheet_of('<sheetData><row r="99999999"><c><v>1</v></c></row></sheetData>'),
    "cell nowhere": sheet_of('<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>'),
    "unknown rule": sheet_of(
        "<sheetData/>",
        tail='<conditionalFormatting sqref="A1"><cfRule type="baru" priority="x"/></conditionalFormatting>',
    ),
    "style that is not there": sheet_of('<sheetData><row r="1"><c r="A1" s="99"><v>1</v></c></row></sheetData>'),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_sheet_that_cannot_be_edited_gives_the_list_alone_and_says_why(kind: str, tmp_path: Path) -> None:
    source = raw(tmp_path, BROKEN[kind])
    begun = time.process_time()
    data = annotate(source, [fault("Anggaran", "A1", fix="Perbaiki.")])
    assert time.process_time() - begun < 10
    assert annotate(source, [fault("Anggaran", "A1", fix="Perbaiki.")]) == data
    result = save(data, tmp_path)
    assert faults(result) == set()
    book = openpyxl.load_workbook(result)
    assert book.sheetnames == ["Temuan"]
    assert book["Temuan"].cell(HEADING_ROW + 1, 9).value == "Perbaiki."
    assert book["Temuan"].cell(HEADING_ROW + 1, 5).hyperlink is None
    assert said(book).startswith("Salinan ini hanya memuat daftar temuan: sel workbook tidak diwarnai, karena ")
    assert "Simpan Sebagai" in said(book)


STYLES = f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1">{{}}</fills></styleSheet>'


@pytest.mark.parametrize(
    "styles",
    [
        STYLES.format("<fill/>"),
        STYLES.format('<fill><patternFill patternType="solid"><fgColor rgb="merah"/></patternFill></fill>'),
        STYLES.format("").replace("<font/>", '<font><family val="99"/></font>'),
        STYLES.format("").replace(
            "<fonts", '<numFmts count="1"><numFmt numFmtId="200" formatCode="' + "[" * 100_000 + '"/></numFmts><fonts'
        ),
        STYLES.format("").replace(
            "</styleSheet>", "<cellStyles>" + '<cellStyle name="a" xfId="0"/>' * 9_000 + "</cellStyles></styleSheet>"
        ),
        "<styleSheet>",
    ],
    ids=["fill", "colour", "family", "format", "names", "broken"],
)
def test_styles_that_openpyxl_refuses_or_hangs_on_are_no_failure(styles: str, tmp_path: Path) -> None:
    source = raw(tmp_path, sheet_of(ROWS), extra={"xl/styles.xml": styles})
    held = parts_of(source)
    override = (
        '<Override PartName="/xl/styles.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
    )
    relation = f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    for name, end, more in (
        ("[Content_Types].xml", b"</Types>", override),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", relation),
    ):
        held[name] = held[name].replace(end, more.encode())
    source.write_bytes(files.pack(held))
    begun = time.process_time()
    book = openpyxl.load_workbook(save(annotate(source, [fault("Anggaran", "A2")]), tmp_path))
    assert time.process_time() - begun < 10
    assert "hanya memuat daftar temuan" in said(book)


def test_selected_sheets_and_chart_sheets_are_deselected(tmp_path: Path) -> None:
    source = tmp_path / "grafik.xlsx"
    with xlsxwriter.Workbook(source) as book:
        first, second = book.add_worksheet("Anggaran"), book.add_worksheet("Skala")
        page = book.add_chartsheet("Grafik")
        chart = book.add_chart({"type": "column"})
        first.write_column("A1", [1, 2, 3])
        chart.add_series({"values": "=Anggaran!$A$1:$A$3"})
        page.set_chart(chart)
        for sheet in (first, second, page):
            sheet.select()
        page.activate()
    old, new = parts_of(source), parts_of(marked(source, [fault("Anggaran", "A1")], tmp_path))
    assert sum(b'tabSelected="1"' in data for data in old.values()) == 3
    assert [name for name, data in new.items() if b'tabSelected="1"' in data] == ["xl/worksheets/sheet1.xml"]
    assert b'activeTab="0"' in new["xl/workbook.xml"]
    assert "xl/charts/chart1.xml" in new


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def rich(path: Path) -> Path:
    """A workbook with nearly everything that Excel can hold, on one sheet."""
    picture = path.with_suffix(".png")
    picture.write_bytes(PIXEL)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Anggaran")
        sheet.write_column("A1", ["Uang", 10, 20, 30])
        sheet.write_formula("B2", "=SUM(A2:A4)", None, 60)
        sheet.write_dynamic_array_formula("D2:D4", "=SORT(A2:A4)", None, 10)
        sheet.write_rich_string("C1", "tebal ", book.add_format({"bold": True}), "di sini")
        sheet.write_url("C2", "https://contoh.go.id/")
        sheet.write_comment("A2", "Catatan bendahara")
        sheet.insert_button("H2", {"caption": "Hitung", "macro": "Hitung"})
        sheet.insert_image("H8", str(picture))
        sheet.insert_textbox("H12", "Kotak teks")
        sheet.set_header("&L&G", {"image_left": str(picture)})
        sheet.set_background(str(picture))
        sheet.add_table("F1:G3", {"columns": [{"header": "Nama"}, {"header": "Nilai"}]})
        sheet.add_sparkline("E2", {"range": "Anggaran!A2:A4"})
        sheet.data_validation("A2:A4", {"validate": "list", "source": ["10", "20"]})
        sheet.conditional_format("A2:A4", {"type": "data_bar", "data_bar_2010": True})
        sheet.merge_range("A6:B7", "Gabung")
        sheet.protect("rahasia")
        sheet.outline_settings(visible=False)
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": "=Anggaran!$A$2:$A$4"})
        sheet.insert_chart("H16", chart)
        book.define_name("Anggaran!Setempat", "=Anggaran!$A$2")
        other = book.add_worksheet("Tersembunyi")
        other.hide()
        other.write_comment("A1", "Tetap")
    return path


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_rich_workbook_keeps_what_can_be_kept_and_the_rest_is_named(tmp_path: Path) -> None:
    source = rich(tmp_path / "kaya.xlsx")
    result = marked(source, [fault("Anggaran", ref) for ref in ("A2", "B2", "D3", "F2", "A6", "Z9")], tmp_path)
    book = openpyxl.load_workbook(result, rich_text=True)
    sheet = book["Anggaran"]
    assert sheet["A2"].comment.text.startswith("Catatan bendahara\n\nKESALAHAN")
    assert str(sheet["C1"].value) == "tebal di sini"
    assert sheet["C1"].value[1].font.b
    assert sheet["C2"].hyperlink.target == "https://contoh.go.id/"
    assert list(sheet.tables) == ["Table1"]
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == ['"10,20"']
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A6:B7"]
    assert sheet.protection.sheet
    assert len(sheet._charts) == 1
    assert (book["Tersembunyi"].sheet_state, book["Tersembunyi"]["A1"].comment.text) == ("hidden", "Tetap")
    assert "Setempat" in sheet.defined_names
    assert openpyxl.load_workbook(result, data_only=True)["Anggaran"]["B2"].value == 60
    assert b"sparklineGroup" in parts_of(result)["xl/worksheets/sheet2.xml"]
    for word in (
        "gambar",
        "1 kotak teks atau bentuk",
        "1 gambar latar",
        "1 gambar kop atau kaki halaman",
        "1 tombol dengan makro",
        "1 sifat larik dinamis pada rumus",
        "1 aturan format bersyarat",  # the newer half of a data bar
    ):
        assert word in said(book)
    assert "sparkline" not in said(book)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_drop_downs_of_other_sheets_protected_ranges_and_ignored_errors_stay(tmp_path: Path) -> None:
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    choice = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{x14}"><x14:dataValidations count="1">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f xmlns:xm="http://schemas.microsoft.com/office/excel/2006/'
        'main">Lain!$A$1:$A$9</xm:f></x14:formula1><xm:sqref xmlns:xm="http://schemas.microsoft.com/office/excel/2006/'
        'main">A2</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>'
    )
    ranges = '<protectedRanges><protectedRange sqref="A2:D2" name="Isian"/></protectedRanges>'
    ignored = '<ignoredErrors><ignoredError sqref="A2" numberStoredAsText="1"/></ignoredErrors>'
    merged = '<mergeCells count="1"><mergeCell ref="A7:B8"/></mergeCells>'
    source = raw(tmp_path, sheet_of(ROWS, tail=f"{ranges}{merged}{ignored}{choice}"))
    result = marked(source, [fault("Anggaran", "A2")], tmp_path)
    text = parts_of(result)["xl/worksheets/sheet2.xml"]
    places = [
        text.index(word)
        for word in (b"<protectedRanges", b"<mergeCells", b"<ignoredErrors", b"<legacyDrawing", b"<extLst")
    ]
    assert places == sorted(places)
    assert b"Lain!$A$1:$A$9" in text
    assert said(openpyxl.load_workbook(result)) == ""


def test_what_merged_cells_hide_is_named_where_it_is_left_out(tmp_path: Path) -> None:
    body = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    source = raw(tmp_path, sheet_of(body, tail='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'))
    book = openpyxl.load_workbook(marked(source, [fault("Anggaran", "B1")], tmp_path))
    assert "1 isi sel yang tertutup sel gabungan" in said(book)
    assert book["Anggaran"]["A1"].comment is not None


def test_strict_workbook_gives_the_list_alone(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml"
    source = raw(tmp_path, sheet_of(ROWS))
    held = {
        name: data.replace(MAIN.encode(), f"{strict}/spreadsheetml/main".encode()).replace(
            OFFICE.encode(), f"{strict}/officeDocument/relationships".encode()
        )
        for name, data in parts_of(source).items()
    }
    source.write_bytes(files.pack(held))
    path = save(annotate(source, [fault("Anggaran", "A2")]), tmp_path)
    assert "hanya memuat daftar temuan" in said(openpyxl.load_workbook(path))
    with pytest.raises(OutputError, match="sudah salinan"):
        annotate(path, [])


numbers = st.one_of(
    st.integers(-(10**22), 10**22).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(allow_nan=False, allow_infinity=False, places=17, min_value=-1000, max_value=1000).map(str),
)
letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20
) | st.sampled_from(["=1+1", "_x000D_", "_x005F_x000D_", "x005F_", " tepi ", "a\nb", "'", "#REF!"])


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["n", "inlineStr", "b", "e", "f", "fs", "d"]), numbers, letters, st.sampled_from([0, 1, 2])
        ),
        min_size=1,
        max_size=8,
    )
)
def test_cells_of_every_kind_read_the_same_afterwards(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str, int]]
) -> None:
    """Numbers to the last digit (also where they look like dates), texts with escapes, results of formulas."""
    folder = tmp_path_factory.mktemp("sel")
    body = ""
    for row, (kind, number_, said_, style) in enumerate(cells, start=1):
        text = escape(said_)
        body += (
            f'<row r="{row}">'
            + {
                "n": f'<c r="A{row}" s="{style}"><v>{number_}</v></c>',
                "inlineStr": f'<c r="A{row}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
                "b": f'<c r="A{row}" t="b"><v>1</v></c>',
                "e": f'<c r="A{row}" t="e"><v>#DIV/0!</v></c>',
                "f": f'<c r="A{row}" s="{style}"><f>1+{row}</f><v>{number_}</v></c>',
                "fs": f'<c r="A{row}" t="str"><f>B1&amp;"x"</f><v>{text}</v></c>',
                "d": f'<c r="A{row}" s="{style}" t="d"><v>2025-03-{row:02}</v></c>',
            }[kind]
            + "</row>"
        )
    source = folder / "semua.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet("Anggaran")
        for column, style in enumerate(("dd/mm/yyyy", "[h]:mm")):
            sheet.write_number(0, column, 1, book.add_format({"num_format": style}))
    held = parts_of(source)
    part = "xl/worksheets/sheet1.xml"
    held[part] = re.sub(rb"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{body}</sheetData>".encode(), held[part])
    source.write_bytes(files.pack(held))
    copy = save(annotate(source, []), folder)
    read = []
    for path in (source, copy):
        with open_package(path) as package:
            listing = read_listing(package)
            read.append(plain_cells(next(listing.sheet(each) for each in listing.entries if each.name == "Anggaran")))
    filled = {place: cell for place, cell in read[0].items() if cell[1] != "" or cell[4] is False}
    assert {place: cell for place, cell in read[1].items() if place in filled} == filled
    assert b"hasil rumus" not in parts_of(copy)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("name", [path.stem for path in sorted(build.FOLDER.glob("*.xlsx"))])
def test_every_sample_reads_the_same_from_its_copy_and_nothing_is_lost(name: str, tmp_path: Path) -> None:
    source = build.FOLDER / f"{name}.xlsx"
    checked = pipeline.check(source)
    copy = marked(source, checked.findings, tmp_path)
    again = pipeline.check(copy)
    assert (again.findings, again.skipped) == (checked.findings, checked.skipped)
    assert said(openpyxl.load_workbook(copy)) == ""


MEASURE = """
import resource, sys
from pathlib import Path
from lakip_xlsx.finding import Cell, Finding, Severity
from lakip_xlsx.show.annotate.annotate import annotate
told = dict(expected="Rp 1.000", actual="Rp 1.001", fix="Perbaiki jumlahnya.")
cells = [Cell("Anggaran", f"A{n}") for n in range(1, 200001)]
findings = [Finding("ANG-001", Severity.ERROR, f"Temuan {cell}", cell, **told) for cell in cells]
Path(sys.argv[2]).write_bytes(annotate(Path(sys.argv[1]), findings))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in another unit")
@pytest.mark.parametrize("notes", [0, 9_000, 200_000])
def test_memory_stays_under_a_gibibyte_with_200_000_findings(notes: int, tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_001))
    comments = "".join(
        f'<comment ref="A{n}" authorId="0"><text><t>Catatan {n}</t></text></comment>' for n in range(1, notes + 1)
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/comments" Target="../comments1.xml"/></Relationships>'
    )
    authors = "<authors><author>Bendahara</author></authors>"
    body = f'<comments xmlns="{MAIN}">{authors}<commentList>{comments}</commentList></comments>'
    extra = {"xl/comments1.xml": body, "xl/worksheets/_rels/sheet1.xml.rels": relation} if notes else {}
    source = raw(tmp_path, sheet_of(f"<sheetData>{rows}</sheetData>"), extra=extra)
    source.write_bytes(files.pack(parts_of(source)))
    target = tmp_path / "hasil.xlsx"
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(source), str(target)], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 2**20  # KiB
    with zipfile.ZipFile(target) as archive:
        listed = archive.read("xl/worksheets/sheet1.xml").decode()
    assert f"Masih ada {200_000 - MOST_ROWS} temuan lagi." in listed
    assert ("hanya memuat daftar temuan" in listed) == (notes == 200_000)
    assert ("198000 sel tidak mendapat catatan" in listed) == (notes != 200_000)
    assert ("100000 sel tidak diwarnai" in listed) == (notes != 200_000)


def test_openpyxl_reads_with_defusedxml() -> None:
    assert openpyxl.DEFUSEDXML is True


# Kinds of files, and writing


def with_type(source: Path, kind: str, extra: dict[str, bytes], target: Path) -> Path:
    held = {**parts_of(source), **extra}
    held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind.encode()
    )
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return target


def test_macros_stay_in_a_file_for_macros(printed: Path, tmp_path: Path) -> None:
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    source = with_type(printed, kind, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}, tmp_path / "makro.xlsm")
    target = write_marked(source, [fault("Anggaran", "C8")])
    assert target.name == "makro.temuan.xlsm"
    assert parts_of(target)["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0macro"


def test_copy_of_a_template_is_a_workbook(printed: Path, tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
    source = with_type(printed, kind, {}, tmp_path / "pola.xltx")
    target = write_marked(source, [])
    assert target.name == "pola.temuan.xlsx"
    assert b"template.main" not in parts_of(target)["[Content_Types].xml"]


def test_signature_of_the_original_is_left_out(printed: Path, tmp_path: Path) -> None:
    held = parts_of(printed)
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    relation = f'<Relationship Id="rIdTtd" Type="{origin}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    extra = {
        "_rels/.rels": held["_rels/.rels"].replace(b"</Relationships>", relation.encode()),
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/sig1.xml": b"<Signature/>",
    }
    source = with_type(
        printed,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        extra,
        tmp_path / "ttd.xlsx",
    )
    new = parts_of(marked(source, [], tmp_path))
    assert not [name for name in new if name.startswith("_xmlsignatures")]
    assert b"digital-signature" not in new["_rels/.rels"]


def test_marked_copy_is_not_marked_again(printed: Path, tmp_path: Path) -> None:
    copy = save(annotate(printed, [fault("Anggaran", "C8")]), tmp_path)
    with pytest.raises(OutputError, match=r"hasil\.xlsx: ini sudah salinan bertanda temuan"):
        annotate(copy, [])
    saved = tmp_path / "disimpan.xlsx"
    book = openpyxl.load_workbook(copy)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(saved)
    with pytest.raises(OutputError, match="sudah salinan"):
        annotate(saved, [])


def test_own_copy_is_replaced_but_nothing_else(printed: Path, tmp_path: Path) -> None:
    source = save(printed.read_bytes(), tmp_path, "kantor.xlsx")
    target = write_marked(source, [fault("Anggaran", "C8")])
    assert target == tmp_path / "kantor.temuan.xlsx" == marked_path(source)
    first = target.read_bytes()
    assert write_marked(source, []) == target
    assert target.read_bytes() != first
    book = openpyxl.load_workbook(target)
    book["Anggaran"]["C8"] = 7  # someone mends in the copy
    book.save(target)
    for foreign in (target.read_bytes(), b"bukan workbook"):
        target.write_bytes(foreign)
        with pytest.raises(OutputError, match="tidak ditimpa"):
            write_marked(source, [])
        assert target.read_bytes() == foreign


@needs_libreoffice
def test_libreoffice_opens_and_saves_the_copy(printed: Path, tmp_path: Path) -> None:
    findings = pipeline.check(printed).findings
    copy = marked(printed, findings, tmp_path)
    office = LibreOffice(tmp_path)
    saved = office.change(copy, number("Anggaran", "H1", 1))
    book = openpyxl.load_workbook(saved)
    assert book.sheetnames[0] == "Temuan"
    noted = {(cell.sheet, cell.ref) for finding in findings if (cell := finding.cell)}
    held = {
        (sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    }
    assert len(noted) > 15
    assert noted <= held
    with pytest.raises(OutputError, match="sudah salinan"):
        annotate(saved, [])


@needs_libreoffice
def test_workbook_saved_by_libreoffice_is_marked(printed: Path, tmp_path: Path) -> None:
    source = LibreOffice(tmp_path).change(printed)
    checked = pipeline.check(source)
    again = pipeline.check(marked(source, checked.findings, tmp_path))
    assert again.findings == checked.findings
    assert checked.findings
