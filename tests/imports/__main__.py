"""Print how well foreign tables are imported: ``python -m tests.imports [number of offices]``.

Exits with 1 where an amount is wrong without a word, less than 95 % of the cells are right, a report does not give
its tables back, or 50,000 accounts take more than a minute.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from samples import build
from tests.imports import budgets, measure, words
from tests.imports.trip import many_accounts, round_trip

_OFFICES, _ACCOUNTS, _SECONDS, _SHARE = 10, 50_000, 60, 95
_FIRST = 1_000  # offices of other numbers than those that the import was made with


def main() -> int:
    """Measure and print; the exit code."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else _OFFICES
    total, spoilt = measure.Score(), measure.Score()
    print(f"{'susunan':12} {'utuh':>7} {'dirusak':>8} {'salah':>6}  dilihat pada")
    for of, layouts in ((measure.budget, budgets.LAYOUTS), (measure.word, words.LAYOUTS)):
        for layout in layouts:
            clean, noisy = measure.Score(), measure.Score()
            for seed in range(_FIRST, _FIRST + number):
                clean.add(of(layout, seed))  # type: ignore[operator]
                noisy.add(of(layout, seed, spoil=True))  # type: ignore[operator]
            wrong = len(clean.wrong) + len(noisy.wrong)
            print(f"{layout.name:12} {clean.share:6.1f}% {noisy.share:7.1f}% {wrong:6}  {layout.seen}")
            for each in (*clean.wrong, *noisy.wrong)[:3]:
                print(f"    {each}")
            total.add(clean)
            spoilt.add(noisy)
    wrong = len(total.wrong) + len(spoilt.wrong)
    cells = total.right + total.absent + len(total.wrong)
    print(f"{cells} sel tabel utuh: {total.share:.2f}% benar; tabel yang dirusak: {spoilt.share:.2f}% benar")
    print(f"salah diam-diam: {wrong}")
    good = wrong == 0 and min(total.share, spoilt.share) >= _SHARE
    with tempfile.TemporaryDirectory() as folder:
        for name in build.names():
            trip = round_trip(name, Path(folder))
            print(f"{name}: {trip.same} nilai kembali, {len(trip.wrong)} berbeda, {len(trip.gone)} baris tidak kembali")
            for each in (*trip.wrong, *trip.gone)[:5]:
                print(f"    {each}")
            good &= not trip.wrong and not trip.gone
        start = time.process_time()
        elapsed, right = many_accounts(_ACCOUNTS, Path(folder))
        seconds = time.process_time() - start
    verdict = "tepat" if right else "TIDAK TEPAT"
    print(f"{_ACCOUNTS} rekening: {elapsed:.1f} detik (prosesor {seconds:.1f}), {verdict} sampai rupiahnya")
    return 0 if good and right and seconds < _SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
