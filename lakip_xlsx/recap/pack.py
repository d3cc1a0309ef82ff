"""An office as bytes and back: exact, small, and harmless to read whoever wrote it.

JSON, deflated. A Decimal is ``["n", "12.50"]``, a date ``["d", "2026-01-31"]``; texts and None are themselves.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import asdict, fields
from decimal import Decimal, InvalidOperation
from sys import intern
from typing import Any

from lakip_xlsx.recap.model import Facts, Fault, Office, Sheet
from lakip_xlsx.workbook.book import object_frame

_LARGEST = 400 * 2**20  # bytes of one office, inflated
_DECIMALS = frozenset({"capaian", "anggaran", "realisasi", "pegawai_awal", "pegawai_akhir"})


class DamagedError(Exception):
    """What was packed is not there any more as it was: the workbook is read anew."""


def pack(office: Office) -> bytes:
    """The office, deflated."""
    whole = {
        "facts": _facts(office.facts),
        "sheets": {
            key: {
                "name": sheet.name,
                "letters": sheet.letters,
                "columns": list(sheet.frame.columns),
                "rows": {int(row): [_put(value) for value in values] for row, *values in sheet.frame.itertuples()},
            }
            for key, sheet in office.sheets.items()
        },
        "faults": [list(asdict(fault).values()) for fault in office.faults],
    }
    return zlib.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpack(data: bytes) -> Office:
    """The office again.

    Raises:
        DamagedError: these are not the bytes of an office.
    """
    try:
        inflate = zlib.decompressobj()
        text = inflate.decompress(data, _LARGEST)
        if inflate.unconsumed_tail or not inflate.eof:
            raise DamagedError
        whole = json.loads(text)
        sheets = {str(key): _sheet(sheet) for key, sheet in whole["sheets"].items()}
        names = [each.name for each in fields(Fault)]
        faults = tuple(Fault(**dict(zip(names, map(str, values), strict=True))) for values in whole["faults"])
        return Office(facts=facts_of(whole["facts"]), sheets=sheets, faults=faults)
    except (ValueError, LookupError, TypeError, AttributeError, InvalidOperation, RecursionError, zlib.error) as error:
        raise DamagedError from error


def _sheet(data: dict[str, Any]) -> Sheet:
    columns = [str(name) for name in data["columns"]]
    rows = {int(row): [_get(value) for value in values] for row, values in data["rows"].items()}
    letters = {str(key): str(letter) for key, letter in data["letters"].items()}
    return Sheet(name=str(data["name"]), letters=letters, frame=object_frame(columns, rows))


def _facts(facts: Facts) -> dict[str, Any]:
    return {name: _put(value) for name, value in asdict(facts).items()}


def facts_of(data: dict[str, Any]) -> Facts:
    """The facts as :func:`pack` wrote them.

    Raises:
        TypeError: they are of another version of the program. ValueError, LookupError: they are damaged.
    """
    found = {name: _get(value) if name in _DECIMALS else value for name, value in data.items()}
    found["counts"] = tuple(int(count) for count in found["counts"])
    found["per_predikat"] = tuple((str(name), int(count)) for name, count in found["per_predikat"])
    found["sheets"] = tuple(map(str, found["sheets"]))
    found["beside"] = tuple((str(name), str(digest)) for name, digest in found["beside"])
    found["cells"] = {
        intern(str(key)): (intern(str(sheet)), intern(str(ref))) for key, (sheet, ref) in found["cells"].items()
    }
    return Facts(**found)


def _put(value: object) -> object:
    if isinstance(value, Decimal):
        return ["n", str(value)]
    if isinstance(value, dt.date):
        return ["d", value.isoformat()]
    return value


def _get(value: object) -> Any:  # noqa: ANN401 - a cell: number, text, date or nothing
    if not isinstance(value, list):
        return value
    kind, said = value
    return Decimal(said) if kind == "n" else dt.date.fromisoformat(said)
