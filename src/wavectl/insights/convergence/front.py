"""Where waves meet and where they collide, for people and for programs."""

from wavectl.insights.convergence.data import data
from wavectl.insights.convergence.page import page

__all__ = ["data", "page"]
