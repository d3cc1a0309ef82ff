"""The vocabulary in which the standard workbook is declared: a sheet, a column, a kind of value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds; it decides its format in Excel and how it is read back."""

    TEXT = "teks"
    LONG_TEXT = "teks panjang"
    CODE = "kode"  # always text: 8.01.06.2.01.0006, NIP
    CHOICE = "pilihan"
    MONEY = "rupiah"  # exact Decimal, whole rupiah or sen
    PERCENT = "persen"  # Decimal in percent points: 98,65
    QUANTITY = "besaran"  # target or realisasi: a number with an optional unit; other text stays text
    COUNT = "jumlah"  # whole number of people
    YEAR = "tahun"
    DATE = "tanggal"


NUMERIC = frozenset({Kind.MONEY, Kind.PERCENT, Kind.QUANTITY, Kind.COUNT, Kind.YEAR})

LAN, PANRB = "lan-2003", "panrb-53-2014"
NOWHERE = (LAN, PANRB)
"""Keys of the layouts, for what they do not print."""

YA_TIDAK: Mapping[str, tuple[str, ...]] = {
    "Ya": ("Y", "Iya", "Yes", "True", "Benar", "1", "V", "√"),
    "Tidak": ("T", "Tdk", "No", "N", "False", "Salah", "0", "Bukan"),
}
"""The other words for yes and no."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A live check of a cell: a formula that is true where what stands in the cell (``{self}``) is surely wrong.

    ``codes`` are the findings of the full check that it stands for, ``what`` is said of it above the table, and
    ``said`` beside the row. What the formula cannot know (an empty cell, a number typed as text) is not wrong.
    """

    wrong: str
    codes: tuple[str, ...] = ()
    what: str = ""
    said: str = "tidak cocok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a table sheet, or a row of a form sheet.

    ``formula`` is written for the cell in the blank workbook. In it ``{key}`` is the cell of that
    column in the same row, ``{sheet.key}`` the whole data range of another sheet's column, and
    ``{instansi.key}`` the value cell of the form. A column with a formula is *computed*: what is
    typed there is compared, never trusted. ``marks`` are the live checks of the same row. ``{above}`` is
    the column from its heading to the row above, ``{above.key}`` another column so far, ``{periksa}`` the
    texts of all marks of the row; what stands in ``[…]`` is the same for every row and becomes a defined
    name. ``choices`` is a closed list; ``options`` names the column (``sheet.key``) whose values are
    offered, without forbidding others. ``synonyms`` are the other words that offices use for a choice: they
    are read as the choice itself (:mod:`lakip_xlsx.workbook.pilihan`).
    """

    key: str
    heading: str
    kind: Kind
    required: bool = False
    all_or_none: bool = False  # with ``required``: in all rows or in none; then the column may be missing
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    options: str = ""
    note: str = ""
    width: float = 14
    formula: str = ""
    marks: tuple[Mark, ...] = ()
    read: bool = True  # False: an aid for the person who fills the sheet, not read back
    unprinted: tuple[str, ...] = ()  # keys of the layouts whose report does not show what stands here
    proposal: bool = False  # holds last year's words to choose from: only written where there are any

    @property
    def computed(self) -> bool:
        """Whether our own value stands, whatever is typed in the cell."""
        return bool(self.formula)

    @property
    def closed(self) -> bool:
        """Whether only the words of ``choices`` (and their synonyms) may stand in the cell."""
        return bool(self.choices) and not self.options


def bunyi_sasaran(formula: str) -> Field:
    """Beside a Kode Sasaran: the text that the Renstra has for it, so that a wrong code is seen at once."""
    return Field(
        key="bunyi_sasaran",
        heading="Bunyi Sasaran",
        kind=Kind.TEXT,
        width=34,
        formula=formula,
        read=False,
        note="Terisi sendiri dari lembar Renstra, hanya untuk memastikan kodenya benar. Tidak dibaca kembali.",
    )


def periksa() -> Field:
    """The last column of a sheet with live checks: what does not agree in this row, in a few words."""
    return Field(
        key="periksa",
        heading="Periksa",
        kind=Kind.TEXT,
        width=38,
        formula="{periksa}",
        read=False,
        note="Terisi sendiri: yang tidak cocok di baris ini; sel merah mengikutinya. Sembunyikan bila mengganggu.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The Jumlah row of a table.

    ``fields`` are summed; ``label`` is the column that holds the word "Jumlah"; with ``by`` there is one
    Jumlah after each group of that column; with ``where`` only the rows with that value are summed.
    ``agrees`` names the sheets before this one whose rows must add up to the same amounts. ``codes`` are the
    findings that the live checks of a Jumlah stand for: against its rows, and against the other sheets or groups.
    """

    fields: tuple[str, ...]
    label: str
    by: str = ""
    where: tuple[str, str] | None = None
    agrees: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec:
    """One sheet of the standard workbook, with one table (or one form of label and value)."""

    key: str
    name: str
    title: str
    purpose: str
    fields: tuple[Field, ...]
    form: bool = False
    optional: bool = False  # no layout demands it, and a workbook without it is complete
    aliases: tuple[str, ...] = ()
    rows: int = 30  # rows offered for filling in the blank workbook
    total: Total | None = None
    presets: tuple[tuple[str, ...], ...] = field(default=())  # rows already filled in the blank workbook

    def field(self, key: str) -> Field:
        """The field with this key.

        Raises:
            KeyError: no such field; a mistake in our own code.
        """
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KeyError(f"{self.key}.{key}")
