"""References of a literature search: read from RIS and BibTeX, told apart, counted.

    found, remarks = reading.read(Path("search.ris"))
    sameness.groups(found)

Pure: values in, values out. Who screens and why is kept elsewhere.
"""
