"""Importing what stands elsewhere: recognised by headings, shown first, written only where nothing stands."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx import tools
from lakip_xlsx.cli.main import cli
from lakip_xlsx.errors import LakipError
from lakip_xlsx.excel.edit.fill import PROPOSAL
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.importing import codes, run
from lakip_xlsx.importing.grid import Content, Grid, Medium, Source
from lakip_xlsx.importing.recognise import propose, read
from lakip_xlsx.importing.vocabulary import Concept, meaning
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.numbers import show
from samples import build
from tests.hostile import make_files
from tests.hostile.case import Case
from tests.imports import budgets, measure, pdf, words
from tests.imports.office import make
from tests.imports.trip import many_accounts, round_trip

SEEDS = (7, 8)


def run_cli(*arguments: object, **more: object) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments)], **more)  # type: ignore[arg-type]


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return tools.new_workbook(tmp_path / "lakip.xlsx", layout=LAYOUTS[1], year=2025, name="Dinas Contoh")


@pytest.mark.parametrize("layout", budgets.LAYOUTS, ids=lambda layout: layout.name)
def test_budgets_are_right_to_the_rupiah(layout: budgets.Layout) -> None:
    """Every layout that was seen in public, with its decoys: all cells right, none made up."""
    for seed in SEEDS:
        score = measure.budget(layout, seed)
        assert (score.wrong, score.absent) == ([], 0)
        assert score.right > 30


@pytest.mark.parametrize("layout", words.LAYOUTS, ids=lambda layout: layout.name)
def test_word_tables_are_right(layout: words.Layout) -> None:
    score = measure.word(layout, SEEDS[0])
    assert (score.wrong, score.absent) == ([], 0)
    assert score.right > 3


@pytest.mark.parametrize("layout", [*budgets.LAYOUTS, *words.LAYOUTS], ids=lambda layout: layout.name)
def test_what_cannot_be_read_is_left_out_and_told(layout: budgets.Layout | words.Layout) -> None:
    """Other words, slips and unreadable amounts: nothing is wrong without a word."""
    of = measure.budget if isinstance(layout, budgets.Layout) else measure.word
    score = of(layout, 3, spoil=True)  # type: ignore[operator]
    assert score.wrong == []
    assert score.left or not score.absent


def test_a_report_gives_its_tables_back(tmp_path: Path) -> None:
    trip = round_trip("dinas-contoh-2025-permenpan", tmp_path)
    assert (trip.wrong, trip.gone) == ([], [])
    assert trip.same > 250


def test_many_accounts_are_added_up_exactly(tmp_path: Path) -> None:
    _, right = many_accounts(300, tmp_path)
    assert right


def test_shown_first_then_written_with_sources_and_a_copy(blank: Path, tmp_path: Path) -> None:
    source = budgets.rfk(make(1), tmp_path, Random(1))
    before = blank.read_bytes()
    shown = run_cli(source, "--into", blank, "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "DPA SIMDA (Rp.) -> Program: anggaran" in shown.output
    assert '"RKA SIPD (Rp.)" tidak dipakai' in " ".join(shown.output.split())
    assert "(sama)" in shown.output
    assert blank.read_bytes() == before
    asked = run_cli(source, "--into", blank)
    assert "--ya" in asked.output
    assert blank.read_bytes() == before
    done = run_cli(source, "--into", blank, "--ya")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "lakip.cadangan.xlsx").read_bytes() == before
    table = read_workbook(blank).tables["program"]
    office = make(1)
    assert {table.text(row, "kode"): table.number(row, "anggaran") for row in table.rows} == {
        step.code: step.pagu for step in office.steps()
    }
    sheet = openpyxl.load_workbook(blank)["Program"]
    note = sheet[table.cell(table.rows[0], "anggaran").ref].comment.text
    assert note == "rfk.xlsx, lembar Laporan, sel D7 (kolom DPA SIMDA (Rp.))"
    again = run_cli(source, "--into", blank, "--ya")
    assert "Tidak ada yang perlu ditulis" in again.output


def test_what_is_filled_already_changes_only_on_request(blank: Path, tmp_path: Path) -> None:
    first, second = budgets.rfk(make(1), tmp_path, Random(1)), tmp_path / "lagi.xlsx"
    run_cli(first, "--into", blank, "--ya")
    book = openpyxl.load_workbook(first)
    book["Laporan"]["D11"] = book["Laporan"]["D11"].value + 10  # a leaf …
    for row in (5, 6, 7, 8):
        book["Laporan"][f"D{row}"] = None
    book.save(second)
    kept = json.loads(run_cli(second, "--into", blank, "--ya", "--format", "json").output)
    changes = [change for change in kept["changes"] if change["cell"].startswith("G") or change["sheet"] == "Program"]
    assert changes
    assert not any(change["applied"] for change in changes)
    assert not kept["written"]
    update = json.loads(run_cli(second, "--into", blank, "--ya", "--update", "--format", "json").output)
    assert update["written"]
    assert Path(update["copy"]).exists()
    table = read_workbook(blank).tables["program"]
    for change in update["changes"]:
        row = int(change["cell"].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        assert str(table.number(row, "anggaran")) == change["now"]


def test_another_year_never_fills_this_one(blank: Path, tmp_path: Path) -> None:
    """Last year's report gives n-1; its budget, its promises and its texts are no figures of this year."""
    office = make(2)
    office.year = 2024
    done = run.into([words.measured(office, tmp_path, Random(1)), budgets.rfk(office, tmp_path, Random(1))], blank)
    run.write(done)
    book = read_workbook(blank)
    table = book.tables["indikator"]
    assert [table.number(row, "lalu1") for row in table.rows] == [each.reached for each in office.indicators]
    assert not table.numbers("target")
    assert not table.numbers("realisasi")
    assert not len(book.tables["program"])
    assert any("2024" in left.why for taken in done.proposal.taken for left in taken.left)


