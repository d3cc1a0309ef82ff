"""How printed rows call themselves: Jumlah, Sub-jumlah, Grand Total, Jml, T O T A L, Rata-rata."""

from __future__ import annotations

import re

from lakip_xlsx.numbers import fold

MEAN_STARTS = ("rata-rata", "rerata")
_WORD = r"(?:jumlah|total|jml|jlh)\b\.?"
_LABEL = re.compile(rf"(?:(?:sub|grand)[ -]?)?{_WORD}")
_ONLY_LABEL = re.compile(
    rf"(?:(?:sub|grand)[ -]?)?{_WORD}(?:[ -](?:total|jumlah|keseluruhan|seluruhnya|seluruh|semua|umum|akhir|besar|"
    r"pegawai|anggaran|belanja|program|kegiatan|realisasi|[ivx]{1,4}|[0-9]{1,2}|[a-h])\b\.?)*"
)
_BARE = re.compile(rf"(?:grand )?{_WORD}(?: (?:total|jumlah|keseluruhan|seluruhnya))?|rata-rata|rerata")
_SPACED = re.compile(r"(?:\w ){3,}\w")


def plain_label(text: str) -> str:
    """A label for comparison: folded, "T O T A L" in one word, without what stands around it."""
    label = fold(text).strip(" :()=.")
    return label.replace(" ", "") if _SPACED.fullmatch(label) else label


def begins_as_total(label: str) -> bool:
    """Whether a plain label begins as that of a Jumlah or a mean: "Jumlah belanja", "Sub-jumlah", "Rata-rata …"."""
    return label.startswith(MEAN_STARTS) or _LABEL.match(label) is not None


def is_only_total(label: str) -> bool:
    """Whether a plain label says nothing but that this is a Jumlah: "Grand Total", "Jumlah I", "Total Keseluruhan"."""
    return _ONLY_LABEL.fullmatch(label) is not None


def is_bare_total(label: str) -> bool:
    """Whether it is the bare word; in a table without a Jumlah of its own, rows may well begin with "Jumlah"."""
    return _BARE.fullmatch(label) is not None
