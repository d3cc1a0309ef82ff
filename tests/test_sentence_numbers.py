"""``check --angka``: every number of the sentences, for people and for programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from lakip_xlsx import pipeline
from lakip_xlsx.cli.main import cli
from lakip_xlsx.finding import State

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.xlsx"))


@pytest.mark.parametrize("name", NAMES)
def test_text_and_json_tell_the_same_numbers(name: str) -> None:
    path = str(SAMPLES / f"{name}.xlsx")
    text = CliRunner().invoke(cli, ["check", path, "--angka"]).stdout
    told = json.loads(CliRunner().invoke(cli, ["check", path, "--numbers", "--format", "json"]).stdout)["numbers"]
    counts = Counter(item["state"] for item in told["items"])
    assert told["total"] == len(told["items"]) > 10
    assert {state.value: told[state.value] for state in State} == {state.value: counts[state.value] for state in State}
    last = re.search(r"([0-9]+) angka dalam teks: ([0-9]+) cocok, ([0-9]+) bertentangan, ([0-9]+) tidak ada", text)
    assert last is not None
    assert [int(each) for each in last.groups()] == [told[key] for key in ("total", "tied", "contradicted", "told")]


@pytest.mark.parametrize("name", NAMES)
def test_each_number_stands_in_its_quote_and_its_cell(name: str) -> None:
    checked = pipeline.check(SAMPLES / f"{name}.xlsx")
    texts = {
        (table.name, table.cell(row, key).ref): table.text(row, key)
        for table in checked.book.tables.values()
        for row in table.rows
        for key in table.letters
    }
    for number in pipeline.sentence_numbers(checked):
        whole = " ".join(texts[number.cell.sheet, number.cell.ref].split())
        assert number.text in number.quote
        assert number.text.casefold() in whole.casefold()
        assert number.state is State.TOLD or number.source or number.text.strip("% ") in {"0", "100"}, number


def test_the_2019_conclusion_contradicts_its_table() -> None:
    checked = pipeline.check(SAMPLES / "kesbangpol-tebo-2019.xlsx")
    wrong = {number.text for number in pipeline.sentence_numbers(checked) if number.state is State.CONTRADICTED}
    assert "4 (empat)" in wrong  # indicators: five stand in the table
    clean = pipeline.check(SAMPLES / "dinas-contoh-2025.xlsx")
    assert not [each for each in pipeline.sentence_numbers(clean) if each.state is State.CONTRADICTED]


def test_the_report_can_carry_every_number_of_its_texts(tmp_path: Path) -> None:
    checked = pipeline.check(SAMPLES / "kesbangpol-tebo-2019.xlsx")
    told = pipeline.sentence_numbers(checked)
    path = tmp_path / "laporan.docx"
    path.write_bytes(pipeline.document(checked, numbers=True).data)
    (grid,) = (table for table in docx.Document(str(path)).tables if table.cell(0, 2).text == "Dalam kalimat")
    rows = [[cell.text for cell in row.cells] for row in grid.rows[1:]]
    assert sorted((row[0], row[1], row[2]) for row in rows) == sorted(
        (str(one.cell), one.text, one.quote) for one in told
    )
    assert {row[3] for row in rows} <= {"cocok", "bertentangan", "tidak ada pada tabel"}
    assert all((row[3] == "tidak ada pada tabel") == (row[4] == "-") for row in rows)
