"""Statistics of groups of people, in the open: each function says its formula's source.

Nothing here is rounded; `rounding` does that last. What cannot be worked out is None
with a reason, never 0.
"""
