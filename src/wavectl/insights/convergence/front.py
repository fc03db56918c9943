"""Where waves meet and where they collide, for people and for programs."""

from wavectl.insights.convergence.page import as_data, build_page

__all__ = ["as_data", "build_page"]
