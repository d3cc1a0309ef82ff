"""Whether a figure and a number can be the same thing at all: by unit, and by what is said to be measured."""

from __future__ import annotations

from lakip_xlsx.checks.angka.about import About
from lakip_xlsx.checks.angka.index import family
from lakip_xlsx.checks.angka.kinds import PERCENT, POINT, RUPIAH, Figure, Kind, Measure
from lakip_xlsx.checks.angka.read import Mention
from lakip_xlsx.checks.pattern import Pattern

OF_MONEY = frozenset({Kind.TOTAL, Kind.SUMBER, Kind.PROGRAM})
"""What has money and nothing else."""
BARE = frozenset({"", "poin", "nilai", "indeks", "skor", "angka", "level", "predikat", "skala"})
"""Units of figures that have no dimension: a sentence may leave them out."""
_OF_THE_WHOLE = Pattern(
    r"\b(?:dari|terhadap)\s+(?:\w+\s+)?(?:total|seluruh|keseluruhan|jumlah)|\b(?:porsi|proporsi|kontribusi|komposisi)"
)


def may_be(figure: Figure, about: About) -> bool:
    """Whether a figure can be meant at all: a difference only where the words do not say something else."""
    return figure.measure is not Measure.SELISIH or not about.explicit or about.measure is Measure.SELISIH


def is_no_unit(noun: str) -> bool:
    """Whether the words behind a bare number are words of the sentence and no unit."""
    return noun.split(" ", maxsplit=1)[0] in _NO_UNIT


_NO_UNIT = frozenset(
    [
        "dari",
        "dan",
        "atau",
        "dengan",
        "pada",
        "di",
        "yang",
        "untuk",
        "sehingga",
        "atas",
        "menjadi",
        "tahun",
        "dibandingkan",
        "dibanding",
        "sedangkan",
        "sementara",
        "telah",
        "sudah",
        "masih",
        "lebih",
        "melampaui",
        "melebihi",
        "termasuk",
        "berada",
        "masuk",
        "meningkat",
        "menurun",
        "naik",
        "turun",
        "terhadap",
        "karena",
        "serta",
        "belum",
        "dalam",
        "namun",
        "tetapi",
        "ini",
        "tersebut",
        "atas",
        "poin",
        "nilai",
        "hal",
        "capaian",
        "realisasi",
        "target",
        "maka",
        "sesuai",
        "sama",
        "tepat",
        "persis",
        "oleh",
        "ada",
        "berdasarkan",
        "setelah",
        "hasil",
        "juga",
        "merupakan",
        "belum",
        "lalu",
        "kemudian",
        "akibat",
        "meskipun",
        "walaupun",
        "hanya",
        "sejak",
        "selama",
        "per",
        "jika",
        "kondisi",
        "berkat",
        "dicapai",
        "tercapai",
        "terealisasi",
        "mencapai",
        "ditargetkan",
    ]
)


def of_unit(figure: Figure, one: Mention) -> bool:
    """Whether a figure and a number can be the same thing by their units."""
    if one.year or family(figure.unit) != family(one.unit):
        bare = figure.unit in BARE and one.unit == POINT
        return (bare or (figure.unit == POINT and not one.unit)) and not one.year
    if one.unit == POINT and figure.unit == PERCENT and figure.measure is Measure.SELISIH:
        return False  # a growth in percent is no difference in points
    if family(one.unit):
        return True
    bare = figure.unit in BARE or figure.unit.startswith("per ")
    return not one.noun or bare or one.noun.startswith(figure.unit) or is_no_unit(one.noun)


def measures_of(one: Mention, about: About) -> frozenset[Measure]:
    """The measures that the words around a number allow."""
    said = about.measure
    kinds = {subject.kind for subject in about.subjects}
    if one.unit == RUPIAH:
        return _MONEY.get(said, frozenset()) if said else frozenset({Measure.PAGU, Measure.REALISASI})
    if one.unit == PERCENT and (kinds <= OF_MONEY or (about.money and Kind.INDIKATOR not in kinds)):
        if Measure.CAPAIAN is said and not about.money:
            return frozenset({Measure.CAPAIAN})
        if _OF_THE_WHOLE.search(f"{about.before} {about.after}"):
            return frozenset({Measure.SERAPAN, Measure.BAGIAN, Measure.SISA})
        return frozenset({Measure.SISA, Measure.BAGIAN}) if said is Measure.SISA else frozenset({Measure.SERAPAN})
    if said is None:
        return frozenset()
    if kinds == {Kind.SASARAN}:
        return frozenset({Measure.CAPAIAN, Measure.SERAPAN}) if said is not Measure.SELISIH else frozenset({said})
    if said is Measure.CAPAIAN or (said is Measure.REALISASI and one.unit == PERCENT):
        return frozenset({Measure.REALISASI, Measure.CAPAIAN})
    return frozenset({said})


_MONEY = {
    Measure.PAGU: frozenset({Measure.PAGU}),
    Measure.TARGET: frozenset({Measure.PAGU}),
    Measure.REALISASI: frozenset({Measure.REALISASI}),
    Measure.CAPAIAN: frozenset({Measure.REALISASI}),
    Measure.SISA: frozenset({Measure.SISA}),
}
