"""Load a folder of wave files into a ``Plan``, and turn validation errors into findings."""
