"""Open files that somebody uploads. Nothing in them is ever run or worked out."""
