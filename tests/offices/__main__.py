"""``python -m tests.offices``: precision and recall over all offices and all faults."""

import sys
import tempfile
from pathlib import Path

from tests.offices.build import offices
from tests.offices.measure import measure

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(measure(offices(), Path(folder)).told() + "\n")
