"""The guidance sheet in front of the workbook: how to fill it, and what its colours mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from lakip_xlsx.excel.standing import COMPLETE, EMPTY, MISSING, WRONG, Standing, of_form, of_table
from lakip_xlsx.excel.styles import AMBER, GREY, NAVY, PALE, RED, SLATE, Role, Styles
from lakip_xlsx.excel.write_help import NARASI_NAME
from lakip_xlsx.excel.write_plan import quoted
from lakip_xlsx.excel.write_values import Values
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook import unprinted
from lakip_xlsx.workbook.sheets import GUIDE, SHEETS, VERSION
from lakip_xlsx.workbook.spec import SheetSpec

_FIRST, _SECOND, _STATE = 1, 2, 3  # columns; A is a margin

_LINE, _LETTERS = 16, 104  # height of a line, and how many letters surely fit in it

_STEPS = (
    ("1. Isi", "Mulai dari lembar Instansi, lalu lembar lain dari kiri ke kanan. Isi sel putih saja."),
    ("2. Periksa", "Lihat baris Pemeriksaan di atas tiap tabel. Sel merah berarti ada angka yang tidak cocok."),
    ("3. Jadikan Word", "Simpan dan tutup workbook ini, lalu jalankan perintah di bawah pada folder yang sama."),
)
_COMMANDS = (
    ("Memeriksa saja", "lakip-xlsx check nama-berkas.xlsx"),
    ("Membuat laporan", "lakip-xlsx convert nama-berkas.xlsx"),
)
_COLOURS = (
    (NAVY, "Judul biru tua", "Kolom wajib; judulnya bertanda *."),
    ("#B4C6E7", "Judul biru muda", "Kolom yang boleh dikosongkan."),
    (SLATE, "Judul abu-abu", "Kolom yang terisi sendiri."),
    ("#FFFFFF", "Sel putih", "Tempat mengisi."),
    (GREY, "Sel abu-abu", "Terisi sendiri. Boleh diketik ulang; angka yang diketik akan dibandingkan."),
    (PALE, "Baris biru", "Jumlah. Rumusnya ikut menyesuaikan bila baris disisipkan."),
    (RED, "Sel merah", "Tidak cocok: jumlah, persentase, predikat, kode, atau selisih antarlembar."),
    (AMBER, "Sel kuning", "Sel wajib yang belum terisi, pada lembar Instansi dan pada baris yang sudah dimulai."),
)
_HABITS = (
    ("Uang", "Ketik angkanya saja, tanpa Rp. Tulis - bila memang tidak ada."),
    ("Persentase", "Ketik 98,65% pada kolom (%). Target dan realisasi bersatuan % juga diketik dengan %: 70%."),
    ("Bukan angka", "Nilai seperti BB atau WTP, dan n/a bila tidak terukur, boleh ditulis pada Target dan Realisasi."),
    (
        "Menambah baris",
        "Sisipkan baris di mana saja dalam tabel, lalu salin rumus kolom abu-abu dari baris sebelahnya.",
    ),
    ("Menggeser kolom", "Kolom boleh digeser atau ditambah. Judul kolom dan nama lembar jangan diubah."),
    ("Mengetik jumlah", "Jumlah, persentase, dan predikat boleh diketik. Semuanya dihitung ulang dan dibandingkan."),
    ("Kode dan NIP", "Selnya sudah berformat teks, jadi angka nol di depan dan 18 angka NIP tetap utuh."),
)


@dataclass(slots=True)
class _Page:
    """The sheet with the row that is written next (from 0)."""

    sheet: Worksheet
    styles: Styles
    row: int = 0

    def section(self, title: str) -> None:
        """A heading over the whole width, with an empty row above."""
        self.row += 1
        look = self.styles.role(Role.SECTION)
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, _FIRST, title, look)
        for column in range(_SECOND, _STATE + 1 + len(LAYOUTS)):
            self.sheet.write_blank(self.row, column, None, look)
        self.row += 1

    def pair(self, label: str, text: str, look: Role = Role.PLAIN) -> None:
        """A bold word and what it means; the row is high enough for the text."""
        self.sheet.write_string(self.row, _FIRST, label, self.styles.role(Role.BOLD))
        self.sheet.write_string(self.row, _SECOND, text, self.styles.role(look))
        self.sheet.set_row(self.row, _height(text))
        self.row += 1


def write_guide(book: Workbook, values: Values, styles: Styles, layout: Layout) -> Callable[[], None]:
    """Add the guidance sheet in front; the returned function defines the names that refer to it.

    The names come last, because the other sheets decide where the chosen layout stands.
    """
    formulas = values.formulas
    sheet = book.add_worksheet(GUIDE)
    page = _Page(sheet, styles)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 2)
    sheet.set_column(_FIRST, _FIRST, 34)
    sheet.set_column(_SECOND, _SECOND, 90)
    sheet.set_column(_STATE, _STATE + len(LAYOUTS), 22)
    _write_introduction(page, layout)
    _write_sheets(page, values)
    page.section("Yang tidak dicetak dalam laporan")
    for each in _layouts(layout):
        page.pair(each.name, f"{unprinted.declared(each.key)}.")
    areas = {each.key: _write_narasi(page, each) for each in _layouts(layout)}
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&9&A&R&9Halaman &P dari &N")
    sheet.set_tab_color(NAVY)
    sheet.set_first_sheet()
    sheet.activate()

    def define_names() -> None:
        expression = areas[layout.key]
        for each in _layouts(layout)[1:]:
            expression = f'IF({formulas.form_name("tata_letak")}="{each.name}",{areas[each.key]},{expression})'
        book.define_name(NARASI_NAME, f"={expression}")

    return define_names


def _height(text: str) -> float:
    """The height of a row whose text may need a second line."""
    return 2 + _LINE * (1 + len(text) // _LETTERS)


def _layouts(first: Layout) -> list[Layout]:
    """All layouts, the chosen one first."""
    return [first, *(each for each in LAYOUTS if each.key != first.key)]


def _write_introduction(page: _Page, layout: Layout) -> None:
    page.sheet.set_row(page.row, 28)
    page.sheet.write_string(page.row, _FIRST, "PETUNJUK PENGISIAN", page.styles.role(Role.TITLE))
    page.row += 1
    text = f"Workbook LAKIP, versi {VERSION}. Tata letak laporan: {layout.name}."
    page.sheet.write_string(page.row, _FIRST, text, page.styles.role(Role.PURPOSE))
    page.row += 1
    page.section("Tiga langkah")
    for label, text in _STEPS:
        page.pair(label, text)
    for label, text in _COMMANDS:
        page.pair(f"    {label}", text, Role.COMMAND)
    page.section("Arti warna")
    for colour, label, text in _COLOURS:
        ink = "#FFFFFF" if colour in {NAVY, SLATE} else "#000000"
        look = page.styles.role(Role.BOXED, bg_color=colour, font_color=ink)
        page.sheet.write_string(page.row, _FIRST, label, look)
        page.sheet.write_string(page.row, _SECOND, text, page.styles.role(Role.PLAIN))
        page.sheet.set_row(page.row, _height(text))
        page.row += 1
    page.section("Yang perlu diingat")
    for label, text in _HABITS:
        page.pair(label, text)


def _write_sheets(page: _Page, values: Values) -> None:
    """Which sheets there are, where each of them stands, and in which layouts they are required."""
    page.section("Lembar yang diisi, dan keadaannya sekarang")
    for column, heading in enumerate(("Lembar", "Isi", "Keadaan", *(each.name for each in LAYOUTS)), start=_FIRST):
        page.sheet.write_string(page.row, column, heading, page.styles.role(Role.HEADING))
    page.row += 1
    first = page.row
    for spec in SHEETS:
        link = page.styles.role(Role.BOXED, font_color=NAVY, underline=1)
        page.sheet.write_url(page.row, _FIRST, f"internal:{quoted(spec.name)}!A1", link, spec.name)
        page.sheet.write_string(page.row, _SECOND, spec.purpose, page.styles.role(Role.BOXED))
        page.sheet.set_row(page.row, _height(spec.purpose))
        look = page.styles.role(Role.BOXED_CENTER)
        state = _state(values, spec)
        if state is None:
            page.sheet.write_string(page.row, _STATE, "-", look)
        else:
            page.sheet.write_formula(page.row, _STATE, state.formula, look, state.result)
        for column, each in enumerate(LAYOUTS, start=_STATE + 1):
            text = "wajib" if spec.key in each.sheets else "boleh kosong"
            page.sheet.write_string(page.row, column, text, look)
        page.row += 1
    _colour_states(page, first)


def _state(values: Values, spec: SheetSpec) -> Standing | None:
    form, table = values.formulas.plan.form, values.formulas.plan.table(spec.key)
    if spec.form:
        return of_form(values, form) if form is not None else None
    return of_table(values, table) if table is not None else None


def _colour_states(page: _Page, first: int) -> None:
    """Green, amber and red: complete, something missing, something wrong."""
    looks = ((COMPLETE, page.styles.complete()), (WRONG, page.styles.wrong()))
    rules: list[dict[str, object]] = [
        {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": look} for text, look in looks
    ]
    rules += [
        {"type": "text", "criteria": "containing", "value": text, "format": page.styles.missing()}
        for text in (MISSING.strip(), EMPTY)
    ]
    for rule in rules:
        page.sheet.conditional_format(first, _STATE, page.row - 1, _STATE, rule)


def _write_narasi(page: _Page, layout: Layout) -> str:
    """The parts that take a text; returns the range of their titles, for the drop-down in Narasi."""
    page.section(f"Bagian pada lembar Narasi, {layout.name}")
    first = page.row + 1
    for part in layout.narasi().values():
        page.sheet.write_string(page.row, _FIRST, part.title, page.styles.role(Role.BOXED))
        text = "Wajib ditulis oleh kantor." if part.required else "Boleh kosong: laporan memakai kalimat baku."
        page.sheet.write_string(page.row, _SECOND, text, page.styles.role(Role.BOXED))
        page.row += 1
    return f"{quoted(GUIDE)}!$B${first}:$B${page.row}"
