"""Tests of the record of what was published."""
