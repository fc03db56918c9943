"""Where waves meet and where they collide, for people and for programs."""

from wavectl.insights.convergence.data import as_data
from wavectl.insights.convergence.page import build_page

__all__ = ["as_data", "build_page"]
