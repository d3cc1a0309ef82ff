"""The command as its users call it: what it prints, where it writes, which exit code it gives."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from lakip_xlsx import translation

SAMPLES = Path(__file__).parent.parent / "samples"
CLEAN, REAL = SAMPLES / "dinas-contoh-2025.xlsx", SAMPLES / "kesbangpol-tebo-2019.xlsx"


def lakip(*arguments, env=None, cwd=None):
    """Run the real program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "lakip_xlsx", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **(env or {})},
        cwd=cwd,
        timeout=120,
        check=False,
    )


@pytest.fixture
def clean(tmp_path):
    return Path(shutil.copy(CLEAN, tmp_path / "dinas.xlsx"))


@pytest.fixture
def real(tmp_path):
    return Path(shutil.copy(REAL, tmp_path / "kesbangpol.xlsx"))


def test_convert_with_no_other_argument_writes_the_document_beside_the_workbook(clean):
    done = lakip("convert", clean)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Dokumen: {clean.with_suffix('.docx')}" in done.stdout
    assert "DRAF" not in done.stdout
    text = "\n".join(p.text for p in docx.Document(str(clean.with_suffix(".docx"))).paragraphs)
    assert "PENDAHULUAN" in text.upper()


def test_error_findings_do_not_stop_the_document_but_make_it_a_draft(real):
    done = lakip("convert", real)
    assert done.returncode == 1
    assert "DRAF" in done.stdout
    document = docx.Document(str(real.with_suffix(".docx")))
    assert all("DRAF" in "".join(section.header._element.itertext()) for section in document.sections)


def test_check_writes_nothing_and_tells_every_finding_in_json(real):
    done = lakip("check", real, "--format", "json")
    result = json.loads(done.stdout)
    assert done.returncode == 1
    assert (result["schema"], result["workbook"], result["layout"], result["year"]) == (1, real.name, "lan-2003", 2019)
    (ten_rupiah,) = [f for f in result["findings"] if f["code"] == "ANG-002"]
    assert (ten_rupiah["sheet"], ten_rupiah["cell"]) == ("Anggaran Sasaran", "C15")
    assert (ten_rupiah["expected"], ten_rupiah["actual"]) == ("1.351.829.790", "1.351.829.800")
    assert ten_rupiah["related"] == [{"sheet": "Anggaran", "cell": "C8"}]
    assert result["summary"]["error"] == sum(f["severity"] == "error" for f in result["findings"])
    assert list(real.parent.iterdir()) == [real]


def test_several_workbooks_are_a_list_and_the_highest_exit_code_counts(clean, real, tmp_path):
    done = lakip("check", clean, tmp_path / "tiada.xlsx", real, "--format", "json")
    assert done.returncode == 3
    assert [("unreadable" in each) for each in json.loads(done.stdout)] == [False, True, False]
    assert "tidak ditemukan" in done.stderr


def test_a_document_that_a_person_changed_is_not_overwritten(clean):
    lakip("convert", clean)
    target = clean.with_suffix(".docx")
    document = docx.Document(str(target))
    document.paragraphs[0].add_run(" disunting")
    document.save(str(target))
    before = target.read_bytes()
    refused = lakip("convert", clean)
    assert refused.returncode == 3
    assert "--force" in refused.stderr
    assert target.read_bytes() == before
    assert lakip("convert", clean, "--force").returncode == 0
    assert target.read_bytes() != before