def test_too_few_rows_write_none_and_a_new_workbook_has_enough(blank: Path, tmp_path: Path) -> None:
    source = budgets.rfk(make(1, programs=18), tmp_path, Random(1))
    done = run.into([source], blank)
    assert not done.placed.fillings
    assert any("sisipkan baris" in left.why for left in done.placed.left)
    target = tmp_path / "baru.xlsx"
    told = run_cli(source, "--baru", target, "--tahun", 2025, "--nama", "Dinas Contoh", "--ya")
    assert told.exit_code == 0, told.output
    assert len(read_workbook(target).tables["program"]) == len(make(1, programs=18).steps())
    assert run_cli(source, "--baru", target, "--ya").exit_code == 3


def test_staff_lists_are_counted_only_where_their_day_is_known(blank: Path, tmp_path: Path) -> None:
    people = [
        ("Ani", "Penata (III/c)", "S1 Hukum", "P"),
        ("Budi", "Pengatur (II/c)", "SMA", "L"),
        ("Citra", "PPPK", "S2", "P"),
    ]
    for title, expected in (("DAFTAR PEGAWAI PER 31 DESEMBER 2025", 3), ("DAFTAR PEGAWAI", 0)):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append([title])
        sheet.append(["No", "Nama", "Pangkat/Gol", "Pendidikan Terakhir", "L/P"])
        for number, person in enumerate(people, 1):
            sheet.append([number, *person])
        path = tmp_path / "pegawai.xlsx"
        book.save(path)
        done = run.into([path], blank)
        said = {(r.key, r.values["akhir"].value) for r in done.proposal.records() if r.key[0] == "Golongan"}
        assert len(said) == expected
        if expected:
            assert (("Golongan", "golongan iii"), Decimal(1)) in said
            assert (("Golongan", "pppk"), Decimal(1)) in said


