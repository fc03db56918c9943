"""YAML files of a plan: parser, documents with positions, hints for broken YAML, formatter and patches."""
