"""Random texts and random damage: nothing is lost, nothing is evaluated, nothing but our own failures is raised.

``LAKIP_FUZZ=20000`` tries so many damaged workbooks instead of the few that every run tries.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from lakip_xlsx import pipeline
from lakip_xlsx.errors import LakipError
from lakip_xlsx.excel.strings import UNKNOWN, unescape
from lakip_xlsx.numbers import bare
from tests.hostile import judge_fuzz
from tests.hostile.base import FORM, INSTANSI, Parts, pack, plain, rows, sheet, workbook
from tests.hostile.fuzz import CASES, damaged, sources

MANY = int(os.environ.get("LAKIP_FUZZ", "240"))
CHUNK = 20
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@pytest.mark.parametrize("first", range(0, MANY, CHUNK))
def test_damage_is_read_or_refused_and_never_crashes(first: int, tmp_path):
    path = tmp_path / "isi.xlsx"
    for number in range(first, min(first + CHUNK, MANY)):
        path.write_bytes(damaged(number, sources()[number % 2]))
        line = refusal(path)
        assert line is None or (20 < len(line) <= 500 and "\n" not in line), number


def refusal(path) -> str | None:
    """Why a workbook is refused; None if it is read, and made into a document."""
    try:
        pipeline.document(pipeline.check(path))
    except LakipError as error:
        return str(error)
    return None


@pytest.mark.parametrize("kind", judge_fuzz.KINDS)
@pytest.mark.parametrize("first", range(0, max(MANY // 4, CHUNK), CHUNK))
def test_damaged_structure_is_read_or_refused_and_what_is_made_is_sound(kind: str, first: int, tmp_path):
    path = tmp_path / f"isi{judge_fuzz.KINDS[kind].suffix}"
    for number in range(first, first + CHUNK):
        path.write_bytes(judge_fuzz.made(kind, number))
        assert judge_fuzz.fault(kind, path) == "", number


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_what_once_ended_badly_ends_well(case: Path):
    kind = case.stem.partition("-")[0]
    path = case.with_suffix(judge_fuzz.KINDS[kind].suffix)
    assert judge_fuzz.fault(kind, path) == "", case.read_text(encoding="utf-8")


def test_the_judge_sees_what_ends_badly(tmp_path, monkeypatch):
    """Neither a crash, nor a wrong line, nor an unsound document goes by unseen."""
    path = tmp_path / "isi.docx"
    path.write_bytes(judge_fuzz.made("templat", 1))
    for error, seen in ((ValueError("x"), "ValueError"), (LakipError("dua\nbaris"), "not one line")):

        def fail(_: Path, error: Exception = error) -> None:
            raise error

        monkeypatch.setitem(judge_fuzz.KINDS, "templat", replace(judge_fuzz.KINDS["templat"], use=fail))
        assert seen in judge_fuzz.fault("templat", path)


def test_same_number_gives_the_same_damage():
    assert all(judge_fuzz.made(kind, 5) == judge_fuzz.made(kind, 5) for kind in judge_fuzz.KINDS)
    assert damaged(7, sources()[0]) == damaged(7, sources()[0])
    assert len({damaged(number, sources()[0]) for number in range(40)}) > 30


def test_damage_is_of_both_kinds(tmp_path):
    path, read = tmp_path / "isi.xlsx", set()
    for number in range(40):
        path.write_bytes(damaged(number, sources()[number % 2]))
        read.add(refusal(path) is None)
    assert read == {True, False}


def stored(text: str) -> str:
    """A text as Excel stores it: escapes for what XML cannot hold, and for what looks like one."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    text = re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda match: f"_x{ord(match[0]):04X}_", text)
    return escape(text)


def filled(text: str) -> Parts:
    """A workbook with a text, stored as it is, as name of the office, indicator, analysis and narrative."""
    cell = "@@"
    parts = plain()
    form = rows([*INSTANSI[:1], ["Nama Instansi", f"Q{cell}Q"], *INSTANSI[2:]])
    indikator = [
        ["Kode", "Kode Sasaran", "Indikator Kinerja", "Satuan", "Arah", "Target", "Realisasi", "Sumber Data"],
        ["I1", "S1", f"W{cell}W", "dokumen", "Naik", 5, 5, "X"],
    ]
    renstra = [["Jenis", "Kode", "Induk", "Uraian"], ["Visi", "V", None, "V"], ["Sasaran", "S1", "T1", f"Z{cell}Z"]]
    entries = [("Instansi", "rId1", ""), ("Indikator", "rId5", ""), ("Renstra", "rId2", "")]
    parts |= {FORM: sheet(form), "xl/worksheets/sheet2.xml": sheet(rows(renstra)), "xl/workbook.xml": workbook(entries)}
    parts["xl/_rels/workbook.xml.rels"] = (
        parts["xl/_rels/workbook.xml.rels"]
        .replace(b"relationships/theme", b"relationships/worksheet")
        .replace(b"theme/theme1.xml", b"worksheets/sheet3.xml")
    )
    parts["xl/worksheets/sheet3.xml"] = sheet(rows(indikator))
    return {name: data.replace(b"@@", text.encode()) for name, data in parts.items()}


def printed(folder, parts: Parts) -> str:
    """All text of the document made from a workbook, without blanks."""
    path = folder / "isi.xlsx"
    path.write_bytes(pack(parts))
    document = docx.Document(str(pipeline.convert(path, force=True).document))
    tags = (f"{{{document.element.nsmap['w']}}}{name}" for name in ("t", "tab", "br"))
    return squeezed("".join(node.text or " " for node in document.element.body.iter(*tags)))


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
@example("a & b < c > d \" e ' f")
@example("=1+1")
@example("{{instansi.pemda}} {{#sasaran}} {{/x}}")
@example("<w:p/>&amp;]]>")
@example("satu_x000D_dua")
@example("\u202eterbalik\u202c e\u0301 👨‍👩‍👧 \u0627\u0644")
@example("nol\x00 esc\x1b tab\t lonceng\x07 batas\ufffe")
@example("x" * 32_000)
def test_text_of_a_cell_stands_in_the_document_as_it_was_typed(tmp_path, text):
    assume(bare(text))
    found = printed(tmp_path, filled(stored(text)))
    wanted = re.sub(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]", UNKNOWN, re.sub(r"[\x0b\x0c]|\r\n?", "\n", text))
    for mark in "QWZ":
        assert squeezed(f"{mark}{wanted}{mark}") in found


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        ("_x000D_\n", "\n"),
        ("a_x000A_b", "a\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD800_", UNKNOWN),
        ("_x0000__x001B_", UNKNOWN * 2),
        ("a_x000B_b", "a\nb"),
        ("_x00e9_ _xZZZZ_ _x12_", "é _xZZZZ_ _x12_"),
        ("x" * 40, "x" * 40),
    ],
)
def test_escape_is_what_excel_shows(kept: str, seen: str):
    assert unescape(kept) == seen


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_unescaped_text_is_fit_for_every_document(text):
    assert re.search(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]", unescape(stored(text))) is None
