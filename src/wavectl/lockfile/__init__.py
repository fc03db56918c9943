"""Read and write ``wavectl.lock``, the file that says what was published.

The file is one JSON object with one entry a line, sorted by UID, and a blank line between entries: git merges changes
of neighbouring lines only where a line separates them. The last member names the version of the format, so that every
entry's line ends with a comma. A line holds facts, so that a pull request shows what changes for subscribers.
``publishing.tracking`` computes the facts; this package only stores them.
"""
