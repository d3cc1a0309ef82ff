"""Every name that a Word template may use: what it is, and inside which repeated part it has a meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report import example
from lakip_xlsx.report.content import Chart, Grid, Image, Node, Paragraph, Teks

_LEFT_OUT: Final = ("temuan", "pengecualian", "reviu", "angka")  # pages of the program's own
_KINDS: Final[dict[type, str]] = {
    Grid: "tabel; sendiri dalam paragrafnya",
    Chart: "grafik; sendiri dalam paragrafnya",
    Image: "gambar; boleh tidak ada",
    Teks: "nilai",
}
_PARAGRAPHS, _REPEATED, _SHOWN, _MAYBE = (
    "paragraf dan daftar; sendiri dalam paragrafnya",
    "berulang untuk setiap isinya",
    "bagian bersyarat",
    "nilai; boleh tidak ada",
)


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A tag as it is written, what it is, and the parts that stand around it, outermost first."""

    tag: str
    kind: str
    inside: tuple[str, ...] = ()


def template_fields(layouts: Iterable[Layout]) -> list[TemplateField]:
    """All names of these layouts, each once, in the order of the report; made from the content that fills it."""
    found: dict[TemplateField, None] = {}
    for layout in layouts:
        content = example.content(layout)
        for name in content:
            if name not in _LEFT_OUT:
                found |= dict.fromkeys(_fields(name, content[name], ()))
    return _grouped(found)


def _grouped(fields: Iterable[TemplateField]) -> list[TemplateField]:
    """What stands inside a part directly behind it, also where another layout adds to it."""
    children: dict[tuple[str, ...], list[TemplateField]] = {}
    for field in fields:
        children.setdefault(field.inside, []).append(field)

    def below(place: tuple[str, ...]) -> Iterator[TemplateField]:
        for field in children.get(place, []):
            yield field
            yield from below((*place, field.tag))

    return list(below(()))


def _fields(name: str, node: Node, inside: tuple[str, ...]) -> Iterator[TemplateField]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _fields(f"{name}.{key}", value, inside)
        return
    if isinstance(node, bool):
        yield TemplateField(f"{{{{#{name}}}}}", _SHOWN, inside)
        return
    if not isinstance(node, Sequence) or isinstance(node, str) or not node:
        yield TemplateField(f"{{{{{name}}}}}", _KINDS.get(type(node), _MAYBE), inside)
        return
    if isinstance(node[0], Paragraph):
        yield TemplateField(f"{{{{{name}}}}}", _PARAGRAPHS, inside)
        return
    opening = f"{{{{#{name}}}}}"
    yield TemplateField(opening, _REPEATED, inside)
    for key, value in _united(item for item in node if isinstance(item, Mapping)).items():
        yield from _fields(key, value, (*inside, opening))


def _united(items: Iterable[Mapping[str, Node]]) -> dict[str, Node]:
    """What the items of a repeated part hold between them: of each name the first value that is there."""
    found: dict[str, Node] = {}
    for item in items:
        for key, value in item.items():
            known = found.get(key)
            if isinstance(known, Mapping) and isinstance(value, Mapping):
                found[key] = _united((known, value))
            elif known is None or known == ():
                found[key] = value
    return found
