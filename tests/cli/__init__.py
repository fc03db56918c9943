"""Tests of wavectl.cli."""
