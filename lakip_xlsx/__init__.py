"""lakip-xlsx: from the filled Excel workbook to the official LAKIP in Word."""

__version__ = "0.1.0"
