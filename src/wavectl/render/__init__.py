"""Text for people and programs: diagnostics reports, timeline views, and the pages of insights. Nothing here writes."""
