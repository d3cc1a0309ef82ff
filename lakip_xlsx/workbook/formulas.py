"""The formulas of the standard workbook, as Excel and LibreOffice both calculate them.

Written in the notation of :class:`~lakip_xlsx.workbook.spec.Field`. Only functions of Excel 2010 are used,
none needs to be entered as an array. A formula shows nothing while its row is not filled, and a live
check (:class:`~lakip_xlsx.workbook.spec.Mark`) is true only where a typed value is surely wrong: what it cannot
judge (an empty cell, a number typed as text, a word it does not know) is left to the full check. The same rules
in Python are in :mod:`lakip_xlsx.checks`; a test holds both together, in both directions.
"""

from __future__ import annotations

from collections.abc import Iterable

from lakip_xlsx.workbook.spec import Mark

RENSTRA_KINDS = ("Visi", "Misi", "Tujuan", "Sasaran", "Strategi", "Kebijakan")
PROGRAM_KINDS = ("Program", "Kegiatan", "Sub Kegiatan")

NUMBER = '"<9E+99"'
"""The criterion that every number meets, and nothing else."""


def texts(column: str) -> str:
    """How many cells of a column hold a text that is no dash: what it counts for is not known here."""
    return f'SUMPRODUCT(ISTEXT({column})*({column}<>"")*({column}<>"-"))'


def listed(column: str, choices: Iterable[str]) -> str:
    """Whether a choice column holds no word but the choices: the other words for them are not known here."""
    others = "*".join(f'({column}<>"{choice}")' for choice in choices)
    return f'[SUMPRODUCT(({column}<>"")*{others})=0]'


def points(place: str) -> str:
    """A percentage in percent points, whether the cell holds 0,9865 shown as 98,65% or the number 98,65."""
    return f'{{{place}}}*IF(LEFT(CELL("format",{{{place}}}))="P",100,1)'


_TYPED = f"ROUND({points('self')},9)"
_PLACES = f"SUMPRODUCT(--(ROUND({_TYPED},{{0,1,2,3,4,5}})<>{_TYPED}))"  # as many as the number has, at most 6


def differs(exact: str) -> str:
    """Whether a typed percentage is not ``exact`` (percent points) rounded to as many places as were typed."""
    return f"ROUND({exact},{_PLACES})<>ROUND({_TYPED},6)"


def stated(place: str) -> str:
    """Whether a cell says how much: a number, or a dash for nothing."""
    return f'OR(ISNUMBER({{{place}}}),{{{place}}}="-")'


def ratio(part: str, whole: str) -> str:
    """A ratio, shown only where both cells hold numbers and the whole is not 0."""
    return f'IF(AND(ISNUMBER({{{whole}}}),ISNUMBER({{{part}}})),IF({{{whole}}}=0,"",{{{part}}}/{{{whole}}}),"")'


def absorption(part: str, whole: str) -> Mark:
    """A typed percentage of two amounts of money; without either of them only 0 can stand there."""
    right = f"IF(ISNUMBER({{{part}}})*N({{{whole}}})=0,{{self}}<>0,{differs(f'{{{part}}}*100/{{{whole}}}')})"
    known = f"AND(ISNUMBER({{self}}),{stated(part)},{stated(whole)})"
    return Mark(f"IF({known},{right},FALSE)", ("ANG-003", "ANG-004"), "persen realisasi")


SASARAN_CODE = Mark(
    'IF({self}="",FALSE,IF(OR(ISNUMBER(FIND(",",{self})),ISNUMBER(FIND(";",{self})),'
    f'NOT({listed("{renstra.jenis}", RENSTRA_KINDS)}),[SUMPRODUCT(--({{renstra.jenis}}="Sasaran"))=0]),FALSE,'
    'SUMPRODUCT(({renstra.jenis}="Sasaran")*EXACT(TRIM({renstra.kode}),TRIM({self})))=0))',
    ("SIL-002",),
    "kode sasaran",
)
"""A code that is none of a sasaran in the sheet Renstra; several codes in one cell are left to the full check."""

SASARAN_TEXT = 'IFERROR(INDEX({renstra.uraian},MATCH({kode_sasaran}&"",INDEX({renstra.kode}&"",0),0))&"","")'
"""The wording of a sasaran, by its code; also where a code was typed as a number."""


def _raw(realisasi: str, *, turned: bool) -> str:
    """Capaian in percent points without a cap. Naik: R/T. Turun: (2T-R)/T."""
    target, reached = points("target"), points(realisasi)
    part = f'IF(TRIM({{arah}})="Turun",2*{target}-{reached},{reached})' if turned else reached
    return f"{part}*100/({target})"


def _capped(raw: str) -> str:
    limit = points("instansi.batas_capaian")
    return f"MIN({raw},IF(ISNUMBER({{instansi.batas_capaian}}),{limit},9E+99))"


