"""A file breaks the way of writing YAML: a quotation mark that is not closed, a tab, a colon in a bare text.

What it does: reads each file as YAML 1.2 and stops at the first sign that cannot stand where it is. A tab in front of
a key, a list that is out of line, the marks of a merge conflict and a second document are found so too.

Why it matters: behind that place nobody can say what is meant, so nothing else in the file is checked.

Bad::

    # wave.yaml
    title: Housing: a right
    status: announced

Good::

    # wave.yaml
    title: "Housing: a right"
    status: announced
"""
