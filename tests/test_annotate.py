"""The marked copy of a workbook: what it adds, and that nothing else changes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lakip_xlsx.show.annotate.styles import LIGHT, STRONG
from lxml import etree
from openpyxl.comments import Comment
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline
from lakip_xlsx.errors import OutputError, UnreadableError
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell, Finding, Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.show.annotate import annotate as module
from lakip_xlsx.show.annotate.annotate import annotate, marked_path, write_marked
from lakip_xlsx.show.annotate.sheet_temuan import HEADING_ROW, HEADINGS
from samples import build
from samples.markdown import read_markdown
from tests.libreoffice import LibreOffice, needs_libreoffice, number

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


def cells_of(path: Path, part: str = "xl/worksheets/sheet1.xml") -> list[tuple[str, str]]:
    """Row number and address of every cell element, in the order of the file."""
    root = etree.fromstring(parts_of(path)[part])
    return [(str(row.get("r")), str(cell.get("r"))) for row in root.iter("{*}row") for cell in row.iterfind("{*}c")]


def box_heights(vml: bytes) -> dict[tuple[str, str], int]:
    """The rows that each note's box covers, by the row and column of its cell (from 0)."""
    found = {}
    for data in etree.fromstring(vml).iter("{*}ClientData"):
        anchor = [int(number) for number in (data.findtext("{*}Anchor") or "").split(",")]
        found[data.findtext("{*}Row") or "", data.findtext("{*}Column") or ""] = anchor[6] - anchor[2]
    return found


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


def test_untouched_parts_keep_their_bytes(printed: Path) -> None:
    old, new = parts_of(printed), parts_of(annotate(printed, [fault("Anggaran", "C8")]))
    changed = {name for name in old if old[name] != new[name]}
    assert new.keys() - old.keys() == {"xl/worksheets/temuan.xml"}
    assert old.keys() <= new.keys()
    assert changed == {
        "[Content_Types].xml",
        "docProps/custom.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments7.xml",
        "xl/drawings/vmlDrawing7.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",  # no longer selected
        "xl/worksheets/sheet9.xml",
    }


def test_sheets_differ_in_the_style_of_marked_cells_only(printed: Path) -> None:
    findings = pipeline.check(printed).findings
    old, new = parts_of(printed), parts_of(annotate(printed, findings))
    plain = re.compile(rb'(?<=<c)( r="[A-Z]+[0-9]+") s="[0-9]+"')
    seen = 0
    for name in old:
        if name.startswith("xl/worksheets/sheet"):
            seen += old[name] != new[name]
            left, right = (plain.sub(rb"\1", data.replace(b' tabSelected="1"', b"")) for data in (old[name], new[name]))
            assert left == right, name
    assert seen > 5


