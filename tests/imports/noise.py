"""What happens to tables in offices: other words, slips of the keyboard, remarks between rows, unreadable amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from random import Random
from typing import TypeVar

from lakip_xlsx import numbers

Cell = TypeVar("Cell", str, "str | Decimal | None")
_OTHER = (  # words of headings that mean the same
    (r"\bPagu Anggaran\b|\bPagu\b", ("Alokasi Anggaran", "Pagu Anggaran", "Plafon Anggaran")),
    (r"\bUraian\b", ("Uraian Kegiatan", "Nama Program/Kegiatan/Sub Kegiatan", "Nomenklatur")),
    (r"\bRealisasi Keuangan\b", ("Realisasi Belanja", "Realisasi Anggaran", "Nilai Realisasi")),
    (r"\bKode Rekening\b", ("Kode", "Kode Akun", "KODE REK. KEGIATAN")),
    (r"\bIndikator Kinerja\b", ("Indikator Kinerja Sasaran", "Indikator Kinerja Utama (IKU)", "Indikator")),
    (r"\bSasaran Strategis\b", ("Sasaran", "Sasaran Program", "Sasaran Kinerja")),
    (r"\bSatuan\b", ("SATUAN", "Sat.", "Satuan")),
    (r"\bSumber Dana\b", ("Sumber Pendanaan", "Sumber Anggaran")),
)
_UNREADABLE = ("1.351", "12,500", "#REF!", "1,5 juta", "lihat lampiran")
_NOISE: ContextVar[Random | None] = ContextVar("noise", default=None)
spoilt: ContextVar[int] = ContextVar("spoilt", default=0)


@contextmanager
def noise(seed: int) -> Iterator[None]:
    """Spoil all tables that are made inside the block, by the rule of this number."""
    token = _NOISE.set(Random(seed))
    spoilt.set(0)
    try:
        yield
    finally:
        _NOISE.reset(token)


def spoiled(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """The rows as they are, or with what noise does to them."""
    random = _NOISE.get()
    if random is None:
        return list(rows)
    made = [list(row) for row in rows]
    first = next((at for at, row in enumerate(made) if any(_is_amount(cell) for cell in row)), 1)
    for row in made[:first]:
        if ":" not in row and sum(isinstance(cell, str) and bool(cell) for cell in row) > 1:
            row[:] = [_other(cell, random) for cell in row]
    amounts = [(at, c) for at, row in enumerate(made) if at >= first for c, cell in enumerate(row) if _is_amount(cell)]
    for at, column in random.sample(amounts, min(len(amounts), random.choice((0, 1, 2)))):
        made[at][column] = random.choice(_UNREADABLE)  # type: ignore[call-overload]
        spoilt.set(spoilt.get() + 1)
    return made


def _is_amount(cell: object) -> bool:
    """Whether a cell holds an amount large enough to be one."""
    if isinstance(cell, Decimal):
        return cell > 100_000
    if isinstance(cell, str) and len(cell) > 8:
        reading = numbers.parse(cell)
        return isinstance(reading, numbers.Number) and reading.value > 100_000
    return False


def _other(cell: Cell, random: Random) -> Cell:
    """A heading as somebody else would write it."""
    if not isinstance(cell, str) or not cell:
        return cell
    text = cell
    for pattern, words in _OTHER:
        if random.random() < 0.4:
            text = re.sub(pattern, random.choice(words), text, count=1)
    chance = random.random()
    if chance < 0.2:
        return text.upper()
    if chance < 0.3:
        return text.replace(" ", "\n", 1)
    return _slip(text, random) if chance < 0.4 else text


def _slip(text: str, random: Random) -> str:
    """Two letters in the middle of a long word change places."""
    words = [*re.finditer(r"[A-Za-z]{8,}", text)]
    if not words:
        return text
    word = random.choice(words)
    at = random.randint(word.start() + 2, word.end() - 3)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
