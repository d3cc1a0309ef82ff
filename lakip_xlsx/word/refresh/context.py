"""What all steps of a refresh share: the two documents, what is the same in them, and the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from docx.document import Document

from lakip_xlsx.word.build import styles
from lakip_xlsx.word.refresh.adopt import Adopter, style_names
from lakip_xlsx.word.refresh.changes import Log
from lakip_xlsx.word.refresh.entries import Listed, Pairs, Row, Table, Value, pair
from lakip_xlsx.word.xml import RPR, Element, el, qn, remove, style_of, val

_STYLE = qn("w:rStyle")


@dataclass(slots=True)
class Context:
    """One refresh: ``old`` is the document that people edited, ``fresh`` what the workbook gives now."""

    document: Document
    new_document: Document
    old: Listed
    fresh: Listed
    pairs: Pairs
    adopter: Adopter
    log: Log
    fixed_texts: Callable[[], frozenset[str]]  # paragraphs of the template that hold no value
    names: dict[str, str] = field(default_factory=dict)
    new_names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        document: Document,
        old: Listed,
        new_document: Document,
        fresh: Listed,
        fixed_texts: Callable[[], frozenset[str]],
    ) -> Context:
        """A refresh that is about to begin."""
        made = cls(
            document,
            new_document,
            old,
            fresh,
            pair(old, fresh),
            Adopter(new_document, document),
            Log(document),
            fixed_texts,
            style_names(document),
            style_names(new_document),
        )
        made.adopter.reserve(str(mark.get("bookmark")) for mark in old.root.iter() if mark.get("bookmark"))
        things: list[Value | Table] = [*fresh.every(), *fresh.tables]
        for thing in things:
            before = made.before(thing)
            if before is not None and thing.listed.get("bookmark") and before.listed.get("bookmark"):
                made.adopter.names[str(thing.listed.get("bookmark"))] = str(before.listed.get("bookmark"))
        return made

    def before(self, fresh: Value | Row | Table) -> Value | Row | Table | None:
        """The same thing in the old document."""
        found = self.pairs.old.get(id(fresh))
        return found if isinstance(found, Value | Row | Table) else None

    def after(self, old: Value | Row | Table) -> Value | Row | Table | None:
        """The same thing in the fresh document."""
        found = self.pairs.fresh.get(id(old))
        return found if isinstance(found, Value | Row | Table) else None

    def style(self, paragraph: Element) -> str:
        """The name of a paragraph's style in the old document."""
        return self.names.get(style_of(paragraph), "")

    def new_style(self, paragraph: Element) -> str:
        """The name of a paragraph's style in the fresh document."""
        return self.new_names.get(style_of(paragraph), "")

    def is_marker(self, run: Element, *, new: bool) -> bool:
        """Whether a run has the look of what is missing."""
        reference = run.find(f"{RPR}/{_STYLE}")
        names = self.new_names if new else self.names
        marker = self.new_names.get(styles.MARKER, styles.MARKER.casefold())
        return reference is not None and names.get(str(reference.get(qn("w:val")))) == marker

    def set_marker(self, run: Element, *, wanted: bool) -> None:
        """Give a run the look of what is missing, or take it away."""
        if self.is_marker(run, new=False) == wanted:
            return
        properties = run.find(RPR)
        if properties is None:
            properties = el("w:rPr")
            run.insert(0, properties)
        for old in properties.findall(_STYLE):
            remove(old)
        if wanted:
            properties.insert(0, val("w:rStyle", self.adopter.style(styles.MARKER)))
