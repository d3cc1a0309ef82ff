"""Numbers in sentences: how they are read, what becomes of them, and that it costs little."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx.bahasa import words
from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.angka.kinds import PERCENT, POINT, RUPIAH
from lakip_xlsx.checks.angka.read import read
from lakip_xlsx.checks.angka.tie import State
from lakip_xlsx.checks.places import Lembar
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.figures.figures import compute
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.numbers import show
from lakip_xlsx.report import sentences
from lakip_xlsx.report.source import Source
from tests.corpus.__main__ import score

SAMPLES = Path(__file__).parent.parent / "samples"
CLEAN = ["dinas-contoh-2025.xlsx", "dinas-contoh-2025-permenpan.xlsx"]


def states(text: str, workbook: str = CLEAN[0]) -> list[tuple[str, State]]:
    book = read_workbook(SAMPLES / workbook)
    numbers = Numbers(book, Texts(), compute(book))
    return [(each.text, each.state) for each in numbers.of(Passage(Lembar("Narasi"), text, "narasi", "teks"))]


@pytest.mark.parametrize(
    ("text", "value", "half", "unit"),
    [
        ("rp8.400.000", "8400000", "0.5", RUPIAH),
        ("rp. 8.400.000,-", "8400000", "0.5", RUPIAH),
        ("rp 8,40 miliar", "8400000000", "5000000", RUPIAH),
        ("rp1,2 m", "1200000000", "50000000", RUPIAH),
        ("8,4 milyar rupiah", "8400000000", "50000000", RUPIAH),
        ("idr 350 juta", "350000000", "500000", RUPIAH),
        ("delapan miliar empat ratus juta rupiah", "8400000000", "0.5", RUPIAH),
        ("delapan koma empat miliar rupiah", "8400000000", "50000000", RUPIAH),
        ("95,85 persen", "95.85", "0.005", PERCENT),
        ("98.65 %", "98.65", "0.005", PERCENT),
        ("2,22 poin", "2.22", "0.005", POINT),
        ("3,05 poin persen", "3.05", "0.005", POINT),
        ("1.234 orang", "1234", "0.5", ""),
        ("sepuluh program", "10", "0.5", ""),
        ("10 (sepuluh) program", "10", "0.5", ""),
    ],
)
def test_a_number_is_read_as_precisely_as_it_was_written(text: str, value: str, half: str, unit: str) -> None:
    (one,) = read(text)
    assert (one.value, one.half, one.unit) == (Decimal(value), Decimal(half), unit)


@pytest.mark.parametrize(
    "text",
    [
        "menurut peraturan daerah nomor 4 tahun 2019 dan uu 23/2014",
        "pada tanggal 31 desember 2025 pukul 08.30 wib",
        "lihat tabel 3.1, bab 2, pasal 5 ayat (3), dan lampiran 1",
        "1. pembinaan petugas",
        "kode 2.23.01.2.01.0006, golongan iii, telepon 0812345678901",
        "penduduk per 100.000 kelahiran hidup",
        "peringkat ke-9, covid-19, dan kelas 3",
    ],
)
def test_numbers_that_only_name_something_are_no_figures(text: str) -> None:
    assert [one for one in read(text) if not one.year] == []


@given(st.integers(1, 10**13))
def test_an_amount_in_words_is_the_amount_in_figures(number: int) -> None:
    (one,) = read(f"sebesar {words(number)} rupiah")
    (other,) = read(f"sebesar rp{show(Decimal(number))}")
    assert one.value == other.value == number


@given(st.decimals("0.01", "9999", places=4), st.integers(0, 3))
def test_a_rounded_number_is_tied_and_one_unit_more_is_not(exact: Decimal, places: int) -> None:
    (one,) = read(f"{show(exact, places)} persen")
    assert one.fits(exact)
    assert not one.fits(one.value + 3 * one.half)


@pytest.mark.parametrize("workbook", CLEAN)
def test_every_number_of_our_own_sentences_is_tied(workbook: str) -> None:
    book = read_workbook(SAMPLES / workbook)
    figures = compute(book)
    source = Source(book, figures, LAYOUTS[0])
    numbers = Numbers(book, Texts(), figures)
    made = [sentences.carried_out, sentences.measured, sentences.per_class, sentences.reached, sentences.spent]
    told = [str(text) for make in made for text in make(source)]
    assert len(told) >= 6
    read_back = [one for text in told for one in numbers.of(Passage(Lembar("Narasi"), text, "narasi", "teks"))]
    assert len(read_back) >= 10
    assert [(one.text, one.quote) for one in read_back if one.state is not State.TIED] == []


def test_last_years_money_is_contradicted_though_nothing_is_near_it() -> None:
    text = "Realisasi anggaran Dinas tahun 2025 sebesar Rp7.812.345.678."
    assert ("Rp7.812.345.678", State.CONTRADICTED) in states(text)


def test_two_amounts_that_changed_places_are_not_wrong() -> None:
    text = "Dari pagu anggaran Rp5.174.481.095 terealisasi Rp5.322.700.000 atau 97,22 persen."
    assert {state for _, state in states(text)} == {State.TIED}


def test_what_is_in_no_table_is_only_told() -> None:
    text = "Perpustakaan keliling menempuh 1.240 kilometer dan penghargaan tahun 2011 masih terpajang."
    assert states(text) == [("1.240", State.TOLD), ("2011", State.TOLD)]


@pytest.mark.parametrize(
    "unit",
    [
        "1.2.3.4 ",
        "(1",
        "dua ratus ",
        "rp",
        "9" * 40 + " ",
        "tahun 2025 sebesar ",
        "program pembinaan ",
        "a,1;b ",
        "peraturan ",
    ],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    book = read_workbook(SAMPLES / CLEAN[0])
    numbers = Numbers(book, Texts(), compute(book))
    list(numbers.of(Passage(Lembar("Narasi"), "Anggaran Rp1.000.000.", "narasi", "teks")))
    text = (unit * (32_000 // len(unit) + 1))[:32_000]
    start = time.process_time()
    list(numbers.of(Passage(Lembar("Narasi"), text, "narasi", "teks")))
    assert time.process_time() - start < 1.5


def test_the_corpus_holds_its_floor() -> None:
    """Reach: errors on at most 2 % of the honest passages, 90 % of the faults found."""
    result = score()
    assert result.honest >= 200
    assert sum(result.faults.values()) >= 200
    assert result.false_share <= 0.02
    assert result.recall >= 0.9
