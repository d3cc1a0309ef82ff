"""Unfilled is not wrong: a finding says which of the two it is, and every way of showing tells them apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx import pipeline, tools
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell, Finding, FindingKind, Severity, column_letters, ranges
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.report.compose import compose
from lakip_xlsx.show import data, text
from samples.markdown import read_markdown

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module", params=LAYOUTS, ids=lambda layout: layout.key)
def blank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> pipeline.Checked:
    path = tmp_path_factory.mktemp("kosong") / "kosong.xlsx"
    return pipeline.check(tools.new_workbook(path, layout=request.param, year=2025, name="Dinas Contoh"))


def test_a_blank_workbook_is_a_list_of_things_to_do(blank: pipeline.Checked) -> None:
    wrong = [f for f in blank.findings if f.kind is FindingKind.FAULT and f.code != "NAR-007"]
    assert wrong == []
    assert blank.has_errors, "it is a DRAF all the same"
    lines = [line.text for line in text.listing(blank.findings)]
    assert not [line for line in lines if line.lstrip().startswith("KESALAHAN")]
    assert sum("[ ]" in line for line in lines) == text.unfilled(blank.findings)


@pytest.mark.parametrize("width", [50, 80, 140])
def test_the_list_fits_the_terminal(blank: pipeline.Checked, width: int) -> None:
    assert all(len(line.text) <= width for line in text.listing(blank.findings, width=width))


def test_json_tells_both_kinds_apart(blank: pipeline.Checked) -> None:
    told = data.as_data(blank.book.path, blank.layout, blank.year, blank.findings, blank.skipped)
    assert json.loads(json.dumps(told)) == told
    assert told["summary"]["unfilled"] == sum(each["kind"] == "unfilled" for each in told["findings"]) > 0
    weights = sum(told["summary"][weight.value] for weight in Severity)
    assert weights == len(told["findings"]), "unfilled findings keep their weight"


def test_closing_line_counts_both(blank: pipeline.Checked) -> None:
    fault = Finding("ANG-001", Severity.ERROR, "Salah.", Cell("Anggaran", "C7"))
    told = Finding("ANG-007", Severity.INFO, "Sisa.", Cell("Anggaran", "C7"))
    waiting = text.unfilled(blank.findings)
    assert f"belum diisi {waiting}, keliru " in text.summary(blank.findings)
    assert text.summary([fault, told]) == "1 kesalahan, 1 informasi (belum diisi 0, keliru 1)."
    assert text.summary([]) == "Tidak ada temuan."


def test_the_page_of_findings_has_the_faults_first_and_says_so(blank: pipeline.Checked) -> None:
    fault = Finding("ANG-001", Severity.ERROR, "Salah.", Cell("Narasi", "C7"))
    page = compose(blank.book, blank.figures, blank.layout, [*blank.findings, fault], {})["temuan"]
    assert "(1 keliru, " in page["kalimat"]
    assert page["baris"][0]["kode"] == "ANG-001"


def test_the_2019_report_has_both(tmp_path: Path) -> None:
    path = tmp_path / "2019.xlsx"
    write_workbook(path, read_markdown(SAMPLES / "kesbangpol-tebo-2019.md"), layout=LAYOUTS[0])
    found = pipeline.check(path).findings
    kinds = {finding.code: finding.kind for finding in found}
    assert kinds["ANG-002"] is FindingKind.FAULT
    assert kinds["SEL-007"] is FindingKind.UNFILLED
    assert "seharusnya" in "\n".join(line.text for line in text.listing(found))


@given(
    st.lists(
        st.builds(
            lambda sheet, column, row: Cell(sheet, f"{column_letters(column)}{row}"),
            st.sampled_from(["Program", "Anggaran Sasaran"]),
            st.integers(1, 4),
            st.integers(1, 6),
        )
    )
)
def test_ranges_name_every_cell_once(cells: list[Cell]) -> None:
    named: list[Cell] = []
    for text_ in ranges(cells):
        sheet, _, ref = text_.partition("!")
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = Cell(sheet, first).position, Cell(sheet, last or first).position
        assert top == bottom or left == right
        named += [
            Cell(sheet, f"{column_letters(c)}{r}") for r in range(top, bottom + 1) for c in range(left, right + 1)
        ]
    assert sorted(named) == sorted(set(cells))


def test_neighbours_print_as_a_range() -> None:
    column = [Cell("Indikator", f"H{row}") for row in range(23, 39)]
    assert ranges(column) == ("Indikator!H23:H38",)
    assert ranges([Cell("Renstra"), *column[:2], Cell("Renstra", "B2")]) == (
        "Renstra",
        "Indikator!H23:H24",
        "Renstra!B2",
    )
