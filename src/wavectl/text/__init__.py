"""Text without a plan: what a terminal can show, escaping for other formats, similarity and suggestions."""
