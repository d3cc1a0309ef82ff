"""Saving: whole or not at all, and never over what a person wrote."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest

from lakip_xlsx.errors import OutputError
from lakip_xlsx.files import pack
from lakip_xlsx.word import package
from lakip_xlsx.word.fill import save
from lakip_xlsx.word.imprint import changed_since_generated

PROPERTIES = package.Properties(title="J", subject="S", author="Kantor", date=dt.date(2020, 1, 31))


def generated(text: str = "isi") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    return save.serialise(document, PROPERTIES)


def edit(path: Path) -> None:
    document = docx.Document(str(path))
    document.add_paragraph("disunting orang")
    document.save(str(path))


def test_the_zip_is_in_a_fixed_order_with_fixed_times():
    with zipfile.ZipFile(io.BytesIO(generated())) as archive:
        names = archive.namelist()
        assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert names[2:] == sorted(names[2:])
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_what_we_wrote_is_ours_until_someone_saves_it(tmp_path):
    path = tmp_path / "a.docx"
    save.write_document(generated(), path)
    assert changed_since_generated(path) is False
    edit(path)
    assert changed_since_generated(path) is True


def test_a_document_of_somebody_else_counts_as_changed(tmp_path):
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    assert changed_since_generated(path) is True
    path.write_bytes(b"bukan zip")
    assert changed_since_generated(path) is True


def test_one_changed_byte_is_noticed(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(io.BytesIO(generated())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"isi", b"isu")
    path.write_bytes(pack(parts))
    assert changed_since_generated(path) is True


def test_an_edited_document_is_not_overwritten_without_force(tmp_path):
    path = tmp_path / "a.docx"
    save.write_document(generated("satu"), path)
    save.write_document(generated("dua"), path)
    edit(path)
    before = path.read_bytes()
    with pytest.raises(OutputError, match="--force"):
        save.write_document(generated("tiga"), path)
    assert path.read_bytes() == before
    save.write_document(generated("tiga"), path, force=True)
    assert docx.Document(str(path)).paragraphs[0].text == "tiga"


def test_a_folder_as_target_is_refused(tmp_path):
    with pytest.raises(OutputError, match="adalah folder"):
        save.write_document(generated(), tmp_path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutputError, match=r"folder .* tidak ada"):
        save.write_document(generated(), tmp_path / "tak-ada" / "a.docx")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "ruang penyimpanan penuh"),
        (errno.EACCES, "sedang terbuka"),
        (errno.EROFS, "hanya dapat dibaca"),
        (errno.ENAMETOOLONG, "nama terlalu panjang"),
        (errno.EIO, "tidak dapat ditulis"),
    ],
)
def test_a_failure_leaves_the_old_file_and_no_debris(number, words, tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    save.write_document(generated("lama"), path)
    before = path.read_bytes()

    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=words) as caught:
        save.write_document(generated("baru"), path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["a.docx"]


def test_the_rights_of_the_old_file_stay(tmp_path):
    path = tmp_path / "a.docx"
    save.write_document(generated("lama"), path)
    path.chmod(0o640)
    save.write_document(generated("baru"), path)
    assert path.stat().st_mode & 0o777 == 0o640
