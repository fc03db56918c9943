"""Publish a plan: the identity of its entries, the calendar feeds, and the announcement of changes."""
