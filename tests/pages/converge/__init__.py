"""Tests of the page on where waves meet and collide."""
