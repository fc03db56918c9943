"""Changes to the files of a plan: what they are about is written anew, and no other byte of a file changes.

A change is told as wishes, a value for each path: ``changed`` finds the places in the text. Nothing is dumped, for
that would fold lines, and change quotation marks and remarks that nobody asked about.
"""

from wavectl.yamlfile.patch.apply import CannotEditError, patch_document
from wavectl.yamlfile.patch.changeset import Changeset

__all__ = ["CannotEditError", "Changeset", "patch_document"]
