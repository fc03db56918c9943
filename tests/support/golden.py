"""Compare a text with the one in a golden file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Golden = Callable[[Path, str], None]
"""What the fixture ``golden`` gives: pass the golden file and the text that it must hold."""
