"""One command makes everything that is generated, and says what is no longer fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs import regenerate


def test_a_stale_page_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fresh, old = tmp_path / "segar.md", tmp_path / "usang.md"
    fresh.write_text("isi", encoding="utf-8")
    old.write_text("isi lama", encoding="utf-8")
    monkeypatch.setattr(regenerate, "PAGES", ((fresh, lambda: "isi"), (old, lambda: "isi")))
    monkeypatch.setattr(regenerate.samples, "main", lambda _: 0)
    assert regenerate.stale() == ["usang.md"]
    assert regenerate.main(["--check"]) == 1
    fresh_only = (regenerate.PAGES[0],)
    monkeypatch.setattr(regenerate, "PAGES", fresh_only)
    assert regenerate.main(["--check"]) == 0


def test_a_stale_sample_is_a_fault_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regenerate, "PAGES", ())
    monkeypatch.setattr(regenerate.samples, "main", lambda arguments: int(arguments == ["--check"]))
    assert regenerate.main(["--check"]) == 1


def test_everything_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page, called = tmp_path / "halaman.md", []
    monkeypatch.setattr(regenerate, "PAGES", ((page, lambda: "baru"),))
    monkeypatch.setattr(regenerate.samples, "main", called.append)
    monkeypatch.setattr(regenerate.shutil, "which", lambda _: None)
    assert regenerate.main([]) == 0
    assert page.read_text(encoding="utf-8") == "baru"
    assert called == [[]]
