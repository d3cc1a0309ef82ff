"""Sheets read as text say exactly what the XML parser says, or nothing."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.cells import RawWorkbook, SheetEntry, read_by_xml, read_listing
from lakip_xlsx.excel.formulas import Relative, relative_form
from lakip_xlsx.excel.looks import read_looks
from lakip_xlsx.excel.raw import Context, RawSheet, Tally
from lakip_xlsx.excel.scan import scan_sheet
from lakip_xlsx.excel.strings import scan_strings, strings_by_xml
from lakip_xlsx.finding import column_letters
from lakip_xlsx.guard import limits
from lakip_xlsx.guard.limits import Limits
from lakip_xlsx.guard.package import Package, open_package
from tests.hostile.base import HEAD, MAIN, MONEY, STRINGS, pack, plain, sheet
from tests.hostile.case import Case
from tests.hostile.make import all_cases
from tests.libreoffice import SOFFICE, needs_libreoffice

ROOT = Path(__file__).parent.parent
BOOKS = [*sorted((ROOT / "samples").glob("*.xlsx")), *sorted((ROOT / "workbook_templates").glob("*.xlsx"))]
Read = tuple[RawSheet, Tally, int] | str


def context_of(package: Package, raw: RawWorkbook, strings: list[str]) -> Context:
    return Context(package, strings, read_looks(package, raw.styles_part), raw.date1904)


def by_xml(package: Package, entry: SheetEntry, context: Context) -> Read:
    read = RawSheet(entry.name, entry.hidden)
    try:
        read_by_xml(entry.part, read, context)
    except UnreadableError as error:
        return str(error)
    return read, context.tally, package.inflated


def lanes(path: Path, allowed: Limits = limits.STANDARD) -> dict[str, bool]:
    """Read a workbook both ways; sheet (or part) → whether it was read as text. They must say the same."""
    found: dict[str, bool] = {}
    with open_package(path) as one, open_package(path) as other:
        one.limits = other.limits = allowed
        first, second = read_listing(one), read_listing(other)
        strings = texts(one, other, first.strings_part, found)
        if strings is None:
            return found
        scanning, parsing = context_of(one, first, strings), context_of(other, second, strings)
        for entry in first.entries:
            before = replace(scanning.tally), one.inflated
            scanned = scan_sheet(entry.part, RawSheet(entry.name, entry.hidden), scanning)
            found[entry.name] = scanned is not None
            expected = by_xml(other, entry, parsing)
            if scanned is not None:
                assert (scanned, scanning.tally, one.inflated) == expected
                assert list(scanned.rows) == list(expected[0].rows)
                continue
            assert (scanning.tally, one.inflated) == before, "a sheet that is left alone leaves no trace"
            assert by_xml(one, entry, scanning) == expected
            if isinstance(expected, str):
                break
    return found


def texts(one: Package, other: Package, part: str | None, found: dict[str, bool]) -> list[str] | None:
    """The shared strings both ways; None if they cannot be read."""
    if part is None:
        return []
    scanned = scan_strings(one, part)
    found[part] = scanned is not None
    try:
        expected = strings_by_xml(other, part)
    except UnreadableError:
        assert scanned is None
        return None
    assert scanned in (None, expected)
    if scanned is None:
        one.inflated = other.inflated
    return expected


def lanes_of(data: bytes, folder: Path, allowed: Limits = limits.STANDARD) -> dict[str, bool]:
    path = folder / "isi.xlsx"
    path.write_bytes(data)
    try:
        return lanes(path, allowed)
    except UnreadableError:
        return {}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scan")


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_our_own_workbooks_are_read_as_text(path: Path) -> None:
    assert all(lanes(path).values())


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_workbooks_that_openpyxl_saved_are_read_as_text(path: Path, tmp_path: Path) -> None:
    saved = tmp_path / path.name
    openpyxl.load_workbook(path, rich_text=True).save(saved)
    assert all(lanes(saved).values())


@needs_libreoffice
def test_a_workbook_that_libreoffice_saved_is_read_as_text(tmp_path: Path) -> None:
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "keluar"), str(BOOKS[0])], check=True, capture_output=True, timeout=120
    )
    assert all(lanes(tmp_path / "keluar" / BOOKS[0].name).values())


def test_a_workbook_of_xlsxwriter_is_read_as_text(folder: Path) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"use_future_functions": True})
    page = book.add_worksheet("Anggaran")
    bold = book.add_format({"bold": True})
    page.write_rich_string("A1", "biasa ", bold, "tebal & <miring>", " lagi")
    page.write_row("A2", [1, 0.1, True, "x\ny", "=1"])
    page.write_formula("A3", '=IF(B2<"1",A2&"x",1)', None, "")
    page.write_blank("C3", None, bold)
    page.set_row(3, 20, None, {"hidden": True})
    page.merge_range("A5:C5", "gabung", bold)
    book.close()
    assert lanes_of(target.getvalue(), folder) == {"xl/sharedStrings.xml": True, "Anggaran": True}


@pytest.mark.parametrize(
    "case", [case for case in all_cases() if case.file.endswith(".xlsx")], ids=lambda case: case.name
)
def test_hostile_files_are_seen_the_same(case: Case, folder: Path) -> None:
    lanes_of(case.make(), folder)


TEXTS = (
    "", "0", "1", "2", "3", "4", "5", "12.5", "-1", "0.98650000000000004", "1E15", " 5 ", "a&amp;b", "&lt;x&gt;",
    "&#10;", "&quot;&apos;", "&#x41;", "&#13;", "&amp;lt;", "a\nb", "a\r\nb", "a\rb", "\t", "_x000D_", "_xD800_", "é",
    "\u2028", "\U0001f600", "2025-12-31", "2025-12-31T10:00:00", "2025-02-30", "#REF!", ">",
)  # fmt: skip
ODD_TEXTS = (
    "", "0", "1", "7", "007", "-1", "0.98650000000000004", "1E15", " 5 ", "12345678901234567890", "NaN", "99", "x",
    "a&amp;b", "&lt;x&gt;", "&quot;", "&apos;", "&#10;", "&#x41;", "&#13;", "&#0;", "&#xD800;", "&#xFFFE;",
    "&#1114112;", "&x;", "&", "&amp", "&#;", "&amp;lt;", "]]>", ">", "a\nb", "a\r\nb", "a\rb", "\t", "_x000D_",
    "_x0041_", "_xD800_", "é", "\u2028", "\U0001f600", "\x0b", "\ufffe", "<b/>", "<!-- x -->", "<![CDATA[5]]>",
    "<?x y?>", "2025-12-31", "2025-12-31T10:00:00", "2025-02-30", "#REF!", "A1*2", "SUM($A$1:A3)",
)  # fmt: skip
TAGS = (
    "", ' s="1"', ' s="2"', ' s="999"', ' s="x"', ' s="1" t="str"', ' t="str"', ' t="b"', ' t="e"', ' t="d"',
    ' t="n"', ' t="inlineStr"', " t='str'", ' t="entah"', ' vm="1"', " ",
)  # fmt: skip
ODD_TAGS = (
    "", "", "", ' s="1"', ' s="2"', ' s="999"', ' s="x"', ' t="s"', ' s="1" t="s"', ' t="str"', ' t="b"', ' t="e"',
    ' t="d"', ' t="inlineStr"', ' t="n"', ' t="&#115;"', ' s="1" s="2"', ' r="B9"', ' xml:space="preserve"', ' t=s',
    " ", '\n t="s"', ' x14ac:dyDescent="0.25"', ' q:t="s"', ' xmlns:q="u" q:t="s"', ' vm="1"', ' t="s"/', " t='s'",
    ' cm="<"', ' cm=">"', ' xmlns="andere"', 's="1"',
)  # fmt: skip
ODD_ROWS = (
    "", "", "", ' spans="1:3"', ' hidden="1"', ' hidden="true"', ' hidden="0"', ' ht="26.25" customHeight="1"',
    ' spans="1:5" x14ac:dyDescent="0.25"', ' hidden="1" hidden="1"', ' r="4"', ' collapsed="1"', "/", ' a="',
    ' hidden="&#49;"',
)  # fmt: skip
FORMULAS = (
    "", "", "", "<f/>", "<f></f>", "<f>A1*2</f>", '<f t="shared" ref="A1:A9" si="0">A1*2</f>',
    '<f t="shared" si="0"/>', '<f aca="false">"a"&amp;B1</f>', '<f t="shared" si="0"></f>',
    '<f t="array" ref="A1">SUM(A1:A2)</f>',
)  # fmt: skip
ODD_FORMULAS = (
    "", "", "<f/>", "<f></f>", "<f>A1*2</f>", '<f t="shared" ref="A1:A9" si="0">A1*2</f>', '<f t="shared" si="0"/>',
    '<f t="shared" si="0"></f>', '<f aca="false">"a"&amp;B1</f>', "<f>a<b</f>", "<f>a&b</f>", "<f><f/></f>", "<f>",
    "</f>", '<f t="array" ref="A1">SUM(A1:A2)</f>', '<f t="shared" si="1" si="2"/>', "<f>1</f><f>2</f>",
)  # fmt: skip
VALUES = (
    "", "<v/>", "<v />", "<v>{}</v>", "<v>{}</v>", "<v>{}</v>", "<v>{}</v>", "<is><t>{}</t></is>",
    "<v>1</v><v>{}</v>", '<is><t xml:space="preserve">{}</t></is>', "<is><r><t>{}</t></r></is>",
    '<v xml:space="preserve">{}</v>', "<v>{}", " ", "{}", "<extLst/>", "<is/>", "<V>{}</V>",
)  # fmt: skip
ENDS = ("</c>", "</c>", "</c>", "</c>", "</c >", "", "</c>\n", "</c></c>", "</c><d/>")
LETTERS = ("A", "B", "C", "AA", "XFD", "XFE", "ZZZ", "", "a", "$A")
AROUND = (
    "", "", '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>', '<mergeCell ref="x"/>', "<row/>",
    '<row r="9"><c r="A9"><v>1</v></c></row>', "<!-- <sheetData> -->", "<sheetData/>", "<x:y/>",
    '<sheetPr tabColor="1"/>', "<mergeCell><mergeCell ref='A1:B2'/></mergeCell>", "<![CDATA[<sheetData>]]>",
    "<?x <sheetData>?>", "&x;", "<a>", "&#10;",
)  # fmt: skip
HEADS = (
    HEAD, HEAD, HEAD, "", HEAD.replace("\n","\r\n"), '<?xml version="1.1"?>',
    '<?xml version="1.0" encoding="us-ascii"?>', '<?xml version="1.0" encoding="iso-8859-1"?>', "\ufeff" + HEAD,
    f"{HEAD}<!-- x -->", f"{HEAD}<!DOCTYPE x>", f"{HEAD}<?a?>", " " + HEAD, "<?xml version='1.0' encoding='utf-8' ?>",
)  # fmt: skip
ROOTS = ("", ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"', ' a="1" a="2"', ' q:z="1"')
DAMAGE = (
    "<",
    ">",
    "&",
    '"',
    "'",
    "/",
    " ",
    "\n",
    "\0",
    "]]>",
    "<!--",
    "-->",
    "</row>",
    "</c>",
    "<c/>",
    "<row>",
    "é",
    "1",
)


def rarely(draw: st.DrawFn, usual: tuple[str, ...], odd: tuple[str, ...], wild: int) -> str:
    """Mostly something usual; something odd once in ``wild`` times."""
    return draw(st.sampled_from(odd if draw(st.integers(1, wild)) == wild else usual))


@st.composite
def cells(draw: st.DrawFn, row: int, column: int, wild: int) -> str:
    """One cell: mostly as it should be, or odd in one of its parts."""
    letters = rarely(draw, (column_letters(column),), LETTERS, wild)
    number = rarely(draw, (str(row),), (str(row + 10), "0", f"{row}{row}", "", f"0{row}"), wild)
    name = rarely(
        draw, (f' r="{letters}{number}"',), ("", f' q="1" r="{letters}{number}"', f"  r='{letters}{number}'"), wild
    )
    if draw(st.integers(0, 2)) == 0:
        return f"<c{name}{rarely(draw, TAGS[:5], ODD_TAGS, wild)}/>"
    if draw(st.integers(0, 2)) == 0:
        return f'<c{name} t="s"><v>{draw(st.integers(0, 11))}</v></c>'
    text = rarely(draw, TEXTS, ODD_TEXTS, wild) + (draw(st.text(max_size=3)) if wild < 9 else "")
    formula, value = rarely(draw, FORMULAS, ODD_FORMULAS, wild), rarely(draw, VALUES[:7], VALUES, wild)
    tag, end = rarely(draw, TAGS, ODD_TAGS, wild), rarely(draw, ENDS[:1], ENDS, wild)
    return f"<c{name}{tag}>{formula}{value.format(text)}{end}"


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A sheet's XML: usual, well-formed and odd, or damaged."""
    wild = draw(st.sampled_from([1_000, 100, 30, 4]))
    rows = []
    for row in range(1, draw(st.integers(1, 5))):
        held = "".join(draw(cells(row, column, wild)) for column in range(1, draw(st.integers(1, 5))))
        number = rarely(draw, (str(row),), ("1", "11", "0", "1048576", "1048577", "x", ""), wild)
        said = rarely(draw, ODD_ROWS[:8], ODD_ROWS, wild)
        rows.append(f'<row r="{number}"{said}>{held}</row>' if held else f'<row r="{number}"{said}/>')
        rows.append(
            rarely(draw, ("",), ("\n", " ", "<x/>", "<row/>", "<row><c><v>1</v></c></row>", "x", "</row>"), wild)
        )
    before, after = (rarely(draw, AROUND[:3], AROUND, wild) for _ in range(2))
    head, root = rarely(draw, HEADS[:4], HEADS, wild), rarely(draw, ROOTS[:2], ROOTS, wild)
    text = sheet("".join(rows), before=before, after=after, head=head, root=root).decode("utf-8", "surrogatepass")
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(DAMAGE)) + text[at + draw(st.sampled_from([0, 0, 1, 2])) :]
    data = text.encode("utf-8", "surrogatepass")
    return data.replace(b"1", b"\xff", 1) if draw(st.integers(1, wild)) == 1 else data


