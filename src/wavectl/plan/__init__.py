"""A folder of wave files -> ``Plan``: the loader, and the findings for what pydantic refuses."""
