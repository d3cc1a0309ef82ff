"""Many offices in one workbook: who is there, sums to the rupiah, ways back to the cells, and what people typed."""

import random
import re
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.cli.recap import recap as command
from lakip_xlsx.recap import follow, frames, names, pack
from lakip_xlsx.recap.board import Line, State
from lakip_xlsx.recap.build import kept
from lakip_xlsx.recap.model import Facts, Office, Sheet
from lakip_xlsx.recap.spool import Spool, beside
from lakip_xlsx.workbook.book import object_frame
from tests.regency.build import FAULTS, build, rewrite

ROWS_FROM = 5  # the first row under the headings


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    return build(tmp_path_factory.mktemp("kabupaten"), offices=9)


@pytest.fixture(scope="module")
def made(regency):
    """The recap of that regency, and what the command returned."""
    output = regency.folder / "REKAP.xlsx"
    lists = ["--daftar", regency.folder / "daftar.xlsx", "--apbd", regency.folder / "apbd.xlsx"]
    code = run(regency.folder / "masuk", "-o", output, *lists, "--surat", regency.folder / "surat")
    return output, code


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(made[0], data_only=True)


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    return build(tmp_path_factory.mktemp("tiga") / "kecil", offices=3, missing=0)


@pytest.fixture
def small(three, tmp_path):
    """A regency of three, to be changed."""
    return replace(three, folder=Path(shutil.copytree(three.folder, tmp_path / "kecil")))


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        command.main([*map(str, arguments), "--jobs", "1"], standalone_mode=False)
    return ended.value.code


