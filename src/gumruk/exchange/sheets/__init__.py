"""Items, or a whole declaration, from XLSX and CSV: preview first, a workbook with errors back, a template to start from."""

from gumruk.exchange.sheets.applying import apply, mendable, parse
from gumruk.exchange.sheets.mending import effect, read_items, with_zeros, zeros_lost
from gumruk.exchange.sheets.reading import read_sheet
from gumruk.exchange.sheets.types import CellFault, SheetPreview, SheetRefused, SheetRow
from gumruk.exchange.sheets.workbooks import template, workbook_with_errors

__all__ = [
    "CellFault",
    "SheetPreview",
    "SheetRefused",
    "SheetRow",
    "apply",
    "effect",
    "mendable",
    "parse",
    "read_items",
    "read_sheet",
    "template",
    "with_zeros",
    "workbook_with_errors",
    "zeros_lost",
]
