"""One page for all tests that do not end it."""

from __future__ import annotations

import pytest

from tests.web.visit import served


@pytest.fixture(scope="session")
def visitor(tmp_path_factory):
    with served(temporary=tmp_path_factory.mktemp("laman")) as found:
        yield found
