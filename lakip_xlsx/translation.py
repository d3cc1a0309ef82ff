"""Bahasa Indonesia for the command line library's own messages (usage, errors, headings).

The library asks :mod:`gettext` for its default domain; we bind that domain to the catalogue in
``locale/``. Only this process is affected.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def use_indonesian() -> None:
    """Make every message of the command line library Indonesian, whatever the machine's language is."""
    os.environ["LANGUAGE"] = "id"
    gettext.bindtextdomain("messages", str(LOCALE))