def test_the_same_workbook_gives_the_same_bytes(clean, tmp_path):
    for name in ("a.docx", "b.docx"):
        assert lakip("convert", clean, "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_output_folder_and_name_collisions(clean, real, tmp_path):
    folder = tmp_path / "hasil"
    folder.mkdir()
    assert lakip("convert", clean, real, "-o", folder).returncode == 1
    names = sorted(path.name for path in folder.iterdir())
    assert names == [".lakip-lanjut.jsonl", "dinas.docx", "kesbangpol.docx"]  # the first for a later --lanjut
    assert lakip("convert", clean, clean, "-o", folder).returncode == 2
    assert lakip("convert", clean, "-o", clean).returncode == 2


def test_new_writes_a_blank_workbook_and_never_over_a_file(tmp_path):
    target = tmp_path / "kosong.xlsx"
    assert lakip("new", target, "--tahun", "2025", "--nama", "Dinas Contoh").returncode == 0
    before = target.read_bytes()
    refused = lakip("new", target)
    assert (refused.returncode, target.read_bytes()) == (3, before)
    assert "tidak ditimpa" in refused.stderr


def test_wrong_use_is_said_in_indonesian():
    assert "Salah pakai: Tidak ada perintah 'chek'. Maksudnya 'check'?" in lakip("chek").stderr
    missing = lakip("convert")
    assert missing.returncode == 2
    assert "WORKBOOK" in missing.stderr
    assert lakip("check", "x.xlsx", "--tata-letak", "abc").returncode == 2
    assert "Cara pakai:" in lakip("--help").stdout


def test_explain_lists_all_rules_and_tells_one_in_full():
    overview, one = lakip("explain").stdout, lakip("explain", "ang-002").stdout
    assert "ANG-002" in overview
    assert "BRK-001" in overview
    assert "Cara memperbaiki" in one
    assert lakip("explain", "ang2").stdout == lakip("explain", "ANG 002").stdout == one
    wrong = lakip("explain", "ANX-002")
    assert wrong.returncode == 2
    assert "Maksudnya ANG-002?" in wrong.stderr
    assert "Maksudnya" not in lakip("explain", "XYZ-999").stderr


def test_a_name_that_is_nearly_right_is_asked_back(clean):
    for name in ("dinas", "dinaz.xlsx", "Dinas.XLS"):
        done = lakip("check", clean.with_name(name))
        assert done.returncode == 3
        assert f"Maksudnya {clean}?" in done.stderr
    assert "Maksudnya" not in lakip("check", clean.with_name("laporan.xlsx")).stderr


def test_bounds_are_told_in_words():
    assert "1800 di luar rentang 1990 sampai 2100" in lakip("new", "--tahun", "1800").stderr
    assert "1990 sampai 2100" in lakip("new", "--help").stdout
    assert "paling sedikit 256" in " ".join(lakip("check", "--help").stdout.split())


def test_an_old_console_gets_letters_that_it_has(real):
    shown = lakip("check", real, env={"PYTHONIOENCODING": "cp437"}).stdout
    assert "\\u20" not in shown
    assert "KESALAHAN ANG-002" in shown


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_no_line_is_wider_than_the_terminal(real, columns):
    lines = lakip("check", real, env={"COLUMNS": columns}).stdout.splitlines()
    assert max(map(len, lines)) <= max(40, min(int(columns), 100))


def test_no_colour_where_the_output_is_no_terminal(real):
    assert "\x1b" not in lakip("check", real).stdout


def test_the_translation_catalogue_is_compiled_from_its_source(tmp_path):
    folder = translation.LOCALE / "id" / "LC_MESSAGES"
    with (folder / "messages.po").open("rb") as source, (tmp_path / "m.mo").open("wb") as target:
        write_mo(target, read_po(source, locale="id"))
    assert (tmp_path / "m.mo").read_bytes() == (folder / "messages.mo").read_bytes()


def test_findings_are_chosen_by_code_and_a_wrong_code_is_asked_back(real):
    result = json.loads(lakip("check", real, "--select", "ANG,IND", "--ignore", "ANG-007", "--format", "json").stdout)
    codes = {finding["code"] for finding in result["findings"]}
    assert codes
    assert {code[:3] for code in codes} == {"ANG", "IND"}
    assert "ANG-007" not in codes
    wrong = lakip("check", real, "--select", "ANX")
    assert (wrong.returncode, "ANG" in wrong.stderr) == (2, True)


def test_annotate_writes_a_marked_copy_and_leaves_the_workbook_alone(real):
    before = real.read_bytes()
    done = lakip("check", real, "--annotate", "--quiet")
    copy = real.with_name("kesbangpol.temuan.xlsx")
    assert f"Salinan bertanda: {copy}" in done.stdout
    assert copy.is_file()
    assert real.read_bytes() == before


def test_the_checklist_is_told_and_stands_behind_the_report(clean):
    assert "Checklist reviu" in lakip("check", clean, "--checklist").stdout
    answers = json.loads(lakip("check", clean, "--checklist", "--format", "json").stdout)["checklist"]
    assert len(answers) == 23
    lakip("convert", clean, "--checklist", "--tanpa-halaman")
    document = docx.Document(str(clean.with_suffix(".docx")))
    assert "Checklist Reviu" in [paragraph.text for paragraph in document.paragraphs]


def test_accepted_findings_are_shown_with_their_reason(clean):
    done = lakip("check", clean)
    assert "DITERIMA ANG-007" in done.stdout
    assert "Tidak ada temuan." in done.stdout
    assert json.loads(lakip("check", clean, "--format", "json").stdout)["accepted"][0]["reason"]


def test_explain_lists_one_family(clean):
    lines = lakip("explain", "ang").stdout
    assert "ANG-002" in lines
    assert "BRK-001" not in lines


def test_limits_can_be_raised_for_one_run(clean):
    assert lakip("check", clean, "--batas", "longgar").returncode == 0
    assert lakip("check", clean, "--batas", "besar").returncode == 2


def test_filled_examples_are_laid_down_and_check_as_they_are_told(tmp_path):
    done = lakip("contoh", tmp_path / "contoh")
    assert done.returncode == 0
    laid = sorted(path.name for path in (tmp_path / "contoh").iterdir())
    assert laid == sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".xlsx", ".docx"})
    assert lakip("check", tmp_path / "contoh" / CLEAN.name, "--quiet").returncode == 0
    assert lakip("check", tmp_path / "contoh" / REAL.name, "--quiet").returncode == 1
    again = lakip("contoh", tmp_path / "contoh")
    assert again.returncode == 3
    assert "tidak ditimpa" in again.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_what_is_typed(shell):
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("bash tidak terpasang")
    command = "import sys; sys.argv = ['lakip-xlsx']; from lakip_xlsx.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", command],
        env={**os.environ, "_LAKIP_XLSX_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "_LAKIP_XLSX_COMPLETE" in done.stdout
