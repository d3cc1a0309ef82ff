"""``lakip-xlsx seal``: record who reviewed a finished document."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from lakip_xlsx import finished
from lakip_xlsx.cli import common
from lakip_xlsx.show import finished as shown
from lakip_xlsx.show import text
from lakip_xlsx.word.follow.signoff import ROLES, beside, order_of


def _reasons(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Code → reason, out of KODE=alasan."""
    found: dict[str, str] = {}
    for value in values:
        code, _sign, reason = value.partition("=")
        if not reason.strip():
            raise click.BadParameter(f'{value!r} tanpa alasan. Contoh: --terima "DOK-013=menunggu keputusan kepala".')
        found[code.strip().upper()] = reason.strip()
    return found


def _person(_: click.Context, __: click.Parameter, value: str) -> str:
    said = " ".join(value.split())
    if not said or not said.isprintable():
        raise click.BadParameter('sebutkan nama dan jabatan, misalnya --by "Siti Aminah, Kasubag Perencanaan".')
    return said


@click.command(options_metavar="[PILIHAN]")
@click.argument("document", metavar="DOKUMEN", type=click.Path(path_type=Path))
@click.option("--by", "--oleh", "by", metavar="NAMA", required=True, callback=_person, help='Siapa: "Nama, jabatan".')
@click.option(
    "--peran",
    "--role",
    "role",
    type=click.Choice(ROLES),
    default=ROLES[0],
    help=f"Sebagai apa. Bawaan: {ROLES[0]}.",
)
@click.option(
    "--terima",
    "accept",
    metavar="KODE=ALASAN",
    multiple=True,
    callback=_reasons,
    help="Terima temuan dengan kode ini, beserta alasannya. Boleh berulang.",
)
@click.option(
    "--tanggal",
    "date",
    metavar="TTTT-BB-HH",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Tanggal pemeriksaan. Bawaan: hari ini.",
)
@click.option(
    "--workbook",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Workbook pembanding. Bawaan: yang tercatat dalam dokumen, bila ada di folder yang sama.",
)
def seal(
    document: Path, by: str, role: str, accept: dict[str, str], date: dt.datetime | None, workbook: Path | None
) -> None:
    """Mencatat bahwa dokumen ini sudah diperiksa, oleh siapa, kapan, dan dengan temuan apa yang diterima.

    Catatannya disimpan di dalam dokumen dan di sampingnya (NAMA.segel.json). Sesudahnya lakip-xlsx check menyebut
    setiap angka dan kalimat yang berubah. Ini catatan, bukan tanda tangan elektronik. Selama masih ada
    kesalahan, dokumen hanya dapat dicatat bila kesalahannya diterima dengan alasan (--terima).
    """
    today = date.date() if date is not None else dt.datetime.now().astimezone().date()
    made, code, failure = common.attempt(
        lambda: _sealed(document, by=by, role=role, date=today, accept=accept, workbook=workbook)
    )
    if made is None:
        common.say(failure, err=True)
        sys.exit(code)
    sys.exit(made)


def _sealed(document: Path, *, by: str, role: str, date: dt.date, accept: dict[str, str], workbook: Path | None) -> int:
    width = common.width()
    try:
        record, examined = finished.seal(document, by=by, role=role, date=date, accept=accept, workbook=workbook)
    except finished.NotSealedError as error:
        common.write(text.listing(error.examined.findings, width=width))
        said = (
            f"{document.name} belum dicatat: {text.summary(error.examined.findings)} Perbaiki dahulu, atau terima "
            'dengan alasannya: --terima "KODE=alasan" (boleh berulang).'
        )
        common.write(text.wrap(said, width))
        return common.WITH_ERRORS
    for said in (
        *([examined.note] if examined.note else []),
        f"Dicatat: {document.name} diperiksa {role} {by}, {shown.day(date.isoformat())}.",
        f"Catatan di samping dokumen: {beside(document).name}. {text.summary(examined.findings)}",
        *shown.signatures(examined.signed),
        order_of(record.signatures),
        shown.RECORD,
    ):
        common.write(text.wrap(said, width))
    return common.DONE
