"""Formatted blank rows are left out before the sheet is parsed; what is read stays the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.excel import cells
from lakip_xlsx.excel.raw import RawCell
from lakip_xlsx.guard.package import open_package
from tests.hostile.base import MONEY, pack, plain, sheet

BLANK = '<row r="5" s="1"><c r="A5" s="1"/></row>'
SAID = st.sampled_from(["", ' s="1" customFormat="1"', ' spans="1:5" x:dyDescent="0.25"', ' ht="15" '])
EMPTY = st.sampled_from(["", '<c r="A{0}" s="1"/>', '<c r="A{0}" s="1" /><c r="C{0}" t="s"/>', '<c r="B{0}"></c>'])
FILLED = st.sampled_from(
    [
        '<c r="B{0}"><v>7</v></c>',
        "<c><v>1</v></c><c/><c><v>2</v></c>",
        '<c r="A{0}" s="1"/><c r="C{0}" t="str"><v>x</v></c>',
        '<c r="A{0}" t="str"><v><![CDATA[' + BLANK + BLANK + "]]></v></c>",
        '<c r="D{0}" t="inlineStr"><is><t>a &lt;row r="1"/&gt;</t></is></c>',
    ]
)
BETWEEN = st.sampled_from(["", "", "", "\n", f"<!-- {BLANK}{BLANK} -->"])


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Rows with and without content, with and without numbers."""
    text, number = "", 0
    for _ in range(draw(st.integers(0, 9))):
        step = draw(st.integers(1, 3))
        number += step
        said = "" if step == 1 and draw(st.booleans()) else f' r="{number}"'
        said += draw(SAID)
        held = draw(FILLED if draw(st.integers(0, 2)) == 0 else EMPTY).format(number)
        text += f"<row{said}>{held}</row>" if held or draw(st.booleans()) else f"<row{said}/>"
        text += draw(BETWEEN)
    return text


def read(path: Path) -> dict[int, dict[int, RawCell]]:
    with open_package(path) as package:
        book = cells.read_listing(package)
        return book.sheet(book.entries[1]).rows


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kosong") / "isi.xlsx"


@settings(max_examples=400, deadline=None)
@given(data=sheets())
def test_what_is_read_is_the_same_without_the_short_way(data: str, path: Path) -> None:
    path.write_bytes(pack(plain() | {MONEY: sheet(data, root=' xmlns:x="u"')}, level=1))
    short = read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_BLANK_ROWS", re.compile(rb"(?!)"))
        assert read(path) == short


def test_rows_are_left_out(path: Path) -> None:
    found = cells._BLANK_ROWS.sub(b"", f'{BLANK}<row r="6"/><row r="7"><c r="A7"><v>1</v></c></row>'.encode())
    assert found == b'<row r="7"><c r="A7"><v>1</v></c></row>'
