"""Tests of the overviews of a plan."""
