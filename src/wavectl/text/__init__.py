"""Text utilities: terminal-safe text and cell widths, escaping, similarity and suggestions."""
