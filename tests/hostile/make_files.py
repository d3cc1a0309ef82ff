"""Files that are no workbook, and packages that are broken or built to harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from tests.hostile.base import (
    ANGGARAN,
    BOOK,
    BOOK_RELS,
    FORM,
    INSTANSI,
    MONEY,
    RELS,
    STRINGS,
    STYLES,
    TYPES,
    Parts,
    changed,
    pack,
    plain,
    rows,
    sheet,
    with_money,
    workbook,
)
from tests.hostile.case import Case, refused, same, told

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MIB = 2**20


def plain_bytes() -> bytes:
    """The sound workbook as a file."""
    return pack(plain())


def without(part: str, parts: Parts | None = None) -> bytes:
    """The sound workbook, or another one, with a part missing."""
    parts = dict(parts or plain())
    del parts[part]
    return pack(parts)


def zip_of(name: str, data: bytes) -> bytes:
    """A zip with one file."""
    return pack({name: data})


def patched(find: bytes, replace: bytes, *, last: bool = False) -> bytes:
    """The sound workbook with a few bytes changed in the packed file."""
    data = plain_bytes()
    at = data.rfind(find) if last else data.find(find)
    assert at >= 0
    return data[:at] + replace + data[at + len(find) :]


def header(data: bytes, name: str, *, central: bool) -> int:
    """Where the header of an entry begins in a packed file."""
    mark, length = (b"PK\x01\x02", 46) if central else (b"PK\x03\x04", 30)
    at = -1
    while True:
        at = data.index(mark, at + 1)
        if data[at + length : at + length + len(name)] == name.encode():
            return at


THEME = "xl/theme/theme1.xml"


def unneeded() -> list[Case]:
    """Damage and absence of what our own sheets have no need of."""
    inline = with_money(rows(ANGGARAN)) | {FORM: sheet(rows(INSTANSI))}
    ours = [("Instansi", "rId1", ""), ("Anggaran", "rId2", "")]
    notes = plain() | {BOOK: workbook([*ours, ("Catatan", "rId7", "")])}
    relation = f'<Relationship Id="rId7" Type="{RELS}/worksheet" Target="worksheets/sheet7.xml"/></Relationships>'
    linked = notes | {BOOK_RELS: notes[BOOK_RELS].replace(b"</Relationships>", relation.encode())}
    said = "BRK-012 Catatan"
    return [
        told("lembar lain tanpa relasi", lambda: pack(notes), said),
        told("lembar lain tanpa bagian", lambda: pack(linked), said),
        told("lembar lain rusak", lambda: pack(linked | {"xl/worksheets/sheet7.xml": b"<rusak"}), said),
        same("tanpa styles yang tidak dipakai", lambda: without(STYLES)),
        same("styles rusak yang tidak dipakai", lambda: pack(plain() | {STYLES: b"<rusak"})),
        same("teks bersama rusak yang tidak dipakai", lambda: pack(inline | {STRINGS: b"<rusak"})),
        same("teks bersama tidak ada dan tidak dipakai", lambda: without(STRINGS, inline)),
        same("tema terenkripsi", lambda: with_fields(THEME, flags=1)),
        same("tema dimampatkan dengan cara lain", lambda: with_fields(THEME, method=9)),
        same("gambar polos yang sangat mampat", lambda: pack(plain() | {"xl/media/a.bmp": b"\0" * 9 * MIB}, level=9)),
    ]


def with_fields(name: str, **fields: int) -> bytes:
    """The sound workbook with numbers of one entry's headers changed, in both places."""
    offsets = {"flags": (8, 6, "H"), "method": (10, 8, "H"), "crc": (16, 14, "I"), "size": (24, 22, "I")}
    data = bytearray(plain_bytes())
    for field, value in fields.items():
        central, local, code = offsets[field]
        struct.pack_into(f"<{code}", data, header(bytes(data), name, central=True) + central, value)
        struct.pack_into(f"<{code}", data, header(bytes(data), name, central=False) + local, value)
    return bytes(data)


def broken_deflate() -> bytes:
    """The packed bytes of one part overwritten."""
    data = bytearray(plain_bytes())
    at = header(bytes(data), MONEY, central=False) + 30 + len(MONEY) + 8
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


def swollen(size: int, part: str = MONEY) -> bytes:
    """A part of blanks that inflates to a given size."""
    parts = plain()
    body = parts[part]
    at = body.rfind(b"</")
    return pack(parts | {part: body[:at] + b" " * size + body[at:]}, level=9)


def overlapping() -> bytes:
    """Many entries that all point to the same bytes."""
    target = io.BytesIO()
    packed = zlib.compress(b"<x/>" + b" " * 6 * MIB, 9)[2:-4]
    raw = b"<x/>" + b" " * 6 * MIB
    names = [f"xl/media/{number}.xml" for number in range(200)]
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(raw), len(packed), len(raw), 14, 0)
    target.write(local + b"xl/media/0.xml" + packed)
    start = target.tell()
    for name in names:
        target.write(
            struct.pack(
                "<4s6H3I5H2I",
                b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(raw), len(packed), len(raw),
                len(name), 0, 0, 0, 0, 0, 0,
            )
            + name.encode()
        )  # fmt: skip
    end = target.tell()
    target.write(struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(names), len(names), end - start, start, 0))
    return target.getvalue()


