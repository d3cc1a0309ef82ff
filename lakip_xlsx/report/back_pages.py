"""What stands behind the report: the exceptions that the office made, and the reviu checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lakip_xlsx.bahasa import counted
from lakip_xlsx.finding import Accepted
from lakip_xlsx.report.content import Node, Teks


def pengecualian(accepted: Sequence[Accepted]) -> Node:
    """The accepted findings with their reasons; None where there are none."""
    if not accepted:
        return None
    return {
        "kalimat": Teks(f"{counted(len(accepted), 'temuan')} diterima oleh instansi dengan alasan berikut."),
        "baris": [
            {
                "no": Teks(str(number)),
                "kode": Teks(item.finding.code),
                "tempat": Teks(str(item.finding.cell) if item.finding.cell else "-"),
                "uraian": Teks(item.finding.message),
                "alasan": Teks(item.reason, (item.cell,)),
            }
            for number, item in enumerate(accepted, 1)
        ],
    }


def reviu(rows: Sequence[Mapping[str, Node]], sentence: str) -> Node:
    """The checklist's rows under one sentence of summary; None where it was not asked for."""
    return {"kalimat": Teks(sentence), "baris": list(rows)} if rows else None
