"""Changes to moments, waves and actors: find what a reference names, and build the changeset that edits its file."""