def rows(book, name):
    """The rows under the headings of a sheet, by heading."""
    page = book[name]
    heading = [cell.value for cell in page[4]]
    found = [dict(zip(heading, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=ROWS_FROM)]
    return [row for row in found if any(value is not None for value in row.values())]


# -- Who is there, and what their money is ----------------------------------------------------------------------


def test_every_office_that_is_expected_stands_on_the_board_with_what_it_handed_in(made, book, regency):
    states = Counter(row["Keadaan"] for row in rows(book, "Papan"))
    assert states == {State.COUNTED: 7, State.MISSING: 2, State.DOUBLED: 1}
    assert {row["Kantor"].replace("Kab.", "Kabupaten") for row in rows(book, "Papan")} == set(regency.expected)
    missing = {
        row["Kantor"].replace("Kab.", "Kabupaten") for row in rows(book, "Papan") if row["Keadaan"] == State.MISSING
    }
    assert missing == set(regency.missing)
    assert [row["Kantor"] for row in rows(book, "Papan") if row["Keadaan"] == State.DOUBLED] == [regency.doubled]
    assert made[1] == 1


def test_the_sums_are_those_of_the_numbers_the_offices_were_made_of(book, regency):
    by_office = {row["Kantor"]: row for row in rows(book, "Uang")}
    for office in regency.offices:
        assert (by_office[office.name]["Anggaran (Rp)"], by_office[office.name]["Realisasi (Rp)"]) == office.money
    assert (by_office["Jumlah"]["Anggaran (Rp)"], by_office["Jumlah"]["Realisasi (Rp)"]) == regency.totals()
    programs = {row["Kode"]: row for row in rows(book, "Uang per Program")}
    for (code, what), amount in regency.by_program().items():
        assert programs[code][f"{what.title()} (Rp)"] == amount
    sources = {row["Sumber Dana"]: row for row in rows(book, "Uang per Sumber Dana")}
    for (name, what), amount in regency.by_source().items():
        assert sources[name][f"{what.title()} (Rp)"] == amount
    kinds = [row["Anggaran (Rp)"] for row in rows(book, "Uang per Jenis Belanja")]
    assert kinds[3] == regency.totals()[0] == sum(kinds[:3])
    for sheet in ("Uang per Program", "Uang per Urusan", "Uang per Sumber Dana", "Uang per Jenis Belanja"):
        gap = rows(book, sheet)[-1]
        assert (gap["Anggaran (Rp)"], gap["Realisasi (Rp)"]) == (0, 0)
    staff = rows(book, "Pegawai")[-1]
    assert (staff["Awal Tahun"], staff["Akhir Tahun"]) == tuple(
        sum(o.staff[at] for o in regency.offices) for at in (0, 1)
    )


def test_the_formulas_of_a_view_come_to_the_same_over_the_rows_they_name(made, book):
    """Each SUMPRODUCT is worked out anew, with pandas, over the very ranges that it names."""
    formulas = openpyxl.load_workbook(made[0])
    seen = 0
    for name in ("Uang per Program", "Uang per Urusan", "Uang per Sumber Dana"):
        for row in formulas[name].iter_rows(min_row=ROWS_FROM):
            for cell in row:
                if str(cell.value).startswith("=SUMPRODUCT"):
                    ranges = re.findall(r"'([^']+)'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", cell.value)
                    mark, counted, money = (
                        pd.Series([book[sheet][f"{letter}{at}"].value for at in range(int(first), int(last) + 1)])
                        for sheet, letter, first, last in ranges
                    )
                    own = formulas[name][f"A{cell.row}"].value
                    assert money[(mark == own) & (counted == 1)].sum() == book[name][cell.coordinate].value
                    seen += 1
    assert seen > 40


def test_every_row_of_the_long_frames_leads_to_the_cell_that_holds_its_figure(made, regency):
    formulas = openpyxl.load_workbook(made[0])
    opened = {}
    for sheet, figure in (("Data Program", "Anggaran (Rp)"), ("Data Indikator", "Target")):
        page = formulas[sheet]
        heading = [cell.value for cell in page[4]]
        for row in page.iter_rows(min_row=ROWS_FROM):
            way, name, ref = re.match(r"=HYPERLINK\(\"(.+?)#'(.+?)'!([A-Z]+\d+)\"", row[1].value).groups()
            place = regency.folder / unquote(way)
            if place not in opened:
                opened[place] = openpyxl.load_workbook(place, data_only=True)
            office = opened[place]
            at = next(cell.column for cell in office[name][5] if str(cell.value).startswith(figure))
            assert row[heading.index(figure)].value == office[name].cell(int(ref.lstrip("ABCDEFGHIJ")), at).value
    assert len(opened) == len(regency.offices)


def test_links_of_the_board_open_files_that_are_there(made, regency):
    page = openpyxl.load_workbook(made[0])["Papan"]
    links = [row[1].hyperlink for row in page.iter_rows(min_row=ROWS_FROM) if row[1].hyperlink]
    assert len(links) == len(regency.offices) + 1
    assert all((regency.folder / unquote(link.target).replace("\\", "/")).is_file() for link in links)


# -- Across offices ---------------------------------------------------------------------------------------------


def test_each_planted_fault_is_found_where_it_was_planted_and_nothing_else_is(book, regency):
    found = rows(book, "Lintas Kantor")
    for fault, office in regency.planted.items():
        assert any(row["Kode"] == FAULTS[fault] and office in row["Temuan"] for row in found), fault
    expected = Counter([*FAULTS.values(), "LKT-001", "LKT-001", "LKT-002"])
    assert Counter(row["Kode"] for row in found) == expected


def test_the_apbd_is_held_against_the_offices_to_the_rupiah(small):
    place = small.folder / "apbd.xlsx"
    apbd = openpyxl.load_workbook(place)
    apbd.active["D2"] = apbd.active["D2"].value + 1
    apbd.save(place)
    run(small.folder / "masuk", "-o", small.folder / "R.xlsx", "--apbd", place)
    found = [
        row
        for row in rows(openpyxl.load_workbook(small.folder / "R.xlsx"), "Lintas Kantor")
        if row["Kode"] == "LKT-017"
    ]
    assert len(found) == 2  # the office's total, and the program that it comes from
    assert all("Selisih Rp 1." in row["Temuan"] for row in found)


def test_two_offices_that_share_no_more_than_a_common_sentence_copied_nothing(small):
    run(small.folder / "masuk", "-o", small.folder / "R.xlsx")
    found = rows(openpyxl.load_workbook(small.folder / "R.xlsx"), "Lintas Kantor")
    assert not [row for row in found if row["Kode"] in {"LKT-014", "LKT-015"} and row["Kode"] not in FAULTS.values()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dinas Kesehatan Kabupaten Contoh", "DINAS KESEHATAN"),
        ("Dinas Kesehatan Kab. Contoh", "Dinas Kesehatan Kabupaten Contoh"),
        ("Dinas  Kesehatan, Kab. Contoh", "dinas kesehatan"),
    ],
)
def test_an_office_is_known_by_its_usual_spellings(one, other):
    region = "Pemerintah Kabupaten Contoh"
    assert names.key(one, region) == names.key(other, region)
    assert names.key(one, region) != names.key("Dinas Pendidikan", region)


# -- What is still to be done, over the runs --------------------------------------------------------------------


def tasks(place):
    return {row["Kunci"]: row for row in rows(openpyxl.load_workbook(place), follow.NAME)}