def test_chapters_come_as_proposals_beside_the_text(blank: Path, tmp_path: Path) -> None:
    """Last year's words stand in a column that no report prints."""
    document = Document()
    document.add_paragraph("LAPORAN KINERJA TAHUN 2025")
    for title in ("Tugas dan Fungsi", "Struktur Organisasi", "Permasalahan Utama"):
        document.add_heading(title, 2)
        document.add_paragraph(f"Uraian tentang {title.lower()} pada tahun lalu.")
    path = tmp_path / "lama.docx"
    document.save(str(path))
    run.write(run.into([path], blank))
    table = read_workbook(blank).tables["narasi"]
    assert [table.text(row, "usulan") for row in table.rows] == [
        f"Uraian tentang {title} pada tahun lalu."
        for title in ("tugas dan fungsi", "struktur organisasi", "permasalahan utama")
    ]
    assert not any(table.text(row, "teks") for row in table.rows)


def test_quarters_and_accounts_reach_the_optional_sheets(blank: Path, tmp_path: Path) -> None:
    office = make(5)
    sheet = openpyxl.Workbook()
    page = sheet.active
    for line in (
        ["LAPORAN REALISASI ANGGARAN TAHUN ANGGARAN 2025"],
        ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"],
        ["4", "PENDAPATAN", 500, 400, 80],
        ["5", "BELANJA", 900, 800, 88.89],
        ["5.1", "BELANJA OPERASI", 600, 550, 91.67],
        ["5.1.01", "Belanja Pegawai", 400, 390, 97.5],
        ["5.1.02", "Belanja Barang dan Jasa", 200, 160, 80],
        ["5.2.02", "Belanja Modal Peralatan dan Mesin", 300, 250, 83.33],
    ):
        page.append(line)
    path = tmp_path / "lra.xlsx"
    sheet.save(path)
    run.write(run.into([words.actions(office, tmp_path, Random(1)), path], blank))
    book = read_workbook(blank)
    plans, kinds = book.tables["rencana_aksi"], book.tables["belanja"]
    assert len(plans.rows) == 4 * len(office.indicators)
    assert [plans.number(row, "target") for row in plans.rows[:4]] == [*office.indicators[0].quarters]
    assert [(kinds.text(row, "jenis"), kinds.number(row, "anggaran")) for row in kinds.rows] == [
        ("Belanja Pegawai", 400),
        ("Belanja Barang dan Jasa", 200),
        ("Belanja Modal Peralatan dan Mesin", 300),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04 rusak"),
        ("a.csv", b"\x00\x01\x02\xff"),
        ("b.csv", b"%PDF-1.7 bukan tabel"),
        ("a.docx", b"bukan word"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.pdf", b"%PDF-1.7"),
        ("a.csv", b""),
        ("c.csv", b'"tidak ditutup;1;2\n' * 50),
    ],
)
def test_sources_that_cannot_be_read_end_in_one_line(name: str, data: bytes, blank: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = run_cli(path, "--into", blank, "--dry-run")
    if name == "c.csv":
        assert result.exit_code in {0, 3}
        return
    assert result.exit_code == 3
    assert result.stderr.startswith("lakip-xlsx: ")
    assert result.stderr.count("\n") == 1


def test_a_pdf_is_only_proposed(blank: Path, tmp_path: Path) -> None:
    """Its cells are marked for a person to confirm; a table that goes on over pages is one."""
    pytest.importorskip("pdfplumber")
    office = make(4)
    rows = [[s.code, s.name[:30], show(s.pagu), show(s.spent)] for s in office.steps()]
    heads = ["Kode", "Program/Kegiatan/Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)"]
    path = tmp_path / "lra.pdf"
    path.write_bytes(pdf.make([[heads, *rows[:5]], rows[5:]], [90, 240, 90, 90], "LRA TAHUN ANGGARAN 2025"))
    done = run.into([path], blank)
    run.write(done)
    table = read_workbook(blank).tables["program"]
    assert {table.text(row, "kode"): table.number(row, "realisasi") for row in table.rows} == {
        step.code: step.spent for step in office.steps()
    }
    cell = openpyxl.load_workbook(blank)["Program"][table.cell(table.rows[0], "anggaran").ref]
    assert cell.fill.fgColor.rgb == PROPOSAL
    assert "halaman 1–2" in cell.comment.text


def test_a_scan_is_refused_politely(blank: Path, tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    path = tmp_path / "pindai.pdf"
    path.write_bytes(pdf.scan())
    result = run_cli(path, "--into", blank, "--dry-run")
    assert result.exit_code == 3
    assert "hasil pindai" in result.stderr


TRAPS = {
    "ribuan": (
        [["TAHUN 2025 (dalam ribuan rupiah)"], ["Kode", "Uraian", "Pagu"], ["1.01.02", "PROGRAM A", "1.250.000"]],
        "rupiah penuh",
    ),
    "persen": (
        [["Kode", "Uraian", "Pagu", "Realisasi"], ["1.01.02", "PROGRAM A", "1.250.000.000", "98,65"]],
        "memuat persen",
    ),
    "dua pagu": (
        [["Kode", "Uraian", "Pagu", "Anggaran"], ["1.01.02", "PROGRAM A", "1.250.000.000", "1.300.000.000"]],
        "sama-sama dapat berarti anggaran",
    ),
    "dana lain": (
        [["Kode", "Uraian", "Pagu DBHCHT"], ["1.01.02", "PROGRAM A", "1.250.000.000"]],
        "tidak seluruhnya dikenal",
    ),
    "jumlah keliru": (
        [
            ["Kode", "Uraian", "Pagu"],
            ["1.01.02", "PROGRAM A", "1.250.000.010"],
            ["1.01.02.2.01", "Kegiatan B", "1.250.000.000"],
        ],
        "selisih 10",
    ),
    "dua kali": (
        [
            ["Kode", "Uraian", "Pagu"],
            ["1.01.02", "PROGRAM A", "1.250.000.000"],
            ["1.01.02", "PROGRAM A", "1.350.000.000"],
        ],
        "dengan angka lain",
    ),
    "beberapa kantor": (
        [
            ["Nama SKPD", "Kode", "Uraian", "Pagu"],
            ["Dinas Satu", "1.01.02", "PROGRAM A", "1.250.000.000"],
            ["Dinas Dua", "1.01.03", "PROGRAM B", "1.350.000.000"],
        ],
        "perangkat daerah",
    ),
    "triwulan samar": (
        [
            ["Kode", "Uraian", "Pagu", "Realisasi TW I", "Realisasi TW II", "Realisasi TW III", "Realisasi TW IV"],
            ["1.01.02", "PROGRAM A", "900.000.000", "100.000.000", "200.000.000", "300.000.000", "400.000.000"],
        ],
        "tidak jelas apakah",
    ),
    "target siapa": (
        [["No", "Indikator", "Target Kinerja Provinsi"], ["1", "Persentase layanan tepat waktu", "80%"]],
        "tidak seluruhnya dikenal",
    ),
    "tahun apa": (
        [["Indikator", "2023", "2024", "2025"], ["Indeks layanan", "80,5", "81,5", "82,5"]],
        "target atau realisasi",
    ),
}
"""What looks like a figure of the report and is none, or one of two; and a piece of what is told about it."""


@pytest.mark.parametrize("name", TRAPS)
def test_no_figure_comes_out_of_a_trap(name: str, blank: Path, tmp_path: Path) -> None:
    rows, why = TRAPS[name]
    path = tmp_path / "jebakan.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    done = run.into([path], blank)
    told = [left.why for taken in done.proposal.taken for left in taken.left]
    assert any(why in each for each in told), told
    traps = {"1250000", "98.65", "1250000000", "1300000000", "1250000010", "1350000000", "1000000000", "80", "82.5"}
    figures = {f"{each.value:f}" for each in done.placed.fillings if isinstance(each.value, Decimal)}
    if name == "persen":
        assert "98.65" not in figures
    elif name == "jumlah keliru":
        assert figures == {"1250000000"}
    elif name == "triwulan samar":
        assert figures == {"900000000"}
    else:
        assert not figures & traps


@given(
    st.lists(
        st.sampled_from(["Kode", "Uraian", "Pagu", "Realisasi (Rp)", "Indikator", "Target", "Sasaran", "2024", "x"])
    ),
    st.lists(
        st.lists(st.sampled_from(["1.01.02", "5.1.02", "JUMLAH", "1.351", "12 orang", "-", "", "2025"]), max_size=9)
    ),
)
@settings(max_examples=60, deadline=None)
def test_any_table_is_read_to_its_end(heads: list[str], rows: list[list[str]]) -> None:
    content = {
        at: {column: Content(text) for column, text in enumerate(row, 1) if text}
        for at, row in enumerate([heads, *rows], 1)
    }
    grid = Grid("a.csv", "", Medium.CSV, {at: cells for at, cells in content.items() if cells})
    source = Source("a.csv", Medium.CSV, [grid])
    proposal = propose([source], year=2025, office="", layout=LAYOUTS[1])
    assert all(given.source for record in proposal.records() for given in record.values.values())


def test_hidden_rows_make_no_sum(blank: Path, tmp_path: Path) -> None:
    """A filter left on: what is added up from the rows that show would be a part, told as the whole."""
    source = budgets.run_together(make(6), tmp_path, Random(6))
    book = openpyxl.load_workbook(source)
    book["Laporan"].row_dimensions[9].hidden = True
    book.save(source)
    done = run.into([source], blank)
    assert not [each for each in done.placed.fillings if isinstance(each.value, Decimal)]
    assert any("tersembunyi" in left.why for taken in done.proposal.taken for left in taken.left)


@pytest.mark.parametrize("case", make_files.documents()[::2], ids=lambda case: case.name)
def test_hostile_files_are_read_or_refused(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.make())
    with suppress(LakipError):
        propose([read(path)], year=2025, office="", layout=LAYOUTS[1])


def test_wrong_use(blank: Path, tmp_path: Path) -> None:
    assert run_cli(tmp_path / "x.csv").exit_code == 2
    assert run_cli(tmp_path / "x.csv", "--into", blank, "--baru", "y.xlsx").exit_code == 2
    assert run_cli(tmp_path / "x.csv", "--into", blank, "--ya", "--dry-run").exit_code == 2
    assert run_cli(tmp_path / "tidak-ada.csv", "--into", blank).exit_code == 3


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("Realiasi Keuangan (Rp)", Concept.BELANJA),
        ("PAGU ANGGRAN", Concept.PAGU),
        ("Sisa Pagu", Concept.HITUNGAN),
        ("Realisasi Fisik (%)", Concept.LAIN),
        ("Sumber Dana", Concept.SUMBER_DANA),
        ("Kode Unit SKPD", Concept.OPD),
        ("Indikator Kinerja Utama (IKU)", Concept.INDIKATOR),
        ("Realisasi Tahun Lalu", Concept.LAIN),
    ],
)
def test_headings_by_their_words(heading: str, concept: Concept) -> None:
    found = meaning(heading)
    assert found is not None
    assert found.concept is concept


@given(st.text(alphabet="0123456789.X ", max_size=30))
@settings(max_examples=300, deadline=None)
def test_codes_never_fail_and_keep_their_digits(text: str) -> None:
    found = codes.read(text)
    if found is not None:
        assert found.text.replace(".", "") in "".join(text.split()).replace(".", "").upper()


def test_every_layout_says_where_its_like_was_seen() -> None:
    assert len(budgets.LAYOUTS) >= 8
    assert len(words.LAYOUTS) >= 10
    assert all(layout.seen for layout in (*budgets.LAYOUTS, *words.LAYOUTS))
    assert build.names()