@settings(max_examples=600, deadline=None)
@given(data=sheets())
@example(data=sheet('<row r="6"><c r="B" s="3"/><c r="B66"/></row>'))
@example(data=sheet('<row r="6"><c r="B16"/></row>'))
@example(data=sheet('<row r="1"><c r="A1"><f></c></row>'))
def test_any_sheet_is_seen_the_same(data: bytes, folder: Path) -> None:
    parts = plain()
    parts[MONEY] = data
    found = lanes_of(pack(parts, level=1), folder)
    event(f"read as text: {found.get('Anggaran')}")


ITEMS = st.sampled_from(
    ["<si><t>{}</t></si>"] * 4
    + [
        '<si><t xml:space="preserve">{}</t></si>',
        "<si><t/></si>",
        "<si/>",
        "<si></si>",
        "<si><r><t>{}</t></r><r><t>x</t></r></si>",
    ]
    + [
        "<si><t>{}</t><rPh><t>y</t></rPh></si>",
        "<si>{}</si>",
        "<si><si><t>{}</t></si></si>",
        "<x><si><t>{}</t></si></x>",
        "\n",
    ]
    + ["<si><t>{}</t></si><!-- x -->", "<si><t>{}</si>", '<si q="1"><t>{}</t></si>', "<si><q:t>{}</q:t></si>", "</sst>"]
)


