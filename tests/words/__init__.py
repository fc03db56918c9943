"""Tests of the parts of `wavectl.words`."""
