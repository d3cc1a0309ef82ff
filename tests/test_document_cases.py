"""Every rule on documents, run over the documents of its case file: real Word files through the real reader."""

from __future__ import annotations

import pytest

from lakip_xlsx.checks.dokumen.declared import DOCUMENT
from tests.document_cases import Section, all_cases

FILES = all_cases()
SECTIONS = [
    pytest.param(file.code, section, id=f"{file.code} {section.title}") for file in FILES for section in file.sections
]


@pytest.mark.parametrize(("code", "section"), SECTIONS)
def test_document_gives_exactly_the_findings_of_its_case(code: str, section: Section) -> None:
    found = [each for each in section.examined().findings if each.code == code]
    said = [f"{each.code} {each.cell}: {each.message}" for each in found]
    whole = [text if text.startswith(start) else start for text, start in zip(said, section.expected, strict=False)]
    assert said == whole + list(section.expected[len(said) :])
    for each in found:
        assert each.severity is DOCUMENT[code].severity
        assert each.fix
        assert each.message.endswith(".")


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert {file.code: file.title for file in FILES} == {code: each.title for code, each in DOCUMENT.items()}
    assert all({section.wrong for section in file.sections} == {True, False} for file in FILES)
