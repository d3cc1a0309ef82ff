"""Whose report it is: a whole government's, signed by its head, or an office's within one."""

from __future__ import annotations

import re

from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.book import Form

_ACTING = r"(?:(?:pj|pjs|plt|plh)\b\.?|penjabat(?: sementara)?|pelaksana (?:tugas|harian))"
_HEAD = re.compile(rf"(?:{_ACTING} *)?(?:gubernur|bupati|wali ?kota|menteri)\b")


def is_pemda(form: Form) -> bool:
    """Whether the report is a government's or a ministry's: signed by its head, above whom nobody signs.

    Then the Perjanjian Kinerja has one party (PermenPANRB 53/2014, Anak Lampiran I/1), and the report is reviewed
    by the inspectorate (Lampiran III).
    """
    name, government = fold(form.text("nama")), fold(form.text("pemda"))
    return bool(_HEAD.match(fold(form.text("jabatan_kepala")))) or (name != "" and name == government)
