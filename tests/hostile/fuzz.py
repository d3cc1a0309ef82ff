"""Damages a sound workbook at random, always in the same way for the same number.

    python -m tests.hostile.fuzz --menit 15

damages workbooks, templates and documents for a quarter of an hour. What ends badly is kept in ``kasus/``, one of
each kind of failure: the file, and beside it its number and what happened. The tests try every case again.
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.hostile.base import pack, plain

Way = Callable[[bytes, random.Random], bytes]

CASES = Path(__file__).parent / "kasus"
SAMPLE = Path(__file__).parents[2] / "samples" / "dinas-contoh-2025.xlsx"
_TOKENS = (
    b"<", b">", b"/>", b"&", b'"', b"=", b"\0", b"\xff", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&#xD800;",
    b"-1", b"0", b"1e309", b"NaN", b"99999999999", b"_xD800_", b"_x0000_", b"A1", b"XFD1048577", b' t="s"', b' t="e"',
    b' t="d"', b' r="A1"', b"<f/>", b"<v/>", b"<c/>", b"<row/>", b"<is><t/></is>", b"Jumlah", "١٢".encode(),
    b"rId1", b"../", b"http://", b' hidden="1"', b' s="999"', b"#REF!", b"1.351", b"-", b"2O24", b"{{x}}",
)  # fmt: skip
_PLACES = re.compile(
    rb"<(?:v|t|f)[^<>]*>(?P<text>[^<]*)<"
    rb'|\s(?:r|s|t|ref|numFmtId|hidden|si|formatCode)="(?P<attribute>[^"]*)"'
)
_NUMBERS = [
    "0",
    "-0",
    "-5",
    "7",
    "1e308",
    "1e-308",
    "4.9e-324",
    "1E15",
    "123456789012345678",
    "0.1",
    "99.995",
    "1e2147483647",
    "NaN",
    "Infinity",
    "1e-20",
    "-1",
    "1048577",
    "14",
    "9",
    "45780",
    "2025",
    "0.9865",
    "98.65",
    "1.351",
    "98,65",
    "(1.000.000)",
    "12/15",
    "1:20",
    "95–100",
    "2O24",
    "n/a",
    "-",
    "nihil",
    "1)",
]
_WORDS = [
    "#REF!",
    "#ENTAH",
    "s",
    "str",
    "e",
    "b",
    "d",
    "inlineStr",
    "n",
    "A1",
    "XFD1048576",
    "B7",
    "zz",
    "2025-02-30",
    "2025-12-31T00:00:00",
    "0.00%",
    "yyyy",
    "Jumlah",
    "Total",
    "Misi",
    "Sasaran",
    "Program",
    "Kegiatan",
    "Turun",
    "Naik",
    "Kode",
    "A5:XFD9",
    "C6:C9",
    "{{instansi.nama}}",
    "{{#sasaran}}",
    "{{",
    "_xD83D__xDE00_",
    "_xD800_",
    "_x0000__x001B_",
    "=1+1",
    "a&amp;b&lt;w:p/&gt;",
    "😀",
]
_VALUES = (
    *_NUMBERS,
    *_WORDS,
    *("", "\u202e\u0627\u0644", "e\u0301", "\u00a0", "\u200b", "[$-421]dd mmmm", "1,5 juta", "98,65 %", "- butir"),
    *("Rp 1.351.829.790,-", "1. satu", "kata " * 400, "x" * 3000, "\n" * 300, "Anggaran (Rp)", "Sumber Dana"),
)


def sources() -> list[dict[str, bytes]]:
    """The workbooks that are damaged, as parts: a small one and the filled sample."""
    with zipfile.ZipFile(SAMPLE) as archive:
        sample = {name: archive.read(name) for name in archive.namelist()}
    return [plain(), sample]


def damaged(number: int, parts: dict[str, bytes]) -> bytes:
    """The workbook with a few random damages: in one part's text, or in the packed file."""
    chance = random.Random(number)
    if chance.random() < 0.15:
        return _spoilt(pack(parts), chance, chance.randint(1, 12))
    name = chance.choice([each for each in sorted(parts) if each.endswith((".xml", ".rels"))])
    if chance.random() < 0.7:
        name = chance.choice([each for each in sorted(parts) if "sheets/sheet" in each or "Strings" in each])
    ways = _WAYS if chance.random() < 0.3 else (_value,)
    return pack(parts | {name: _spoilt(parts[name], chance, chance.randint(1, 8), ways)})


def _spoilt(data: bytes, chance: random.Random, times: int, ways: Sequence[Way] | None = None) -> bytes:
    for _ in range(times):
        data = chance.choice(ways or _WAYS)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(_TOKENS) + data[at:]


def _number(data: bytes, chance: random.Random) -> bytes:
    """Put a token in the place of a value or of an attribute."""
    marks = [b"<v>", b'="', b"<t>", b"<f>"]
    mark = chance.choice(marks)
    places = data.count(mark)
    if not places:
        return _insert(data, chance)
    at = -1
    for _ in range(chance.randint(1, places)):
        at = data.index(mark, at + 1)
    start = at + len(mark)
    ends = [end for end in (data.find(b"<", start), data.find(b'"', start)) if end >= 0]
    return data[:start] + chance.choice(_TOKENS) + data[min(ends, default=len(data)) :]


def _drop(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 40) :] or b"x"


def _double(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    piece = data[at : at + chance.randint(1, 200)]
    return data[:at] + piece + data[at:]


def _value(data: bytes, chance: random.Random) -> bytes:
    """Another value or another text in a cell, or another attribute; the XML stays sound."""
    found = list(_PLACES.finditer(data))
    if not found:
        return data
    place = chance.choice(found)
    group = "text" if place["text"] is not None else "attribute"
    value = chance.choice(_VALUES).encode()
    return data[: place.start(group)] + value + data[place.end(group) :]


_WAYS: tuple[Way, ...] = (_flip, _insert, _number, _number, _drop, _double)


def main() -> None:
    """Damage files for so many minutes, and keep every one that ends badly as a case."""
    judge: Any = importlib.import_module("tests.hostile.judge_fuzz")
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--menit", type=float, default=15, help="how long; the default is a quarter of an hour")
    parser.add_argument("--mulai", type=int, default=int(time.time()) * 1000, help="the first number")
    parser.add_argument("--jenis", choices=sorted(judge.KINDS), action="append", help="only this kind of file")
    options = parser.parse_args()
    until, number = time.monotonic() + options.menit * 60, options.mulai
    told: dict[str, int] = {}
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            for kind in options.jenis or judge.KINDS:
                path = Path(folder) / f"isi{judge.KINDS[kind].suffix}"
                data = judge.made(kind, number)
                path.write_bytes(data)
                wrong = judge.fault(kind, path)
                tried += 1
                if wrong:
                    what = f"{kind}: {wrong.partition(': ')[0]}"
                    told[what] = told.get(what, 0) + 1
                    if told[what] == 1:
                        sys.stdout.write(f"{kind} {number}: {wrong}\n")
                        sys.stdout.flush()
                        CASES.mkdir(exist_ok=True)
                        (CASES / f"{kind}-{number}{path.suffix}").write_bytes(data)
                        (CASES / f"{kind}-{number}.txt").write_text(f"{kind} {number}: {wrong}\n", encoding="utf-8")
            number += 1
    sys.stdout.write(f"{tried} files, {sum(told.values())} ended badly: {told}\n")
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