@settings(max_examples=300, deadline=None)
@given(items=st.lists(st.tuples(ITEMS, st.sampled_from(ODD_TEXTS) | st.text(max_size=4)), max_size=6))
def test_any_table_of_strings_is_seen_the_same(items: list[tuple[str, str]], folder: Path) -> None:
    parts = plain()
    body = "".join(item.format(text) for item, text in items)
    parts[STRINGS] = f'{HEAD}<sst xmlns="{MAIN}">{body}</sst>'.encode("utf-8", "surrogatepass")
    found = lanes_of(pack(parts, level=1), folder)
    event(f"read as text: {found.get('xl/sharedStrings.xml')}")


@pytest.mark.parametrize(
    "name", ["rows", "cells", "blank_cells", "text", "merges", "strings", "branch", "run", "part", "total"]
)
def test_every_limit_is_kept_by_both(name: str, folder: Path) -> None:
    parts = plain()
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" s="1"/></row>' for row in range(1, 9))
    merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    parts[MONEY] = sheet(rows, after=merged)
    for bound in (*range(1, 60), *range(60, 8_000, 97)):
        lanes_of(pack(parts, level=1), folder, replace(limits.STANDARD, **{name: bound}))


REFERENCES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["A", "$B", "AA", "ABCD", "Log"]), min_size=1, max_size=3),
        st.sampled_from(["", "$"]),
        st.integers(0, 12),
        st.sampled_from(["+", "*", ' & "A1" & ', "+'A 1'!", "(", "_", "."]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(pieces=REFERENCES, rows=st.lists(st.integers(1, 12), min_size=1, max_size=5))
def test_relative_forms_from_the_row_above_are_the_same(
    pieces: list[tuple[list[str], str, int, str, bool]], rows: list[int]
) -> None:
    relative = Relative()
    for row in rows:
        text = "".join(
            f"{letter}{fixed}{offset if fixed else ('0' if zero else '') + str(row + offset - 6)}{joint}"
            for letters, fixed, offset, joint, zero in pieces
            for letter in letters
        )
        assert relative.of(text, row, 3) == relative_form(text, row, 3)
