"""The room of a funder: figures and claims under pseudonyms, never persons."""
