"""What stands behind the report: exceptions that the office made, the reviu checklist, the numbers of the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lakip_xlsx.bahasa import counted
from lakip_xlsx.finding import Accepted, SentenceNumber, State, ranges
from lakip_xlsx.report import origin
from lakip_xlsx.report.content import Node, Teks


def pengecualian(accepted: Sequence[Accepted]) -> Node:
    """The accepted findings with their reasons; None where there are none."""
    if not accepted:
        return None
    return {
        "kalimat": Teks(
            f"{counted(len(accepted), 'temuan')} diterima oleh instansi dengan alasan berikut.", how=origin.FINDING
        ),
        "baris": [
            {
                "no": Teks(str(number)),
                "kode": Teks(item.finding.code, how=origin.FINDING),
                "tempat": Teks(str(item.finding.cell) if item.finding.cell else "-", how=origin.FINDING),
                "uraian": Teks(item.finding.message, how=origin.FINDING),
                "alasan": Teks(item.reason, (item.cell,)),
            }
            for number, item in enumerate(accepted, 1)
        ],
    }


def reviu(rows: Sequence[Mapping[str, Node]], sentence: str) -> Node:
    """The checklist's rows under one sentence of summary; None where it was not asked for."""
    return {"kalimat": Teks(sentence, how=origin.FINDING), "baris": list(rows)} if rows else None


STATES = {State.CONTRADICTED: "bertentangan", State.TOLD: "tidak ada pada tabel", State.TIED: "cocok"}
"""What became of a number in a text, the weightiest first."""


def numbers(told: Sequence[SentenceNumber], sentence: str) -> Node:
    """Every number of the texts with its cell, its phrase and the cells of its figure; None where there is none."""
    weight = {state: place for place, state in enumerate(STATES)}
    rows = [
        {
            "tempat": Teks(str(one.cell), how=origin.FINDING),
            "angka": Teks(one.text, how=origin.FINDING),
            "kutipan": Teks(one.quote, how=origin.FINDING),
            "keadaan": Teks(STATES[one.state], how=origin.FINDING),
            "sumber": Teks(", ".join(ranges(one.source)) or "-", how=origin.FINDING),
        }
        for one in sorted(told, key=lambda one: weight[one.state])
    ]
    return {"kalimat": Teks(sentence, how=origin.FINDING), "baris": rows} if rows else None