def test_what_people_type_survives_three_runs_while_findings_go_and_come_back(small):
    place, inbox = small.folder / "R.xlsx", small.folder / "masuk"
    office = small.offices[0]
    rewrite(inbox, office, fault=True)
    run(inbox, "-o", place)
    first = tasks(place)
    key = next(key for key, row in first.items() if row["Kode"] == "ANG-001")
    assert first[key]["Keadaan"] == follow.State.NEW
    edited = openpyxl.load_workbook(place)
    page = edited[follow.NAME]
    heading = [cell.value for cell in page[4]]
    at = next(row[0].row for row in page.iter_rows(min_row=ROWS_FROM) if row[heading.index("Kunci")].value == key)
    page.cell(at, heading.index("Status") + 1).value = "Dikerjakan"
    page.cell(at, heading.index("Catatan") + 1).value = "Menunggu DPA"
    page.cell(4, len(heading) + 1).value = "Rapat"
    page.cell(at, len(heading) + 1).value = 12
    page.cell(page.max_row + 1, heading.index("Catatan") + 1).value = "Undang semua kantor"
    edited.save(place)

    rewrite(inbox, office, fault=False)
    run(inbox, "-o", place)
    second = tasks(place)
    assert second[key]["Keadaan"] == follow.State.DONE
    rewrite(inbox, office, fault=True)
    run(inbox, "-o", place)
    third = tasks(place)
    assert third[key]["Keadaan"] == follow.State.BACK
    (inbox / "000-1.01.xlsx").unlink()
    run(inbox, "-o", place)
    fourth = tasks(place)
    assert fourth[key]["Keadaan"] == follow.State.UNKNOWN  # nobody looked, so nothing is done
    for later in (second, third, fourth):
        assert (later[key]["Status"], later[key]["Catatan"], later[key]["Rapat"]) == ("Dikerjakan", "Menunggu DPA", 12)
        assert [row["Catatan"] for row in later.values() if row["Keadaan"] == follow.State.OWN] == [
            "Undang semua kantor"
        ]
    assert kept(place).exists()


def test_a_finding_keeps_its_key_when_rows_are_inserted_above_it(small):
    place, inbox = small.folder / "R.xlsx", small.folder / "masuk"
    rewrite(inbox, small.offices[0], fault=True)
    run(inbox, "-o", place)
    before = {key for key, row in tasks(place).items() if row["Kode"].startswith("PRG")}
    rewrite(inbox, small.offices[0], fault=True, gap=3)
    run(inbox, "-o", place)
    after = tasks(place)
    assert before
    assert all(after[key]["Keadaan"] == follow.State.OPEN for key in before)


@pytest.mark.parametrize("change", ["sheet", "key", "year", "stranger"])
def test_a_recap_whose_notes_cannot_be_taken_over_is_left_alone(small, change, capsys):
    place, inbox = small.folder / "R.xlsx", small.folder / "masuk"
    run(inbox, "-o", place)
    edited = openpyxl.load_workbook(place)
    page = edited[follow.NAME]
    if change == "sheet":
        edited.create_sheet("Rapat")
    elif change == "key":
        page.delete_cols(page.max_column)
    elif change == "year":
        page["A1"] = "TINDAK LANJUT TAHUN 2024"
    else:
        del edited[follow.NAME]
    edited.save(place)
    before = place.read_bytes()
    assert run(inbox, "-o", place) == 3
    assert "tidak ditimpa" in capsys.readouterr().err
    assert place.read_bytes() == before
    assert run(inbox, "-o", place, "--force") in {0, 1}
    assert kept(place).read_bytes() == before


def test_a_letter_goes_to_each_office_with_something_to_do_and_an_edited_one_stays(small, capsys):
    inbox, letters = small.folder / "masuk", small.folder / "surat"
    run(inbox, "-o", small.folder / "R.xlsx", "--surat", letters)
    written = sorted(letters.glob("*.docx"))
    assert len(written) == len(small.offices)
    written[0].write_bytes(b"disunting")
    assert run(inbox, "-o", small.folder / "R.xlsx", "--surat", letters) == 3
    assert written[0].read_bytes() == b"disunting"
    assert written[0].name in capsys.readouterr().err


# -- Going on, and the same again -------------------------------------------------------------------------------


