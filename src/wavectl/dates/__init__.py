"""Dates: EDTF, dates in words, recurrence rules and time zones."""
