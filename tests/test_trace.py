"""Tracing: every value leads back to its cells, and what people do to the document afterwards is told."""

from __future__ import annotations

import copy
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from lakip_xlsx import pipeline, tools
from lakip_xlsx.errors import UnreadableError
from lakip_xlsx.excel.write import write_workbook
from lakip_xlsx.finding import Cell
from lakip_xlsx.layouts.catalog import LAYOUTS
from lakip_xlsx.report.compose import compose
from lakip_xlsx.report.content import Align, Grid, Paragraph, Teks
from lakip_xlsx.show.trace import split
from lakip_xlsx.word.fill import anchors
from lakip_xlsx.word.fill.anchors import Origin
from lakip_xlsx.word.fill.fill import fill
from lakip_xlsx.word.follow import trace
from lakip_xlsx.word.follow.trace import Item, State
from lakip_xlsx.word.office.soffice import find_soffice
from lakip_xlsx.workbook.keys import RowKeys
from samples.build import as_standard
from samples.markdown import parse_markdown

SAMPLE = (Path(__file__).parent.parent / "samples" / "dinas-contoh-2025.md").read_text(encoding="utf-8")
FORMER = Path(__file__).parent / "documents" / "anchors-1.docx"  # made before fields and keys were listed
needs_libreoffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice (soffice) tidak terpasang")


def workbook(folder: Path, text: str = SAMPLE, name: str = "dinas.xlsx") -> Path:
    path = folder / name
    write_workbook(path, as_standard(parse_markdown(text)), layout=LAYOUTS[0])
    return path


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("jejak")
    return pipeline.convert(workbook(folder)).document


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def edited(report: Path) -> Document:
    return docx.Document(str(report))


def state_of(items: tuple[Item, ...], inserted: str) -> list[State]:
    return [item.state for item in items if item.inserted == inserted]


def small(*texts: str) -> bytes:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def row_table(*tags: str) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=2, cols=len(tags))
    for cell, tag in zip(table.rows[1].cells, tags, strict=True):
        cell.text = tag
    return saved(document)


def rows(many: int) -> list[dict[str, Teks]]:
    return [
        {
            "no": Teks(str(n)),
            "a": Teks(f"nama {n}", (Cell("Data", f"B{n}"),)),
            "b": Teks(str(n * 7), (Cell("Data", f"C{n}"),)),
        }
        for n in range(1, many + 1)
    ]


def filled(template: bytes, content: dict[str, object]) -> Document:
    return fill(template, content).document


# What is written


def test_every_value_of_a_report_leads_to_cells_or_says_where_it_is_from(report):
    found = trace.read(report)
    assert found.origin == Origin("dinas.xlsx", "lan-2003", "")
    assert Counter(item.state for item in found.items) == {State.SAME: len(found.items)}
    kinds = Counter(item.kind for item in found.items)
    assert kinds["nilai"] > 600
    assert kinds["tabel"] == len(edited(report).tables)
    assert kinds["grafik"] == len(edited(report).element.body.findall(f".//{qn('w:drawing')}"))
    from_nowhere = [item for item in found.items if not item.sources]
    assert {item.how for item in from_nowhere} <= {
        "menurut tata letak",
        "kalimat baku",
        "temuan pemeriksaan",
        "nomor urut",
        "tahun laporan",
        "judul tabel",
        "capaian − serapan, dari angka sebelum dibulatkan",
    }


def test_computed_values_say_how(report):
    items = trace.read(report).items
    hows = {(item.inserted, item.how): item.sources for item in items if item.kind == "nilai"}
    total = next(item for item in items if item.how == "jumlah kolom" and item.sources[0].startswith("'Anggaran'!"))
    assert total.inserted == "5.322.700.000"
    assert total.sources == ("'Anggaran'!C6:C7",)
    assert ("97,22", "jumlah realisasi ÷ jumlah anggaran × 100") in hows
    assert any(how == "rata-rata capaian indikator" for _, how in hows)
    assert any(how.startswith("realisasi ÷ target × 100") for _, how in hows)


def texts(node: object, path: str = "") -> Iterator[tuple[str, Teks]]:
    """Every text of a content, with its place."""
    if isinstance(node, Teks):
        yield path, node
    elif isinstance(node, Paragraph):
        yield path, node.text
    elif isinstance(node, Grid):
        yield from ((f"{path}[{node.headings[at]}]", cell) for row in node.rows for at, cell in enumerate(row))
    elif isinstance(node, Mapping):
        for key in node:
            yield from texts(node[key], f"{path}.{key}")
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for item in node:
            yield from texts(item, path)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
