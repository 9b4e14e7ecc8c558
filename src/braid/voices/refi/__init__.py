"""REFI-QDA exchange: whole projects (.qdpx, .qde) and codebooks (.qdc), in and out.

    project, report = reading.read(Path("project.qdpx"))
    writing.write_project(project, Path("again.qdpx"))

A codec and no more: frozen values in, files out, and the other way round. No database.
"""
