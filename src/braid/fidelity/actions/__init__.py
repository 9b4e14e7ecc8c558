"""The action plan of a unit: what is done about an item, tied to its live score."""