def test_a_run_that_was_killed_goes_on_and_comes_to_the_same_recap(small):
    inbox, whole, again = small.folder / "masuk", small.folder / "A.xlsx", small.folder / "B.xlsx"
    run(inbox, "-o", whole)
    kept_lines = beside(whole).read_bytes().splitlines(keepends=True)
    beside(again).write_bytes(kept_lines[0] + kept_lines[1][:200])  # killed in the middle of the second line
    run(inbox, "-o", again)
    assert again.read_bytes() == whole.read_bytes()
    spool = Spool(beside(again))
    assert len({spool.facts(digest).digest for digest in spool._places}) == len(kept_lines)
    spool.release()


@pytest.mark.parametrize("damage", [b"x", b'{"program":1}\n', b"[" * 5000 + b"\n"])
def test_a_damaged_line_is_as_if_it_were_not_there(small, damage):
    inbox, place = small.folder / "masuk", small.folder / "R.xlsx"
    beside(place).write_bytes(damage)
    assert run(inbox, "-o", place) in {0, 1}
    assert len(rows(openpyxl.load_workbook(place), "Papan")) == 4


def test_a_workbook_that_cannot_be_read_costs_the_others_nothing(small, capsys):
    (small.folder / "masuk" / "rusak.xlsx").write_bytes(b"bukan workbook")
    place = small.folder / "R.xlsx"
    assert run(small.folder / "masuk", "-o", place) == 3
    board = rows(openpyxl.load_workbook(place), "Papan")
    assert Counter(row["Keadaan"] for row in board)[State.UNREADABLE] == 1
    assert Counter(row["Keadaan"] for row in board)[State.COUNTED] == 3
    assert "rusak.xlsx" in capsys.readouterr().err


def test_last_year_stands_beside_this_one_and_a_later_one_does_not(small, tmp_path, capsys):
    before = tmp_path / "lalu"
    shutil.copytree(small.folder / "masuk", before)
    place = small.folder / "R.xlsx"
    run(small.folder / "masuk", "-o", place, "--lalu", before)
    assert "tidak lebih lama" in capsys.readouterr().err
    rewrite(before, small.offices[0], fault=False, year=2024)
    for extra in [*before.glob("00[12]*.xlsx"), *before.glob("salinan/*")]:
        extra.unlink()
    run(small.folder / "masuk", "-o", place, "--lalu", before)
    by_office = {row["Kantor"]: row for row in rows(openpyxl.load_workbook(place, data_only=True), "Uang")}
    row = by_office[small.offices[0].name]
    assert row["Anggaran Tahun Lalu (Rp)"] == small.offices[0].money[0]


# -- Laws -------------------------------------------------------------------------------------------------------

amounts = st.integers(0, 10**14).map(Decimal)
lines = st.lists(
    st.tuples(st.sampled_from(["1.01.01", "1.01.02", "7.01.01"]), st.sampled_from(["A", "B"]), amounts, amounts),
    max_size=6,
)


def _office(money):
    frame = object_frame(
        ["lembar", "baris", "kode", "nama", "anggaran", "realisasi"],
        {at: ["program", at, *line] for at, line in enumerate(money)},
    )
    return Office(facts=Facts(digest="", name=""), sheets={"uang": Sheet(name="", letters={}, frame=frame)}, faults=())


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_sums_are_the_same_however_the_offices_are_put_together(offices, chance: random.Random):
    block = [(Line(str(at), str(at), State.COUNTED), _office(money)) for at, money in enumerate(offices)]
    whole = frames.sums(block)
    tree = frames.Tree()
    chance.shuffle(block)
    while block:
        size = chance.randint(1, len(block))
        tree.push(frames.sums(block[:size]))
        del block[:size]
    pd.testing.assert_frame_equal(tree.result().money, whole.money, check_dtype=False)
    assert sum(whole.money[whole.money["view"] == "program"]["anggaran"], Decimal(0)) == sum(
        (line[2] for money in offices for line in money), Decimal(0)
    )


values = st.none() | st.text(max_size=20) | st.decimals(allow_nan=False, allow_infinity=False) | st.dates()


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(1, 10**6), st.tuples(values, values), max_size=5))
def test_an_office_is_unpacked_as_it_was_packed(cells):
    frame = object_frame(["a", "b"], {row: list(pair) for row, pair in cells.items()})
    office = Office(
        facts=Facts(digest="x", name="n", capaian=Decimal("98.65")),
        sheets={"s": Sheet(name="S", letters={"a": "A"}, frame=frame)},
        faults=(),
    )
    again = pack.unpack(pack.pack(office))
    assert again.facts == office.facts
    assert again.sheets["s"].frame.equals(frame)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_office_are_told_as_such(data):
    with pytest.raises(pack.DamagedError):
        pack.unpack(data)
