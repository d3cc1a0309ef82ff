"""An office made by rule: its programs with money, and its indicators. What an import must find is known exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

_VERBS = ("Penyelenggaraan", "Pengelolaan", "Pembinaan", "Fasilitasi", "Koordinasi", "Penyusunan", "Peningkatan")
_THINGS = (
    *("Administrasi Keuangan", "Dokumen Perencanaan", "Layanan Perpustakaan", "Kesatuan Bangsa", "Jalan Kabupaten"),
    *("Arsip Dinamis", "Pendidikan Dasar", "Data Statistik Sektoral", "Usaha Mikro", "Kesehatan Ibu dan Anak"),
)
_PLACES = ("Perangkat Daerah", "Tingkat Kabupaten", "di Daerah", "Lintas Sektor", "bagi Masyarakat", "Aparatur")
_ACCOUNTS = (
    ("5.1.01.01.01.0001", "Belanja Gaji Pokok PNS"),
    ("5.1.02.01.01.0024", "Belanja Alat Tulis Kantor"),
    ("5.1.02.01.01.0052", "Belanja Makanan dan Minuman Rapat"),
    ("5.1.02.02.01.0013", "Belanja Jasa Tenaga Pelayanan Umum"),
    ("5.1.02.04.01.0001", "Belanja Perjalanan Dinas Biasa"),
    ("5.2.02.05.01.0005", "Belanja Modal Alat Kantor Lainnya"),
)
_GOALS = ("Meningkatnya", "Terwujudnya", "Menguatnya", "Terkelolanya")
_MEASURES = ("Persentase", "Indeks", "Nilai", "Rata-rata", "Jumlah")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a sub kegiatan, with what was spent in each month."""

    code: str
    name: str
    pagu: Decimal
    months: tuple[Decimal, ...]
    source: str

    @property
    def first(self) -> Decimal:
        """The budget before it was changed."""
        return self.pagu + 1_000_000

    @property
    def spent(self) -> Decimal:
        """What was spent in the year."""
        return sum(self.months, Decimal(0))


@dataclass(slots=True)
class Step:
    """A program, a kegiatan or a sub kegiatan."""

    code: str
    level: str
    name: str
    below: list[Step] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)

    def leaves(self) -> list[Account]:
        """All accounts below."""
        return [*self.accounts, *(account for step in self.below for account in step.leaves())]

    @property
    def pagu(self) -> Decimal:
        """The budget."""
        return sum((account.pagu for account in self.leaves()), Decimal(0))

    @property
    def first(self) -> Decimal:
        """The budget before it was changed."""
        return sum((account.first for account in self.leaves()), Decimal(0))

    @property
    def spent(self) -> Decimal:
        """What was spent in the year."""
        return sum((account.spent for account in self.leaves()), Decimal(0))

    def month(self, number: int) -> Decimal:
        """What was spent in a month."""
        return sum((account.months[number - 1] for account in self.leaves()), Decimal(0))

    def quarter(self, number: int) -> Decimal:
        """What was spent in a quarter."""
        return sum((self.month(month) for month in range(number * 3 - 2, number * 3 + 1)), Decimal(0))


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of a sasaran."""

    goal: str
    name: str
    unit: str
    target: Decimal
    first: Decimal  # as it was promised before the change
    reached: Decimal
    earlier: tuple[Decimal, Decimal, Decimal]  # n-1, n-2, n-3
    quarters: tuple[Decimal, ...]


@dataclass(slots=True)
class Office:
    """All of it."""

    programs: list[Step]
    indicators: list[Indicator]
    year: int = 2025

    def steps(self) -> list[Step]:
        """Every program, kegiatan and sub kegiatan, each before what stands below it."""
        return [step for program in self.programs for step in _walk(program)]


def _walk(step: Step) -> list[Step]:
    return [step, *(each for below in step.below for each in _walk(below))]


def make(seed: int, *, programs: int = 3) -> Office:
    """An office by its number; the same number gives the same office."""
    random = Random(seed)
    bidang = f"{random.choice('12378')}.{random.randint(1, 25):02d}"
    found = []
    names: set[str] = set()
    for number in range(1, programs + 1):
        program = Step(f"{bidang}.{number:02d}", "Program", f"PROGRAM {_name(random, names).upper()}")
        for giat in range(1, random.randint(1, 3) + 1):
            code = f"{program.code}.2.{giat:02d}"
            kegiatan = Step(code, "Kegiatan", _name(random, names))
            for sub in range(1, random.randint(1, 4) + 1):
                lowest = Step(f"{code}.{sub:04d}", "Sub Kegiatan", _name(random, names))
                picked = random.sample(_ACCOUNTS, random.randint(1, 4))
                lowest.accounts = [_account(random, *each) for each in sorted(picked)]
                kegiatan.below.append(lowest)
            program.below.append(kegiatan)
        found.append(program)
    return Office(found, [_indicator(random, goal, names) for goal in range(1, 4) for _ in range(random.randint(1, 3))])


def _name(random: Random, names: set[str]) -> str:
    while True:
        name = f"{random.choice(_VERBS)} {random.choice(_THINGS)} {random.choice(_PLACES)}"
        if name not in names:
            names.add(name)
            return name


def _account(random: Random, code: str, name: str) -> Account:
    pagu = Decimal(random.randint(2_000_000, 900_000_000))
    left, months = int(pagu), []
    for _ in range(12):
        spent = random.choice((0, random.randint(0, left // 6)))
        left -= spent
        months.append(Decimal(spent))
    return Account(code, name, pagu, tuple(months), random.choice(("PAD", "DAU", "DAK Nonfisik")))


def _indicator(random: Random, goal: int, names: set[str]) -> Indicator:
    wording = f"{_GOALS[goal % len(_GOALS)]} kualitas {_THINGS[goal % len(_THINGS)].lower()} nomor {goal} daerah"
    unit = random.choice(("%", "poin", "dokumen", "orang", "nilai"))
    name = f"{random.choice(_MEASURES)} {_name(random, names).lower()}"

    def number() -> Decimal:
        whole = Decimal(random.randint(10, 95))
        return whole + Decimal(random.randint(1, 99)).scaleb(-2) if random.random() < 0.5 else whole

    target = number()
    quarters = (*sorted(number() for _ in range(3)), target)
    earlier = (number(), number(), number())
    return Indicator(wording, name, unit, target, number(), number(), earlier, quarters)
