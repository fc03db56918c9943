"""wavectl plans waves of action: it checks plan files, shows timelines and writes calendar feeds."""

__version__ = "0.1.0"
