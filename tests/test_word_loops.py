"""A loop under a wrong name is told: in our own blocks when the templates are built, in an edited one by its check."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache

import docx
import pytest

from lakip_xlsx.layouts import catalog
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.report import example
from lakip_xlsx.report.content import Content, Node, Teks
from lakip_xlsx.word.build import template
from lakip_xlsx.word.build.blocks import catalog as blocks
from lakip_xlsx.word.build.blocks.body import INDIKATOR, within
from lakip_xlsx.word.build.table import build
from lakip_xlsx.word.fill import template_check
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.fill.scope import repeated
from samples.build import build_templates

_PART = "word/document.xml"
_TAG = re.compile(r"\{\{([#^/]?)\s*([\w.]+)\s*\}\}")
contents = cache(example.content)


def loops(node: Node, path: str = "") -> Iterator[tuple[str, Mapping[str, Node]]]:
    """Every name that repeats, from the beginning of the content, with the first item."""
    items = repeated(node)
    if items:
        yield path, items[0]
        node = items[0]
    if isinstance(node, Mapping):
        for name in node:
            yield from loops(node[name], name if items or not path else f"{path}.{name}")


def sections(xml: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """The opening and the closing tag of every section of a template."""
    pairs, opened = [], []
    for tag in _TAG.finditer(xml):
        if tag[1] == "/":
            pairs.append((opened.pop(), tag))
        elif tag[1]:
            opened.append(tag)
    return pairs


def misspelt(name: str) -> Iterator[str]:
    """The slips of a hand: a letter left out, doubled, or changed for its neighbour."""
    yield from (f"{name[:-1]}", f"{name}{name[-1]}", f"{name[:-2]}{name[-1]}{name[-2]}", f"{name[1:]}")


def renamed(data: bytes, opening: re.Match[str], closing: re.Match[str], name: str) -> bytes:
    """The template with another name for one section."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            content = source.read(part)
            if part == _PART:
                xml = content.decode()
                between = xml[opening.end() : closing.start()]
                changed = f"{{{{#{name}}}}}{between}{{{{/{name}}}}}"
                content = f"{xml[: opening.start()]}{changed}{xml[closing.end() :]}".encode()
            archive.writestr(part, content)
    return target.getvalue()


@pytest.mark.parametrize("layout", catalog.LAYOUTS, ids=lambda layout: layout.key)
def test_every_loop_under_a_wrong_name_is_told(layout: Layout):
    """Misspelt, or the name of something else that repeats: a finding, unless all tags mean something there too."""
    data, content = template.build(layout), contents(layout)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(_PART).decode()
    known = dict(loops(content))
    outermost = {name: item for name, item in known.items() if name.partition(".")[0] in content}
    tried = 0
    for at, (opening, closing) in enumerate(sections(xml)):
        if opening[1] != "#" or opening[2] not in known:
            continue
        inside = {tag[2].partition(".")[0] for tag in _TAG.finditer(xml[opening.end() : closing.start()])}
        slips = [slip for slip in misspelt(opening[2]) if slip not in known]
        others = [name for name, item in outermost.items() if not inside & set(item)]
        wrong = [slips[at % len(slips)], *(others[(at * 2 + more) % len(others)] for more in (0, 1) if others)]
        for name in wrong:
            found = template_check.check(renamed(data, opening, closing, name), layout, content)
            codes = {finding.code for finding in found}
            assert codes & {"TPL-001", "TPL-012"}, (opening[2], name, codes)
            tried += 1
    assert tried > 50


@pytest.mark.parametrize("layout", catalog.LAYOUTS, ids=lambda layout: layout.key)
def test_a_whole_table_within_a_wrong_loop_is_told_once_and_filled_as_a_draft(layout: Layout):
    content = contents(layout)
    document = docx.Document()
    for element in within("pegawai", build(INDIKATOR)):
        document.element.body.insert(len(document.element.body) - 1, element)
    stream = io.BytesIO()
    document.save(stream)
    filled = fill(stream.getvalue(), content)
    assert [finding.code for finding in filled.findings] == ["TPL-012"]
    assert "{{#pegawai}}" in filled.findings[0].message
    assert len(filled.document.tables) > 1  # what it would have done silently


def small(*texts: str) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    for text in texts:
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "texts",
    [
        ("{{#x}}", "{{a}}", "{{/x}}"),
        ("{{#x}}", "{{#a}}", "ada", "{{/a}}", "{{/x}}"),
        ("{{#x}}", "{{^a}}", "tidak ada", "{{/a}}", "{{/x}}"),
        ("{{#x}}", "{{#y}}", "{{a}}", "{{/y}}", "{{/x}}"),
        ("{{#m}}", "apa pun {{b}}", "{{/m}}"),  # entered once
        ("{{^x}}", "{{b}}", "{{/x}}"),
        ("Satu baris {{#x}}{{a}}, {{/x}}"),
    ],
)
def test_a_loop_that_names_something_of_its_own_is_not_told(texts):
    content: Content = {
        "x": [{"a": Teks("1")}, {"a": Teks("2")}],
        "y": {"c": Teks("c")},
        "m": {"c": None},
        "b": Teks("b"),
    }
    assert fill(small(*([texts] if isinstance(texts, str) else texts)), content).findings == ()


def test_our_own_templates_are_not_built_with_a_wrong_loop(tmp_path, monkeypatch):
    wrong = [*within("analisis", build(INDIKATOR))]
    monkeypatch.setitem(blocks.BLOCKS, "tabel_indikator", lambda: wrong)
    monkeypatch.setitem(blocks.BLOCKS, "tabel_capaian_sasaran", lambda: wrong)
    with pytest.raises(ValueError, match=r"\{\{#analisis\}\} mengulang"):
        build_templates(tmp_path)
