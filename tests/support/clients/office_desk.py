"""Run by the Python that LibreOffice's module ``uno`` belongs to: opens a sheet, types into cells, saves it.

The standard input is JSON: ``pipe``, the ``file`` with the ``filter`` and ``options`` to open it by, ``cells`` to type
into ([sheet, row, column from 0, text, as typed or as a text]), ``saved`` ([address, filter, options]). Prints, as
JSON, for each sheet its name, whether it is protected and hidden, where formulas are, and its cells.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def options(**given):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in given.items() if value != "")


def desktop(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


FORMULAS = 16
"""What ``com.sun.star.sheet.CellFlags`` calls formulas."""


def used(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    address = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, address.EndColumn, address.EndRow)


def seen(sheet):
    area = used(sheet)
    return {
        "name": sheet.Name,
        "hidden": not sheet.IsVisible,
        "protected": sheet.isProtected(),
        "locked": [
            column
            for column in range(area.RangeAddress.EndColumn + 1)
            if sheet.getCellByPosition(column, 1).CellProtection.IsLocked
        ],
        "formulas": [part.AbsoluteName for part in area.queryContentCells(FORMULAS)],
        "cells": [[str(cell) for cell in row] for row in area.DataArray],
    }


def main():
    request = json.load(sys.stdin)
    document = desktop(request["pipe"]).loadComponentFromURL(
        request["file"],
        "_blank",
        0,
        options(Hidden=True, FilterName=request["filter"], FilterOptions=request["options"]),
    )
    for name, row, column, text, typed in request["cells"]:
        sheet = document.Sheets.getByName(name) if name else document.Sheets.getByIndex(0)
        cell = sheet.getCellByPosition(column, row)
        if typed:
            cell.FormulaLocal = text
        else:
            cell.String = text
    for address, filter_name, filter_options in request["saved"]:
        document.storeToURL(address, options(FilterName=filter_name, FilterOptions=filter_options))
    json.dump([seen(document.Sheets.getByIndex(at)) for at in range(document.Sheets.Count)], sys.stdout)
    document.close(True)


main()