# Target = realisasi is 100 % either way, also where no direction is given.
_KNOWN = f'OR(TRIM({{arah}})="Naik",TRIM({{arah}})="Turun",{points("target")}={points("realisasi")})'
_BOTH = "AND(ISNUMBER({target}),ISNUMBER({realisasi}))"
_NONE = 'OR({target}="-",{target}="n/a",{realisasi}="-",{realisasi}="n/a")'
_RAW = _raw("realisasi", turned=True)
_CAPPED = _capped(_RAW)

CAPAIAN = f'IF({_BOTH},IF({{target}}=0,"",IF({_KNOWN},{_CAPPED}/100,"")),"")'


def achievement(realisasi: str, *, turned: bool) -> Mark:
    """A typed capaian that is neither the declared formula's nor that under the cap."""
    raw, known = _raw(realisasi, turned=turned), _KNOWN if turned else "TRUE"
    both = f"AND(ISNUMBER({{target}}),ISNUMBER({{{realisasi}}}))"
    none = f'OR({{target}}="-",{{target}}="n/a",{{{realisasi}}}="-",{{{realisasi}}}="n/a")'
    wrong = f"IF({{target}}=0,TRUE,IF({known},AND({differs(raw)},{differs(_capped(raw))}),FALSE))"
    return Mark(
        f"IF(ISNUMBER({{self}}),IF({both},{wrong},{none}),FALSE)",
        ("IND-001", "IND-006"),
        "capaian",
    )


# The class with the highest limit that the capaian reaches, in whatever order the rows stand; at the same
# limit "above" stands higher than "from". 0 where no class is reached. Nine decimals: beyond, Excel's own noise.
_CLASS = (
    '({skala.skala}={instansi.skala})*({skala.batas}<>"")*({skala.predikat}<>"")*'
    f'(ROUND({_CAPPED},9)-{{skala.batas}}+({{skala.termasuk}}<>"Tidak")*0.0000000005>0)'
    '*({skala.batas}+1+({skala.termasuk}="Tidak")*0.000001)'
)
_FOUND = f"INDEX({{skala.predikat}},MATCH(SUMPRODUCT(MAX({_CLASS})),INDEX({_CLASS},0),0))"
_REACHED = f'IFERROR(IF(SUMPRODUCT(MAX({_CLASS}))=0,"",{_FOUND}),"")'
_SCALE = 'AND({instansi.skala}<>"",SUMPRODUCT(--({skala.skala}={instansi.skala}))>0)'

PREDIKAT = f'IF({_BOTH},IF(OR({{target}}=0,NOT({_SCALE})),"",IF({_KNOWN},{_REACHED},"")),"")'
PREDIKAT_MARK = Mark(
    f'IF(OR({{self}}="",{{self}}="-",NOT({_SCALE})),FALSE,IF({_BOTH},IF({{target}}=0,TRUE,'
    f"IF({_KNOWN},LOWER(TRIM({{self}}))<>LOWER({_REACHED}),FALSE)),{_NONE}))",
    ("IND-003",),
    "predikat",
)

SCALE_NAMES = 'IFERROR(INDEX({skala.skala},MATCH(0,INDEX(COUNTIF({above},{skala.skala})+({skala.skala}=""),0),0)),"")'
"""The names of the scales, each once, one under the other: the drop-down of the sheet Instansi."""

_CHILD = 'IF({jenis}="Program","Kegiatan","Sub "&{jenis})'
_CHILDREN = f'{{program.jenis}},{_CHILD},{{program.kode}},{{kode}}&".*"'


def children(key: str) -> Mark:
    """The money of a program against that of its kegiatan, of a kegiatan against its sub kegiatan, by their codes.

    Children of which one is empty, or not a number, are not finished: nothing is said of their parent.
    """
    column = f"{{program.{key}}}"
    words = listed("{program.jenis}", PROGRAM_KINDS)
    counted = f"COUNTIFS({_CHILDREN},{column},{NUMBER})"
    complete = f'{counted}+COUNTIFS({_CHILDREN},{column},"-")=COUNTIFS({_CHILDREN})'
    return Mark(
        f'IF({{kode}}="",FALSE,IF(AND({stated("self")},{words}),IF({counted}=0,FALSE,IF({complete},'
        f"ABS(N({{self}})-SUMIFS({column},{_CHILDREN}))>0.005,FALSE)),FALSE))",
        ("PRG-001",),
        "program dengan kegiatannya menurut kode",
        said="bukan jumlah rinciannya",
    )


_QUARTERS = ("tw1", "tw2", "tw3", "tw4")
QUARTERS = Mark(
    f"IF(AND(ISNUMBER({{self}}),COUNT({{tw1}},{{tw2}},{{tw3}},{{tw4}})>0,{','.join(map(stated, _QUARTERS))}),"
    "ABS({self}-SUM({tw1},{tw2},{tw3},{tw4}))>0.005,FALSE)",
    ("PRG-002",),
    "triwulan",
    said="bukan jumlah triwulannya",
)
