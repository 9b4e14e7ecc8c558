"""Words of the teamwork room's pages."""
