"""Repositories with plans, for tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(home: Path, *arguments: str, day: str = "2017-05-01") -> None:
    """Run git in a folder, on a day."""
    moment = f"{day}T12:00:00+00:00"
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
    named = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *named, *arguments], cwd=home, env={**kept, **dates}, capture_output=True, check=True)
