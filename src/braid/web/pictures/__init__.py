"""Pictures drawn on the server as SVG, each with its words and its table."""