def test_formats_are_kept_and_styles_only_added(printed: Path) -> None:
    findings = pipeline.check(printed).findings
    old, new = (
        etree.fromstring(parts_of(source)["xl/styles.xml"]) for source in (printed, annotate(printed, findings))
    )
    for name in ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs"):
        before, after = (root.findall(f"{{*}}{name}/*") for root in (old, new))
        texts = [[etree.tostring(each, method="c14n", exclusive=True) for each in held] for held in (before, after)]
        assert texts[0] == texts[1][: len(texts[0])], name
        assert new.find(f"{{*}}{name}").get("count") == str(len(after))  # type: ignore[union-attr]


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
        return {(name, sheets[int(number)] if number else "", text) for name, number, text in local}

    assert names(old) < names(new)
    assert names(new) - names(old) == {
        ("_xlnm._FilterDatabase", "Temuan", f"'Temuan'!$A${HEADING_ROW}:$I${HEADING_ROW + 1}"),
        ("_xlnm.Print_Titles", "Temuan", f"'Temuan'!${HEADING_ROW}:${HEADING_ROW}"),
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


def test_note_that_is_there_is_kept_above_ours_and_its_box_grows(printed: Path, tmp_path: Path) -> None:
    old = openpyxl.load_workbook(printed)["Anggaran"]["C5"].comment
    result = marked(printed, [fault("Anggaran", "C5", message="Kalimat panjang. " * 40)], tmp_path)
    new = openpyxl.load_workbook(result)
    note = new["Anggaran"]["C5"].comment
    assert old is not None
    assert note is not None
    assert note.text.startswith(f"{old.text}\n\nKESALAHAN ANG-001\nKalimat panjang.")
    boxes = [box_heights(parts_of(path)["xl/drawings/vmlDrawing7.vml"]) for path in (printed, result)]
    assert boxes[0].keys() == boxes[1].keys()
    assert {place for place in boxes[0] if boxes[0][place] != boxes[1][place]} == {("4", "2")}
    assert boxes[1]["4", "2"] > boxes[0]["4", "2"] + 8


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


def test_threaded_comment_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "obrolan.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.active["A1"].comment = Comment("[Threaded comment]", "tc={0F1E2D3C-0000-0000-0000-000000000001}")
    book.save(source)
    result = openpyxl.load_workbook(marked(source, [fault("Anggaran", "A1"), fault("Anggaran", "B2")], tmp_path))
    assert result["Anggaran"]["A1"].comment.text == "[Threaded comment]"
    assert result["Anggaran"]["A1"].fill.fgColor.rgb == STRONG[Severity.ERROR]
    assert result["Anggaran"]["B2"].comment is not None
    assert "tanpa catatan" in str(result["Temuan"]["A3"].value)


def test_drawing_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "lain.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.active["A1"].comment = Comment("Catatan", "Bendahara")
    book.save(source)
    held = parts_of(source)
    vml = next(name for name in held if name.endswith(".vml"))
    held[vml] = held[vml].replace(b"</xml>", b"<br></xml>")
    with zipfile.ZipFile(source, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    new = parts_of(annotate(source, [fault("Anggaran", "A1")]))
    comments = next(name for name in held if "comment1.xml" in name)
    assert (new[vml], new[comments]) == (held[vml], held[comments])
    assert b"tanpa catatan" in new["xl/worksheets/temuan.xml"]


def test_very_many_notes_are_limited_but_all_cells_are_coloured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 30)
    source = tmp_path / "banyak.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.save(source)
    held = openpyxl.load_workbook(marked(source, [fault("Anggaran", f"A{row}") for row in range(1, 101)], tmp_path))
    sheet = held["Anggaran"]
    assert sum(sheet.cell(row, 1).comment is not None for row in range(1, 101)) == 30
    assert {sheet.cell(row, 1).fill.fgColor.rgb for row in range(1, 101)} == {STRONG[Severity.ERROR]}
    assert len([row for row in held["Temuan"].iter_rows(min_row=HEADING_ROW + 1, max_col=1) if row[0].value]) == 100


def test_shape_numbers_are_unique_beyond_one_block(tmp_path: Path) -> None:
    source = tmp_path / "banyak.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Anggaran"
    book.create_sheet("Skala")["A1"].comment = Comment("Catatan", "Bendahara")
    book.save(source)
    findings = [fault("Anggaran", f"A{row}") for row in range(1, 1_201)] + [fault("Skala", "B2")]
    drawings = {name: data for name, data in parts_of(annotate(source, findings)).items() if name.endswith(".vml")}
    ids = [
        each
        for data in drawings.values()
        for each in re.findall(rb'<[a-z0-9]+:shape [^>]*?id="(_x0000_s[0-9]+)"', data)
    ]
    assert len(drawings) == 2
    assert len(ids) == len(set(ids)) == 1_202


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
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == ["2 kesalahan", "0 peringatan", "1 informasi"]


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
    assert b"<f" not in re.sub(rb"<[^>]*font", b"", new["xl/worksheets/temuan.xml"])
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
    places = [Cell("", address).position for _, address in cells_of(result)]
    assert places == sorted(places)
    assert Cell("", ref).position in places
    assert all(row == address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for row, address in cells_of(result))
    book = openpyxl.load_workbook(result)
    assert book["Anggaran"][ref].fill.fgColor.rgb == STRONG[Severity.ERROR]
    assert (book["Anggaran"]["A2"].value, book["Anggaran"]["D2"].value) == (1, 2)


def test_dimension_and_spans_follow_new_cells(tmp_path: Path) -> None:
    source = raw(tmp_path, sheet_of(ROWS, head='<dimension ref="A2:D2"/>'))
    text = parts_of(annotate(source, [fault("Anggaran", "F9"), fault("Anggaran", "E2")]))["xl/worksheets/sheet1.xml"]
    assert b'<dimension ref="A2:F9"/>' in text
    assert b"spans" not in text
    inside = parts_of(annotate(source, [fault("Anggaran", "B2")]))["xl/worksheets/sheet1.xml"]
    assert b'spans="1:2"' in inside


def test_empty_sheet_gets_rows(tmp_path: Path) -> None:
    source = raw(tmp_path, sheet_of("<sheetData/>"))
    result = marked(source, [fault("Anggaran", "C3"), fault("Anggaran", "A1")], tmp_path)
    assert cells_of(result) == [("1", "A1"), ("3", "C3")]


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
    body = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    source = raw(tmp_path, sheet_of(body))
    data = parts_of(annotate(source, [fault("Anggaran", "B1"), fault("Anggaran", "A2"), fault("Anggaran", "C2")]))
    text = re.sub(rb' s="[0-9]+"', b" s", data["xl/worksheets/sheet1.xml"])
    assert b"<row><c><v>1</v></c><c s><v>2</v></c></row>" in text
    assert b'<row><c s><v>3</v></c><c r="C2" s/></row>' in text


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
    root = etree.fromstring(parts_of(result)["xl/worksheets/sheet1.xml"])
    assert [etree.QName(child).localname for child in root] == ["sheetData", "legacyDrawing", "extLst"]
    held = openpyxl.load_workbook(result)["Anggaran"]
    assert held["A1"].value == 'é <c r="B1">'
    assert {held[ref].fill.fgColor.rgb for ref in ("A1", "B1", "A3")} == {STRONG[Severity.ERROR]}


def test_attribute_that_only_looks_like_a_style_is_not_touched(tmp_path: Path) -> None:
    body = "<sheetData><row r='1'><c xs=' s=\"7\" > ' r='A1' s='0'><v>1</v></c></row></sheetData>"
    text = parts_of(annotate(raw(tmp_path, sheet_of(body)), [fault("Anggaran", "A1")]))["xl/worksheets/sheet1.xml"]
    assert re.search(rb"<c xs=' s=\"7\" > ' r='A1' s=\"[1-9]\"><v>1</v></c>", text)


def test_doctype_is_refused(tmp_path: Path) -> None:
    source = raw(tmp_path, f'<!DOCTYPE worksheet [<!ENTITY a "b">]>{sheet_of("<sheetData/>")}')
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        annotate(source, [fault("Anggaran", "A1")])


def test_damaged_sheet_is_refused_in_one_line(tmp_path: Path) -> None:
    source = raw(tmp_path, sheet_of("<sheetData><row></sheetData>"))
    with pytest.raises(UnreadableError, match="Lembar Anggaran rusak") as caught:
        annotate(source, [fault("Anggaran", "A1")])
    assert "\n" not in str(caught.value)


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
    assert sum(b"tabSelected" in data for data in old.values()) == 3
    assert [name for name, data in new.items() if b"tabSelected" in data] == ["xl/worksheets/temuan.xml"]
    assert b"activeTab" in old["xl/workbook.xml"]
    assert b"activeTab" not in new["xl/workbook.xml"]
    assert new["xl/charts/chart1.xml"] == old["xl/charts/chart1.xml"]


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


def test_everything_else_in_a_rich_workbook_survives(tmp_path: Path) -> None:
    source = rich(tmp_path / "kaya.xlsx")
    result = marked(source, [fault("Anggaran", ref) for ref in ("A2", "B2", "D3", "F2", "A6", "Z9")], tmp_path)
    old, new = parts_of(source), parts_of(result)
    assert {name for name in old if new.get(name) != old[name]} == {
        "[Content_Types].xml",
        "_rels/.rels",  # the property that says that this is a marked copy
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }
    assert new.keys() - old.keys() == {"docProps/custom.xml", "xl/worksheets/temuan.xml"}
    styles = re.compile(rb' tabSelected="1"| s="[0-9]+"|<dimension [^>]*>')
    bare = [styles.sub(b"", each["xl/worksheets/sheet1.xml"]) for each in (old, new)]
    assert bare[1].replace(b'<row r="9"><c r="Z9"/></row>', b"").replace(b'<c r="F2"/>', b"") == bare[0]
    shapes = [etree.fromstring(each["xl/drawings/vmlDrawing1.vml"]).findall("{*}shape") for each in (old, new)]
    assert len(shapes[1]) == len(shapes[0]) + 5  # A2 has its box already; the button stays
    assert b"Catatan bendahara" in new["xl/comments1.xml"]
    text = new["xl/worksheets/sheet1.xml"]
    assert text.index(b"<legacyDrawing ") < text.index(b"<legacyDrawingHF ") < text.index(b"<tableParts")
    names = etree.fromstring(new["xl/workbook.xml"]).findall("{*}definedNames/{*}definedName")
    assert {(each.get("name"), each.get("localSheetId")) for each in names} >= {("Setempat", "1")}


def test_strict_workbook_is_coloured_but_gets_no_notes(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml"
    source = raw(tmp_path, sheet_of(ROWS))
    held = {
        name: data.decode()
        .replace(MAIN, f"{strict}/spreadsheetml/main")
        .replace(OFFICE, f"{strict}/officeDocument/relationships")
        for name, data in parts_of(source).items()
    }
    with zipfile.ZipFile(source, "w") as archive:
        for name, text in held.items():
            archive.writestr(name, text)
    new = parts_of(annotate(source, [fault("Anggaran", "A2")]))
    assert b"transitional" not in b"".join(new.values())
    assert MAIN.encode() not in b"".join(new.values())
    assert f"{strict}/officeDocument/relationships/worksheet".encode() in new["xl/_rels/workbook.xml.rels"]
    assert re.search(rb'<c r="A2" s="1">|<c s="1" r="A2">', new["xl/worksheets/sheet1.xml"])
    assert not [name for name in new if "comments" in name or name.endswith(".vml")]
    assert b"tanpa catatan" in new["xl/worksheets/temuan.xml"]
    with pytest.raises(OutputError, match="sudah salinan"):
        annotate(save(annotate(source, []), tmp_path), [])


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
