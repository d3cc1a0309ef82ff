"""The rule on amounts that nothing contradicts, but that are an amount of the workbook in all digits but one."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xlsx.checks.angka.account import Number, Numbers
from lakip_xlsx.checks.angka.kinds import Figure
from lakip_xlsx.checks.angka.tie import slips
from lakip_xlsx.checks.dokumen.case import Case, fault
from lakip_xlsx.checks.places import Tempat, locate
from lakip_xlsx.checks.texts import Texts
from lakip_xlsx.finding import Finding, State
from lakip_xlsx.numbers import Number as Read
from lakip_xlsx.numbers import decimals, parse, show

_AMOUNT = 6  # digits, without the zeros at the end, of an amount that no other is like by chance


def slipped(case: Case, texts: Texts) -> Iterator[Finding]:
    """Typed amounts with one digit wrong, or two that changed places."""
    account = case.numbers
    if account is None or case.book is None:
        return
    amounts = _by_pattern(account)
    for passage in texts.with_digits:
        place = passage.place
        if not isinstance(place, Tempat):
            continue
        for number in account.of(passage):
            if number.state is not State.TOLD or case.has_told(place.spot, number.text):
                continue
            figure = _near(number, amounts)
            if figure is not None:
                right = show(figure.value)
                cells = tuple(dict.fromkeys(map(locate, figure.places)))
                what = " ".join(part for part in (str(figure.measure), account.index.name(figure.subject)) if part)
                message = f'Tertulis "{number.quote}": hampir sama dengan {what}, {right}.'
                yield fault("DOK-021", place.spot, message, right, number.text, cells)


def _by_pattern(account: Numbers) -> dict[str, list[Figure]]:
    """The amounts of the workbook by the forms that they share with slips of the keyboard."""
    found: dict[str, list[Figure]] = {}
    for figure in account.index.amounts():
        digits = f"{abs(figure.value):f}"
        for pattern in slips(digits) if len(digits.rstrip("0")) >= _AMOUNT else ():
            found.setdefault(pattern, []).append(figure)
    return found


def _near(number: Number, amounts: dict[str, list[Figure]]) -> Figure | None:
    read = parse(number.text.partition("(")[0].rstrip(",-= ").strip())
    if not isinstance(read, Read):
        return None
    digits = f"{abs(read.value):f}"
    if len(digits.rstrip("0")) < _AMOUNT or decimals(read.value):
        return None
    return next((figure for pattern in slips(digits) for figure in amounts.get(pattern, ())), None)
