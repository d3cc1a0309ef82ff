"""What may not stay in a Word file, in the words of the person who is to take it out in Word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_ACTIVE: Final = {
    "vbaProject": "makro",
    "wordVbaData": "makro",
    "keyMapCustomizations": "pintasan tombol yang menjalankan makro",
    "attachedToolbars": "bilah alat yang menjalankan makro",
    "extensibility": "tombol tambahan yang menjalankan makro",
    "userCustomization": "tombol tambahan yang menjalankan makro",
    "control": "kendali ActiveX",
    "activeXControlBinary": "kendali ActiveX",
    "ctrlProp": "kendali ActiveX",
    "oleObject": "objek tertanam (OLE)",
    "aFChunk": "potongan dokumen lain (altChunk)",
    "subDocument": "subdokumen",
    "frame": "bingkai halaman luar",
    "webextension": "panel tugas add-in",
    "webextensiontaskpanes": "panel tugas add-in",
    "video": "video",
    "audio": "suara",
    "media": "video atau suara",
    "transform": "lembar XSLT",
}
_ELEMENTS: Final = {
    "OLEObject": "oleObject",
    "control": "control",
    "altChunk": "aFChunk",
    "subDoc": "subDocument",
    "frameset": "frame",
    "webVideoPr": "video",
    "entryMacro": "vbaProject",
    "exitMacro": "vbaProject",
    "script": "vbaProject",
    "foreignObject": "frame",
}
_MACRO: Final = "Di Word pilih Simpan Sebagai, Dokumen Word (.docx), tanpa makro."
_OBJECT: Final = "Di Word klik objek itu, tekan Delete, lalu simpan; bila perlu sisipkan sebagai gambar."
_PICTURE: Final = "Di Word hapus gambar itu, lalu Sisipkan, Gambar dari berkas (bukan Tautkan ke Berkas)."
_LINK: Final = "Di Word klik kanan tautan itu, Hapus Hyperlink, atau pakai alamat http, https, atau mailto."
_FIELD: Final = "Di Word tekan Alt+F9, cari bidang itu, hapus, lalu tekan Alt+F9 lagi dan simpan."
_COPY: Final = "Di Word salin isinya (Ctrl+A, Ctrl+C) ke dokumen kosong, lalu simpan sebagai .docx."
_PANE: Final = "Di Word pilih File, Info, Periksa Dokumen, hapus Add-in Panel Tugas, lalu simpan."
_FIXES: Final = {"makro": _MACRO, "pintasan": _MACRO, "bilah": _MACRO, "tombol": _MACRO, "panel": _PANE}
_PLACES: Final = {
    "document": "isi dokumen",
    "header": "kepala halaman",
    "footer": "kaki halaman",
    "footnotes": "catatan kaki",
    "endnotes": "catatan akhir",
    "comments": "komentar",
    "settings": "pengaturan dokumen",
    "webSettings": "pengaturan web",
    "fontTable": "daftar huruf",
    "numbering": "penomoran",
    "styles": "gaya",
    "chart": "grafik",
    "data": "SmartArt",
    "drawing": "gambar",
}


@dataclass(frozen=True, slots=True)
class Foreign:
    """One thing that may not stay: what, in which place, and how it is taken out."""

    what: str
    place: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what} pada {self.place}" if self.place else self.what


def place_of(part: str) -> str:
    """What a person calls a part of the file."""
    if not part:
        return ""
    if "/glossary/" in part:
        return "blok penyusun"
    stem = re.sub(r"\d*\.\w+$", "", part.rpartition("/")[2])
    return _PLACES.get(stem, f"bagian {part[:60]}")


def active(kind: str, part: str = "") -> Foreign | None:
    """A relation of a kind that runs, plays or embeds something; None for other kinds."""
    what = _ACTIVE.get(kind)
    return None if what is None else Foreign(what, place_of(part), _FIXES.get(what.partition(" ")[0], _OBJECT))


def action(element: str, part: str) -> Foreign | None:
    """An element that runs, plays or embeds something; None for others."""
    kind = _ELEMENTS.get(element)
    return None if kind is None else active(kind, part)


def outside(target: str, part: str) -> Foreign:
    """Content that is fetched from elsewhere."""
    return Foreign(f"isi dari luar: {target[:80]}", place_of(part), _PICTURE)


def linked(target: str, part: str) -> Foreign:
    """A link that leads to something else than a page or a mailbox."""
    return Foreign(f"tautan ke {target[:80]}", place_of(part), _LINK)


def loaded(field: str, part: str) -> Foreign:
    """A field that fetches or runs something, or that nobody knows."""
    return Foreign(f"bidang {field}", place_of(part), _FIELD)


def unknown(kind: str, part: str) -> Foreign:
    """A relation or a content that is not on the list."""
    return Foreign(f"isi yang tidak dikenal ({kind[-80:]})", place_of(part), _COPY)
