"""XLSX workbooks from outside, read without trusting what they say of themselves. Writing is for openpyxl."""

from gumruk.toolkit.xlsx.archive import sheets_of
from gumruk.toolkit.xlsx.types import EPOCHS, Limits, Raw, Sheet, WorkbookRefused

__all__ = ["EPOCHS", "Limits", "Raw", "Sheet", "WorkbookRefused", "sheets_of"]
