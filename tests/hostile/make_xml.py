"""Parts that are bad XML, XML built to harm, and sound XML in an unusual dress."""

from __future__ import annotations

from tests.hostile.base import (
    ANGGARAN,
    BOOK,
    BOOK_RELS,
    HEAD,
    MAIN,
    MONEY,
    RELS,
    STRINGS,
    STYLES,
    Parts,
    changed,
    pack,
    plain,
    relations,
    row,
    rows,
    with_money,
    workbook,
)
from tests.hostile.case import READ, Case, refused, same, told

STRICT = "http://purl.oclc.org/ooxml"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
DEEP = 20_000


def doctype(part: str, declaration: str, *, encoding: str = "utf-8") -> bytes:
    """The sound workbook, with a cell that has a style, and a DOCTYPE in one part."""

    def change(data: bytes) -> bytes:
        body = data.decode().partition("?>")[2]
        return f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{body}'.encode(encoding)

    styled = changed(MONEY, lambda data: data.replace(b'<c r="C3">', b'<c r="C3" s="0">'))
    return pack(styled | {part: change(styled[part])})


def money(data: str, **more: str) -> bytes:
    """The sound workbook with other rows on Anggaran."""
    return pack(with_money(data, **more))


def edited(part: str, old: str, new: str) -> bytes:
    """The sound workbook with a text in a part replaced throughout."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())

    return pack(changed(part, change))


def more(data: str) -> bytes:
    """The sound workbook with more rows under the table."""
    return edited(MONEY, "</sheetData>", f"{data}</sheetData>")


def behind(xml: str) -> bytes:
    """The sound workbook with something behind the rows of Anggaran."""
    return edited(MONEY, "</sheetData>", f"</sheetData>{xml}")


def before(xml: str) -> bytes:
    """The sound workbook with something before the rows of Anggaran."""
    return edited(MONEY, "<sheetData>", f"{xml}<sheetData>")


def listing(*sheets: tuple[str, str, str]) -> bytes:
    """The sound workbook with other sheets listed."""
    return pack(plain() | {BOOK: workbook(sheets)})


def attacks() -> list[Case]:
    """XML that would read files, call the network, or grow without end."""
    canary = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    remote = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    long = "<!--" + "x" * 70_000 + "-->"
    return [
        *(
            refused(f"DOCTYPE dalam {part}", lambda part=part: doctype(part, "<!DOCTYPE x>"), "DOCTYPE")
            for part in (BOOK, BOOK_RELS, "_rels/.rels", MONEY, STRINGS, STYLES)
        ),
        refused("XXE", lambda: doctype(STRINGS, canary), "DOCTYPE"),
        refused("DTD luar", lambda: doctype(MONEY, remote), "DOCTYPE"),
        refused("entitas parameter", lambda: doctype(MONEY, '<!DOCTYPE x [<!ENTITY % p "">%p;]>'), "DOCTYPE"),
        refused("billion laughs", lambda: doctype(STRINGS, LAUGHS), "DOCTYPE"),
        refused("billion laughs dalam lembar", lambda: doctype(MONEY, LAUGHS), "DOCTYPE"),
        refused("billion laughs UTF-16", lambda: doctype(MONEY, LAUGHS, encoding="utf-16"), "DOCTYPE"),
        refused("DOCTYPE sesudah komentar", lambda: doctype(MONEY, "<!-- a --><?b?>\n<!DOCTYPE x>"), "DOCTYPE"),
        refused("DOCTYPE sesudah komentar panjang", lambda: doctype(MONEY, f"{long}<!DOCTYPE x>"), "rusak"),
        refused("entitas tak dikenal", lambda: edited(STRINGS, "APBD", "&jahat;"), f"rusak pada bagian {STRINGS}"),
        refused("UTF-7", lambda: pack(changed(MONEY, lambda d: d.replace(b"UTF-8", b"UTF-7"))), "rusak"),
        refused("EBCDIC", lambda: pack(changed(MONEY, lambda d: d.decode().encode("cp500"))), "rusak"),
        refused("bukan XML", lambda: pack(changed(MONEY, lambda _: b"\0\1\2")), f"rusak pada bagian {MONEY}"),
        refused("bagian kosong", lambda: pack(changed(MONEY, lambda _: b"")), f"rusak pada bagian {MONEY}"),
        refused("XML terpotong", lambda: pack(changed(MONEY, lambda d: d[:-30])), f"rusak pada bagian {MONEY}"),
        refused("UTF-8 rusak", lambda: pack(changed(STRINGS, lambda d: d.replace(b"APBD", b"\xff\xfe"))), "rusak"),
        refused("karakter kendali mentah", lambda: edited(STRINGS, "APBD", "AP\x01BD"), "rusak"),
        refused("XML sangat dalam", lambda: money("<row>" * DEEP + "</row>" * DEEP), "rusak"),
        refused("teks 2 MiB", lambda: edited(STRINGS, "APBD", "x" * 2 * 2**20), "terlalu panjang"),
        refused(
            "200.000 atribut",
            lambda: money("<row " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>"),
            "terlalu panjang",
        ),
        refused("sebaris berisi sejuta elemen", lambda: money(f'<row r="1">{"<x/>" * 1_100_000}</row>'), "mengembang"),
        refused("sampah di antara baris", lambda: money("", after="<x/>" * 1_100_000), "mengembang"),
        refused(
            "workbook.xml berjuta elemen", lambda: edited(BOOK, "<sheets>", f"{'<x/>' * 2_100_000}<sheets>"), "besar"
        ),
        same("XInclude", lambda: behind(include)),
        same("pautan luar", lambda: pack(outside())),
        same("javascript dan UNC sebagai pautan", lambda: pack(outside(r"\\server\share\x", "javascript:alert(1)"))),
    ]


def outside(*targets: str) -> Parts:
    """A workbook that points to places outside itself."""
    parts = plain()
    links = "".join(
        f'<Relationship Id="x{at}" Type="{RELS}/hyperlink" Target="{target}" TargetMode="External"/>'
        for at, target in enumerate((*targets, "http://127.0.0.1:9/a.xlsx"))
    )
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = relations([]).replace(b"</Rel", links.encode() + b"</Rel")
    parts[BOOK_RELS] = parts[BOOK_RELS].replace(b"</Rel", links.encode() + b"</Rel")
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    return parts


def dresses() -> list[Case]:
    """The same workbook as other programs write it."""
    return [
        same("Strict OOXML", strict),
        same("tanpa alamat sel", lambda: pack(with_money(without_addresses()))),
        same("BOM", lambda: pack({name: b"\xef\xbb\xbf" + data for name, data in plain().items()})),
        same("UTF-16", lambda: pack({name: utf16(data) for name, data in plain().items()})),
        same(
            "UTF-16 big endian tanpa BOM",
            lambda: pack(changed(MONEY, lambda d: utf16(d)[2:].decode("utf-16-le").encode("utf-16-be"))),
        ),
        same("ISO-8859-1", lambda: pack(changed(MONEY, lambda d: d.replace(b"UTF-8", b"ISO-8859-1")))),
        same("ruang nama berawalan", prefixed),
        same("tanpa deklarasi XML", lambda: pack({n: d.removeprefix(HEAD.encode()) for n, d in plain().items()})),
        same("komentar dan perintah XML", lambda: before("<!-- <!DOCTYPE x> --><?a b?>")),
        same("teks dalam CDATA", lambda: edited(STRINGS, "APBD", "<![CDATA[APBD]]>")),
        same("teks berwarna-warni", rich),
        same("teks langsung", lambda: pack(with_money(rows(ANGGARAN)))),
        same("alamat dengan dolar dan huruf kecil", lambda: edited(MONEY, 'r="C3"', 'r="$c$3"')),
        same("spasi di sekitar nilai", lambda: edited(MONEY, "<v>500000000</v>", "<v> 500000000\n</v>")),
        same("notasi ilmiah", lambda: edited(MONEY, "<v>500000000</v>", "<v>5.0E8</v>")),
        same("gaya di luar daftar", lambda: edited(MONEY, '<c r="C3">', '<c r="C3" s="999999">')),
        same("rumus dengan hasil", lambda: edited(MONEY, "<v>500000000</v>", "<f>250000000*2</f><v>500000000</v>")),
        same(
            "rumus matriks",
            lambda: edited(MONEY, "<v>500000000</v>", '<f t="array" ref="C3">SUM(1)</f><v>500000000</v>'),
        ),
        same(
            "rumus sangat panjang", lambda: edited(MONEY, "<v>500000000</v>", f"<f>{'A1+' * 2700}1</f><v>500000000</v>")
        ),
        same("relasi dengan jalur mutlak", lambda: edited(BOOK_RELS, 'Target="', 'Target="/xl/')),
        same("relasi dengan ..", lambda: edited(BOOK_RELS, 'Target="', 'Target="../xl/./')),
        same("lembar terlindung", lambda: behind('<sheetProtection sheet="1" password="CC1A"/>')),
        same("tanpa styles sama sekali", without_styles),
        same("lembar grafik di depan", lambda: pack(with_chart())),
        refused(
            "hanya lembar grafik",
            lambda: pack(with_chart() | {BOOK: workbook([("Grafik", "rId9", "")])}),
            "lembar data",
        ),
        refused("tanpa lembar sama sekali", listing, "lembar data"),
        refused("lembar orang lain", lambda: listing(("Sheet1", "rId1", "")), "yang ada: Sheet1"),
        refused("nama lembar sejuta huruf", lambda: listing(("x" * 10**6, "rId1", "")), "standar"),
        Case(name="semua lembar tersembunyi", make=hidden, exits=READ, finds=("BRK-009 Anggaran", "BRK-009 Instansi")),
        told("lembar kosong", lambda: money(""), "BRK-011 Anggaran"),
        told("hanya judul", lambda: money(rows(ANGGARAN[:1])), "BRK-014 Anggaran!A1"),
        told(
            "lembar yang sama dua kali",
            lambda: listing(("Instansi", "rId1", ""), ("Anggaran", "rId2", ""), ("ANGGARAN ", "rId2", "")),
            "BRK-010 ANGGARAN ",
        ),
        told(
            "lembar yang sama, satu tersembunyi",
            lambda: listing(("Instansi", "rId1", ""), ("anggaran", "rId1", "hidden"), ("Anggaran", "rId2", "")),
            "BRK-010 anggaran",
        ),
    ]


def strict() -> bytes:
    """The workbook as Strict Open XML."""
    parts = {}
    for name, data in plain().items():
        text = (
            data.decode()
            .replace(MAIN, f"{STRICT}/spreadsheetml/main")
            .replace(RELS, f"{STRICT}/officeDocument/relationships")
        )
        parts[name] = text.encode()
    return pack(parts)


def utf16(data: bytes) -> bytes:
    """A part in UTF-16, little end first, with its mark."""
    return b"\xff\xfe" + data.decode().replace("UTF-8", "UTF-16").encode("utf-16-le")


def without_addresses() -> str:
    """Rows and cells without r=; the blank cells must then be written."""
    found = []
    for values in ANGGARAN:
        cells = ("<c/>" if v is None else row(1, [v]).partition(">")[2].removesuffix("</row>") for v in values)
        found.append(f"<row>{''.join(cells)}</row>".replace(' r="A1"', ""))
    return "".join(found)


def prefixed() -> bytes:
    """Every element of the sheet and of the strings with a namespace prefix."""
    parts = plain()
    for name in (MONEY, STRINGS, STYLES, BOOK):
        text = parts[name].decode().removeprefix(HEAD).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        text = text.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        parts[name] = (HEAD + text).encode()
    return pack(parts)


def rich() -> bytes:
    """A shared string in runs, with a phonetic hint that is no text."""
    runs = '<r><rPr><b/></rPr><t>AP</t></r><r><t>BD</t></r><rPh sb="0" eb="1"><t>hantu</t></rPh>'
    return edited(STRINGS, '<t xml:space="preserve">APBD</t>', runs)


def without_styles() -> bytes:
    """A workbook that never had a style sheet."""
    parts = plain()
    del parts[STYLES]
    parts[BOOK_RELS] = parts[BOOK_RELS].replace(f"{RELS}/styles".encode(), f"{RELS}/lain".encode())
    return pack(parts)


def with_chart() -> Parts:
    """A chart sheet in front of the others."""
    parts = plain()
    sheets = [("Grafik", "rId9", ""), ("Instansi", "rId1", ""), ("Anggaran", "rId2", "")]
    parts[BOOK] = workbook(sheets)
    link = f'<Relationship Id="rId9" Type="{RELS}/chartsheet" Target="chartsheets/sheet1.xml"/>'
    parts[BOOK_RELS] = parts[BOOK_RELS].replace(b"</Rel", link.encode() + b"</Rel")
    parts["xl/chartsheets/sheet1.xml"] = b"<chartsheet/>"
    return parts


def hidden() -> bytes:
    """All sheets hidden, one of them so that Excel's menu does not show it."""
    return listing(("Instansi", "rId1", "hidden"), ("Anggaran", "rId2", "veryHidden"))
