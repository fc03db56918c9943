"""Export a plan to a workbook or CSV, and find out what an edited one changes.

Export: plan -> ``rows`` -> ``writer``. Import: ``reader`` (``xlsx_archive``) -> ``columns`` -> ``row_changes``
(``date_cells``, ``cell_values``) -> ``changes``.
"""
