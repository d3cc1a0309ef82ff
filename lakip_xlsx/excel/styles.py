"""How a workbook looks: one place for colours, fonts and number formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from lakip_xlsx.workbook.spec import Kind

NAVY, BLUE, SLATE = "#1F3864", "#2F5597", "#7F8796"
GREY, PALE, LINE = "#F2F2F2", "#DCE6F2", "#BFC6D1"
RED, RED_INK, AMBER = "#FFC7CE", "#9C0006", "#FFF2CC"
GREEN, GREEN_INK = "#C6EFCE", "#375623"
FONT = "Calibri"

MONEY, SEN, PERCENT, DATE, TEXT = "#,##0", "#,##0.00", "0.00%", "[$-421]dd mmmm yyyy", "@"
_NUMBER_FORMATS = {
    Kind.TEXT: TEXT,
    Kind.LONG_TEXT: TEXT,
    Kind.CODE: TEXT,
    Kind.CHOICE: TEXT,
    Kind.MONEY: MONEY,
    Kind.PERCENT: PERCENT,
    Kind.QUANTITY: "General",
    Kind.COUNT: "0",
    Kind.YEAR: "0",
    Kind.DATE: DATE,
}
_RIGHT = frozenset({Kind.MONEY, Kind.PERCENT, Kind.QUANTITY, Kind.COUNT})
_CENTER = frozenset({Kind.CHOICE, Kind.YEAR})


class Role(StrEnum):
    """What a cell is for."""

    INPUT = "input"
    FORM_INPUT = "form input"
    COMPUTED = "computed"
    PROPOSAL = "proposal"
    TOTAL = "total"
    TITLE = "title"
    PURPOSE = "purpose"
    CHECK = "check"
    HEADING = "heading"
    HEADING_OPTIONAL = "heading optional"
    HEADING_COMPUTED = "heading computed"
    LABEL = "label"
    NOTE = "note"
    SECTION = "section"
    PLAIN = "plain"
    BOLD = "bold"
    COMMAND = "command"
    BOXED = "boxed"
    BOXED_CENTER = "boxed center"


_BOX: dict[str, object] = {"border": 1, "border_color": LINE}
_HEADING: dict[str, object] = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", **_BOX}
_ROLES: dict[Role, dict[str, object]] = {
    Role.INPUT: {"bg_color": "#FFFFFF", "valign": "top", **_BOX},
    Role.FORM_INPUT: {"bg_color": "#FFFFFF", "valign": "vcenter", **_BOX},
    Role.COMPUTED: {"bg_color": GREY, "valign": "top", **_BOX},
    Role.PROPOSAL: {"bg_color": AMBER, "valign": "top", **_BOX},
    Role.TOTAL: {"bold": True, "bg_color": PALE, "valign": "vcenter", "top": 1, "bottom": 1, **_BOX},
    Role.TITLE: {"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter"},
    Role.PURPOSE: {"italic": True, "font_color": "#44546A", "valign": "vcenter"},
    Role.CHECK: {"bold": True, "font_color": "#375623", "valign": "vcenter"},
    Role.HEADING: {"font_color": "#FFFFFF", "bg_color": NAVY, **_HEADING},
    Role.HEADING_OPTIONAL: {"font_color": NAVY, "bg_color": "#B4C6E7", **_HEADING},
    Role.HEADING_COMPUTED: {"font_color": "#FFFFFF", "bg_color": SLATE, **_HEADING},
    Role.LABEL: {"indent": 1, "bold": True, "font_color": NAVY, "bg_color": PALE, "valign": "vcenter", **_BOX},
    Role.NOTE: {"indent": 1, "italic": True, "font_color": "#595959", "text_wrap": True, "valign": "vcenter", **_BOX},
    Role.SECTION: {"bold": True, "font_size": 13, "font_color": NAVY, "bottom": 2, "bottom_color": BLUE},
    Role.PLAIN: {"indent": 1, "text_wrap": True, "valign": "vcenter"},
    Role.BOLD: {"bold": True, "valign": "vcenter"},
    Role.COMMAND: {"indent": 1, "font_name": "Consolas", "bg_color": GREY, "valign": "vcenter"},
    Role.BOXED: {"text_wrap": True, "indent": 1, "valign": "vcenter", **_BOX},
    Role.BOXED_CENTER: {"text_wrap": True, "valign": "vcenter", "align": "center", **_BOX},
}


@dataclass(slots=True)
class Styles:
    """The formats of one workbook, each made once."""

    book: Workbook
    _made: dict[tuple[object, ...], Format] = field(default_factory=dict)

    def role(self, role: Role, **extra: object) -> Format:
        """The format of a cell that is not data."""
        return self._make((role, *sorted(extra.items())), {**_ROLES[role], **extra})

    def data(self, role: Role, kind: Kind, number_format: str = "") -> Format:
        """The format of a cell that holds a value of this kind."""
        properties = {**_ROLES[role], "num_format": number_format or _NUMBER_FORMATS[kind]}
        if kind in _RIGHT and role is not Role.FORM_INPUT:
            properties["align"] = "right"
        elif kind in _CENTER and role is not Role.FORM_INPUT:
            properties["align"] = "center"
        else:
            properties |= {"text_wrap": True, "align": "left", "indent": 1}
        return self._make((role, kind, number_format), properties)

    def wrong(self) -> Format:
        """How a cell looks that does not agree."""
        return self._make(("wrong",), {"bg_color": RED, "font_color": RED_INK, "bold": True})

    def wrong_text(self) -> Format:
        """How the line above the headings looks when something does not agree."""
        return self._make(("wrong text",), {"font_color": RED_INK, "bold": True})

    def complete(self) -> Format:
        """How the state of a sheet looks that is complete."""
        return self._make(("complete",), {"bg_color": GREEN, "font_color": GREEN_INK})

    def missing(self) -> Format:
        """How a required value looks that is not there yet."""
        return self._make(("missing",), {"bg_color": AMBER})

    def _make(self, key: tuple[object, ...], properties: dict[str, object]) -> Format:
        if key not in self._made:
            self._made[key] = self.book.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self._made[key]
