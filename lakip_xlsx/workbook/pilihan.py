"""The words of a column with a closed list: which canonical word a person meant.

Offices write "Sasaran Strategis", "SUB-KEGIATAN", "Misi 1" or "Positif". A word is known by its letters and
digits alone, by the other words that its field declares (``synonyms``), and by what remains without its
numbering or a remark in brackets. Nothing is guessed: what is none of these stays as it was typed, and is a
finding (SEL-013).
"""

from __future__ import annotations

import re

from lakip_xlsx.numbers import fold
from lakip_xlsx.workbook.spec import Field

_NOISE = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_ROMAN = r"[ivx]+"
_NUMBERED = re.compile(
    rf"^\(?(?:[0-9]+|{_ROMAN}|[a-z])[.)]\s*|(?<![\s.:-])[\s.:-]+(?:ke[\s-]*)?(?:[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{0,9}}|{_ROMAN})[.:]?$"
)


class Words:
    """The words of one field. Called with a text: its canonical word, or an empty string."""

    def __init__(self, declared: Field) -> None:
        self._known = {_plain(word): word for word in declared.choices}
        for word, others in declared.synonyms.items():
            self._known |= {_plain(other): word for other in others}
        self._asked: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The canonical word that a text means; empty if it means none."""
        found = self._asked.get(text)
        if found is None:
            found = self._asked[text] = self._find(text)
        return found

    def _find(self, text: str) -> str:
        folded = fold(text)
        open_ = _BRACKETS.sub(" ", folded).strip()
        bare = _NUMBERED.sub("", open_).strip()
        for candidate in (folded, open_, bare):
            if found := self._known.get(_plain(candidate)):
                return found
        meant = {self._known.get(_plain(part), "") for part in re.split(r"[/,]|\batau\b", bare)}
        return meant.pop() if len(meant) == 1 else ""


def _plain(text: str) -> str:
    """A word without case, blanks and punctuation; a sign such as "+" stays."""
    folded = fold(text)
    return _NOISE.sub("", folded) or folded.replace(" ", "")
