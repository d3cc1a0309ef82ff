"""What every test may rely on."""

import os
import shutil

import pytest


def pytest_configure():
    """Where the rendering tests must run (the CI script says so), a missing LibreOffice is no reason to skip."""
    missing = [name for name in ("soffice", "pdftotext", "pdftoppm") if shutil.which(name) is None]
    if os.environ.get("LAKIP_NEED_OFFICE") and missing:
        raise pytest.UsageError(f"LAKIP_NEED_OFFICE: tidak terpasang: {', '.join(missing)}")
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if os.environ.get("LAKIP_NEED_BROWSER") and missing:
        raise pytest.UsageError(f"LAKIP_NEED_BROWSER: tidak terpasang: {', '.join(missing)}")
