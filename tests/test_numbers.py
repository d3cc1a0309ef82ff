"""Numbers as Indonesian offices write them, read and printed without loss."""

from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xlsx import numbers
from lakip_xlsx.numbers import Ambiguous, NotNumber, NoValue, Number

D = Decimal


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.351.829.790", "1351829790", ""),
        ("Rp 1.351.829.790,-", "1351829790", ""),
        ("Rp. 5.000,00", "5000.00", ""),
        ("Rp\u00a01.351.829.790", "1351829790", ""),
        ("98,65", "98.65", ""),
        ("98,65 %", "98.65", "%"),
        ("70%", "70", "%"),
        ("2 Lap", "2", "Lap"),
        ("(1.000.000)", "-1000000", ""),
        ("-5", "-5", ""),
        ("1,351,829,790.00", "1351829790.00", ""),
        ("１２", "12", ""),
        ("٥٠٠.٠٠٠.٠٠٠", "500000000", ""),
        ("1.000.000-", "-1000000", ""),
        ("−1.000.000", "-1000000", ""),
        ("Rp 5.000.000.-", "5000000", ""),
        ("Rp 1.351,-", "1351", ""),
        ("1,35E+09", "1350000000", ""),
        ("0,125", "0.125", ""),
        ("1\u200b2\u00a0%", "12", "%"),
    ],
)
def test_a_number_is_read_as_it_is_written(text, value, unit):
    assert numbers.parse(text) == Number(D(value), unit)


@pytest.mark.parametrize("text", ["1.351", "12.500", "-1.000", "Rp 1.351", "1,351", "12,500"])
def test_one_group_after_a_dot_or_comma_has_two_readings(text):
    assert isinstance(numbers.parse(text), Ambiguous)


@pytest.mark.parametrize("text", ["98.65", "0.5", "12.5 %"])
def test_a_decimal_dot_is_read_and_told(text):
    reading = numbers.parse(text)
    assert isinstance(reading, Number)
    assert reading.dot


@pytest.mark.parametrize("text", ["-", "–", "nihil", "N/A", "n/a", " - ", "tidak ada"])
def test_a_dash_says_that_there_is_no_value(text):
    assert numbers.parse(text) == NoValue()


@pytest.mark.parametrize(
    "text",
    [
        "1,5 juta",
        "3 miliar",
        "2O24",
        "9" * 21,
        "9" * 500,
        "1E99",
        "1:32",
        "BB",
        "100 dari 110",
        "12/15",
        "B (68,2)",
        "≥ 95",
        "95–100",
        "",
        "100 (seratus)",
    ],
)
def test_what_is_no_number_stays_text(text):
    assert numbers.parse(text) == NotNumber()


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_printing_and_reading_back_gives_the_same_number(value):
    shown = numbers.show(value, 2)
    assert numbers.parse(shown) == Number(value)


@given(st.integers(min_value=10**6, max_value=10**15 - 1))
def test_whole_rupiah_print_and_read_back(value):
    assert numbers.parse(f"Rp {numbers.rupiah(D(value))},-") == Number(D(value))


@given(st.decimals(min_value=-1000, max_value=1000, places=6), st.integers(min_value=0, max_value=4))
def test_rounding_is_half_up_and_off_by_at_most_half_a_unit(value, places):
    rounded = numbers.half_up(value, places)
    unit = D(1).scaleb(-places)
    assert abs(rounded - value) <= unit / 2
    if abs(rounded - value) == unit / 2:
        assert abs(rounded) > abs(value)


@pytest.mark.parametrize(
    ("value", "shown"), [("66.665", "66,67"), ("2.5", "2,50"), ("99.99986", "100,00"), ("-0.005", "-0,01")]
)
def test_percentages_round_half_up(value, shown):
    assert numbers.percent(D(value)) == shown


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("0.98650000000000004", "0.9865"),
        ("1351829790", "1351829790"),
        ("1.3518297900000001E9", "1351829790"),
        ("70", "70"),
        ("0", "0"),
        ("4.9E-324", "0"),
        (" 5 ", "5"),
        ("1E200", "1E200"),
    ],
)
def test_a_stored_number_is_what_excel_shows(stored, seen):
    assert numbers.from_excel(stored) == D(seen)


@given(st.integers(min_value=1, max_value=10**15 - 1), st.integers(min_value=0, max_value=6))
def test_what_was_typed_comes_back_from_excels_seventeen_digits(digits, places):
    typed = D(digits).scaleb(-places)
    assert numbers.from_excel(f"{float(typed):.17g}") == typed


def test_no_budget_prints_a_dash():
    assert (numbers.rupiah(None), numbers.percent(None)) == ("-", "-")
    assert (numbers.rupiah(D(0)), numbers.rupiah(D("1234567.5"))) == ("0", "1.234.567,50")


@pytest.mark.parametrize(
    "stored", ["", "NaN", "INF", "1_000", "١٢", "1E309", "1E999999999", "0x10", "1.2.3", "9" * 401]
)
def test_what_excel_cannot_store_is_no_number(stored):
    with pytest.raises(InvalidOperation):
        numbers.from_excel(stored)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=D("-1e320"), max_value=D("1e320")))
def test_no_number_is_too_large_or_too_small_to_print(value):
    assert numbers.show(value, 2)


@given(st.text())
def test_no_text_is_too_odd_to_be_looked_at(text):
    assert isinstance(numbers.parse(text), Number | Ambiguous | NotNumber | NoValue)


def test_what_is_never_seen_makes_no_other_name_and_is_no_content():
    assert numbers.fold("\ufeffSumber\u00a0 Dana\u200b") == "sumber dana"
    assert numbers.bare("\u00a0\u200b\ufeff") == ""
    assert numbers.squeeze("kegia\u200dtan  dua ") == "kegia\u200dtan dua"
