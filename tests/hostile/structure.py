"""Damages the structure of an .xlsx or .docx at random: parts, relations, elements, attributes, bits of the zip."""

from __future__ import annotations

import random
from collections.abc import Callable

from lxml import etree

from tests.hostile.base import Parts, pack

Way = Callable[[Parts, random.Random], bytes]

_VALUES = (
    "", "-1", "0", "1", "7", "NaN", "1e309", "99999999999999999999", "4294967296", "auto", "true", "none", "rId1",
    "rId999", "A1:XFD1048576", "{{instansi.nama}}", "{{#sasaran}}", "{{/sasaran}}", "{{", "x" * 3000, "١٢", "\u202e",
    "../../x", "http://contoh.invalid/x", "file:///etc/passwd", "\\\\server\\bagi\\x", "FFFFFF", "Heading1",
    "2025-02-30", "a b c",
)  # fmt: skip
_KINDS = (
    "image", "hyperlink", "styles", "settings", "numbering", "header", "footer", "officeDocument", "oleObject",
    "aFChunk", "attachedTemplate", "theme", "customXml", "chart", "vbaProject", "entah", "worksheet",
    "sharedStrings", "frame",
)  # fmt: skip
_TARGETS = (
    "NULL", "", "/", "..", "../x.xml", "document.xml", "styles.xml", "/word/document.xml", "/word/../word/styles.xml",
    "http://contoh.invalid/x", "file:///etc/passwd", "\\\\server\\bagi\\x", "word\\document.xml", "STYLES.xml",
    "#x", "%2e%2e/x",
)  # fmt: skip
_PREFIX = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_DEEP = 300


def damaged(number: int, parts: Parts) -> bytes:
    """The file with one to three damages of its structure; the same number gives the same file."""
    chance = random.Random(number)
    for _ in range(chance.randint(0, 2)):
        way = chance.choice(_STEPS)
        parts = way(dict(parts), chance)
    if chance.random() < 0.1:
        return _bits(pack(parts), chance)
    return pack(chance.choice(_STEPS)(dict(parts), chance))


def _bits(data: bytes, chance: random.Random) -> bytes:
    """The packed file with a few single bits turned over."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _part(parts: Parts, chance: random.Random) -> Parts:
    """A part is lost, emptied, cut, doubled, exchanged for another, or has bits turned over."""
    name, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    data = parts[name]
    way = chance.randrange(7)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[name] = b""
    elif way == 2:
        parts[name] = data[: chance.randrange(len(data) + 1)]
    elif way == 3:
        parts[name.upper() if chance.random() < 0.5 else f"word/x{chance.randrange(9)}.xml"] = data
    elif way == 4:
        parts[name] = parts[other]
    elif way == 5 and data:
        parts[name] = _bits(data, chance)
    else:
        parts[name] = data.decode("utf-8", "replace").encode("utf-16")
    return parts


def _relation(parts: Parts, chance: random.Random) -> Parts:
    """A relation leads elsewhere, is of another kind, doubled or lost; or a content type is another one."""
    names = sorted(name for name in parts if name.endswith(".rels") or name == "[Content_Types].xml")
    name = chance.choice(names)
    root = _tree(parts[name])
    if root is None or not len(root):
        return parts
    entry = chance.choice(list(root))
    way = chance.randrange(6)
    if way == 0:
        entry.set("Target", chance.choice(_TARGETS))
    elif way == 1:
        entry.set("Type", _PREFIX + chance.choice(_KINDS))
    elif way == 2:
        entry.set("TargetMode", chance.choice(["External", "Internal", "Entah"]))
        entry.set("Target", chance.choice(_TARGETS))
    elif way == 3:
        root.remove(entry)
    elif way == 4:
        key = chance.choice(sorted(entry.attrib) or ["Id"])
        entry.set(key, chance.choice([str(chance.choice(list(root)).get(key)), chance.choice(_VALUES)]))
    else:
        root.append(etree.fromstring(etree.tostring(entry)))
        root[-1].set("Id", "rIdX")
    return parts | {name: etree.tostring(root)}


def _tree(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _element(parts: Parts, chance: random.Random) -> Parts:
    """An element is lost, doubled, moved, renamed, emptied, nested deeply, or says something else."""
    name, root = _any_tree(parts, chance)
    if root is None:
        return parts
    elements = list(root.iter(etree.Element))
    for _ in range(chance.randint(1, 4)):
        element, other = chance.choice(elements), chance.choice(elements)
        chance.choice(_MOVES)(element, other, chance)
    return parts | {name: etree.tostring(root)}


def _lose(element: etree._Element, _: etree._Element, __: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(element: etree._Element, _: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(chance.randrange(len(parent) + 1), etree.fromstring(etree.tostring(element)))


def _move(element: etree._Element, other: etree._Element, _: random.Random) -> None:
    if element.getparent() is not None and other not in set(element.iter()):
        other.append(element)


def _rename(element: etree._Element, other: etree._Element, _: random.Random) -> None:
    element.tag = other.tag


def _say(element: etree._Element, _: etree._Element, chance: random.Random) -> None:
    element.text = chance.choice(_VALUES)


def _empty(element: etree._Element, _: etree._Element, __: random.Random) -> None:
    element.clear()


def _deepen(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    for _ in range(chance.choice([5, 60, 110, _DEEP]) if chance.random() < 0.2 else 0):
        element = etree.SubElement(element, other.tag)


def _turn(element: etree._Element, _: etree._Element, __: random.Random) -> None:
    element[:] = reversed(list(element))


_MOVES = (_lose, _double, _move, _rename, _say, _empty, _deepen, _turn)


def _attribute(parts: Parts, chance: random.Random) -> Parts:
    """Attributes have other values, those of others, or are gone."""
    name, root = _any_tree(parts, chance)
    if root is None:
        return parts
    holders = [element for element in root.iter(etree.Element) if element.attrib]
    for _ in range(chance.randint(1, 5) if holders else 0):
        element, other = chance.choice(holders), chance.choice(holders)
        key = chance.choice(sorted(element.attrib) or ["x"])
        if chance.random() < 0.2:
            element.attrib.pop(key, None)
        elif chance.random() < 0.3 and other.attrib:
            element.set(chance.choice(sorted(other.attrib)), chance.choice(sorted(other.attrib.values())))
        else:
            element.set(key, chance.choice(_VALUES))
    return parts | {name: etree.tostring(root)}


def _any_tree(parts: Parts, chance: random.Random) -> tuple[str, etree._Element | None]:
    names = sorted(name for name in parts if name.endswith(".xml"))
    if not names:
        return "", None
    main = [name for name in names if name.endswith(("document.xml", "styles.xml", "numbering.xml", "item1.xml"))]
    name = chance.choice(main if main and chance.random() < 0.6 else names)
    return name, _tree(parts[name])


_STEPS: tuple[Callable[[Parts, random.Random], Parts], ...] = (_part, _relation, _element, _attribute)
