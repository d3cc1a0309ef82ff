"""The batch on a real Dask cluster of two workers, one of which is killed in the middle."""

import json
import shutil
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from tests.regency.build import build
from tests.test_cli import CLEAN, lakip

pytestmark = pytest.mark.skipif(
    find_spec("distributed") is None, reason="distributed tidak terpasang (pip install lakip-xlsx[dask])"
)
WORKBOOKS = 40


@contextmanager
def dask(*arguments, folder):
    """A program of the library, as a cluster runs it."""
    with (folder / f"{arguments[0]}{time.monotonic_ns()}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{arguments[0]}", *arguments[1:]],
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(30)


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the cluster did not get ready"
        time.sleep(0.1)


@contextmanager
def cluster(folder):
    """A scheduler and two workers of one thread each; yields its address and the workers."""
    known = folder / "scheduler.json"
    file = ["--scheduler-file", str(known)]
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    with dask("dask_scheduler", *file, "--port", "0", "--no-dashboard", "--host", "127.0.0.1", folder=folder):
        wait_for(lambda: known.exists() and known.stat().st_size > 0)
        worker = ["dask_worker", *file, *options]
        with dask(*worker, folder=folder) as one, dask(*worker, folder=folder) as two:
            yield json.loads(known.read_text())["address"], [one, two]


def text(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml")


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "lakip_xlsx", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_killed_worker_loses_nothing_and_does_nothing_twice(tmp_path):
    (tmp_path / "masuk").mkdir()
    for number in range(WORKBOOKS):
        shutil.copy(CLEAN, tmp_path / "masuk" / f"dinas{number:02}.xlsx")
    (tmp_path / "masuk" / "rusak.xlsx").write_text("bukan workbook")
    masuk, hasil, report = tmp_path / "masuk", tmp_path / "hasil", tmp_path / "r.json"
    with cluster(tmp_path) as (address, workers):
        arguments = ["convert", masuk, "-o", hasil, "--tanpa-halaman", "--scheduler", address, "--report", report]
        process = start(*arguments)
        wait_for(lambda: list(hasil.glob("*.docx")))
        workers[0].kill()
        out, err = process.communicate(timeout=180)
    assert process.returncode == 3, err
    told = [each["path"] for each in json.loads(report.read_text())["workbooks"]]
    assert len(told) == len(set(told)) == WORKBOOKS + 1
    documents = sorted(hasil.glob("*.docx"))
    assert len(documents) == WORKBOOKS
    assert out.count(" -> ") == WORKBOOKS
    lakip("convert", masuk / "dinas07.xlsx", "-o", tmp_path / "sama.docx", "--tanpa-halaman")
    assert (tmp_path / "sama.docx").read_bytes() == (hasil / "dinas07.docx").read_bytes()
    assert {text(path) for path in documents} == {text(tmp_path / "sama.docx")}


def test_a_scheduler_that_does_not_answer_is_one_clear_line(tmp_path):
    shutil.copy(CLEAN, tmp_path / "a.xlsx")
    done = lakip("check", tmp_path / "a.xlsx", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "tidak menjawab" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_recap_of_a_cluster_is_that_of_one_process_also_when_a_worker_is_killed(tmp_path):
    regency = build(tmp_path / "kabupaten", offices=9)
    home = regency.folder
    lists = ["--daftar", "daftar.xlsx", "--apbd", "apbd.xlsx", "--quiet"]
    with cluster(tmp_path) as (address, workers):
        running = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "lakip_xlsx",
                "recap",
                home / "masuk",
                "-o",
                "JAUH.xlsx",
                *lists,
                "--scheduler",
                address,
            ],
            cwd=home,
        )
        spool = home / ".JAUH.lakip-rekap"
        wait_for(lambda: spool.exists() and spool.stat().st_size > 0)
        workers[1].kill()
        assert running.wait(120) == 1
    assert lakip("recap", home / "masuk", "-o", "DEKAT.xlsx", *lists, "--jobs", "1", cwd=home).returncode == 1
    assert (home / "JAUH.xlsx").read_bytes() == (home / "DEKAT.xlsx").read_bytes()
