"""Where the bundle begins: the program itself, or the keeper of LibreOffice, which has no interpreter here."""

from __future__ import annotations

import multiprocessing
import os
import sys

KEEPER = "--penjaga"  # lakip_xlsx.word.office.soffice.KEEPER, which is not imported before it is needed


def main() -> None:
    """Begin."""
    if sys.argv[1:2] == [KEEPER]:
        os.environ.pop("LD_LIBRARY_PATH", None)  # what it starts has its libraries elsewhere
        from lakip_xlsx.word.office import keeper  # noqa: PLC0415

        sys.exit(keeper.main(sys.argv[2:]))
    multiprocessing.freeze_support()
    from lakip_xlsx.cli.main import main as program  # noqa: PLC0415

    program()


if __name__ == "__main__":
    main()