@pytest.mark.parametrize("narratives", [True, False])
def test_no_text_of_any_layout_is_without_an_origin(layout, narratives, tmp_path):
    text = SAMPLE if narratives else re.sub(r"## Narasi\n.*?(?=## )", "", SAMPLE, flags=re.DOTALL)
    checked = pipeline.check(workbook(tmp_path, text), layout=layout)
    content = compose(checked.book, checked.figures, layout, ())
    found = [(path, said) for path, said in texts(content) if said and not said.missing]
    unknown = {path for path, said in found if not said.sources and not said.how and said not in {"-", "n/a"}}
    assert len(found) > 700
    allowed = re.compile(
        r".*(\.no|\[No\]|\.kode_sasaran|\.satuan)|\.keuangan\..*\.kode"
    )  # numbers, and what no tag shows
    assert [path for path in unknown if not allowed.fullmatch(path)] == []
    explained = {said.how for path, said in found if path == ".keuangan.penjelasan"}
    assert explained == ({""} if narratives else {"kalimat dengan angka hitungan"})


def test_text_seen_by_scripts_and_people_is_not_touched():
    cells = (Cell("Anggaran", "C6"),)
    document = filled(small("Rp {{a}} dari {{b}}"), {"a": Teks("5", cells), "b": Teks("7", cells, how="jumlah kolom")})
    assert document.paragraphs[0].text == "Rp 5 dari 7"
    names = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert names == ["_lakip1", "_lakip2"]  # a leading underscore hides a bookmark from Word's list


def test_same_content_same_bytes(tmp_path):
    first, second = (pipeline.document(pipeline.check(workbook(tmp_path))).data for _ in range(2))
    assert first == second


def test_the_document_stays_valid(report):
    assert OpenXmlValidator().validate(str(report)).errors == []


def test_a_long_table_has_one_bookmark_a_row_and_every_value():
    many = anchors.LONG + 1
    document = filled(row_table("{{#x}}{{no}}", "{{a}}", "{{b}}{{/x}}"), {"x": rows(many)})
    marks = list(document.element.body.iter(qn("w:bookmarkStart")))
    assert len(marks) == many + 1  # and the table's own
    found = trace.read(saved(document))
    assert [item.inserted for item in found.items if item.sources == ("'Data'!C50",)] == ["350"]
    assert Counter(item.state for item in found.items) == {State.SAME: 2 * many + 1}


def test_odd_sheet_names_and_texts_come_back_as_they_are():
    cells = (Cell('Bu Ani\'s <R&D> "x" 1', "B2"), Cell("Data 2"))
    text = 'a < b & "c" \x07\n baris'
    found = trace.read(saved(filled(small("{{x}}"), {"x": Teks(text, cells)})))
    assert found.items[0].sources == ("'Bu Ani''s <R&D> \"x\" 1'!B2", "'Data 2'")
    assert found.items[0].state is State.SAME


def test_a_long_text_is_kept_short_and_still_compared():
    text = "kata " * 100
    document = filled(small("{{x}}"), {"x": Teks(text, (Cell("Narasi", "B2"),))})
    [item] = trace.read(saved(document)).items
    assert item.cut
    assert len(item.inserted) < 150
    assert item.state is State.SAME
    next(r for r in document.paragraphs[0].runs if r.text).add_text("lagi")
    assert trace.read(saved(document)).items[0].state is State.CHANGED


def test_a_report_used_as_template_starts_anew():
    document = filled(small("{{x}}"), {"x": Teks("5", (Cell("Lama", "A1"),))})
    document.add_paragraph("{{y}}")
    found = trace.read(saved(filled(saved(document), {"y": Teks("6", (Cell("Baru", "A1"),))})))
    assert [item.sources for item in found.items] == [("'Baru'!A1",)]


# What people do


def test_retyped_text_inside_a_mark_is_told(report):
    document = edited(report)
    run = next(r for p in document.paragraphs for r in p.runs if r.text.startswith("Drs. Bintang"))
    run.text = "Dra. Bulan Rekaan"
    items = trace.read(saved(document)).items
    states = state_of(items, "Drs. Bintang Rekaan, M.Hum.")
    assert states.count(State.CHANGED) == 1
    assert next(item.now for item in items if item.state is State.CHANGED) == "Dra. Bulan Rekaan"


def test_split_runs_and_formats_are_no_change(report):
    document = edited(report)
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if len(run.text) > 3 and len(run._r.findall(qn("w:t"))) == 1:  # a reference has texts around it
                second = copy.deepcopy(run._r)
                second.find(qn("w:t")).text = run.text[2:]
                second.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.text = run.text[:2]
                run.bold = True
                run._r.addnext(second)
    assert Counter(i.state for i in trace.read(saved(document)).items)[State.CHANGED] == 0


