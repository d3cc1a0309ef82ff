"""Claims beyond any honest workbook, and values of cells at the edge."""

from __future__ import annotations

from hashlib import sha512

from tests.hostile.base import (
    ANGGARAN,
    BOOK,
    FORM,
    INSTANSI,
    MONEY,
    STRINGS,
    STYLES,
    Parts,
    changed,
    pack,
    plain,
    row,
    rows,
    sheet,
    styles,
    with_money,
    workbook,
)
from tests.hostile.case import Case, refused, same, told
from tests.hostile.make_xml import before, behind, edited, money, more


def sizes() -> list[Case]:
    """Claims and amounts beyond any honest workbook."""
    far = '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    long = "x" * 32_767
    uses = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(10, 200_010))
    refs = ("XFE1", "AAAA1", "A1:B2", "A0", "1A", "A99999999", "", "A" * 5_000)
    numbers = ("99999999", "2147483647", "4294967295", "1e20", "0", "-1", "x", "1048577", "9" * 5_000)
    return [
        *(refused(f"nomor baris {n[:20]}", lambda n=n: money(f'<row r="{n}"/>'), "nomor baris") for n in numbers),
        *(
            refused(
                f"alamat sel {r[:20]!r}", lambda r=r: money(f'<row r="1"><c r="{r}"><v>1</v></c></row>'), "alamat sel"
            )
            for r in refs
        ),
        refused("sel di baris lain", lambda: money('<row r="7"><c r="A8"><v>1</v></c></row>'), "alamat sel"),
        refused(
            "sel ganda", lambda: money('<row r="7"><c r="A7"><v>1</v></c><c r="A7"><v>2</v></c></row>'), "dua kali"
        ),
        refused("baris ganda", lambda: money(row(7, [1]) + row(7, [2])), "dua kali"),
        refused("kolom melampaui XFD", lambda: money(f'<row r="7">{"<c/>" * 16_385}</row>'), "XFD"),
        refused("indeks teks di luar", lambda: edited(MONEY, 't="s"><v>', 't="s"><v>99'), "teks sel"),
        refused("indeks teks negatif", lambda: edited(MONEY, 't="s"><v>', 't="s"><v>-'), "teks sel"),
        refused("indeks teks ²", lambda: edited(MONEY, 't="s"><v>', 't="s"><v>²'), "teks sel"),
        refused(
            "teks terpanjang dipakai 200.000 kali", lambda: pack(with_money(uses, strings=[long])), "terlalu besar"
        ),
        refused("2,1 juta sel", lambda: money("".join(row(n, [1] * 21) for n in range(10, 100_010))), "terlalu besar"),
        refused("300 lembar", lambda: pack(many_sheets(300)), "lebih dari 256 lembar"),
        refused("300.000 sel gabungan", lambda: pack(merged(300_000)), "terlalu banyak sel gabungan"),
        refused("lembar tanpa isi", lambda: edited(BOOK, 'r:id="rId2"', 'r:id="rId99"'), "tidak ada isinya"),
        same(
            "uniqueCount bohong",
            lambda: edited(STRINGS, "<sst ", '<sst count="4294967295" uniqueCount="1152921504606846976" '),
        ),
        same("dimension bohong", lambda: before('<dimension ref="A1:A1"/>')),
        same("dimension sejuta kolom", lambda: before('<dimension ref="A1:ZZZZZ9"/>')),
        same("cols sejuta kolom", lambda: before('<cols><col min="1" max="1000000"/></cols>')),
        same("gabungan seluruh lembar", lambda: behind('<mergeCells><mergeCell ref="A6:XFD1048576"/></mergeCells>')),
        same("200.000 sel gabungan", lambda: pack(merged(200_000))),
        same("format angka sejuta kurung", lambda: pack(plain() | {STYLES: styles(["[" * 900_000])})),
        same("sejuta baris kosong berformat", lambda: more(blank_rows(1_000_000))),
        same("100.000 baris sel kosong berformat", lambda: more(blank_cells(100_000))),
        same("sejuta baris sel kosong berformat", lambda: more(blank_cells(1_000_000))),
        same(
            "teks bersama yang tidak dipakai",
            lambda: edited(STRINGS, "</sst>", f"{unused(500)}</sst>"),
        ),
        told("sel jauh di pojok", lambda: more(far), "BRK-007 Anggaran!XFD1048576"),
        told(
            "16.000 judul kolom",
            lambda: money(row(1, [*ANGGARAN[0], *(f"Kolom {n}" for n in range(16_000))])),
            "BRK-005 Anggaran!F1",
        ),
        told(
            "isi tanpa judul di 16.000 kolom",
            lambda: money(rows(ANGGARAN[:2]) + row(3, [1] * 16_000)),
            "BRK-007 Anggaran!F3",
        ),
    ]


