"""A file cannot be read: it is not there, it is too large, or its letters are not saved as UTF-8.

What it does: opens each file of the plan and reads its letters. The largest file that is read has 4 MiB;
``--max-size`` lifts that.

Why it matters: what cannot be read is missing from every timeline and calendar, and accents that are saved in
another encoding would be published as gibberish.

Bad::

    # wave.yaml
    # This file was saved as Windows-1252, not as UTF-8.
    title: "Le droit à la ville"
    status: announced

Good::

    # wave.yaml
    # This file was saved as UTF-8.
    title: "Le droit à la ville"
    status: announced
"""