def many_entries(count: int) -> bytes:
    """The sound workbook with very many more parts."""
    return pack([*plain().items(), *((f"xl/media/{number}.txt", b"") for number in range(count))], level=0)


def lock_file() -> bytes:
    """What Excel leaves beside an open workbook."""
    return b"\x05Siti " + b" " * 48 + b"\x04\x00S\x00i\x00t\x00i\x00" + b" \x00" * 50


def documents() -> list[Case]:
    """Files of another kind under the name of a workbook."""
    csv = b"No;Sumber Dana;Anggaran\n1;APBD;1.351.829.790\n"
    html = b"<html><table><tr><td>Anggaran</td></tr></table></html>"
    xml2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    pointer = b'{"url":"https://docs.google.com/open?id=1","doc_id":"1","email":"a@b.c"}'
    lfs = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    return [
        refused("berkas kosong", lambda: b"", "kosong"),
        refused("hanya byte nol", lambda: b"\0" * 4096, "byte nol"),
        refused("berkas kunci Excel", lock_file, "berkas sementara", file="~$isi.xlsx"),
        refused("AppleDouble menurut nama", plain_bytes, "macOS", file="._isi.xlsx"),
        refused("AppleDouble menurut isi", lambda: b"\x00\x05\x16\x07\x00\x02\x00\x00" + b"\0" * 80, "macOS"),
        refused("penunjuk git-lfs", lambda: lfs, "penunjuk"),
        refused("penunjuk Google Drive", lambda: pointer, "penunjuk"),
        refused("pintasan Windows", lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, "penunjuk"),
        refused("terkunci kata sandi", lambda: OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "sandi"),
        refused("xls lama", lambda: OLE2 + b"\0" * 600 + "Workbook".encode("utf-16-le"), ".xls"),
        refused("xls tanpa OLE2", lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 80, ".xls"),
        refused("OLE2 dengan FAT raksasa", lambda: OLE2 + b"\0" * 36 + b"\xff" * 460, ".xls"),
        refused("doc lama", lambda: OLE2 + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "Word lama"),
        refused("csv", lambda: csv, "CSV"),
        refused("csv UTF-16", lambda: csv.decode().encode("utf-16"), "CSV"),
        refused("teks", lambda: b"Laporan kinerja", "teks"),
        refused("html", lambda: html, "HTML"),
        refused("html dengan BOM", lambda: b"\xef\xbb\xbf\n" + html, "HTML"),
        refused("mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related", "HTML"),
        refused("XML Spreadsheet 2003", lambda: xml2003, "XML Spreadsheet 2003"),
        refused("xml", lambda: b"<?xml version='1.0'?><data/>", "XML"),
        refused("json", lambda: b'{"anggaran": 5}', "JSON"),
        refused("json sangat dalam", lambda: b"[" * 8000, "JSON"),
        refused("pdf", lambda: b"%PDF-1.7\n", "PDF"),
        refused("rtf", lambda: b"{\\rtf1 Laporan}", "RTF"),
        refused("png", lambda: b"\x89PNG\r\n\x1a\n\0\0", "gambar"),
        refused("jpeg", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF", "gambar"),
        refused("bmp", lambda: b"BM\x36\0\0\0\0\0", "gambar"),
        refused("gzip", lambda: b"\x1f\x8b\x08\0\0", "arsip"),
        refused("7z", lambda: b"7z\xbc\xaf\x27\x1c", "arsip"),
        refused("rar", lambda: b"Rar!\x1a\x07\x01\0", "arsip"),
        refused("biner tak dikenal", lambda: bytes(range(1, 256)) + b"\0" * 20, "bukan workbook"),
        refused("docx", lambda: pack({TYPES: b"<T/>", "_rels/.rels": b"<R/>", "word/document.xml": b"<x/>"}), "Word"),
        refused("pptx", lambda: zip_of("ppt/presentation.xml", b"<x/>"), "presentasi"),
        refused("xlsb", lambda: pack({"_rels/.rels": b"<R/>", "xl/workbook.bin": b"\0"}), ".xlsb"),
        refused("ods", lambda: pack({"mimetype": b"application/x", "content.xml": b"<x/>"}), "OpenDocument"),
        refused("Numbers", lambda: zip_of("Index/Document.iwa", b"\0"), "Numbers"),
        refused("zip berisi xlsx", lambda: zip_of("lakip/isi.xlsx", plain_bytes()), "Ekstrak"),
        refused("zip biasa", lambda: zip_of("catatan.txt", b"x"), "ZIP tanpa workbook"),
        refused("zip kosong", lambda: pack({}), "ZIP tanpa workbook"),
    ]


def packages() -> list[Case]:
    """Packages that are broken, or built to harm."""
    data, book = plain_bytes(), plain()
    styled = changed(MONEY, lambda d: d.replace(b'<c r="C3">', b'<c r="C3" s="1">'))
    return [
        refused("terpotong di tengah", lambda: data[: len(data) // 2], "terpotong"),
        refused("terpotong di akhir", lambda: data[:-12], "terpotong"),
        refused("hanya tanda PK", lambda: b"PK\x03\x04rusak", "terpotong"),
        refused("awal terhapus", lambda: b"PK\x03\x04" + data[400:], "Salin atau unduh"),
        refused("CRC salah", lambda: with_fields(MONEY, crc=1), f"rusak pada bagian {MONEY}"),
        refused("deflate rusak", broken_deflate, f"rusak pada bagian {MONEY}"),
        refused("ukuran dikecilkan", lambda: with_fields(MONEY, size=10), f"rusak pada bagian {MONEY}"),
        refused("ukuran dibesarkan", lambda: with_fields(MONEY, size=300 * MIB), "mengembang tidak wajar"),
        refused("sedikit dibesarkan", lambda: with_fields(MONEY, size=9000), f"rusak pada bagian {MONEY}"),
        refused("entri terenkripsi", lambda: with_fields(MONEY, flags=1), "kata sandi"),
        refused("pemampatan lain", lambda: with_fields(MONEY, method=12), "pemampatan"),
        refused("deflate64", lambda: with_fields(MONEY, method=9), "pemampatan"),
        refused("bagian ganda", lambda: pack([*book.items(), (MONEY, sheet(""))]), "ganda"),
        refused("ganda beda huruf", lambda: pack([*book.items(), (MONEY.upper(), sheet(""))]), "ganda"),
        refused("nama keluar folder", lambda: pack(book | {"xl/../../jahat.xml": b"<x/>"}), "tidak sah"),
        refused("nama dengan drive", lambda: pack(book | {"C:/jahat.xml": b"<x/>"}), "tidak sah"),
        refused("tanpa workbook.xml", lambda: without(BOOK), f"{BOOK} tidak ada"),
        refused("tanpa lembar", lambda: without(MONEY), f"{MONEY} tidak ada"),
        refused("tanpa teks bersama", lambda: without(STRINGS), f"{STRINGS} tidak ada"),
        refused("tanpa styles", lambda: without(STYLES, styled), "xl/styles.xml tidak ada"),
        refused("tanpa relasi akar", lambda: without("_rels/.rels"), "_rels/.rels tidak ada"),
        refused("tanpa relasi workbook", lambda: without("xl/_rels/workbook.xml.rels"), "rusak"),
        refused("bom: 9 MiB spasi", lambda: swollen(9 * MIB), "mengembang tidak wajar"),
        refused("bom: 1 GiB menurut daftar isi", lambda: with_fields(MONEY, size=2**30), "mengembang tidak wajar"),
        refused("bom bertumpuk", overlapping, "bertumpang tindih"),
        refused("3.000 bagian", lambda: many_entries(3_000), "bagian, terlalu banyak"),
        refused("400.000 bagian", lambda: many_entries(400_000), "bagian, terlalu banyak"),
        refused("51 MiB", lambda: data + b"\0" * (50 * MIB), "lebih dari batas"),
        refused("bom di dalam bom", lambda: zip_of("isi.xlsx", zip_of("isi.xlsx", swollen(9 * MIB))), "Ekstrak"),
        *unneeded(),
        same("app.xml rusak", lambda: pack(changed("docProps/app.xml", lambda _: b"<rusak"))),
        same("core.xml bertanggal rusak", lambda: pack(changed("docProps/core.xml", lambda _: b"<a>31 Feb</a>"))),
        same("theme rusak", lambda: pack(changed("xl/theme/theme1.xml", lambda _: b"\xff\xfe"))),
        same("gambar yang mengembang", lambda: pack(book | {"xl/media/a.png": b"\0" * 7 * MIB})),
        same("bagian CRC salah yang tidak dibaca", lambda: with_fields("xl/theme/theme1.xml", crc=1)),
        same("nama bagian huruf besar", lambda: pack({n.upper() if "sheet" in n else n: d for n, d in book.items()})),
        same("nama bagian bergaris miring terbalik", lambda: pack({n.replace("/", "\\"): d for n, d in book.items()})),
        same("nama bagian berawal garis miring", lambda: pack({f"/{n}": d for n, d in book.items()})),
        same("tanpa pemampatan", lambda: stored(book)),
        same("xlsm dengan makro", lambda: pack(book | {"xl/vbaProject.bin": b"\xd0\xcf"}), file="isi.xlsm"),
        same("diikuti byte lain", lambda: pack(book) + b"\0" * 5),
    ]


def stored(parts: dict[str, bytes]) -> bytes:
    """A package whose parts are not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()
