"""Tests of ``wavectl.rules``, beside those of each rule in ``test_rules.py``."""
