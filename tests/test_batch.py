"""Many workbooks: which are meant, what one bad one may cost, going on, and telling about it."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path, PurePath

import docx
import openpyxl
import pytest

from lakip_xlsx.batch import crew, inputs, remote, report, resume
from lakip_xlsx.batch.inputs import Source, UsageError
from lakip_xlsx.batch.job import run_chunk
from lakip_xlsx.batch.model import Item, Options, Outcome, Status
from lakip_xlsx.batch.run import run
from lakip_xlsx.cli.progress import Progress, duration
from lakip_xlsx.errors import LakipError
from lakip_xlsx.finding import Cell, Finding, Severity
from lakip_xlsx.guard.work import CAN_ALARM, LimitError, WorkLimits, limited
from lakip_xlsx.timings import OFF, Stopwatch, Totals
from tests import batch_work
from tests.test_cli import CLEAN, REAL, lakip

needs_alarm = pytest.mark.skipif(not CAN_ALARM, reason="sistem ini tidak mengenal alarm dan batas memori per proses")
CONVERT = Options(command="convert", findings=False)


@pytest.fixture
def tree(tmp_path):
    """A folder as an office has it: workbooks at two levels, and what lies between them."""
    for name in ("a/satu.xlsx", "a/b/dua.XLSX", "a/b/tiga.xlsm", "a/~$satu.xlsx", "a/satu.temuan.xlsx", "a/baca.txt"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"")
    return tmp_path


def names(found):
    return [PurePath(source.place).name for source in found.sources]


# -- Which workbooks ------------------------------------------------------------------------------------------


def test_a_folder_means_its_workbooks_at_every_level_without_lock_files_and_marked_copies(tree):
    found = inputs.find([str(tree / "a")])
    assert names(found) == ["satu.xlsx", "dua.XLSX", "tiga.xlsm"]
    assert [source.inside.as_posix() for source in found.sources] == ["satu.xlsx", "b/dua.XLSX", "b/tiga.xlsm"]
    assert found.from_folders
    assert found.failures == ()


def test_a_pattern_is_looked_up_here_because_not_every_terminal_does_it(tree):
    assert names(inputs.find([str(tree / "a" / "*.xlsx")])) == ["satu.xlsx"]
    found = inputs.find([str(tree / "*" / "b" / "*.xls?")])
    assert [source.inside.as_posix() for source in found.sources] == ["a/b/tiga.xlsm"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tree):
    place = tree / "a" / "data[1].xlsx"
    place.touch()
    found = inputs.find([str(place)])
    assert (names(found), found.from_folders) == (["data[1].xlsx"], False)


def test_a_file_that_is_also_in_a_named_folder_is_taken_once(tree):
    assert sorted(names(inputs.find([str(tree / "a"), str(tree / "a" / "satu.xlsx")]))) == [
        "dua.XLSX",
        "satu.xlsx",
        "tiga.xlsm",
    ]


@pytest.mark.parametrize("name", ["kosong", "kosong/*.xlsx"])
def test_an_empty_folder_or_pattern_is_told_and_the_others_go_on(tree, name):
    (tree / "kosong").mkdir()
    found = inputs.find([str(tree / name), str(tree / "a" / "satu.xlsx")])
    assert len(found.failures) == 1
    assert "tidak" in found.failures[0]
    assert names(found) == ["satu.xlsx"]


def sources(*places):
    return [Source(place, PurePath(place).relative_to("/masuk")) for place in places]


def test_the_folder_of_results_mirrors_the_tree_of_the_workbooks():
    found = inputs.targets(sources("/masuk/a.xlsx", "/masuk/b/a.xlsx"), "/hasil/", several=True)
    assert [PurePath(target) for target in found] == [PurePath("/hasil/a.docx"), PurePath("/hasil/b/a.docx")]


@pytest.mark.parametrize(
    ("places", "output"),
    [
        (("/masuk/a.xlsx", "/masuk/a.xlsm"), None),
        (("/masuk/Dinas.xlsx", "/masuk/dinas.xlsx"), None),
        (("/masuk/a.xlsx", "/masuk/a.xlsx"), "/hasil/"),
        (("/masuk/a.xlsx", "/masuk/b.xlsx"), "satu.docx"),
    ],
    ids=["two kinds", "capitals", "twice", "one file"],
)
def test_two_documents_of_one_name_are_refused_before_anything_is_written(places, output):
    with pytest.raises(UsageError):
        inputs.targets(sources(*places), output, several=True)


def test_nothing_is_written_when_names_collide(tree):
    for name in ("a/X.xlsx", "a/x.xlsm"):
        shutil.copy(CLEAN, tree / name)
    before = sorted(tree.rglob("*"))
    done = lakip("convert", tree / "a", "-o", tree / "hasil")
    assert done.returncode == 2
    assert "bernama sama" in done.stderr
    assert sorted(tree.rglob("*")) == before


# -- Over an executor: nothing lost, nothing twice ------------------------------------------------------------


def items(folder, *labels):
    return [Item(at, f"{label}.xlsx", str(folder / "log.txt")) for at, label in enumerate(labels)]


def log(folder):
    return [line.split() for line in (folder / "log.txt").read_text().splitlines()]


def statuses(outcomes):
    return {outcome.item.number: outcome.status for outcome in outcomes}


@pytest.mark.parametrize("team", [crew.here(), crew.processes(2)], ids=["here", "processes"])
def test_every_workbook_comes_back_once(tmp_path, team):
    wanted = items(tmp_path, *(f"buku{n}" for n in range(25)))
    outcomes = list(run(wanted, CONVERT, team, do=batch_work.quick))
    assert sorted(outcome.item.number for outcome in outcomes) == list(range(25))
    assert sorted(int(number) for number, _ in log(tmp_path)) == list(range(25))


def test_a_workbook_that_kills_its_worker_is_found_and_the_others_lose_nothing(tmp_path):
    labels = [f"buku{n}" for n in range(10)]
    labels[3] = "mati"
    outcomes = list(run(items(tmp_path, *labels), CONVERT, crew.processes(2), do=batch_work.deadly))
    found = statuses(outcomes)
    assert [number for number, status in found.items() if status is Status.CRASHED] == [3]
    assert len(outcomes) == len(found) == 10
    (bad,) = [outcome for outcome in outcomes if outcome.failure]
    assert "berhenti mendadak" in bad.failure


def test_a_worker_that_is_killed_from_outside_costs_no_workbook(tmp_path):
    labels = [f"buku{n}" for n in range(10)]
    labels[2] = "bunuh"
    outcomes = list(run(items(tmp_path, *labels), CONVERT, crew.processes(2), do=batch_work.killed_once))
    assert set(statuses(outcomes).values()) == {Status.DONE}
    assert len(outcomes) == 10


def test_what_cannot_be_sent_back_is_one_failure(tmp_path):
    outcomes = list(run(items(tmp_path, "satu", "aneh", "dua"), CONVERT, crew.processes(2), do=batch_work.refused))
    assert {n: s for n, s in statuses(outcomes).items() if s is not Status.DONE} == {1: Status.CRASHED}


def limits(tmp_path, **given):
    return Options(command="convert", limits=WorkLimits(witness=tmp_path, ends_process=True, **given))


@needs_alarm
@pytest.mark.parametrize("team", [crew.here(), crew.processes(2)], ids=["here", "processes"])
def test_a_workbook_that_takes_too_long_is_ended_and_the_others_go_on(tmp_path, team):
    options = Options(command="convert", limits=WorkLimits(seconds=0.5))
    outcomes = list(run(items(tmp_path, "satu", "lama", "dua"), options, team, do=batch_work.slow))
    assert [status.name for _, status in sorted(statuses(outcomes).items())] == ["DONE", "UNREADABLE", "DONE"]
    (late,) = [outcome.failure for outcome in outcomes if outcome.failure]
    assert "lama.xlsx: belum selesai dalam 0.5 detik" in late


@pytest.mark.skipif(sys.platform == "win32", reason="perlu sleep dari pustaka C")
def test_a_worker_that_is_stuck_ends_itself_and_leaves_word_why(tmp_path):
    options = limits(tmp_path, seconds=0.5)
    outcomes = list(run(items(tmp_path, "satu", "lama", "dua"), options, crew.processes(2), do=batch_work.stuck))
    assert [status.name for _, status in sorted(statuses(outcomes).items())] == ["DONE", "UNREADABLE", "DONE"]
    assert "--batas-waktu" in next(outcome.failure for outcome in outcomes if outcome.failure)


@needs_alarm
def test_a_workbook_that_takes_all_memory_is_ended_and_the_others_go_on(tmp_path):
    options = limits(tmp_path, memory=4 * 2**30)
    outcomes = list(run(items(tmp_path, "satu", "besar", "dua"), options, crew.processes(1), do=batch_work.hungry))
    assert [status.name for _, status in sorted(statuses(outcomes).items())] == ["DONE", "UNREADABLE", "DONE"]
    assert "memori" in next(outcome.failure for outcome in outcomes if outcome.failure)


@needs_alarm
def test_the_limits_hold_for_real_work_and_are_gone_after_it():
    with pytest.raises(LimitError, match="detik"), limited(WorkLimits(seconds=0.05), "x"):
        time.sleep(5)
    with limited(WorkLimits(seconds=0.2), "x"):
        pass
    time.sleep(0.3)  # nothing rings any more
    with pytest.raises(LimitError, match="memori"), limited(WorkLimits(memory=32 * 2**30), "x"):
        bytearray(64 * 2**30)


def test_few_workbooks_are_done_here_and_many_by_processes(monkeypatch):
    monkeypatch.setattr(crew, "available_cores", lambda: 4)
    monkeypatch.setattr(crew, "CAN_ALARM", True)
    assert crew.choose(None, 1, page_numbers=True).workers == 1
    assert not crew.choose(None, crew.PAYS_FROM - 1, page_numbers=False).own
    assert crew.choose(None, crew.PAYS_FROM, page_numbers=False).workers == 4
    assert crew.choose(None, crew.PAYS_FROM_WITH_PAGES, page_numbers=True).workers == 3
    assert crew.choose(2, 100, page_numbers=False).workers == 2
    monkeypatch.setattr(crew, "CAN_ALARM", False)
    assert crew.choose(None, 2, page_numbers=False).own  # without an alarm only a process of its own can be ended
    assert not crew.choose(None, 1, page_numbers=False).own


def test_who_only_hands_out_work_loads_no_library_of_the_work():
    code = "import sys, lakip_xlsx.cli.check, lakip_xlsx.cli.convert; print({'pandas', 'docx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# -- The real work --------------------------------------------------------------------------------------------


@pytest.fixture
def offices(tmp_path):
    """Three workbooks, one with faults, and one that is none."""
    for name, sample in (("dinas", CLEAN), ("kota/dinas", CLEAN), ("kota/kesbangpol", REAL)):
        (tmp_path / "masuk" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample, tmp_path / "masuk" / f"{name}.xlsx")
    (tmp_path / "masuk" / "rusak.xlsx").write_text("bukan workbook")
    return tmp_path


def test_a_folder_becomes_a_folder_and_one_bad_workbook_costs_nothing(offices):
    done = lakip("convert", "masuk", "-o", "hasil", "--tanpa-halaman", cwd=offices)
    assert done.returncode == 3
    found = sorted(path.relative_to(offices / "hasil").as_posix() for path in (offices / "hasil").rglob("*.docx"))
    assert found == ["dinas.docx", "kota/dinas.docx", "kota/kesbangpol.docx"]
    lines = done.stdout.splitlines()
    assert f"masuk/dinas.xlsx: tidak ada temuan -> {Path('hasil/dinas.docx')}" in [
        line.replace("\\", "/") for line in lines
    ]
    counted = {" ".join(line.split()[:-1]): line.split()[-1] for line in lines if line.startswith("  ")}
    assert counted["selesai"] == "2"
    assert counted["selesai dengan kesalahan"] == "1"
    assert counted["tidak terbaca atau tidak tertulis"] == "1"
    assert counted["jumlah"] == "4"
    assert "rusak.xlsx" in done.stderr


def test_the_documents_are_the_same_whoever_made_them(offices):
    for name, more in (("sendiri", []), ("proses", ["--jobs", "2"])):
        lakip("convert", "masuk", "-o", name, "--tanpa-halaman", *more, cwd=offices)
    alone = {path.name: path.read_bytes() for path in (offices / "sendiri").rglob("*.docx")}
    assert alone == {path.name: path.read_bytes() for path in (offices / "proses").rglob("*.docx")}
    lakip("convert", "masuk/dinas.xlsx", "-o", "satu.docx", "--tanpa-halaman", cwd=offices)
    assert (offices / "satu.docx").read_bytes() == alone["dinas.docx"]


def test_check_of_a_folder_in_json_is_a_list_and_the_summary_is_elsewhere(offices):
    done = lakip("check", "masuk", "--format", "json", cwd=offices)
    listed = json.loads(done.stdout)
    assert [each["workbook"] for each in listed] == ["dinas.xlsx", "rusak.xlsx", "dinas.xlsx", "kesbangpol.xlsx"]
    assert "Ringkasan" in done.stderr
    assert done.stdout.startswith("[\n  {\n    ")


def test_with_full_the_findings_of_every_workbook_are_listed(offices):
    brief, full = (lakip("check", "masuk", *more, cwd=offices).stdout for more in ([], ["--full"]))
    assert "KESALAHAN" not in brief
    assert full.count("KESALAHAN") >= 10


def test_an_empty_folder_is_a_single_failure(tmp_path):
    done = lakip("check", tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "tidak memuat workbook" in done.stderr
    assert json.loads(lakip("check", tmp_path, "--format", "json").stdout) == []


def test_timings_name_every_stage_on_stderr(offices):
    done = lakip("convert", "masuk/dinas.xlsx", "--tanpa-halaman", "--timings", cwd=offices)
    assert [line.split()[0] for line in done.stderr.splitlines()] == [
        "membaca",
        "menghitung",
        "memeriksa",
        "menyusun",
        "mengisi",
        "menyimpan",
        "jumlah",
    ]
    assert "ms" not in done.stdout


def test_a_stage_inside_another_is_counted_once(monkeypatch):
    times = iter([0.0, 1.0, 3.0, 7.0])
    monkeypatch.setattr("lakip_xlsx.timings.time.perf_counter", lambda: next(times))
    watch = Stopwatch()
    with watch.stage("luar"), watch.stage("dalam"):
        pass
    assert watch.seconds == {"luar": 1.0 + 4.0, "dalam": 2.0}
    totals = Totals()
    totals.add(watch.seconds)
    assert [line.split()[-2] for line in totals.lines()] == ["28.6", "71.4", "100.0"]
    with OFF.stage("luar"):
        pass


# -- Going on -------------------------------------------------------------------------------------------------


def unchanged(folder, *more):
    done = lakip("convert", "masuk", "-o", "hasil", "--tanpa-halaman", "--lanjut", *more, cwd=folder)
    return sorted(Path(line.split(":")[0]).name for line in done.stdout.splitlines() if "tidak berubah)" in line), done


def edited(document):
    """The document after somebody typed a word into it."""
    opened, saved = docx.Document(io.BytesIO(document)), io.BytesIO()
    opened.paragraphs[0].add_run(" disunting")
    opened.save(saved)
    return saved.getvalue()


def test_going_on_leaves_alone_what_is_unchanged_and_still_there(offices):
    assert unchanged(offices)[0] == []
    again, done = unchanged(offices)
    assert again == ["dinas.xlsx", "dinas.xlsx", "kesbangpol.xlsx"]
    assert done.returncode == 3
    (offices / "hasil" / "dinas.docx").unlink()
    os.utime(offices / "masuk" / "kota" / "dinas.xlsx")  # touched, not changed
    assert unchanged(offices)[0] == ["dinas.xlsx", "kesbangpol.xlsx"]
    shutil.copy(REAL, offices / "masuk" / "dinas.xlsx")
    assert unchanged(offices)[0] == ["dinas.xlsx", "kesbangpol.xlsx"]
    assert unchanged(offices, "--tata-letak", "lan-2003")[0] == []


def test_a_changed_logo_beside_the_workbook_is_noticed(tmp_path):
    document, logo = tmp_path / "a.docx", tmp_path / "logo.png"
    document.write_bytes(b"d")
    logo.write_bytes(b"1")
    entry = resume.Entry("k", resume.digest(document), 0, (0, 0, 0), beside=(("logo.png", resume.digest(logo)),))
    resume.append(tmp_path, [("a.docx", entry)])
    known = resume.load(tmp_path)["a.docx"]
    assert known.holds("k", document, tmp_path)
    logo.write_bytes(b"2")
    assert not known.holds("k", document, tmp_path)


def test_going_on_keeps_the_exit_code_of_what_it_leaves_alone(offices):
    (offices / "masuk" / "rusak.xlsx").unlink()
    assert unchanged(offices)[1].returncode == 1
    again, done = unchanged(offices)
    assert (len(again), done.returncode) == (3, 1)


def test_a_document_that_a_person_changed_is_not_left_alone_silently(offices):
    unchanged(offices)
    target = offices / "hasil" / "dinas.docx"
    target.write_bytes(edited(target.read_bytes()))
    again, done = unchanged(offices)
    assert again == ["dinas.xlsx", "kesbangpol.xlsx"]
    assert "tidak ditimpa" in done.stderr


def test_another_version_or_template_makes_everything_anew(tmp_path, monkeypatch):
    workbook, template = tmp_path / "a.xlsx", tmp_path / "t.docx"
    workbook.write_bytes(b"1")
    template.write_bytes(b"2")
    before = resume.key(workbook, template, "resep")
    assert resume.key(workbook, template, "lain") != before
    template.write_bytes(b"33")
    assert resume.key(workbook, template, "resep") != before
    template.write_bytes(b"2")
    monkeypatch.setattr(resume, "__version__", "9")
    assert resume.key(workbook, template, "resep") != before


def test_a_torn_line_in_the_state_costs_only_that_document(tmp_path):
    entry = resume.Entry("k", "d", 0, (0, 1, 2))
    resume.append(tmp_path, [("a.docx", entry), ("b.docx", entry), ("a.docx", entry)])
    place = tmp_path / resume.NAME
    place.write_text(place.read_text() + '{"name": "c.docx", "ke')
    assert resume.load(tmp_path) == {"a.docx": entry, "b.docx": entry}
    resume.compact(tmp_path)
    assert len(place.read_text().splitlines()) == 2
    assert resume.load(tmp_path) == {"a.docx": entry, "b.docx": entry}


def test_nothing_new_is_begun_once_the_user_wants_to_stop(tmp_path):
    asked = iter([False, False, True, True, True])
    done = run(items(tmp_path, *"abcdef"), CONVERT, crew.here(), do=batch_work.quick, stopped=lambda: next(asked))
    assert [outcome.item.number for outcome in done] == [0, 1]


def test_a_run_can_be_taken_up_whatever_ended_it_and_the_report_keeps_what_was_known(offices):
    """An earlier run needs no option for that, and a killed one leaves what it had written down."""
    (offices / "masuk" / "rusak.xlsx").unlink()
    plain = ["convert", "masuk", "-o", "hasil", "--tanpa-halaman", "--report", "r.xlsx"]
    lakip(*plain, cwd=offices)
    first = openpyxl.load_workbook(offices / "r.xlsx")
    again = lakip(*plain, "--lanjut", cwd=offices)
    assert again.stdout.count("tidak berubah)") == 3
    assert "3 dokumen tanpa nomor halaman" in again.stdout
    second = openpyxl.load_workbook(offices / "r.xlsx")
    assert second["Temuan"].max_row == first["Temuan"].max_row > 40
    told = [[cell.value for cell in row][:14] for row in second["Workbook"].iter_rows()]
    assert told == [[cell.value for cell in row][:14] for row in first["Workbook"].iter_rows()]
    assert {"Kantor", "Tahun", "Capaian (%)", "Serapan (%)"} <= set(told[0])


def test_a_report_that_a_person_changed_is_left_alone(offices):
    place = offices / "r.xlsx"
    report.write(RESULT, place)
    report.demand_format(place)
    edited_book = openpyxl.load_workbook(place)
    edited_book["Workbook"]["P2"] = "sudah saya telepon"
    edited_book.save(place)
    before = place.read_bytes()
    done = lakip("convert", "masuk", "-o", "hasil", "--tanpa-halaman", "--report", place, cwd=offices)
    assert done.returncode == 2
    assert "tidak ditimpa" in done.stderr
    assert place.read_bytes() == before
    assert not (offices / "hasil").exists()
    report.demand_format(place, force=True)


@pytest.mark.skipif(sys.platform == "win32", reason="perlu sinyal POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_batch_says_what_was_done_and_can_be_taken_up(tmp_path, jobs):
    (tmp_path / "masuk").mkdir()
    for number in range(30):
        shutil.copy(CLEAN, tmp_path / "masuk" / f"dinas{number:02}.xlsx")
    arguments = ["convert", "masuk", "-o", "hasil", "--tanpa-halaman", "--jobs", jobs]
    with (
        (tmp_path / "stderr.txt").open("w+") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "lakip_xlsx", *arguments],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        out = process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)  # as the terminal does: to the parent and its workers
        out += process.stdout.read()
        process.wait(60)
        errors.seek(0)
        said = errors.read()
    assert process.returncode == 130
    assert said.strip().startswith("Menyelesaikan")
    assert "Traceback" not in said
    told = [line for line in out.splitlines() if " -> " in line]
    written = sorted(path.name for path in (tmp_path / "hasil").glob("*.docx"))
    assert "Dihentikan" in out
    assert 0 < len(written) < 30
    assert len(told) == len(written)
    assert not list((tmp_path / "hasil").glob("*.tmp"))
    again = lakip(*arguments, "--lanjut", cwd=tmp_path).stdout
    assert again.count("(tidak berubah)") == len(written)
    assert len(list((tmp_path / "hasil").glob("*.docx"))) == 30


# -- Telling about it -----------------------------------------------------------------------------------------

EVIL = '=HYPERLINK("http://x")'
FINDING = Finding("ANG-001", Severity.ERROR, EVIL, Cell("Anggaran", "C9"), "+1", "-5.000", "@x\x01")
RESULT = report.Result(
    (
        Outcome(item=Item(0, "=a.xlsx", "a.docx"), status=Status.WITH_ERRORS, layout="lan-2003", year=2025,
                counts=(1, 0, 0), findings=(FINDING,), document="a.docx"),
        Outcome(item=Item(1, "b.xlsx", "b.docx"), status=Status.UNREADABLE, failure="b.xlsx: berkas rusak"),
        Outcome(item=Item(2, "c.xlsx", "c.docx"), status=Status.DONE, counts=(0, 0, 3), document="c.docx",
                unchanged=True),
    ),
    ("x: folder kosong",),
    ("d.xlsx",),
)  # fmt: skip


def test_the_report_in_json_has_all_findings_and_what_became_of_each_workbook():
    found = json.loads(report.render(RESULT, Path("r.json")))
    first, second, third = found["workbooks"]
    assert (first["status"], first["exit"], first["draft"]) == ("selesai dengan kesalahan", 1, True)
    assert first["findings"][0]["message"] == EVIL
    assert second["unreadable"] == "b.xlsx: berkas rusak"
    assert (third["unchanged"], third["summary"]) == (True, {"error": 0, "warning": 0, "info": 3, "unfilled": 0})
    assert (found["failures"], found["not_begun"]) == (["x: folder kosong"], ["d.xlsx"])


def test_the_report_in_csv_opens_in_excel_and_starts_no_formula():
    rendered = report.render(RESULT, Path("r.csv"))
    assert rendered.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(rendered.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["Status"] for row in rows] == [
        "selesai dengan kesalahan",
        "tidak terbaca atau tidak tertulis",
        "selesai",
        "tidak terbaca atau tidak tertulis",
        "belum dikerjakan",
    ]
    assert rows[0]["Temuan"] == f"'{EVIL}"
    assert (rows[0]["Seharusnya"], rows[0]["Tertulis"]) == ("+1", "-5.000")  # numbers stay numbers
    assert all(value[:1] not in {"=", "@"} for row in rows for value in row.values())


def test_the_report_as_a_workbook_holds_texts_and_no_formula(tmp_path):
    report.write(RESULT, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Workbook", "Temuan"]
    kinds = Counter(cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row)
    assert kinds["f"] == 0
    assert book["Temuan"]["F2"].value == EVIL
    heading, first = ([cell.value for cell in row] for row in book["Workbook"].iter_rows(max_row=2))
    told = dict(zip(heading, first, strict=True))
    assert (told["Workbook"], told["Status"], told["Kesalahan"], told["Dokumen"], told["Tahun"]) == (
        "=a.xlsx",
        "selesai dengan kesalahan",
        1,
        "a.docx",
        2025,
    )
    assert report.render(RESULT, tmp_path / "r.xlsx") == report.render(RESULT, tmp_path / "r.XLSX")


def test_a_report_that_could_not_be_written_is_refused_before_the_work(offices):
    done = lakip("convert", "masuk", "--report", "r.pdf", cwd=offices)
    assert done.returncode == 2
    assert lakip("convert", "masuk", "--report", "tiada/r.csv", cwd=offices).returncode == 2
    assert not list(offices.rglob("*.docx"))


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_one_line_on_a_terminal_and_sparse_elsewhere():
    clock = iter(range(0, 1000, 4))
    terminal = Terminal()
    progress = Progress(5, terminal, lambda: next(clock))
    progress.done("a.xlsx")
    assert "1 dari 5 workbook, sisa sekitar 16 detik  a.xlsx" in terminal.getvalue()
    assert "\n" not in terminal.getvalue()
    progress.clear()
    assert terminal.getvalue().endswith("\r\x1b[2K")
    plain = io.StringIO()
    progress = Progress(5, plain, lambda: next(clock))
    for _ in range(5):
        progress.done("a.xlsx")
    assert plain.getvalue() == "3 dari 5 workbook, sisa sekitar 8 detik\n"
    again = Terminal()
    progress = Progress(2, again, lambda: next(clock))
    progress.again()
    assert again.getvalue().endswith("0 dari 2 workbook  ")
    progress.done("a.xlsx")
    progress.clear()
    progress.again()
    assert "1 dari 2 workbook" in again.getvalue().rpartition("\r")[2]
    waiting = Terminal()
    Progress(1, waiting, lambda: next(clock), waiting="Menghitung ...").again()
    assert "Menghitung ..." in waiting.getvalue()
    alone = Terminal()
    Progress(1, alone, lambda: next(clock)).done("a.xlsx")
    assert alone.getvalue() == ""


def test_a_span_of_time_is_said_as_people_say_it():
    assert [duration(s) for s in (0.2, 59, 61, 3700)] == ["1 detik", "59 detik", "1 menit 1 detik", "1 jam 1 menit"]


# -- Addresses ------------------------------------------------------------------------------------------------


def test_workbook_and_document_may_stand_at_an_address(tmp_path):
    fsspec = pytest.importorskip("fsspec", reason="fsspec tidak terpasang (pip install lakip-xlsx[dask])")
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/kantor/a/dinas.xlsx", CLEAN.read_bytes())
    memory.pipe_file("/kantor/~$dinas.xlsx", b"")
    found = inputs.find(["memory://kantor"])
    assert [(source.place, source.inside.as_posix()) for source in found.sources] == [
        ("memory:///kantor/a/dinas.xlsx", "a/dinas.xlsx")
    ]
    (target,) = inputs.targets(found.sources, "memory://hasil/", several=True)
    item = Item(0, found.sources[0].place, target)
    (outcome,) = run_chunk((item,), CONVERT)
    assert (outcome.status, outcome.failure) == (Status.DONE, "")
    sent = memory.cat_file("/hasil/a/dinas.docx")
    lakip("convert", shutil.copy(CLEAN, tmp_path / "dinas.xlsx"), "--tanpa-halaman")
    assert sent == (tmp_path / "dinas.docx").read_bytes()
    changed = edited(sent)
    memory.pipe_file("/hasil/a/dinas.docx", changed)
    (refused,) = run_chunk((item,), CONVERT)
    assert "tidak ditimpa" in refused.failure
    assert memory.cat_file("/hasil/a/dinas.docx") == changed
    (lost,) = run_chunk((Item(0, "memory://kantor/tiada.xlsx", target),), CONVERT)
    assert "tidak ditemukan" in lost.failure


def test_an_address_works_over_processes_too(offices):
    pytest.importorskip("fsspec", reason="fsspec tidak terpasang (pip install lakip-xlsx[dask])")
    address = (offices / "masuk").as_uri()
    done = lakip("convert", address, "-o", (offices / "hasil").as_uri() + "/", "--tanpa-halaman", "--jobs", "2")
    assert done.returncode == 3
    assert len(list((offices / "hasil").rglob("*.docx"))) == 3
    going_on = lakip("convert", address, "-o", (offices / "hasil").as_uri() + "/", "--lanjut")
    assert going_on.returncode == 2


def test_without_the_library_an_address_is_one_clear_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(LakipError, match="pip install"):
        remote.listing("s3://ember/a")
    assert not remote.is_address(r"C:\data\a.xlsx")
