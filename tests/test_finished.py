"""Finished documents: checked by the command as people use it, and signed off."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from lakip_xlsx import finished, pipeline
from lakip_xlsx.checks.dokumen.paper import Block, BlockKind, Paper
from lakip_xlsx.checks.dokumen.values import differing_numbers
from lakip_xlsx.cli.main import cli
from lakip_xlsx.finding import Spot, State
from lakip_xlsx.numbers import show
from lakip_xlsx.word.fill.compiled import open_document
from lakip_xlsx.word.follow import signoff
from lakip_xlsx.word.office.soffice import find_soffice

SAMPLES = Path(__file__).parent.parent / "samples"
CLEAN = "dinas-contoh-2025-permenpan"
DATE = dt.date(2026, 2, 2)
needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice (soffice) tidak terpasang")


@pytest.fixture(scope="module")
def made() -> bytes:
    return pipeline.document(pipeline.check(SAMPLES / f"{CLEAN}.xlsx")).data


@pytest.fixture
def report(tmp_path: Path, made: bytes) -> Path:
    shutil.copy(SAMPLES / f"{CLEAN}.xlsx", tmp_path)
    path = tmp_path / f"{CLEAN}.docx"
    path.write_bytes(made)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def edit(path: Path, old: str, new: str) -> None:
    """Change the first text of this wording, wherever runs part it not."""
    document = docx.Document(str(path))
    node = next(each for each in document.element.body.iter() if each.tag.endswith("}t") and old in (each.text or ""))
    node.text = node.text.replace(old, new)
    document.save(str(path))


# --- check --------------------------------------------------------------------------------------------------


def test_an_untouched_document_has_every_number_tied_and_nothing_to_tell(report: Path) -> None:
    result = run("check", report, "--angka", "--format", "json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["document"], told["workbook"], told["compared"], told["year"]) == (
        report.name, f"{CLEAN}.xlsx", True, 2025,
    )  # fmt: skip
    assert told["findings"] == []
    counts = Counter(each["state"] for each in told["numbers"]["items"])
    assert counts == {State.TIED.value: told["numbers"]["total"]}
    assert told["numbers"]["total"] > 500
    assert all(each["heading"] and each["source"] is not None for each in told["numbers"]["items"])


def test_a_changed_cell_is_named_with_its_place_and_its_cell(report: Path) -> None:
    edit(report, "4.660.895.495", "4.660.895.459")
    result = run("check", report)
    assert result.exit_code == 1
    text = " ".join(result.stdout.split())
    assert "Bagian BAB III Akuntabilitas Kinerja > B. Realisasi Anggaran" in text
    assert "KESALAHAN DOK-001 Tabel 31, baris 1, kolom Realisasi (Rp)" in text
    assert "Tertulis 4.660.895.459, workbook memuat 4.660.895.495." in text
    (one,) = json.loads(run("check", report, "--format", "json").stdout)["findings"]
    assert (one["code"], one["sheet"], one["cell"]) == ("DOK-001", "", "")
    assert one["place"] == "Tabel 31, baris 1, kolom Realisasi (Rp)"
    assert one["related"] == [{"sheet": "Anggaran", "cell": "D6"}]


def test_findings_are_selected_as_those_of_a_workbook(report: Path) -> None:
    edit(report, "4.660.895.495", "4.660.895.459")
    assert run("check", report, "--ignore", "DOK-001").exit_code == 0
    assert run("check", report, "--select", "NAR").exit_code == 0
    quiet = run("check", report, "--quiet").stdout
    assert quiet == f"{report.name}: 1 kesalahan (belum diisi 0, keliru 1).\n"


def test_without_its_workbook_a_document_says_that_nothing_was_compared(report: Path) -> None:
    edit(report, "4.660.895.495", "4.660.895.459")
    alone = report.rename(report.parent / "kiriman.docx")
    (report.parent / f"{CLEAN}.xlsx").unlink()
    told = json.loads(run("check", alone, "--angka", "--format", "json").stdout)
    assert not told["compared"]
    assert "--workbook" in told["note"]
    assert told["numbers"]["tied"] == 0
    assert {each["code"] for each in told["findings"]} == {"DOK-001"}  # it still knows what was put there
    given_ = run("check", alone, "--workbook", SAMPLES / f"{CLEAN}.xlsx", "--format", "json")
    assert json.loads(given_.stdout)["compared"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check", "tidak-ada.docx"], 3, "tidak"),
        (["check", "rusak.docx"], 3, "rusak.docx"),
        (["check", "lama.doc"], 3, "lama.doc"),
        (["check", "rusak.docx", f"{CLEAN}.xlsx"], 2, "tersendiri"),
        (["check", "rusak.docx", "--annotate"], 2, "tersendiri"),
        (["check", f"{CLEAN}.xlsx", "--workbook", "x.xlsx"], 2, "dokumen .docx"),
        (["seal", "rusak.docx", "--by", "Siti"], 3, "rusak.docx"),
        (["seal", f"{CLEAN}.docx"], 2, "--by"),
        (["seal", f"{CLEAN}.docx", "--by", "Siti", "--terima", "DOK-001"], 2, "alasan"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str], code: int, said: str, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(report.parent)
    Path("rusak.docx").write_bytes(b"PK\x03\x04 tidak utuh")
    Path("lama.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    result = run(*arguments)
    assert result.exit_code == code
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_a_report_made_elsewhere_is_checked_by_itself(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("LAPORAN KINERJA TAHUN 2025")
    document.add_heading("Realisasi", 1)
    document.add_paragraph("Sebanyak 4 (lima) kegiatan, dengan realisasi 98.65 persen, lihat Tabel 3.")
    document.add_paragraph("Tabel 1. Anggaran Tahun 2024")
    table = document.add_table(0, 2)
    for line in (("Uraian", "Anggaran (Rp)"), ("Pegawai", "100.000"), ("Barang", "50.000"), ("Jumlah", "160.000")):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    path = tmp_path / "lain.docx"
    document.save(str(path))
    codes = [each.code for each in finished.examine(path).findings]
    assert codes == ["DOK-011", "NAR-005", "NAR-012", "DOK-017", "DOK-006"]


# --- values -------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.integers(10**5, 10**12), st.integers(1, 10**5))
def test_another_amount_in_a_sentence_is_told_and_the_same_one_written_otherwise_is_not(one: int, more: int) -> None:
    sentence = "Realisasi anggaran dinas sebesar Rp{} dari seluruh pagu."
    right, wrong = (sentence.format(show(value)) for value in map(Decimal, (one, one + more)))
    assert list(differing_numbers(right, wrong)) == [(f"Rp{show(Decimal(one))}", f"Rp{show(Decimal(one + more))}")]
    assert list(differing_numbers(right, right.replace("Rp", "Rp "))) == []
    assert list(differing_numbers(right, f"Pada tahun itu 3 rapat diadakan. {right}")) == []


# --- seal ---------------------------------------------------------------------------------------------------


def sealed(report: Path, *names: str) -> None:
    for name, role in zip(names, signoff.ROLES, strict=False):
        finished.seal(report, by=name, role=role, date=DATE)


def test_several_people_sign_in_order_and_the_record_lies_inside_and_beside(report: Path) -> None:
    sealed(report, "Siti Aminah, Kasubag", "Budi, Auditor")
    assert [str(error) for error in OpenXmlValidator().validate(report).errors] == []
    beside = signoff.parsed(signoff.beside(report).read_bytes())
    inside = signoff.inside(open_document(report.read_bytes(), "x"))
    assert inside == beside
    assert [(each.by, each.role, each.date) for each in beside.signatures] == [
        ("Siti Aminah, Kasubag", "penyusun", "2026-02-02"),
        ("Budi, Auditor", "inspektorat", "2026-02-02"),
    ]
    told = run("check", report)
    assert told.exit_code == 0
    assert "Diperiksa inspektorat Budi, Auditor, 2 Februari 2026: isinya masih sama." in " ".join(told.stdout.split())


def test_the_same_review_makes_the_same_file(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "dua"
    other.mkdir()
    copies = [Path(shutil.copy(report.with_suffix(ending), other)) for ending in (".docx", ".xlsx")]
    sealed(report, "Siti")
    sealed(copies[0], "Siti")
    assert report.read_bytes() == copies[0].read_bytes()


def test_errors_stand_in_the_way_until_they_are_accepted_with_a_reason(report: Path) -> None:
    edit(report, "4.660.895.495", "4.660.895.459")
    before = report.read_bytes()
    refused = run("seal", report, "--by", "Siti", "--tanggal", "2026-02-02")
    assert refused.exit_code == 1
    assert "belum dicatat" in refused.stdout
    assert report.read_bytes() == before
    assert not signoff.beside(report).exists()
    done = run("seal", report, "--by", "Siti", "--tanggal", "2026-02-02", "--terima", "DOK-001=menunggu LRA")
    assert done.exit_code == 0
    assert "bukan tanda tangan elektronik" in done.stdout
    told = json.loads(run("check", report, "--format", "json").stdout)
    assert told["findings"] == []
    assert [(each["code"], each["reason"]) for each in told["accepted"]] == [("DOK-001", "menunggu LRA")]


def test_another_fault_of_an_accepted_code_is_not_accepted(report: Path) -> None:
    edit(report, "4.660.895.495", "4.660.895.459")
    finished.seal(report, by="Siti", role="penyusun", date=DATE, accept={"DOK-001": "menunggu LRA"})
    edit(report, "513.585.600", "513.585.601")
    found = finished.examine(report).findings
    assert [(each.code, each.actual) for each in found] == [("DOK-001", "513.585.601"), ("DOK-018", "513.585.601")]


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"signatures": 3, "texts": {}}', b"[" * 10**5, b"\xff\xfe", b"null"])
def test_a_damaged_record_beside_is_told_and_the_one_inside_serves(report: Path, damage: bytes) -> None:
    sealed(report, "Siti")
    signoff.beside(report).write_bytes(damage)
    result = finished.examine(report)
    assert [each.code for each in result.findings] == ["DOK-020"]
    assert [each.signature.by for each in result.signed] == ["Siti"]


@needs_libreoffice
def test_a_save_by_libreoffice_changes_nothing_and_hides_nothing(report: Path, tmp_path: Path) -> None:
    sealed(report, "Siti", "Budi")
    edit(report, "Sisa itu tidak mengurangi keluaran", "Sisa itu sedikit mengurangi keluaran")
    edit(report, "4.660.895.495", "4.660.895.459")
    saved = tmp_path / "simpan"
    subprocess.run(
        [str(find_soffice()), f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to",
         "docx", "--outdir", str(saved), str(report)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    shutil.copy(report.with_suffix(".xlsx"), saved)
    found = finished.examine(saved / report.name).findings
    told = sorted((each.code, each.actual) for each in found if each.code[:3] == "DOK")
    assert ("DOK-001", "4.660.895.459") in told
    since = [(code, said[:24]) for code, said in told if code in {"DOK-018", "DOK-019"}]
    assert since == [("DOK-018", "4.660.895.459"), ("DOK-019", "Sisa itu sedikit mengura")]


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=12), st.lists(st.text(max_size=20), max_size=12))
def test_a_record_names_exactly_the_texts_that_differ(before: list[str], after: list[str]) -> None:
    record = signoff.Record().signed(of(before), signoff.Signature("Siti", "penyusun", "2026-02-02"))
    assert signoff.parsed(record.as_text()) == record
    assert signoff.changes(record, of(before)) == []
    told = signoff.changes(record, of(after))
    old, new = ([signoff.text_of(block) for block in signoff.units(of(texts))] for texts in (before, after))
    assert (old == new) == (told == [])
    assert Counter(old) - Counter(each.was for each in told if each.was is not None) <= Counter(new)
    assert Counter(new) - Counter(each.now for each in told if each.now is not None) <= Counter(old)


def of(texts: list[str]) -> Paper:
    """A document of these paragraphs."""
    return Paper([Block(Spot("Isi", str(place), place), BlockKind.TEXT, text) for place, text in enumerate(texts)])
