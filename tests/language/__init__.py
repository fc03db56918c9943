"""Tests of wavectl.language."""
