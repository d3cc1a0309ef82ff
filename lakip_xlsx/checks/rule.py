"""How a rule is declared, and what it may yield.

A rule is one function with a declaration. The names of its parameters are its inputs: the key of a
sheet (``anggaran: Table``, or ``Table | None`` where the rule works without it), ``form``, ``figures``,
``texts``, ``numbers``, ``layout``, ``book`` or ``previous`` (last year's workbook). A rule speaks in fields;
:func:`lakip_xlsx.checks.places.locate` alone turns fields into cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lakip_xlsx.checks.angka.account import Numbers
from lakip_xlsx.checks.places import Place, locate
from lakip_xlsx.checks.texts import Texts
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Finding, FindingKind, Severity
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.book import Book, Form, Table
from lakip_xlsx.workbook.sheets import BY_KEY

FAMILIES = {
    "BRK": "Berkas dan susunan workbook",
    "SEL": "Isi sel",
    "IDN": "Identitas instansi",
    "REN": "Renstra",
    "PGW": "Pegawai",
    "PRG": "Program dan kegiatan",
    "IND": "Indikator kinerja",
    "ANG": "Anggaran",
    "PKJ": "Perjanjian kinerja",
    "NAR": "Narasi",
    "GBR": "Gambar",
    "SIL": "Kecocokan antarlembar",
    "THN": "Kecocokan dengan workbook tahun lalu",
    "TPL": "Templat Word",
    "DOK": "Dokumen jadi",
}
"""The families of codes, in the order in which they are shown."""

_CODE = re.compile(r"(?P<family>[A-Z]{3})-[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found. ``expected`` and ``actual`` are texts in Indonesian notation."""

    place: Place
    message: str
    expected: str = ""
    actual: str = ""
    related: tuple[Place, ...] = ()
    fix: str | None = None  # where the rule's own advice does not fit
    kind: FindingKind | None = None  # where it is not the rule's own


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Part of the rule could not be run, and why; it is listed among the skipped checks."""

    reason: str


Outcome = Iterable[Fault | Unchecked]
Function = Callable[..., Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The declaration of a rule: what the user reads about it, and when it applies.

    ``nomor`` are the numbers of the check in the project's list of checks; ``needs`` are columns
    (``"anggaran.serapan"``) without which the rule says nothing; ``layouts`` are keys, none means all.
    """

    code: str
    severity: Severity
    nomor: tuple[int, ...] = ()
    title: str
    what: str
    why: str
    fix: str
    example: str
    tolerance: str = ""
    needs: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    kind: FindingKind = FindingKind.FAULT

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    def applies(self, layout: Layout) -> bool:
        """Whether the rule is meant for this layout."""
        return not self.layouts or layout.key in self.layouts

    def finding(self, fault: Fault) -> Finding:
        """A fault as a finding: with its code, its weight and its cells."""
        place = locate(fault.place)
        related = dict.fromkeys(locate(other) for other in fault.related)
        return Finding(
            code=self.code,
            severity=self.severity,
            message=fault.message,
            cell=place,
            expected=fault.expected,
            actual=fault.actual,
            fix=self.fix if fault.fix is None else fault.fix,
            related=tuple(cell for cell in related if cell != place),
            kind=fault.kind or self.kind,
        )


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with its function and the inputs that its signature names (name → may be missing)."""

    rule: Rule
    function: Function
    inputs: dict[str, bool]


_SINGLE = {
    "form": Form,
    "figures": Figures,
    "texts": Texts,
    "numbers": Numbers,
    "layout": Layout,
    "book": Book,
    "previous": Book,
}
_CHECKS: dict[str, Check] = {}


def rule(declared: Rule) -> Callable[[Function], Function]:
    """Declare the function below as a rule.

    Raises:
        ValueError: a code twice, an unknown family, layout or column, a missing text.
        TypeError: a parameter that names no input, or with the wrong type.
    """

    def register(function: Function) -> Function:
        _refuse_nonsense(declared)
        _CHECKS[declared.code] = Check(declared, function, _inputs(declared, function))
        return function

    return register


def declared_checks() -> dict[str, Check]:
    """Code → check, of all rules declared so far, by family and number."""
    order = {family: position for position, family in enumerate(FAMILIES)}
    return {code: _CHECKS[code] for code in sorted(_CHECKS, key=lambda code: (order[code[:3]], code))}


def _refuse_nonsense(declared: Rule) -> None:
    match = _CODE.fullmatch(declared.code)
    if match is None or match["family"] not in FAMILIES:
        raise ValueError(f"{declared.code}: no such family of codes")
    if declared.code in _CHECKS:
        raise ValueError(f"{declared.code}: declared twice")
    for text in ("title", "what", "why", "fix", "example"):
        if not getattr(declared, text).strip():
            raise ValueError(f"{declared.code}: {text} is missing")
    for key in declared.layouts:
        if key not in {layout.key for layout in LAYOUTS}:
            raise ValueError(f"{declared.code}: no layout {key}")
    for column in declared.needs:
        sheet, _, key = column.partition(".")
        if sheet not in BY_KEY or key not in {field.key for field in BY_KEY[sheet].fields}:
            raise ValueError(f"{declared.code}: no column {column}")


def _inputs(declared: Rule, function: Function) -> dict[str, bool]:
    """Parameter name → whether it may be missing, from the signature.

    Raises:
        TypeError: the signature names something that no workbook gives.
    """
    inputs: dict[str, bool] = {}
    annotations = function.__annotations__  # texts, as they are written
    for name in function.__code__.co_varnames[: function.__code__.co_argcount]:
        table = name in BY_KEY and not BY_KEY[name].form
        wanted = Table if table else _SINGLE.get(name)
        if wanted is None:
            raise TypeError(f"{declared.code}: {name} names no input")
        if annotations.get(name) not in (wanted.__name__, f"{wanted.__name__} | None"):
            raise TypeError(f"{declared.code}: {name} must be {wanted.__name__}")
        inputs[name] = annotations[name] != wanted.__name__
    for column in declared.needs:
        if inputs.get(column.partition(".")[0]) is not False:
            raise TypeError(f"{declared.code}: needs {column}, but does not read that sheet as required")
    return inputs
