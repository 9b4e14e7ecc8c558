"""What ours is measured beside: the same work without rules, audit and care."""
