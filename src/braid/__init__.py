"""Braid: one shared record for Individual Placement and Support."""

__version__ = "0.1.0"
