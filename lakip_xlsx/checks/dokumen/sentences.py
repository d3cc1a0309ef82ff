"""The rules on sentences (family NAR), run over the texts of a document; and every number of it, accounted for."""

from __future__ import annotations

from lakip_xlsx.checks.angka.account import Number, Numbers
from lakip_xlsx.checks.dokumen.case import FIGURE, Case, Value, without
from lakip_xlsx.checks.dokumen.grids import figure
from lakip_xlsx.checks.dokumen.paper import Block, BlockKind
from lakip_xlsx.checks.dokumen.tables import cell_numbers
from lakip_xlsx.checks.places import Tempat, locate
from lakip_xlsx.checks.texts import Passage, Texts
from lakip_xlsx.finding import SentenceNumber, State
from lakip_xlsx.numbers import squeeze

CODES = frozenset(
    f"NAR-{number:03}" for number in (4, 5, 6, 7, 8, 10, 12, 14, 15, 16, 20)
)  # the others are about the workbook's own parts and lists
"""The rules on sentences that mean the same in a document."""
_READ = frozenset({BlockKind.TEXT, BlockKind.NOTE})


def texts(case: Case) -> Texts:
    """The texts that people wrote, in the document or in the workbook's own paragraphs."""
    return Texts(tuple(_passage(block, _judged(case, block)) for block in case.typed() if _is_read(block)))


def _is_read(block: Block) -> bool:
    return block.kind in _READ or (block.kind is BlockKind.CELL and block.is_prose)


def _judged(case: Case, block: Block) -> str:
    """What people wrote in a text, also around and between what the program wrote."""
    made = case.inserted(block)
    return without(block, made) if made else block.text


def _passage(block: Block, text: str) -> Passage:
    return Passage(Tempat(block.spot), text, "narasi", "teks")


def numbers(case: Case, account: Numbers) -> list[SentenceNumber]:
    """Every number of the report, in the order of the document: tied, contradicted, or only told."""
    found = [*cell_numbers(case)]
    listed = {one.cell.position[0] for one in found}
    for block in case.paper.report:
        if block.kind is BlockKind.CONTENTS or block.spot.order in listed:
            continue
        is_cell = block.kind is BlockKind.CELL and not block.is_prose
        if is_cell and not FIGURE.intersection(block.text):
            continue
        settled = case.settled(block)
        if is_cell and (one := figure(block)) is not None:
            if settled is not None:
                text = squeeze(one.block.text)
                found.append(SentenceNumber(block.spot, text, text, _as_inserted(case), settled.sources))
            continue  # what is neither only numbers its row
        whole = block.text if settled is not None else _judged(case, block)
        found += (_sentence(case, block, settled, one) for one in account.of(_passage(block, whole)))
        for value in case.inserted(block) if settled is None else ():
            found += (_sentence(case, block, value, one) for one in account.of(_passage(block, value.now or "")))
    return sorted(found, key=lambda one: one.cell.position)


def _sentence(case: Case, block: Block, settled: Value | None, one: Number) -> SentenceNumber:
    """A number of a text: a value of the workbook decides before the words around it."""
    places = one.figure.places if one.figure is not None and one.state is not State.TOLD else ()
    source = tuple(dict.fromkeys(map(locate, places)))
    held = case.by_block.get(block.spot.order, [])
    if settled is not None:
        return SentenceNumber(block.spot, one.text, one.quote, _as_inserted(case), settled.sources or source)
    if case.has_told(block.spot, one.text):
        return SentenceNumber(block.spot, one.text, one.quote, State.CONTRADICTED, held[0].sources if held else source)
    if case.book is None:  # it may follow from the sentence itself that a number is wrong, never that it is right
        return SentenceNumber(block.spot, one.text, one.quote, State.TOLD if one.state is State.TIED else one.state)
    return SentenceNumber(block.spot, one.text, one.quote, one.state, source)


def _as_inserted(case: Case) -> State:
    """What a value is that stands as it was inserted: without the workbook nobody knows whether it is still right."""
    return State.TIED if case.book is not None else State.TOLD
