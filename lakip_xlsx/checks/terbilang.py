"""Numbers in sentences: as figures, and written out in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from lakip_xlsx.numbers import fold

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ONES = {word: number for number, word in enumerate(_DIGITS)}
TEENS = {"sepuluh": 10, "sebelas": 11}
SCALES = {
    "ribu": 10**3,
    "juta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "triliun": 10**12,
    "trilyun": 10**12,
}
_WHOLE = {"seratus": ("satu", "ratus"), "seribu": ("satu", "ribu"), "sejuta": ("satu", "juta")}
_COMMA = "koma"
NUMBER_WORDS = frozenset({*ONES, *TEENS, *SCALES, *_WHOLE, "belas", "puluh", "ratus", _COMMA})
"""All words that a number in words is made of."""

SPOKEN = "|".join(sorted(sorted(NUMBER_WORDS - {_COMMA}), key=len, reverse=True))
"""The words as a part of a regular expression."""

FIGURE = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"
"""A number in figures as a part of a regular expression: 1.351.829.790, 98,65."""


def figure(text: str) -> Decimal:
    """The value of a text that matches :data:`FIGURE`."""
    return Decimal(text.replace(".", "").replace(",", "."))


def spoken(text: str) -> tuple[Decimal, ...]:
    """The readings of a number in words; none if the text is no such number.

    "enam koma dua lima" is 6,25; "enam koma dua puluh lima" too. A unit of one word may follow: "lima orang".
    """
    tokens = [part for token in re.split(r"[\s-]+", fold(text)) for part in _WHOLE.get(token, (token,)) if part]
    if len(tokens) > 1 and tokens[-1] not in NUMBER_WORDS:
        tokens = tokens[:-1]
    if not tokens or any(token not in NUMBER_WORDS for token in tokens):
        return ()
    whole, _, decimals = _split(tokens)
    value = _integer(whole)
    if value is None:
        return ()
    if not decimals:
        return (Decimal(value),) if _COMMA not in tokens else ()
    return tuple(Decimal(f"{value}.{digits}") for digits in _decimals(decimals))


def _split(tokens: Sequence[str]) -> tuple[list[str], str, list[str]]:
    if _COMMA not in tokens:
        return list(tokens), "", []
    comma = tokens.index(_COMMA)
    return list(tokens[:comma]), _COMMA, list(tokens[comma + 1 :])


def _decimals(tokens: Sequence[str]) -> list[str]:
    """The digits behind the comma: spoken one by one, or as a number."""
    if all(token in ONES for token in tokens):
        return ["".join(str(ONES[token]) for token in tokens)]
    value = _integer(tokens)
    return [] if value is None else [str(value)]


def _integer(tokens: Sequence[str]) -> int | None:
    """The value of number words; None if they are not in the order of a number."""
    total, group, digit = 0, 0, 0
    pending = False
    for word in tokens:
        if word in ONES or word in TEENS:
            if pending:
                return None
            digit, pending = (ONES | TEENS)[word], True
        elif word == "belas" and pending and 1 <= digit <= 9:
            digit = 10 + digit
        elif word in {"puluh", "ratus"} and pending:
            group, digit, pending = group + digit * (10 if word == "puluh" else 100), 0, False
        elif word in SCALES and (pending or group):
            total, group, digit, pending = total + (group + digit) * SCALES[word], 0, 0, False
        else:
            return None
    return total + group + digit if tokens else None
