"""Failures of the outside world, each a single clear line for the user.

A fault *inside* a readable workbook is never an exception: it is a :class:`~lakip_xlsx.finding.Finding`.
"""

from __future__ import annotations


class LakipError(Exception):
    """Base of all failures that the command reports in one line. ``str()`` is that line."""


class UnreadableError(LakipError):
    """A workbook or template cannot be read at all (exit code 3)."""


class OutputError(LakipError):
    """A result cannot be written where it was asked for (exit code 3)."""
