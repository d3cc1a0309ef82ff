"""SEL-013: words outside the list of a choice column, in every sheet."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xlsx.checks import near
from lakip_xlsx.checks.places import At, Isian, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.finding import Severity
from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Book, Oddity
from lakip_xlsx.workbook.pilihan import Words
from lakip_xlsx.workbook.spec import Field

_QUOTED = 60
_LIKE = 60  # of 100: a word with a slip or two, or with a word too many


@rule(
    Rule(
        code="SEL-013",
        severity=Severity.ERROR,
        title="Kata di luar daftar pilihan",
        what="Isi kolom pilihan (Jenis, Arah, Kelompok, Tata Letak, Termasuk Batas, dan lainnya) dicari dalam "
        "daftarnya. Sebutan lain yang lazim diterima, misalnya Positif untuk Naik dan Sasaran Strategis untuk Sasaran.",
        why="Kata yang tidak dikenal tidak boleh ditebak; barisnya tidak dapat ditempatkan dalam laporan.",
        fix="Pilih salah satu kata dari daftar di sel itu.",
        example='Jenis berisi "Sasran"; kiranya Sasaran.',
    )
)
def di_luar_daftar(book: Book) -> Outcome:
    """Each unknown word once for its column, with the other cells that hold it."""
    for declared, words in _unknown(book):
        for word, places in words.items():
            guess = near.closest(word, declared.choices, cutoff=_LIKE) or _by_word(declared, word)
            asked = f" Apakah maksudnya {guess}?" if guess else ""
            many = f" Ada {len(places)} sel seperti ini." if len(places) > 1 else ""
            listed = ", ".join(declared.choices)
            said = word if len(word) <= _QUOTED else f"{word[: _QUOTED - 1]}…"
            yield Fault(
                places[0],
                f'{declared.heading} "{said}" tidak ada dalam daftar pilihan.{asked}{many}',
                expected=guess or listed,
                actual=said,
                related=tuple(places[1:]),
                fix=f"Pilih salah satu: {listed}. Tanpa itu {_lost(declared)}.",
            )


def _unknown(book: Book) -> Iterator[tuple[Field, dict[str, list[Place]]]]:
    """Each choice column with its unknown words and where they stand."""
    if book.form is not None:
        for key, note in book.form.notes.items():
            if note.oddity is Oddity.NOT_CHOICE:
                yield book.form.spec.field(key), {note.raw: [Isian(book.form, key)]}
    for table in book.tables.values():
        columns: dict[str, dict[str, list[Place]]] = {}
        for (row, key), note in sorted(table.notes.items()):
            if note.oddity is Oddity.NOT_CHOICE:
                columns.setdefault(key, {}).setdefault(note.raw, []).append(At(table, row, key))
        for key, words in columns.items():
            yield table.spec.field(key), words


def _by_word(declared: Field, text: str) -> str:
    """The choice that one word of a longer text names, where all of them name the same."""
    known = Words(declared)
    meant = {known(word) for word in fold(text).split()} - {""}
    return meant.pop() if len(meant) == 1 else ""


def _lost(declared: Field) -> str:
    """What becomes of the row or of the report meanwhile."""
    if declared.key == "tata_letak":
        return "laporan disusun menurut tata letak yang berlaku pada tahunnya"
    return {
        "arah": "capaiannya tidak dihitung",
        "termasuk": "predikat tidak dihitung",
        "catatan_pengecualian": "temuan yang diterima tidak dicetak",
    }.get(declared.key, "baris ini tidak masuk ke bagian laporan mana pun")
