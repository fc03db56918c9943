"""Changes to the moments of a plan: find the moment a reference names, and build the changeset that edits its file."""
