"""What stands behind the report: the exceptions that the office made, and the reviu checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lakip_xlsx.bahasa import counted
from lakip_xlsx.finding import Accepted
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
