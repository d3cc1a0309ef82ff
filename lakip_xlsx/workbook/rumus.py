"""The formulas of the standard workbook, as Excel and LibreOffice both calculate them.

Written in the notation of :class:`~lakip_xlsx.workbook.spec.Field`. Only functions of Excel 2010 are used,
none needs to be entered as an array. A formula shows nothing while its row is not filled, and a live
check (``…_SALAH``) is true only where a typed value is surely wrong: what it cannot judge is left to the
full check. The same rules in Python are in :mod:`lakip_xlsx.figures`; a test holds both together.
"""

from __future__ import annotations


def beda(exact: str) -> str:
    """Whether a typed percentage differs from ``exact`` (a ratio) by more than half of its last printed place.

    98,65 % may stand in the cell as 0,9865 or, without the percent format, as 98,65: both are meant.
    """
    tolerance = "0.00005+1E-12"
    return f"AND(ABS({{self}}-({exact}))>{tolerance},ABS({{self}}/100-({exact}))>{tolerance})"


def bagi(part: str, whole: str) -> str:
    """A ratio, shown only where both cells hold numbers and the whole is not 0."""
    return f'IF(AND(ISNUMBER({{{whole}}}),ISNUMBER({{{part}}})),IF({{{whole}}}=0,"",{{{part}}}/{{{whole}}}),"")'


def bagi_salah(part: str, whole: str) -> str:
    """Whether a typed percentage is not the ratio; with a whole of 0 only 0 can stand there."""
    return (
        f"IF(AND(ISNUMBER({{self}}),ISNUMBER({{{whole}}}),ISNUMBER({{{part}}})),"
        f"IF({{{whole}}}=0,{{self}}<>0,{beda(f'{{{part}}}/{{{whole}}}')}),FALSE)"
    )


KODE_SASARAN_SALAH = (
    'IF({self}="",FALSE,IF(ISNUMBER(FIND(",",{self})),FALSE,SUMPRODUCT(--({renstra.kode}&""={self}&""))=0))'
)
"""A code that the sheet Renstra does not know; several codes in one cell are left to the full check."""

URAIAN_SASARAN = 'IFERROR(INDEX({renstra.uraian},MATCH({kode_sasaran}&"",INDEX({renstra.kode}&"",0),0))&"","")'
"""The wording of a sasaran, by its code; also where a code was typed as a number."""

# Naik: R/T. Turun: (2T-R)/T. Target = realisasi is 100 % either way, also where no direction is given.
_MENTAH = 'IF({target}={realisasi},1,IF(TRIM({arah})="Turun",(2*{target}-{realisasi})/{target},{realisasi}/{target}))'
_TERHITUNG = 'OR(TRIM({arah})="Naik",TRIM({arah})="Turun",{target}={realisasi})'
_BERBATAS = f"IF(ISNUMBER({{instansi.batas_capaian}}),MIN({{instansi.batas_capaian}}/100,{_MENTAH}),{_MENTAH})"

CAPAIAN = (
    f'IF(AND(ISNUMBER({{target}}),ISNUMBER({{realisasi}})),IF({{target}}=0,"",IF({_TERHITUNG},{_BERBATAS},"")),"")'
)
CAPAIAN_SALAH = (
    "IF(AND(ISNUMBER({self}),ISNUMBER({target}),ISNUMBER({realisasi})),IF({target}=0,TRUE,"
    f"IF({_TERHITUNG},AND({beda(_BERBATAS)},{beda(_MENTAH)}),FALSE)),FALSE)"
)

# The class with the highest limit that the capaian reaches, in whatever order the rows stand; at the same
# limit "above" stands higher than "from". 0 where no class is reached. Nine decimals: beyond, Excel's own noise.
_NILAI = "ROUND({capaian}*100,9)"
_KELAS = (
    '({skala.skala}={instansi.skala})*({skala.batas}<>"")*({skala.predikat}<>"")*('
    f'({{skala.termasuk}}="Tidak")*({_NILAI}>{{skala.batas}})+({{skala.termasuk}}<>"Tidak")*({_NILAI}>={{skala.batas}}))'
    '*({skala.batas}+1+({skala.termasuk}="Tidak")*0.000001)'
)
PREDIKAT = (
    'IF(ISNUMBER({capaian}),IF({instansi.skala}="","",'
    f'IFERROR(IF(SUMPRODUCT(MAX({_KELAS}))=0,"",'
    f'INDEX({{skala.predikat}},MATCH(SUMPRODUCT(MAX({_KELAS})),INDEX({_KELAS},0),0))),"")),"")'
)
PREDIKAT_SALAH = f'IF(OR({{self}}="",{PREDIKAT}=""),FALSE,LOWER(TRIM({{self}}))<>LOWER({PREDIKAT}))'

NAMA_SKALA = 'IFERROR(INDEX({skala.skala},MATCH(0,INDEX(COUNTIF({above},{skala.skala})+({skala.skala}=""),0),0)),"")'
"""The names of the scales, each once, one under the other: the drop-down of the sheet Instansi."""
