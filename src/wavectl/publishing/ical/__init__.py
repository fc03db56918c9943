"""Publish entries as iCalendar feeds: which feeds there are, what each holds, and its bytes (RFC 5545, RFC 7986)."""
