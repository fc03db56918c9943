"""Tests of wavectl.report."""
