"""The facts: canonical columnar tables derived from the record.

Empty so far. What will live here: the schema, the registry of extractors, fresh
extraction of a unit, snapshots with manifest and content hash, checks.
"""
