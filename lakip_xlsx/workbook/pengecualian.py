"""The sheet ``Pengecualian``: findings that the office knows of and accepts, each with its reason."""

from __future__ import annotations

from lakip_xlsx.workbook.spec import Field, Kind, SheetSpec

PENGECUALIAN = SheetSpec(
    key="pengecualian",
    name="Pengecualian",
    title="PENGECUALIAN",
    purpose="Temuan yang diterima beserta alasannya. Boleh kosong; yang diterima tetap dicantumkan.",
    rows=20,
    fields=(
        Field(
            key="kode",
            heading="Kode",
            kind=Kind.CODE,
            required=True,
            width=12,
            note="Kode temuan, misalnya ANG-005.",
        ),
        Field(
            key="lembar",
            heading="Lembar",
            kind=Kind.TEXT,
            width=22,
            note="Nama lembar temuan itu. Kosong berarti semua lembar.",
        ),
        Field(
            key="sel",
            heading="Sel",
            kind=Kind.CODE,
            width=16,
            note="Sel temuan itu, misalnya D14, atau kode barisnya, misalnya I3. Kosong berarti seluruh lembar.",
        ),
        Field(
            key="alasan",
            heading="Alasan",
            kind=Kind.LONG_TEXT,
            required=True,
            width=80,
            note="Mengapa temuan itu diterima. Tanpa alasan, pengecualian tidak berlaku.",
        ),
    ),
)
