"""The integration lens: do health and employment act as one, and where does practice drift?

It reads facts and measures; what it keeps of its own are the notes that people set beside
a figure.
"""