def test_a_deleted_section_is_lost_and_nothing_else(report):
    document = edited(report)
    before = len(trace.read(report).items)
    body = document.element.body
    table = next(t._tbl for t in document.tables if t.rows[0].cells[1].text == "Sumber Dana")
    inside = list(table.iter(qn("w:bookmarkStart")))
    body.remove(table)
    found = trace.read(saved(document)).items
    gone = [item for item in found if item.state is State.GONE]
    assert len(found) == before
    assert len(gone) == len(inside)
    assert {item.now for item in gone} == {None}


def test_a_cell_typed_anew_without_its_mark_is_found_by_its_row():
    document = filled(row_table("{{#x}}{{no}}", "{{a}}", "{{b}}{{/x}}"), {"x": rows(3)})
    document.tables[0].rows[2].cells[2].paragraphs[0].clear()
    document.tables[0].rows[2].cells[2].text = "15"
    for mark in list(document.tables[0].rows[2].cells[2]._tc.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    [item] = [item for item in trace.read(saved(document)).items if item.inserted == "14"]
    assert (item.state, item.now) == (State.CHANGED, "15")


def test_a_deleted_column_is_lost_not_guessed():
    document = filled(row_table("{{#x}}{{no}}", "{{a}}", "{{b}}{{/x}}"), {"x": rows(anchors.LONG + 5)})
    for row in document.tables[0].rows:
        row._tr.remove(row._tr.tc_lst[2])
    found = trace.read(saved(document)).items
    assert Counter(item.state for item in found if item.sources[0].startswith("'Data'!C")) == {
        State.UNSURE: anchors.LONG + 5
    }
    assert {item.state for item in found if item.sources[0].startswith("'Data'!B")} == {State.SAME}


def test_an_inserted_column_keeps_what_is_still_there():
    document = filled(row_table("{{#x}}{{no}}", "{{a}}", "{{b}}{{/x}}"), {"x": rows(anchors.LONG + 5)})
    for row in document.tables[0].rows:
        row._tr.tc_lst[0].addprevious(copy.deepcopy(row._tr.tc_lst[0]))
    assert Counter(item.state for item in trace.read(saved(document)).items)[State.SAME] >= 2 * anchors.LONG


def test_a_deleted_row_is_lost_and_its_table_has_fewer_rows():
    document = filled(row_table("{{#x}}{{no}}", "{{a}}", "{{b}}{{/x}}"), {"x": rows(4)})
    table = document.tables[0]
    table._tbl.remove(table.rows[2]._tr)
    found = trace.read(saved(document)).items
    assert [item.inserted for item in found if item.state is State.GONE] == ["nama 2", "14"]
    [changed] = [item for item in found if item.state is State.CHANGED]
    assert (changed.kind, changed.inserted, changed.now) == ("tabel", "5 baris", "4 baris")


def track(name: str, run) -> None:
    holder = OxmlElement(name)
    for key, value in (("w:id", "900"), ("w:author", "x"), ("w:date", "2026-01-01T00:00:00Z")):
        holder.set(qn(key), value)
    run.addprevious(holder)
    holder.append(run)


def test_tracked_deletions_count_as_gone_and_insertions_as_text():
    content = {"x": Teks("lama", (Cell("A", "A1"),)), "y": Teks("tetap", (Cell("A", "A2"),))}
    document = filled(small("{{x}}", "{{y}}"), content)
    run = next(r for r in document.paragraphs[0].runs if r.text)._r
    track("w:del", run)
    run.find(qn("w:t")).tag = qn("w:delText")
    inner = next(r for r in document.paragraphs[1].runs if r.text)._r
    more = copy.deepcopy(inner)
    more.find(qn("w:t")).text = "!"
    inner.addnext(more)
    track("w:ins", more)
    first, second = trace.read(saved(document)).items
    assert (first.state, first.now) == (State.GONE, None)
    assert (second.state, second.now) == (State.CHANGED, "tetap!")


def test_a_paragraph_broken_in_two_is_one_changed_text():
    document = filled(small("{{x}}"), {"x": Teks("satu dua", (Cell("A", "A1"),))})
    paragraph = document.paragraphs[0]._p
    new = OxmlElement("w:p")
    paragraph.addnext(new)
    run = next(r for r in document.paragraphs[0].runs if r.text)
    second = copy.deepcopy(run._r)
    run.text = "satu"
    second.find(qn("w:t")).text = "dua"
    new.append(second)
    new.append(paragraph.find(qn("w:bookmarkEnd")))
    [item] = trace.read(saved(document)).items
    assert (item.state, item.now) == (State.SAME, "satu\ndua")


def test_moved_blocks_are_no_change(report):
    document = edited(report)
    body = document.element.body
    table = next(t._tbl for t in document.tables if t.rows[0].cells[1].text == "Sumber Dana")
    body.insert(0, table)
    assert {item.state for item in trace.read(saved(document)).items} == {State.SAME}


def test_changed_chart_data_is_told(report):
    with zipfile.ZipFile(report) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if name.startswith("word/charts/chart"))
    values = parts[name].split(b"<c:val>", 1)
    start = values[1].index(b"<c:v>") + 5
    parts[name] = values[0] + b"<c:val>" + values[1][:start] + b"9" + values[1][start:]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, blob in parts.items():
            archive.writestr(part, blob)
    changed = [item.kind for item in trace.read(stream.getvalue()).items if item.state is State.CHANGED]
    assert changed == ["grafik"]


