"""Figures of Braid, as ratios to a peer or a floor that was measured in the same run."""
