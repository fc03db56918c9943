"""Tests of wavectl.views."""