@pytest.mark.parametrize("data", [b"bukan zip", small("biasa")])
def test_what_has_no_trace_is_refused(data):
    with pytest.raises(UnreadableError):
        trace.read(data)


def test_a_lost_list_is_said(report):
    document = edited(report)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/customXml"):
            del document.part.rels[key]
    with pytest.raises(UnreadableError, match="jejak tidak ada"):
        trace.read(saved(document))


@needs_libreoffice
def test_libreoffice_keeps_every_trace(report, tmp_path):
    command = [str(find_soffice()), f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path), str(report)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    items = trace.read(tmp_path / report.name).items
    assert len(items) == len(trace.read(report).items)
    assert {item.state for item in items} == {State.SAME}


# The workbook


def test_the_workbook_beside_is_compared(report):
    result = tools.retrace(report)
    assert result.compared
    assert {each.agrees for each in result.matched} == {True}


def test_what_the_workbook_says_now_is_told(report, tmp_path):
    changed = workbook(tmp_path, SAMPLE.replace("Drs. Bintang Rekaan, M.Hum.", "Dra. Bulan Rekaan"))
    result = tools.retrace(report, workbook=changed)
    differing = [each for each in result.matched if each.agrees is False]
    assert differing
    assert {each.item.inserted for each in differing} == {"Drs. Bintang Rekaan, M.Hum."}
    assert {each.workbook for each in differing} == {"Dra. Bulan Rekaan"}


def moved(text: str) -> str:
    """The sample with a new program in front of all others, so that every row of the sheet stands elsewhere."""
    heading = text.index("| 2.23.01 | Program |")
    return f"{text[:heading]}| 2.22.01 | Program | Program Baru | S1 | APBD | 1.000 | 900 |{' |' * 8}\n{text[heading:]}"


def test_rows_inserted_in_the_workbook_are_followed_by_their_keys(report, tmp_path):
    result = tools.retrace(report, workbook=workbook(tmp_path, moved(SAMPLE)))
    programs = [each for each in result.matched if each.item.field.startswith("keuangan.program.baris.")]
    rows = [each for each in programs if each.item.field.endswith(".anggaran")]
    assert len(rows) > 2
    for each in rows:
        assert each.agrees, each.item
        assert each.item.key.startswith("2.2")
        old, new = (int(re.search(r"(\d+)$", cells[0])[1]) for cells in (each.item.sources, each.sources))
        assert new == old + 1


def test_every_value_has_a_field_and_every_copied_cell_of_a_table_a_key(report):
    found = trace.read(report).items
    assert all(item.field for item in found if item.kind != "tabel")
    book = pipeline.check(report.with_suffix(".xlsx")).book
    keyed = RowKeys(book)
    tables = {table.name for table in book.tables.values()}
    seen = 0
    for item in found:
        if item.kind != "nilai" or len(item.sources) != 1 or ":" in item.sources[0]:
            continue
        sheet, ref = split(item.sources[0])
        assert (item.key != "") == (sheet in tables), item
        assert item.key.startswith(keyed.of([Cell(sheet, ref)]))  # some rows add what tells them apart: the year
        seen += 1
    assert seen > 300


def test_a_value_is_told_apart_by_field_group_and_key(tmp_path):
    """Each name means one value, so that a refresh will know what to put where."""
    made = pipeline.document(pipeline.check(workbook(tmp_path), layout=LAYOUTS[1])).data
    numbers = [i for i in trace.read(made).items if i.kind == "nilai" and i.field.endswith((".anggaran", ".realisasi"))]
    values: dict[tuple[str, str, str], set[str]] = {}
    for item in numbers:
        values.setdefault((item.field, item.group, item.key), set()).add(item.inserted)
    assert len(values) > 40
    assert {name: texts for name, texts in values.items() if len(texts) > 1} == {}


