"""What is published: the entries and their identity, the calendar feeds, and the announcement of changes."""
