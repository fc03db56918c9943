"""Tests of single rules of the house."""
