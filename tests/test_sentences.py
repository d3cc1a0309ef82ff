"""Sentences, numbers in words and slips of the keyboard: what the checks on texts are built from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx.bahasa import words
from lakip_xlsx.checks import near
from lakip_xlsx.checks.terbilang import spoken
from lakip_xlsx.checks.texts import sentences


@given(st.integers(0, 10**15 - 1))
def test_a_number_in_words_is_read_back(number: int) -> None:
    assert spoken(words(number)) == (Decimal(number),)
    assert spoken(f"{words(number).upper()} orang") == (Decimal(number),)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("enam koma dua lima", "6.25"),
        ("sembilan puluh delapan koma enam puluh lima persen", "98.65"),
        ("nol koma nol lima", "0.05"),
        ("satu juta satu ribu", "1001000"),
        ("dua milyar", "2000000000"),
        ("se ribu", None),
        ("dua tiga", None),
        ("puluh", None),
        ("belas", None),
        ("input", None),
        ("orang", None),
        ("koma lima", None),
        ("dua koma", None),
        ("", None),
    ],
)
def test_words_that_are_numbers_and_words_that_are_not(text: str, value: str | None) -> None:
    assert spoken(text) == ((Decimal(value),) if value else ())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Realisasi 98.65 % ini. Nilainya baik; sangat baik!", ["98.65 % ini.", "sangat baik!"]),
        ("Menurut No. 7 Tahun 1999 dan Dr. Budi. Selesai.", ["Dr. Budi.", "Selesai."]),
        ("Anggaran Rp 1.351.829.790. Sisanya 18.209.203.", ["1.351.829.790.", "18.209.203."]),
        ("satu\ndua\n\ntiga", ["satu", "dua", "tiga"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    found = list(sentences(text))
    assert all(any(sentence.endswith(part) for sentence in found) for part in parts)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("left", "right"),
    [("penjangkauan", "penjangkaran"), ("administrasi", "admsitrasi"), ("politik", "politk"), ("terbina", "terbnia")],
)
def test_slips_of_the_keyboard(left: str, right: str) -> None:
    assert near.misspelt(left, right)
    assert near.misspelt(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("meningkatkan", "meningkatnya"),
        ("dinamis", "statis"),
        ("laki", "kali"),
        ("2018", "2019"),
        ("agama", "agama"),
        ("pelayanan", "pelaksanaan"),
        ("pembinaan", "pembiayaan"),
        ("pelatihan", "pelaporan"),
    ],
)
def test_other_words_are_no_slips(left: str, right: str) -> None:
    assert not near.misspelt(left, right)


def test_differences_are_told_word_by_word() -> None:
    found = near.changes(near.words("Data dan informasi daerah"), near.words("data & infromasi  bidang daerah."))
    assert near.described(found) == '"informasi" dan "infromasi bidang"'
    assert near.same("Komunikasi , konsultasi", "komunikasi, Konsultasi.")
    assert near.closest("Kata Penganter", ["Kesimpulan", "Kata Pengantar"]) == "Kata Pengantar"
    assert near.closest("Lain-lain", ["Kesimpulan", "Kata Pengantar"]) == ""