def unused(many: int) -> str:
    """Shared strings of the greatest length that no cell uses; their text packs badly, as honest text does."""
    texts = (sha512(str(number).encode()).hexdigest() * 255 for number in range(many))
    return "".join(f"<si><t>{text}</t></si>" for text in texts)


def blank_rows(many: int) -> str:
    return "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(10, many))


def blank_cells(many: int) -> str:
    return "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" s="1"/>' for c in "ABCDE") + "</row>" for n in range(10, many + 10)
    )


def many_sheets(many: int) -> Parts:
    """A workbook with more sheets than any honest one."""
    return plain() | {BOOK: workbook([("Anggaran", "rId2", ""), *((f"L{n}", "rId1", "") for n in range(many))])}


def merged(many: int) -> Parts:
    """The sound workbook with merged ranges below the table."""
    ranges = "".join(f'<mergeCell ref="A{n}:C{n}"/>' for n in range(10, 10 + many))
    return changed(
        MONEY, lambda d: d.replace(b"</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>".encode())
    )


def cells() -> list[Case]:
    """Values of cells at the edge, which must be read, told or refused, but never change and never crash."""

    def value(v: str, attributes: str = "", kind: str = "") -> bytes:
        attributes += f' t="{kind}"' if kind else ""
        return edited(MONEY, '<c r="C3"><v>500000000</v>', f'<c r="C3"{attributes}><v>{v}</v>')

    not_number = "SEL-005 Anggaran!C3"
    return [
        *(
            told(f"nilai {v[:24]}", lambda v=v: value(v), not_number)
            for v in ("NaN", "INF", "-INF", "1.351.829.790,x", "1_000", "0x10", "1E999", "1E99999999999", "1" * 5_000)
        ),
        told("angka sebagai teks dalam sel angka", lambda: value("500.000.000"), "SEL-010 Anggaran!C3"),
        *(
            told(f"di atas 15 angka: {v}", lambda v=v: value(v), "SEL-012 Anggaran!C3")
            for v in ("9007199254740993", "1e15", "1.5E300", "-12345678901234567890")
        ),
        told("terkecil", lambda: value("4.9E-324"), "ANG-001 Anggaran!C4"),
        told("galat #REF!", lambda: value("#REF!", kind="e"), "SEL-001 Anggaran!C3"),
        told("galat #SPILL!", lambda: value("#SPILL!", ' cm="1"', "e"), "SEL-001 Anggaran!C3"),
        told("galat tak dikenal", lambda: value("#ENTAH!", kind="e"), "SEL-001 Anggaran!C3"),
        told("benar/salah", lambda: value("1", kind="b"), not_number),
        told("jenis sel tak dikenal", lambda: value("5 juta", kind="zz"), not_number),
        told("tanggal dari 3/5", lambda: value("45780", ' s="2"'), not_number),
        told("tanggal ISO", lambda: value("2025-05-03T00:00:00", kind="d"), not_number),
        told("tanggal ISO rusak", lambda: value("kemarin", kind="d"), not_number),
        told("rumus tanpa hasil", lambda: edited(MONEY, "<v>500000000</v>", "<f>1+1</f>"), "SEL-002 Anggaran!C3"),
        told("negatif dalam kurung", lambda: value("(500.000.000)", kind="str"), "SEL-006 Anggaran!C3"),
        told("minus di belakang", lambda: value("500.000.000-", kind="str"), "SEL-006 Anggaran!C3"),
        told("minus Unicode", lambda: value("−500.000.000", kind="str"), "SEL-006 Anggaran!C3"),
        told("angka lebar penuh", lambda: value("５００.０００.０００", kind="str"), "SEL-010 Anggaran!C3"),
        told("angka Arab", lambda: value("٥٠٠.٠٠٠.٠٠٠", kind="str"), "SEL-010 Anggaran!C3"),
        told("notasi ilmiah sebagai teks", lambda: value("5,00E+08", kind="str"), "SEL-010 Anggaran!C3"),
        told("juta sebagai kata", lambda: value("500 juta", kind="str"), not_number),
        told("bermakna dua", lambda: value("1.351", kind="str"), "SEL-004 Anggaran!C3"),
        told("bermakna dua dengan koma", lambda: value("1,351", kind="str"), "SEL-004 Anggaran!C3"),
        told("spasi yang tidak terlihat", lambda: value("\u00a0\u200b\u202f", kind="str"), "SEL-007 Anggaran!C3"),
        told("baris tersaring", lambda: edited(MONEY, '<row r="3">', '<row r="3" hidden="1">'), "BRK-009 Anggaran!A3"),
        told("tahun 2O24", lambda: year('<c r="B4" t="str"><v>2O24</v></c>'), "SEL-005 Instansi!B4"),
        same("tahun sebagai tanggal", lambda: year('<c r="B4" s="2"><v>45658</v></c>')),
        same("tahun sebagai tanggal 1904", lambda: year('<c r="B4" s="2"><v>44196</v></c>', date1904=True)),
        same("tahun dengan TA", lambda: year('<c r="B4" t="str"><v>TA 2025</v></c>')),
        same("tahun 2025.0", lambda: year('<c r="B4"><v>2025.0</v></c>')),
        told(
            "dua tabel pada satu lembar",
            lambda: money(
                rows(ANGGARAN) + rows([["Kode Sasaran", "Anggaran (Rp)", "Realisasi (Rp)"], ["S1", 5, 5]], start=7)
            ),
            "BRK-015 Anggaran!A7",
        ),
        same(
            "judul berulang di halaman kedua",
            lambda: pack(with_money(rows(ANGGARAN[:2]) + rows([ANGGARAN[0]], start=7) + rows(ANGGARAN[2:], start=8))),
            moved=True,
        ),
        same(
            "judul dengan BOM, NBSP, dan baris baru",
            lambda: pack(
                with_money(
                    rows(
                        [
                            [
                                "\ufeffNo",
                                "Sumber\u00a0Dana",
                                "Anggaran_x000D_\n(Rp)\u200b *",
                                "REALISASI  (Rp)",
                                "Realisasi(%)",
                            ],
                            *ANGGARAN[1:],
                        ]
                    )
                )
            ),
        ),
        same(
            "baris nomor kolom",
            lambda: pack(
                with_money(
                    rows(ANGGARAN[:1]) + row(2, ["(1)", "(2)", "(3)", "(4)", "(5=4/3)"]) + rows(ANGGARAN[1:], start=3)
                )
            ),
            moved=True,
        ),
        same("judul dua tingkat", lambda: pack(two_levels()), moved=True),
    ]


def year(cell: str, *, date1904: bool = False) -> bytes:
    """The sound workbook with another cell for the report year."""
    parts = plain()
    form = rows(INSTANSI).replace('<c r="B4"><v>2025</v></c>', cell)
    assert cell in form
    parts[FORM] = sheet(form)
    if date1904:
        parts[BOOK] = parts[BOOK].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    return pack(parts)


def two_levels() -> Parts:
    """A merged heading above sub-headings, the others merged over both rows."""
    head = rows([["No", "Sumber Dana", "Anggaran (Rp)", "Realisasi", None], [None, None, None, "Rp", "%"]])
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"))
    return with_money(head + rows(ANGGARAN[1:], start=3), after=f"<mergeCells>{merges}</mergeCells>")
