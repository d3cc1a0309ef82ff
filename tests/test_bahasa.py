"""Numbers in words and dates in Bahasa Indonesia, against a library that we did not write."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from lakip_xlsx import bahasa


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_words_agree_with_num2words_but_for_its_seribu(number):
    theirs = num2words(number, lang="id")
    assert bahasa.words(number) == theirs.replace("satu ribu", "seribu") or "satu ribu" in theirs


@given(st.integers(min_value=0, max_value=10**6 - 1))
def test_words_of_ordinary_counts_agree_exactly(number):
    assert bahasa.words(number) == num2words(number, lang="id")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (32, "tiga puluh dua"),
        (100, "seratus"),
        (1000, "seribu"),
        (1_001_000, "satu juta seribu"),
        (
            1_351_829_790,
            "satu miliar tiga ratus lima puluh satu juta delapan ratus dua puluh sembilan ribu "
            "tujuh ratus sembilan puluh",
        ),
    ],
)
def test_words(number, words):
    assert bahasa.words(number) == words


def test_a_number_too_large_for_words_is_refused():
    with pytest.raises(ValueError, match="terlalu besar"):
        bahasa.words(10**15)


def test_counts_dates_lists_and_nip():
    assert bahasa.counted(32, "kegiatan") == "32 (tiga puluh dua) kegiatan"
    assert bahasa.date(dt.date(2020, 1, 31)) == "31 Januari 2020"
    assert bahasa.enumerate_(["a", "b", "c"]) == "a, b, dan c"
    assert bahasa.enumerate_(["a", "b"]) == "a dan b"
    assert bahasa.nip("196710111988102001") == "19671011 198810 2 001"
    assert bahasa.nip("bukan NIP") == "bukan NIP"
