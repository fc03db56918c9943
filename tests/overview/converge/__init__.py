"""Tests of where waves meet and collide."""
