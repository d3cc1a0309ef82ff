"""What the page says is what the terminal says."""

from __future__ import annotations

import html
import io
import json
import re
from collections import Counter

import docx
import openpyxl
import pytest

from lakip_xlsx.finding import Severity
from lakip_xlsx.show import groups
from lakip_xlsx.show.rules import declared, sections
from lakip_xlsx.web import shown
from tests.processes import until
from tests.test_cli import CLEAN, REAL, lakip
from tests.web.visit import form


@pytest.fixture(scope="module")
def done(visitor):
    return visitor.work("LAKIP Kesbangpol 2019.xlsx", REAL.read_bytes())


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_finding_of_the_terminal_stands_on_the_page(visitor, done):
    told = json.loads(lakip("check", REAL, "--format", "json").stdout)
    page = text_of(visitor.get(f"/kerja/{done}").text)
    for finding in told["findings"]:
        assert flat(finding["message"]) in page
        assert flat(finding["fix"]) in page
        assert finding["code"] in page
        if finding["kind"] == "fault":
            assert flat(finding["expected"]) in page
            assert flat(finding["actual"]) in page or not finding["expected"]
    assert f"{len(told['findings'])} temuan" in page
    for finding in told["accepted"]:
        assert flat(finding["reason"]) in page


def test_the_sorts_share_out_all_findings_and_each_filter_shows_its_own(visitor, done):
    told = json.loads(lakip("check", REAL, "--format", "json").stdout)["findings"]
    sorts = Counter("belum-diisi" if each["kind"] == "unfilled" else each["severity"] for each in told)
    names = {"belum-diisi": "belum-diisi", "error": "keliru", "warning": "peringatan", "info": "informasi"}
    whole = visitor.get(f"/kerja/{done}").text
    for key, name in names.items():
        page = visitor.get(f"/kerja/{done}?jenis={name}").text
        assert set(re.findall(r'class="finding sort-([a-z-]+)"', page.partition("judul-diterima")[0])) == {name}
        counted = re.search(rf'class="sort-{name}"[^>]*>[^<]*<span class="count">(\d+)', whole)
        assert counted is not None
        assert int(counted[1]) == sorts[key]
    assert visitor.get(f"/kerja/{done}?jenis=<script>").text.count("<article") == whole.count("<article")


def test_every_code_is_explained_as_by_explain(visitor, done):
    page = visitor.get(f"/kerja/{done}").text
    for code in set(re.findall(r'href="#aturan-([A-Z]{3}-\d{3})"', page)):
        rule = declared(code)
        assert rule is not None
        explained = text_of(page.partition(f'id="aturan-{code}"')[2].partition("</article>")[0])
        assert all(flat(text) in explained for _, text in sections(rule))


def test_what_is_taken_carries_the_name_that_people_know(visitor, done, tmp_path):
    answer = visitor.get(f"/kerja/{done}/ambil/dokumen")
    assert "filename*=UTF-8''LAKIP%20Kesbangpol%202019.docx" in answer.headers["content-disposition"]
    place = tmp_path / "LAKIP Kesbangpol 2019.docx"
    place.write_bytes(answer.body)
    assert docx.Document(str(place)).paragraphs
    (tmp_path / "LAKIP Kesbangpol 2019.xlsx").write_bytes(REAL.read_bytes())
    traced = lakip("trace", place, "--berubah")  # finds the workbook beside it, by the name that was sent
    assert "Workbook masih berisi sama" in traced.stdout
    marked = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/kerja/{done}/ambil/salinan").body))
    told = [str(cell.value) for row in marked.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("LAKIP Kesbangpol 2019.xlsx" in text for text in told)
    assert visitor.get(f"/kerja/{done}/ambil/pdf").status == 404  # LibreOffice is not there


def test_a_clean_workbook_is_told_so(visitor):
    key = visitor.work("dinas.xlsx", CLEAN.read_bytes())
    page = text_of(visitor.get(f"/kerja/{key}").text)
    assert "Dokumen siap diperiksa" in page
    assert "DRAF karena" not in page


def test_several_in_one_form_and_what_is_no_workbook_is_named(visitor):
    fields = [("berkas", name, b"bukan") for name in ("a.xlsx", "b.docx", "~$c.xlsx", "d.XLSM")]
    body, kind = form(*fields)
    answer = visitor.ask("POST", f"{visitor.base}/berkas", body, Content_Type=kind, Accept="application/json")
    assert len(answer.data["diterima"]) == 2
    assert [said.partition(":")[0] for said in answer.data["ditolak"]] == ["b.docx", "~$c.xlsx"]
    nothing, kind = form(("lain", "", b"x"))
    answer = visitor.ask("POST", f"{visitor.base}/berkas", nothing, Content_Type=kind)
    assert (answer.status, "Tidak ada berkas yang dipilih" in answer.text) == (400, True)


def test_last_years_workbook_becomes_the_next_as_by_the_command(visitor, tmp_path):
    def forward(name, content):
        body, kind = form(("berkas", name, content))
        answer = visitor.ask("POST", f"{visitor.base}/lanjut", body, Content_Type=kind, Accept="application/json")
        (key,) = answer.data["diterima"]
        assert until(lambda: visitor.get(f"/kerja/{key}/keadaan").data["selesai"], 60)
        return f"/kerja/{key}"

    source = tmp_path / "Dinas 2025.xlsx"
    source.write_bytes(CLEAN.read_bytes())
    told = lakip("new", "terminal.xlsx", "--from", source.name, cwd=tmp_path, env={"COLUMNS": "400"})
    place = forward(source.name, source.read_bytes())
    page = text_of(visitor.get(place).text)
    lines = [line.strip(" -") for line in told.stdout.splitlines()]
    assert all(flat(line) in page for line in lines[1:] if line and not line.startswith(("Tidak ikut", "Isi dahulu")))
    taken = visitor.get(f"{place}/ambil/dokumen")
    assert "lakip-2026.xlsx" in taken.headers["content-disposition"]
    assert taken.body == (tmp_path / "terminal.xlsx").read_bytes()  # the same, also in the name of where it came from
    assert "tidak dapat dikerjakan" in visitor.get(forward("rusak.xlsx", b"bukan")).text


@pytest.mark.parametrize("year", ["20", "1989", "2101", "dua ribu", "²⁰²⁵", "-2025"])
def test_a_year_that_is_none_is_told(visitor, year):
    body, kind = form(("tahun", "", year.encode()), ("nama", "", b""), ("tata_letak", "", b""))
    answer = visitor.ask("POST", f"{visitor.base}/kosong", body, Content_Type=kind)
    assert answer.status == 400
    assert "dari 1990 sampai 2100" in answer.text


def test_many_alike_are_all_told_or_placed():
    """Findings beyond those told one by one are still named by their places."""
    from lakip_xlsx.finding import Cell, Finding

    for count in (1, 4, 5, 201, 202, 900):
        findings = [
            Finding("SEL-001", Severity.ERROR, f"pesan {n}", Cell("Program", f"A{n}")) for n in range(7, 7 + count)
        ]
        (part,) = shown.parts(findings, None)
        told = sum(1 + len(entry.others) for entry in part.entries)
        rest = [re.findall(r"dan (\d+) lagi", entry.rest) for entry in part.entries]
        assert told + sum(int(number) for found in rest for number in found) == count == part.count
    assert shown.counted([]) == "tidak ada temuan"
    assert set(groups.SORTS) == set(groups.Sort)
