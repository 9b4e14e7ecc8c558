"""Handing people over, and ending episodes: pages that several rooms fill."""
