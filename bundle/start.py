"""Where the bundle begins: the program itself, or the keeper of LibreOffice, which has no interpreter here."""

from __future__ import annotations

import multiprocessing
import os
import sys

KEEPER = "--penjaga"  # lakip_xlsx.word.office.soffice.KEEPER, which is not imported before it is needed


def main() -> None:
    """Begin."""
    own = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)  # programs that we start have their libraries elsewhere
    os.environ.pop("LD_LIBRARY_PATH", None)
    if own is not None:
        os.environ["LD_LIBRARY_PATH"] = own
    if sys.argv[1:2] == [KEEPER]:
        from lakip_xlsx.word.office import keeper  # noqa: PLC0415

        sys.exit(keeper.main(sys.argv[2:]))
    multiprocessing.freeze_support()
    from lakip_xlsx.cli.main import main as program  # noqa: PLC0415

    program()


if __name__ == "__main__":
    main()
