"""A plan as a sheet for Excel and LibreOffice, and back: rows out, and of what comes back the changes that it means.

The way out: plan -> rows -> workbook | delimited. The way back: reading -> columns -> dates, values -> comparing.
"""
