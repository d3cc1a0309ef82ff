"""Names of offices that are meant to be the same."""

from __future__ import annotations

from lakip_xlsx.checks.near import words

_SHORT = {"kab": "kabupaten", "prov": "provinsi", "kec": "kecamatan", "din": "dinas", "bid": "bidang", "bag": "bagian"}
_LEVELS = frozenset({"kabupaten", "kota", "provinsi"})


def key(name: str, pemda: str = "") -> str:
    """An office without case, punctuation, the usual short forms, and the region at its end.

    "Dinas Kesehatan Kab. Tebo" and "DINAS KESEHATAN" of "Pemerintah Kabupaten Tebo" are one office.
    """
    said = _words(name)
    region = [word for word in _words(pemda) if word != "pemerintah"]
    for tail in (region, region[1:] if region[:1] and region[0] in _LEVELS else []):
        if tail and len(said) > len(tail) and said[-len(tail) :] == tail:
            return " ".join(said[: -len(tail)])
    return " ".join(said)


def _words(text: str) -> list[str]:
    return [_SHORT.get(word, word) for word in words(text)]
