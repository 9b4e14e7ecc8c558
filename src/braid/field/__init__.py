"""The phone in the pocket.

Empty so far. What will live here: offline capture and its outbox.
"""
