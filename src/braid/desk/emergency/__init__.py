"""Emergency access: breaking the glass, and what every page says while it is broken."""