def test_a_document_of_the_first_form_of_the_list_is_still_read_and_compared():
    found = trace.read(FORMER)
    assert found.origin == Origin("kesbangpol-tebo-2019.xlsx", "lan-2003", "")
    assert Counter(item.state for item in found.items) == {State.SAME: len(found.items)}
    assert {item.field for item in found.items} == {""}
    kinds = Counter(item.kind for item in found.items)
    assert (kinds["nilai"] > 400, kinds["tabel"] > 10, kinds["grafik"]) == (True, True, 3)
    result = tools.retrace(FORMER, workbook=FORMER.parent.parent.parent / "samples" / "kesbangpol-tebo-2019.xlsx")
    compared = [each for each in result.matched if each.item.how != "temuan pemeriksaan"]  # worded by the program
    agreed = Counter(each.agrees for each in compared)
    other = {each.item.inserted[:16]: each.workbook[-13:] for each in compared if each.agrees is False}
    assert other == {"Dari anggaran se": "Rp18.209.203.", "Predikat capaian": "pada Tabel 1."}  # now worded otherwise
    assert agreed[True] > 0.9 * len(found.items)


def test_without_its_workbook_a_document_is_still_traced(report, tmp_path):
    alone = tmp_path / "sendiri.docx"
    alone.write_bytes(report.read_bytes())
    result = tools.retrace(alone)
    assert not result.compared
    assert "dinas.xlsx" in result.note
    assert len(result.matched) > 600


# The command


def run(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lakip_xlsx", *map(str, arguments)]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env=environment, timeout=120
    )


def test_command_tells_only_what_changed(report, tmp_path):
    document = edited(report)
    next(r for p in document.paragraphs for r in p.runs if r.text.startswith("Drs. Bintang")).text = "Dra. Bulan"
    path = tmp_path / "disunting.docx"
    document.save(str(path))
    done = run("trace", path, "--berubah", "--workbook", report.parent / "dinas.xlsx", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[DIUBAH] Dra. Bulan" in done.stdout
    assert "<- Instansi!B17 (disalin)" in done.stdout
    assert "semula: Drs. Bintang Rekaan, M.Hum." in done.stdout
    assert "PEMERINTAH KABUPATEN" not in done.stdout


def test_command_finds_a_value_or_a_cell_and_is_short_otherwise(report, tmp_path):
    short = run("trace", report, folder=tmp_path).stdout
    assert len(short.splitlines()) < 10
    assert "--semua" in short
    whole = run("trace", report, "--semua", folder=tmp_path).stdout
    assert len(whole.splitlines()) > 600
    for wanted in ("Drs. Bintang", "instansi!b17"):
        found = run("trace", report, wanted, folder=tmp_path).stdout
        assert "<- Instansi!B17 (disalin)" in found
        assert len(found.splitlines()) < len(whole.splitlines()) / 10
    within = run("trace", report, "Anggaran!C6", folder=tmp_path).stdout  # one cell of a range that was summed
    assert "jumlah realisasi" in within
    assert "Tidak ada nilai atau sel" in run("trace", report, "tiada duanya", folder=tmp_path).stdout


def test_command_as_json(report, tmp_path):
    done = run("trace", report, "--format", "json", folder=tmp_path)
    found = json.loads(done.stdout)
    assert (found["schema"], found["workbook"], found["compared"]) == (1, "dinas.xlsx", True)
    first = found["items"][0]
    assert first["sources"] == [{"sheet": "Instansi", "cell": "B8"}]
    assert (first["state"], first["how"], first["agrees"]) == ("tetap", "huruf besar", True)


def test_command_without_a_trace_fails_in_one_line(tmp_path):
    path = tmp_path / "lain.docx"
    path.write_bytes(small("biasa"))
    done = run("trace", path, folder=tmp_path)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "jejak tidak ada" in done.stderr


def test_grids_are_traced_cell_by_cell():
    grid = Grid(
        headings=(Teks("No"), Teks("Nilai")),
        widths=(1, 2),
        aligns=(Align.LEFT, Align.RIGHT),
        rows=((Teks("1"), Teks("5", (Cell("Data", "B1"),))),),
    )
    found = trace.read(saved(filled(small("{{g}}"), {"g": grid}))).items
    assert [(item.kind, item.sources) for item in found] == [("tabel", ("'Data'",)), ("nilai", ("'Data'!B1",))]
