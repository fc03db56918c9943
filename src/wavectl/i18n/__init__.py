"""Localisation: translated messages, dates in words, names of countries and languages."""
