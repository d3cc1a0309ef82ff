"""Rules of the family SEL: what stands in single cells, in every sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lakip_xlsx.checks.odd_formulas import odd_ones_out
from lakip_xlsx.checks.places import At, Isian, Place
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.checks.tables import heading, nearest
from lakip_xlsx.figures.hierarchy import MONEY
from lakip_xlsx.finding import FindingKind, Severity
from lakip_xlsx.numbers import Ambiguous, fold, parse, rupiah, show
from lakip_xlsx.workbook.book import Book, Note, Oddity, Table, Value
from lakip_xlsx.workbook.spec import NUMERIC, Field, Kind

_ERRORS = {
    "#REF!": "rumusnya menunjuk sel yang sudah dihapus",
    "#DIV/0!": "rumusnya membagi dengan nol atau sel kosong",
    "#N/A": "yang dicari rumusnya tidak ditemukan",
    "#NAME?": "nama dalam rumusnya tidak dikenal",
    "#VALUE!": "rumusnya menghitung dengan teks",
    "#NUM!": "hasil rumusnya bukan angka yang sah",
    "#NULL!": "rumusnya menyebut wilayah yang tidak berpotongan",
    "#SPILL!": "hasil rumusnya tidak mendapat tempat",
}
_QUOTED = 60
_AMOUNTS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.YEAR})
_REQUIRED_ELSEWHERE = {("program", key) for key in MONEY} | {
    ("indikator", "target"),
    ("indikator", "realisasi"),
    ("pengecualian", "alasan"),
}
"""Required columns whose empty cells have a rule of their own: PRG-003, IND-002 and BRK-013."""


@dataclass(frozen=True, slots=True)
class Special:
    """A cell with something special about it."""

    place: Place
    field: Field
    note: Note
    in_total: bool = False


def _special(book: Book, *oddities: Oddity) -> Iterator[Special]:
    """All cells with one of these oddities, of the form and of every table."""
    if book.form is not None:
        for name, note in book.form.notes.items():
            if note.oddity in oddities:
                yield Special(Isian(book.form, name), book.form.spec.field(name), _quoted(note))
    for table in book.tables.values():
        totals = set(table.totals)
        for (row, key), note in sorted(table.notes.items()):
            if note.oddity in oddities:
                yield Special(At(table, row, key), table.spec.field(key), _quoted(note), row in totals)


def _quoted(note: Note) -> Note:
    """A note short enough to be quoted in a message; a cell may hold 32,767 characters."""
    return note if len(note.raw) <= _QUOTED else Note(note.oddity, f"{note.raw[: _QUOTED - 1]}…")


def _by_column(cells: Iterator[Special]) -> Iterator[list[Special]]:
    """The cells of one column together: how they are stored has one cause."""
    columns: dict[tuple[str, str], list[Special]] = {}
    for cell in cells:
        sheet = cell.place.table.spec.key if isinstance(cell.place, At) else "instansi"
        columns.setdefault((sheet, cell.field.key), []).append(cell)
    yield from columns.values()


def _others(cells: list[Special]) -> tuple[Place, ...]:
    return tuple(cell.place for cell in cells[1:])


@rule(
    Rule(
        code="SEL-001",
        severity=Severity.ERROR,
        nomor=(45,),
        title="Sel berisi galat",
        what="Dicari sel yang menampilkan galat Excel, misalnya #REF! atau #DIV/0!.",
        why="Nilai sel itu tidak ada; semua yang dihitung darinya ikut rusak.",
        fix="Perbaiki rumusnya, atau ketik angkanya.",
        example="Realisasi (Rp) berisi #REF!.",
    )
)
def galat(book: Book) -> Outcome:
    """Error cells."""
    for cell in _special(book, Oddity.ERROR):
        reason = _ERRORS.get(cell.note.raw.upper(), "rumusnya gagal dihitung")
        message = f"{cell.field.heading} berisi {cell.note.raw}: {reason}."
        yield Fault(cell.place, message, actual=cell.note.raw)


@rule(
    Rule(
        code="SEL-002",
        severity=Severity.ERROR,
        nomor=(45,),
        title="Rumus belum pernah dihitung",
        what="Dicari rumus tanpa hasil pada kolom yang harus diisi.",
        why="Berkas yang dibuat program lain menyimpan rumus tanpa hasilnya; angkanya tidak diketahui.",
        fix="Buka workbook di Excel atau LibreOffice, tunggu terhitung, lalu simpan.",
        example="Anggaran (Rp) berisi rumus yang belum dihitung.",
    )
)
def rumus_tanpa_hasil(book: Book) -> Outcome:
    """Formulas without a cached value in input cells."""
    for cell in _special(book, Oddity.UNCALCULATED):
        if not cell.in_total and not cell.field.computed:
            yield Fault(cell.place, f"{cell.field.heading} berisi rumus yang belum pernah dihitung.", actual="rumus")


@rule(
    Rule(
        code="SEL-003",
        severity=Severity.INFO,
        nomor=(45,),
        title="Rumus yang belum dihitung pada kolom hitungan",
        what="Dicari rumus tanpa hasil pada kolom yang dihitung sendiri dan pada baris Jumlah.",
        why="Laporan memakai hitungannya sendiri, jadi tidak ada yang hilang; di Excel sel itu tampak kosong.",
        fix="Bila ingin melihat angkanya, buka workbook di Excel atau LibreOffice, lalu simpan.",
        example="Realisasi (%) pada sembilan baris berisi rumus yang belum dihitung.",
    )
)
def rumus_hitungan(book: Book) -> Outcome:
    """The same in computed columns and Jumlah rows; one finding for each column."""
    columns: dict[tuple[str, str], list[Special]] = {}
    for cell in _special(book, Oddity.UNCALCULATED):
        if (cell.in_total or cell.field.computed) and isinstance(cell.place, At):
            columns.setdefault((cell.place.table.spec.key, cell.field.key), []).append(cell)
    for cells in columns.values():
        yield Fault(
            cells[0].place,
            f"{cells[0].field.heading}: {len(cells)} rumus belum pernah dihitung; yang dipakai hitungan program.",
            actual=f"{len(cells)} rumus",
            related=_others(cells),
        )


@rule(
    Rule(
        code="SEL-004",
        severity=Severity.ERROR,
        nomor=(8,),
        title="Angka bermakna dua",
        what="Dicari teks seperti 1.351, yang dapat berarti seribu tiga ratus lima puluh satu atau 1,351.",
        why="Menebak berarti mengubah angka diam-diam.",
        fix="Ketik ulang sebagai angka: 1351, atau 1,351 bila memang desimal.",
        example="Anggaran (Rp) berisi teks 1.351.",
    )
)
def bermakna_dua(book: Book) -> Outcome:
    """Texts with two honest readings."""
    for cell in _special(book, Oddity.AMBIGUOUS):
        reading = parse(cell.note.raw)
        choices = " atau ".join(show(value) for value in reading.readings) if isinstance(reading, Ambiguous) else ""
        message = f'{cell.field.heading} berisi teks "{cell.note.raw}" yang dapat dibaca {choices}.'
        yield Fault(cell.place, message, expected=choices, actual=cell.note.raw)


@rule(
    Rule(
        code="SEL-005",
        severity=Severity.ERROR,
        nomor=(8,),
        title="Teks pada kolom angka",
        what="Dicari teks yang bukan angka pada kolom rupiah, persen, banyaknya orang, dan tahun.",
        why="Teks tidak dapat dijumlahkan, sehingga total tidak memuatnya.",
        fix="Ketik angkanya saja; tulis - bila memang tidak ada. Penjelasan ditulis pada kolom Keterangan.",
        example='Realisasi (Rp) berisi "belum cair".',
    )
)
def teks_pada_angka(book: Book) -> Outcome:
    """Texts that are no numbers where only a number makes sense."""
    for cell in _special(book, Oddity.NOT_NUMBER):
        form_number = isinstance(cell.place, Isian) and cell.field.kind is Kind.QUANTITY
        if cell.field.kind in _AMOUNTS or form_number:
            message = f'{cell.field.heading} berisi "{cell.note.raw}", bukan angka.'
            yield Fault(cell.place, message, expected="angka", actual=cell.note.raw)


@rule(
    Rule(
        code="SEL-006",
        severity=Severity.ERROR,
        nomor=(8,),
        title="Angka negatif",
        what="Dicari angka di bawah nol pada kolom rupiah dan banyaknya orang.",
        why="Anggaran, realisasi, dan banyaknya pegawai tidak mungkin kurang dari nol.",
        fix="Hapus tanda minusnya bila salah ketik; pengembalian belanja dikurangkan dari realisasinya.",
        example="Realisasi (Rp) berisi -1.500.000.",
    )
)
def negatif(book: Book) -> Outcome:
    """Negative money and negative people, also in Jumlah rows."""
    for table in book.tables.values():
        for field in table.spec.fields:
            if field.kind not in {Kind.MONEY, Kind.COUNT}:
                continue
            numbers = table.numbers(field.key) | table.numbers(field.key, table.totals)
            for row, value in numbers.items():
                if value < 0:
                    message = f"{heading(table, field.key)} berisi {rupiah(value)}, di bawah nol."
                    yield Fault(At(table, row, field.key), message, expected="0 atau lebih", actual=rupiah(value))


@rule(
    Rule(
        code="SEL-007",
        severity=Severity.ERROR,
        title="Sel wajib kosong",
        what="Kolom bertanda * harus terisi di setiap baris yang dipakai. Tanda - pada kolom rupiah berarti memang "
        "tidak ada, jadi tidak dianggap kosong.",
        why="Yang kosong tidak dapat dibedakan dari yang terlupa.",
        fix="Isi sel itu, atau hapus seluruh barisnya bila tidak dipakai.",
        example="Satuan pada baris indikator ketiga kosong.",
        kind=FindingKind.UNFILLED,
    )
)
def wajib_kosong(book: Book) -> Outcome:
    """Empty cells in required columns; a column (or a group of rows) that is empty throughout is said once."""
    for table in book.tables.values():
        by = table.spec.total.by if table.spec.total else ""
        groups = dict(table.column(by)) if by else {}
        for field in table.spec.fields:
            if field.required and (table.spec.key, field.key) not in _REQUIRED_ELSEWHERE:
                yield from _empty_cells(table, field, groups)


def _empty_cells(table: Table, field: Field, groups: dict[int, Value]) -> Iterator[Fault]:
    """Faults of one column; rows are taken together by group where the whole group is empty."""
    rows: dict[str, list[int]] = {}
    empty: dict[str, list[int]] = {}
    for row, value in table.column(field.key):
        group = fold(str(groups.get(row) or ""))
        rows.setdefault(group, []).append(row)
        if value is None and (row, field.key) not in table.notes:
            empty.setdefault(group, []).append(row)
    for group, missing in empty.items():
        together = len(missing) == len(rows[group]) and len(missing) > 1
        for part in [missing] if together else [[row] for row in missing]:
            many = f" pada {len(part)} baris" if len(part) > 1 else ""
            yield Fault(
                At(table, part[0], field.key),
                f"{field.heading} masih kosong{many}.",
                actual="kosong",
                related=tuple(At(table, row, field.key) for row in part[1:]),
                fix=f"Isi sel itu. {field.note} Bila tidak dipakai, hapus seluruh barisnya.",
            )


@rule(
    Rule(
        code="SEL-008",
        severity=Severity.WARNING,
        nomor=(45,),
        title="Angka diketik menimpa rumus",
        what="Pada kolom hitungan dan baris Jumlah yang sel lainnya berisi rumus, dicari sel berisi angka ketikan.",
        why="Angka ketikan tidak ikut berubah ketika barisnya diperbaiki.",
        fix="Salin rumus dari sel di atas atau di bawahnya, atau biarkan bila memang disengaja.",
        example="Realisasi (%) pada delapan baris berisi rumus, pada satu baris angka.",
    )
)
def menimpa_rumus(book: Book) -> Outcome:
    """A typed constant among formulas."""
    for table in book.tables.values():
        for field in table.spec.fields:
            if field.computed:
                cells = [(row, field.key) for row, value in table.column(field.key) if value is not None]
                yield from _typed_among_formulas(table, cells)
        if table.spec.total is not None:
            keys = [key for key in table.spec.total.fields if key in table]
            filled = [(row, key) for key in keys for row, value in table.column(key, table.totals) if value is not None]
            yield from _typed_among_formulas(table, filled)


def _typed_among_formulas(table: Table, cells: list[tuple[int, str]]) -> Iterator[Fault]:
    typed = [cell for cell in cells if cell not in table.formulas]
    formulas = [cell for cell in cells if cell in table.formulas]
    if not formulas or len(typed) > len(formulas):
        return
    rows = sorted({row for row, _ in formulas})
    keys = dict(formulas)
    for row, key in typed:
        neighbour = nearest(rows, row)
        yield Fault(
            At(table, row, key),
            f"{table.spec.field(key).heading} diketik sebagai angka, sedangkan sel lainnya berisi rumus.",
            expected="rumus",
            actual="angka",
            related=(At(table, neighbour, keys[neighbour]),),
        )


@rule(
    Rule(
        code="SEL-009",
        severity=Severity.WARNING,
        nomor=(45,),
        title="Rumus berbeda dari tetangganya",
        what="Rumus pada kolom hitungan dibandingkan antarbaris, dengan alamat yang dibaca relatif terhadap barisnya.",
        why="Satu rumus yang bergeser membaca baris yang salah, dan hasilnya tampak wajar.",
        fix="Salin rumus dari sel di atas atau di bawahnya.",
        example="Baris lain =D5/C5; baris 8 =D7/C8.",
    )
)
def rumus_berbeda(book: Book) -> Outcome:
    """Formulas of a computed column that are not the one that most rows have."""
    for table in book.tables.values():
        columns: dict[str, dict[int, str]] = {}
        for (row, key), formula in table.formulas.items():
            if table.is_data(row) and table.spec.field(key).computed:
                columns.setdefault(key, {})[row] = formula
        for key, formulas in columns.items():
            for row, usual in odd_ones_out(formulas):
                yield Fault(
                    At(table, row, key),
                    f"Rumus {table.spec.field(key).heading} berbeda dari baris lainnya.",
                    expected=f"seperti {table.cell(usual, key).ref}: ={formulas[usual].lstrip('=')}",
                    actual=f"={formulas[row].lstrip('=')}",
                    related=(At(table, usual, key),),
                )


def _per_cell(book: Book, oddity: Oddity, said: Callable[[str], str]) -> Iterator[Fault]:
    """Findings on how numbers are stored; many in one column are said once."""
    text = oddity is Oddity.TEXT_NUMBER  # nobody adds up percentages: there a text does no harm
    stored = (cell for cell in _special(book, oddity) if not (text and cell.field.kind is Kind.PERCENT))
    for cells in _by_column(stored):
        first = cells[0]
        many = f" Demikian pula {len(cells) - 1} sel lain di kolom ini." if len(cells) > 1 else ""
        yield Fault(
            first.place,
            f"{first.field.heading} {said(first.note.raw)}.{many}",
            expected="angka",
            actual=first.note.raw,
            related=_others(cells),
        )


@rule(
    Rule(
        code="SEL-010",
        severity=Severity.WARNING,
        title="Angka tersimpan sebagai teks",
        what="Dicari angka yang tersimpan sebagai teks pada kolom angka, kecuali kolom persen, yang tidak dijumlahkan. "
        "Nilainya tetap dipakai.",
        why="Excel tidak menjumlahkan angka yang tersimpan sebagai teks, sehingga Jumlahnya di Excel keliru.",
        fix="Ubah menjadi angka: klik tanda seru di sel itu, pilih Ubah menjadi Angka.",
        example='Anggaran (Rp) berisi teks "Rp 1.351.829.790".',
    )
)
def angka_teks(book: Book) -> Outcome:
    """Numbers stored as text; the value is read and used."""
    yield from _per_cell(book, Oddity.TEXT_NUMBER, lambda raw: f'tersimpan sebagai teks "{raw}"')


@rule(
    Rule(
        code="SEL-011",
        severity=Severity.WARNING,
        nomor=(46,),
        title="Desimal memakai titik",
        what="Dicari teks angka dengan titik desimal, misalnya 98.65. Nilainya tetap dipakai.",
        why="Di Indonesia desimal ditulis dengan koma; titik memisahkan ribuan.",
        fix="Ketik ulang dengan koma: 98,65.",
        example='Realisasi (%) berisi teks "98.65".',
    )
)
def titik_desimal(book: Book) -> Outcome:
    """Decimal dots in texts; the value is read and used."""
    yield from _per_cell(book, Oddity.DOT_DECIMAL, lambda raw: f'memakai titik desimal: "{raw}"')


@rule(
    Rule(
        code="SEL-012",
        severity=Severity.ERROR,
        title="Lebih dari 15 angka dalam satu bilangan",
        what="Dicari kode dan bilangan yang lebih dari 15 angka dan tersimpan sebagai angka. NIP diperiksa tersendiri.",
        why="Excel hanya menyimpan 15 angka dari sebuah bilangan; sisanya sudah hilang.",
        fix="Ubah format sel menjadi Teks, lalu ketik ulang isinya.",
        example="Kode program 8010620100060001 tersimpan sebagai angka.",
    )
)
def kode_angka(book: Book) -> Outcome:
    """Codes and amounts that lost digits in the file itself."""
    for cell in _special(book, Oddity.LOST_DIGITS):
        if cell.field.key != "nip":
            message = f"{cell.field.heading} tersimpan sebagai angka ({cell.note.raw}); angka terakhirnya sudah hilang."
            expected = "paling banyak 15 angka" if cell.field.kind in NUMERIC else "kode, sebagai teks"
            yield Fault(cell.place, message, expected=expected, actual=cell.note.raw)
