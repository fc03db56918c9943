"""Tests of the parts of `wavectl.document`."""
