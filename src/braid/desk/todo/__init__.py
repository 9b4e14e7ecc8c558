"""One list for each person: clocks, tasks, steps, and what waits for an answer."""
