"""The formulas of the Jumlah rows, and the live checks of what is printed there.

They find their rows by the words of the label column and of the group, never by a fixed row, so that rows and whole
groups may be inserted and deleted. What is the same for every row stands in brackets: it becomes a defined name, since
a formula may not be longer than 8,192 characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xlsx.workbook.formulas import NUMBER, listed, texts
from lakip_xlsx.workbook.sheets import BY_KEY
from lakip_xlsx.workbook.spec import Mark, SheetSpec, Total

_JUMLAH = ("Jumlah",)
_WORDS = ("Jumlah", "Total")


def jumlah(spec: SheetSpec) -> str:
    """What a Jumlah shows: the sum of its rows above it, nothing while none of them holds a number."""
    rows = _rows(spec, "above.", "{above}")
    return f'IF({rows.count}=0,"",{rows.sum})'


def marks(spec: SheetSpec, key: str) -> tuple[Mark, ...]:
    """The live checks of a printed Jumlah: against its rows, and against the other ways of counting the same."""
    total = spec.total
    if total is None:
        return ()
    column = f"{{{spec.key}.{key}}}"
    rows = _rows(spec, f"{spec.key}.", column)
    known = f"[AND({texts(column)}=0,{_complete(spec, rows, key)}{_counted(spec, rows)})]"
    whole = f"({rows.sum})" if total.by else f"[{rows.sum}]"
    also = f",{_own_group(total.by)}" if total.by else ""
    wrong = f"IF(AND(ISNUMBER({{self}}),{known}{also}),ABS({{self}}-{whole})>0.005,FALSE)"
    first = Mark(wrong, total.codes[:1], "jumlah", said="bukan jumlah barisnya")
    return (first, *(_between_groups(spec, total, key) if total.by else _between_sheets(spec, total, key)))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that a Jumlah adds up: those that meet ``criteria``, without the Jumlah rows themselves."""

    label: str
    column: str
    criteria: str
    words: tuple[str, ...]

    @property
    def sum(self) -> str:
        """Their sum."""
        return self._without_totals("SUM", f"SUMIFS({self.column},", "")

    @property
    def count(self) -> str:
        """How many of them hold a number."""
        return self._without_totals("COUNT", "COUNTIFS(", f",{self.column},{NUMBER}")

    def _without_totals(self, plain: str, start: str, end: str) -> str:
        """Excel and LibreOffice do not agree whether "not Jumlah" holds for an empty cell: so it is taken away."""
        whole = f"{start}{self.criteria}{end})" if self.criteria else f"{plain}({self.column})"
        more = f",{self.criteria}" if self.criteria else ""
        return whole + "".join(f'-{start}{self.label},"{word}*"{more}{end})' for word in self.words)


def _rows(spec: SheetSpec, prefix: str, column: str) -> _Rows:
    """The rows that a Jumlah adds up: of its kind, of its group."""
    total = spec.total
    if total is None:
        raise ValueError(spec.key)
    criteria = []
    if total.where:
        criteria.append(f'{{{prefix}{total.where[0]}}},"{total.where[1]}"')
    if total.by:
        criteria.append(f"{{{prefix}{total.by}}},{_group(total.by)}")
    return _Rows(f"{{{prefix}{total.label}}}", column, ",".join(criteria), _JUMLAH if total.by else _WORDS)


def _group(by: str) -> str:
    """The group of a Jumlah: that of the row above it."""
    return f'LOOKUP(2,1/({{above.{by}}}<>""),{{above.{by}}})'


def _own_group(by: str) -> str:
    """Whether a Jumlah names no other group than that; else it is left to the full check."""
    return f'OR({{{by}}}="",LEFT({{{by}}},6)="Jumlah",{{{by}}}={_group(by)})'


def _counted(spec: SheetSpec, rows: _Rows) -> str:
    """Further conditions: one Jumlah only (subtotals are left to the full check), some row of the kind that counts."""
    total = spec.total
    if total is None or total.by:
        return ""
    one = f',COUNTIF({rows.label},"Jumlah*")+COUNTIF({rows.label},"Total*")=1'
    return one + (f",{rows.count}>0" if total.where else "")


def _complete(spec: SheetSpec, rows: _Rows, key: str) -> str:
    """Whether no row that counts is empty in this column: of an unfinished sum nothing is said."""
    total = spec.total
    if total is not None and total.by:  # an offered label that nobody used is no row: another number makes it one
        other = f"{{{spec.key}.{next(field for field in total.fields if field != key)}}}"
        return f'SUMPRODUCT(ISNUMBER({other})*({rows.column}=""))=0,{_listed(spec, total.by)}'
    used = f'{{{spec.key}.{total.where[0]}}}="{total.where[1]}"' if total and total.where else f'{rows.label}<>""'
    words = f",{_listed(spec, total.where[0])}" if total and total.where else ""
    return f'SUMPRODUCT(({used})*({rows.column}=""))=0{words}'


def _listed(spec: SheetSpec, key: str) -> str:
    """Whether a column that tells the rows apart holds only words that are known here."""
    return listed(f"{{{spec.key}.{key}}}", (*spec.field(key).choices, *_WORDS)).strip("[]")


def _between_sheets(spec: SheetSpec, total: Total, key: str) -> tuple[Mark, ...]:
    """The sum of a sheet's rows against that of the first sheet that has one, if that is another."""
    sheets = [BY_KEY[name] for name in total.agrees]
    if not all(sheet.total and key in sheet.total.fields for sheet in sheets) or not sheets:
        return ()
    own, *others = (_rows(sheet, f"{sheet.key}.", f"{{{sheet.key}.{key}}}") for sheet in (spec, *sheets))
    wrong = "FALSE"
    for rows in reversed(others):
        wrong = f"IF({rows.count}>0,ABS({own.sum}-({rows.sum}))>0.005,{wrong})"
    unknown = "+".join(texts(rows.column) for rows in (own, *others))
    said = f"berbeda dengan lembar {' atau '.join(sheet.name for sheet in sheets)}"
    complete = ",".join(_complete(each, rows, key) for each, rows in zip((spec, *sheets), (own, *others), strict=True))
    wrong = f"[IF(AND({unknown}=0,{own.count}>0,{complete}),{wrong},FALSE)]"
    return (Mark(wrong, total.codes[1:], "jumlah antarlembar", said=said),)


def _between_groups(spec: SheetSpec, total: Total, key: str) -> tuple[Mark, ...]:
    """The sum of a group against that of the first group that has one; the whole column must be complete."""
    column, by, label = (f"{{{spec.key}.{name}}}" for name in (key, total.by, total.label))
    own = _Rows(label, column, f"{by},{_group(total.by)}", _JUMLAH)
    first = _Rows(label, column, f'{by},INDEX({by},MATCH(1,INDEX(ISNUMBER({column})*({by}<>""),0),0))', _JUMLAH)
    known = f"[AND({texts(column)}=0,{_complete(spec, own, key)})],{_own_group(total.by)},{own.count}>0"
    wrong = f"IF(AND({known}),ABS({own.sum}-[{first.sum}])>0.005,FALSE)"
    return (Mark(wrong, total.codes[1:], "jumlah antarkelompok", said="berbeda antarkelompok"),)
