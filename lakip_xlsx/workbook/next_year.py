"""What a workbook hands on to the next year's, column by column: the whole of it on one page.

A column that is not named here stays empty. ``KEEP`` is the column itself; any other word is the column of
last year from which this year's is filled: what was realised becomes "n-1", the end of a year its beginning.
"""

from __future__ import annotations

from collections.abc import Mapping

KEEP = "="


def _keep(*keys: str) -> dict[str, str]:
    return dict.fromkeys(keys, KEEP)


CARRIED: Mapping[str, Mapping[str, str]] = {
    "instansi": _keep(
        *("nama", "nama_singkat", "pemda", "provinsi", "alamat", "awal_renstra", "akhir_renstra", "tempat"),
        *("kepala", "jabatan_kepala", "pangkat", "nip", "atasan", "jabatan_atasan"),
        *("tata_letak", "skala", "batas_capaian", "logo", "inspektur", "nip_inspektur"),
    ),
    "skala": _keep("skala", "batas", "predikat", "termasuk"),
    "renstra": _keep("jenis", "kode", "induk", "uraian"),
    "pegawai": {**_keep("kelompok", "uraian"), "awal": "akhir"},
    "program": _keep("kode", "jenis", "uraian", "kode_sasaran", "sumber_dana", "keluaran", "satuan"),
    "indikator": {
        **_keep("kode", "kode_sasaran", "indikator", "satuan", "arah", "target_akhir", "penunjang"),
        **_keep("sumber_data", "penanggung_jawab", "rumus", "iku", "nama_pembanding"),
        "lalu1": "realisasi",
        "lalu2": "lalu1",
        "lalu3": "lalu2",
        "target_lalu1": "target",
        "target_lalu2": "target_lalu1",
        "target_lalu3": "target_lalu2",
    },
    "anggaran": _keep("no", "sumber_dana"),
    "anggaran_sasaran": _keep("kode_sasaran"),
    "narasi": _keep("bagian", "teks", "bab"),
    "lampiran": _keep("no", "judul", "keterangan"),
    "belanja": _keep("jenis"),
    "sarana": _keep("barang", "satuan"),
}
"""Sheet → its columns that are filled."""

REMEMBERED: Mapping[str, tuple[str, ...]] = {"indikator": ("target", "standar", "pembanding")}
"""Columns that stay empty and whose last value is told in a note, because it helps and must not be taken over."""
