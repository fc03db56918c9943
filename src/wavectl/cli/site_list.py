"""The list of the files that belong to the site in its folder: it tells them from the files of others.

The list is a hidden file in that folder, with one path a line, sorted. By it, a run deletes what the run before made
and the plan has no longer. It is read as data: a path that the site cannot have is none of its files.
"""

from collections.abc import Collection
from pathlib import Path

from wavectl.files import MIB, read_file
from wavectl.publishing.site.addresses import is_address

LIST_NAME = ".wavectl-site"
"""The name of the list, in the folder of the site."""
_MAX_SIZE = 64
"""How large it may be, in MiB."""


def read_site_list(folder: Path) -> bytes:
    """Return the bytes of the list in a folder; none where there is no list. Raise ``OSError``."""
    try:
        return read_file(folder / LIST_NAME, _MAX_SIZE * MIB)
    except FileNotFoundError:
        return b""


def parse_site_list(data: bytes) -> frozenset[str]:
    """Return the paths in a list."""
    return frozenset(filter(is_address, data.decode("utf-8", "replace").splitlines()))


def dump_site_list(paths: Collection[str]) -> bytes:
    """Return the bytes of a list of paths."""
    return "".join(f"{path}\n" for path in sorted(paths)).encode()
