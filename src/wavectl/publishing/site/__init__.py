"""The public site of a plan: pages in its languages, from the same facts as its feeds, without anything private."""
