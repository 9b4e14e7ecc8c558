"""The voices lens: what the four parties say.

Empty so far. What will live here: documents, codes, agreement between coders,
matrices by party.
"""
