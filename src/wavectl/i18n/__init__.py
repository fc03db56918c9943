"""The reader's language: dates and places as people write them, and the fixed phrases of wavectl."""
