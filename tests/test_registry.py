"""The registry: what it refuses, what it skips, and in which order it tells."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from docs.build import TARGET, render
from lakip_xlsx.checks import rule as declarations
from lakip_xlsx.checks.places import Lembar
from lakip_xlsx.checks.registry import ALL_CODES, CHECKS, RULES, UNRULED, CheckResult, chosen, run
from lakip_xlsx.checks.rule import FAMILIES, Fault, Rule, rule
from lakip_xlsx.excel.read import read_workbook
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.figures.figures import Figures
from lakip_xlsx.finding import Severity, Skipped
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.layouts.outline import Layout
from lakip_xlsx.workbook.book import Book, Form, Table
from samples.markdown import parse_markdown

LAYOUT = LAYOUTS[0]
DECLARED = Rule(
    code="ANG-900",
    severity=Severity.INFO,
    title="Judul",
    what="Yang diperiksa.",
    why="Alasan.",
    fix="Perbaiki.",
    example="Contoh.",
)


@pytest.fixture(autouse=True)
def _no_rule_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules declared in a test are forgotten after it."""
    monkeypatch.setattr(declarations, "_CHECKS", dict(declarations._CHECKS))


def read(markdown: str, folder: Path) -> Book:
    path = folder / "workbook.xlsx"
    write_workbook(path, parse_markdown(markdown), layout=LAYOUT)
    return read_workbook(path)


def check(markdown: str, folder: Path, *codes: str) -> CheckResult:
    return run(read(markdown, folder), LAYOUT, only=frozenset(codes) or None)


# --- declarations -------------------------------------------------------------------------------------


def test_inputs_follow_from_the_signature() -> None:
    def function(anggaran: Table, program: Table | None, form: Form, figures: Figures, layout: Layout, book: Book):
        return [anggaran, program, form, figures, layout, book]

    rule(DECLARED)(function)
    inputs = {"anggaran": False, "program": True, "form": False, "figures": False, "layout": False, "book": False}
    assert declarations._CHECKS["ANG-900"].inputs == inputs


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "XYZ-001"}, "no such family"),
        ({"code": "ANG-1"}, "no such family"),
        ({"code": "ANG-001"}, "declared twice"),
        ({"fix": " "}, "fix is missing"),
        ({"why": ""}, "why is missing"),
        ({"layouts": ("lan-1999",)}, "no layout lan-1999"),
        ({"needs": ("anggaran.pagu",)}, "no column anggaran.pagu"),
    ],
)
def test_nonsense_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rule(replace(DECLARED, **change))(lambda: [])


def _unknown(uang: Table): ...
def _wrong_type(anggaran: Form): ...
def _form_as_table(instansi: Table): ...
def _no_type(anggaran): ...


@pytest.mark.parametrize("function", [_unknown, _wrong_type, _form_as_table, _no_type])
def test_parameters_that_name_no_input_are_refused(function) -> None:
    with pytest.raises(TypeError, match="ANG-900"):
        rule(DECLARED)(function)
    assert "ANG-900" not in declarations._CHECKS


def test_needed_column_of_an_optional_sheet_is_refused() -> None:
    def function(anggaran: Table | None):
        return [anggaran]

    with pytest.raises(TypeError, match=r"anggaran\.serapan"):
        rule(replace(DECLARED, needs=("anggaran.serapan",)))(function)


def test_rules_are_shown_by_family_and_number() -> None:
    families = list(dict.fromkeys(code[:3] for code in RULES))
    assert families == [family for family in FAMILIES if family in families]
    assert list(RULES) == sorted(RULES, key=lambda code: (families.index(code[:3]), code))


def test_texts_are_sentences_of_their_own() -> None:
    for code, declared in {**RULES, **UNRULED}.items():
        for text in (declared.what, declared.why, declared.fix, declared.example):
            assert text[0].isupper() or text.startswith('"'), code
            assert text.endswith("."), code
        assert not declared.title.endswith("."), code
    titles = [declared.title for declared in (*RULES.values(), *UNRULED.values())]
    assert len(set(titles)) == len(titles) == len(ALL_CODES)


# --- choosing -----------------------------------------------------------------------------------------


def test_nothing_chosen_means_everything() -> None:
    assert chosen() == frozenset(ALL_CODES)
    assert {"BRK-001", "ANG-002", "TPL-001"} <= chosen()


def test_codes_and_their_beginnings_are_chosen() -> None:
    assert chosen(["ang-002"]) == {"ANG-002"}
    assert chosen(["PGW", "IDN-0"], ["idn-007"]) == {code for code in ALL_CODES if code[:3] in {"PGW", "IDN"}} - {
        "IDN-007"
    }
    assert chosen(ignore=["NAR"]) == {code for code in ALL_CODES if not code.startswith("NAR")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ANQ", 'Tidak ada kode "ANQ". Apakah maksudnya ANG?'),
        ("nar-0O4", "Apakah maksudnya NAR-004?"),
        ("qqqqqq", 'Tidak ada kode "qqqqqq". Daftarnya: lakip-xlsx explain'),
        ("", 'Tidak ada kode "".'),
    ],
)
def test_unknown_codes_are_refused_with_a_guess(text: str, said: str) -> None:
    for arguments in ([[text]], [[], [text]]):
        with pytest.raises(ValueError, match="Tidak ada kode") as refused:
            chosen(*arguments)
        assert said in str(refused.value)


