"""The rules as a person reads them: one in full, or all in a list. From the declarations themselves."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from lakip_xlsx.checks.near import closest
from lakip_xlsx.checks.registry import RULES, UNRULED
from lakip_xlsx.checks.rule import FAMILIES, Rule
from lakip_xlsx.finding import Severity
from lakip_xlsx.show.text import LABELS, NARROWEST, WIDEST, Line
from lakip_xlsx.workbook.structure import Declared

_TYPED = re.compile(r"([A-Z]{3})[ -]?([0-9]{1,3})")


def overview(family: str = "", *, width: int = 80) -> Iterator[Line]:
    """All codes by family, a line each; or those of one family."""
    width = max(NARROWEST, min(width, WIDEST))
    titles = {code: (declared.severity, declared.title) for code, declared in UNRULED.items()}
    titles |= {code: (rule.severity, rule.title) for code, rule in RULES.items()}
    for letters, name in FAMILIES.items():
        held = {code: entry for code, entry in titles.items() if code.startswith(letters)}
        if held and family in {"", letters}:
            yield Line(f"{letters}  {name}", bold=True)
            for code, (severity, title) in sorted(held.items()):
                yield from _paragraph(f"{code}  {_short(severity)}  {title}", width, "  ", "                 ")
            yield Line("")
    yield Line("S kesalahan, P peringatan, I informasi.")
    yield Line("Penjelasan satu aturan: lakip-xlsx explain KODE")


def explanation(code: str, *, width: int = 80) -> Iterator[Line] | None:
    """One rule in full, or the list of a family; None if there is none with this code."""
    code = _plain(code)
    if code in FAMILIES:
        return overview(code, width=width)
    found = declared(code)
    return _rule(code, found, max(NARROWEST, min(width, WIDEST))) if found else None


def _plain(code: str) -> str:
    """A code as it is written here: ``ang-2`` and ``ANG 2`` are ANG-002."""
    match = _TYPED.fullmatch(code.strip().upper())
    return f"{match[1]}-{int(match[2]):03}" if match else code.strip().upper()


def nearest(code: str) -> str:
    """The code, or the family, that was probably meant; empty if none comes near."""
    return closest(_plain(code), [*FAMILIES, *UNRULED, *RULES], cutoff=70)


def _rule(code: str, rule: Rule | Declared, width: int) -> Iterator[Line]:
    yield Line(f"{code}  {rule.title}", bold=True)
    yield Line(f"  Bobot: {LABELS[rule.severity].capitalize()}")
    for label, text in sections(rule):
        yield Line("")
        yield Line(f"  {label}", bold=True)
        yield from _paragraph(text, width, "    ", "    ")


def declared(code: str) -> Rule | Declared | None:
    """What is said about a code; None if there is none."""
    return RULES.get(code) or UNRULED.get(code)


def sections(rule: Rule | Declared) -> list[tuple[str, str]]:
    """The explanation of a rule, each part under its heading."""
    told = (
        ("Yang diperiksa", rule.what),
        ("Mengapa", rule.why),
        ("Toleransi", rule.tolerance if isinstance(rule, Rule) else ""),
        ("Contoh", rule.example),
        ("Cara memperbaiki", rule.fix),
    )
    return [(heading, text) for heading, text in told if text]


def _paragraph(text: str, width: int, first: str, rest: str) -> Iterator[Line]:
    for line in textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False):
        yield Line(line)


def _short(severity: Severity) -> str:
    return {Severity.ERROR: "S", Severity.WARNING: "P", Severity.INFO: "I"}[severity]
