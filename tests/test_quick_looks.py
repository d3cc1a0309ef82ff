"""Before a slow pattern most rules look for something that each of its matches holds: the quick look misses none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.checks import narasi_susunan, narasi_uang, peraturan
from lakip_xlsx.checks.pattern import Pattern

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
@given(matches(narasi_uang._AMOUNT) | matches(narasi_uang._PERCENT))
def test_every_amount_and_percentage_has_its_sign(text):
    assert any(sign in text for sign in narasi_uang._SIGNS)


@_LOOKS
@given(matches(narasi_susunan._PLACEHOLDER))
def test_every_placeholder_is_suspect(text):
    assert narasi_susunan._SIGN.search(text) or any(word in text for word in narasi_susunan._HINTS)
