"""Charts drawn by Vega as SVG in our look: wide for desks, narrow for phones."""
