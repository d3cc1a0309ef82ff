"""Rules of the family GBR: the pictures of the sheet Gambar."""

from __future__ import annotations

from lakip_xlsx.checks import near
from lakip_xlsx.checks.places import At
from lakip_xlsx.checks.rule import Fault, Outcome, Rule, rule
from lakip_xlsx.figures import gambar as places
from lakip_xlsx.figures.gambar import Place
from lakip_xlsx.finding import Severity
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook import picture
from lakip_xlsx.workbook.book import Book, Table


@rule(
    Rule(
        code="GBR-001",
        severity=Severity.ERROR,
        title="Gambar tidak dapat dipakai",
        what="Berkas pada lembar Gambar harus gambar PNG atau JPG di folder workbook, paling besar 15 MB; semuanya "
        f"bersama paling banyak {picture.MOST} gambar dan {picture.ALTOGETHER // 2**20} MB.",
        why="Di tempat gambarnya tercetak penanda.",
        fix="Letakkan gambarnya di folder workbook dan tulis namanya, atau hapus barisnya.",
        example="Berkas foto/rapat.jpg, padahal di folder workbook tidak ada.",
        needs=("gambar.berkas",),
    )
)
def gambar_ada(gambar: Table, book: Book) -> Outcome:
    """Each picture is there, inside the folder, and is one; all of them fit into a document."""
    rows = {row: str(value) for row, value in gambar.column("berkas") if value}
    for (row, name), found in zip(rows.items(), picture.figures(book.path.parent, rows.values()), strict=True):
        if isinstance(found, str):
            yield Fault(At(gambar, row, "berkas"), f'Gambar "{name}" tidak dapat dipakai: {found}.', actual=name)


@rule(
    Rule(
        code="GBR-002",
        severity=Severity.ERROR,
        title="Bagian untuk gambar tidak dikenal",
        what="Bagian pada lembar Gambar dicari di antara bagian laporan, bagian buatan sendiri pada lembar Narasi, dan "
        "judul pada lembar Lampiran.",
        why="Gambar pada bagian yang tidak dikenal tidak dimuat dalam laporan.",
        fix="Pilih Bagian dari daftar, atau samakan dengan judul pada lembar Narasi atau Lampiran.",
        example='Bagian "Struktur Organisasai" kiranya "Struktur Organisasi".',
        needs=("gambar.bagian", "gambar.berkas"),
    )
)
def bagian_gambar(gambar: Table, book: Book, layout: Layout) -> Outcome:
    """Names that nothing bears; each picture at its own cell."""
    known = places.names(book, layout)
    for each in places.read(book, layout):
        said = gambar.text(each.row, "bagian")
        if each.place is Place.UNKNOWN and said:  # an empty one has its own finding (SEL)
            guess = near.closest(said, known)
            message = f'Bagian "{said}" tidak ada dalam laporan.'
            yield Fault(At(gambar, each.row, "bagian"), message, expected=guess, actual=said)


@rule(
    Rule(
        code="GBR-003",
        severity=Severity.WARNING,
        title="Foto tersimpan miring",
        what="Dicari foto JPG yang baru tegak sesudah diputar menurut catatan kamera (Exif).",
        why="Word mencetaknya seperti tersimpan, jadi fotonya terbaring.",
        fix="Buka fotonya, putar sampai tegak, lalu simpan.",
        example="Foto dari telepon yang dipegang tegak.",
        needs=("gambar.berkas",),
    )
)
def foto_miring(gambar: Table, book: Book) -> Outcome:
    """Photos that lie on their side."""
    for row, value in gambar.column("berkas"):
        found = picture.read(book.path.parent, str(value), picture.LARGEST_FIGURE) if value else ""
        if not isinstance(found, str) and picture.is_turned(found.data):
            yield Fault(At(gambar, row, "berkas"), f'Foto "{value}" tersimpan miring.', actual=str(value))
