"""The command line: one command a file, listed in ``app.COMMANDS``; nothing is imported here, for shell completion."""
