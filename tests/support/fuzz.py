"""How many generated examples a test tries: some in each run, all of them in ``make fuzz``."""

import os

FUZZ = "WAVECTL_FUZZ" in os.environ


def examples(number: int) -> int:
    """Return the number of examples of this run, of which ``make fuzz`` tries all; at least 20."""
    return number if FUZZ else max(20, number // 5)
