"""What did not come through an edit: the workbook's parts and elements before and after, counted and compared.

openpyxl writes anew what it understood and leaves out the rest without a word. No list of its gaps would stay
true, so what is there before and after is counted, and each kind that became fewer is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

_RELATION = re.compile(rb"<(?:[A-Za-z0-9]+:)?Relationship [^>]*?Type=[\"'][^\"']*/([A-Za-z0-9_-]+)[\"']")
_OUR_OWN = frozenset(  # relations whose number means nothing, or whose content is counted by its elements
    {
        "calcChain",
        "comments",
        "core-properties",
        "custom-properties",
        "drawing",
        "extended-properties",
        "hyperlink",
        "sharedStrings",
        "styles",
        "theme",
        "thumbnail",
        "vmlDrawing",
        "worksheet",
        "ctrlProp",
        "signature",
    }
)
_PARTS = {
    "activeXControlBinary": "kontrol ActiveX",
    "chart": "grafik",
    "chartColorStyle": "gaya warna grafik",
    "chartEx": "grafik jenis baru",
    "chartStyle": "gaya grafik",
    "chartUserShapes": "gambar di dalam grafik",
    "chartsheet": "lembar grafik",
    "connections": "sambungan data",
    "control": "kontrol ActiveX",
    "customXml": "data XML tambahan",
    "externalLink": "tautan ke workbook lain",
    "image": "gambar",
    "metadata": "keterangan tambahan",
    "oleObject": "objek dari program lain",
    "origin": "tanda tangan digital",
    "package": "objek dari program lain",
    "person": "daftar peserta percakapan",
    "pivotCacheDefinition": "data tabel pivot",
    "pivotCacheRecords": "data tabel pivot",
    "pivotTable": "tabel pivot",
    "printerSettings": "setelan pencetak",
    "queryTable": "kueri data",
    "sheetMetadata": "sifat larik dinamis pada rumus",
    "slicer": "slicer",
    "slicerCache": "data slicer",
    "table": "tabel Excel",
    "tableSingleCells": "sel XML",
    "threadedComment": "percakapan (teksnya tinggal sebagai catatan biasa)",
    "timeline": "garis waktu",
    "vbaProject": "makro",
    "xmlMaps": "peta XML",
}
_SHEET = {
    "cfRule": "aturan format bersyarat",
    "cellWatch": "pengawas sel",
    "control": "tombol atau kontrol formulir",
    "customSheetView": "tampilan khusus",
    "dataConsolidate": "konsolidasi data",
    "ignoredError": "tanda galat yang diabaikan",
    "legacyDrawingHF": "gambar kop atau kaki halaman",
    "oleObject": "objek dari program lain",
    "phoneticPr": "ejaan fonetik",
    "picture": "gambar latar",
    "protectedRange": "rentang yang boleh disunting",
    "sortCondition": "susunan urut",
    "sparkline": "grafik mini (sparkline)",
    "webPublishItem": "penerbitan web",
}
_DRAWING = {
    "sp": "kotak teks atau bentuk",
    "cxnSp": "garis penghubung",
    "pic": "gambar",
    "contentPart": "coretan tinta",
}
_BOOK = {
    "customWorkbookView": "tampilan khusus",
    "fileSharing": "anjuran hanya-baca",
    "functionGroup": "kelompok fungsi",
    "smartTagType": "tag pintar",
    "webPublishing": "penerbitan web",
}
_STYLES = {"tableStyle": "gaya tabel buatan sendiri"}
_NOTES = {"comment": "catatan", "b": "huruf tebal di dalam catatan", "i": "huruf miring di dalam catatan"}
_CONTROLS = {"FmlaMacro": "tombol dengan makro", "Checked": "kotak centang"}
_KINDS = {
    re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE): _SHEET,
    re.compile(r"xl/drawings/[^/]+\.xml", re.IGNORECASE): _DRAWING,
    re.compile(r"xl/workbook[^/]*\.xml", re.IGNORECASE): _BOOK,
    re.compile(r"xl/styles[^/]*\.xml", re.IGNORECASE): _STYLES,
    re.compile(r"xl/(?:comments/)?comments?[^/]*\.xml", re.IGNORECASE): _NOTES,
    re.compile(r"xl/drawings/[^/]+\.vml", re.IGNORECASE): {
        "FmlaMacro": "tombol dengan makro",
        "Checked": "kotak centang",
    },
}
"""Elements that are counted, by the parts they stand in."""
_RESERVED = "_xlnm."
_FILTER = "_xlnm._filterdatabase"


def inventory(parts: Mapping[str, bytes]) -> Counter[str]:
    """How many of each kind a workbook holds: ``comment``, ``rel:image``, ``Drawing …``."""
    found: Counter[str] = Counter()
    for name, data in parts.items():
        if name.endswith(".rels"):
            found.update(f"rel:{kind.decode()}" for kind in _RELATION.findall(data) if kind.decode() not in _OUR_OWN)
            continue
        for pattern, kinds in _KINDS.items():
            if pattern.fullmatch(name):
                wanted = "|".join(kinds).encode()
                tags = re.findall(rb"<(?:[A-Za-z0-9]+:)?(%s)[ />\r\n\t]" % wanted, data)
                found.update("comment" if tag == b"comment" else kinds[tag.decode()] for tag in tags)
    return found


def names_of(parts: Mapping[str, bytes]) -> frozenset[tuple[str, str]]:
    """The defined names of a workbook with the sheet that each belongs to."""
    data = next((data for name, data in parts.items() if _is_book(name)), b"<none/>")
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    sheets = [str(sheet.get("name")) for sheet in root.iterfind("{*}sheets/{*}sheet")]
    found = set()
    for entry in root.iterfind("{*}definedNames/{*}definedName"):
        local, name = str(entry.get("localSheetId", "")), str(entry.get("name", ""))
        if name.lower() != _FILTER:
            found.add((name, sheets[int(local)] if local.isdigit() and int(local) < len(sheets) else ""))
    return frozenset(found)


def fewer(before: Counter[str], after: Counter[str]) -> Iterator[str]:
    """The kinds of which there are fewer, in plain words with their number."""
    told: Counter[str] = Counter()
    for kind, number in before.items():
        missing = number - after[kind]
        if missing > 0 and kind != "comment":
            word = _PARTS.get(kind[4:], f"bagian {kind[4:]}") if kind.startswith("rel:") else kind
            told[word] = max(told[word], missing)
    yield from (f"{number} {word}" for word, number in sorted(told.items()))


def names_gone(before: frozenset[tuple[str, str]], after: frozenset[tuple[str, str]]) -> Iterator[str]:
    """The defined names that are no longer there."""
    for name, sheet in sorted(before - after):
        word = "wilayah cetak" if name.startswith(_RESERVED) else f"nama {name}"
        yield f"{word} lembar {sheet}" if sheet else word


def _is_book(name: str) -> bool:
    return re.fullmatch(r"xl/workbook[^/]*\.xml", name, re.IGNORECASE) is not None
