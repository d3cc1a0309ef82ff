"""Failures of the outside world, each a single clear line for the user.

A fault *inside* a readable workbook is never an exception: it is a :class:`~lakip_xlsx.finding.Finding`.
"""

from __future__ import annotations


class LakipError(Exception):
    """Base of all failures that the command reports in one line. ``str()`` is that line."""


class UnreadableError(LakipError):
    """A workbook or template cannot be read at all (exit code 3)."""


def our_fault(error: BaseException) -> str:
    """A failure of our own in one line."""
    what = f"{type(error).__name__}: {error}".partition("\n")[0][:200]
    return (
        f"kesalahan program, bukan kesalahan Anda ({what}). "
        "Sampaikan pesan ini dan workbooknya kepada yang memberi Anda program ini."
    )


class OutputError(LakipError):
    """A result cannot be written where it was asked for (exit code 3)."""
