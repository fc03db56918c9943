"""Pages built from headings, lines and tables, rendered for a terminal or as Markdown."""
