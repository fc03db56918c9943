"""Tests of what was published and how it goes on."""
