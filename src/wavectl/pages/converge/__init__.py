"""Where waves meet and where they collide, for people and for programs."""

from wavectl.pages.converge.data import data
from wavectl.pages.converge.page import page

__all__ = ["data", "page"]