# --- running ------------------------------------------------------------------------------------------

ONLY_MONEY = """
## Anggaran
| Sumber Dana | Anggaran (Rp) | Realisasi (Rp) |
| --- | --- | --- |
| APBD | 400 | 500 |
| Jumlah | 410 | 500 |
"""


def test_missing_sheet_skips_with_the_reason(tmp_path: Path) -> None:
    result = check(ONLY_MONEY, tmp_path, "PGW-001", "IND-001", "IDN-002", "ANG-001")
    assert result.skipped == (
        Skipped("IDN-002", 'Lembar "Instansi" tidak ada.'),
        Skipped("PGW-001", 'Lembar "Pegawai" tidak ada.'),
        Skipped("IND-001", 'Lembar "Indikator" tidak ada; lembar "Program" tidak ada.'),
    )
    assert [found.code for found in result.findings] == ["ANG-001"]


def test_unreadable_sheet_skips_with_its_own_reason(tmp_path: Path) -> None:
    result = check("## Pegawai\n| Apa | Ini |\n| --- | --- |\n| satu | dua |\n", tmp_path, "PGW-001")
    assert result.skipped == (Skipped("PGW-001", 'Baris judul tabel lembar "Pegawai" tidak ditemukan.'),)


def test_missing_column_skips_with_the_reason(tmp_path: Path) -> None:
    result = check("## Renstra\n| Jenis | Uraian |\n| --- | --- |\n| Visi | Maju |\n", tmp_path, "SIL-002")
    assert result.skipped == (Skipped("SIL-002", 'Kolom Kode tidak ada pada lembar "Renstra".'),)


def test_other_layouts_neither_run_nor_skip(tmp_path: Path) -> None:
    other = replace(LAYOUT, key="tata-letak-lain")
    only_here = {
        code: replace(found, rule=replace(found.rule, layouts=(LAYOUT.key,))) for code, found in CHECKS.items()
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lakip_xlsx.checks.registry.CHECKS", only_here)
        book = read(ONLY_MONEY, tmp_path)
        assert run(book, other) == CheckResult((), ())
        assert run(book, LAYOUT).findings != ()


def test_cell_that_cannot_be_read_is_told_once_and_its_sum_is_skipped(tmp_path: Path) -> None:
    book = ONLY_MONEY.replace("| 400 |", "| #REF! |")
    result = check(book, tmp_path, "ANG-001", "ANG-002", "ANG-003", "ANG-005", "SEL-001", "SEL-007")
    assert [(found.code, str(found.cell)) for found in result.findings] == [("SEL-001", "Anggaran!B6")]
    assert [skip.code for skip in result.skipped] == ["ANG-001", "ANG-002"]
    assert "B6 belum terbaca" in result.skipped[0].reason


def test_findings_are_in_the_order_of_the_workbook(tmp_path: Path) -> None:
    sheets = (
        ONLY_MONEY
        + "## Pegawai\n| Kelompok | Uraian | Awal Tahun | Akhir Tahun |\n| --- | --- | --- | --- |\n"
        + ("| Pendidikan | S 1 | -1 | |\n| Golongan | III | 2 | 3 |\n")
    )
    result = check(sheets, tmp_path)
    places = [(found.cell.sheet, *found.cell.position, found.code) for found in result.findings]
    assert places == sorted(places)
    assert {found.cell.sheet for found in result.findings} == {"Anggaran", "Pegawai"}
    assert result == check(sheets, tmp_path)


def test_findings_pickle(tmp_path: Path) -> None:
    result = check(ONLY_MONEY, tmp_path)
    assert result.findings
    assert pickle.loads(pickle.dumps(result)) == result


def test_all_faults_of_a_rule_are_told_in_one_run(tmp_path: Path) -> None:
    rows = "\n".join(f"| Dana {number} | 10 | 2{number} |" for number in range(1, 8))
    result = check(
        f"## Anggaran\n| Sumber Dana | Anggaran (Rp) | Realisasi (Rp) |\n| - | - | - |\n{rows}", tmp_path, "ANG-005"
    )
    assert [str(found.cell) for found in result.findings] == [f"Anggaran!C{row}" for row in range(6, 13)]


def test_a_fault_with_its_own_advice_keeps_it() -> None:
    place = Lembar("Anggaran")
    assert DECLARED.finding(Fault(place, "Pesan.")).fix == "Perbaiki."
    assert DECLARED.finding(Fault(place, "Pesan.", fix="Lain.")).fix == "Lain."
    assert str(DECLARED.finding(Fault(place, "Pesan.")).cell) == "Anggaran"


# --- documentation ------------------------------------------------------------------------------------


def test_page_of_rules_is_fresh() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), "run: python -m docs.build"


def test_page_of_rules_names_every_code() -> None:
    page = render()
    every = {**RULES, **UNRULED}
    assert [code for code, declared in every.items() if f"### {code}\n\n**{declared.title}**" not in page] == []
    assert page.count("\n### ") == len(every)
