"""A checked document as a person reads it, and as plain data for scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lakip_xlsx.bahasa import date
from lakip_xlsx.show import data
from lakip_xlsx.word.follow.examined import Examined, Signed

RECORD = "Ini catatan, bukan tanda tangan elektronik: tidak membuktikan siapa yang menulisnya."


def heading(result: Examined) -> Iterator[str]:
    """What was held against what, and who reviewed it when."""
    year = f", tahun {result.year}" if result.year else ""
    against = f", dicocokkan dengan {result.workbook}" if result.compared else ""
    yield f"{result.document.name} ({result.layout.name}{year}){against}"
    if result.note:
        yield result.note
    yield from signatures(result.signed)


def signatures(signed: tuple[Signed, ...]) -> Iterator[str]:
    """Who reviewed the document, in order, and how much of it changed since."""
    for each in signed:
        one = each.signature
        since = f"{each.differing} tempat berubah sejak itu" if each.differing else "isinya masih sama"
        accepted = f", menerima {len(one.accepted)} temuan" if one.accepted else ""
        yield f"Diperiksa {one.role} {one.by}, {day(one.date)}{accepted}: {since}."


def day(written: str) -> str:
    """A date of a record in Indonesian; as it stands where it is none."""
    try:
        return date(dt.date.fromisoformat(written))
    except ValueError:
        return written


def as_data(result: Examined) -> dict[str, Any]:
    """One document's result in the shape of a workbook's (``schema`` 1): its places have a heading, not a sheet."""
    whole = data.as_data(Path(result.workbook), result.layout, result.year, result.findings, result.skipped)
    return whole | {
        "document": result.document.name,
        "compared": result.compared,
        "note": result.note,
        "accepted": data.accepted(result.accepted),
        "signatures": [
            {
                "by": each.signature.by,
                "role": each.signature.role,
                "date": each.signature.date,
                "differing": each.differing,
            }
            for each in result.signed
        ],
    }


def unreadable(document: Path, message: str) -> dict[str, Any]:
    """A document that could not be read at all."""
    return {"schema": data.SCHEMA, "document": document.name, "unreadable": message}
