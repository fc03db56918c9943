"""The tests of the sheets."""
