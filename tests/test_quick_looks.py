"""Before a slow pattern most rules look for something that each of its matches holds: the quick look misses none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.checks import narasi_susunan, peraturan
from lakip_xlsx.checks.angka import account
from lakip_xlsx.checks.angka import read as reading
from lakip_xlsx.checks.pattern import Pattern
from lakip_xlsx.checks.terbilang import SPOKEN

_LOOKS = settings(max_examples=200, deadline=None)


def matches(pattern: Pattern) -> st.SearchStrategy[str]:
    return st.from_regex(pattern.compiled)


@pytest.mark.parametrize("law", peraturan.REPEALED, ids=lambda law: law.name)
def test_every_citation_holds_its_mark(law):
    @_LOOKS
    @given(matches(law.said))
    def look(text):
        assert law.mark in text

    look()


@_LOOKS
@given(matches(reading._FIGURE) | matches(reading._SPOKEN_RUN))
def test_every_number_of_a_sentence_is_worth_reading(text):
    assert not reading.read(text) or account._WORTH.search(text)


@pytest.mark.parametrize("word", SPOKEN.split("|"))
def test_every_number_word_is_worth_reading(word):
    assert account._WORTH.search(f"melaksanakan {word} program")


@_LOOKS
@given(matches(narasi_susunan._PLACEHOLDER))
def test_every_placeholder_is_suspect(text):
    assert narasi_susunan._SIGN.search(text) or any(word in text for word in narasi_susunan._HINTS)
