"""A plan -> facts about it as a whole, one kind of overview a file: numbers and parts of the plan, no words.

What is shown of them, and how, is for ``pages`` to say.
"""
