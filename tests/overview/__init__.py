"""Tests of the overviews."""
